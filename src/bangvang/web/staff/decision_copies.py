"""The signed copy of a decision: sent in, what the machine found different, accepted with a reason or compared by eye."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from bangvang.decisions import actions, comparing
from bangvang.decisions.access import may_compare
from bangvang.decisions.models import Decision, SignedCopy
from bangvang.kernel.workflow import Refused
from bangvang.papers.models import Reading
from bangvang.web.staff.decisions import seen
from bangvang.web.staff.movement_forms import UploadForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.uploads import refusal_of_size


def compare(request: StaffRequest, code: str) -> HttpResponse:
    """One page for three acts: send in a copy, accept a difference, confirm what was compared by eye."""
    decision = seen(request, code)
    if not (verdict := may_compare(request.actor, decision)):
        raise Refused(verdict)
    copy = comparing.latest_copy(decision)
    form = UploadForm()
    if request.method == "POST":
        act = request.POST.get("viec", "")
        if act == "chap-nhan" and copy is not None:
            actions.accept_difference(
                copy, request.POST.get("khac", ""), request.POST.get("ly_do", "")[:500], by=request.actor
            )
            messages.success(request, "Đã ghi lý do chấp nhận.")
            return redirect("decisions:compare", code)
        if act == "doi-chieu" and copy is not None:
            actions.confirm_copy(copy, set(request.POST.getlist("muc")), by=request.actor)
            messages.success(request, "Đã ghi việc đối chiếu bằng mắt. Quyết định ban hành được.")
            return redirect("decisions:one", code)
        form = UploadForm(request.POST, request.FILES)
        if words := refusal_of_size(request):
            form.errors["file"] = form.error_class([words])
        elif form.is_valid():
            actions.receive_copy(decision, form.cleaned_data["file"], by=request.actor)
            messages.success(request, "Đã nhận bản ký. Máy đang đọc, xong trong vài giây.")
            return redirect("decisions:compare", code)
    context = {"decision": decision, "copy": copy, "form": form, **_shown(decision, copy)}
    return render(request, "staff/decisions/compare.html", context, status=422 if form.errors else 200)


def _shown(decision: Decision, copy: SignedCopy | None) -> dict[str, object]:
    """What the page says of the copy: differences with their answers, or the fields to be seen."""
    if copy is None:
        return {"state": "none"}
    state = copy.reading.state
    if state == Reading.State.WAITING:
        return {"state": "waiting"}
    if state == Reading.State.REFUSED:
        fresh = bool(copy.seen_by) and copy.seen_key == comparing.content_key(decision)
        return {"state": "by_eye", "fields": comparing.fields_to_see(decision), "seen": fresh}
    found = comparing.differences(comparing.expected(decision), comparing.said_by(copy))
    rows = [(one, copy.answers.get(one.key)) for one in found]
    return {"state": "read", "differences": rows, "open": sum(answer is None for _, answer in rows)}
