"""1.2 The thin journey over HTTP and in Chromium, on the data of the demo."""

import re
import tempfile
from pathlib import Path
from typing import Any

from tests import live
from tests.journeys import thin
from tests.proofs import Figure, Run, planted, proof
from tests.run import find_chromium

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
TITLE = "Tổ chức phong trào “Một cửa, một lần”"
THEME = "Hẹn một lần, xong một lần"
ISSUING = 'if actor.role == Role.REGISTRY and actor.agency == movement.agency:\n        return YES\n    return no("Số'
FAULTS = {
    "everybody_issues": ("bangvang/movements/access.py", ISSUING, ISSUING.replace("if actor.role == Role.REGISTRY and", "if")),
    "portal_forgets": ("bangvang/movements/public.py", "publicity=Movement.Publicity.SHOWN, ", ""),
    "script_breaks": ("bangvang/web/ui/static/forms.js", 'document.addEventListener("submit"', 'missing.addEventListener("submit"'),
}  # fmt: skip


@proof(
    "1.2",
    what="The thin journey over HTTP, each role its own login and each step refused to the others; again in Chromium",
    bar="10 steps, every refusal a 404 or a reason, nothing public before it is published, 0 errors in Chromium",
    controls={
        "everybody_issues": "every role of the agency may record the number",
        "portal_forgets": "the portal's query forgets whether a movement was published",
        "script_breaks": "the page's script throws on its first line",
    },
)
def thin_journey(run: Run) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory(prefix="bv-thin-") as name:
        src = planted.source(Path(name), *FAULTS.get(run.fault or "", ()))
        with live.serve(Path(name) / "live", src=src, demo=True) as running:
            try:
                if run.fault != "script_breaks":
                    figures |= over_http(run, running)
                if run.fault in {None, "script_breaks"}:
                    figures |= in_chromium(run, running)
                run.expect("lines of a traceback in the server's log", running.log().count("Traceback"), 0)
                run.expect("what audit verify finds", running.ask("[str(found) for found in audit.verify()]"), [])
            finally:
                run.keep("server.txt", running.log())
    return figures


def over_http(run: Run, running: live.Live) -> dict[str, Figure]:
    story = thin.play(running)
    run.keep("refusals.txt", "\n".join(story.reasons))
    for strange in story.strange:
        run.expect("as it should be", strange, None)
    run.expect("steps over HTTP", len(story.steps), 10)
    return {"steps": len(story.steps), "refused tries": story.refused}


def in_chromium(run: Run, running: live.Live) -> dict[str, Figure]:
    """The same story with a mouse and a keyboard; every error that the browser reports counts."""
    from playwright.sync_api import sync_playwright

    if (chromium := find_chromium()) is None:
        run.not_run("không thấy Chromium (apt-get install -y chromium)")
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        pages = {role: _sign_in(run, browser, running, role, errors) for role in ("clerk", "director", "registry", "staff", "")}
        code = _from_plan_to_portal(run, running, pages)
        _others(run, running, pages, code)
        browser.close()
    run.keep("browser-errors.txt", "\n".join(errors))
    run.expect("errors reported by the browser", errors, [])
    return {"browser errors": len(errors), "screenshots": len(list(run.dir.glob("*.png")))}


