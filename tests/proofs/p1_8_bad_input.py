"""1.8 Bad input over HTTP against a live server and worker: said in words, nothing lost, nothing half-written."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests import live
from tests.http_client import Answer, Person
from tests.journeys.thin import NEW, PLAN
from tests.proofs import Figure, Run, planted, proof
from tests.reading.hostile_files import HARMLESS, HOSTILE

MB = 1024 * 1024
FAULTS = {
    "keeps_60_mb": ("bangvang/web/ui/uploads.py", "if start + len(raw_data) > settings.UPLOAD_LIMIT:", "if start < 0:"),
    "forgets_late_form": (
        "bangvang/web/ui/sessions.py",
        "drafts.keep(owner, kept_form(path), fields, address=path)",
        "kept_form(path)",
    ),
    "last_one_wins": (
        "bangvang/kernel/workflow.py",
        "type(root)._base_manager.filter(pk=root.pk, version=expected)",
        "type(root)._base_manager.filter(pk=root.pk)",
    ),
}
# name of the file as sent, bytes, what the page must say besides the name
REFUSED = {
    "corrupted docx": ("ke-hoach.docx", HOSTILE["cut zip"][1], ("hỏng hoặc bị cắt cụt", "Xin mở thử trên máy")),
    "program named pdf": ("ban-ky.pdf", HOSTILE["windows program named pdf"][1], ("chương trình máy tính", "Xin không mở tệp")),
    "docm": ("ke-hoach.docm", HOSTILE["docm"][1], ("có macro", "lưu thành .docx")),
    "zip bomb": ("ke-hoach.docx", HOSTILE["blank bomb"][1], ("phình to bất thường", "Xin mở tệp, lưu thành một bản mới")),
}  # fmt: skip


@dataclass
class Scene:
    """The installation under test, and what it has said."""

    run: Run
    live: live.Live
    said: list[str] = field(default_factory=list)

    def says(self, what: str, answer: Answer, status: int, *words: str) -> None:
        """The page has this status and all these words, and is no page of a programmer."""
        self.said.append(f"{what} ({answer.status})\n  {answer.words[:420]}\n")
        self.run.expect(f"{what}: status", answer.status, status)
        self.run.expect(f"{what}: words that are missing", [part for part in words if part not in answer.words], [])
        self.run.expect(f"{what}: a traceback", "Traceback" in answer.body.decode(errors="replace"), False)

    def unchanged(self, what: str, before: dict[str, int], **grown: int) -> None:
        """Rows of every table as before, except those named to have grown by so many."""
        now = self.live.counts()
        changed = {name: now[name] - before[name] for name in now if now[name] != before[name]}
        self.run.expect(f"{what}: rows that came", changed, grown)

    def plan(self, person: Person, title: str, *, submitted: bool = False) -> str:
        """A new plan's page."""
        made = person.press(NEW, **{**PLAN, "title": title}).address
        if submitted:
            person.press(f"{made}submit/")
        return made


@proof(
    "1.8",
    what="Bad input: the message names what, where and what to do; nothing lost, nothing half-written",
    bar="10 kinds, each in words; rows as before; both texts kept; one effect of two presses; no traceback anywhere",
    controls={
        "keeps_60_mb": "the upload handler has no limit",
        "forgets_late_form": "a form that came after the session ended is not kept",
        "last_one_wins": "an edit does not look at the version it was opened with",
    },
)
def bad_input(run: Run) -> dict[str, Figure]:
    parts: dict[str, Callable[[Scene], None]] = {
        "files": files,
        "keeps_60_mb": sixty_megabytes,
        "last_one_wins": two_editors,
        "two_heads": two_heads,
        "double": double_presses,
        "forgets_late_form": after_the_session,
    }
    with tempfile.TemporaryDirectory(prefix="bv-bad-") as name:
        src = planted.source(Path(name), *FAULTS.get(run.fault or "", ()))
        with live.serve(Path(name) / "live", src=src) as running:
            scene = Scene(run, running)
            try:
                for part, play in parts.items():
                    if run.fault in {None, part}:
                        play(scene)
            finally:
                run.keep("messages.txt", "\n".join(scene.said))
                run.keep("server.txt", running.log())
            run.expect("tracebacks in the server's log", running.log().count("Traceback"), 0)
            run.expect("jobs that died", running.ask("JobLease.objects.filter(dead_at__isnull=False).count()"), 0)
            run.expect("what audit verify finds", running.ask("[str(found) for found in audit.verify()]"), [])
    return {"messages": len(scene.said)}


def files(scene: Scene) -> None:
    """What is no signed paper is refused in words and not kept; a scan is accepted with a remark."""
    clerk = scene.live.person("clerk")
    page = scene.plan(clerk, "Kế hoạch ký trên giấy", submitted=True)
    for what, (name, content, words) in REFUSED.items():
        before, kept = scene.live.counts(), scene.live.files()
        waiting = clerk.press(f"{page}nhap-theo-van-ban/", file=(name, content))
        scene.live.until_done()
        scene.says(what, clerk.get(waiting.address), 200, f"Không nhận tệp “{name}”.", *words)
        scene.unchanged(what, before, StoredFile=1)
        scene.run.expect(f"{what}: files kept", scene.live.files(), kept)
    waiting = clerk.press(f"{page}nhap-theo-van-ban/", file=("ban-quet.png", HARMLESS["png"][1]))
    scene.live.until_done()
    shown = clerk.get(waiting.address)
    scene.says("scan", shown, 200, "Tệp “ban-quet.png” dùng được.", "Đây là ảnh chụp, máy không đọc được chữ: xin tự đối chiếu.")
    done = clerk.send(shown, version=_hidden(shown, "version"))
    scene.says("scan recorded", done, 200, "Đã duyệt, chờ cấp số", "nhập theo văn bản thay")


