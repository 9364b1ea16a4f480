"""6.5 The edges of reporting over HTTP: the last second, late, unregistered, withdrawn, merged away, two people on one report."""

import datetime
import json
import tempfile
from pathlib import Path

from tests import databases, factories, live
from tests.http_client import Answer, Person
from tests.proofs import Figure, Run, proof
from tests.proofs.moved_clock import MovedClock
from tests.proofs.planted import source

DUE = datetime.date(2026, 7, 5)
WROTE = {"so_1": "400 tỷ", "so_2": "1,2 %"}
FAULTS = {
    "the_last_second_is_late": (
        "bangvang/progress/models/following.py",
        "timezone.localdate(self.sent_at)",
        "timezone.localdate(self.sent_at + datetime.timedelta(seconds=1))",
    ),
    "days_of_greenwich": (
        "bangvang/progress/models/following.py",
        "timezone.localdate(self.sent_at)",
        "self.sent_at.date()",
    ),
    "the_second_text_wins": (
        "bangvang/kernel/workflow.py",
        "filter(pk=root.pk, version=expected).update",
        "filter(pk=root.pk).update",
    ),
    "who_withdrew_may_send": (
        "bangvang/progress/standing.py",
        "    if roll_out.state == RollOut.State.WITHDRAWN:\n",
        "    if False:\n",
    ),
    "who_was_merged_is_not_told": (
        "bangvang/progress/standing.py",
        "    if unit.is_valid_on(day):\n",
        "    if unit.valid_from <= day:\n",
    ),
    "who_did_not_register_is_not_told": (
        "bangvang/web/staff/progress_reports.py",
        '"is_registered": registered.exists()',
        '"is_registered": True',
    ),
}


@proof(
    "6.5",
    what="Seven divisions over HTTP with the machine's clock moved: 23:59:59 and 00:00:00, late, unregistered, withdrawn, merged, two at once",
    bar="each has its own clear message; what was typed stands; 23:59:59 is in time, a second later is a day late",
    controls={
        "the_last_second_is_late": "the day of sending is taken a second later",
        "days_of_greenwich": "the day of sending is that of UTC",
        "the_second_text_wins": "saving a report does not compare its version",
        "who_withdrew_may_send": "a unit that withdrew is not asked for it",
        "who_was_merged_is_not_told": "a unit that ended counts as standing",
        "who_did_not_register_is_not_told": "the page takes every unit for registered",
    },
)
def edges(run: Run) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="bv-edges-") as name:
        folder = Path(name)
        src = source(folder, *FAULTS[run.fault]) if run.fault else databases.SRC
        clock = MovedClock(folder, src)
        with live.serve(folder / "site", src=src, **clock.environment) as site:
            told = databases.python(site.database, "-m", "tests.proofs.report_stage", var=site.var)
            stage = Stage(run, site, clock, json.loads(told.strip().splitlines()[-1]))
            acts = (stage.merged, stage.withdrawn, stage.two_at_once, stage.last_second, stage.unregistered, stage.late)
            for act in acts:
                act()
            stage.board()
    return {"messages": stage.messages, "reports sent": stage.sent}


