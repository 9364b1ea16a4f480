"""Sổ vàng: who is here, and one person's decades of grades, titles and awards with what is missing."""

import datetime

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from bangvang import vietnamese
from bangvang.honours import papers
from bangvang.honours.access import (
    claims_visible_to,
    households_visible_to,
    may_enter,
    may_sweep,
    standing_visible_to,
    units_visible_to,
)
from bangvang.honours.models import Claim
from bangvang.honours.queries import lineage, years_of
from bangvang.kernel.workflow import Refused
from bangvang.people.access import may_see_dossiers, persons_visible_to
from bangvang.people.models import Duty, Household, Person, Unit
from bangvang.people.queries import namesakes
from bangvang.web.staff.files import as_drawn
from bangvang.web.ui.actors import StaffRequest


def all_people(request: StaffRequest) -> HttpResponse:
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    words = request.GET.get("q", "")
    people = persons_visible_to(request.actor)
    for word in vietnamese.search_key(words).split():
        people = people.filter(search_key__contains=word)
    duties = Duty.objects.as_of(request.actor.day).filter(person__in=people).select_related("person", "unit")
    rows = sorted(duties, key=lambda duty: (duty.person.sort_key, duty.pk))
    context = {
        "rows": rows[:500],
        "q": words,
        "count": len({row.person_id for row in rows}),
        "may_enter": may_enter(request.actor),
        "claims": claims_visible_to(request.actor).filter(state=Claim.State.WAITING).count(),
        "may_sweep": may_sweep(request.actor),
        "households": households_visible_to(request.actor).count(),
    }
    return render(request, "staff/people/all.html", context)


def one(request: StaffRequest, code: str) -> HttpResponse:
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    person = get_object_or_404(persons_visible_to(request.actor), code=code)
    years = years_of(person, standing_visible_to(request.actor), until=request.actor.day.year)
    context = {
        "person": person,
        "subject": person,
        "duties": person.duties.select_related("unit").order_by("-valid_from"),
        "years": years,
        "with_gaps": sum(bool(row.gaps) for row in years),
        "namesakes": namesakes(person).count(),
    }
    return render(request, "staff/people/one.html", context)


def unit(request: StaffRequest, code: str) -> HttpResponse:
    """The same of a unit as a collective, with the units it came from."""
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    found = get_object_or_404(units_visible_to(request.actor), code=code)
    years = years_of(found, standing_visible_to(request.actor), until=_last_year(found, request.actor.day))
    context = {
        "subject": found,
        "years": years,
        "with_gaps": sum(bool(row.gaps) for row in years),
        "before": sorted(lineage(found) - {found}, key=lambda one: one.valid_from),
    }
    return render(request, "staff/people/unit.html", context)


def households(request: StaffRequest) -> HttpResponse:
    """Households that were commended, found by name or address."""
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    words = request.GET.get("q", "")
    found = households_visible_to(request.actor)
    for word in vietnamese.search_key(words).split():
        found = found.filter(Q(search_key__contains=word) | Q(address_key__contains=word))
    context = {"rows": found[:500], "q": words, "count": found.count()}
    return render(request, "staff/people/households.html", context)


def household(request: StaffRequest, code: str) -> HttpResponse:
    """One household over the decades."""
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    found = get_object_or_404(households_visible_to(request.actor), code=code)
    years = years_of(found, standing_visible_to(request.actor), until=request.actor.day.year)
    context = {"subject": found, "years": years, "with_gaps": sum(bool(row.gaps) for row in years)}
    return render(request, "staff/people/household.html", context)


def _last_year(unit: Unit, today: datetime.date) -> int:
    return min(today, unit.valid_until or today).year


def extract(request: StaffRequest, code: str, format_: str) -> HttpResponse:
    """Trích lục of a person, unit or household, as the ledger stands now; the registry gives the number when it is issued."""
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    actor = request.actor
    subject: Person | Unit | Household = (
        persons_visible_to(actor).filter(code=code).first()
        or households_visible_to(actor).filter(code=code).first()
        or get_object_or_404(units_visible_to(actor), code=code)
    )
    until = _last_year(subject, actor.day) if isinstance(subject, Unit) else actor.day.year
    years = years_of(subject, standing_visible_to(actor), until=until)
    return as_drawn(papers.extract(subject, years, actor.agency, actor.day), papers.file_name(subject), format_)
