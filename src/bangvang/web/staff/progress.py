"""Following a movement: the board of all units, its indicators and periods, a unit that withdraws."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang import vietnamese
from bangvang.kernel.workflow import Refused
from bangvang.movements import actions as movement_actions
from bangvang.movements.access import movements_visible_to
from bangvang.movements.models import Movement
from bangvang.movements.workflow import ROLL_OUT
from bangvang.papers import xlsx
from bangvang.people.actor import Actor
from bangvang.progress import actions, asking
from bangvang.progress.access import (
    may_see_board,
    may_set_up,
    movement_reviews_visible_to,
    reminders_visible_to,
    reports_visible_to,
)
from bangvang.progress.board import BoardRow, board
from bangvang.progress.figures import words
from bangvang.progress.models import Period, Report
from bangvang.progress.periods import periods
from bangvang.progress.queries import indicators_in_use, periods_in_use
from bangvang.progress.standing import standing_of
from bangvang.progress.suggestions import suggested
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.movement_forms import ReasonForm
from bangvang.web.staff.progress_forms import (
    ExtendPeriodForm,
    IndicatorForm,
    PeriodForm,
    PeriodsForm,
    RuleForm,
    initial_of,
)
from bangvang.web.ui.actors import StaffRequest

LISTED = 10  # of the latest reminders


def _seen(request: StaffRequest, code: str) -> Movement:
    return get_object_or_404(movements_visible_to(request.actor).select_related("agency"), code=code)


def of_movement(movement: Movement, actor: Actor) -> dict[str, Any]:
    """What the page of a movement shows of its progress: the way to the board, and the reports of the reader's own unit."""
    reports = reports_visible_to(actor).filter(period__in=movement.periods.standing(), unit=actor.unit)
    own = reports.select_related("period")
    return {
        "own_reports": [(report, standing_of(report, actor.day)) for report in own.order_by("-period__due_on")],
        "may_see_progress": bool(may_see_board(actor, movement)),
        "reviews": list(
            movement_reviews_visible_to(actor).filter(period__movement=movement).select_related("period__movement")
        ),
    }


def _whole(request: StaffRequest, code: str) -> Movement:
    movement = _seen(request, code)
    if not (verdict := may_see_board(request.actor, movement)):
        raise Refused(verdict)
    return movement


def one_board(request: StaffRequest, code: str) -> HttpResponse:
    """Who has sent what, period by period; the figures of one period against their targets."""
    movement = _whole(request, code)
    page = request.GET.get("trang", "")
    found = board(
        movement, request.actor.day, chosen=request.GET.get("ky", ""), page=int(page) if page.isdecimal() else 1
    )
    context = {
        "movement": movement,
        "board": found,
        "reports_at": reverse("progress:one", args=["x"]).removesuffix("x/"),  # made once for hundreds of cells
        "may_set_up": may_set_up(request.actor, movement),
        "reminders": list(
            reminders_visible_to(request.actor).filter(period__movement=movement).select_related("period")[:LISTED]
        ),
        "review": getattr(found.chosen, "review", None),
        "silent": found.counts.get(Report.State.DRAFT, 0),
        "sent": sum(found.counts.get(state, 0) for state in Report.IN),
        "asked": sum(found.counts.values()),
    }
    return render(request, "staff/progress/board.html", context)


def board_file(request: StaffRequest, code: str) -> HttpResponse:
    """The board as Excel: every unit, the same periods as on the page."""
    movement = _whole(request, code)
    first = board(movement, request.actor.day, chosen=request.GET.get("ky", ""))
    columns = ("Đơn vị", "Người phụ trách", "Tình hình", *(period.name for period in first.window))
    return as_attachment(
        xlsx.write("Tiến độ", columns, [_cells(row) for row in _every_row(movement, request)]),
        f"Tien-do-{movement.code}.xlsx",
    )


def _every_row(movement: Movement, request: StaffRequest) -> Iterator[BoardRow]:
    page, pages = 1, 1
    while page <= pages:
        found = board(movement, request.actor.day, chosen=request.GET.get("ky", ""), page=page)
        yield from found.rows
        page, pages = page + 1, found.pages


