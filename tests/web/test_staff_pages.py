"""The other pages of the staff: today's work, notices, search, the ledger, units, accounts; and what the administrator never sees."""

import re

import pytest
from django.test import Client

from bangvang.honours import actions as honours
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit, User
from tests import factories
from tests.web import walk
from tests.web.walk import address_of, press, read


def test_each_role_finds_what_waits_for_it(
    as_lan: Client,
    as_minh: Client,
    as_tuan: Client,
    as_hoa: Client,
    as_binh: Client,
    lan: Actor,
    minh: Actor,
    hoa: Actor,
) -> None:
    draft = factories.movement(lan, title="Bản thảo")
    waiting = walk.submitted(lan, title="Chờ duyệt")
    numbered = walk.approved(lan, minh, title="Chờ số")
    hidden = walk.issued(lan, minh, hoa, title="Chờ công khai")
    titles = {movement.title: movement for movement in (draft, waiting, numbered, hidden)}

    def todo(client: Client) -> list[str]:
        words = read(client.get("/lam-viec/")).words.split("Theo dõi")[0]
        return sorted(title for title in titles if re.search(f"(kế hoạch|bản thảo|ban hành|công khai): {title}", words))

    assert todo(as_lan) == ["Bản thảo", "Chờ công khai"]
    assert todo(as_minh) == todo(as_tuan) == ["Chờ duyệt"]
    assert todo(as_hoa) == ["Chờ số"]
    assert todo(as_binh) == []
    assert "đang đợi người khác 2 việc" in read(as_lan.get("/lam-viec/")).words
    assert "Không có việc nào chờ anh hôm nay." in read(as_binh.get("/lam-viec/")).words


def test_notices_are_ones_own_and_can_be_marked_read(as_minh: Client, as_binh: Client, lan: Actor) -> None:
    movement = walk.submitted(lan)
    page = read(as_minh.get("/lam-viec/loi-bao/"))
    assert address_of(movement) in page.links
    assert "Có 1 lời báo chưa đọc." in page.words
    assert "Đã đọc hết." in read(as_minh.post("/lam-viec/loi-bao/")).words
    assert "Chưa có lời báo nào." in read(as_binh.get("/lam-viec/loi-bao/")).words


def test_search_finds_only_what_one_may_see(as_lan: Client, as_binh: Client, lan: Actor, binh: Actor) -> None:
    factories.movement(lan, title="Thi đua giải ngân của Bình")
    found = read(as_lan.get("/lam-viec/tim/", {"q": "binh"}))
    assert "“binh”: 1 người, 1 phong trào." in found.words
    assert "“binh”: 1 người, 0 phong trào." in read(as_binh.get("/lam-viec/tim/", {"q": "binh"})).words
    assert "Không tìm thấy trong những gì anh được xem." in read(as_binh.get("/lam-viec/tim/", {"q": "lan"})).words
    assert "Gõ tên người hoặc tên phong trào." in read(as_binh.get("/lam-viec/tim/")).words


def test_the_ledger_shows_years_gaps_and_proof(as_lan: Client, lan: Actor, binh: Actor) -> None:
    honours.enter(factories.award(binh.person, year=2025, is_verified=False), by=lan)
    listed = read(as_lan.get("/lam-viec/so-vang/", {"q": "tran van binh"}))
    assert f"/lam-viec/so-vang/{binh.person.code}/" in listed.links
    words = read(as_lan.get(f"/lam-viec/so-vang/{binh.person.code}/")).words
    assert "2025 Lao động tiên tiến" in words
    assert "chưa có văn bản chứng minh" in words
    assert "2026 Chưa ghi gì Thiếu dữ liệu" in words


def test_a_colleagues_ledger_is_not_found(as_binh: Client, binh: Actor, mai: Actor, as_mai: Client) -> None:
    assert as_binh.get(f"/lam-viec/so-vang/{mai.person.code}/").status_code == 404
    assert as_binh.get(f"/lam-viec/so-vang/{binh.person.code}/").status_code == 200
    assert as_mai.get(f"/lam-viec/so-vang/{binh.person.code}/").status_code == 200


