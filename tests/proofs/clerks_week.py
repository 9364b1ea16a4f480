"""A clerk's week in Chromium by keyboard alone; what the others do meanwhile goes over HTTP.

Monday: the movement goes to the divisions, with what it is followed by. Wednesday: who has not answered is reminded. Thursday: who
owes the report is reminded. Friday: the reports are read, and the preliminary review comes of them as a Word file.
"""

import datetime
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests import factories, live
from tests.http_client import Person
from tests.papers.readback import docx_words
from tests.proofs import Run
from tests.proofs.keyboard import Keyboard, in_short, presses
from tests.proofs.moved_clock import MovedClock
from tests.proofs.seed_in_chromium import SUBMIT, Cinema
from tests.proofs.week_stage import DIVISIONS, TITLE

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (datetime.date(2026, 3, day) for day in range(2, 7))
FIGURES = {  # what each division reports: records digitised, share of late ones
    "datdai": ("3.200", "0,8 %"), "moitruong": ("410", "0 %"), "congnghe": ("1.150", "1,1 %"),
    "dangky": ("4.400", "1,4 %"), "vanphong": ("600", "0,2 %"), "thuyloi": ("90", "0 %"),
}  # fmt: skip
MENDED = ("4.040", "1,4 %")  # what dangky sends again
ANSWERED = ("datdai", "moitruong", "congnghe", "vanphong")  # by Tuesday evening
ON_TIME = ("datdai", "moitruong", "congnghe")  # have sent their report before Thursday's reminder
SUM = "9.400"  # hồ sơ, of the five reports taken in when the review is submitted
SUM_OF_SIX = "9.490"  # were the late sixth counted
WRONG = "Số hồ sơ lớn hơn bảng kê kèm theo 360 hồ sơ, xin xem lại."
OWN_WORDS = {
    "results": "Tuần đầu, năm đơn vị đã số hoá 9.400 hồ sơ; tỷ lệ trễ hẹn của từng đơn vị đều dưới 1,5 %.\n"
    "Hai đơn vị làm thêm sáng thứ Bảy để kịp bảng kê.",
    "shortcomings": "Một đơn vị chưa gửi báo cáo; một đơn vị ghi số lớn hơn bảng kê, phải gửi lại.",
    "causes": "Bảng kê và số báo cáo do hai người lập, chưa đối chiếu trước khi gửi.",
    "next_tasks": "Phòng Thuỷ lợi gửi báo cáo tuần đầu trước thứ Ba.\nCác đơn vị đối chiếu bảng kê trước khi gửi số.",
}
BOARD = "a[href*='/tien-do/phong-trao/']"


