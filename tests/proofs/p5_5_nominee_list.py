"""5.5 A messy list of 500 nominees comes in through Chromium; its errors are corrected with the keyboard."""

import json
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import databases, live
from tests.browser import FLAGS
from tests.proofs import Figure, Run, nominee_list, planted, proof
from tests.proofs.page_checks import axe_violations, overflow
from tests.run import find_chromium

TYPED_A_MINUTE = 120  # keys of a clerk who types names with Telex, slowly
FAULTS = {
    "pages_repeat_their_head": (
        "bangvang/reading/roster/table.py",
        "(cells[0] in again and _key(cells) in repeated)",
        "False",
    ),
    "repeats_pass": ("bangvang/intake/jobs.py", "        staging.mark_repeats(batch)\n", "        pass\n"),
    "corrections_lost": (
        "bangvang/intake/staging.py",
        "words = words_of(cells, self.columns[sheet], self.batch.defaults.get(str(sheet), {}), corrected)",
        "words = words_of(cells, self.columns[sheet], self.batch.defaults.get(str(sheet), {}), {})",
    ),
}


@dataclass
class Hands:
    """A keyboard whose strokes are counted."""

    page: Any
    keys: int = 0

    def press(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.keys += 1

    def type(self, words: str) -> None:
        """Over what stands in the field. Vietnamese letters cost two strokes with Telex."""
        self.press("Control+a")
        self.page.keyboard.insert_text(words)
        self.keys += sum(1 if letter.isascii() else 2 for letter in words)

    def to(self, selector: str, most: int = 30) -> None:
        """Tab until the focus stands on the element."""
        for _ in range(most):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"the keyboard does not reach {selector}")

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.press("Enter")


@proof(
    "5.5",
    what="A messy list of 500 nominees through Chromium: columns, errors corrected in the preview by keyboard, people, writing",
    bar="498 nominations and no other; every error told with its row; axe 0, no sideways scroll at 1280 and 360 px",
    controls={
        "pages_repeat_their_head": "the head that comes again on every printed page is taken for a row",
        "repeats_pass": "a row that says what an earlier one said is not told",
        "corrections_lost": "what a person corrects does not reach the row",
    },
)
def list_of_nominees(run: Run) -> dict[str, Figure]:
    if (chromium := find_chromium()) is None:
        run.not_run("không thấy Chromium (apt-get install -y chromium)")
    with tempfile.TemporaryDirectory(prefix="bv-nominees-") as name:
        src = planted.source(Path(name), *FAULTS.get(run.fault or "", ()))
        with live.serve(Path(name) / "live", src=src, demo=True) as site:
            path = Path(name) / "danh sách đề nghị.xlsx"
            words = ("-m", "tests.proofs.nominee_list", str(path))
            told = json.loads(databases.python(site.database, *words, var=site.var).splitlines()[-1])
            run.keep("danh-sach.xlsx", path)
            return through_chromium(run, site, chromium, path, told)


