"""A unit's report: written by its people, sent by its head, taken in by the standing clerk."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang.kernel import drafts
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements.models import Registration
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.progress import actions, figures, queries
from bangvang.progress.access import may_see_board, may_write, reports_visible_to, takes_part
from bangvang.progress.models import Report, ReportFile
from bangvang.progress.standing import standing_of
from bangvang.progress.workflow import REPORT
from bangvang.web.staff import news_about
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.movement_forms import ReasonForm, StepForm
from bangvang.web.staff.progress_forms import FileForm, ReportForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.keeping import draft_of, forget, kept, version_of
from bangvang.web.ui.steps import step_page
from bangvang.web.ui.story import sentence, story_of
from bangvang.web.ui.uploads import taken_in

STEPS: dict[str, tuple[type[StepForm], Any]] = {
    "send": (StepForm, actions.send),
    "recall": (StepForm, actions.recall),
    "return": (ReasonForm, actions.send_back),
    "accept": (StepForm, actions.accept),
}
AFTER = {
    "send": "Đã gửi. Thường trực thấy báo cáo ngay.",
    "recall": "Đã rút về. Sửa xong thì gửi lại.",
    "return": "Đã trả lại, đơn vị thấy lý do.",
    "accept": "Đã tiếp nhận, số liệu vào bảng theo dõi.",
}


def _seen(request: StaffRequest, code: str) -> Report:
    seen = reports_visible_to(request.actor).select_related("unit", "period__movement__agency")
    return get_object_or_404(seen, code=code)


def one(request: StaffRequest, code: str) -> HttpResponse:
    """The report, as a form for the unit's people while it may be written. Somebody was first: both texts are shown."""
    report = _seen(request, code)
    name = f"report:{code}"
    writable = may_write(request.actor, report)
    if request.method == "POST" and not writable:
        raise Refused(writable)
    typed = kept(request, name)
    given = request.POST if request.method == "POST" else None
    initial = typed or ReportForm.initial_of(queries.fields_of(report))
    form = ReportForm(report, list(report.period.movement.indicators.all()), given, initial=initial)
    version = version_of(given if given is not None else {"version": report.version, **typed})
    overtaken = None
    if given is not None and form.is_valid():
        try:
            actions.write(report, form.report(), version=version, by=request.actor)
        except Overtaken as refused:
            report.refresh_from_db()
            version, overtaken = report.version, _both_texts(form, report, refused)
        else:
            forget(request, name)
            messages.success(request, "Đã lưu báo cáo.")
            return redirect("progress:one", code)
    context = _about(report, request.actor) | {
        "form": form if writable else None,
        "version": version,
        "draft_name": name,
        "draft": draft_of(request, name) if writable else None,
        "overtaken": overtaken,
        "file_form": FileForm(),
    }
    return render(
        request, "staff/progress/report.html", context, status=409 if overtaken else 422 if form.errors else 200
    )


def _about(report: Report, actor: Actor) -> dict[str, Any]:
    """What the page tells besides the form."""
    movement = report.period.movement
    written = queries.fields_of(report).figures
    registered = movement.registrations.filter(
        unit=report.unit, state__in=[Registration.State.SENT, Registration.State.ACCEPTED]
    )
    own = actor.unit.pk == report.unit_id
    files = list(report.files.select_related("file"))
    offers = [offer for offer in REPORT.offers(report, actor) if offer.verdict or (own and offer.step.main)]
    story = story_of(report)
    reason = next((line.reason for line in story if line.reason), "")
    return {
        "report": report,
        "movement": movement,
        "standing": standing_of(report, actor.day),
        "late": report.days_late(actor.day),
        "absence": takes_part(actor, report).reason,
        "is_registered": registered.exists(),
        "figures": [
            (indicator, figures.words(written[indicator.position], indicator.measure), _share(indicator, written))
            for indicator in movement.indicators.all()
        ],
        "offers": offers,
        "may_send": any(offer.verdict and offer.step.name == "send" for offer in offers),
        "returned": reason if report.state == Report.State.RETURNED else "",
        "files": files,
        "waiting": any(row.file.state == StoredFile.State.WAITING for row in files),
        "sees_board": bool(may_see_board(actor, movement)),
        "story": story,
        "news": news_about.about(report, actor),
    }


def _share(indicator: Any, written: Any) -> str:
    value, target = written[indicator.position], indicator.target
    return "" if value is None or target is None else figures.share(value, target)


def _both_texts(form: ReportForm, report: Report, overtaken: Overtaken) -> dict[str, Any]:
    saved = ReportForm.initial_of(queries.fields_of(report))
    differing = [
        (form[name].label, form.fields[name].prepare_value(saved[name]), form[name].value())
        for name in saved
        if form.cleaned_data.get(name) != saved[name]
    ]
    return {"told": sentence(overtaken.last) if overtaken.last else None, "differing": differing}


@require_POST
def autosave(request: StaffRequest) -> HttpResponse:
    """Keep what was typed so far in a report or a review; one line for the status of the form."""
    name = request.POST.get("draft_name", "")
    if not name.startswith(("report:", "movement_review:")):
        raise Http404
    fields = {key: value for key, value in request.POST.items() if key not in {"draft_name", "bv_owner"}}
    try:
        drafts.keep(request.user.pk, name[:80], fields)
    except ValueError as error:
        return HttpResponse(str(error), status=413)
    return HttpResponse("Đã lưu tạm trên máy chủ.")


@require_POST
def attach(request: StaffRequest, code: str) -> HttpResponse:
    """Take in a file; it is looked at in the limited child before anybody may open it."""
    report = _seen(request, code)
    if not (verdict := may_write(request.actor, report)):
        raise Refused(verdict)
    form = FileForm(request.POST, request.FILES)
    if (file := taken_in(request, form)) is not None:
        actions.attach(report, file, by=request.actor)
        messages.success(request, f"Đã nhận tệp “{file.name}”, đang kiểm tra.")
        return redirect("progress:one", code)
    report_form = ReportForm(
        report, list(report.period.movement.indicators.all()), initial=ReportForm.initial_of(queries.fields_of(report))
    )
    context = _about(report, request.actor) | {
        "form": report_form,
        "version": report.version,
        "draft_name": f"report:{code}",
        "file_form": form,
    }
    return render(request, "staff/progress/report.html", context, status=422)


@require_POST
def detach(request: StaffRequest, code: str, file: str) -> HttpResponse:
    report = _seen(request, code)
    added = get_object_or_404(ReportFile.objects.select_related("file"), report=report, file__code=file)
    added.report = report
    actions.detach(added, by=request.actor)
    messages.success(request, "Đã bỏ tệp khỏi báo cáo.")
    return redirect("progress:one", code)


def download(request: StaffRequest, code: str, file: str) -> HttpResponse:
    """A file of the report, for whoever sees the report, once it was found in order."""
    report = _seen(request, code)
    added = get_object_or_404(ReportFile, report=report, file__code=file, file__state=StoredFile.State.USABLE)
    return as_attachment(added.file.path.read_bytes(), added.file.name)


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """Send, recall, return, accept: first what will happen, then the act."""
    report = _seen(request, code)
    movement = report.period.movement
    page = reverse("progress:one", args=[code])
    return step_page(
        request,
        REPORT,
        report,
        name,
        STEPS,
        after=AFTER,
        page=page,
        about=f"{report.unit.name}, {report.period.name}: {movement.title}",
        crumbs=[(reverse("movements:one", args=[movement.code]), movement.title), (page, report.period.name)],
    )
