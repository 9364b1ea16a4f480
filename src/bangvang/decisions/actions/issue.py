"""Issuing: one act, whole or not at all. Eligibility, results of nominations, ledger, certificates, papers, those who are told."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models

from bangvang import vietnamese
from bangvang.decisions import papers, queries
from bangvang.decisions.models import Certificate, Decision, DecisionLine
from bangvang.decisions.workflow import DECISION
from bangvang.dossiers import actions as dossiers
from bangvang.dossiers import queries as dossier_queries
from bangvang.dossiers.models import Nomination, StoredFinding
from bangvang.honours import actions as honours
from bangvang.honours.findings import the_book
from bangvang.honours.models import Register, Standing
from bangvang.kernel import audit, clock, events
from bangvang.kernel.events import action
from bangvang.kernel.models import Root
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.law.explain import restored
from bangvang.law.uses import results_used
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.people import queries as people
from bangvang.people.actions import enter_household
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Household, User


@action
def issue(decision: Decision, *, by: Actor, version: int | None = None) -> None:
    """Issue the decision. Refused, with the names, when somebody no longer meets the conditions or already holds the title.

    The register of certificates and the ledger each have one writer at a time, so numbers follow commits and have no gap.
    """
    events.one_at_a_time("certificates")
    events.one_at_a_time("ledger")
    lines = queries.lines_of(decision)
    awards = [line for line in lines if line.outcome == DecisionLine.Outcome.AWARD]
    households = _households(decision, awards, by)
    events.lock([*_roots(decision, lines), *households.values()])
    findings = _judge(awards, by)
    body = {"awards": len(awards), "refusals": len(lines) - len(awards), "number": decision.document_number}
    DECISION.take(decision, "issue", by=by, version=version, also=_movement(decision), body=body)
    for finding in findings:
        finding.save(force_insert=True)
    source = f"Quyết định {decision.document_number} ngày {vietnamese.format_date(decision.decided_on)}"
    for line in lines:
        dossiers.settle(line.nomination, line.outcome, source=source, reason=line.reason, also=[decision], by=by)
    _enter(decision, awards, findings, households, by)
    _certify(decision, awards)
    _order_papers(decision, by)
    _tell(decision, lines, by)


def _movement(decision: Decision) -> list[Root]:
    return [decision.movement] if decision.movement else []


def _roots(decision: Decision, lines: list[DecisionLine]) -> list[Root]:
    """Everything whose story this is, locked at once in one order."""
    roots: list[Root] = [decision, *_movement(decision)]
    for line in lines:
        roots += [line.nomination, line.nomination.dossier]
        roots += [one for one in (line.nomination.person, line.nomination.unit) if one is not None]
    return roots


def _judge(lines: list[DecisionLine], by: Actor) -> list[StoredFinding]:
    """What the book says of each line on this day, with facts of this day, as findings to be kept. Refused for a plain no."""
    findings, failing = [], []
    for line in lines:
        row = dossier_queries.finding_row(line.nomination, by.day, "decision", known_on=by.day)
        findings.append(StoredFinding(**row, made_at=clock.now()))
        if queries.stops(row["outcome"], row["provisional"], [item["condition"] for item in row["findings"]]):
            failing.append(f"{line.full_name} ({line.award_words})")
    if failing:
        raise Refused(
            no(f"Đến ngày ban hành không còn đạt điều kiện: {'; '.join(failing[:5])}. Quyết định phải thu hồi để sửa.")
        )
    return findings


def _households(decision: Decision, lines: list[DecisionLine], by: Actor) -> dict[int, Household]:
    """nomination → household, known from before or entered now that it is commended."""
    found = {}
    for line in (one.nomination for one in lines if one.nomination.kind == Nomination.Kind.HOUSEHOLD):
        known = dossier_queries.household_of(line)
        found[line.pk] = known or enter_household(decision.agency, line.name_then, line.outside_address, by=by)
    return found


def _enter(
    decision: Decision,
    lines: list[DecisionLine],
    findings: list[StoredFinding],
    households: Mapping[int, Household],
    by: Actor,
) -> None:
    """The ledger, with the results that each award rests on by its finding (one for each line).

    Another body or person from outside has no page in it: the certificate's register keeps them.
    """
    for line, finding in zip(lines, findings, strict=True):
        nomination = line.nomination
        household = households.get(nomination.pk)
        if nomination.is_outside and household is None:
            continue
        used = results_used(restored(finding.findings))
        fact = _fact(decision, line) | {"initiatives_used": None if used is None else "\n".join(used)}
        fact |= {"household": household}
        held = Standing.objects.filter(
            person=nomination.person,
            unit=nomination.unit,
            register=Register.TITLES,
            kind=fact["kind"],
            year=fact["year"],
        )
        if fact["register"] == Register.TITLES and held.exists():
            raise Refused(no(f"{line.full_name} đã có {line.award_words} năm {nomination.for_year} trong sổ vàng."))
        try:
            honours.enter(fact, by=by)
        except IntegrityError:
            raise Refused(
                no(f"{line.full_name}: sổ vàng đã có {line.award_words} năm {nomination.for_year}.")
            ) from None


def _fact(decision: Decision, line: DecisionLine) -> dict[str, Any]:
    nomination, book = line.nomination, the_book()
    code = book.code_of(nomination.award)
    return {
        "person": nomination.person,
        "unit": nomination.unit,
        "register": book.register_of(code),
        "kind": code,
        "stream": nomination.stream,
        "year": nomination.for_year,
        "starts_on": datetime.date(nomination.for_year, 1, 1),
        "ends_on": datetime.date(nomination.for_year, 12, 31),
        "paper_number": decision.document_number,
        "paper_on": decision.issued_on,
        "issuer": decision.agency.name,
        "name_then": line.name,
        "unit_then": line.unit[:200],
        "note": "truy tặng" if nomination.is_posthumous else "",
    }


def _certify(decision: Decision, lines: list[DecisionLine]) -> None:
    """One register entry a line, in the order of the annex, numbered on from the last of the year."""
    year = decision.decided_on.year
    taken = Certificate.objects.filter(agency=decision.agency, year=year).aggregate(last=models.Max("number"))["last"]
    for place, line in enumerate(lines, start=1):
        made = Certificate(line=line, agency=decision.agency, year=year, number=(taken or 0) + place)
        made.save(force_insert=True)


def _order_papers(decision: Decision, by: Actor) -> None:
    seal = audit.seal(f"Ban hành {decision.document_number}").hash[:16]
    made = [
        ("award_decision", "Quyet-dinh", papers.decision(decision, seal=seal)),
        ("payment_list", "Danh-sach-chi-thuong", papers.payment_list(decision, seal=seal)),
    ]
    if queries.refused(decision):
        made.append(("refusal_notice", "Thong-bao", papers.refusals(decision)))
    for form, name, paper in made:
        stored.order(form, paper, name=papers.file_name(name, decision), about=decision, by=by)


def _tell(decision: Decision, lines: list[DecisionLine], by: Actor) -> None:
    """Each person with an account, and the heads of the units, awards and refusals alike; a refusal with its reason."""
    number = f"Quyết định {decision.document_number}"
    units = {line.nomination.dossier.unit for line in lines}
    heads = {unit.pk: people.users_with_role(unit, Duty.HEADS, on=by.day) for unit in units}
    persons = [line.nomination.person_id for line in lines if line.nomination.person_id]
    own = dict(User.objects.filter(person__in=persons, is_active=True).values_list("person", "pk"))
    for line in lines:
        nomination: Nomination = line.nomination
        if line.outcome == DecisionLine.Outcome.AWARD:
            text = f"{line.full_name} được khen thưởng {line.award_words} theo {number}."
            link = ("decisions:one", decision.code)
        else:
            text = f"{line.full_name} không được khen thưởng {line.award_words}: {line.reason}"
            link = ("dossiers:one", nomination.dossier.code)
        users = {
            *heads[nomination.dossier.unit_id],
            *([own[nomination.person_id]] if nomination.person_id in own else []),
        }
        notices.tell(sorted(users), text, key=f"decision:line:{nomination.code}", link=link)
    clerks = people.users_with_role(decision.agency, [Duty.Role.CLERK], on=by.day)
    notices.tell(
        clerks, f"{number} đã ban hành.", key=f"decision:issue:{decision.code}", link=("decisions:one", decision.code)
    )
