"""Việc tốt: put one forward with evidence, look at it, and from there to a proposal or a story."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from bangvang import vietnamese
from bangvang.dossiers.models import Dossier
from bangvang.kernel.workflow import Refused
from bangvang.movements.access import is_head_of
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.stories import actions
from bangvang.stories.access import deeds_visible_to, may_add_to_deed, may_draft, may_put_forward
from bangvang.stories.models import Deed
from bangvang.stories.promptly import prompt
from bangvang.stories.queries import DeedFields
from bangvang.stories.workflow import DEED
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.movement_forms import ReasonForm, StepForm
from bangvang.web.staff.progress_forms import FileForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, WordsField
from bangvang.web.ui.steps import step_page
from bangvang.web.ui.story import story_of
from bangvang.web.ui.uploads import refusal_of_size, taken_in

CHIPS = {"put_forward": "ink", "confirmed": "ok", "dismissed": "unknown"}
STEPS: dict[str, tuple[type[StepForm], Any]] = {
    "confirm": (StepForm, actions.confirm_deed),
    "dismiss": (ReasonForm, actions.dismiss_deed),
}
AFTER = {
    "confirm": "Đã xác nhận. Người nêu việc và trưởng đơn vị được báo.",
    "dismiss": "Đã ghi không xác nhận, người nêu việc đọc được lý do.",
}
LISTED = 200


class DeedForm(ErrorSummaryMixin, forms.Form):
    """Names equal DeedFields; the proof comes along."""

    title = WordsField(
        label="Việc gì", max_length=200, help_text="Một câu, ví dụ: Trả lại ví tiền nhặt được ở bàn một cửa"
    )
    doer = WordsField(label="Ai làm", max_length=120, help_text="Họ và tên đầy đủ")
    happened_on = DayField(label="Ngày xảy ra")
    account = forms.CharField(
        label="Kể lại",
        max_length=10_000,
        help_text="Việc xảy ra thế nào, ai chứng kiến, kết quả ra sao.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    file = forms.FileField(
        label="Minh chứng",
        required=False,
        help_text="Ảnh, giấy xác nhận, bài viết; nhiều nhất 25 MB. Gửi sau cũng được.",
    )

    def clean_account(self) -> str:
        return vietnamese.clean_lines(self.cleaned_data["account"])

    def deed(self) -> DeedFields:
        return DeedFields(**{name: self.cleaned_data[name] for name in ("title", "doer", "happened_on", "account")})


def _seen(request: StaffRequest, code: str) -> Deed:
    found = deeds_visible_to(request.actor).select_related("agency", "person", "put_forward_by")
    return get_object_or_404(found, code=code)


def all_deeds(request: StaffRequest) -> HttpResponse:
    if not (verdict := may_put_forward(request.actor)):
        raise Refused(verdict)
    rows = [(one, CHIPS[one.state]) for one in deeds_visible_to(request.actor)[:LISTED]]
    waiting = sum(one.state == Deed.State.PUT_FORWARD for one, _ in rows)
    return render(request, "staff/deeds/all.html", {"rows": rows, "waiting": waiting})


def new(request: StaffRequest) -> HttpResponse:
    if not (verdict := may_put_forward(request.actor)):
        raise Refused(verdict)
    form = DeedForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if words := refusal_of_size(request):
            form.errors["file"] = form.error_class([words])
        elif form.is_valid():
            deed = actions.put_forward(form.deed(), by=request.actor)
            if sent := form.cleaned_data["file"]:
                actions.add_proof(deed, stored.receive(sent, by=request.actor), by=request.actor)
            messages.success(request, "Đã nêu việc. Thường trực thi đua, khen thưởng được báo.")
            return redirect("deeds:one", deed.code)
    return render(request, "staff/deeds/new.html", {"form": form}, status=422 if form.errors else 200)


def one(request: StaffRequest, code: str) -> HttpResponse:
    deed = _seen(request, code)
    files = list(deed.files.select_related("file"))
    confirmed = deed.state == Deed.State.CONFIRMED
    context = {
        "deed": deed,
        "chip": CHIPS[deed.state],
        "offers": [offer for offer in DEED.offers(deed, request.actor) if offer.verdict or may_draft(request.actor)],
        "may_add": may_add_to_deed(request.actor, deed),
        "files": files,
        "waiting": any(row.file.state == StoredFile.State.WAITING for row in files),
        "file_form": FileForm(),
        "prompt": prompt(deed.happened_on, request.actor.day) if deed.state != Deed.State.DISMISSED else None,
        "proposal": _proposal(deed, request.actor) if confirmed else "",
        "may_tell": confirmed and deed.person is not None and may_draft(request.actor),
        "story": story_of(deed),
    }
    return render(request, "staff/deeds/one.html", context)


def _proposal(deed: Deed, actor: Actor) -> str:
    """Where the head of the person's unit proposes the award: in the unit's open dossier of the year, or by opening one."""
    if deed.person is None or not is_head_of(actor, actor.unit.pk):
        return ""
    if not deed.person.duties.as_of(actor.day).filter(unit=actor.unit).exists():
        return ""
    dossiers = Dossier.objects.filter(unit=actor.unit, movement=None, state__in=Dossier.OPEN_STATES)
    dossier = dossiers.filter(year=deed.happened_on.year).first()
    if dossier is None:
        return reverse("dossiers:new")
    return f"{reverse('dossiers:nominate', args=[dossier.code])}?ai={deed.person.code}&loai=dot_xuat"


def attach(request: StaffRequest, code: str) -> HttpResponse:
    """Send one more proof; it is looked at in the limited child before anybody may open it."""
    deed = _seen(request, code)
    if not (verdict := may_add_to_deed(request.actor, deed)):
        raise Refused(verdict)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (file := taken_in(request, form)) is not None:
        actions.add_proof(deed, file, by=request.actor)
        messages.success(request, f"Đã nhận “{file.name}”, đang kiểm tra.")
        return redirect("deeds:one", code)
    return render(request, "staff/deeds/attach.html", {"form": form, "deed": deed}, status=422 if form.errors else 200)


def download(request: StaffRequest, code: str, file: str) -> HttpResponse:
    rows = _seen(request, code).files.select_related("file")
    found = get_object_or_404(rows, file__code=file, file__state=StoredFile.State.USABLE)
    return as_attachment(found.file.path.read_bytes(), found.file.name)


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    deed = _seen(request, code)
    page = reverse("deeds:one", args=[code])
    return step_page(
        request,
        DEED,
        deed,
        name,
        STEPS,
        after=AFTER,
        page=page,
        about=f"{deed.doer}: {deed.title}",
        crumbs=[(reverse("deeds:all"), "Việc tốt"), (page, deed.title)],
    )
