"""The pact of a cluster for a year: its text, who signed, its steps, its paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from bangvang.kernel.workflow import Refused
from bangvang.movements import actions, pact_paper
from bangvang.movements.access import may_sign, may_write_pact, pacts_visible_to
from bangvang.movements.models import Pact
from bangvang.movements.workflow import PACT
from bangvang.papers import actions as stored
from bangvang.people.access import speaks_for
from bangvang.web.staff.cluster_forms import PactForm, PactYearForm, SignForm
from bangvang.web.staff.clusters import LIST, PACT_CHIPS, asked
from bangvang.web.staff.clusters import seen as seen_cluster
from bangvang.web.staff.files import as_drawn, kept_paper
from bangvang.web.staff.movement_forms import ReasonForm, StepForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.steps import step_page
from bangvang.web.ui.story import story_of

STEPS: dict[str, tuple[type[StepForm], Any]] = {
    "offer": (StepForm, actions.offer_pact),
    "recall": (ReasonForm, actions.recall_pact),
}
AFTER = {
    "offer": "Đã gửi. Người đứng đầu các đơn vị thành viên được báo.",
    "recall": "Đã rút về. Các chữ ký đã có không còn giá trị.",
}


def _seen(request: StaffRequest, code: str) -> Pact:
    seen = pacts_visible_to(request.actor).select_related("cluster__agency__parent", "drafted_by")
    return get_object_or_404(seen, code=code)


def _crumbs(pact: Pact) -> list[tuple[str, str]]:
    page = reverse("pacts:one", args=[pact.code])
    cluster = reverse("clusters:one", args=[pact.cluster.code])
    return [(reverse("clusters:all"), LIST), (cluster, pact.cluster.name), (page, f"Giao ước {pact.year}")]


def new(request: StaffRequest, code: str) -> HttpResponse:
    """Begin the pact of a year."""
    cluster = seen_cluster(request, code)
    year = request.actor.day.year
    form = PactYearForm(request.POST or None, initial={"year": year})
    if request.method == "POST" and form.is_valid():
        try:
            pact = actions.draft_pact(cluster, form.cleaned_data["year"], by=request.actor)
        except Refused as refused:
            form.add_error(None, refused.verdict.reason)
        else:
            return redirect("pacts:edit", pact.code)
    elif not (verdict := may_write_pact(request.actor, Pact(cluster=cluster, year=year))):
        raise Refused(verdict)
    return asked(request, form, "Soạn giao ước", "Mỗi năm một giao ước, mọi thành viên cùng ký.", cluster)


def one(request: StaffRequest, code: str) -> HttpResponse:
    pact = _seen(request, code)
    actor = request.actor
    places = list(pact.signatures.select_related("unit", "pact__cluster__agency"))
    signing = pact.state == Pact.State.SIGNING
    context = {
        "pact": pact,
        "chip": PACT_CHIPS[pact.state],
        "contents": pact.contents.splitlines(),
        "targets": pact_paper.targets(pact.targets),
        "titles": pact.titles.splitlines(),
        "signatures": [
            (place, signing and place.signed_on is None and bool(may_sign(actor, place)), speaks_for(actor, place.unit))
            for place in places
        ],
        "signed": sum(place.signed_on is not None for place in places),
        "offers": [
            offer for offer in PACT.offers(pact, actor) if offer.step.name in STEPS and _concerns(offer, pact, actor)
        ],
        "may_edit": pact.state == Pact.State.DRAFT and bool(may_write_pact(actor, pact)),
        "papers": stored.papers_of(pact),
        "story": story_of(pact),
    }
    return render(request, "staff/clusters/pact.html", context)


def _concerns(offer: Any, pact: Pact, actor: Any) -> bool:
    return bool(offer.verdict) or bool(may_write_pact(actor, pact))


def edit(request: StaffRequest, code: str) -> HttpResponse:
    """The texts of the pact; somebody who saved in between is told as overtaken."""
    pact = _seen(request, code)
    if not (verdict := may_write_pact(request.actor, pact)):
        raise Refused(verdict)
    initial = {name: getattr(pact, name) for name in ("contents", "targets", "titles")} | {"version": pact.version}
    form = PactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.edit_pact(pact, **form.texts(), version=form.cleaned_data["version"], by=request.actor)
        messages.success(request, "Đã lưu giao ước.")
        return redirect("pacts:one", code)
    page = reverse("pacts:one", args=[code])
    context = {
        "step": {"label": "Lưu giao ước", "hint": "Gõ tiếp, lưu bao nhiêu lần cũng được cho đến khi gửi ký."},
        "form": form,
        "about": f"{pact.cluster.name}, năm {pact.year}",
        "back": page,
        "crumbs": _crumbs(pact),
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def sign(request: StaffRequest, code: str, unit: str) -> HttpResponse:
    """Sign for one's unit; the clerk records a signature given on paper."""
    pact = _seen(request, code)
    place = get_object_or_404(pact.signatures.select_related("unit", "pact__cluster__agency"), unit__code=unit)
    if not (verdict := may_sign(request.actor, place)):
        raise Refused(verdict)
    on_paper = not speaks_for(request.actor, place.unit)
    form = SignForm(request.POST if request.method == "POST" else None, on_paper=on_paper)
    page = reverse("pacts:one", args=[code])
    if request.method == "POST" and form.is_valid():
        try:
            actions.sign_pact(place, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            if not on_paper:
                raise
            form.add_error(None, refused.verdict.reason)
        else:
            messages.success(request, f"Đã ghi chữ ký của {place.unit.name}.")
            return redirect(page)
    hint = "Ghi theo bản giấy đã ký." if on_paper else "Ký thay mặt đơn vị. Người ký, chức vụ và ngày được giữ lại."
    context = {
        "step": {"label": "Ghi chữ ký" if on_paper else "Ký giao ước", "hint": hint},
        "form": form,
        "about": f"{place.unit.name}: giao ước {pact.cluster.name} năm {pact.year}",
        "back": page,
        "crumbs": _crumbs(pact),
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """Offer for signature, take back: first what will happen, then the act."""
    pact = _seen(request, code)
    page = reverse("pacts:one", args=[code])
    return step_page(
        request,
        PACT,
        pact,
        name,
        STEPS,
        after=AFTER,
        page=page,
        about=f"{pact.cluster.name}, năm {pact.year}",
        crumbs=_crumbs(pact),
    )


def preview(request: StaffRequest, code: str, format_: str) -> HttpResponse:
    """The paper as it would look now; nothing is kept."""
    pact = _seen(request, code)
    return as_drawn(pact_paper.pact(pact), pact_paper.file_name(pact), format_)


def paper(request: StaffRequest, code: str, paper: str, format_: str) -> HttpResponse:
    """The pact in force, byte for byte as it was made."""
    return kept_paper(_seen(request, code), paper, format_)
