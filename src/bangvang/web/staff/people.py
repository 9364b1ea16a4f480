"""Sổ vàng: who is here, and one person's decades of grades, titles and awards with what is missing."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from bangvang import vietnamese
from bangvang.honours.access import claims_visible_to, standing_visible_to
from bangvang.honours.models import Claim
from bangvang.honours.queries import years_of
from bangvang.kernel.workflow import Refused
from bangvang.people.access import may_see_dossiers, persons_visible_to
from bangvang.people.models import Duty
from bangvang.people.queries import namesakes
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
        "claims": claims_visible_to(request.actor).filter(state=Claim.State.WAITING).count(),
    }
    return render(request, "staff/people/all.html", context)


def one(request: StaffRequest, code: str) -> HttpResponse:
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    person = get_object_or_404(persons_visible_to(request.actor), code=code)
    years = years_of(person, standing_visible_to(request.actor), until=request.actor.day.year)
    context = {
        "person": person,
        "duties": person.duties.select_related("unit").order_by("-valid_from"),
        "years": years,
        "with_gaps": sum(bool(row.gaps) for row in years),
        "namesakes": namesakes(person).count(),
    }
    return render(request, "staff/people/one.html", context)