class Week:
    """The clerk at one keyboard, a page for each morning; `record` is what was pressed, day by day."""

    def __init__(self, run: Run, cinema: Cinema, site: live.Live, clock: MovedClock, movement: str) -> None:
        self.run, self.cinema, self.site, self.clock, self.movement = run, cinema, site, clock, movement
        self.record: list[tuple[str, list[str]]] = []
        self.keyboard = Keyboard(None)
        self.seconds = 0.0
        self.people: dict[str, Person] = {}

    @property
    def page(self) -> Any:
        return self.keyboard.page

    @property
    def keys(self) -> int:
        return sum(presses(keys) for _, keys in self.record)

    def play(self) -> None:
        for name, day, acts in (
            ("Thứ Hai", MONDAY, (self.launch, self.set_up)),
            ("Thứ Ba", TUESDAY, (self.others_answer,)),
            ("Thứ Tư", WEDNESDAY, (self.see_the_silent, self.remind_the_silent)),
            ("Thứ Năm", THURSDAY, (self.first_reports, self.remind_of_reports, self.later_reports)),
            ("Thứ Sáu", FRIDAY, (self.read_reports, self.review, self.late_report, self.issued)),
        ):
            self.day(name, day, acts)

    def day(self, name: str, day: datetime.date, acts: tuple[Callable[[], None], ...]) -> None:
        """Nobody's session lives overnight: everybody logs in again, the clerk by keyboard, on the days with work for her."""
        self.clock.set(day, 8)
        self.people.clear()
        if day != TUESDAY:
            self.keyboard = Keyboard(self.cinema.page())
            self.record.append((name, self.keyboard.keys))
            self.cinema.go(self.page, "/dang-nhap/")
            began = time.monotonic()
            self.keyboard.skip()
            self.keyboard.type("[name=username]", "thuong")
            self.keyboard.type("[name=password]", factories.PASSWORD, hidden=True)
            self.keyboard.enter("main form button")
            self.seconds += time.monotonic() - began
        for act in acts:
            act()

    def press(self, *selectors: str) -> None:
        """One link or button after the other, each on the page that the one before opened."""
        began = time.monotonic()
        for selector in selectors:
            self.keyboard.skip()
            self.keyboard.enter(selector)
        self.seconds += time.monotonic() - began

    def fill(self, **typed: str) -> None:
        """Type into the fields of the page from the first to the last, and press its button."""
        began = time.monotonic()
        self.keyboard.skip()
        for name, words in typed.items():
            if self.page.locator(f"main select[name={name}]").count():
                self.keyboard.choose(f"[name={name}]", words)
            else:
                self.keyboard.type(f"[name={name}]", words)
        self.keyboard.enter(SUBMIT)
        self.seconds += time.monotonic() - began

    def words(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    def told(self, what: str, *sentences: str) -> None:
        words = self.words()
        self.run.expect(f"{what}: not on the page", [one for one in sentences if one not in words], [])

    def open_movement(self, *then: str) -> None:
        """From the first page of the morning to the movement, and on."""
        began = time.monotonic()
        self.keyboard.enter("nav a[href='/lam-viec/phong-trao/']")
        self.seconds += time.monotonic() - began
        self.press(f"main a[href$='/phong-trao/{self.movement}/']", *then)

    def back_to_board(self) -> None:
        began = time.monotonic()
        self.keyboard.enter(f".crumbs {BOARD}")
        self.seconds += time.monotonic() - began

    # Monday

    def launch(self) -> None:
        """From the list of movements to the divisions: they are ticked from the plan's own words."""
        self.open_movement("main a[href$='/roll_out/']")
        ticked = self.page.locator("main [name=units]:checked").count()
        self.run.expect("divisions ticked from the plan's words", ticked, len(DIVISIONS))
        self.cinema.picture(self.page, "launch")
        self.fill(acknowledge_by="03/03/2026", register_by="04/03/2026")
        self.told("launched", "Đã gửi phong trào đến 6 đơn vị", "6 chưa trả lời đủ")

    def set_up(self) -> None:
        """Two indicators and the first week to report on."""
        new = "main a[href$='/chi-tieu-moi/']"
        self.press("main a[href$='/cach-theo-doi/']", new)
        self.fill(label="Hồ sơ đã số hoá", measure="hồ sơ", target="12.000", reach="Cả phong trào cộng lại")
        self.press(new)
        self.fill(label="Hồ sơ trễ hẹn", measure="%", target="1,5", direction="Càng thấp càng tốt")
        self.press("main a[href$='/ky-moi/']")
        self.fill(name="Tuần 1", starts_on="02/03/2026", ends_on="05/03/2026", due_on="05/03/2026")
        self.told("set up", "Đã mở kỳ “Tuần 1”")
        self.cinema.picture(self.page, "set-up")

    # Tuesday, Wednesday

    def others_answer(self) -> None:
        for name in ANSWERED:
            self.acknowledge_and_register(name)

    def see_the_silent(self) -> None:
        """Who has not answered stands first, with how late it is."""
        self.open_movement()
        rows = self.page.locator("section[aria-labelledby=b-all] tbody th").all_inner_texts()
        silent = [division for name, (_, division) in DIVISIONS.items() if name not in ANSWERED]
        self.run.expect("the silent stand first", sorted(rows[: len(silent)]), sorted(silent))
        self.told("the silent units", "2 chưa trả lời đủ", "Chưa xác nhận, quá hạn 1 ngày")
        self.cinema.picture(self.page, "silent-units")

    def remind_the_silent(self) -> None:
        self.press("main a[href$='/nhac/']")
        self.cinema.picture(self.page, "reminder")
        self.press(SUBMIT)
        self.told("reminded", "Đã gửi lời nhắc cho 2 đơn vị")
        self.reminded("chưa xác nhận và cử người phụ trách", {"dangky", "thuyloi"})
        for name in ("dangky", "thuyloi"):
            self.acknowledge_and_register(name)

    # Thursday

    def first_reports(self) -> None:
        for name in ON_TIME:
            self.report(name, FIGURES[name])

    def remind_of_reports(self) -> None:
        """Three owe the report on its last day; the words are drafted, looked at, sent."""
        self.open_movement(f"main {BOARD}")
        self.told("the board", "Tuần 1: 3 trên 6 báo cáo đã gửi")
        self.press("main form[action$='/nhac/'] button")
        self.cinema.picture(self.page, "reminder-of-reports")
        self.press(SUBMIT)
        self.told("reminded of reports", "Đã gửi lời nhắc cho 3 người")
        self.reminded("là ngày cuối gửi báo cáo Tuần 1", {"dangky", "vanphong", "thuyloi"})

    def later_reports(self) -> None:
        self.clock.set(THURSDAY, 16, 30)
        for name in ("dangky", "vanphong"):
            self.report(name, FIGURES[name])

    # Friday

    def read_reports(self) -> None:
        """Each report that came is opened from the board; one goes back with the reason and comes again."""
        self.open_movement(f"main {BOARD}")
        self.told("the board on Friday", "Tuần 1: 5 trên 6 báo cáo đã gửi", "1 đang nợ báo cáo")
        self.cinema.picture(self.page, "board")
        for name in (*ON_TIME, "vanphong"):
            self.read(name, FIGURES[name][0])
            self.take_in()
        self.read("dangky", FIGURES["dangky"][0])
        self.press("main a[href$='/return/']")
        self.fill(reason=WRONG)
        self.report("dangky", MENDED)
        self.back_to_board()
        self.read("dangky", MENDED[0])
        self.take_in()

    def read(self, name: str, figure: str) -> None:
        self.press(f"main td a[href='/lam-viec/tien-do/{self.code_of(name)}/']")
        self.told(f"the report of {name}", DIVISIONS[name][1], figure)
        if name == ON_TIME[0]:
            self.cinema.picture(self.page, "report")

    def take_in(self) -> None:
        self.press("main a[href$='/accept/']")
        self.fill()
        self.back_to_board()

    def review(self) -> None:
        """The machine assembles counts and figures, the clerk writes the rest; as Word before anybody signs."""
        self.press("main form[action*='/so-ket/'] button")
        self.cinema.picture(self.page, "review-begun")
        began = time.monotonic()
        self.keyboard.skip()
        for name, words in OWN_WORDS.items():
            self.keyboard.type(f"[name={name}]", words)
        self.keyboard.enter("main form.form button")
        preview = self.keyboard.download("a[href$='/ban-xem-truoc.docx']")
        self.seconds += time.monotonic() - began
        self.judge_paper("so-ket-xem-truoc.docx", preview)
        self.press("main a[href$='/submit/']")
        self.fill()
        self.told("submitted", "Đã trình")
        self.cinema.picture(self.page, "review-submitted")
        self.review_at = urlsplit(self.page.url).path

    def late_report(self) -> None:
        """The sixth report comes after the review was submitted, and is taken in."""
        self.report("thuyloi", FIGURES["thuyloi"])
        self.back_to_board()
        self.read("thuyloi", FIGURES["thuyloi"][0])
        self.take_in()

    def issued(self) -> None:
        """Approved and numbered by others; the clerk fetches the official Word file: it says what was submitted."""
        self.step("giam", f"{self.review_at}buoc/approve/", password=factories.PASSWORD)
        self.step("so", f"{self.review_at}buoc/issue/", number="35", issued_on="06/03/2026")
        self.site.until_done()
        self.press(f"main a[href='{self.review_at}']")
        began = time.monotonic()
        paper = self.keyboard.download("a[href*='/van-ban/'][href$='.docx']")
        self.seconds += time.monotonic() - began
        self.cinema.picture(self.page, "review-issued")
        self.judge_paper("so-ket.docx", paper, "35/BC-SNNMT", "Vi Văn Toàn")

    def judge_paper(self, name: str, paper: bytes, *more: str) -> None:
        """The review names the movement, the silent unit, the sums of what was taken in, and the clerk's own words."""
        self.run.keep(name, paper)
        words = " ".join(docx_words(paper))
        owed = (TITLE, f"{SUM} hồ sơ", "05 đơn vị", "01 đơn vị chưa gửi báo cáo: Phòng Thuỷ lợi", *more)
        owed += tuple(line for text in OWN_WORDS.values() for line in text.splitlines())
        self.run.expect(f"{name}: missing", [one for one in owed if one not in words], [])
        self.run.expect(f"{name}: counts what came later", SUM_OF_SIX in words, False)

    # the others, over HTTP

    def person(self, name: str) -> Person:
        if name not in self.people:
            person = self.people[name] = self.site.person()
            met = person.log_in(name, factories.PASSWORD)
            assert met.address == "/lam-viec/", (name, met.address, met.words[:300])
        return self.people[name]

    def step(self, name: str, path: str, **typed: str) -> None:
        """Open the page of a step, type what it asks and press it."""
        person = self.person(name)
        form = person.get(path).page.form("version")
        done = person.post(path, {**form.fields, **typed})
        self.run.expect(f"{name} at {path} ({done.words[:200]})", (done.status, done.address == path), (200, False))

    def acknowledge_and_register(self, name: str) -> None:
        person, at = self.person(name), f"/lam-viec/phong-trao/{self.movement}/"
        leader = self.site.ask(f"Person.objects.get(full_name={DIVISIONS[name][0]!r}).code")
        self.step(name, f"{at}xac-nhan/", leader=str(leader))
        own = next(link for link in person.get(at).page.links if link.startswith("/lam-viec/dang-ky/"))
        person.press(own, who="tap-the", award="advanced_collective", target="Xong bảng kê trước ngày 31/03.")
        self.step(name, f"{own}send/")

    def report(self, name: str, figures: tuple[str, str]) -> None:
        at = f"/lam-viec/tien-do/{self.code_of(name)}/"
        results = f"Đã số hoá {figures[0]} hồ sơ."
        self.person(name).press(at, so_1=figures[0], so_2=figures[1], results=results)
        self.step(name, f"{at}buoc/send/")

    def code_of(self, name: str) -> str:
        return str(self.site.ask(f"Report.objects.get(unit__name={DIVISIONS[name][1]!r}).code"))

    def reminded(self, words: str, owing: set[str]) -> None:
        """Exactly the heads of those who owe read the reminder."""
        self.site.until_done()
        told = {name for name in DIVISIONS if words in self.person(name).get("/lam-viec/loi-bao/").words}
        self.run.expect(f"reminded “{words}”", sorted(told), sorted(owing))

    def list_of_keys(self) -> str:
        return "\n\n".join(f"{day} ({presses(keys)} phím)\n{in_short(keys)}" for day, keys in self.record) + "\n"
