"""Moments: pages that no address shows by itself, each brought about as it happens to people."""

from collections.abc import Callable
from importlib.resources import files

from playwright.sync_api import Locator, Page

from tests.proofs import demo_site
from tests.proofs.desk import Desk, sign_in

UNKNOWN = "khong-co-ai"
NEWCOMER = "nguoi.moi"
NOBODY = ("chua-chuc-trach", "Một câu dài chỉ dùng để thử")
MOMENTS: dict[str, Callable[[Desk], Page]] = {}


def moment(act: Callable[[Desk], Page]) -> Callable[[Desk], Page]:
    MOMENTS[act.__name__] = act
    return act


def movement(state: str) -> str:
    """The address of a movement in this state."""
    from bangvang.movements.models import Movement

    return f"/lam-viec/phong-trao/{Movement.objects.filter(state=state).order_by('pk')[0].code}/"


@moment
def wrong_password(desk: Desk) -> Page:
    page = desk.fresh("")
    sign_in(page, desk.site.url("/dang-nhap/"), UNKNOWN, "sai")
    return page


@moment
def locked(desk: Desk) -> Page:
    page = desk.fresh("")
    for _ in range(5):
        sign_in(page, desk.site.url("/dang-nhap/"), UNKNOWN, "sai")
    return page


@moment
def form_without_its_mark(desk: Desk) -> Page:
    page = desk.fresh("")
    page.goto(desk.site.url("/dang-nhap/"))
    page.context.clear_cookies()
    page.fill("[name=username]", UNKNOWN)
    page.fill("[name=password]", "sai")
    page.click("main form button")
    return page


@moment
def certificate_that_nobody_gave(desk: Desk) -> Page:
    page = desk.fresh("")
    page.goto(desk.site.url("/xac-minh/khong-co-giay-nao/"))
    return page


@moment
def plan_with_errors(desk: Desk) -> Page:
    page = desk.fresh("thuongtruc")
    page.goto(desk.site.url("/lam-viec/phong-trao/moi/"))
    page.fill("[name=title]", "Thử")
    page.fill("[name=starts_on]", "31/02/2026")
    page.fill("[name=ends_on]", "hôm nào")
    page.click("main form .button")
    return page


@moment
def step_with_errors(desk: Desk) -> Page:
    page = desk.fresh("giamdoc")
    page.goto(desk.site.url(movement("submitted") + "approve/"))
    page.fill("[name=password]", "sai")
    page.click("main form .button")
    return page


@moment
def after_an_act(desk: Desk) -> Page:
    page = desk.fresh("thuongtruc")
    page.goto(desk.site.url(movement("draft") + "sua/"))
    page.click("main form .button")
    return page


@moment
def two_people_at_once(desk: Desk) -> Page:
    first, second = desk.fresh("thuongtruc"), desk.fresh("thuongtruc")
    address = desk.site.url(movement("returned") + "sua/")
    first.goto(address)
    second.goto(address)
    first.fill("[name=theme]", "Chủ đề của người lưu trước")
    first.click("main form .button")
    second.fill("[name=theme]", "Chủ đề của người lưu sau")
    second.click("main form .button")
    first.context.close()
    return second


@moment
def session_ended_while_typing(desk: Desk) -> Page:
    page = desk.fresh("thuongtruc")
    page.goto(desk.site.url("/lam-viec/phong-trao/moi/"))
    page.fill("[name=title]", "Phong trào gõ dở khi phiên hết hạn")
    page.context.clear_cookies(name="bv_session")
    page.click("main form .button")
    sign_in(page, page.url, "thuongtruc", desk.site.passwords["thuongtruc"])
    return page


@moment
def draft_to_go_on_with(desk: Desk) -> Page:
    page = desk.fresh("thuongtruc")
    page.goto(desk.site.url("/lam-viec/phong-trao/moi/"))
    page.fill("[name=title]", "Phong trào gõ dở")
    page.get_by_text("Đã lưu tạm trên máy chủ.").wait_for()
    page.goto(desk.site.url("/lam-viec/phong-trao/moi/"))
    return page


def upload(desk: Desk, name: str, content: bytes) -> Page:
    page = desk.fresh("thuongtruc")
    page.goto(desk.site.url(movement("submitted") + "nhap-theo-van-ban/"))
    page.set_input_files("[name=file]", {"name": name, "mimeType": "application/pdf", "buffer": content})
    page.click("main form .button")
    page.wait_for_load_state()
    return page


@moment
def signed_paper_waiting(desk: Desk) -> Page:
    return upload(desk, "ban-ky.pdf", b"%PDF-1.4 waits for the worker")


@moment
def signed_paper_usable(desk: Desk) -> Page:
    from bangvang.papers.models import Paper

    drawn = Paper.objects.filter(format="pdf").order_by("pk")[0].file.path.read_bytes()
    page = upload(desk, "ban-da-ky.pdf", drawn)
    demo_site.work_off(desk.run)
    page.get_by_text("dùng được").wait_for()  # the page asks by itself and is loaded anew
    return page


