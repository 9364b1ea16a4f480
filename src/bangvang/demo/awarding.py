"""One decision of a past round from the division's proposal to its public page, in February 2025; late in the year what was left
over of that round: one person waits for a decision, one stands in a draft, one in a decision whose signed copy has a slip."""

import datetime
import json

from bangvang.decisions import actions as decisions
from bangvang.decisions import comparing, papers, queries
from bangvang.decisions.models import Decision
from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import CLERK, HEAD, SentIn, line_of, review_of
from bangvang.dossiers import actions as dossiers
from bangvang.dossiers.models import Dossier, Nomination
from bangvang.kernel import leases
from bangvang.kernel.models import JobLease
from bangvang.papers import actions as stored
from bangvang.papers import frozen, pdf
from bangvang.papers.blocks import Paper
from bangvang.people.actor import Actor

DIRECTOR, REGISTRY = "giamdoc", "vanthu"
YEAR, NUMBER = 2024, 118
MINUTES, MINUTES_ON = "02/BB-HĐTĐKT", datetime.date(2025, 2, 12)
FIRST, LATER, DRAFTED, WAITING = ("thao", "vinh", "my"), "khang", "an", "son"
LATER_NUMBER = 1207
PRAISE = "unit_commendation"
LATE_TITLES = (
    "vinh",
    "khang",
    "thao",
    "my",
    "an",
    "son",
)  # whose titles of that year come before the council in December (council.py)
FIGHTER = "grassroots_emulation_fighter"
FIGHTERS = ("thao", "khang")  # proposed for this title too: the council tries its ballots on one, the other is next
REPORT = (
    "Báo cáo thành tích năm 2024 của bà Đinh Thị Phương Thảo: tờ khai đối chiếu quyết toán một trang, công nhận là sáng kiến"
    " cấp cơ sở; 21 hồ sơ thẩm tra xong trước hạn.\n"
)
SLIP = ("Ngô Bảo Khang", "Ngô Bảo Khánh")  # what the typist of the signed copy made of the name
REFUSED = "Thành tích đề nghị đã được khen trong năm, một thành tích không khen hai lần."


def run(department: Department) -> Decision:
    """Live through it on the days it happened. Called after the ledger and the accounts."""
    dossier = _proposed(department)
    with assumed_day.on(MINUTES_ON):
        clerk = department.actor(CLERK, MINUTES_ON)
        dossiers.accept(dossier, by=clerk)
        for line in dossier.nominations.filter(award=PRAISE).select_related("dossier__unit").order_by("pk"):
            dossiers.settle(line, "endorse", source=f"Biên bản {MINUTES}", by=clerk)
    decision = _drafted(department)
    with assumed_day.on(day := datetime.date(2025, 2, 18)):
        decisions.approve(decision, by=department.actor(DIRECTOR, day))
    with assumed_day.on(day := datetime.date(2025, 2, 19)):
        _issued(department, decision, day)
    with assumed_day.on(day := datetime.date(2025, 2, 20)):
        decisions.publish(decision, by=department.actor(CLERK, day))
    _left_over(department)
    return decision


def _proposed(department: Department) -> Dossier:
    """The division proposes itself and six of its people for a Giấy khen of last year, and them for a title too."""
    with assumed_day.on(day := datetime.date(2025, 2, 7)):
        head = department.actor(HEAD, day)
        dossier = dossiers.open_dossier(None, YEAR, by=head)
        present = review_of(dossier, head, day)
        proposed = [("person", department.people[key].code) for key in (*FIRST, LATER, DRAFTED, WAITING)]
        for kind, code in [*proposed, ("collective", dossier.unit.code)]:
            given = line_of(code, PRAISE, present, kind=kind, year=YEAR)
            dossiers.nominate(dossier, given, by=head)
        for key in LATE_TITLES:
            given = line_of(department.people[key].code, "advanced_worker", present, year=YEAR)
            dossiers.nominate(dossier, given, by=head)
        fighters = [
            dossiers.nominate(
                dossier,
                line_of(department.people[key].code, FIGHTER, present, year=YEAR),
                by=head,
            )
            for key in FIGHTERS
        ]
        _proven(fighters[0], head)
        title = line_of(dossier.unit.code, "advanced_collective", present, kind="collective", year=YEAR)
        dossiers.nominate(dossier, title, by=head)
        dossiers.submit(dossier, by=head)
    return dossier


