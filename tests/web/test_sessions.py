"""The idle lock, and forms that come after it: kept for their owner, offered after login, sent again."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client

from bangvang.kernel.models import Draft
from bangvang.movements.actions import current_plan
from bangvang.movements.models import Movement
from bangvang.people.actor import Actor
from tests import factories
from tests.web import walk

NINE = datetime.datetime(2026, 3, 2, 2, tzinfo=datetime.UTC)  # nine o'clock in Vietnam
MINUTE = datetime.timedelta(minutes=1)
Later = Callable[[datetime.timedelta], None]


@pytest.fixture
def later() -> object:
    with time_machine.travel(NINE, tick=False) as traveller:
        yield lambda step: traveller.shift(step)


def log_in(client: Client, actor: Actor) -> object:
    return client.post("/dang-nhap/", {"username": actor.user.username, "password": factories.PASSWORD})


def test_fifteen_idle_minutes_end_the_session_and_work_prolongs_it(later: Later, client: Client, lan: Actor) -> None:
    log_in(client, lan)
    for _ in range(3):
        assert client.get("/lam-viec/").status_code == 200
        later(14 * MINUTE)
    assert client.get("/lam-viec/").status_code == 200
    later(15 * MINUTE + datetime.timedelta(seconds=1))
    assert client.get("/lam-viec/")["Location"] == "/dang-nhap/?next=/lam-viec/"


def late(client: Client, later: Later, address: str, **typed: str) -> object:
    """Open a form, leave for an hour, send it."""
    forms = walk.read(client.get(address)).forms
    form = next(form for form in forms if set(typed) <= set(form.names) and form.method == "post")
    later(60 * MINUTE)
    return client.post(form.action or address, {**form.fields, **typed})


def test_a_late_plan_is_kept_offered_and_sent_again(later: Later, client: Client, lan: Actor) -> None:
    log_in(client, lan)
    address = "/lam-viec/phong-trao/moi/"
    assert late(client, later, address, **walk.TYPED)["Location"] == f"/dang-nhap/?next={address}"  # type: ignore[index]
    assert Movement.objects.count() == 0
    assert log_in(client, lan)["Location"] == "/tai-khoan/ban-giu-lai/"  # type: ignore[index]
    shown = walk.read(client.get("/tai-khoan/ban-giu-lai/"))
    assert "Tên phong trào Tổ chức phong trào “Tiếp dân đúng hẹn”" in shown.words
    assert "draft_name" not in shown.words
    reopened = client.post("/tai-khoan/ban-giu-lai/")["Location"]
    assert reopened == f"{address}?giu-lai=1"
    form = walk.read(client.get(reopened)).form("title")
    assert {name: form.fields[name] for name in walk.TYPED} == walk.TYPED
    client.post(address, form.fields)
    assert Movement.objects.get().title == walk.TYPED["title"]
    assert Draft.objects.count() == 0


def test_a_late_reason_is_kept_too_and_a_password_never(later: Later, client: Client, lan: Actor, minh: Actor) -> None:
    movement = walk.submitted(lan)
    log_in(client, minh)
    late(client, later, walk.address_of(movement, "return/"), reason="Thiếu chỉ tiêu.")
    log_in(client, minh)
    assert "Lý do Thiếu chỉ tiêu." in walk.read(client.get("/tai-khoan/ban-giu-lai/")).words
    reopened = client.post("/tai-khoan/ban-giu-lai/")["Location"]
    form = walk.read(client.get(reopened)).form("reason")
    assert form.fields["reason"] == "Thiếu chỉ tiêu."
    assert client.post(walk.address_of(movement, "return/"), form.fields)["Location"] == walk.address_of(movement)
    movement.refresh_from_db()
    assert (movement.state, Draft.objects.count()) == ("returned", 0)

    other = walk.submitted(lan, title="Phong trào khác")
    late(client, later, walk.address_of(other, "approve/"), password=factories.PASSWORD)
    assert [sorted(draft.fields) for draft in Draft.objects.all()] == [["version"]]
    log_in(client, minh)
    assert "Mật khẩu không bao giờ được giữ." in walk.read(client.get("/tai-khoan/ban-giu-lai/")).words


def test_a_late_form_is_offered_to_its_owner_only(later: Later, client: Client, lan: Actor, minh: Actor) -> None:
    log_in(client, lan)
    late(client, later, "/lam-viec/phong-trao/moi/", **walk.TYPED)
    assert log_in(client, minh)["Location"] == "/lam-viec/"  # type: ignore[index]
    assert client.get("/tai-khoan/ban-giu-lai/")["Location"] == "/lam-viec/"
    assert Draft.objects.get().owner == lan.user


def test_a_late_form_with_a_forged_or_stale_mark_is_not_kept(later: Later, client: Client, lan: Actor) -> None:
    address = "/lam-viec/phong-trao/moi/"
    client.post(address, {**walk.TYPED, "bv_owner": f"{lan.user.pk}:x:forged"})
    client.post(address, walk.TYPED)
    log_in(client, lan)
    form = walk.read(client.get(address)).form("title")
    later(25 * 60 * MINUTE)
    client.post(address, {**form.fields, **walk.TYPED})
    assert Draft.objects.count() == 0


def test_a_kept_form_may_be_dropped(later: Later, client: Client, lan: Actor) -> None:
    log_in(client, lan)
    late(client, later, "/lam-viec/phong-trao/moi/", **walk.TYPED)
    log_in(client, lan)
    assert client.post("/tai-khoan/ban-giu-lai/", {"drop": "1"})["Location"] == "/lam-viec/"
    assert Draft.objects.count() == 0


def test_a_kept_text_cannot_overwrite_what_was_saved_meanwhile(
    later: Later, client: Client, lan: Actor, office: object
) -> None:
    movement = factories.movement(lan)
    log_in(client, lan)
    late(client, later, walk.address_of(movement, "sua/"), title="Tên gõ muộn")
    walk.movements.edit(movement, factories.plan(title="Tên đã lưu"), version=1, by=lan)
    log_in(client, lan)
    reopened = client.post("/tai-khoan/ban-giu-lai/")["Location"]
    form = walk.read(client.get(reopened)).form("title")
    response = client.post(walk.address_of(movement, "sua/"), form.fields)
    assert response.status_code == 409
    assert "Đã lưu Tên đã lưu" in walk.read(response).words
    movement.refresh_from_db()
    assert current_plan(movement).title == "Tên đã lưu"


def test_an_autosave_after_the_session_ended_is_kept_for_the_page_it_came_from(
    later: Later, client: Client, lan: Actor
) -> None:
    log_in(client, lan)
    address = "/lam-viec/phong-trao/moi/"
    form = walk.read(client.get(address)).form("title")
    later(60 * MINUTE)
    sent = {**form.fields, "title": "Gõ dở"}
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{address}?nhap=1"}
    response = client.post("/lam-viec/phong-trao/luu-tam/", sent, headers=headers)
    words = "Phiên làm việc đã hết. Phần đã gõ được giữ lại; bấm nút lưu để đăng nhập và gửi."
    assert (response.status_code, response.content.decode()) == (200, words)
    log_in(client, lan)
    assert client.post("/tai-khoan/ban-giu-lai/")["Location"] == f"{address}?giu-lai=1"
    asked = client.get("/lam-viec/", headers={"HX-Request": "true"})
    assert asked.status_code == 200


def test_a_form_from_before_a_login_in_another_tab_is_kept(lan: Actor, on_the_day: None) -> None:
    client = Client(enforce_csrf_checks=True)
    first = walk.read(client.get("/dang-nhap/")).form("username").fields
    client.post("/dang-nhap/", {**first, "username": lan.user.username, "password": factories.PASSWORD})
    form = walk.read(client.get("/lam-viec/phong-trao/moi/")).form("title")
    refused = client.post("/lam-viec/phong-trao/moi/", {**form.fields, **walk.TYPED, "csrfmiddlewaretoken": "x" * 64})
    assert refused["Location"] == "/tai-khoan/ban-giu-lai/"
    bare = client.post("/tai-khoan/chuc-trach/", {"duty": "1"})
    assert (bare.status_code, walk.read(bare).title) == (403, "Trang này mở đã lâu - Bảng Vàng")
