"""4.6 One person's every award, a department's sweep, the law with its timeline: what they say agrees, and how they look."""

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.papers.readback import docx_words, pdf_words
from tests.proofs import Figure, Run, dossier_site, proof
from tests.proofs.p2_3_findings import SUMMARY
from tests.proofs.page_checks import axe_violations, overflow
from tests.run import find_chromium

DAY = "nam=2025&ngay=20/12/2025"
SWEEP = f"/lam-viec/ra-soat/?{DAY}&ket-qua=tat-ca"
LAW = "/lam-viec/quy-dinh/grassroots_emulation_fighter/?ngay=01/12/2025"
PERSON = "Hồ Trường Sơn"
BAR = re.compile(
    r'<th scope="row" class="text">\s*([^<]+?)\s*(?:<small>.*?</small>)?\s*</th>\s*<td>\s*<svg.*?</td>\s*'
    r'<td class="n"><b>(\d+)</b></td>\s*<td class="n">(\d+)</td>\s*<td class="n">(\d+)</td>\s*<td class="n">(\d+)</td>',
    re.DOTALL,
)
COLUMN = {"ok": 0, "unknown": 1, "human": 1, "warn": 2, "bad": 3}
FAULTS = {
    "head_sees_all": (
        "bangvang/honours/access.py",
        "    return units if whole_agency else units.filter(pk=actor.unit.pk)\n\n\ndef units_visible",
        "    return units\n\n\ndef units_visible",
    ),
    "bars_of_yesterday": ("bangvang/honours/planes.py", "        rows[code, MET] = surely[code]", "        rows[code, MET] = possibly[code]"),
    "gaps_kept_quiet": ("bangvang/honours/papers.py", "    return [(str(label), missing) for label, missing in found if missing]", "    return []"),
    "always_today": ("bangvang/web/staff/law_pages.py", "        return vietnamese.parse_date(typed), \"\"", "        return today, \"\""),
}  # fmt: skip


@proof(
    "4.6",
    what="Pages of eligibility, sweep and law: the sweep's numbers are those of the persons' own pages; pictures at two widths",
    bar="every bar = the chips of all members' pages; a head sees the own unit only; the extract says what is missing; axe 0, no sideways scroll",
    controls={
        "head_sees_all": "a head sweeps the whole agency",
        "bars_of_yesterday": "the sweep counts the possible as met",
        "gaps_kept_quiet": "the extract does not say what is missing",
        "always_today": "the law page ignores the day asked for",
    },
)
def pages(run: Run) -> dict[str, Figure]:
    with dossier_site.running(FAULTS.get(run.fault or "", ()), submitted=True) as site:
        head, clerk = site.live.person("head"), site.live.person("clerk")
        members, answers = sweep_and_persons(run, head)
        whole = bars(clerk.get(SWEEP).body.decode())
        run.expect(
            "bars that do not add up to the agency",
            {name for name, row in whole.items() if sum(row) != agency_size(clerk)},
            set(),
        )
        with zipfile.ZipFile(io.BytesIO(clerk.get(SWEEP.replace("?", "ra-soat.xlsx?")).body)) as book:
            rows = len(re.findall("<row ", book.read("xl/worksheets/sheet1.xml").decode())) - 1
        run.expect("rows of the Excel file", rows, agency_size(clerk))
        law_on_its_day(run, head)
        extract(run, site)
        pictures = 0 if run.fault else screens(run, site)
    return {"members": members, "answers compared": answers, "people of the agency": rows, "screenshots": pictures}


def bars(html: str) -> dict[str, tuple[int, ...]]:
    """Award → (met, unclear, one short, not) of the page."""
    return {name: tuple(map(int, numbers)) for name, *numbers in BAR.findall(html)}


def agency_size(person: Any) -> int:
    found = re.search(r"(\d+) người\.", person.get(SWEEP).words)
    assert found
    return int(found[1])


def sweep_and_persons(run: Run, head: Any) -> tuple[int, int]:
    """The bars of the head's unit against the chips on each member's own page."""
    page = head.get(SWEEP)
    links = sorted({link.split("?")[0] for link in page.page.links if "/dieu-kien/ca-nhan/" in link})
    said = bars(page.body.decode())
    counted: dict[str, Counter[int]] = {}
    answers = 0
    for link in links:
        answer = head.get(f"{link}?{DAY}")
        run.expect(f"{link}: may be opened", answer.status, 200)
        for label, kind, _ in SUMMARY.findall(answer.body.decode()):
            counted.setdefault(label, Counter())[COLUMN[kind]] += 1
            answers += 1
    run.expect("awards", set(said), set(counted))
    for name, row in said.items():
        run.expect(
            f"{name}: bar and members' pages", row, tuple(counted.get(name, Counter())[column] for column in range(4))
        )
    return len(links), answers


