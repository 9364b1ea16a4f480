"""Rà soát: who deserves what this year, for a unit or the whole agency; the list as an Excel file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from bangvang.honours.access import may_sweep, units_swept_by
from bangvang.honours.findings import award_label, awards_for, first_year, the_book
from bangvang.honours.planes import CLASSES
from bangvang.kernel import clock
from bangvang.kernel.workflow import Refused
from bangvang.papers import xlsx
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.sweep_chart import chart_of
from bangvang.web.staff.sweep_sheet import CHIPS, KEY, OUTCOMES, SUBJECTS, Asked, Sheet, five_years
from bangvang.web.ui.actors import StaffRequest

ROWS = 50


def page(request: StaffRequest) -> HttpResponse:
    if not (verdict := may_sweep(request.actor)):
        raise Refused(verdict)
    asked = Asked.read(request.GET, request.actor.day)
    units = units_swept_by(request.actor)
    sheet = Sheet(asked, units)
    paginator = Paginator(range(sheet.listed), ROWS)
    shown = paginator.get_page(request.GET.get("trang", "1"))
    label, waiting = sheet.waiting
    kind = "collective" if asked.subject == "tap-the" else "person"
    address = request.GET.copy()
    address.pop("trang", None)
    context: dict[str, Any] = {
        "asked": asked,
        "sheet": sheet,
        "rows": sheet.rows(shown.start_index() - 1, ROWS) if sheet.listed else [],
        "shown": shown,
        "bars": sheet.bars,
        "waiting": waiting,
        "waiting_label": label,
        "noun": "tập thể" if kind == "collective" else "người",
        "computed_at": clock.now(),
        "years": list(range(request.actor.day.year + 1, first_year() - 1, -1)),
        "awards": awards_for(kind),
        "units": [unit for unit in units if unit != request.actor.agency],
        "subjects": list(SUBJECTS.items()),
        "outcomes": [(key, words) for key, (words, _) in OUTCOMES.items()],
        "key": KEY,
        "address": address.urlencode(),
        "unread": [(item.label, item.valid_from) for item in the_book().unread(asked.on)],
        "chart": chart_of(sheet.award, five_years(sheet.award, asked, sheet.units))
        if sheet.award and kind == "person"
        else None,
        "award_label": award_label(sheet.award) if sheet.award else "",
    }
    return render(request, "staff/sweeps/page.html", context, status=422 if asked.problem else 200)


def as_xlsx(request: StaffRequest) -> HttpResponse:
    """The whole list, every award a column."""
    if not (verdict := may_sweep(request.actor)):
        raise Refused(verdict)
    asked = Asked.read(request.GET, request.actor.day)
    sheet = Sheet(asked, units_swept_by(request.actor))
    codes = sheet.swept.awards
    heads = [
        "Tên",
        "Sinh, đơn vị",
        *(award_label(code) for code in codes),
        "Thiếu đúng một điều kiện",
        "Đã có người đề nghị",
    ]
    words = {one: CHIPS[one][1] for one in CLASSES}
    rows = (
        [
            str(row.subject),
            row.place,
            *(words[row.classes[code]] for code in codes),
            row.step,
            "Có" if row.is_nominated else "",
        ]
        for row in sheet.rows()
    )
    return as_attachment(xlsx.write(f"Năm {asked.year}", heads, rows), f"Ra-soat-{asked.year}.xlsx")
