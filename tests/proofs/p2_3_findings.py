"""2.3 One person's findings in the four outcomes and the four regimes; a judgement for a whole round changes them and stays."""

import re
from pathlib import Path
from typing import Any

from tests.proofs import Figure, Run, dossier_site, dossier_stage, proof
from tests.proofs.page_checks import axe_violations, overflow
from tests.run import find_chromium

PERSON = "Hồ Trường Sơn"
REGIMES = {  # regime → year and day in the address, an instrument that the page must name, outcomes by award
    "R2017": ("nam=2022&ngay=20/03/2023", "NĐ 91/2017/NĐ-CP", {"Lao động tiên tiến": "human", "Chiến sĩ thi đua cơ sở": "ok", "Giấy khen": "human"}),
    "R2024": ("nam=2024&ngay=20/03/2025", "NĐ 98/2023/NĐ-CP", {"Lao động tiên tiến": "human", "Chiến sĩ thi đua cơ sở": "ok", "Giấy khen": "human"}),
    "R2025": (
        "nam=2025&ngay=20/12/2025", "NĐ 152/2025/NĐ-CP",
        {
            "Lao động tiên tiến": "human", "Chiến sĩ thi đua cơ sở": "human", "Giấy khen": "human",
            # no old decision says which initiative served the title, so whether one is left for the commendation is asked
            "Bằng khen của bộ, ban, ngành, tỉnh": "human", "Chiến sĩ thi đua bộ, ban, ngành, tỉnh": "unknown",
        },
    ),
    "R2026": (
        "nam=2026&ngay=20/12/2026", "Luật 06/2026/QH16 có hiệu lực từ 01/10/2026 nhưng chưa được nạp",
        {"Lao động tiên tiến": "unknown", "Chiến sĩ thi đua cơ sở": "unknown", "Giấy khen": "human"},
    ),
}  # fmt: skip
NOT_MET = ("Trần Lê Diễm My", "nam=2025&ngay=20/12/2025", "Chiến sĩ thi đua cơ sở")
SUMMARY = re.compile(
    r'<summary>\s*<b>([^<]+)</b><span>\s*<span class="chip chip--(\w+)">.*?</svg>([^<]+)</span>', re.DOTALL
)
FAULTS = {
    "gap_is_no": (
        "bangvang/law/facts.py",
        "        return year in self.complete.get(register, frozenset()) or (began is not None and year < began.year)",
        "        return True",
    ),
    "answers_forgotten": ("bangvang/dossiers/queries.py", "        judgements=answers,\n", ""),
    "only_the_line": ("bangvang/dossiers/actions.py", "    lines = list(lines_of_round(line) if whole_round else [line])", "    lines = [line]"),
}  # fmt: skip


@proof(
    "2.3",
    what="One person's findings in four outcomes and four regimes; a judgement for a round changes them and stays visible",
    bar="four outcomes, four regimes; axe 0, no sideways scroll at 1280 and 360 px; one answer changes 6 of 7 lines, the seventh is not met",
    controls={
        "gap_is_no": "every register counts as complete",
        "answers_forgotten": "judgements given do not reach the law",
        "only_the_line": "an answer for the round reaches one line only",
    },
)
def findings(run: Run) -> dict[str, Figure]:
    with dossier_site.running(FAULTS.get(run.fault or "", ()), submitted=True) as site:
        kinds = outcomes(run, site)
        changed = judgement(run, site)
        pictures = 0 if run.fault else screens(run, site)
    return {
        "kinds of outcome, one step short apart": len(kinds),
        "regimes": len(REGIMES),
        "lines changed by one answer": changed,
        "screenshots": pictures,
    }


