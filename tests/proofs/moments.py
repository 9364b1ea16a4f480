"""Moments: pages that no address shows by itself, each brought about as it happens to people."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files

from playwright.sync_api import Browser, Page

from tests.proofs import Run, demo_site, page_checks

UNKNOWN = "khong-co-ai"
NEWCOMER = "nguoi.moi"
NOBODY = ("chua-chuc-trach", "Một câu dài chỉ dùng để thử")


@dataclass
class Desk:
    """One browser, and a tab for each role, with scripts and without."""

    run: Run
    site: demo_site.Site
    browser: Browser
    tabs: dict[tuple[str, bool], Page] = field(default_factory=dict)
    axe: str = field(
        default_factory=lambda: (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    )

    def tab(self, role: str, *, scripts: bool) -> Page:
        """The role's own window, signed in through the login page; it stays open."""
        if (role, scripts) not in self.tabs:
            self.tabs[role, scripts] = self.fresh(role, scripts=scripts)
        return self.tabs[role, scripts]

    def fresh(self, role: str, *, scripts: bool = True) -> Page:
        """A new window in a context of its own, 320 px wide without scripts."""
        width = page_checks.WIDE if scripts else page_checks.NARROW
        context = self.browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": 900},
            locale="vi-VN",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        if scripts:
            page_checks.prepare(page)
        if role:
            sign_in(page, self.site.url("/dang-nhap/"), role, self.site.passwords[role])
        return page

    def hold(self, page: Page, where: str, *, keyboard: bool = True) -> None:
        """Hold an open page with scripts against the bar. The axe violations, targets and stops are named."""
        self.run.expect(f"{where}: axe", page_checks.axe_violations(page, self.axe), [])
        self.run.expect(f"{where}: small targets", page_checks.small_targets(page), [])
        if not keyboard:
            return
        self.run.expect(f"{where}: keyboard", page_checks.keyboard_troubles(page), [])
        self.run.expect(f"{where}: skip link", page_checks.skip_trouble(page), [])


def sign_in(page: Page, address: str, name: str, password: str) -> None:
    page.goto(address)
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.click("main form button")
    page.wait_for_load_state()


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
