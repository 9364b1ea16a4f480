"""A real Chromium for tests: one page of one person on a live server, and every error that the browser reports."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests import live
from tests.run import find_chromium

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@contextmanager
def signed_in(
    running: live.Live, role: str, *, width: int = 1280, scripts: bool = True
) -> Iterator[tuple[Any, list[str]]]:
    """(page after login, list that fills with the browser's errors)."""
    from playwright.sync_api import sync_playwright

    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_context(
            locale="vi-VN", viewport={"width": width, "height": 900}, java_script_enabled=scripts
        ).new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.goto(running.address + "/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill(running.cast.names[role])
        page.get_by_label("Mật khẩu").fill(running.cast.passwords[role])
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
        yield page, errors
        browser.close()