def outcomes(run: Run, site: dossier_site.Site) -> set[str]:
    """Chips of the page, award by award, under each regime."""
    clerk = site.live.person("clerk")
    seen: set[str] = set()
    for regime, (asked, instrument, expected) in REGIMES.items():
        answer = clerk.get(f"{site.eligibility(PERSON)}?{asked}")
        chips = {label: kind for label, kind, _ in SUMMARY.findall(answer.body.decode())}
        run.expect(f"{regime}: outcomes", {label: chips.get(label) for label in expected}, expected)
        run.expect(f"{regime}: names {instrument}", instrument in answer.words, True)
        seen |= set(chips.values())
    name, asked, award = NOT_MET
    chips = {
        label: kind for label, kind, _ in SUMMARY.findall(clerk.get(f"{site.eligibility(name)}?{asked}").body.decode())
    }
    run.expect("one condition short is said as such", chips[award], "warn")
    run.expect("outcomes of one person", sorted(seen), ["bad", "human", "ok", "unknown", "warn"])
    return seen


def judgement(run: Run, site: dossier_site.Site) -> int:
    """One answer for the whole round: the outcomes of all lines with that award, in both dossiers, and the words that stay."""
    clerk, head = site.live.person("clerk"), site.staged("hanh")
    lines = [name for name in site.codes["lines"] if name.endswith(": advanced_worker")]
    before = {name: _chip(clerk, site.line(name)) for name in lines}
    asked = f"{site.line(lines[0])}nhan-dinh/?dieu-kien=takes_part_in_movement"
    run.expect("the unit itself may not answer", site.live.person("head").get(asked).status, 409)
    run.expect("another unit does not see it", head.get(asked).status, 404)
    given = {
        "answer": "yes",
        "instrument": "Báo cáo tổng kết số 45/BC-STC",
        "article": "mục II",
        "opened_on": "20/12/2025",
        "scope": "round",
    }
    clerk.press(asked, **given)
    after = {name: _chip(clerk, site.line(name)) for name in lines}
    expected = {name: "ok" if kind == "human" else kind for name, kind in before.items()}
    run.expect("outcomes after the answer", after, expected)
    stays = (
        "Đoàn Thanh Thuỷ",
        "trả lời có cho mọi đề nghị cùng hình thức",
        "Báo cáo tổng kết số 45/BC-STC, mục II, ngày 20/12/2025",
    )
    for name in (lines[0], lines[-1]):
        words = (head if lines[-1] == name else clerk).get(site.line(name)).words
        run.expect(f"{name}: words of the answer that are missing", [part for part in stays if part not in words], [])
    clerk.press(asked, **{**given, "answer": "no", "instrument": "Biên bản số 2", "scope": "line"})
    words = clerk.get(site.line(lines[0])).words
    run.expect("both answers stay", ("Báo cáo tổng kết số 45/BC-STC" in words, "Biên bản số 2" in words), (True, True))
    run.expect("a no for the line", _chip(clerk, site.line(lines[0])), "warn")
    return sum(before[name] != after[name] for name in lines)


def _chip(person: Any, address: str) -> str:
    """The kind of the first chip: the outcome of the line."""
    found = re.search(r'<p class="row">\s*<span class="chip chip--(\w+)"', person.get(address).body.decode())
    return found[1] if found else ""


def screens(run: Run, site: dossier_site.Site) -> int:
    """The pages at two widths, looked at by axe; kept as pictures."""
    import axe_playwright_python
    from playwright.sync_api import sync_playwright

    if (chromium := find_chromium()) is None:
        run.not_run("không thấy Chromium (apt-get install -y chromium)")
    axe = next(iter((Path(axe_playwright_python.__file__).parent).rglob("axe.min.js"))).read_text(encoding="utf-8")
    places = {f"dieu-kien-{regime}": f"{site.eligibility(PERSON)}?{asked}" for regime, (asked, _, _) in REGIMES.items()}
    first = site.line(f"{dossier_stage.LINES[0][2][0]}: advanced_worker")
    places |= {"ho-so": site.dossier("Phòng Quản lý ngân sách"), "de-nghi": first, "danh-sach": "/lam-viec/ho-so/"}
    places |= {
        "ghi-so": f"/lam-viec/ghi-so/{site.codes['people'][PERSON]}/?so=grades",
        "nhan-dinh": f"{first}nhan-dinh/?dieu-kien=takes_part_in_movement",
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
