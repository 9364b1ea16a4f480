"""Registering: a unit's page, its steps, a pasted list, the table of all units, lists and papers out."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import F, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang.kernel.workflow import Refused
from bangvang.movements import actions
from bangvang.movements import papers as movement_papers
from bangvang.movements.access import (
    is_clerk_of,
    is_head_of,
    may_register_for,
    movements_visible_to,
    registrations_visible_to,
)
from bangvang.movements.models import Movement, Registration, RegistrationLine
from bangvang.movements.registering import PastedRow, label_of_award, pasted
from bangvang.movements.workflow import REGISTRATION
from bangvang.papers import xlsx
from bangvang.people.access import is_leader
from bangvang.people.models import Person
from bangvang.people.queries import staff_of
from bangvang.web.staff.files import as_attachment, as_drawn
from bangvang.web.staff.movement_forms import ReasonForm, StepForm
from bangvang.web.staff.reach import Reach, reach_of, year_of
from bangvang.web.staff.registration_forms import LineForm, PasteForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.steps import step_page
from bangvang.web.ui.story import story_of

CHIPS = {"draft": "ink", "sent": "ink", "returned": "warn", "accepted": "ok"}
STEPS: dict[str, tuple[type[StepForm], Any]] = {
    "send": (StepForm, actions.send_registration),
    "recall": (StepForm, actions.recall_registration),
    "return": (ReasonForm, actions.return_registration),
    "accept": (StepForm, actions.accept_registration),
}
AFTER = {
    "send": "Đã gửi. Thường trực thấy bản đăng ký ngay.",
    "recall": "Đã rút về. Sửa xong thì gửi lại trước hạn.",
    "return": "Đã trả lại, đơn vị thấy lý do.",
    "accept": "Đã tiếp nhận, bản đăng ký vào bảng tổng hợp.",
}
COLUMNS = ("Đơn vị", "Cá nhân, tập thể", "Năm sinh", "Danh hiệu, hình thức", "Chỉ tiêu", "Trong tầm", "Còn thiếu")
UNIT_FIRST = F("person__sort_key").asc(nulls_first=True)
LINES = Prefetch("lines", RegistrationLine.objects.select_related("person").order_by(UNIT_FIRST, "pk"))


def _seen(request: StaffRequest, code: str) -> Registration:
    seen = registrations_visible_to(request.actor).select_related("unit", "movement__agency").prefetch_related(LINES)
    return get_object_or_404(seen, code=code)


def _form(request: StaffRequest, registration: Registration) -> LineForm | None:
    """The form of a new line for whoever may add one: the head for everybody, others for themselves."""
    actor = request.actor
    if not may_register_for(actor, registration, actor.person):
        return None
    is_head = is_head_of(actor, registration.unit_id)
    staff = [d for d in staff_of(registration.unit, on=actor.day) if is_head or d.person == actor.person]
    given = request.POST if request.method == "POST" else None
    return LineForm(registration, staff, given, collective=is_head, initial={"who": actor.person.code})


def one(request: StaffRequest, code: str) -> HttpResponse:
    registration = _seen(request, code)
    actor = request.actor
    form = _form(request, registration)
    if request.method == "POST":
        if form is None:
            raise Refused(may_register_for(actor, registration, actor.person))
        if form.is_valid():
            line = actions.register(registration, by=actor, **form.line())
            messages.success(request, f"Đã ghi “{label_of_award(line.award)}”.")
            return redirect("registrations:one", code)
    reach = reach_of(registration.movement, registration.lines.all(), actor)
    rows = [
        (line, label_of_award(line.award), bool(may_register_for(actor, registration, line.person)), reach.get(line.pk))
        for line in registration.lines.all()
    ]
    context = {
        "registration": registration,
        "movement": registration.movement,
        "roll_out": registration.movement.roll_outs.filter(unit=registration.unit).first(),
        "chip": CHIPS[registration.state],
        "rows": rows,
        "reach_year": year_of(registration.movement, actor) if reach else None,
        "form": form,
        "is_head": is_head_of(actor, registration.unit_id),
        "why_not": None if form else may_register_for(actor, registration, actor.person),
        "offers": [
            offer for offer in REGISTRATION.offers(registration, actor) if _concerns(request, registration, offer)
        ],
        "sees_all": bool(is_clerk_of(actor, registration.movement)) or is_leader(actor),
        "story": story_of(registration),
    }
    return render(request, "staff/registrations/one.html", context, status=422 if form and form.errors else 200)


def _concerns(request: StaffRequest, registration: Registration, offer: Any) -> bool:
    """The steps one can take, and those of one's own side that wait for something."""
    if offer.verdict:
        return True
    own_unit = request.actor.unit.pk == registration.unit_id
    return own_unit and offer.step.name == "send"


@require_POST
def take_back(request: StaffRequest, code: str) -> HttpResponse:
    """Take one line out of an open registration."""
    registration = _seen(request, code)
    key = request.POST.get("dong", "")
    lines = registration.lines.select_related("person", "registration__unit", "registration__movement")
    line = get_object_or_404(lines, pk=key if key.isdecimal() else 0)
    actions.unregister(line, by=request.actor)
    messages.success(request, f"Đã bỏ dòng “{label_of_award(line.award)}”.")
    return redirect("registrations:one", code)


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """Send, recall, return, accept: first what will happen, then the act."""
    registration = _seen(request, code)
    page = reverse("registrations:one", args=[code])
    return step_page(
        request,
        REGISTRATION,
        registration,
        name,
        STEPS,
        after=AFTER,
        page=page,
        about=f"{registration.unit.name}: {registration.movement.title}",
        crumbs=[
            (reverse("movements:one", args=[registration.movement.code]), registration.movement.title),
            (page, "Đăng ký"),
        ],
    )


