"""Login, wrong passwords, the first password, several duties, no duty."""

import pytest
from django.test import Client

from bangvang.kernel.models import EventBody
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit, User
from tests import factories
from tests.web import walk


def log_in(client: Client, user: User, password: str = factories.PASSWORD, **more: str) -> object:
    return client.post("/dang-nhap/", {"username": user.username, "password": password, **more})


def test_login_gives_a_new_session_key_and_the_work_of_today(client: Client, binh: Actor, on_the_day: None) -> None:
    session = client.session
    session["before"] = "1"
    session.save()
    before = str(session.session_key)
    client.cookies["bv_session"] = before
    response = client.post(
        "/dang-nhap/", {"username": f" {binh.user.username.upper()} ", "password": factories.PASSWORD}
    )
    assert (response.status_code, response["Location"]) == (302, "/lam-viec/")
    assert client.cookies["bv_session"].value != before
    assert walk.read(client.get("/lam-viec/")).title == "Việc của tôi - Bảng Vàng"


def test_login_leads_on_but_never_to_another_site(client: Client, binh: Actor) -> None:
    assert client.get("/lam-viec/so-vang/")["Location"] == "/dang-nhap/?next=/lam-viec/so-vang/"
    inside = log_in(client, binh.user, next="/lam-viec/so-vang/")
    assert inside["Location"] == "/lam-viec/so-vang/"  # type: ignore[index]
    outside = log_in(Client(), binh.user, next="https://example.test/")
    assert outside["Location"] == "/lam-viec/"  # type: ignore[index]


def test_five_wrong_passwords_lock_and_the_page_says_how_long(client: Client, binh: Actor) -> None:
    answers = [log_in(client, binh.user, "sai hoàn toàn rồi") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]  # type: ignore[attr-defined]
    assert "chưa đúng. Xin gõ lại" in walk.read(answers[0]).words
    assert "Mật khẩu đã gõ sai năm lần. Xin đợi 15 phút" in walk.read(answers[4]).words
    right = log_in(client, binh.user)
    assert right.status_code == 429  # type: ignore[attr-defined]


def test_a_closed_account_and_an_unknown_one_get_the_same_words(client: Client, binh: Actor) -> None:
    User.objects.filter(pk=binh.user.pk).update(is_active=False)
    closed = walk.read(log_in(client, binh.user)).words
    unknown = walk.read(client.post("/dang-nhap/", {"username": "khong.co", "password": "x"})).words
    assert closed == unknown


def test_a_first_password_opens_only_the_page_that_changes_it(as_binh: Client, binh: Actor) -> None:
    User.objects.filter(pk=binh.user.pk).update(must_change_password=True)
    for address in ("/lam-viec/", "/lam-viec/phong-trao/", f"/lam-viec/so-vang/{binh.person.code}/"):
        assert as_binh.get(address)["Location"] == "/tai-khoan/mat-khau/"
    new = "một câu đủ dài để nhớ"
    response = walk.press(as_binh, "/tai-khoan/mat-khau/", present=factories.PASSWORD, new=new, again=new)
    assert response["Location"] == "/tai-khoan/"
    assert as_binh.get("/lam-viec/").status_code == 200
    assert User.objects.get(pk=binh.user.pk).check_password(new)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"present": "sai", "new": "đủ mười bốn ký tự", "again": "đủ mười bốn ký tự"}, "Mật khẩu đang dùng chưa đúng."),
        ({"new": "ngắn quá", "again": "ngắn quá"}, "Mật khẩu mới: Mật khẩu này chưa đủ 14 ký tự."),
        ({"new": "đủ mười bốn ký tự", "again": "đủ mười bốn ký tự khác"}, "Hai lần gõ mật khẩu mới không giống nhau."),
        ({"new": "12345678901234567", "again": "12345678901234567"}, "Mật khẩu này toàn chữ số."),
        ({"new": "1qaz2wsx3edc4rfv", "again": "1qaz2wsx3edc4rfv"}, "Mật khẩu này nhiều người dùng"),
        ({"new": "", "again": ""}, "Xin ghi mật khẩu mới."),
    ],
)
def test_a_password_is_refused_with_its_reason(typed: dict[str, str], words: str, as_binh: Client, binh: Actor) -> None:
    response = walk.press(as_binh, "/tai-khoan/mat-khau/", **{"present": factories.PASSWORD, **typed})
    assert response.status_code == 422
    assert words in walk.read(response).words
    assert User.objects.get(pk=binh.user.pk).check_password(factories.PASSWORD)


def test_choosing_a_duty_changes_what_is_allowed(as_binh: Client, binh: Actor, office: Unit) -> None:
    clerk = factories.duty(binh.person, office, Duty.Role.CLERK, title="Chuyên viên kiêm nhiệm")
    Duty.objects.filter(pk=clerk.pk).update(rank=9)
    assert as_binh.get("/lam-viec/phong-trao/moi/").status_code == 409
    form = walk.read(as_binh.get("/tai-khoan/")).form("duty")
    assert as_binh.post(form.action, form.fields)["Location"] == "/lam-viec/"
    assert as_binh.get("/lam-viec/phong-trao/moi/").status_code == 200


@pytest.mark.parametrize("sent", ["", "abc", "999999", "²"])
def test_a_duty_that_is_not_ours_is_not_found(sent: str, as_binh: Client, minh: Actor) -> None:
    assert as_binh.post("/tai-khoan/chuc-trach/", {"duty": sent}).status_code == 404
    assert as_binh.post("/tai-khoan/chuc-trach/", {"duty": minh.duty.pk}).status_code == 404


def test_an_account_without_duty_gets_only_its_account(client: Client, db: None) -> None:
    client.force_login(factories.user(factories.person()), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/lam-viec/")
    assert (response.status_code, walk.read(response).title) == (403, "Chưa có chức trách - Bảng Vàng")
    assert client.get("/tai-khoan/").status_code == 200


def test_logout_is_a_button_and_ends_the_session(as_binh: Client) -> None:
    opened = as_binh.get("/dang-xuat/")
    assert (opened.status_code, walk.read(opened).title) == (405, "Trang này không mở trực tiếp - Bảng Vàng")
    assert as_binh.post("/dang-xuat/")["Location"] == "/"
    assert as_binh.get("/lam-viec/")["Location"] == "/dang-nhap/?next=/lam-viec/"


def test_the_owner_says_where_reminders_go(as_binh: Client, binh: Actor) -> None:
    page = "/tai-khoan/thu-dien-tu/"
    wrong = walk.press(as_binh, page, email="khong-phai")
    assert (wrong.status_code, "chưa đúng dạng" in walk.read(wrong).words) == (422, True)
    walk.press(as_binh, page, email="binh@coquan.example")
    assert "binh@coquan.example" in walk.read(as_binh.get("/tai-khoan/")).words
    walk.press(as_binh, page, email="")
    assert User.objects.get(pk=binh.user.pk).email == ""
    assert factories.verbs_of(binh.person)[-2:] == ["account.set_email", "account.set_email"]
    words = EventBody.objects.filter(event__verb="account.set_email").values_list("words", flat=True)
    assert [text for text in words if "coquan" in text] == []
