"""The pages of a movement after it was issued: its steps, an end that is declared, a plan corrected or cancelled by paper."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangvang.movements import actions
from bangvang.movements.models import LaterPaper, Movement
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from tests import factories
from tests.movements import scenes
from tests.web.walk import address_of, press, read

BEGUN = {"starts_on": factories.DAY}


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit) -> Movement:
    return scenes.rolled_out(lan, minh, hoa, [division], **BEGUN)


@pytest.fixture
def open_ended(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit) -> Movement:
    return scenes.rolled_out(lan, minh, hoa, [division], **BEGUN, ends_on=None, end_condition="hết dịch")


def usable(actor: Actor) -> str:
    return factories.stored_file(actor.user).code


def test_an_open_ended_movement_is_ended_reviewed_and_closed_by_pressing(
    as_lan: Client, open_ended: Movement, settings: object
) -> None:
    page = read(as_lan.get(address_of(open_ended)))
    assert "Đang đăng ký, đến hết ngày 22/03/2026" in page.words
    assert address_of(open_ended, "dieu-kien-ket-thuc/") in page.links
    press(as_lan, address_of(open_ended, "dieu-kien-ket-thuc/"), ended_on="02/03/2026", words="Đã hết dịch.")
    assert (
        "ngày cuối là 02/03/2026: Đã hết dịch. (Nguyễn Thị Lan ghi)" in read(as_lan.get(address_of(open_ended))).words
    )
    press(as_lan, address_of(open_ended, "review/"), paper_number="9/BC-STC", paper_on="02/03/2026")
    page = read(as_lan.get(address_of(open_ended)))
    assert "Tổng kết: 9/BC-STC, ngày 02/03/2026" in page.words
    assert "Phong trào còn chạy đến hết ngày 02/03/2026." in page.words
    settings.ASSUMED_TODAY = factories.DAY + datetime.timedelta(days=1)  # type: ignore[attr-defined]
    assert "Kết thúc phong trào" in read(as_lan.get("/lam-viec/")).words
    press(as_lan, address_of(open_ended, "close/"))
    press(as_lan, address_of(open_ended, "archive/"))
    assert Movement.objects.get().state == "archived"
    assert "Đã trả lời" not in read(as_lan.get(address_of(open_ended))).links


def test_a_declared_end_is_taken_back(as_lan: Client, open_ended: Movement, lan: Actor) -> None:
    actions.declare_end(open_ended, ended_on=factories.DAY, words="Xong", by=lan)
    press(as_lan, address_of(open_ended, "bo-ngay-ket-thuc/"), reason="Ghi nhầm")
    assert Movement.objects.get().ended_on is None
    assert as_lan.get(address_of(open_ended, "bo-ngay-ket-thuc/")).status_code == 409


def test_a_paper_is_asked_whole(as_lan: Client, movement: Movement) -> None:
    response = press(as_lan, address_of(movement, "review/"), paper_number="9/BC-STC")
    assert (response.status_code, "Đã ghi văn bản thì cần ngày" in read(response).words) == (422, True)
    response = press(as_lan, address_of(movement, "review/"), paper_on="02/03/2026")
    assert (response.status_code, "cần số, ký hiệu" in read(response).words) == (422, True)


def test_a_signed_copy_named_at_a_step_can_be_opened_once_it_is_in_order(
    as_lan: Client, movement: Movement, media: object
) -> None:
    form = read(as_lan.get(address_of(movement, "review/"))).form("paper_number")
    file = SimpleUploadedFile("tong-ket.pdf", b"%PDF-1.7 tong ket")
    typed = {"paper_number": "9/BC-STC", "paper_on": "02/03/2026", "file": file}
    as_lan.post(address_of(movement, "review/"), {**form.fields, **typed})
    paper = LaterPaper.objects.select_related("file").get()
    address = address_of(movement, f"van-ban-sau/{paper.code}/")
    assert as_lan.get(address).status_code == 404
    assert "đang được kiểm tra" in read(as_lan.get(address_of(movement))).words
    assert paper.file is not None
    type(paper.file).objects.update(state="usable")
    assert as_lan.get(address).content == b"%PDF-1.7 tong ket"
    assert address in read(as_lan.get(address_of(movement))).links


def test_the_director_cancels_with_reason_and_password(as_minh: Client, movement: Movement) -> None:
    wrong = press(as_minh, address_of(movement, "stop/"), reason="Trùng nội dung", password="sai")
    assert (wrong.status_code, Movement.objects.get().state) == (422, "rolled_out")
    press(as_minh, address_of(movement, "stop/"), reason="Trùng nội dung", password=factories.PASSWORD)
    assert Movement.objects.get().state == "stopped"
    assert (
        "Kế hoạch đã huỷ, chạy đến hết ngày 02/03/2026: Trùng nội dung" in read(as_minh.get(address_of(movement))).words
    )


def test_a_head_finds_no_task_of_a_cancelled_movement(as_mai: Client, movement: Movement, minh: Actor) -> None:
    assert "Xác nhận phong trào" in read(as_mai.get("/lam-viec/")).words
    actions.stop(movement, reason="Trùng nội dung", by=minh)
    assert "Xác nhận phong trào" not in read(as_mai.get("/lam-viec/")).words
    assert as_mai.get(address_of(movement, "xac-nhan/")).status_code == 409


def test_the_registry_records_a_cancelling_from_its_signed_paper(
    as_hoa: Client, movement: Movement, hoa: Actor, as_lan: Client, media: object
) -> None:
    address = address_of(movement, "huy-theo-van-ban/")
    assert address in read(as_lan.get(address_of(movement))).links
    sent = as_hoa.post(address, {"file": SimpleUploadedFile("huy.pdf", b"%PDF-1.7 huy")})
    assert "Đang kiểm tra tệp" in read(as_hoa.get(sent["Location"])).words
    ready = f"{address}?tep={usable(hoa)}"
    press(as_hoa, ready, reason="Trùng nội dung", paper_number="130/QĐ-STC", paper_on="02/03/2026")
    assert Movement.objects.get().state == "stopped"
    assert "nhập theo văn bản thay" in read(as_hoa.get(address_of(movement))).words


def test_a_signed_paper_corrects_the_plan_on_the_page_and_on_the_portal(
    as_lan: Client, client: Client, movement: Movement, lan: Actor, media: object
) -> None:
    actions.publish(movement, by=lan)
    address = address_of(movement, "dieu-chinh/")
    ready = f"{address}?tep={usable(lan)}"
    nothing = press(as_lan, ready, paper_number="131/KH-STC", paper_on="02/03/2026")
    assert (nothing.status_code, "Chưa có chỗ nào khác" in read(nothing).words) == (422, True)
    press(as_lan, ready, paper_number="131/KH-STC", paper_on="02/03/2026", ends_on="31/03/2027")
    told = "Điều chỉnh kế hoạch: 131/KH-STC"
    for page in (read(as_lan.get(address_of(movement))), read(client.get(f"/phong-trao/{movement.code}/"))):
        assert (told in page.words, "31/12/2026" in page.words, "31/03/2027" in page.words) == (True, True, True)


def test_who_may_not_correct_is_told_who_does(as_minh: Client, as_binh: Client, movement: Movement) -> None:
    for client in (as_minh, as_binh):
        refused = client.get(address_of(movement, "dieu-chinh/"))
        assert (refused.status_code, "do thường trực" in read(refused).words) == (409, True)
    assert as_minh.get(address_of(movement, "huy-theo-van-ban/")).status_code == 409


def test_what_one_does_not_see_is_not_found(as_quan: Client, movement: Movement) -> None:
    for rest in ("dieu-kien-ket-thuc/", "bo-ngay-ket-thuc/", "dieu-chinh/", "huy-theo-van-ban/", "van-ban-sau/abc/"):
        assert as_quan.get(address_of(movement, rest)).status_code == 404


def test_a_draft_stands_beside_what_the_law_asks_and_an_issued_plan_does_not(
    as_lan: Client, lan: Actor, movement: Movement
) -> None:
    draft = factories.movement(lan)
    words = read(as_lan.get(address_of(draft))).words
    assert "Theo luật có 11 phần: 3 phần chưa thấy, 1 phần cần người xem." in words
    assert "Không có câu nào nói về tuyên truyền, nhân rộng điển hình." in words
    assert "Phong trào chưa đủ 3 năm" in words
    assert "Kế hoạch so với quy định" not in read(as_lan.get(address_of(movement))).words


def test_a_plan_begins_from_a_template_or_from_an_earlier_movement(
    as_lan: Client, as_mai: Client, movement: Movement
) -> None:
    page = read(as_lan.get("/lam-viec/phong-trao/mau/"))
    new = "/lam-viec/phong-trao/moi/"
    assert {f"{new}?mau=tiet-kiem", f"{new}?tu={movement.code}"} <= set(page.links)
    assert f"{new}?tu={movement.code}" in read(as_lan.get(address_of(movement))).links
    template = read(as_lan.get(f"{new}?mau=tiet-kiem"))
    assert ("Lập từ mẫu “Thi đua tiết kiệm" in template.words, template.form("title").fields["ends_on"]) == (
        True,
        "31/12/2026",
    )
    again = read(as_lan.get(f"{new}?tu={movement.code}"))
    assert "Các ngày và năm trong chữ đã dời 01 năm." in again.words
    press(as_lan, f"{new}?tu={movement.code}", theme="Lần hai")
    made = Movement.objects.get(theme="Lần hai")
    assert (made.state, made.ends_on) == ("draft", datetime.date(2027, 12, 31))
    for address in (f"{new}?mau=khong-co", f"{new}?tu={made.code}"):
        assert as_lan.get(address).status_code == 404
    assert as_mai.get("/lam-viec/phong-trao/mau/").status_code == 409


def test_what_came_after_the_session_ended_is_offered_again(as_lan: Client, movement: Movement, lan: Actor) -> None:
    address = address_of(movement, "dieu-chinh/")
    ready = f"{address}?tep={usable(lan)}"
    form = read(as_lan.get(ready)).form("paper_number")
    as_lan.logout()
    as_lan.post(ready, {**form.fields, "paper_number": "131/KH-STC", "theme": "Gõ dở"})
    as_lan.force_login(lan.user, backend="django.contrib.auth.backends.ModelBackend")
    again = read(as_lan.get(f"{ready}&giu-lai=1")).form("paper_number")
    assert (again.fields["paper_number"], again.fields["theme"]) == ("131/KH-STC", "Gõ dở")
    sent = press(as_lan, f"{ready}&giu-lai=1", paper_on="02/03/2026")
    assert sent.status_code == 302
    assert Movement.objects.get().theme == "Gõ dở"
