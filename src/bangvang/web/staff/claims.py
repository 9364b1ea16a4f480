"""Chờ kiểm chứng: what articles say of honours and results, each until a decision or a source is attached, or let go."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bangvang.honours import actions
from bangvang.honours.access import claims_visible_to, may_enter
from bangvang.honours.models import Claim, Register
from bangvang.honours.queries import ProvenHonour, kinds_of
from bangvang.honours.workflow import CLAIM
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people.access import is_leader
from bangvang.people.models import Unit
from bangvang.people.queries import units_of
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.movement_forms import ReasonForm, StepForm, UploadForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.forms import DayField, WordsField
from bangvang.web.ui.story import story_of
from bangvang.web.ui.uploads import taken_in


class ProofForm(StepForm):
    """The honour as its decision says it; what the article said is offered where the book knows it."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Tập thể được khen", empty_label=None)
    kind = forms.ChoiceField(label="Hình thức khen thưởng, danh hiệu")
    year = forms.IntegerField(
        label="Năm", min_value=1945, max_value=2100, help_text="Năm được xét; danh hiệu ghi theo năm của danh hiệu"
    )
    paper_number = WordsField(label="Số quyết định", max_length=60, help_text="Ví dụ: 918/QĐ-CTN")
    paper_on = DayField(label="Ngày quyết định", help_text="Ví dụ 21/05/2020")
    issuer = WordsField(label="Nơi ban hành", max_length=200, help_text="Ví dụ: Chủ tịch nước")

    def __init__(self, request: StaffRequest, claim: Claim, *args: Any, **kwargs: Any) -> None:
        kinds = [*kinds_of(Register.AWARDS, "collective"), *kinds_of(Register.TITLES, "collective")]
        known = claim.kind if claim.kind in dict(kinds) else ""
        initial = {"version": claim.version, "unit": claim.agency, "kind": known, "year": claim.year}
        super().__init__(request, claim, *args, initial=initial, **kwargs)
        self.today: datetime.date = request.actor.day
        units = forms.ModelChoiceField(units_of(claim.agency), label="Tập thể được khen", empty_label=None)
        kind = forms.ChoiceField(label="Hình thức khen thưởng, danh hiệu", choices=[("", "Chọn"), *kinds])
        kind.error_messages["required"] = "Xin chọn hình thức ghi trong quyết định."
        self.fields |= {"unit": units, "kind": kind}

    def clean_paper_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["paper_on"]
        if day > self.today:
            raise ValidationError("Ngày quyết định ở sau ngày hôm nay.")
        return day

    def honour(self) -> ProvenHonour:
        """What the action takes."""
        return ProvenHonour(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class SourceForm(StepForm):
    source = WordsField(
        label="Nguồn số liệu, văn bản đã đối chiếu",
        max_length=300,
        help_text="Ví dụ: Báo cáo 120/BC-STC ngày 05/01/2020",
    )


def _visible(request: StaffRequest) -> QuerySet[Claim]:
    return claims_visible_to(request.actor).select_related("reading__file", "reading__review", "entry", "decision")


def all_claims(request: StaffRequest) -> HttpResponse:
    """All that waits for a proof, then what was settled."""
    if not (is_leader(request.actor) or (verdict := may_enter(request.actor))):
        raise Refused(verdict)
    claims = list(_visible(request).order_by("-reading_id", "place")[:300])
    groups = {
        "honours": [one for one in claims if one.state == Claim.State.WAITING and one.sort == Claim.Sort.HONOUR],
        "facts": [one for one in claims if one.state == Claim.State.WAITING and one.sort == Claim.Sort.FACT],
        "settled": [one for one in claims if one.state != Claim.State.WAITING],
    }
    return render(
        request, "staff/claims/all.html", {"groups": groups, "waiting": len(groups["honours"] + groups["facts"])}
    )


def one(request: StaffRequest, code: str) -> HttpResponse:
    """What the article says, and the way to prove it: the decision's file first, then what the decision says."""
    claim = get_object_or_404(_visible(request), code=code)
    may = CLAIM.verdict(claim, "prove", request.actor)
    if request.method == "POST" and not may:
        raise Refused(may)
    return _fact(request, claim, may=bool(may)) if claim.sort == Claim.Sort.FACT else _honour(request, claim, bool(may))


def _fact(request: StaffRequest, claim: Claim, *, may: bool) -> HttpResponse:
    form = SourceForm(request, claim, request.POST or None) if may else None
    if form is not None and request.method == "POST" and form.is_valid():
        actions.note_fact(claim, by=request.actor, **form.arguments())
        messages.success(request, "Đã ghi nhận kết quả kèm nguồn số liệu.")
        return redirect("claims:all")
    return _page(request, claim, form=form)


def _honour(request: StaffRequest, claim: Claim, may: bool) -> HttpResponse:
    if not may:
        return _page(request, claim)
    file = StoredFile.objects.filter(code=request.GET.get("tep", ""), received_from=request.user).first()
    if request.method == "POST" and file is None:
        return _received(request, claim)
    proven = file is not None and file.state == StoredFile.State.USABLE
    form = ProofForm(request, claim, request.POST or None) if proven else None
    if form is not None and file is not None and request.method == "POST" and form.is_valid():
        try:
            actions.prove_honour(
                claim, form.honour(), decision=file, by=request.actor, version=form.cleaned_data["version"]
            )
        except Refused as refused:
            form.add_error("year", refused.verdict.reason)
        else:
            messages.success(request, "Đã ghi vào sổ vàng theo quyết định. Từ đây được tính.")
            return redirect("claims:all")
    if request.method == "POST" and form is None and file is not None:
        raise Refused(stored.is_usable(file, request.actor) or no("Tệp chưa dùng được."))
    return _page(request, claim, form=form, file=file, upload=None if proven else UploadForm())


def _received(request: StaffRequest, claim: Claim) -> HttpResponse:
    upload = UploadForm(request.POST, request.FILES)
    if (received := taken_in(request, upload)) is not None:
        return redirect(f"{request.path}?tep={received.code}")
    return _page(request, claim, upload=upload)


def _page(
    request: StaffRequest,
    claim: Claim,
    *,
    form: StepForm | None = None,
    file: StoredFile | None = None,
    upload: UploadForm | None = None,
) -> HttpResponse:
    failed = bool((form is not None and form.errors) or (upload is not None and upload.is_bound and upload.errors))
    context = {
        "claim": claim,
        "form": form or upload,
        "upload": upload,
        "file": file,
        "proof": form,
        "story": story_of(claim),
    }
    return render(request, "staff/claims/one.html", context, status=422 if failed else 200)


def dismiss(request: StaffRequest, code: str) -> HttpResponse:
    """Not taken into the ledger, with the reason."""
    claim = get_object_or_404(_visible(request), code=code)
    if not (verdict := CLAIM.verdict(claim, "dismiss", request.actor, reason="…")):
        raise Refused(verdict)
    form = ReasonForm(request, claim, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.dismiss(claim, by=request.actor, **form.arguments())
        messages.success(request, "Không ghi nhận nội dung này. Bài viết và lý do vẫn còn lưu.")
        return redirect("claims:all")
    back = request.path.removesuffix("khong-ghi-nhan/")
    context = {
        "step": CLAIM.step("dismiss"),
        "form": form,
        "about": claim.text,
        "back": back,
        "crumbs": [("/lam-viec/so-vang/", "Sổ vàng"), (back, "Chờ kiểm chứng")],
        "risk": True,
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def decision(request: StaffRequest, code: str) -> HttpResponse:
    """The decision that proved it, for everybody who may see the line."""
    claim = get_object_or_404(_visible(request), code=code, decision__isnull=False)
    assert claim.decision is not None
    return as_attachment(claim.decision.path.read_bytes(), claim.decision.name)
