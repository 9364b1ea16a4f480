"""In a real Chromium: what only a browser shows. Autosave, the guard against a second press, the keyboard, no script at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import browser, live

pytestmark = pytest.mark.browser
TITLE = "Thi đua giải ngân trong trình duyệt"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.Live]:
    folder: Path = tmp_path_factory.mktemp("browser")
    with live.serve(folder) as served:
        yield served


def test_typed_text_is_kept_on_the_server_and_offered_again(running: live.Live) -> None:
    with browser.signed_in(running, "clerk") as (page, errors):
        page.goto(running.address + "/lam-viec/phong-trao/moi/")
        page.locator("[name=title]").fill(TITLE)
        page.locator("#kept").get_by_text("Đã lưu tạm trên máy chủ.").wait_for(timeout=15_000)
        page.goto(running.address + "/lam-viec/phong-trao/moi/")
        page.get_by_role("link", name="Gõ tiếp từ bản đó").click()
        assert page.locator("[name=title]").input_value() == TITLE
        assert errors == []


def test_the_plan_is_saved_by_keyboard_alone(running: live.Live) -> None:
    with browser.signed_in(running, "clerk_2") as (page, errors):
        page.goto(running.address + "/lam-viec/phong-trao/moi/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "title":
                break
        page.keyboard.type("Thi đua gõ bằng bàn phím")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.get_by_role("heading", level=1).inner_text() == "Thi đua gõ bằng bàn phím"
        assert errors == []


def test_without_scripts_the_same_form_saves(running: live.Live) -> None:
    with browser.signed_in(running, "clerk", width=360, scripts=False) as (page, _):
        page.goto(running.address + "/lam-viec/phong-trao/moi/")
        page.locator("[name=title]").fill("Thi đua không cần mã")
        with page.expect_navigation():
            page.get_by_role("button", name="Lưu bản thảo").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Thi đua không cần mã"


def test_a_second_press_makes_no_second_plan(running: live.Live) -> None:
    with browser.signed_in(running, "clerk") as (page, _):
        page.goto(running.address + "/lam-viec/phong-trao/moi/")
        page.locator("[name=title]").fill("Thi đua bấm hai lần")
        page.get_by_role("button", name="Lưu bản thảo").dblclick()
        page.get_by_role("heading", level=1, name="Thi đua bấm hai lần").wait_for()
        page.goto(running.address + "/lam-viec/phong-trao/?q=bam hai lan")
        assert page.locator("table.grid tbody tr").count() == 1