def _hidden(answer: Answer, name: str) -> str:
    return answer.page.form(name).fields[name]


def sixty_megabytes(scene: Scene) -> None:
    clerk = scene.live.person("clerk")
    page = scene.plan(clerk, "Kế hoạch kèm tệp lớn", submitted=True)
    before, kept = scene.live.counts(), scene.live.files()
    answer = clerk.press(f"{page}nhap-theo-van-ban/", file=("quet-mau.pdf", b"%PDF-1.7\n" + bytes(60 * MB)))
    scene.says("60 MB", answer, 422, "“quet-mau.pdf” nặng khoảng 60 MB", "quá mức 25 MB", "Chưa có gì bị mất; xin chia nhỏ")
    scene.unchanged("60 MB", before)
    scene.run.expect("60 MB: files kept", scene.live.files(), kept)


def two_editors(scene: Scene) -> None:
    """Two clerks have the same plan open: the second is shown both texts, and may then decide."""
    lan, ngan = scene.live.person("clerk"), scene.live.person("clerk_2")
    page = scene.plan(lan, "Kế hoạch hai người sửa")
    first, second = lan.get(f"{page}sua/"), ngan.get(f"{page}sua/")
    lan.send(first, theme="Chủ đề của Lan")
    before = scene.live.counts()
    late = ngan.send(second, theme="Chủ đề của Ngân")
    both = ("Đã lưu Chủ đề của Lan", "vừa gõ Chủ đề của Ngân", "sửa kế hoạch.", "Chép lấy phần cần giữ rồi bấm “Lưu bản thảo”")
    scene.says("two editors", late, 409, *both)
    scene.unchanged("two editors", before)
    scene.run.expect("two editors: the form still has what was typed", _hidden(late, "theme"), "Chủ đề của Ngân")
    saved = ngan.send(late, theme="Chủ đề của Lan và Ngân")
    scene.says("two editors, agreed", saved, 200, "Đã lưu.", "“Chủ đề của Lan và Ngân”")


def two_heads(scene: Scene) -> None:
    """The director and the deputy who signs for him decide differently: one decision stands, the other is told which."""
    clerk, minh, tuan = (scene.live.person(role) for role in ("clerk", "director", "deputy"))
    page = scene.plan(clerk, "Kế hoạch hai người duyệt", submitted=True)
    approving, returning = minh.get(f"{page}approve/"), tuan.get(f"{page}return/")
    minh.send(approving, password=scene.live.cast.passwords["director"])
    before = scene.live.counts()
    late = tuan.send(returning, reason="Thiếu chỉ tiêu.")
    scene.says("two heads", late, 409, "Có người vừa làm trước", "Lê Quang Minh", "duyệt kế hoạch.", "Việc vừa bấm chưa được ghi.")
    scene.unchanged("two heads", before)
    scene.says("two heads, afterwards", tuan.get(page), 200, "Đã duyệt, chờ cấp số")


def double_presses(scene: Scene) -> None:
    """The same form twice: one effect, and the second answer is a page of the plan that says so."""
    clerk, director, registry = (scene.live.person(role) for role in ("clerk", "director", "registry"))
    form = clerk.get(NEW)
    page = clerk.send(form, **{**PLAN, "title": "Kế hoạch bấm hai lần"}).address
    before = scene.live.counts()
    again = clerk.send(form, **{**PLAN, "title": "Kế hoạch bấm hai lần"})
    scene.says("draft pressed twice", again, 200, "Bản thảo này đã lưu từ lần bấm trước")
    scene.unchanged("draft pressed twice", before)
    number = {"number": "31", "issued_on": "19/12/2025"}
    for person, step, typed in (
        (clerk, "submit", {}),
        (director, "approve", {"password": scene.live.cast.passwords["director"]}),
        (registry, "issue", number),
        (clerk, "publish", {}),
    ):
        form = person.get(f"{page}{step}/")
        sent = {"version": _hidden(form, "version"), **typed}
        person.send(form, **sent)
        scene.live.until_done()
        before = scene.live.counts()
        again = person.send(form, **sent)
        scene.says(f"{step} pressed twice", again, 200, "Việc này đã làm xong từ lần bấm trước, không làm lại.")
        scene.unchanged(f"{step} pressed twice", before)


def after_the_session(scene: Scene) -> None:
    """Typed for an hour, the session is gone: the text is kept for its owner, offered after login, sent again."""
    clerk = scene.live.person("clerk")
    form = clerk.get(NEW)
    clerk.lose_session()
    before = scene.live.counts()
    asked = clerk.send(form, **{**PLAN, "title": "Kế hoạch gửi muộn"})
    scene.run.expect("late form: asked to log in", asked.address.split("?")[0], "/dang-nhap/")
    scene.unchanged("late form", before)
    offered = clerk.log_in(scene.live.cast.names["clerk"], scene.live.cast.passwords["clerk"])
    scene.run.expect("late form: offered after login", offered.address, "/tai-khoan/ban-giu-lai/")
    kept = ("Lúc bấm gửi thì phiên làm việc đã hết", "chưa có gì được ghi", "Tên phong trào Kế hoạch gửi muộn")
    scene.says("late form, offered", offered, 200, *kept)
    reopened = clerk.post(offered.address, {"csrfmiddlewaretoken": _hidden(offered, "csrfmiddlewaretoken")})
    scene.run.expect("late form: all of it is back", {name: _hidden(reopened, name) for name in PLAN}, {**PLAN, "title": "Kế hoạch gửi muộn"})
    saved = clerk.send(reopened, title="Kế hoạch gửi muộn")
    scene.says("late form, sent again", saved, 200, "Đã lưu bản thảo.", "Kế hoạch gửi muộn")
