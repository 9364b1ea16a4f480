"""A movement after its plan was issued: an open end that is declared met, a plan corrected or cancelled by a signed paper."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bangvang.decisions.access import decisions_visible_to
from bangvang.decisions.models import Decision
from bangvang.honours.findings import the_book
from bangvang.kernel.verdict import Verdict, no
from bangvang.kernel.workflow import Refused
from bangvang.movements import actions, queries
from bangvang.movements.access import (
    may_correct,
    may_declare_end,
    may_draft,
    may_reach_milestone,
    may_retract_end,
    movements_readable_by,
    movements_visible_to,
)
from bangvang.movements.changes import shown
from bangvang.movements.checklist import checklist
from bangvang.movements.models import Movement
from bangvang.movements.queries import PlanFields
from bangvang.movements.workflow import PLAN
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.people.queries import head_of
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.life_forms import CorrectionForm, EndForm, SignedStopForm
from bangvang.web.staff.movement_forms import PlanForm, ReasonForm, UploadForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.keeping import forget, kept
from bangvang.web.ui.uploads import taken_in


def _seen(request: StaffRequest, code: str) -> Movement:
    return get_object_or_404(movements_visible_to(request.actor).select_related("agency__parent"), code=code)


def of_life(movement: Movement, actor: Actor) -> dict[str, Any]:
    """What the page of a movement shows of its life: where it stands today, later papers, decisions, what may be entered."""
    if movement.state not in Movement.ISSUED_STATES:
        return {}
    honoured = decisions_visible_to(actor).filter(movement=movement, state=Decision.State.ISSUED)
    return {
        "phase": queries.phase(movement, actor.day),
        "later_papers": [
            (paper, shown(paper.changes))
            for paper in movement.later_papers.select_related("file").order_by("-issued_on", "-pk")
        ],
        "honoured": list(honoured.order_by("issued_on", "pk")),
        "may_declare_end": bool(may_declare_end(actor, movement)),
        "may_retract_end": bool(may_retract_end(actor, movement)),
        "may_begin_again": bool(may_draft(actor)),
        "may_correct": bool(may_correct(actor, movement)),
        "may_record_stop": _head_signing(movement, actor) is not None,
    }


def of_checklist(movement: Movement, plan: PlanFields, actor: Actor) -> dict[str, Any]:
    """The plan beside what the law asks, until it is issued; for whoever drafts and decides."""
    if movement.state in Movement.ISSUED_STATES or movement.state == Movement.State.CANCELLED:
        return {}
    return {"checklist": checklist(movement, plan, the_book(), actor.day)}


def of_chain(movement: Movement, actor: Actor) -> dict[str, Any]:
    """The superior's movement above and those below that answer, as far as the reader may know of them; the stages."""
    ours = set(movements_visible_to(actor).filter(pk__in=_keys_around(movement)).values_list("pk", flat=True))
    below = movements_readable_by(actor).filter(answers=movement, state__in=Movement.ISSUED_STATES)
    return {
        "superior": queries.superior_document(movement),
        "chain": [(one, one.pk in ours) for one in reversed(queries.chain_above(movement))],
        "answered_by": [(one, one.pk in ours) for one in below.select_related("agency").order_by("-issued_on", "-pk")],
        "milestones": [
            (one, may_reach_milestone(actor, one)) for one in movement.milestones.select_related("movement__agency")
        ],
    }


def _keys_around(movement: Movement) -> list[int]:
    above = [one.pk for one in queries.chain_above(movement)]
    return above + list(movement.answered_by.values_list("pk", flat=True))


@require_POST
def reach_milestone(request: StaffRequest, code: str) -> HttpResponse:
    """A stage of the plan is done today."""
    movement = _seen(request, code)
    place = request.POST.get("moc", "")
    milestones = movement.milestones.select_related("movement__agency")
    found = get_object_or_404(milestones, position=place if place.isdecimal() else 0)
    actions.reach_milestone(found, by=request.actor)
    messages.success(request, f"Đã ghi mốc “{found.name}” xong hôm nay.")
    return redirect("movements:one", code)


def _asked(request: StaffRequest, movement: Movement, form: Any, label: str, hint: str) -> HttpResponse:
    context = {"movement": movement, "step": {"label": label, "hint": hint}, "form": form, "risk": False}
    return render(request, "staff/movements/step.html", context, status=422 if form.errors else 200)


def declare_end(request: StaffRequest, code: str) -> HttpResponse:
    """Somebody says that the condition of an open end is met: the last day, in which words."""
    movement = _seen(request, code)
    form = EndForm(request, movement, request.POST or None)
    form.initial = {**form.initial, **kept(request, "")}
    if request.method == "POST" and form.is_valid():
        actions.declare_end(movement, by=request.actor, **form.arguments())
        forget(request, "")
        messages.success(
            request, "Đã ghi ngày kết thúc, các đơn vị được báo. Tổng kết xong thì ghi kết thúc phong trào."
        )
        return redirect("movements:one", code)
    if not (verdict := may_declare_end(request.actor, movement)):
        raise Refused(verdict)
    hint = (
        f"Kế hoạch ghi: kết thúc khi {movement.end_condition}. Tên người ghi và câu dưới đây được giữ cùng phong trào."
    )
    return _asked(request, movement, form, "Ghi điều kiện kết thúc đã đạt", hint)


