"""The tree of units as it stands today, and one unit with its people, its past and its mergers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from bangvang.honours.access import units_visible_to
from bangvang.people.queries import staff_of, units_of
from bangvang.web.ui.actors import StaffRequest


def all_units(request: StaffRequest) -> HttpResponse:
    agency = request.actor.agency
    units = units_of(agency).order_by("order", "name")
    standing = [unit for unit in units if unit.is_valid_on(request.actor.day) and unit != agency]
    ended = [unit for unit in units if unit not in standing and unit != agency]
    return render(request, "staff/units/all.html", {"unit": agency, "standing": standing, "ended": ended})


def one(request: StaffRequest, code: str) -> HttpResponse:
    unit = get_object_or_404(units_of(request.actor.agency), code=code)
    context = {
        "unit": unit,
        "staff": staff_of(unit, on=request.actor.day),
        "became": unit.changed_into.prefetch_related("after"),
        "came_from": unit.came_from.prefetch_related("before"),
        "may_see_honours": units_visible_to(request.actor).filter(pk=unit.pk).exists(),
        "is_past": not unit.is_valid_on(request.actor.day),
    }
    return render(request, "staff/units/one.html", context)