def _proven(line: Nomination, head: Actor) -> None:
    """A report lies with the nomination, where the council reads it."""
    paper = stored.receive(SentIn("Bao cao thanh tich nam 2024.txt", REPORT.encode()), by=head)
    stored.settle(paper, kind="txt")
    dossiers.attach(line, paper, "report", by=head)


def _drafted(department: Department) -> Decision:
    """The clerk drafts from the council's result, leaves one out with a reason, and submits."""
    with assumed_day.on(day := datetime.date(2025, 2, 17)):
        clerk = department.actor(CLERK, day)
        persons = [department.people[key].pk for key in FIRST]
        lines = [line for line in _waiting(department) if line.person_id in (*persons, None)]
        left_out = {line.pk: REFUSED for line in lines if line.person == department.people["my"]}
        return _submitted(lines, left_out, clerk)


def _waiting(department: Department) -> list[Nomination]:
    (round_,) = (one for one in queries.rounds(department.agency) if one.year == YEAR)
    return queries.waiting_in(department.agency, round_)


def _submitted(lines: list[Nomination], left_out: dict[int, str], clerk: Actor) -> Decision:
    given = decisions.suggested(lines, minutes=(MINUTES, MINUTES_ON), by=clerk)
    decision = decisions.draft(lines, given, left_out, by=clerk)
    decisions.submit(decision, by=clerk)
    return decision


def _left_over(department: Department) -> None:
    """What waited for papers: one line is drafted, one is numbered with a signed copy that differs by a name."""
    with assumed_day.on(day := datetime.date(2025, 12, 15)):
        clerk = department.actor(CLERK, day)
        by_person = {line.person: line for line in _waiting(department)}
        slipped = _submitted([by_person[department.people[LATER]]], {}, clerk)
        drafted = [by_person[department.people[DRAFTED]]]
        decisions.draft(drafted, decisions.suggested(drafted, by=clerk), by=clerk)
    with assumed_day.on(day := datetime.date(2025, 12, 16)):
        decisions.approve(slipped, by=department.actor(DIRECTOR, day))
    with assumed_day.on(day := datetime.date(2025, 12, 18)):
        registry = department.actor(REGISTRY, day)
        decisions.number(slipped, number=LATER_NUMBER, issued_on=day, by=registry)
        tree = json.dumps(frozen.to_json(papers.decision(slipped)), ensure_ascii=False)
        _received(slipped, frozen.from_json(json.loads(tree.replace(*SLIP))), registry)


def _received(decision: Decision, signed: Paper, registry: Actor) -> None:
    """The signed copy comes in and the machine reads it at once."""
    name = f"Quyet dinh {decision.number} da ky.pdf"
    decisions.receive_copy(decision, SentIn(name, pdf.write(signed)), by=registry)
    for lease in JobLease.objects.filter(job="papers.read_decision", done_at__isnull=True):
        leases.work.call(lease.pk)


def _issued(department: Department, decision: Decision, day: datetime.date) -> None:
    """The registry records number and day, sends in the signed copy, lets the machine compare it, and issues."""
    registry = department.actor(REGISTRY, day)
    decisions.number(decision, number=NUMBER, issued_on=day, by=registry)
    _received(decision, papers.decision(decision), registry)
    if not (verdict := comparing.agrees(decision)):
        raise RuntimeError(f"the demo's own decision was read differently: {verdict.reason}")
    decisions.issue(decision, by=registry)