def retract_end(request: StaffRequest, code: str) -> HttpResponse:
    """An end declared by mistake is taken back with a reason."""
    movement = _seen(request, code)
    form = ReasonForm(request, movement, request.POST or None)
    form.initial = {**form.initial, **kept(request, "")}
    if request.method == "POST" and form.is_valid():
        actions.retract_end(movement, by=request.actor, **form.arguments())
        forget(request, "")
        messages.success(request, "Đã bỏ ngày kết thúc. Phong trào tiếp tục, các đơn vị được báo.")
        return redirect("movements:one", code)
    if not (verdict := may_retract_end(request.actor, movement)):
        raise Refused(verdict)
    hint = "Phong trào tiếp tục như kế hoạch; các đơn vị được báo kèm lý do."
    return _asked(request, movement, form, "Bỏ ngày kết thúc đã ghi", hint)


def later_paper(request: StaffRequest, code: str, paper: str) -> HttpResponse:
    """The signed copy of a later paper, once it was found in order."""
    movement = _seen(request, code)
    found = get_object_or_404(movement.later_papers.select_related("file"), code=paper)
    if found.file is None or found.file.state != StoredFile.State.USABLE:
        raise Http404
    return as_attachment(found.file.path.read_bytes(), found.file.name)


# --- from a signed copy: first the file, then what it says ------------------------------------------------------------


def correct(request: StaffRequest, code: str) -> HttpResponse:
    """A signed paper corrects the plan: the plan's form, as the paper leaves it."""
    movement = _seen(request, code)
    if not (verdict := may_correct(request.actor, movement)):
        raise Refused(verdict)
    initial = {**PlanForm.initial_of(queries.current_plan(movement)), "version": movement.version}
    initial |= kept(request, "")
    form = CorrectionForm(request.POST if "tep" in request.GET and request.POST else None, initial=initial)

    def act(file: StoredFile) -> None:
        paper, version = form.paper(file), form.cleaned_data["version"]
        actions.correct(movement, form.plan(), paper=paper, version=version, by=request.actor)
        messages.success(
            request, f"Kế hoạch đã điều chỉnh theo {paper.number}. Chữ cũ vẫn đọc được ở mục “Văn bản sau kế hoạch”."
        )

    words = (
        "Điều chỉnh kế hoạch bằng văn bản",
        "Gửi bản đã ký của văn bản điều chỉnh, rồi sửa những chỗ văn bản đó thay đổi.",
    )
    return _from_signed_copy(request, movement, form, act, words, "Ghi điều chỉnh theo văn bản này")


def record_stop(request: StaffRequest, code: str) -> HttpResponse:
    """The head cancelled the plan on paper: the standing body or the registry enters it from the signed copy."""
    movement = _seen(request, code)
    signed_by = _head_signing(movement, request.actor)
    if signed_by is None:
        raise Refused(_why_not_from_paper(movement, request.actor))
    form = SignedStopForm(request, movement, request.POST if "tep" in request.GET and request.POST else None)
    form.initial = {**form.initial, **kept(request, "")}

    def act(file: StoredFile) -> None:
        given = form.arguments()
        actions.record_stop(
            movement, reason=given["reason"], paper=form.paper(file), signed_by=signed_by, version=given["version"],
            by=request.actor,
        )  # fmt: skip
        messages.success(request, "Đã ghi huỷ kế hoạch theo văn bản. Các đơn vị đã nhận được báo kèm lý do.")

    words = ("Huỷ kế hoạch theo văn bản đã ký", f"{signed_by.words} đã ký huỷ trên giấy. Không mở lại được.")
    return _from_signed_copy(request, movement, form, act, words, "Ghi huỷ theo văn bản này", risk=True)


def _head_signing(movement: Movement, actor: Actor) -> Any:
    """The head's duty, where the actor may record the cancelling from a signed paper; else None."""
    head = head_of(movement.agency, on=actor.day)
    if head is None or head == actor.duty:
        return None
    return head if PLAN.verdict(movement, "stop", actor.recording_for(head, "…"), reason="…") else None


def _why_not_from_paper(movement: Movement, actor: Actor) -> Verdict:
    verdict = PLAN.verdict(movement, "stop", actor, reason="…")
    return no("Người đứng đầu cơ quan tự huỷ bằng nút “Huỷ kế hoạch đã ban hành”.") if verdict else verdict


def _from_signed_copy(
    request: StaffRequest,
    movement: Movement,
    form: Any,
    act: Callable[[StoredFile], None],
    words: tuple[str, str],
    label: str,
    *,
    risk: bool = False,
) -> HttpResponse:
    """Send the signed copy, wait until it was looked at, then say what it says: one page, three states."""
    file = StoredFile.objects.filter(code=request.GET.get("tep", ""), received_from=request.user).first()
    upload = UploadForm(request.POST or None, request.FILES or None) if file is None else UploadForm()
    if request.method == "POST" and file is None:
        if (received := taken_in(request, upload)) is not None:
            late = "&giu-lai=1" if "giu-lai" in request.GET else ""
            return redirect(f"{request.path}?tep={received.code}{late}")
    elif request.method == "POST" and file is not None and form.is_valid():
        try:
            act(file)
        except Refused as refused:  # said above the form, so that what was typed stays
            form.add_error(None, refused.verdict.reason)
        else:
            forget(request, "")
            return redirect("movements:one", movement.code)
    context = {
        "movement": movement, "file": file, "upload": upload, "form": form, "title": words[0], "hint": words[1],
        "label": label, "risk": risk, "late": "giu-lai" in request.GET,
    }  # fmt: skip
    failed = bool(upload.errors or form.errors)
    return render(request, "staff/movements/from_signed_copy.html", context, status=422 if failed else 200)