def test_units_show_what_stands_what_ended_and_who_works_there(
    as_binh: Client, binh: Actor, department: Unit, division: Unit
) -> None:
    ended = factories.unit("Phòng Giá", parent=department, agency=department, valid_until=factories.LONG_AGO)
    page = read(as_binh.get("/lam-viec/don-vi/"))
    assert "1 đơn vị đang hoạt động, 1 đơn vị đã hợp nhất, chia tách hoặc kết thúc." in page.words
    assert "Trần Văn Bình" in read(as_binh.get(f"/lam-viec/don-vi/{division.code}/")).words
    assert "hoạt động đến hết ngày 01/01/2015" in read(as_binh.get(f"/lam-viec/don-vi/{ended.code}/")).words
    elsewhere = factories.agency("Sở Nội vụ", symbol="SNV")
    assert as_binh.get(f"/lam-viec/don-vi/{elsewhere.code}/").status_code == 404


# --- Accounts ---------------------------------------------------------------------------------------------------------


def test_the_administrator_opens_an_account_once(as_quan: Client, division: Unit) -> None:
    newcomer = factories.duty(factories.person("Lý Thị Sen", sex="female"), division).person
    address = f"/lam-viec/tai-khoan/moi/{newcomer.code}/"
    assert address in read(as_quan.get("/lam-viec/tai-khoan/")).links
    for name, words in (("Sen Lý", "chỉ dùng chữ không dấu"), ("", "Xin ghi tên đăng nhập.")):
        refused = press(as_quan, address, username=name)
        assert refused.status_code == 422
        assert words in read(refused).words
    given = press(as_quan, address, username="sen.ly")
    user = User.objects.get(username="sen.ly")
    first = re.search(r"[a-z2-9]{4}(-[a-z2-9]{4}){4}", given.content.decode())
    assert first is not None
    assert (user.check_password(first[0]), user.must_change_password) == (True, True)
    assert "no-store" in given["Cache-Control"]
    again = as_quan.post(address, {"username": "sen.ly"})
    assert again["Location"] == "/lam-viec/tai-khoan/"
    assert "Người này đã có tài khoản." in read(as_quan.get("/lam-viec/tai-khoan/")).words


def test_a_new_first_password_replaces_the_old(as_quan: Client, binh: Actor) -> None:
    page = press(as_quan, f"/lam-viec/tai-khoan/{binh.person.code}/cap-lai/")
    assert "Mật khẩu đầu tiên của Trần Văn Bình" in read(page).words
    user = User.objects.get(pk=binh.user.pk)
    assert (user.check_password(factories.PASSWORD), user.must_change_password) == (False, True)


def test_closing_twice_is_closing_once(as_quan: Client, binh: Actor) -> None:
    address = f"/lam-viec/tai-khoan/{binh.person.code}/khoa-mo/"
    form = next(form for form in read(as_quan.get("/lam-viec/tai-khoan/")).forms if form.action == address)
    for _ in range(2):
        assert as_quan.post(address, form.fields)["Location"] == "/lam-viec/tai-khoan/"
    assert User.objects.get(pk=binh.user.pk).is_active is False
    assert factories.verbs_of(binh.person) == ["account.close"]
    form = next(form for form in read(as_quan.get("/lam-viec/tai-khoan/")).forms if form.action == address)
    as_quan.post(address, form.fields)
    assert User.objects.get(pk=binh.user.pk).is_active is True


def test_only_the_administrator_keeps_accounts(as_lan: Client, as_minh: Client, binh: Actor) -> None:
    places = ["", f"moi/{binh.person.code}/", f"{binh.person.code}/cap-lai/"]
    for client in (as_lan, as_minh):
        assert [client.get(f"/lam-viec/tai-khoan/{place}").status_code for place in places] == [409, 409, 409]
        assert client.post(f"/lam-viec/tai-khoan/{binh.person.code}/khoa-mo/", {"active": "0"}).status_code == 409
    assert User.objects.get(pk=binh.user.pk).is_active is True