def law_on_its_day(run: Run, reader: Any) -> None:
    """The page says the law of the day asked for, and what differs from another day."""
    words = reader.get(LAW).words
    said = (
        "Quy định ngày 01/12/2025",
        "Không có tỷ lệ khống chế.",
        "giữ theo điều khoản chuyển tiếp",
        "2.340.000 đồng",
        "Đang xem:",
    )
    run.expect("law of 2025: missing words", [part for part in said if part not in words], [])
    old = reader.get(f"{LAW.split('?')[0]}?ngay=01/12/2021&so-voi=01/12/2025").words
    said = (
        "Khác với ngày 01/12/2025",
        "Không quá 15 % số cá nhân đạt Lao động tiên tiến",
        "1.490.000 đồng",
        "mới đọc nghị định trước đó",
    )
    run.expect("law of 2021: missing words", [part for part in said if part not in old], [])


def extract(run: Run, site: dossier_site.Site) -> None:
    """Trích lục as Word and PDF: the same words, and the registers that nobody declared complete."""
    clerk = site.live.person("clerk")
    address = f"/lam-viec/so-vang/{site.codes['people'][PERSON]}/trich-luc"
    word, pdf = clerk.get(f"{address}.docx").body, clerk.get(f"{address}.pdf").body
    run.keep("trich-luc.docx", word)
    run.keep("trich-luc.pdf", pdf)
    title = ("Năm", "Nội", "dung", "Văn", "bản")
    words = docx_words(word)
    run.expect("Word and PDF begin alike", words[:60], pdf_words(pdf)[:60])
    run.expect("Word and PDF end alike", words[-40:], pdf_words(pdf)[-40:])
    run.expect("the table has its head", all(part in words for part in title), True)
    run.expect(
        "says what is missing", "không có bản ghi ở đó là chưa rõ, không phải là không có" in " ".join(words), True
    )


def screens(run: Run, site: dossier_site.Site) -> int:
    """The pages at two widths, looked at by axe; kept as pictures."""
    import axe_playwright_python
    from playwright.sync_api import sync_playwright

    if (chromium := find_chromium()) is None:
        run.not_run("không thấy Chromium (apt-get install -y chromium)")
    axe = next(iter((Path(axe_playwright_python.__file__).parent).rglob("axe.min.js"))).read_text(encoding="utf-8")
    places = {
        "dieu-kien": f"{site.eligibility(PERSON)}?{DAY}",
        "ra-soat": f"/lam-viec/ra-soat/?{DAY}",
        "ra-soat-mot-danh-hieu": "/lam-viec/ra-soat/?nam=2022&ngay=20/03/2023&hinh-thuc=grassroots_emulation_fighter",
        "ra-soat-tap-the": f"/lam-viec/ra-soat/?{DAY}&doi-tuong=tap-the",
        "quy-dinh": "/lam-viec/quy-dinh/?ngay=01/12/2025",
        "quy-dinh-mot-danh-hieu": LAW,
        "quy-dinh-khac-nhau": f"{LAW}&so-voi=01/12/2021",
        "so-vang": f"/lam-viec/so-vang/{site.codes['people'][PERSON]}/",
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=dossier_site.FLAGS)
        for width in (1280, 360):
            page = browser.new_context(
                locale="vi-VN", viewport={"width": width, "height": 900}, bypass_csp=True
            ).new_page()
            page.goto(site.live.address + "/dang-nhap/")
            page.get_by_label("Tên đăng nhập").fill(site.live.cast.names["clerk"])
            page.get_by_label("Mật khẩu").fill(site.live.cast.passwords["clerk"])
            with page.expect_navigation():
                page.get_by_role("main").get_by_role("button", name="Đăng nhập", exact=True).click()
            for name, address in places.items():
                page.goto(site.live.address + address)
                page.screenshot(path=str(run.dir / f"{name}-{width}.png"), full_page=True)
                run.expect(f"{name} at {width}: axe", axe_violations(page, axe), [])
                run.expect(f"{name} at {width}: wider than the window by", overflow(page), 0)
        browser.close()
    return len(places) * 2