class Stage:
    """The site, its clock, and what each division meets there."""

    def __init__(self, run: Run, site: live.Live, clock: MovedClock, codes: dict[str, str]) -> None:
        self.run, self.site, self.clock, self.codes = run, site, clock, codes
        self.messages = self.sent = 0

    def person(self, name: str) -> Person:
        """Logged in at the moment that the clock tells."""
        person = self.site.person()
        met = person.log_in(name, factories.PASSWORD)
        assert met.address == "/lam-viec/", (name, met.address, met.words[:300])
        return person

    def page(self, name: str, step: str = "") -> str:
        return f"/lam-viec/tien-do/{self.codes[name]}/{step}"

    def tells(self, who: str, answer: Answer, sentence: str, status: int = 200) -> None:
        self.messages += 1
        self.run.expect(f"{who} is told", (answer.status, sentence in answer.words, sentence), (status, True, sentence))

    def silent(self, who: str, answer: Answer, sentence: str) -> None:
        self.run.expect(f"{who} is not told", (sentence in answer.words, sentence), (False, sentence))

    def write(self, name: str, words: str, person: Person) -> Answer:
        return person.press(self.page(name), **WROTE, results=words)

    def send(self, name: str, person: Person) -> Answer:
        self.sent += 1
        return person.press(self.page(name, "buoc/send/"), version=self.version(name))

    def version(self, name: str) -> str:
        return str(self.site.ask(f"Report.objects.get(code={self.codes[name]!r}).version"))

    def merged(self) -> None:
        """The old division's report is asked of nobody; its people read into what it went."""
        self.clock.set(datetime.date(2026, 7, 2))
        head = self.person("cu")
        gone = "Phòng Cũ đã sắp xếp lại thành Phòng Mới hợp nhất từ ngày 01/07/2026: báo cáo từ đó do Phòng Mới hợp nhất gửi."
        self.tells("a merged unit", head.get(self.page("cu")), gone)
        self.tells("a merged unit that writes", self.forced(head, "cu"), gone, 409)
        self.silent("a merged unit among its tasks", head.get("/lam-viec/"), "Gửi báo cáo")

    def withdrawn(self) -> None:
        head = self.person("rut")
        gone = "Phòng Đã rút đã rút khỏi phong trào này, không phải gửi báo cáo nữa."
        self.tells("a unit that withdrew", head.get(self.page("rut")), gone)
        self.tells("a unit that withdrew and writes", self.forced(head, "rut"), gone, 409)
        self.tells("a unit that withdrew and sends", head.get(self.page("rut", "buoc/send/")), gone, 409)

    def forced(self, person: Person, name: str) -> Answer:
        """What a page opened before the unit was gone would send."""
        forms = person.get(self.page(name)).page.forms
        mark = next(form.fields["csrfmiddlewaretoken"] for form in forms if "csrfmiddlewaretoken" in form.fields)
        given = {"csrfmiddlewaretoken": mark, "version": self.version(name), "results": "Gửi thử."}
        return person.post(self.page(name), {**given, **WROTE})

    def two_at_once(self) -> None:
        """Both open the report; who saves second reads both texts and loses nothing."""
        first, second = self.person("haib"), self.person("hai")
        opened = second.get(self.page("hai"))
        self.write("hai", "Bản của chuyên viên.", first)
        late = second.send(opened, **WROTE, results="Bản của trưởng phòng.")
        for sentence in ("Lò Văn Haib", "Bản của chuyên viên."):
            self.tells("the second of two", late, sentence, 409)
        typed = [form.fields.get("results") for form in late.page.forms if "results" in form.fields]
        self.run.expect("what the second typed is still in the form", typed, ["Bản của trưởng phòng."])
        stored = self.site.ask(f"Report.objects.get(code={self.codes['hai']!r}).results")
        self.run.expect("what the first saved stands", stored, "Bản của chuyên viên.")

    def last_second(self) -> None:
        self.clock.set(DUE, 23, 59, 59)
        in_time = self.person("kip")
        self.write("kip", "Giải ngân sớm.", in_time)
        self.tells(
            "who sends in the last second", self.send("kip", in_time), "gửi lúc 23:59:59 ngày 05/07/2026, đúng hạn"
        )
        self.clock.set(DUE + datetime.timedelta(days=1), 0, 0, 0)
        late = self.person("cham")
        self.write("cham", "Giải ngân xong.", late)
        self.tells(
            "who comes a second later",
            late.get(self.page("cham")),
            "Đã quá hạn 1 ngày. Báo cáo vẫn gửi được và được ghi là trễ.",
        )
        self.tells("who sends a second later", self.send("cham", late), "gửi lúc 00:00:00 ngày 06/07/2026, trễ 1 ngày")

    def unregistered(self) -> None:
        said = (
            "Phòng Chưa đăng ký chưa gửi bản đăng ký thi đua của phong trào này. Báo cáo vẫn gửi được, nhưng bình xét, khen"
            " thưởng dựa vào bản đăng ký."
        )
        head = self.person("chua")
        self.write("chua", "Đã làm.", head)
        self.tells("who did not register", head.get(self.page("chua")), said)
        self.tells("who did not register and sends", self.send("chua", head), "trễ 1 ngày")
        self.silent("who registered", self.person("kip").get(self.page("kip")), "chưa gửi bản đăng ký thi đua")

    def late(self) -> None:
        self.clock.set(DUE + datetime.timedelta(days=3))
        head = self.person("muon")
        self.tells("who is late among the tasks", head.get("/lam-viec/"), "quá 3 ngày")
        self.write("muon", "Đã làm xong.", head)
        self.tells("who is late", head.get(self.page("muon")), "Đã quá hạn 3 ngày.")
        self.tells("who is late and sends", self.send("muon", head), "gửi lúc 09:00:00 ngày 08/07/2026, trễ 3 ngày")

    def board(self) -> None:
        """What the clerk sees of it all on that day."""
        rows = self.person("thu").get(f"/lam-viec/tien-do/phong-trao/{self.codes['movement']}/")
        for sentence in (
            "7 đơn vị: 1 đang nợ báo cáo.",
            "4 trên 5 báo cáo đã gửi, hạn hết ngày 05/07/2026.",
            "Đúng hạn",
            "06/07, trễ 1 ngày",
            "08/07, trễ 3 ngày",
            "chưa gửi bản đăng ký",
            "Phòng Đã rút đã rút khỏi phong trào này",
            "Phòng Cũ đã sắp xếp lại thành Phòng Mới hợp nhất",
        ):
            self.tells("the clerk", rows, sentence)
        self.run.keep("board.txt", rows.words)