def test_the_administrator_sees_no_dossier(
    as_quan: Client, lan: Actor, minh: Actor, hoa: Actor, binh: Actor, quan: Actor
) -> None:
    movement = walk.published(lan, minh, hoa)
    honours.enter(factories.award(binh.person), by=lan)
    order = walk.papers_of(movement)[0]
    closed = {
        address_of(movement): 404,
        address_of(movement, "sua/"): 404,
        address_of(movement, "submit/"): 404,
        address_of(movement, "ban-xem-truoc.pdf"): 404,
        address_of(movement, f"van-ban/{order.code}.pdf"): 404,
        address_of(movement, "nhap-theo-van-ban/"): 404,
        "/lam-viec/phong-trao/moi/": 409,
        "/lam-viec/so-vang/": 409,
        f"/lam-viec/so-vang/{binh.person.code}/": 409,
    }
    assert {address: as_quan.get(address).status_code for address in closed} == closed
    seen = "".join(
        as_quan.get(a).content.decode()
        for a in (
            "/lam-viec/",
            "/lam-viec/phong-trao/",
            "/lam-viec/tim/?q=phong+trao",
            "/lam-viec/tim/?q=binh",
            "/lam-viec/loi-bao/",
        )
    )
    assert [words for words in (movement.title, "Trần Văn Bình", "Lao động tiên tiến") if words in seen] == []


def test_a_dead_letter_reaches_the_administrator(as_quan: Client) -> None:
    factories.lease(dead_at=factories.clock.true_now(), tries=5, trouble="Lần thử 5 dừng vì OSError.")
    assert "1 việc nền đã ngừng sau nhiều lần thử" in read(as_quan.get("/lam-viec/")).words


# --- Every page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def everything(lan: Actor, minh: Actor, hoa: Actor, binh: Actor) -> list[str]:
    movement = walk.published(lan, minh, hoa)
    draft = factories.movement(lan, title="Bản thảo")
    honours.enter(factories.award(binh.person), by=lan)
    return [
        "/lam-viec/", "/lam-viec/phong-trao/", "/lam-viec/phong-trao/moi/", address_of(movement), address_of(draft),
        address_of(draft, "sua/"), address_of(draft, "submit/"), "/lam-viec/so-vang/",
        f"/lam-viec/so-vang/{binh.person.code}/", "/lam-viec/don-vi/", f"/lam-viec/don-vi/{binh.unit.code}/",
        "/lam-viec/loi-bao/", "/lam-viec/tim/?q=binh", "/tai-khoan/", "/tai-khoan/mat-khau/",
        "/", "/phong-trao/", f"/phong-trao/{movement.code}/", "/huong-dan/", "/kha-nang-tiep-can/",
    ]  # fmt: skip


def test_every_page_has_the_security_headers(as_lan: Client, everything: list[str]) -> None:
    closed = "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    policy = closed + "frame-ancestors 'none'; img-src 'self'; script-src 'self'; style-src 'self'"
    for address in everything:
        response = as_lan.get(address)
        assert response.status_code == 200, address
        assert "; ".join(sorted(response["Content-Security-Policy"].split("; "))) == policy
        kept = [response[name] for name in ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")]
        assert kept == ["DENY", "nosniff", "same-origin"]
        html = response.content.decode()
        assert re.findall(r"<style|<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|javascript:", html) == [], address


def test_no_address_holds_a_person_or_a_primary_key(as_lan: Client, everything: list[str], binh: Actor) -> None:
    people = [
        *Duty.objects.values_list("person__full_name", flat=True),
        *User.objects.values_list("username", flat=True),
    ]
    given = {word.lower() for name in people for word in name.split()}
    links = {link for address in everything for link in read(as_lan.get(address)).links if link.startswith("/")}
    links -= {"/xac-minh/"}  # xác minh: the word, not the name
    named = [
        link for link in links if given & set(re.split(r"[/?=&.+-]+", link.lower())) or re.search(r"/\d+(/|$)", link)
    ]
    assert named == []
