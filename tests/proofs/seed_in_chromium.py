"""The journey of tests/journeys/plan_to_award.py in Chromium: by keyboard up to the approved movement, then by hand to the papers."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests import live
from tests.browser import FLAGS
from tests.journeys.nominating import DONOR, NOMINEES, STAFF, TEXT, WATCHED
from tests.journeys.plan_to_registration import LAST_DAYS, PERIOD, UNIT, UPLOAD
from tests.proofs import Run
from tests.proofs.keyboard import Keyboard
from tests.proofs.page_checks import overflow
from tests.reading.hostile_files import HARMLESS

SUBMIT = "main form[method=post] button:not(.button--quiet)"
WIDTHS = (1280, 360)
NUMBER = "78"  # of this plan; 77 is that of the story over HTTP


@dataclass
class Cinema:
    """Everybody's page in one browser; `errors` fills with what the browser reports."""

    run: Run
    running: live.Live
    browser: Any
    errors: list[str] = field(default_factory=list)
    keys: int = 0
    seconds: float = 0.0
    code: str = ""
    stops: int = 0
    pictures: int = 0

    def page(self) -> Any:
        page = self.browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        page.on(
            "console", lambda line: self.errors.append(f"{page.url}: {line.text}") if line.type == "error" else None
        )
        page.on(
            "response",
            lambda answer: self.errors.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None,
        )
        return page

    def typed_in(self, role: str) -> Keyboard:
        """Somebody who logs in with the keyboard alone."""
        keys = Keyboard(self.page())
        keys.page.goto(self.running.address + "/dang-nhap/")
        keys.type("[name=username]", self.running.cast.names[role])
        keys.type("[name=password]", self.running.cast.passwords[role])
        keys.enter("main form button")
        return keys

    def go(self, page: Any, path: str) -> None:
        page.goto(self.running.address + path)

    def picture(self, page: Any, name: str) -> None:
        """The whole page at both widths; never wider than its window."""
        self.stops += 1
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=self.run.dir / f"{self.stops:02}-{name}-{width}.png", full_page=True)
            self.run.expect(f"{name} at {width}: wider than the window by", overflow(page), 0)
            self.pictures += 1
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})


@contextmanager
def opened(run: Run, running: live.Live, chromium: str) -> Iterator[Cinema]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield Cinema(run, running, browser)
        browser.close()


def by_keyboard(cinema: Cinema, document: Path) -> dict[str, Any]:
    """From the day's work to the approved movement with keys alone, timed from the first page; the pages of both people."""
    clerk, director = cinema.typed_in("clerk"), cinema.typed_in("director")
    before = clerk.pressed + director.pressed
    began = time.monotonic()
    clerk.enter("header a[href='/lam-viec/phong-trao/'], nav a[href='/lam-viec/phong-trao/']")
    clerk.enter(f"main a[href='{UPLOAD}']")
    clerk.choose_file("main [name=file]", document)
    clerk.enter(SUBMIT)
    clerk.page.locator("#nh").wait_for(timeout=60_000)
    cinema.picture(clerk.page, "review")
    answer_all(clerk)
    clerk.enter("#lap form button")
    cinema.code = str(clerk.page.url).rstrip("/").rpartition("/")[2]
    clerk.enter("main a[href$='/submit/']")
    clerk.enter(SUBMIT)
    director.enter("nav a[href='/lam-viec/']")
    director.enter(f"main a[href*='{cinema.code}']")
    director.enter("main a[href$='/approve/']")
    director.type("[name=password]", cinema.running.cast.passwords["director"])
    director.enter(SUBMIT)
    cinema.seconds = time.monotonic() - began
    cinema.keys = clerk.pressed + director.pressed - before
    cinema.run.expect("approved", director.page.get_by_role("status").first.inner_text()[:9], "Đã duyệt.")
    cinema.picture(director.page, "approved")
    return {"clerk": clerk.page, "director": director.page}


def answer_all(clerk: Keyboard) -> None:
    """Go where the page sends one next, until the movement can be made: right, blank, a day typed, all sure ones at once."""
    for _ in range(40):
        if clerk.page.locator("#lap form button").count():
            return
        there = str(clerk.page.locator("#lap a[href^='#f-']").get_attribute("href"))
        name = there.removeprefix("#f-")
        if clerk.page.locator(f"{there} h4").count():
            clerk.enter("button[value=all_sure]")
        elif clerk.page.locator(f"{there} button[value=right]").count():
            clerk.enter(f"{there} button[value=right]")
        elif name in PERIOD:
            clerk.to(f"{there} summary")
            clerk.press("Enter")
            clerk.type(f"#t-{name}", PERIOD[name])
            clerk.enter(f"{there} details button")
        else:
            clerk.enter(f"{there} button[value=blank]")
    raise LookupError("the review never ends")


def by_hand(cinema: Cinema, pages: dict[str, Any]) -> None:
    """The rest with mouse and keyboard: number, roll-out, registration, dossier, findings, a judgement, papers."""
    for role in ("registry", "head", "staff"):
        pages[role] = cinema.typed_in(role).page
    roll_out(cinema, pages)
    register(cinema, pages)
    dossier(cinema, pages)


