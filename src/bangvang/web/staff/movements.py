"""Movements: the list, one plan, typing it, each step, the papers."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang.kernel import drafts
from bangvang.kernel.models import CODE_ALPHABET, public_code
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Overtaken, Refused, Workflow
from bangvang.movements import actions, queries
from bangvang.movements import papers as plan_papers
from bangvang.movements.access import may_draft, may_edit, movements_visible_to
from bangvang.movements.models import Movement
from bangvang.movements.workflow import PLAN, PUBLICITY
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people.queries import head_of
from bangvang.web.staff import news_about
from bangvang.web.staff.files import as_drawn, kept_paper
from bangvang.web.staff.life_forms import PaperForm, StopForm
from bangvang.web.staff.movement_beginnings import begun_from
from bangvang.web.staff.movement_forms import NumberForm, PasswordForm, PlanForm, ReasonForm, StepForm, UploadForm
from bangvang.web.staff.movement_life import of_chain, of_checklist, of_life
from bangvang.web.staff.progress import of_movement
from bangvang.web.staff.roll_out import before_the_units
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.sessions import kept_form
from bangvang.web.ui.steps import done_once
from bangvang.web.ui.story import sentence, story_of
from bangvang.web.ui.uploads import taken_in

OUR_CODE = re.compile(rf"[{CODE_ALPHABET}]{{10}}")
STATE_CHIPS = {
    "draft": "ink",
    "submitted": "ink",
    "returned": "warn",
    "approved": "ok",
    "issued": "done",
    "rolled_out": "done",
    "reviewed": "done",
    "closed": "done",
    "archived": "done",
    "stopped": "unknown",
    "cancelled": "unknown",
}
PATH = (
    ("draft", "Soạn kế hoạch"),
    ("submitted", "Giám đốc duyệt"),
    ("issued", "Ban hành"),
    ("rolled_out", "Triển khai"),
    ("reviewed", "Tổng kết"),
    ("closed", "Kết thúc"),
    ("archived", "Lưu trữ"),
)
STEPS: dict[str, tuple[Workflow, type[StepForm], Any]] = {
    "submit": (PLAN, StepForm, actions.submit),
    "recall": (PLAN, StepForm, actions.recall),
    "approve": (PLAN, PasswordForm, actions.approve),
    "return": (PLAN, ReasonForm, actions.send_back),
    "issue": (PLAN, NumberForm, actions.issue),
    "withdraw": (PLAN, ReasonForm, actions.withdraw),
    "cancel": (PLAN, ReasonForm, actions.cancel),
    "review": (PLAN, PaperForm, actions.note_review),
    "close": (PLAN, StepForm, actions.close),
    "reopen": (PLAN, ReasonForm, actions.reopen),
    "archive": (PLAN, StepForm, actions.archive),
    "stop": (PLAN, StopForm, actions.stop),
    "publish": (PUBLICITY, StepForm, actions.publish),
    "hide": (PUBLICITY, ReasonForm, actions.hide),
}
AFTER = {
    "submit": "Đã trình. Giám đốc thấy kế hoạch này trong “Việc của tôi”.",
    "recall": "Đã rút về. Kế hoạch lại sửa được.",
    "approve": "Đã duyệt. Văn thư ghi số, ngày rồi ban hành.",
    "return": "Đã trả lại, người soạn thấy lý do.",
    "issue": "Đã ban hành. Bản Word và PDF đang được lập, có ở mục “Văn bản” sau ít giây.",
    "withdraw": "Đã thu hồi bản duyệt. Kế hoạch lại sửa được.",
    "cancel": "Đã huỷ bản thảo. Nội dung vẫn còn đọc được.",
    "review": "Đã ghi tổng kết. Hết ngày cuối của phong trào thì ghi kết thúc.",
    "close": "Phong trào đã kết thúc. Các đơn vị không còn việc phải làm.",
    "reopen": "Đã mở lại phong trào.",
    "archive": "Đã đưa vào lưu trữ. Mọi nội dung vẫn đọc được.",
    "stop": "Đã huỷ kế hoạch. Các đơn vị đã nhận được báo kèm lý do.",
    "publish": "Phong trào đã hiện trên trang công khai.",
    "hide": "Đã gỡ khỏi trang công khai.",
}


def _seen(request: StaffRequest, code: str) -> Movement:
    movements = movements_visible_to(request.actor).select_related("agency__parent", "drafted_by")
    return get_object_or_404(movements, code=code)


def all_movements(request: StaffRequest) -> HttpResponse:
    words = request.GET.get("q", "")
    state = request.GET.get("trang-thai", "")
    found = queries.matching(movements_visible_to(request.actor), words)
    if state in Movement.State.values:
        found = found.filter(state=state)
    rows = [(movement, STATE_CHIPS[movement.state]) for movement in queries.accents_first(list(found[:200]), words)]
    context = {
        "rows": rows,
        "q": words,
        "state": state,
        "states": Movement.State.choices,
        "may_draft": may_draft(request.actor),
    }
    return render(request, "staff/movements/all.html", context)


def one(request: StaffRequest, code: str) -> HttpResponse:
    movement = _seen(request, code)
    actor = request.actor
    publicity = PUBLICITY.offers(movement, actor) if movement.state in Movement.ISSUED_STATES else []
    offers = sorted([*PLAN.offers(movement, actor), *publicity], key=lambda offer: not offer.verdict)
    plan = queries.current_plan(movement)
    context = {
        "movement": movement,
        "plan": plan,
        "chip": STATE_CHIPS[movement.state],
        "path": _path(movement),
        "offers": offers,
        "quiet_steps": movement.state in Movement.BEFORE_UNITS,  # then the board comes first
        "may_edit": may_edit(actor, movement),
        "may_record": _may_record(actor, movement),
        "story": story_of(movement),
        "papers": stored.papers_of(movement),
        "news": news_about.about(movement, actor),
    }
    context |= of_life(movement, actor) | of_chain(movement, actor)
    context |= of_checklist(movement, plan, actor)
    if movement.state in Movement.BEFORE_UNITS and (movement.roll_outs.exists() or movement.launches.exists()):
        context |= before_the_units(movement, actor, request.GET.get("trang", "")) | of_movement(movement, actor)
    return render(request, "staff/movements/one.html", context)


def _path(movement: Movement) -> list[tuple[str, str]]:
    """The stages with past, present or to come."""
    aside = {"returned": "draft", "cancelled": "draft", "approved": "issued", "stopped": "rolled_out"}
    reached = aside.get(movement.state, movement.state)
    place = [key for key, _ in PATH].index(reached)
    return [(label, "past" if i < place else "now" if i == place else "") for i, (_, label) in enumerate(PATH)]


def _may_record(actor: Any, movement: Movement) -> bool:
    head = head_of(movement.agency, on=actor.day)
    return (
        head is not None
        and bool(PLAN.verdict(movement, "approve", actor.recording_for(head, "…")))
        and head != actor.duty
    )


def new(request: StaffRequest) -> HttpResponse:
    """A typed plan. The code is given with the empty form, so a second press makes no second plan."""
    if not (verdict := may_draft(request.actor)):
        raise Refused(verdict)
    kept = _kept(request)
    begun = begun_from(request)
    form = PlanForm(request.POST or None, initial=kept or begun.initial)
    code = request.POST.get("code") or (kept or {}).get("code", "")
    if not OUR_CODE.fullmatch(code):
        code = public_code()
    if request.method == "POST" and form.is_valid():
        try:
            movement = actions.draft(form.plan(), code=code, by=request.actor)
        except IntegrityError:
            messages.info(request, "Bản thảo này đã lưu từ lần bấm trước, không lưu thêm bản thứ hai.")
            return redirect("movements:one", code)
        _forget(request, "movement:new")
        messages.success(request, "Đã lưu bản thảo. Khi đủ nội dung thì trình duyệt.")
        return redirect(movement_page(movement))
    draft = None if begun.told else _draft(request, "movement:new")
    context = {"form": form, "code": code, "draft": draft, "draft_name": "movement:new", "begun_from": begun.told}
    return render(request, "staff/movements/edit.html", context, status=422 if form.errors else 200)


def edit(request: StaffRequest, code: str) -> HttpResponse:
    movement = _seen(request, code)
    name = f"movement:{code}"
    if not (verdict := may_edit(request.actor, movement)):
        if request.method == "POST":
            _keep_typed(request, name)
            messages.info(request, "Phần vừa gõ được lưu tạm: khi kế hoạch lại sửa được, mở “Sửa kế hoạch” là thấy.")
        raise Refused(verdict)
    kept = _kept(request)
    standing = PlanForm.initial_of(queries.current_plan(movement))
    form = PlanForm(request.POST or None, initial=kept or standing)
    version = _version(request.POST if request.method == "POST" else kept or {"version": movement.version})
    context: dict[str, Any] = {"form": form, "movement": movement, "version": version, "draft_name": name}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.edit(movement, form.plan(), version=version, by=request.actor)
            except Overtaken as overtaken:
                movement.refresh_from_db()
                context |= {"version": movement.version, "overtaken": _both_texts(form, movement, overtaken)}
                status = 409
            else:
                _forget(request, name)
                messages.success(request, "Đã lưu.")
                return redirect(movement_page(movement))
    context["draft"] = _draft(request, name) if request.method == "GET" else None
    return render(request, "staff/movements/edit.html", context, status=status)


def _both_texts(form: PlanForm, movement: Movement, overtaken: Overtaken) -> dict[str, Any]:
    """Who saved in between, and each field that now reads differently: the saved text beside the typed one."""
    saved = PlanForm.initial_of(queries.current_plan(movement))
    differing = [
        (form[name].label, form.fields[name].prepare_value(saved[name]), form[name].value())
        for name in saved
        if form.cleaned_data.get(name) != saved[name]
    ]
    return {"told": sentence(overtaken.last) if overtaken.last else None, "differing": differing}


def movement_page(movement: Movement) -> str:
    return reverse("movements:one", args=[movement.code])


def _draft(request: StaffRequest, name: str) -> Any:
    return None if "nhap" in request.GET else drafts.find(request.user.pk, name)


def _version(source: Mapping[str, Any]) -> int:
    """The version that a form was opened with; text kept from before brings its own, so that it cannot overwrite unseen."""
    text = str(source.get("version", ""))
    return int(text) if text.isdecimal() else 0


def _kept(request: StaffRequest) -> dict[str, Any] | None:
    """What to fill the form with instead of the saved text: an autosaved draft, or a form that came after the session ended."""
    late = "giu-lai" in request.GET
    if not late and "nhap" not in request.GET:
        return None
    match = request.resolver_match
    code = match.kwargs.get("code", "new") if match else "new"
    kept = drafts.find(request.user.pk, kept_form(request.path) if late else f"movement:{code}")
    if kept is None:
        return None
    return {name: values[0] if isinstance(values, list) and values else values for name, values in kept.fields.items()}


def _forget(request: StaffRequest, name: str) -> None:
    drafts.drop(request.user.pk, name)
    drafts.drop(request.user.pk, kept_form(request.path))


def _keep_typed(request: StaffRequest, name: str) -> None:
    """Keep the plan as typed under the draft's name. ValueError when it is too long to keep."""
    fields = {
        key: request.POST.get(key, "") for key in (*PlanForm.base_fields, "version", "code") if key in request.POST
    }
    drafts.keep(request.user.pk, name, fields)


