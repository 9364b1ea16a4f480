"""How one unit carries a movement out: its plan, the tasks of its people, the units below it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang import vietnamese
from bangvang.kernel.workflow import Refused
from bangvang.movements import actions
from bangvang.movements.access import may_finish_task, may_pass_on, may_plan, roll_outs_visible_to
from bangvang.movements.models import RollOut, UnitPlan, UnitTask
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from bangvang.people.queries import staff_of
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.progress_forms import FileForm
from bangvang.web.staff.unit_tasks import Task, due
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, WordsField
from bangvang.web.ui.story import story_of
from bangvang.web.ui.uploads import taken_in

LONGEST_PLAN = 20_000  # characters


class PlanForm(ErrorSummaryMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label="Cách thực hiện", choices=UnitPlan.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="Nội dung kế hoạch riêng",
        required=False,
        max_length=LONGEST_PLAN,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Thực hiện nguyên kế hoạch thì để trống. Bản đã ký thì gửi tệp sau khi lưu.",
    )

    def clean(self) -> None:
        self.cleaned_data["text"] = vietnamese.clean_lines(self.cleaned_data.get("text", ""))
        if self.cleaned_data.get("kind") == UnitPlan.Kind.OWN and not self.cleaned_data["text"]:
            self.add_error("text", "Kế hoạch riêng cần ghi nội dung.")


class TaskForm(ErrorSummaryMixin, forms.Form):
    """`offered` are the contents and indicators of the movement; another task is typed."""

    chosen = forms.ChoiceField(label="Nội dung, chỉ tiêu của phong trào", required=False)
    text = WordsField(label="Hoặc việc khác", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    person = forms.ChoiceField(label="Giao cho")
    due_on = DayField(label="Hạn")

    def __init__(self, offered: list[str], staff: list[Duty], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = dict(enumerate(offered))
        self.people = {duty.person.code: duty.person for duty in staff}
        for name, first, choices in (
            ("chosen", "Việc khác, ghi ở dưới", [(str(key), text) for key, text in self.offered.items()]),
            ("person", "Chọn một người", [(d.person.code, f"{d.person.full_name}, {d.title}") for d in staff]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", first), *choices]

    def clean(self) -> None:
        if not self.cleaned_data.get("chosen") and not self.cleaned_data.get("text"):
            self.add_error("text", "Xin chọn một nội dung, chỉ tiêu hoặc ghi việc khác.")

    def words(self) -> str:
        chosen = self.cleaned_data["chosen"]
        return ". ".join(filter(None, [self.offered[int(chosen)] if chosen else "", self.cleaned_data["text"]]))


def of_plans(actor: Actor) -> list[Task]:
    """The tasks that the actor was given in the unit and has not done."""
    mine = UnitTask.objects.filter(person=actor.person, done_on__isnull=True, plan__roll_out__unit=actor.unit)
    standing = mine.filter(plan__roll_out__in=roll_outs_visible_to(actor)).exclude(
        plan__roll_out__state=RollOut.State.WITHDRAWN
    )
    return [
        due(
            task.text,
            task.plan.roll_out.movement,
            reverse("unit_plans:one", args=[task.plan.roll_out.code]),
            "Mở",
            task.due_on,
            actor,
        )
        for task in standing.select_related("plan__roll_out__movement").order_by("due_on", "pk")
    ]


def _seen(request: StaffRequest, code: str) -> RollOut:
    seen = roll_outs_visible_to(request.actor).select_related("unit", "movement__agency", "leader")
    return get_object_or_404(seen, code=code)


def _plan(roll_out: RollOut) -> UnitPlan | None:
    return UnitPlan.objects.filter(roll_out=roll_out).select_related("roll_out__unit", "file", "written_by").first()


def _below(roll_out: RollOut, actor: Actor) -> list[Unit]:
    """Units below that have not received the movement."""
    have = roll_out.movement.roll_outs.values("unit")
    return list(roll_out.unit.children.as_of(actor.day).exclude(pk__in=have).order_by("order", "name", "pk"))


def one(request: StaffRequest, code: str) -> HttpResponse:
    """The page; its one button hands the movement on to all units below that have not received it."""
    roll_out = _seen(request, code)
    if request.method == "POST":
        count = actions.pass_on(roll_out, _below(roll_out, request.actor), by=request.actor)
        messages.success(request, f"Đã triển khai đến {count} đơn vị trực thuộc.")
        return redirect("unit_plans:one", code)
    return _page(request, roll_out, FileForm(), 200)


def _page(request: StaffRequest, roll_out: RollOut, form: FileForm, status: int) -> HttpResponse:
    actor = request.actor
    plan = _plan(roll_out)
    tasks = list(plan.tasks.select_related("person", "plan__roll_out__unit").order_by("due_on", "pk")) if plan else []
    below = roll_out.movement.roll_outs.filter(unit__parent=roll_out.unit).select_related("unit", "leader")
    context = {
        "roll_out": roll_out,
        "movement": roll_out.movement,
        "plan": plan,
        "tasks": [(task, task.done_on is None and bool(may_finish_task(actor, task))) for task in tasks],
        "done": sum(task.done_on is not None for task in tasks),
        "below": list(below.order_by("unit__order", "unit__name")),
        "to_pass_on": _below(roll_out, actor) if may_pass_on(actor, roll_out) else [],
        "may_plan": may_plan(actor, roll_out),
        "form": form,
        "waiting": plan is not None and plan.file is not None and plan.file.state == StoredFile.State.WAITING,
        "story": story_of(plan) if plan else [],
    }
    return render(request, "staff/movements/unit_plan.html", context, status=status)


def _asked(request: StaffRequest, roll_out: RollOut, form: forms.Form, label: str, hint: str) -> HttpResponse:
    back = reverse("unit_plans:one", args=[roll_out.code])
    movement = roll_out.movement
    context = {
        "step": {"label": label, "hint": hint},
        "form": form,
        "about": f"{roll_out.unit.name}: {movement.title}",
        "back": back,
        "crumbs": [(reverse("movements:one", args=[movement.code]), movement.title), (back, "Kế hoạch của đơn vị")],
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def write(request: StaffRequest, code: str) -> HttpResponse:
    """Adopt the whole plan, or write the unit's own."""
    roll_out = _seen(request, code)
    if not (verdict := may_plan(request.actor, roll_out)):
        raise Refused(verdict)
    plan = _plan(roll_out)
    initial = {"kind": plan.kind, "text": plan.text, "version": plan.version} if plan else {"kind": "adopted"}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.write_unit_plan(roll_out, **form.cleaned_data, by=request.actor)
        messages.success(request, "Đã lưu. Giao từng nội dung, chỉ tiêu cho người làm ở dưới.")
        return redirect("unit_plans:one", code)
    return _asked(request, roll_out, form, "Lưu cách thực hiện", "Thường trực và lãnh đạo đọc được.")