def roll_out(cinema: Cinema, pages: dict[str, Any]) -> None:
    movement = f"/lam-viec/phong-trao/{cinema.code}/"
    take(cinema, pages["registry"], f"{movement}issue/", number=NUMBER, issued_on="19/12/2025")
    cinema.running.until_done()
    clerk, head = pages["clerk"], pages["head"]
    cinema.go(clerk, f"{movement}trien-khai/")
    for box in clerk.locator("[name=units]").all():
        box.set_checked(UNIT in box.locator("xpath=..").inner_text())
    for number in range(clerk.locator("select[name^=owner_]").count()):
        choose(clerk, str(clerk.locator("select[name^=owner_]").nth(number).get_attribute("name")), UNIT)
        clerk.locator("[name^=due_]").nth(number).fill("31/12/2025")
    cinema.picture(clerk, "roll-out")
    take(cinema, clerk, "", **LAST_DAYS)
    cinema.picture(clerk, "board")
    cinema.go(head, f"{movement}xac-nhan/")
    choose(head, "leader", STAFF)
    take(cinema, head, "")


def register(cinema: Cinema, pages: dict[str, Any]) -> None:
    """A line of one's own, sent by the head, taken in by the clerk."""
    movement = f"/lam-viec/phong-trao/{cinema.code}/"
    staff, head, clerk = pages["staff"], pages["head"], pages["clerk"]
    cinema.go(staff, movement)
    click(staff, staff.locator("main a[href^='/lam-viec/dang-ky/']").first)
    registration = re.sub(r"^.*(/lam-viec/)", r"\1", str(staff.url))
    choose(staff, "award", "Lao động tiên tiến")
    take(cinema, staff, "", target="Hoàn thành mọi việc đúng hạn")
    cinema.picture(staff, "registration")
    take(cinema, head, f"{registration}send/")
    take(cinema, clerk, f"{registration}accept/")
    cinema.go(clerk, f"/lam-viec/dang-ky/phong-trao/{cinema.code}/")
    cinema.picture(clerk, "summary")


def dossier(cinema: Cinema, pages: dict[str, Any]) -> None:
    head, clerk = pages["head"], pages["clerk"]
    cinema.go(head, "/lam-viec/ho-so/moi/")
    head.locator(f"[name=dot][value='{cinema.code}']").check()
    take(cinema, head, "")
    place = re.sub(r"^.*(/lam-viec/)", r"\1", str(head.url))
    cinema.go(head, f"{place}binh-xet/")
    choose(head, "chair", "Vũ Thanh Mai")
    choose(head, "secretary", STAFF)
    take(cinema, head, "", held_on="20/12/2025", place="Phòng họp tầng 2", minutes="Các ý kiến nhất trí.")
    lines = {name: nominate(cinema, head, place, name) for name in NOMINEES}
    file = cinema.run.dir / "bao-cao.pdf"
    file.write_bytes(HARMLESS["pdf"][1])
    cinema.go(head, lines[STAFF])
    head.locator("[name=file]").set_input_files(file)
    click(head, head.get_by_role("button", name="Gửi tệp"))
    cinema.running.until_done()
    cinema.go(head, lines[STAFF])
    cinema.run.expect("evidence is usable", head.get_by_text("Dùng được").count(), 1)
    cinema.picture(head, "nomination")
    cinema.go(clerk, lines[STAFF])
    click(clerk, clerk.locator(f"a[href*='dieu-kien={WATCHED}']").first)
    clerk.get_by_label("Có, đạt điều kiện này").check()
    clerk.get_by_label("Mọi đề nghị cùng hình thức của phong trào này").check()
    take(cinema, clerk, "", instrument="Báo cáo số 45/BC-STC", article="mục II")
    cinema.run.expect("the answer stays", clerk.get_by_text("Báo cáo số 45/BC-STC, mục II").count(), 1)
    cinema.picture(clerk, "judgement")
    cinema.go(head, place)
    cinema.picture(head, "dossier")
    take(cinema, head, f"{place}buoc/submit/")
    take(cinema, clerk, f"{place}buoc/accept/")
    cinema.running.until_done()
    cinema.go(clerk, place)
    cinema.picture(clerk, "accepted")
    for link in clerk.locator("a[href*='/van-ban/'][href$='.pdf']").all():
        with clerk.expect_download() as waiting:
            link.click()
        cinema.run.keep(waiting.value.suggested_filename, Path(waiting.value.path()))
    cinema.run.expect("papers of the dossier", len(list(cinema.run.dir.glob("*To-trinh*.pdf"))), 1)


def nominate(cinema: Cinema, head: Any, place: str, name: str) -> str:
    """One nominee; the address of the line."""
    given = NOMINEES[name]
    cinema.go(head, f"{place}de-nghi/moi/")
    head.locator(f"[name=kind][value={given['kind']}]").check()
    if name == DONOR:
        head.locator("[name=outside_name]").fill(name)
        head.locator("[name=outside_address]").fill(given["outside_address"])
    else:
        choose(head, "who", name)
    if "is_posthumous" in given:
        head.locator("[name=is_posthumous]").check()
    head.locator("[name=award]").select_option(given["award"])
    head.locator("[name=stream]").select_option(given["stream"])
    take(cinema, head, "", achievement=TEXT, votes_for="2", votes_total="2")
    return re.sub(r"^.*(/lam-viec/)", r"\1", str(head.url))


def choose(page: Any, name: str, words: str) -> None:
    """The option that has these words."""
    option = page.locator(f"[name={name}] option").filter(has_text=words).first
    page.locator(f"[name={name}]").select_option(str(option.get_attribute("value")))


def click(page: Any, control: Any) -> None:
    with page.expect_navigation():
        control.click()


def take(cinema: Cinema, page: Any, path: str, **typed: str) -> None:
    """On a page (or on the one that is open) type into fields and press its main button."""
    if path:
        cinema.go(page, path)
    for name, words in typed.items():
        page.locator(f"[name={name}]").fill(words)
    click(page, page.locator(SUBMIT).first)
