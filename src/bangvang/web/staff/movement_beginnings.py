"""Where a new plan may begin: empty, from a template of the library, or from an earlier movement."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from bangvang.kernel.workflow import Refused
from bangvang.movements import queries
from bangvang.movements.access import may_draft, movements_visible_to
from bangvang.movements.library import library, moved_on, told
from bangvang.movements.models import Movement
from bangvang.web.staff.movement_forms import PlanForm
from bangvang.web.ui.actors import StaffRequest

LISTED = 50  # earlier movements


@dataclass(frozen=True)
class Beginning:
    """What the form holds at first, and a sentence that says where it comes from (empty for an empty form)."""

    initial: dict[str, Any]
    told: str = ""


def begun_from(request: StaffRequest) -> Beginning:
    """By the address: `mau` is a template's key, `tu` an earlier movement's code."""
    key, code = request.GET.get("mau", ""), request.GET.get("tu", "")
    actor = request.actor
    if key:
        template = library().get(key)
        if template is None:
            raise Http404
        year = actor.day.year + (actor.day.month >= 10)  # from October on one plans for next year
        plan = template.plan(year, actor.agency)
        return Beginning(PlanForm.initial_of(plan), f"Lập từ mẫu “{template.name}”: xin sửa cho đúng với cơ quan.")
    if code:
        movement = get_object_or_404(_earlier(request), code=code)
        plan, years = moved_on(queries.current_plan(movement), actor.day)
        return Beginning(PlanForm.initial_of(plan), f"Lập từ phong trào “{movement.title}”. {told(years)}")
    return Beginning({"kind": Movement.Kind.REGULAR})


def _earlier(request: StaffRequest) -> Any:
    return movements_visible_to(request.actor).filter(state__in=Movement.ISSUED_STATES).select_related("agency")


def templates(request: StaffRequest) -> HttpResponse:
    """The library, and the movements that were issued before."""
    if not (verdict := may_draft(request.actor)):
        raise Refused(verdict)
    context = {"templates": library().values(), "earlier": _earlier(request).order_by("-issued_on", "-pk")[:LISTED]}
    return render(request, "staff/movements/templates.html", context)