def through_chromium(run: Run, site: live.Live, chromium: str, path: Path, told: dict[str, Any]) -> dict[str, Figure]:
    from playwright.sync_api import sync_playwright

    mend = {int(number): how for number, how in told["corrections"].items()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900}, bypass_csp=True)
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(site.address + "/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill(site.cast.names["head"])
        page.get_by_label("Mật khẩu").fill(site.cast.passwords["head"])
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).click()
        hands = Hands(page)
        began = time.monotonic()
        page.goto(f"{site.address}/lam-viec/ho-so/{told['dossier']}/")
        with page.expect_navigation():
            page.get_by_role("link", name="nhập từ tệp danh sách").click()
        page.get_by_label("Tệp danh sách").set_input_files(path)
        with page.expect_navigation():
            page.get_by_role("button", name="Gửi danh sách").click()
        page.get_by_role("button", name="Kiểm tra các dòng").wait_for(timeout=30_000)
        look(run, page, "cot")
        with page.expect_navigation():
            page.get_by_role("button", name="Kiểm tra các dòng").click()
        page.get_by_role("link", name="Tải tệp kèm cột lý do (.xlsx)").wait_for(timeout=60_000)
        read = time.monotonic() - began
        look(run, page, "dong")
        code = page.url.rstrip("/").rpartition("/")[2]
        wrong = site.ask(
            f"sorted(Row.objects.filter(batch__code='{code}', standing='trouble').values_list('number', flat=True))"
        )
        run.expect("rows of the sheet that cannot be taken", wrong, sorted(mend))
        run.expect(
            "rows that the list has", site.ask(f"Row.objects.filter(batch__code='{code}').count()"), nominee_list.ROWS
        )
        if run.fault in ("pages_repeat_their_head", "repeats_pass"):
            browser.close()
            return {}
        corrected = correct(run, hands, mend)
        asked = answer_questions(run, hands, site, code)
        finish(run, hands)
        minutes = (time.monotonic() - began) / 60
        browser.close()
    lines = site.ask("Nomination.objects.filter(dossier__code='" + told["dossier"] + "').count()")
    run.expect("nominations", lines, nominee_list.ROWS - len(nominee_list.REPEATED))
    kept = site.ask(f"[row.cells[9] for row in Row.objects.filter(batch__code='{code}')[:3]]")
    run.expect("numbers that identify people, as kept", kept, ["•••46", "•••47", "•••48"])
    run.expect("errors that the browser reports", errors, [])
    run.expect("lines of a traceback in the server's log", site.log().count("Traceback"), 0)
    return {
        "rows": nominee_list.ROWS,
        "corrected by keyboard": corrected,
        "people answered": asked,
        "keys": hands.keys,
        "minutes by machine": round(minutes, 2),
        "seconds from file to preview": round(read, 1),
        "minutes at 120 keys": round(hands.keys / TYPED_A_MINUTE, 1),
    }


def correct(run: Run, hands: Hands, mend: dict[int, Any]) -> int:
    """Row after row: the focus stands on the field in trouble; type, Enter, and the next row opens."""
    page = hands.page
    hands.to("a[href*='/dong/']", most=60)
    hands.enter()
    look(run, page, "mot-dong")
    done = 0
    while "/dong/" in page.url and done < 2 * len(mend):
        number = int(page.get_by_role("heading", level=1).inner_text().split(":")[0].split()[1])
        how = mend[number]
        if how == "leave":
            hands.to("button[name=de-lai]")
            hands.enter()
        else:
            ((field, words),) = how.items()
            hands.to(f"input[name={field}], textarea[name={field}]")
            hands.type(words)
            hands.enter()
        done += 1
        if run.fault and done > len(mend):
            break
    run.expect("rows corrected or left out, each once", done, len(mend))
    return done


def answer_questions(run: Run, hands: Hands, site: live.Live, code: str) -> int:
    """Whoever is not certain is compared side by side; the first answer is the one of ours."""
    page, answered = hands.page, 0
    if not (link := page.get_by_role("link", name="người chưa rõ")).count():
        return 0
    with page.expect_navigation():
        link.first.click()
    with page.expect_navigation():
        page.locator("main ul.check a").first.click()
    look(run, page, "nguoi")
    while "/nguoi/" in page.url and answered < 40:
        hands.to("input[name=who]")
        hands.press("Space")
        hands.enter()
        answered += 1
    return answered


def finish(run: Run, hands: Hands) -> None:
    page = hands.page
    if not (link := page.get_by_role("link", name="Sang bước ghi")).count():
        run.expect("the way to writing is open", page.url, "a page with “Sang bước ghi”")
        return
    with page.expect_navigation():
        link.click()
    look(run, page, "ghi")
    hands.to("main form button", most=60)
    hands.enter()
    look(run, page, "ket-qua")


def look(run: Run, page: Any, name: str) -> None:
    """The page at two widths: axe, sideways scroll, a picture."""
    if run.fault:
        return
    import axe_playwright_python

    axe = next(iter(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))).read_text(encoding="utf-8")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(run.dir / f"{name}-{width}.png"), full_page=width == 360 and name != "dong")
        run.expect(f"{name} at {width}: wider than the window by", overflow(page), 0)
    run.expect(f"{name}: axe", axe_violations(page, axe), [])