@moment
def signed_paper_refused(desk: Desk) -> Page:
    page = upload(desk, "ban-ky.pdf", b"MZ\x90\x00 a program, not a paper" * 40)
    demo_site.work_off(desk.run)
    page.get_by_text("Không nhận tệp").wait_for()
    return page


def send_in(desk: Desk, name: str, *, scripts: bool) -> Page:
    """A document of the demo's folder, sent in; what shows while the worker reads it."""
    page = desk.fresh("thuongtruc", scripts=scripts)
    page.goto(desk.site.url("/lam-viec/ban-doc/"))
    content = (files("bangvang.demo") / "plans" / name).read_bytes()
    page.set_input_files("[name=file]", {"name": name, "mimeType": "text/plain", "buffer": content})
    page.click("main form .button")
    page.wait_for_url("**/ban-doc/*/")
    return page


@moment
def plan_waiting_to_be_read(desk: Desk) -> Page:
    return send_in(desk, "van-ban-gui-den.txt", scripts=True)


@moment
def plan_made_a_movement(desk: Desk) -> Page:
    page = send_in(desk, "van-ban-gui-den.txt", scripts=False)
    demo_site.work_off(desk.run)
    page.goto(page.url)
    press(page, "[name=how][value=all_sure]")
    plain = page.locator(".draft .acts [name=how]:is([value=right], [value=blank])")
    while plain.count():
        press(page, plain.first)
    press(page, "#lap form .button")
    return with_scripts(desk, "thuongtruc", page)


@moment
def article_taken_in(desk: Desk) -> Page:
    page = send_in(desk, "bai-ve-thanh-tich.txt", scripts=False)
    demo_site.work_off(desk.run)
    page.goto(page.url)
    press(page, "main .note form .button")
    return with_scripts(desk, "thuongtruc", page)


def with_scripts(desk: Desk, role: str, arrived: Page) -> Page:
    """Where somebody without scripts has arrived, opened once more to be measured."""
    page = desk.fresh(role)
    page.goto(arrived.url)
    arrived.context.close()
    return page


def press(page: Page, button: str | Locator) -> None:
    with page.expect_navigation():
        (page.locator(button) if isinstance(button, str) else button).click()


def ballot_read_again(desk: Desk, *, scripts: bool) -> Page:
    """The first page of the deputy director's ballot filled in, and the second before the reader."""
    from bangvang.council.models import Session

    page = desk.fresh("phogiamdoc", scripts=scripts)
    session = Session.objects.get(state=Session.State.VOTING)
    page.goto(desk.site.url(f"/lam-viec/hoi-dong/phien/{session.code}/phieu/"))
    for choice in page.locator(".pick").all():
        choice.get_by_text("Đồng ý", exact=True).click()
    press(page, "main form .button")
    return page


@moment
def ballot_before_it_is_sealed(desk: Desk) -> Page:
    return ballot_read_again(desk, scripts=True)


@moment
def ballot_sealed(desk: Desk) -> Page:
    page = ballot_read_again(desk, scripts=False)
    press(page, "main form .button:not(.button--quiet)")
    shown = with_scripts(desk, "phogiamdoc", page)
    teller = desk.fresh("vanthu", scripts=False)  # gives the ballot back, so that its form can still be pressed
    teller.goto(shown.url)
    press(teller, "main td a[href*=doi-phieu]")
    teller.fill("[name=reason]", "Thành viên đề nghị đổi phiếu.")
    press(teller, "main form .button:not(.button--quiet)")
    teller.context.close()
    return shown


@moment
def first_password(desk: Desk) -> Page:
    from bangvang.people.models import Person

    page = desk.fresh("quantri")
    person = Person.objects.filter(user__isnull=True, died_on__isnull=True, duties__valid_until__isnull=True).order_by(
        "pk"
    )[0]
    page.goto(desk.site.url(f"/lam-viec/tai-khoan/moi/{person.code}/"))
    page.fill("[name=username]", NEWCOMER)
    page.click("main form .button")
    desk.site.passwords[NEWCOMER] = page.inner_text(".secret").strip()
    return page


@moment
def first_login(desk: Desk) -> Page:
    return desk.fresh(NEWCOMER)


@moment
def account_without_duty(desk: Desk) -> Page:
    from bangvang.people.models import User

    User.objects.create_user(*NOBODY)
    page = desk.fresh("")
    sign_in(page, desk.site.url("/dang-nhap/"), *NOBODY)
    return page


@moment
def taken_by_another(desk: Desk) -> Page:
    clerk, head = desk.fresh("thuongtruc"), desk.fresh("giamdoc")
    address = movement("submitted")
    clerk.goto(desk.site.url(address + "recall/"))
    head.goto(desk.site.url(address + "return/"))
    head.fill("[name=reason]", "Xin ghi rõ chỉ tiêu của từng phòng.")
    head.click("main form .button")
    head.context.close()
    clerk.click("main form .button")
    again = desk.fresh("thuongtruc")  # the plan is submitted once more, as it stood
    again.goto(desk.site.url(address + "submit/"))
    again.click("main form .button")
    again.context.close()
    return clerk