def paste(request: StaffRequest, code: str) -> HttpResponse:
    """A list from Excel: first row by row what was understood, then all rows in order are registered at once."""
    registration = _seen(request, code)
    if not (verdict := may_register_for(request.actor, registration, None)):
        raise Refused(verdict)
    form = PasteForm(request.POST or None)
    rows: list[PastedRow] = []
    if request.method == "POST" and form.is_valid():
        rows = pasted(form.cleaned_data["rows"], registration, day=request.actor.day, chosen=_chosen(request))
        good = [row for row in rows if not row.trouble]
        if "ghi" in request.POST and good:
            lines = [(row.person, row.award, row.target) for row in good]
            count = actions.register_many(registration, lines, by=request.actor)
            left = len(rows) - count
            messages.success(request, f"Đã ghi {count} dòng." + (f" Còn {left} dòng chưa ghi được." if left else ""))
            return redirect("registrations:one", code)
    context = {
        "registration": registration,
        "form": form,
        "rows": [(row, label_of_award(row.award)) for row in rows],
        "good": sum(not row.trouble for row in rows),
        "bad": sum(bool(row.trouble) for row in rows),
    }
    return render(request, "staff/registrations/paste.html", context, status=422 if form.errors else 200)


def _chosen(request: StaffRequest) -> dict[int, str]:
    """Which namesake is meant, by the row's number."""
    prefix = "nguoi_"
    found = {key.removeprefix(prefix): str(request.POST[key]) for key in request.POST if key.startswith(prefix)}
    return {int(number): code for number, code in found.items() if number.isdecimal() and code}


def _movement(request: StaffRequest, code: str) -> Movement:
    movement = get_object_or_404(movements_visible_to(request.actor).select_related("agency__parent"), code=code)
    if not is_leader(request.actor) and not (verdict := is_clerk_of(request.actor, movement)):
        raise Refused(verdict)
    return movement


def _of(movement: Movement) -> list[Registration]:
    return list(
        movement.registrations.select_related("unit", "movement")
        .prefetch_related(LINES)
        .order_by("unit__order", "unit__name")
    )


def summary(request: StaffRequest, code: str) -> HttpResponse:
    """Every unit's registration in one table, those that wait for the clerk first."""
    movement = _movement(request, code)
    found = _of(movement)
    reach = _reach(movement, found, request)
    weight = {"sent": 0, "returned": 1, "draft": 2, "accepted": 3}
    table = [
        (
            registration,
            CHIPS[registration.state],
            [(line, label_of_award(line.award), reach.get(line.pk)) for line in registration.lines.all()],
        )
        for registration in sorted(found, key=lambda one: weight[one.state])
    ]
    context = {
        "movement": movement,
        "table": table,
        "reach_year": year_of(movement, request.actor) if reach else None,
        "sent": sum(one.state in {"sent", "accepted"} for one in found),
        "lines": sum(len(one.lines.all()) for one in found),
    }
    return render(request, "staff/registrations/summary.html", context)


def _reach(movement: Movement, found: list[Registration], request: StaffRequest) -> dict[int, Reach]:
    return reach_of(movement, [line for one in found for line in one.lines.all()], request.actor)


def summary_file(request: StaffRequest, code: str, format_: str) -> HttpResponse:
    """All lines as xlsx; what was sent or accepted as a paper (docx, pdf)."""
    movement = _movement(request, code)
    name = f"Tong-hop-dang-ky-{movement.code}"
    if format_ == "xlsx":
        found = _of(movement)
        cells = _cells(found, _reach(movement, found, request))
        return as_attachment(xlsx.write("Đăng ký", COLUMNS, cells), f"{name}.xlsx")
    answered = [one for one in _of(movement) if one.state in {Registration.State.SENT, Registration.State.ACCEPTED}]
    return as_drawn(movement_papers.registration_summary(movement, answered), name, format_)


def as_xlsx(request: StaffRequest, code: str) -> HttpResponse:
    registration = _seen(request, code)
    reach = reach_of(registration.movement, registration.lines.all(), request.actor)
    cells = _cells([registration], reach)
    return as_attachment(xlsx.write("Đăng ký", COLUMNS, cells), f"Dang-ky-{registration.code}.xlsx")


def _cells(registrations: Iterable[Registration], reach: dict[int, Reach]) -> list[tuple[str | int | None, ...]]:
    return [
        (
            registration.unit.name,
            _name_of(line.person),
            line.person.birth_year if line.person else None,
            label_of_award(line.award),
            line.target,
            reach[line.pk].word if line.pk in reach else "",
            reach[line.pk].missing if line.pk in reach else "",
        )
        for registration in registrations
        for line in registration.lines.all()
    ]


def _name_of(person: Person | None) -> str:
    return person.full_name if person else "Tập thể"