def _cells(row: BoardRow) -> list[str]:
    answers = [f"{answer.word} ({answer.note})" if answer.note else answer.word for _, answer in row.cells]
    return [row.unit.name, row.leader.full_name if row.leader else "", row.situation.word, *answers]


def setup(request: StaffRequest, code: str) -> HttpResponse:
    """The indicators and the periods of a movement."""
    movement = _whole(request, code)
    written, sent = indicators_in_use(movement), periods_in_use(movement)
    periods_ = list(movement.periods.standing())
    asked = asking.is_being_asked(periods_)
    context = {
        "movement": movement,
        "indicators": [
            (one, words(one.base, one.measure), words(one.target, one.measure), one.pk not in written)
            for one in movement.indicators.all()
        ],
        "periods": [(one, one.pk not in sent, _on_the_way(one, asked)) for one in periods_],
        "rules": list(movement.reminder_rules.all()),
        "suggestions": [(one, words(one.target, one.measure)) for one in suggested(movement)],
        "may_set_up": may_set_up(request.actor, movement),
    }
    return render(request, "staff/progress/setup.html", context)


def _on_the_way(period: Period, asked: dict[int, bool]) -> str:
    """How far a period is that is still being opened for thousands of units; empty when all are asked."""
    if period.pk not in asked:
        return ""
    reached = f"đã mở cho {vietnamese.format_number(period.reports.count())} đơn vị"
    return f"máy dừng giữa chừng, {reached}: xin bỏ kỳ này rồi mở lại" if asked[period.pk] else f"đang mở, {reached}"