@require_POST
def attach(request: StaffRequest, code: str) -> HttpResponse:
    """Take in the unit's signed plan; it is looked at in the limited child before anybody may open it."""
    roll_out = _seen(request, code)
    plan = _plan(roll_out)
    if plan is None:
        raise Http404
    form = FileForm(request.POST, request.FILES)
    if not (verdict := may_plan(request.actor, roll_out)):
        raise Refused(verdict)
    if (file := taken_in(request, form)) is not None:
        actions.attach_to_unit_plan(plan, file, by=request.actor)
        messages.success(request, f"Đã nhận tệp “{file.name}”, đang kiểm tra.")
        return redirect("unit_plans:one", code)
    return _page(request, roll_out, form, 422)


def download(request: StaffRequest, code: str, file: str) -> HttpResponse:
    found = get_object_or_404(
        StoredFile, unit_plan__roll_out=_seen(request, code), code=file, state=StoredFile.State.USABLE
    )
    return as_attachment(found.path.read_bytes(), found.name)


def give(request: StaffRequest, code: str) -> HttpResponse:
    """Give a content, an indicator or another task to somebody of the unit."""
    roll_out = _seen(request, code)
    plan = _plan(roll_out)
    if plan is None:
        raise Http404
    if not (verdict := may_plan(request.actor, roll_out)):
        raise Refused(verdict)
    movement = roll_out.movement
    contents = list(movement.lines.filter(section="contents").order_by("position").values_list("text", flat=True))
    indicators = [f"Chỉ tiêu: {one.label}" for one in movement.indicators.all()]
    staff = staff_of(roll_out.unit, on=request.actor.day)
    form = TaskForm([*contents, *indicators], staff, request.POST or None, initial={"due_on": movement.ends_on})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            person = form.people[given["person"]]
            actions.give_task(plan, person, form.words(), due_on=given["due_on"], by=request.actor)
        except Refused as refused:
            form.add_error("due_on", refused.verdict.reason)
        else:
            messages.success(request, f"Đã giao cho {person.full_name}.")
            return redirect("unit_plans:one", code)
    return _asked(request, roll_out, form, "Giao việc", "Người được giao thấy ngay trong “Việc của tôi”.")


@require_POST
def finish(request: StaffRequest, code: str) -> HttpResponse:
    roll_out = _seen(request, code)
    tasks = UnitTask.objects.filter(plan__roll_out=roll_out).select_related("plan__roll_out__unit", "person")
    task = get_object_or_404(tasks, code=request.POST.get("viec", ""))
    actions.finish_task(task, by=request.actor)
    messages.success(request, "Đã ghi việc này xong hôm nay.")
    return redirect("unit_plans:one", code)
