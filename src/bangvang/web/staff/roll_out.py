"""Rolling a movement out, acknowledging it, reporting a duty as done, reminding the silent units."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, F, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang import vietnamese
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements import actions, launching, queries
from bangvang.movements.access import is_clerk_of, may_change_units, may_finish, may_register, movements_visible_to
from bangvang.movements.board import board, in_order, reminder, rows_of
from bangvang.movements.models import Launch, Movement
from bangvang.movements.workflow import PLAN, ROLL_OUT
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.people.queries import staff_of, units_of
from bangvang.web.staff.roll_out_forms import AcknowledgeForm, ExtendForm, ReminderForm, RollOutForm, UnitsForm
from bangvang.web.ui.actors import StaffRequest

LISTED = 50  # units on one page of the board, duties below it


def _seen(request: StaffRequest, code: str) -> Movement:
    return get_object_or_404(movements_visible_to(request.actor).select_related("agency__parent"), code=code)


def roll_out(request: StaffRequest, code: str) -> HttpResponse:
    """Units, last days and an owner for each duty; then the movement is before the units."""
    movement = _seen(request, code)
    units = _units(request.actor)
    form = RollOutForm(movement, units, request.actor.day, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            launch = actions.roll_out(
                movement,
                form.chosen_units(),
                form.charges(),
                **form.days(),
                version=form.cleaned_data["version"],
                by=request.actor,
            )
        except Overtaken as overtaken:
            if overtaken.last is None or overtaken.last.actor_id != request.user.pk:
                raise
            messages.info(request, "Việc này đã làm xong từ lần bấm trước, không làm lại.")
        else:
            messages.success(request, _sent(launch))
        return redirect("movements:one", movement.code)
    if not (verdict := PLAN.verdict(movement, "roll_out", request.actor)):
        raise Refused(verdict)
    recipients = list(movement.recipients.all())
    context = {
        "movement": movement,
        "form": form,
        "to_do": [one.name for one in recipients if "t/h" in one.note],
        "to_report": [one.name for one in recipients if "b/c" in one.note],
    }
    return render(request, "staff/movements/roll_out.html", context, status=422 if form.errors else 200)


def _sent(launch: Launch) -> str:
    count = vietnamese.format_number(launch.total)
    if launch.reached == launch.total:
        return f"Đã gửi phong trào đến {count} đơn vị. Ai chưa trả lời hiện ở dưới."
    return f"Máy đang gửi phong trào đến {count} đơn vị. Có thể rời trang này."


def add_units(request: StaffRequest, code: str) -> HttpResponse:
    """A new division, or one that was forgotten, joins with last days of its own. What a launch did not reach is preset."""
    movement = _seen(request, code)
    if not (verdict := may_change_units(request.actor, movement)):
        raise Refused(verdict)
    standing = set(movement.roll_outs.values_list("unit_id", flat=True))
    units = [unit for unit in _units(request.actor) if unit.pk not in standing]
    form = UnitsForm(units, launching.missing_units(movement), request.actor.day, request.POST or None)
    if request.method == "POST" and form.is_valid():
        launch = actions.add_units(movement, form.chosen_units(), **form.days(), by=request.actor)
        messages.success(request, _sent(launch))
        return redirect("movements:one", movement.code)
    context = {"movement": movement, "form": form, "has_units": bool(units)}
    return render(request, "staff/movements/add_units.html", context, status=422 if form.errors else 200)


def extend(request: StaffRequest, code: str) -> HttpResponse:
    """More time to acknowledge or to register, with the reason."""
    movement = _seen(request, code)
    if not (verdict := may_change_units(request.actor, movement)):
        raise Refused(verdict)
    form = ExtendForm(list(queries.silent_units(movement)), request.actor.day, request.POST or None)
    back = reverse("movements:one", args=[movement.code])
    if request.method == "POST" and form.is_valid():
        count = actions.extend(movement, **form.arguments(), by=request.actor)
        messages.success(
            request, f"Đã gia hạn cho {vietnamese.format_number(count)} đơn vị; trưởng các đơn vị được báo."
        )
        return redirect(back)
    context = {
        "step": {
            "label": "Gia hạn",
            "hint": "Hạn mới phải muộn hơn hạn đang có; lý do được giữ lại và báo cho đơn vị.",
        },
        "form": form,
        "about": movement.title,
        "back": back,
        "crumbs": [(back, movement.title)],
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def _units(actor: Actor) -> list[Unit]:
    standing = units_of(actor.agency).exclude(pk=actor.agency.pk).order_by("order", "name")
    return [unit for unit in standing if unit.is_valid_on(actor.day)]


def before_the_units(movement: Movement, actor: Actor, page: str = "") -> dict[str, Any]:
    """What the page of a movement shows of its roll-out: how far it is, one page of the board, the reader's own unit, and
    the duties next due."""
    ordered = in_order(movement, actor.day)
    own = next(iter(rows_of(movement, ordered.filter(unit=actor.unit), actor.day)), None)
    found = Paginator(ordered, LISTED).get_page(page)
    own_first = Case(When(unit=actor.unit, then=0), default=1)
    given = movement.assignments.select_related("unit", "movement__agency")
    given = given.order_by(F("done_on").asc(nulls_first=True), own_first, "due_on", "pk")
    return {
        "launch": launching.progress_of(movement),
        "page": found,
        "board": rows_of(movement, found.object_list, actor.day),
        "silent": queries.silent_units(movement).count(),
        "assigned": [(task, may_finish(actor, task)) for task in given[:LISTED]],
        "assigned_count": given.count(),
        "own": own,
        "may_acknowledge": bool(own and ROLL_OUT.verdict(own.roll_out, "acknowledge", actor)),
        "may_register": may_register(actor, own.registration) if own and own.registration else None,
        "may_remind": bool(is_clerk_of(actor, movement)),
        "may_change_units": bool(may_change_units(actor, movement)),
    }


def acknowledge(request: StaffRequest, code: str) -> HttpResponse:
    """The head of the unit has seen the movement and names who leads."""
    movement = _seen(request, code)
    row = get_object_or_404(movement.roll_outs.select_related("unit", "movement"), unit=request.actor.unit)
    if not (verdict := ROLL_OUT.verdict(row, "acknowledge", request.actor)):
        raise Refused(verdict)
    staff = staff_of(row.unit, on=request.actor.day)
    form = AcknowledgeForm(staff, row.version, request.POST or None)
    if request.method == "POST" and form.is_valid():
        leader = form.people[form.cleaned_data["leader"]]
        actions.acknowledge(row, leader, version=form.cleaned_data["version"], by=request.actor)
        messages.success(request, f"Đã xác nhận. {leader.honorific} {leader.full_name} phụ trách ở {row.unit.name}.")
        return redirect("movements:one", movement.code)
    context = {"movement": movement, "roll_out": row, "form": form}
    return render(request, "staff/movements/acknowledge.html", context, status=422 if form.errors else 200)


@require_POST
def finish(request: StaffRequest, code: str) -> HttpResponse:
    """Report an assigned duty as done today."""
    movement = _seen(request, code)
    key = request.POST.get("viec", "")
    task = get_object_or_404(movement.assignments.select_related("unit", "movement"), pk=key if key.isdecimal() else 0)
    actions.finish_assignment(task, on=request.actor.day, by=request.actor)
    messages.success(request, "Đã ghi việc này xong hôm nay.")
    return redirect("movements:one", movement.code)


def remind(request: StaffRequest, code: str) -> HttpResponse:
    """The words for the silent units: told in the product with one press, or copied elsewhere."""
    movement = _seen(request, code)
    if not (verdict := is_clerk_of(request.actor, movement)):
        raise Refused(verdict)
    rows = board(movement, request.actor.day)
    drafted = reminder(movement, rows)
    form = ReminderForm(request.POST or None, initial={"text": drafted})
    if request.method == "POST" and form.is_valid():
        told = actions.remind(movement, form.cleaned_data["text"], by=request.actor)
        messages.success(
            request, f"Đã gửi lời nhắc cho {told} đơn vị. Đơn vị nào trả lời thì rời khỏi danh sách im lặng."
        )
        return redirect("movements:one", movement.code)
    context = {"movement": movement, "form": form, "silent": [row for row in rows if row.is_silent], "drafted": drafted}
    return render(request, "staff/movements/remind.html", context, status=422 if form.errors else 200)
