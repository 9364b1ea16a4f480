"""Điều kiện: what one person or unit meets, misses or still must be asked, award by award, for any year and day."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from bangvang.honours import findings
from bangvang.honours.access import households_visible_to, may_enter, standing_visible_to, units_visible_to
from bangvang.honours.models import Register
from bangvang.honours.queries import label_of
from bangvang.kernel.workflow import Refused
from bangvang.law.sources import cited
from bangvang.people.access import may_see_dossiers, persons_visible_to
from bangvang.people.models import Household, Person, Unit
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.asked import year_and_day
from bangvang.web.ui.verdicts import tally, verdicts

YEARS_BESIDE = 8


def person(request: StaffRequest, code: str) -> HttpResponse:
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    found = get_object_or_404(persons_visible_to(request.actor), code=code)
    year, on, problem = year_and_day(request.GET, request.actor.day)
    served = found.duty_on(min(on, request.actor.day))
    kind = f"{served.title}, {served.unit.name}" if served else "Cá nhân"
    kind += f" · sinh năm {found.birth_year}" if found.birth_year else ""
    return _page(request, found, kind, year, on, problem)


def unit(request: StaffRequest, code: str) -> HttpResponse:
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    found = get_object_or_404(units_visible_to(request.actor), code=code)
    year, on, problem = year_and_day(request.GET, request.actor.day)
    return _page(request, found, "Tập thể", year, on, problem)


def household(request: StaffRequest, code: str) -> HttpResponse:
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    found = get_object_or_404(households_visible_to(request.actor), code=code)
    year, on, problem = year_and_day(request.GET, request.actor.day)
    return _page(request, found, f"Hộ gia đình · {found.address}", year, on, problem)


BACK = {Person: "people:one", Unit: "units:one", Household: "people:household"}


def _page(
    request: StaffRequest, subject: Person | Unit | Household, kind: str, year: int, on: datetime.date, problem: str
) -> HttpResponse:
    about = {subject.root_kind: subject}
    records = list(standing_visible_to(request.actor).filter(**about).order_by("-year", "register", "entry__seq"))
    judged = findings.judge_all(findings.facts_of(subject, on, year=year), year=year, on=on)
    shown = verdicts(judged, records)
    unread = findings.the_book().unread(on)
    context: dict[str, Any] = {
        "subject": subject,
        "name": str(subject),
        "back": reverse(BACK[type(subject)], args=[subject.code]),
        "kind": kind,
        "year": year,
        "on": on,
        "problem": problem,
        "verdicts": shown,
        "tally": tally(shown),
        "unread": [(item.label, item.valid_from) for item in unread],
        "years": list(range(request.actor.day.year + 1, findings.first_year() - 1, -1)),
        "ledger": _ledger(records),
        "may_enter": may_enter(request.actor),
        "here_address": request.get_full_path(),
        "regime": regime_of(on),
    }
    return render(request, "staff/eligibility/one.html", context, status=422 if problem else 200)


def regime_of(on: datetime.date) -> str:
    """The instruments whose criteria govern on a day, as the book cites them."""
    book = findings.the_book()
    days = findings.days_of(on.year, on)
    provisions = book.candidates("grassroots_emulation_fighter", "criteria", days, subject="person")
    above = book.principle("hold_while_pending", on)
    return "; ".join(filter(None, [cited(provisions[-1].cites), cited(above.row.cites) if above else ""]))


def _ledger(records: list[Any]) -> list[tuple[int, list[tuple[str, str]]]]:
    """The last years of the ledger for the side column: (year, [(words, register)])."""
    years = sorted({row.year for row in records}, reverse=True)[:YEARS_BESIDE]
    return [
        (year, [(label_of(row), Register(row.register).label) for row in records if row.year == year]) for year in years
    ]
