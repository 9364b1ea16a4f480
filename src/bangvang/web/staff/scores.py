"""Scores of a movement: the scale, the ranking of units, one sheet with all its marks, its steps."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang.kernel.workflow import Refused
from bangvang.movements.access import movements_visible_to
from bangvang.movements.models import Movement, RollOut
from bangvang.papers import xlsx
from bangvang.progress import actions
from bangvang.progress.access import may_check_sheet, may_mark, may_set_up, sheets_visible_to
from bangvang.progress.models import Mark, ScoreSheet
from bangvang.progress.scoring import Ranked, by_stage, earlier, is_current, ranking, stage_of, words
from bangvang.progress.workflow import SCORE_SHEET
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.movement_forms import ReasonForm, StepForm
from bangvang.web.staff.score_forms import CrosserForm, ItemForm, MarksForm, OpeningForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.steps import step_page
from bangvang.web.ui.story import story_of

S = ScoreSheet.State
CHIPS = {"open": "next", "sent": "ink", "returned": "warn", "checked": "ink", "crossed": "ink", "settled": "ok"}
STEPS: dict[str, tuple[type[StepForm], Any]] = {
    "send": (StepForm, actions.send_scores),
    "recall": (StepForm, actions.recall_scores),
    "return": (ReasonForm, actions.return_scores),
    "check": (StepForm, actions.check_scores),
    "cross": (StepForm, actions.cross_scores),
    "settle": (StepForm, actions.settle_scores),
    "reopen": (ReasonForm, actions.reopen_scores),
}
AFTER = {
    "send": "Đã gửi. Thường trực thấy bảng điểm ngay.",
    "recall": "Đã rút về. Chấm xong thì gửi lại.",
    "return": "Đã trả lại, đơn vị thấy lý do.",
    "check": "Đã kiểm tra xong.",
    "cross": "Đã chấm chéo xong, thường trực chốt kết quả.",
    "settle": "Đã chốt. Kết quả ở bảng xếp hạng.",
    "reopen": "Đã mở lại, đơn vị thấy lý do.",
}
COLUMNS = (
    "Thứ hạng",
    "Đơn vị",
    "Cụm, khối",
    "Tự chấm",
    "Kiểm tra",
    "Chấm chéo",
    "Kết quả",
    "Trạng thái",
    "Số ngày trễ",
)


def _movement(request: StaffRequest, code: str) -> Movement:
    return get_object_or_404(movements_visible_to(request.actor).select_related("agency"), code=code)


def _ranked(request: StaffRequest, movement: Movement) -> list[Ranked]:
    """Everybody reads the results; scores at work are seen by whoever sees the sheet."""
    seen = sheets_visible_to(request.actor).filter(movement=movement)
    settled = ScoreSheet.objects.filter(movement=movement, state=S.SETTLED)
    return ranking(settled | ScoreSheet.objects.filter(pk__in=seen.values("pk")), movement)


def ranking_page(request: StaffRequest, code: str) -> HttpResponse:
    """The scale and how the units stand."""
    movement = _movement(request, code)
    actor = request.actor
    rows = _ranked(request, movement)
    seen = set(sheets_visible_to(actor).filter(movement=movement).values_list("pk", flat=True))
    items = list(movement.score_items.all())
    context = {
        "movement": movement,
        "items": [(item, words(item.most)) for item in items],
        "most": words(sum((item.most for item in items), Decimal(0))),
        "rows": [
            {
                "row": row,
                "totals": [row.total(stage) for stage in Mark.Stage.values],
                "chip": CHIPS[row.sheet.state],
                "is_seen": row.sheet.pk in seen,
                "late": row.sheet.days_late(actor.day),
            }
            for row in rows
        ],
        "settled": sum(row.place is not None for row in rows),
        "may_set_up": bool(may_set_up(actor, movement)),
        "is_open": movement.score_sheets.exists(),
        "lacks_sheets": _without_sheet(movement),
    }
    return render(request, "staff/scores/ranking.html", context)


def _without_sheet(movement: Movement) -> bool:
    """Whether a unit takes part that has no sheet yet."""
    standing = movement.roll_outs.exclude(state=RollOut.State.WITHDRAWN)
    return standing.exclude(unit__in=movement.score_sheets.values("unit")).exists()


def ranking_file(request: StaffRequest, code: str) -> HttpResponse:
    """The table as Excel."""
    movement = _movement(request, code)
    rows = [_cells(row, request) for row in _ranked(request, movement)]
    return as_attachment(xlsx.write("Xếp hạng", COLUMNS, rows), f"Xep-hang-{movement.code}.xlsx")


def _cells(row: Ranked, request: StaffRequest) -> list[str | int | float | None]:
    totals = [float(row.totals[stage]) if stage in row.totals else None for stage in Mark.Stage.values]
    cluster = row.cluster.name if row.cluster else ""
    late = row.sheet.days_late(request.actor.day)
    return [row.place, row.sheet.unit.name, cluster, *totals, row.sheet.get_state_display(), late]


def _asked(request: StaffRequest, movement: Movement, form: Form, label: str, hint: str) -> HttpResponse:
    back = reverse("scores:ranking", args=[movement.code])
    context = {
        "step": {"label": label, "hint": hint},
        "form": form,
        "about": movement.title,
        "back": back,
        "crumbs": [(reverse("movements:one", args=[movement.code]), movement.title), (back, "Chấm điểm")],
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def _to_set_up(request: StaffRequest, code: str) -> Movement:
    movement = _movement(request, code)
    if not (verdict := may_set_up(request.actor, movement)):
        raise Refused(verdict)
    return movement


def new_item(request: StaffRequest, code: str) -> HttpResponse:
    movement = _to_set_up(request, code)
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_score_item(movement, **form.cleaned_data, by=request.actor)
        messages.success(request, f"Đã thêm “{made.text}”, tối đa {words(made.most)} điểm.")
        return redirect("scores:ranking", code)
    return _asked(request, movement, form, "Thêm tiêu chí chấm điểm", "Thang điểm đóng lại khi mở chấm điểm.")


@require_POST
def drop_item(request: StaffRequest, code: str) -> HttpResponse:
    movement = _movement(request, code)
    place = request.POST.get("tieu-chi", "")
    item = get_object_or_404(
        movement.score_items.select_related("movement"), position=place if place.isdecimal() else 0
    )
    actions.drop_score_item(item, by=request.actor)
    messages.success(request, f"Đã bỏ tiêu chí “{item.text}”.")
    return redirect("scores:ranking", code)


def open_(request: StaffRequest, code: str) -> HttpResponse:
    """Open a sheet for every unit that takes part."""
    movement = _to_set_up(request, code)
    form = OpeningForm(request.actor.day, request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = actions.open_scoring(movement, due_on=form.cleaned_data["due_on"], by=request.actor)
        messages.success(request, f"Đã mở chấm điểm cho {count} đơn vị.")
        return redirect("scores:ranking", code)
    hint = "Từ đó thang điểm không đổi. Đơn vị cùng cụm, khối chấm chéo lần lượt cho nhau."
    return _asked(request, movement, form, "Mở chấm điểm", hint)


def _seen(request: StaffRequest, code: str) -> ScoreSheet:
    seen = sheets_visible_to(request.actor).select_related("unit", "crosser", "movement__agency")
    return get_object_or_404(seen, code=code)


def one(request: StaffRequest, code: str) -> HttpResponse:
    """One unit's scores: every stage side by side, the form of the stage at work, the whole history."""
    sheet = _seen(request, code)
    actor = request.actor
    writable = may_mark(actor, sheet)
    if request.method == "POST" and not writable:
        raise Refused(writable)
    stage, marks, items = stage_of(sheet), by_stage(sheet), list(sheet.movement.score_items.all())
    crossed = sheet.crosser_id is not None
    looked_at = {item.pk: earlier(marks, stage, item.pk, has_crosser=crossed) for item in items}
    initial: dict[str, Any] = {"version": sheet.version}
    for item in items:
        own, before = marks.get(stage, {}).get(item.pk), looked_at[item.pk]
        shown = own if own is not None and is_current(own, before) else before
        initial[f"diem_{item.position}"] = shown.points if shown else None
        initial[f"ly_do_{item.position}"] = own.reason if own is not None and shown is own else ""
    form = MarksForm(items, looked_at, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        count = actions.mark(sheet, form.given(), version=form.cleaned_data["version"], by=actor)
        messages.success(request, f"Đã lưu {count} điểm." if count else "Điểm không đổi, không có gì phải lưu.")
        return redirect("scores:one", code)
    context = {
        "sheet": sheet,
        "movement": sheet.movement,
        "chip": CHIPS[sheet.state],
        "late": sheet.days_late(actor.day),
        "stages": _stages(sheet),
        "rows": [(item, [marks.get(one, {}).get(item.pk) for one in _stages(sheet)]) for item in items],
        "totals": [
            words(sum((mark.points for mark in marks[one].values()), Decimal(0))) if one in marks else "–"
            for one in _stages(sheet)
        ],
        "stage": Mark.Stage(stage).label if stage else "",
        "form": form if writable else None,
        "offers": [offer for offer in SCORE_SHEET.offers(sheet, actor) if _concerns(offer, sheet, request)],
        "may_name_crosser": bool(may_check_sheet(actor, sheet)) and sheet.state not in {S.CROSSED, S.SETTLED},
        "history": list(sheet.marks.select_related("item").order_by("-pk")),
        "story": story_of(sheet),
    }
    return render(request, "staff/scores/sheet.html", context, status=422 if form.errors else 200)


def _stages(sheet: ScoreSheet) -> list[Mark.Stage]:
    return [stage for stage in Mark.Stage if stage != Mark.Stage.CROSS or sheet.crosser_id is not None]


def _concerns(offer: Any, sheet: ScoreSheet, request: StaffRequest) -> bool:
    """The steps one can take, and the main step of the stage that one marks."""
    return bool(offer.verdict) or (offer.step.main and bool(may_mark(request.actor, sheet)))


def crosser(request: StaffRequest, code: str) -> HttpResponse:
    """Let another unit check across, or nobody."""
    sheet = _seen(request, code)
    if not (verdict := may_check_sheet(request.actor, sheet)):
        raise Refused(verdict)
    standing = sheet.movement.roll_outs.exclude(state=RollOut.State.WITHDRAWN).exclude(unit=sheet.unit)
    units = [row.unit for row in standing.select_related("unit").order_by("unit__order", "unit__name", "pk")]
    initial = {"version": sheet.version, "unit": sheet.crosser.code if sheet.crosser else ""}
    form = CrosserForm(units, request.POST or None, initial=initial)
    page = reverse("scores:one", args=[code])
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        unit = form.by_code.get(given["unit"])
        actions.name_crosser(sheet, unit, reason=given["reason"], version=given["version"], by=request.actor)
        messages.success(request, "Đã đổi đơn vị chấm chéo; lý do được giữ lại.")
        return redirect(page)
    context = {
        "step": {"label": "Đổi đơn vị chấm chéo", "hint": "Khi đơn vị được cử không chấm, hoặc có quan hệ cần tránh."},
        "form": form,
        "about": f"{sheet.unit.name}: {sheet.movement.title}",
        "back": page,
        "crumbs": [(reverse("scores:ranking", args=[sheet.movement.code]), "Chấm điểm"), (page, sheet.unit.name)],
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """First what will happen, then the act."""
    sheet = _seen(request, code)
    page = reverse("scores:one", args=[code])
    return step_page(
        request,
        SCORE_SHEET,
        sheet,
        name,
        STEPS,
        after=AFTER,
        page=page,
        about=f"{sheet.unit.name}: {sheet.movement.title}",
        crumbs=[(reverse("scores:ranking", args=[sheet.movement.code]), "Chấm điểm"), (page, sheet.unit.name)],
    )
