"""Facts about how the criteria and rules of a movement are kept: the list, one fact, recording and withdrawing it."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang.kernel.workflow import Refused
from bangvang.movements.access import is_clerk_of, is_head_of, movements_visible_to
from bangvang.movements.models import Movement, RollOut
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress import actions, queries
from bangvang.progress.access import may_observe, may_withdraw_observation, observations_visible_to
from bangvang.progress.models import Observation
from bangvang.progress.workflow import OBSERVATION
from bangvang.web.staff.conduct_forms import ObservationForm
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.movement_forms import ReasonForm
from bangvang.web.staff.progress_forms import FileForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.steps import step_page
from bangvang.web.ui.story import story_of
from bangvang.web.ui.uploads import taken_in

CHIPS = {"kept": "ok", "broken": "warn"}


def _movement(request: StaffRequest, code: str) -> Movement:
    return get_object_or_404(movements_visible_to(request.actor).select_related("agency"), code=code)


def _seen(request: StaffRequest, code: str) -> Observation:
    seen = observations_visible_to(request.actor)
    return get_object_or_404(
        seen.select_related("movement__agency", "unit", "person", "file", "recorded_by"), code=code
    )


def _units(movement: Movement, actor: Actor) -> list[Unit]:
    """The units that the actor may record facts about: one query, however many take part."""
    rows = (
        movement.roll_outs.exclude(state=RollOut.State.WITHDRAWN).select_related("unit").order_by("unit__order", "pk")
    )
    if not is_clerk_of(actor, movement):
        rows = rows.filter(unit=actor.unit)
    return [row.unit for row in rows if is_clerk_of(actor, movement) or is_head_of(actor, row.unit_id)]


def of_movement(request: StaffRequest, code: str) -> HttpResponse:
    """What was observed in a movement, as far as the reader may see it; newest first."""
    movement = _movement(request, code)
    found = observations_visible_to(request.actor).filter(movement=movement).select_related("unit", "person")
    rows = [(one, CHIPS[one.kind]) for one in found]
    counts = Counter(one.kind for one, _ in rows if one.state == Observation.State.RECORDED)
    context = {
        "movement": movement,
        "rows": rows,
        "kept": counts[Observation.Kind.KEPT],
        "broken": counts[Observation.Kind.BROKEN],
        "may_observe": bool(_units(movement, request.actor)),
    }
    return render(request, "staff/conduct/all.html", context)


def new(request: StaffRequest, code: str) -> HttpResponse:
    """Record a fact: where several units take part, first of which unit."""
    movement = _movement(request, code)
    actor = request.actor
    units = _units(movement, actor)
    if not units:
        raise Refused(may_observe(actor, movement, actor.unit))
    unit = units[0] if len(units) == 1 else next((u for u in units if u.code == request.GET.get("don-vi")), None)
    if unit is None:
        return render(request, "staff/conduct/which_unit.html", {"movement": movement, "units": units})
    is_clerk = bool(is_clerk_of(actor, movement))
    form = ObservationForm(unit, queries.criteria_of(movement), actor.day, request.POST or None, is_clerk=is_clerk)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.observe(movement, unit, form.person(), form.fact(), by=actor)
        except Refused as refused:
            form.add_error(None, refused.verdict.reason)
        else:
            messages.success(request, "Đã ghi nhận. Có giấy tờ thì gửi kèm ở dưới.")
            return redirect("conduct:one", made.code)
    back = reverse("conduct:of_movement", args=[code])
    context = {
        "step": {"label": "Ghi nhận một việc", "hint": "Việc làm tốt hay vi phạm, có ngày, có căn cứ."},
        "form": form,
        "about": f"{unit.name}: {movement.title}",
        "back": back,
        "crumbs": [(reverse("movements:one", args=[code]), movement.title), (back, "Ghi nhận theo tiêu chí")],
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def one(request: StaffRequest, code: str) -> HttpResponse:
    return _page(request, _seen(request, code), FileForm(), 200)


def _page(request: StaffRequest, observation: Observation, form: FileForm, status: int) -> HttpResponse:
    may_change = bool(OBSERVATION.verdict(observation, "withdraw", request.actor, reason="…"))
    context = {
        "observation": observation,
        "movement": observation.movement,
        "chip": CHIPS[observation.kind],
        "may_change": may_change,
        "form": form if may_change and observation.file is None else None,
        "waiting": observation.file is not None and observation.file.state == StoredFile.State.WAITING,
        "answers": list(observation.breach_answers.select_related("nomination")),
        "story": story_of(observation),
    }
    return render(request, "staff/conduct/one.html", context, status=status)


@require_POST
def attach(request: StaffRequest, code: str) -> HttpResponse:
    """Take in the paper that the fact rests on; it is looked at in the limited child before anybody may open it."""
    observation = _seen(request, code)
    if not (verdict := may_withdraw_observation(request.actor, observation)):
        raise Refused(verdict)
    form = FileForm(request.POST, request.FILES)
    if (file := taken_in(request, form)) is not None:
        actions.attach_to_observation(observation, file, by=request.actor)
        messages.success(request, f"Đã nhận tệp “{file.name}”, đang kiểm tra.")
        return redirect("conduct:one", code)
    return _page(request, observation, form, 422)


def download(request: StaffRequest, code: str, file: str) -> HttpResponse:
    """The paper of a fact, for whoever sees the fact, once it was found in order."""
    found = get_object_or_404(StoredFile, observation=_seen(request, code), code=file, state=StoredFile.State.USABLE)
    return as_attachment(found.path.read_bytes(), found.name)


def withdraw(request: StaffRequest, code: str) -> HttpResponse:
    """Take a fact back, with the reason."""
    observation = _seen(request, code)
    page = reverse("conduct:one", args=[code])
    back = reverse("conduct:of_movement", args=[observation.movement.code])
    crumbs = [(back, "Ghi nhận theo tiêu chí"), (page, observation.about)]
    steps = {"withdraw": (ReasonForm, actions.withdraw_observation)}
    after = {"withdraw": "Đã rút ghi nhận; lý do được giữ lại."}
    about = f"{observation.about}: {observation.movement.title}"
    return step_page(
        request, OBSERVATION, observation, "withdraw", steps, after=after, page=page, about=about, crumbs=crumbs
    )
