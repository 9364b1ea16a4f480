"""One decision of a past round from the division's proposal to its public page: thirteen days in February 2025."""

import datetime

from bangvang.decisions import actions as decisions
from bangvang.decisions import comparing, papers, queries
from bangvang.decisions.models import Decision
from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import CLERK, HEAD, SentIn, line_of, review_of
from bangvang.dossiers import actions as dossiers
from bangvang.dossiers.models import Dossier
from bangvang.kernel import leases
from bangvang.kernel.models import JobLease
from bangvang.papers import pdf

DIRECTOR, REGISTRY = "giamdoc", "vanthu"
YEAR, NUMBER = 2024, 118
MINUTES, MINUTES_ON = "02/BB-HĐTĐKT", datetime.date(2025, 2, 12)
REFUSED = "Thành tích đề nghị đã được khen trong năm, một thành tích không khen hai lần."


def run(department: Department) -> Decision:
    """Live through it on the days it happened. Called after the ledger and the accounts."""
    dossier = _proposed(department)
    with assumed_day.on(MINUTES_ON):
        clerk = department.actor(CLERK, MINUTES_ON)
        dossiers.accept(dossier, by=clerk)
        for line in dossier.nominations.select_related("dossier__unit").order_by("pk"):
            dossiers.settle(line, "endorse", source=f"Biên bản {MINUTES}", by=clerk)
    decision = _drafted(department)
    with assumed_day.on(day := datetime.date(2025, 2, 18)):
        decisions.approve(decision, by=department.actor(DIRECTOR, day))
    with assumed_day.on(day := datetime.date(2025, 2, 19)):
        _issued(department, decision, day)
    with assumed_day.on(day := datetime.date(2025, 2, 20)):
        decisions.publish(decision, by=department.actor(CLERK, day))
    return decision


def _proposed(department: Department) -> Dossier:
    """The division proposes itself and three of its people for a Giấy khen of last year."""
    with assumed_day.on(day := datetime.date(2025, 2, 7)):
        head = department.actor(HEAD, day)
        dossier = dossiers.open_dossier(None, YEAR, by=head)
        present = review_of(dossier, head, day)
        proposed = [("person", department.people[key].code) for key in ("thao", "vinh", "my")]
        for kind, code in [*proposed, ("collective", dossier.unit.code)]:
            given = line_of(code, "unit_commendation", present, kind=kind, year=YEAR)
            dossiers.nominate(dossier, given, by=head)
        dossiers.submit(dossier, by=head)
    return dossier


def _drafted(department: Department) -> Decision:
    """The clerk drafts from the council's result, leaves one out with a reason, and submits."""
    with assumed_day.on(day := datetime.date(2025, 2, 17)):
        clerk = department.actor(CLERK, day)
        (round_,) = (one for one in queries.rounds(department.agency) if one.year == YEAR)
        lines = queries.waiting_in(department.agency, round_)
        given = decisions.suggested(lines, minutes=(MINUTES, MINUTES_ON), by=clerk)
        left_out = {line.pk: REFUSED for line in lines if line.person == department.people["my"]}
        decision = decisions.draft(lines, given, left_out, by=clerk)
        decisions.submit(decision, by=clerk)
    return decision


def _issued(department: Department, decision: Decision, day: datetime.date) -> None:
    """The registry records number and day, sends in the signed copy, lets the machine compare it, and issues."""
    registry = department.actor(REGISTRY, day)
    decisions.number(decision, number=NUMBER, issued_on=day, by=registry)
    signed = SentIn("Quyet dinh 118 da ky.pdf", pdf.write(papers.decision(decision)))
    decisions.receive_copy(decision, signed, by=registry)
    for lease in JobLease.objects.filter(job="papers.read_decision", done_at__isnull=True):
        leases.work.call(lease.pk)
    if not (verdict := comparing.agrees(decision)):
        raise RuntimeError(f"the demo's own decision was read differently: {verdict.reason}")
    decisions.issue(decision, by=registry)
