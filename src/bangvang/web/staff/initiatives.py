"""Sáng kiến: the list, an application being written, one initiative, earlier ones alike, each step, the certificate."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang import vietnamese
from bangvang.honours.access import standing_visible_to
from bangvang.initiatives import actions, queries
from bangvang.initiatives.access import (
    initiatives_visible_to,
    is_in_charge,
    looks_at,
    may_draft,
    may_number,
    may_see_file,
    may_write,
)
from bangvang.initiatives.models import TEXTS, Initiative
from bangvang.initiatives.workflow import INITIATIVE
from bangvang.kernel import drafts
from bangvang.kernel.models import CODE_ALPHABET, public_code
from bangvang.kernel.workflow import Offer, Overtaken, Refused
from bangvang.papers import actions as stored
from bangvang.papers import xlsx
from bangvang.papers.models import StoredFile
from bangvang.people.access import may_see_dossiers
from bangvang.people.actor import Actor
from bangvang.web.staff import initiative_forms as forms
from bangvang.web.staff.files import as_attachment
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.keeping import draft_of, forget, kept, version_of
from bangvang.web.ui.steps import done_once
from bangvang.web.ui.story import sentence, story_of

S = Initiative.State
OUR_CODE = re.compile(rf"[{CODE_ALPHABET}]{{10}}")
CHIPS = {
    S.DRAFT: "ink", S.SUBMITTED: "ink", S.RETURNED: "warn", S.TABLED: "ink", S.ENDORSED: "ink", S.RECOGNISED: "done",
    S.DECLINED: "bad", S.WITHDRAWN: "unknown", S.ANNULLED: "bad",
}  # fmt: skip
PATH = (
    (S.DRAFT, "Viết đơn"),
    (S.SUBMITTED, "Thẩm định"),
    (S.TABLED, "Hội đồng sáng kiến"),
    (S.ENDORSED, "Ký giấy chứng nhận"),
    (S.RECOGNISED, "Được công nhận"),
)
STEPS: dict[str, tuple[Callable[..., None], type[forms.StepForm], str]] = {
    "submit": (actions.submit, forms.StepForm, "Đã gửi đơn. Thường trực thấy ngay trong “Việc của tôi”."),
    "recall": (actions.recall, forms.StepForm, "Đã rút về. Đơn lại sửa được."),
    "table": (actions.table, forms.AppraisalForm, "Đã ghi ý kiến thẩm định. Đơn chờ Hội đồng sáng kiến."),
    "return": (actions.send_back, forms.SupplementForm, "Đã gửi yêu cầu bổ sung; các tác giả thấy nội dung và hạn."),
    "endorse": (actions.endorse, forms.EndorseForm, "Đã ghi kết quả. In giấy chứng nhận để ký, rồi văn thư ghi số."),
    "decline": (actions.decline, forms.DeclineForm, "Đã ghi kết quả; các tác giả thấy lý do."),
    "reconsider": (actions.reconsider, forms.ReasonForm, "Đã bỏ kết quả ghi trước. Đơn lại chờ Hội đồng sáng kiến."),
    "recognise": (actions.recognise, forms.NumberForm, "Đã ghi số. Sổ vàng của các tác giả đã có sáng kiến này."),
    "withdraw": (actions.withdraw, forms.ReasonForm, "Đã rút đơn; đơn vẫn đọc được."),
    "annul": (actions.annul, forms.ReasonForm, "Đã huỷ công nhận; các dòng sổ vàng đã rút lại."),
}
RISKY = {"withdraw", "annul", "decline"}


def seen(request: StaffRequest, code: str) -> Initiative:
    """The initiative, if this actor may see it; else the same 404 as for one that is not there."""
    found = initiatives_visible_to(request.actor).select_related("agency__parent", "unit", "drafted_by")
    return get_object_or_404(found, code=code)


def _asked(request: StaffRequest) -> dict[str, str]:
    """The filters of the list, as the address has them."""
    return {"words": request.GET.get("q", "").strip(), "state": request.GET.get("trang-thai", ""), "year": request.GET.get("nam", "")}  # fmt: skip


def all_initiatives(request: StaffRequest) -> HttpResponse:
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    seen_ones, asked = initiatives_visible_to(request.actor), _asked(request)
    found = queries.matching(seen_ones, **asked).select_related("unit").prefetch_related("authors").defer(*TEXTS)
    context = {
        "rows": [(one, CHIPS[S(one.state)], list(one.authors.all())) for one in found[:300]],
        **queries.counted(found),
        "asked": asked,
        "is_filtered": any(asked.values()),
        "states": S.choices,
        "years": queries.years_of(seen_ones),
        "query": request.GET.urlencode(),
    }
    return render(request, "staff/initiatives/all.html", context)


def export(request: StaffRequest) -> HttpResponse:
    """The list as a sheet, with the filters of the page."""
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    found = queries.matching(initiatives_visible_to(request.actor), **_asked(request))
    heads = (
        "Tên sáng kiến",
        "Tác giả",
        "Đơn vị",
        "Lĩnh vực",
        "Năm",
        "Trạng thái",
        "Phạm vi",
        "Số giấy chứng nhận",
        "Ngày",
    )
    rows = [
        (
            one.title,
            "; ".join(f"{author.name} {author.share} %" for author in one.authors.all()),
            one.unit.name,
            one.field,
            one.for_year,
            one.get_state_display(),
            one.get_scope_display(),
            vietnamese.document_number(one.certificate_number, one.certificate_symbol)
            if one.certificate_number
            else "",
            vietnamese.format_date(one.certified_on) if one.certified_on else "",
        )
        for one in found.select_related("unit", "agency").prefetch_related("authors").defer(*TEXTS)
    ]
    return as_attachment(xlsx.write("Sáng kiến", heads, rows), "Sang-kien.xlsx")


def new(request: StaffRequest) -> HttpResponse:
    """Write an application. Its code is given with the empty form, so a second press makes no second one."""
    actor, name = request.actor, "initiative:new"
    if not (verdict := may_draft(actor)):
        raise Refused(verdict)
    typed = kept(request, name)
    initial = typed or {"for_year": actor.day.year, "own_share": 100}
    form = forms.ApplicationForm(actor, actor.unit.name, request.POST or None, initial=initial)
    code = request.POST.get("code") or str(typed.get("code", ""))
    if not OUR_CODE.fullmatch(code):
        code = public_code()
    if request.method == "POST" and form.is_valid():
        if initiatives_visible_to(actor).filter(code=code).exists():
            messages.info(request, "Đơn này đã lưu từ lần bấm trước, không lưu đơn thứ hai.")
            return redirect("initiatives:one", code)
        try:
            actions.draft(form.application(), form.authors, code=code, by=actor)
        except Refused as refused:
            form.add_error(None, refused.verdict.reason)
        else:
            forget(request, name)
            messages.success(request, "Đã lưu đơn. Gửi kèm tệp chứng minh ở dưới, rồi gửi đơn.")
            return redirect("initiatives:one", code)
    context = {"form": form, "code": code, "draft_name": name, "draft": draft_of(request, name)}
    return render(request, "staff/initiatives/edit.html", context, status=422 if form.errors else 200)


def edit(request: StaffRequest, code: str) -> HttpResponse:
    """Save an application under its version. Somebody was first: both texts are shown, nothing typed is lost."""
    initiative, name = seen(request, code), f"initiative:edit:{code}"
    if not (verdict := may_write(request.actor, initiative)):
        raise Refused(verdict)
    typed = kept(request, name)
    initial = typed or forms.ApplicationForm.initial_of(initiative)
    own = initiative.authors.get(person=initiative.drafted_by)
    form = forms.ApplicationForm(request.actor, own.place, request.POST or None, initial=initial)
    version = version_of(request.POST if request.method == "POST" else {"version": initiative.version, **typed})
    context: dict[str, Any] = {"initiative": initiative, "form": form, "draft_name": name, "version": version}
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(initiative, form.application(), form.authors, version=version, by=request.actor)
        except Overtaken as overtaken:
            initiative.refresh_from_db()
            context |= {"version": initiative.version, "overtaken": _both(form, initiative, overtaken)}
            status = 409
        except Refused as refused:
            form.add_error(None, refused.verdict.reason)
            status = 422
        else:
            forget(request, name)
            messages.success(request, "Đã lưu.")
            return redirect("initiatives:one", code)
    context["draft"] = draft_of(request, name)
    return render(request, "staff/initiatives/edit.html", context, status=status)


def _both(form: forms.ApplicationForm, initiative: Initiative, overtaken: Overtaken) -> dict[str, Any]:
    """Where the saved and the typed text differ; the authors as one list each."""
    saved, typed = vars(queries.fields_of(initiative)), vars(form.application())
    differing = [
        (form[name].label, form.fields[name].prepare_value(saved[name]), form.fields[name].prepare_value(typed[name]))
        for name in saved
        if saved[name] != typed[name]
    ]
    lists = [[f"{one.name}: {one.share} %" for one in some] for some in (initiative.authors.all(), form.authors)]
    if lists[0] != lists[1]:
        differing.append(("Tác giả", "\n".join(lists[0]), "\n".join(lists[1])))
    return {"told": sentence(overtaken.last) if overtaken.last else None, "differing": differing}


@require_POST
def autosave(request: StaffRequest) -> HttpResponse:
    """Keep what was typed so far; one line for the status of the form."""
    name = request.POST.get("draft_name", "")
    if not name.startswith("initiative:"):
        raise Http404
    fields = {key: value for key, value in request.POST.items() if key not in {"draft_name", "bv_owner"}}
    try:
        drafts.keep(request.user.pk, name[:80], fields)
    except ValueError as error:
        return HttpResponse(str(error), status=413)
    return HttpResponse("Đã lưu tạm trên máy chủ.")


def one(request: StaffRequest, code: str) -> HttpResponse:
    return page(request, seen(request, code), forms.ExhibitForm(), 200)


def page(request: StaffRequest, initiative: Initiative, form: forms.ExhibitForm, status: int) -> HttpResponse:
    actor = request.actor
    whole = bool(may_see_file(actor, initiative))
    exhibits = list(initiative.exhibits.select_related("file")) if whole else []
    by = initiative.supplement_by
    context = {
        "initiative": initiative,
        "chip": CHIPS[S(initiative.state)],
        "path": _path(initiative),
        "authors": list(initiative.authors.all()),
        "offers": _offers(initiative, actor),
        "may_write": may_write(actor, initiative),
        "may_preview": initiative.state == S.ENDORSED and bool(whole or may_number(actor, initiative)),
        "whole": whole,
        "exhibits": exhibits,
        "form": form,
        "days_left": queries.working_days_left(actor.day, by) if by else 0,
        "is_late": bool(by and by < actor.day),
        "certificate": vietnamese.document_number(initiative.certificate_number, initiative.certificate_symbol),
        "papers": stored.papers_of(initiative) if whole or may_number(actor, initiative) else [],
        "story": story_of(initiative) if whole else [],
        "waiting": any(row.file.state == StoredFile.State.WAITING for row in exhibits),
        "council": queries.principle("initiative_council", initiative.minutes_on or actor.day),
        "uses": queries.uses(initiative, standing_visible_to(actor)),
        "once": queries.principle("initiative_serves_once", actor.day),
    }
    return render(request, "staff/initiatives/one.html", context, status=status)


def _offers(initiative: Initiative, actor: Actor) -> list[Offer]:
    """The steps that are this person's: possible ones, and those that wait for something or are another's because of the
    person's own part in it."""
    return [
        offer
        for offer in INITIATIVE.offers(initiative, actor)
        if offer.verdict
        or offer.step.may(actor, initiative)
        or (offer.step.may is looks_at and is_in_charge(actor, initiative))
    ]


