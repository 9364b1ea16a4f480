"""In a real Chromium: an article goes in, its honours wait, one enters the ledger with its decision. No mouse-only step."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from tests import browser, live
from tests.movements.scenes import ARTICLE
from tests.proofs import page_checks
from tests.reading.corpus_builder import as_pdf

pytestmark = pytest.mark.browser
DECISION = [
    "QUYẾT ĐỊNH",
    "Về việc tặng thưởng Huân chương Lao động",
    "Điều 1. Tặng thưởng Huân chương Lao động hạng Nhì.",
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.Live]:
    with live.serve(tmp_path_factory.mktemp("claims")) as served:
        yield served


def test_an_article_waits_and_one_honour_is_proven(running: live.Live, tmp_path: Path) -> None:
    article, decision = tmp_path / "bai-viet.txt", tmp_path / "918.pdf"
    article.write_bytes(ARTICLE.read_bytes())
    decision.write_bytes(as_pdf(DECISION))
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    with browser.signed_in(running, "clerk", width=320) as (page, errors):

        def held(name: str) -> None:
            page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
            assert page_checks.axe_violations(page, axe) == []
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0

        page.goto(running.address + "/lam-viec/ban-doc/")
        page.locator("[name=file]").set_input_files(article)
        page.locator("main form .button").first.click()
        running.until_done()
        page.reload()
        page.get_by_role("heading", name="Không phải kế hoạch").wait_for()
        held("1-article")
        page.get_by_role("button", name="Ghi chờ kiểm chứng").click()
        page.get_by_role("heading", level=1, name="Chờ kiểm chứng").wait_for()
        held("2-list")
        page.get_by_role("link", name="Huân chương Lao động hạng Nhì").click()
        held("3-claim")
        page.locator("[name=file]").set_input_files(decision)
        page.get_by_role("button", name="Gửi quyết định để kiểm tra").click()
        running.until_done()
        page.reload()
        page.locator("[name=paper_number]").fill("918/QĐ-CTN")
        page.locator("[name=paper_on]").fill("21/05/2020")
        page.locator("[name=issuer]").fill("Chủ tịch nước")
        held("4-proof")
        page.get_by_role("button", name="Ghi vào sổ vàng").click()
        page.get_by_text("Đã ghi vào sổ vàng theo quyết định.").wait_for()
        page.get_by_role("link", name="Huân chương Lao động hạng Nhì").click()
        page.get_by_text("Đã vào sổ vàng theo Quyết định số 918/QĐ-CTN ngày 21/05/2020.").wait_for()
        held("5-proven")
        assert errors == []
    assert running.ask("Standing.objects.filter(is_verified=True, paper_number='918/QĐ-CTN').count()") == 1
