"""Files of an initiative: what its authors send along, and the certificate, before and after it has a number."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from bangvang.initiatives import actions, papers
from bangvang.initiatives.access import may_number, may_see_file, may_write
from bangvang.initiatives.models import Exhibit, Initiative
from bangvang.kernel.workflow import Refused
from bangvang.papers.models import StoredFile
from bangvang.web.staff.files import as_attachment, as_drawn, kept_paper
from bangvang.web.staff.initiative_forms import ExhibitForm
from bangvang.web.staff.initiatives import page, seen, whole
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.uploads import taken_in


@require_POST
def attach(request: StaffRequest, code: str) -> HttpResponse:
    """Take in a file; it is looked at in the limited child before anybody may rely on it."""
    initiative = seen(request, code)
    if not (verdict := may_write(request.actor, initiative)):
        raise Refused(verdict)
    form = ExhibitForm(request.POST, request.FILES)
    if (file := taken_in(request, form)) is not None:
        actions.attach(initiative, file, by=request.actor)
        messages.success(request, f"Đã nhận tệp “{file.name}”, đang kiểm tra.")
        return redirect("initiatives:one", code)
    return page(request, initiative, form, 422)


@require_POST
def detach(request: StaffRequest, code: str, file: str) -> HttpResponse:
    exhibit = get_object_or_404(Exhibit, initiative=seen(request, code), file__code=file)
    actions.detach(exhibit, by=request.actor)
    messages.success(request, "Đã bỏ tệp khỏi đơn.")
    return redirect("initiatives:one", code)


def download(request: StaffRequest, code: str, file: str) -> HttpResponse:
    initiative = whole(request, code)
    found = get_object_or_404(Exhibit, initiative=initiative, file__code=file, file__state=StoredFile.State.USABLE)
    return as_attachment(found.file.path.read_bytes(), found.file.name)


def _certified_for(request: StaffRequest, code: str) -> Initiative:
    """An initiative whose certificate this actor handles: its authors, the clerk, the leaders, the registry."""
    initiative = seen(request, code)
    if not (may_see_file(request.actor, initiative) or may_number(request.actor, initiative)):
        raise Http404
    return initiative


def preview(request: StaffRequest, code: str, format_: str) -> HttpResponse:
    """The certificate as it would look now, number and day blank; nothing is kept."""
    initiative = _certified_for(request, code)
    if initiative.state != Initiative.State.ENDORSED:
        raise Http404
    return as_drawn(papers.certificate(initiative, request.actor.day), papers.file_name(initiative), format_)


def paper(request: StaffRequest, code: str, paper: str, format_: str) -> HttpResponse:
    """The certificate, byte for byte as it was made."""
    return kept_paper(_certified_for(request, code), paper, format_)