@require_POST
def autosave(request: StaffRequest) -> HttpResponse:
    """Keep what was typed so far for its owner; answers with one line for the status of the form."""
    name = request.POST.get("draft_name", "")
    if not name.startswith("movement:"):
        raise Http404
    try:
        _keep_typed(request, name)
    except ValueError as error:
        return HttpResponse(str(error), status=413)
    return HttpResponse("Đã lưu tạm trên máy chủ.")


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """One step of the tables: first what will happen, then the act."""
    movement = _seen(request, code)
    if name == "roll_out":
        return redirect("movements:roll_out", code)
    if name not in STEPS:
        raise Http404
    workflow, form_class, act = STEPS[name]
    row = workflow.step(name)
    form = form_class(request, movement, request.POST or None)
    form.initial = {**form.initial, **(_kept(request) or {})}
    if request.method == "POST" and form.is_valid():
        return _done(request, movement, f"{workflow.name}.{name}", partial(act, **form.arguments()))
    if not (verdict := workflow.verdict(movement, name, request.actor, reason="…")):
        raise Refused(verdict)
    context = {"movement": movement, "step": row, "form": form, "risk": row.reason_required}
    return render(request, "staff/movements/step.html", context, status=422 if form.errors else 200)


def _done(request: StaffRequest, movement: Movement, verb: str, act: Callable[..., None]) -> HttpResponse:
    """Act and go to the movement's page."""
    if done_once(request, verb, lambda: act(movement, by=request.actor), AFTER[verb.rpartition(".")[2]]):
        drafts.drop(request.user.pk, kept_form(request.path))
    return redirect(movement_page(movement))