def _asked(request: StaffRequest, movement: Movement, form: Form, label: str, hint: str) -> HttpResponse:
    """The page of one small form about a movement."""
    back = reverse("progress:setup", args=[movement.code])
    context = {
        "step": {"label": label, "hint": hint},
        "form": form,
        "about": movement.title,
        "back": back,
        "crumbs": [(reverse("movements:one", args=[movement.code]), movement.title), (back, "Cách theo dõi")],
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def _to_set_up(request: StaffRequest, code: str) -> Movement:
    movement = _seen(request, code)
    if not (verdict := may_set_up(request.actor, movement)):
        raise Refused(verdict)
    return movement


def new_indicator(request: StaffRequest, code: str) -> HttpResponse:
    movement = _to_set_up(request, code)
    place = request.GET.get("so", "")
    offered = next((one for one in suggested(movement) if str(one.place) == place), None)
    form = IndicatorForm(request.POST or None, initial=initial_of(offered) if offered else None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_indicator(movement, **form.cleaned_data, by=request.actor)
        messages.success(request, f"Đã thêm chỉ tiêu “{made.label}”.")
        return redirect("progress:setup", code)
    hint = "Mỗi báo cáo phải có số của chỉ tiêu này, cộng dồn từ đầu phong trào đến hết kỳ."
    return _asked(request, movement, form, "Thêm chỉ tiêu", hint)


def new_period(request: StaffRequest, code: str) -> HttpResponse:
    movement = _to_set_up(request, code)
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        period = actions.open_period(movement, form.span(), by=request.actor)
        messages.success(request, f"Đã mở kỳ “{period.name}”. Các đơn vị thấy ngay trong “Việc của tôi”.")
        return redirect("progress:setup", code)
    hint = "Mọi đơn vị đang tham gia phải gửi báo cáo của kỳ này."
    return _asked(request, movement, form, "Thêm một kỳ báo cáo", hint)


def new_periods(request: StaffRequest, code: str) -> HttpResponse:
    """Every month, quarter … of a span, each opened by itself: a name that stands already is left as it is."""
    movement = _to_set_up(request, code)
    form = PeriodsForm(request.POST or None, initial={"starts_on": movement.starts_on, "ends_on": movement.ends_on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        standing = set(movement.periods.standing().values_list("name", flat=True))
        spans = [
            span
            for span in periods(given["starts_on"], given["ends_on"], given["kind"], given["days_after"])
            if span.name not in standing
        ]
        for span in spans:
            actions.open_period(movement, span, by=request.actor)
        messages.success(request, f"Đã mở {len(spans)} kỳ báo cáo.")
        return redirect("progress:setup", code)
    hint = "Máy chia khoảng thời gian thành các kỳ và tính hạn gửi của từng kỳ."
    return _asked(request, movement, form, "Chia thành các kỳ báo cáo", hint)


def new_rule(request: StaffRequest, code: str) -> HttpResponse:
    movement = _to_set_up(request, code)
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rule = actions.add_rule(movement, **form.rule(), by=request.actor)
        messages.success(request, f"Đã đặt lịch nhắc “{rule}” cho mọi kỳ từ hôm nay.")
        return redirect("progress:setup", code)
    hint = "Đến ngày, máy soạn sẵn lời nhắc các đơn vị còn nợ báo cáo; mỗi kỳ một lần."
    return _asked(request, movement, form, "Đặt lịch nhắc", hint)


def extend(request: StaffRequest, code: str, period: str) -> HttpResponse:
    """A later last day to send, with the reason."""
    movement = _to_set_up(request, code)
    opened = get_object_or_404(movement.periods.standing(), code=period)
    opened.movement = movement
    form = ExtendPeriodForm(opened, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.extend_period(opened, **form.cleaned_data, by=request.actor)
        until = vietnamese.format_date(opened.due_on)
        messages.success(request, f"Hạn gửi báo cáo {opened.name} lùi đến hết ngày {until}; đơn vị còn nợ được báo.")
        return redirect("progress:setup", code)
    hint = (
        f"{opened.name}: hạn đang là hết ngày {vietnamese.format_date(opened.due_on)}. Báo cáo đã gửi trước hạn mới"
        " được tính đúng hạn; lịch nhắc tính theo hạn mới."
    )
    return _asked(request, movement, form, "Gia hạn gửi báo cáo", hint)


@require_POST
def drop(request: StaffRequest, code: str) -> HttpResponse:
    """Take back an indicator, a period opened by mistake, or a day of reminding."""
    movement = _seen(request, code)
    place, period, key = (request.POST.get(name, "") for name in ("chi-tieu", "ky", "lich"))
    if place:
        found = get_object_or_404(movement.indicators, position=place if place.isdecimal() else 0)
        actions.drop_indicator(found, by=request.actor)
        messages.success(request, f"Đã bỏ chỉ tiêu “{found.label}”.")
    elif key:
        rule = get_object_or_404(movement.reminder_rules, pk=key if key.isdecimal() else 0)
        actions.drop_rule(rule, by=request.actor)
        messages.success(request, f"Đã bỏ lịch nhắc “{rule}”.")
    else:
        opened = get_object_or_404(movement.periods.standing(), code=period)
        actions.call_off(opened, by=request.actor)
        messages.success(request, f"Đã bỏ kỳ “{opened.name}”, hạn {vietnamese.format_date(opened.due_on)}.")
    return redirect("progress:setup", code)


def withdraw(request: StaffRequest, code: str, unit: str) -> HttpResponse:
    """Record that a unit takes no further part, with the reason."""
    movement = _whole(request, code)
    row = get_object_or_404(movement.roll_outs.select_related("unit", "movement__agency"), unit__code=unit)
    form = ReasonForm(request, row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        movement_actions.withdraw_unit(row, by=request.actor, **form.arguments())
        messages.success(request, f"Đã ghi {row.unit.name} rút khỏi phong trào; lý do được giữ lại.")
        return redirect("progress:board", code)
    if not (verdict := ROLL_OUT.verdict(row, "withdraw", request.actor, reason="…")):
        raise Refused(verdict)
    back = reverse("progress:board", args=[code])
    context = {
        "step": ROLL_OUT.step("withdraw"),
        "form": form,
        "about": f"{row.unit.name}: {movement.title}",
        "back": back,
        "crumbs": [(reverse("movements:one", args=[code]), movement.title), (back, "Theo dõi tiến độ")],
        "risk": True,
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)
