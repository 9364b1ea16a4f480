"""The desk of the walk: one browser, each role's windows in it, and the bar that every page is held against."""

from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.resources import files

from playwright.sync_api import Browser, Page, Response

from tests.proofs import Run, demo_site, page_checks


@dataclass
class Desk:
    """One browser, and a tab for each role, with scripts and without."""

    run: Run
    site: demo_site.Site
    browser: Browser
    tabs: dict[tuple[str, bool], Page] = field(default_factory=dict)
    pressed: set[str] = field(default_factory=set)  # addresses that took a form that was pressed
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
        page.on("response", self.note)
        if scripts:
            page_checks.prepare(page)
        if role:
            sign_in(page, self.site.url("/dang-nhap/"), role, self.site.passwords[role])
        return page

    def note(self, answer: Response) -> None:
        if answer.request.method == "POST" and answer.status < HTTPStatus.BAD_REQUEST:
            self.pressed.add(answer.url)

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
