"""Báo cáo số liệu: the report on the page and as Excel, filtered by year and movement."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from bangvang.kernel.workflow import Refused
from bangvang.movements.access import movements_visible_to
from bangvang.movements.models import Movement
from bangvang.statistics.access import may_read_reports, units_reported_to
from bangvang.statistics.reports import awards_by_unit_and_level, years_with_numbers
from bangvang.statistics.tables import Table
from bangvang.web.staff.files import as_attachment
from bangvang.web.ui.actors import StaffRequest


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    year: int
    movement: Movement | None
    table: Table


def _asked(request: StaffRequest) -> Asked:
    if not (verdict := may_read_reports(request.actor)):
        raise Refused(verdict)
    typed = request.GET.get("nam", "")
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else request.actor.day.year
    code = request.GET.get("phong-trao", "")
    issued = movements_visible_to(request.actor).filter(state__in=Movement.ISSUED_STATES)
    movement = get_object_or_404(issued, code=code) if code else None
    table = awards_by_unit_and_level(units_reported_to(request.actor), year=year, movement=movement)
    return Asked(year, movement, table)


def first(request: StaffRequest) -> HttpResponse:
    asked = _asked(request)
    issued = movements_visible_to(request.actor).filter(state__in=Movement.ISSUED_STATES)
    context = {
        "asked": asked,
        "table": asked.table,
        "years": years_with_numbers(request.actor.day.year),
        "movements": issued.order_by("-issued_on", "-pk")[:100],
        "units": len({row[0] for row in asked.table.rows}),
        "query": request.GET.urlencode(),
    }
    return render(request, "staff/reports/first.html", context)


def first_xlsx(request: StaffRequest) -> HttpResponse:
    asked = _asked(request)
    return as_attachment(asked.table.as_xlsx(), f"Thi-dua-khen-thuong-{asked.year}.xlsx")