def _sign_in(run: Run, browser: Any, running: live.Live, role: str, errors: list[str]) -> Any:
    page = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900}).new_page()
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    page.on("console", lambda line: errors.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    page.on("response", lambda answer: errors.append(f"{answer.url}: {answer.status}") if answer.status >= 500 else None)
    page.goto(running.address + "/dang-nhap/" if role else running.address + "/")
    if role:
        page.get_by_label("Tên đăng nhập").fill(running.cast.names[role])
        page.get_by_label("Mật khẩu").fill(running.cast.passwords[role])
        _press(page, "Đăng nhập")
        run.expect(f"{role} arrives at today's work", page.title(), "Việc của tôi - Bảng Vàng")
    return page


def _press(page: Any, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=words, exact=True).click()


def _open(page: Any, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=words, exact=True).first.click()


def _said(page: Any) -> str:
    return " ".join(page.get_by_role("status").all_inner_texts())


def _from_plan_to_portal(run: Run, running: live.Live, pages: dict[str, Any]) -> str:
    clerk, director, registry = pages["clerk"], pages["director"], pages["registry"]
    _open(clerk, "Soạn kế hoạch phong trào")
    typed = {**thin.PLAN, "title": TITLE, "theme": THEME}
    for name, words in typed.items():
        if name != "kind":
            clerk.locator(f"[name={name}]").fill(words)
    clerk.locator("#kept").get_by_text("Đã lưu tạm trên máy chủ.").wait_for(timeout=15_000)
    clerk.screenshot(path=run.dir / "1-typing.png")
    _press(clerk, "Lưu bản thảo")
    code = str(clerk.url).rstrip("/").rpartition("/")[2]
    run.expect("the draft is saved", _said(clerk), "Đã lưu bản thảo. Khi đủ nội dung thì trình duyệt.")
    _step(clerk, "Trình duyệt")

    director.goto(running.address + "/lam-viec/")
    _open(director, f"Duyệt kế hoạch: {TITLE}")
    _step(director, "Trả lại", reason="Ghi rõ chỉ tiêu của tập thể.")
    run.expect("the director's page after the return", _said(director), "Đã trả lại, người soạn thấy lý do.")

    clerk.goto(running.address + "/lam-viec/")
    _open(clerk, f"Sửa kế hoạch bị trả lại: {TITLE}")
    run.expect("the reason stands in the story", clerk.get_by_text("Ghi rõ chỉ tiêu của tập thể.").count() > 0, True)
    _step(clerk, "Sửa kế hoạch", press="Lưu bản thảo", collective_criteria="Từ 98 % hồ sơ xong trong một lần hẹn")
    _step(clerk, "Trình duyệt")

    director.goto(f"{running.address}/lam-viec/phong-trao/{code}/")
    director.screenshot(path=run.dir / "2-to-approve.png", full_page=True)
    _step(director, "Duyệt kế hoạch", password=running.cast.passwords["director"])
    run.expect("the director's page after the approval", _said(director), "Đã duyệt. Văn thư ghi số, ngày rồi ban hành.")

    registry.goto(running.address + "/lam-viec/")
    _open(registry, f"Ghi số và ban hành: {TITLE}")
    _step(registry, "Ghi số và ban hành", number="916", issued_on="19/12/2025")
    running.until_done()

    clerk.reload()
    with clerk.expect_download() as waiting:
        clerk.get_by_role("link", name=re.compile(r"Ke-hoach-916.*\.pdf")).click()
    run.keep("plan.pdf", Path(waiting.value.path()))
    run.expect("the PDF begins as one", (run.dir / "plan.pdf").read_bytes()[:5], b"%PDF-")
    visitor = pages[""]
    early = visitor.request.get(f"{running.address}/phong-trao/{code}/").status
    run.expect("its public page before it is published", early, 404)
    _step(clerk, "Đưa lên trang công khai")
    clerk.screenshot(path=run.dir / "3-published.png", full_page=True)

    visitor.goto(running.address + "/")
    visitor.get_by_label("Tên phong trào hoặc chủ đề").fill("hen mot lan xong mot lan")
    _press(visitor, "Tìm")
    _open(visitor, TITLE)
    run.expect("the public page", visitor.title(), f"{TITLE} - Bảng Vàng")
    visitor.screenshot(path=run.dir / "4-portal.png", full_page=True)
    return code


def _step(page: Any, link: str, *, press: str = "", **typed: str) -> None:
    """From the plan's page to a step's page, type, press."""
    _open(page, link)
    for name, words in typed.items():
        page.locator(f"[name={name}]").fill(words)
    _press(page, press or link)


def _others(run: Run, running: live.Live, pages: dict[str, Any], code: str) -> None:
    """Who has no part in the plan finds no button, and no page for a step."""
    staff = pages["staff"]
    staff.goto(f"{running.address}/lam-viec/phong-trao/{code}/")
    buttons = staff.locator("ul.steps a.button").all_inner_texts()
    run.expect("buttons for a colleague who only reads", buttons, [])