def _path(initiative: Initiative) -> list[tuple[str, str]]:
    """Empty for one that ended on the way."""
    reached = S.DRAFT if initiative.state == S.RETURNED else initiative.state
    keys = [key for key, _ in PATH]
    if reached not in keys:
        return []
    place = keys.index(S(reached))
    return [(label, "past" if at < place else "now" if at == place else "") for at, (_, label) in enumerate(PATH)]


def whole(request: StaffRequest, code: str) -> Initiative:
    """An initiative of which this actor sees what lies behind it."""
    initiative = seen(request, code)
    if not may_see_file(request.actor, initiative):
        raise Http404
    return initiative


def alike(request: StaffRequest, code: str) -> HttpResponse:
    """The nearest earlier ones that the reader may see, their common passages side by side. The machine decides nothing."""
    initiative = whole(request, code)
    context = {"initiative": initiative, "found": queries.alike(initiative, initiatives_visible_to(request.actor))}
    return render(request, "staff/initiatives/alike.html", context)


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """One step of the table: first what will happen, then the act."""
    initiative = seen(request, code)
    if name not in STEPS:
        raise Http404
    act, kind, done = STEPS[name]
    form = kind(request.actor, request.POST or None, initial={"version": initiative.version})
    if request.method == "POST" and form.is_valid():
        act = partial(act, initiative, version=form.cleaned_data["version"], by=request.actor, **form.asked())
        try:
            done_once(request, f"initiative.{name}", act, done)
            return redirect("initiatives:one", code)
        except Refused as refused:
            if not INITIATIVE.verdict(initiative, name, request.actor, reason="…"):
                raise
            form.add_error(None, refused.verdict.reason)  # something typed can be put right
    if not (verdict := INITIATIVE.verdict(initiative, name, request.actor, reason="…")):
        raise Refused(verdict)
    back = reverse("initiatives:one", args=[code])
    context = {
        "step": INITIATIVE.step(name),
        "about": initiative.title,
        "form": form,
        "risk": name in RISKY,
        "back": back,
        "crumbs": [(reverse("initiatives:all"), "Sáng kiến"), (back, initiative.title)],
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)