def record_approval(request: StaffRequest, code: str) -> HttpResponse:
    """The head signed on paper: attach the signed copy, wait until it was looked at, confirm. Shown everywhere as such."""
    movement = _seen(request, code)
    head = head_of(movement.agency, on=request.actor.day)
    file = StoredFile.objects.filter(code=request.GET.get("tep", ""), received_from=request.user).first()
    if request.method == "POST" and file is not None and head is not None:
        record = partial(actions.record_approval, signed_by=head, paper=file, version=_version(request.POST))
        return _done(request, movement, "movement.approve", record)
    if head is None or not _may_record(request.actor, movement):
        raise Refused(
            PLAN.verdict(movement, "approve", request.actor)
            and no("Người đứng đầu cơ quan tự duyệt, không nhập theo văn bản. Xin dùng nút “Duyệt kế hoạch”.")
        )
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (received := taken_in(request, form)) is not None:
        return redirect(f"{request.path}?tep={received.code}")
    context = {"movement": movement, "form": form, "file": file, "head": head}
    return render(request, "staff/movements/record_approval.html", context, status=422 if form.errors else 200)


def preview(request: StaffRequest, code: str, format_: str) -> HttpResponse:
    """The plan as it would look now, number and day blank; nothing is kept."""
    movement = _seen(request, code)
    plan = plan_papers.plan(movement, queries.current_plan(movement))
    return as_drawn(plan, plan_papers.file_name(movement), format_)


def paper(request: StaffRequest, code: str, paper: str, format_: str) -> HttpResponse:
    """An issued paper, byte for byte as it was made."""
    return kept_paper(_seen(request, code), paper, format_)
