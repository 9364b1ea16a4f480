"""Quyết định khen thưởng: the list, drafting from a round, one decision, its steps and papers, the register of certificates."""

import re
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from bangvang.decisions import actions, comparing, drafting, papers, queries
from bangvang.decisions.access import (
    certificates_visible_to,
    decisions_visible_to,
    lines_visible_to,
    may_compare,
    may_draft,
    may_edit,
    may_print,
    sees_whole,
)
from bangvang.decisions.models import Decision
from bangvang.decisions.workflow import DECISION, DECISION_PUBLICITY
from bangvang.dossiers.models import Nomination
from bangvang.dossiers.papers import award_words
from bangvang.kernel.models import CODE_ALPHABET, public_code
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.papers import actions as stored
from bangvang.papers import xlsx
from bangvang.people.access import may_see_dossiers
from bangvang.people.actor import Actor
from bangvang.web.staff import news_about
from bangvang.web.staff.decision_forms import DecisionForm, DecisionStepForm, MoneyForm, initial_of
from bangvang.web.staff.files import as_attachment, as_drawn, kept_paper
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.keeping import version_of
from bangvang.web.ui.steps import done_once
from bangvang.web.ui.story import sentence, story_of

OUR_CODE = re.compile(rf"[{CODE_ALPHABET}]{{10}}")
CHIPS = {
    "draft": "ink", "submitted": "ink", "returned": "warn", "approved": "ok", "numbered": "ok", "issued": "done", "cancelled": "unknown",
}  # fmt: skip
PATH = (
    ("draft", "Soạn quyết định"),
    ("submitted", "Giám đốc duyệt"),
    ("approved", "Ký, văn thư ghi số"),
    ("numbered", "Đối chiếu bản ký"),
    ("issued", "Ban hành"),
)
STEPS: dict[str, Any] = {
    "submit": actions.submit,
    "recall": actions.recall,
    "approve": actions.approve,
    "return": actions.send_back,
    "number": actions.number,
    "renumber": actions.renumber,
    "issue": actions.issue,
    "withdraw": actions.withdraw,
    "cancel": actions.cancel,
    "publish": actions.publish,
    "hide": actions.hide,
}
AFTER = {
    "submit": "Đã trình. Tờ trình kèm danh sách đang được lập; Giám đốc thấy việc này trong “Việc của tôi”.",
    "recall": "Đã rút về. Dự thảo lại sửa được.",
    "approve": "Đã duyệt. Văn thư in ký, ghi số và ngày.",
    "return": "Đã trả lại, người soạn thấy lý do.",
    "number": "Đã ghi số và ngày. Đưa bản đã ký vào đối chiếu rồi ban hành.",
    "renumber": "Đã bỏ số cũ. Xin ghi lại số và ngày theo sổ.",
    "issue": "Đã ban hành: sổ vàng và sổ giấy khen đã ghi, người và đơn vị đã được báo. Văn bản đang được lập.",
    "withdraw": "Đã thu hồi bản duyệt. Dự thảo lại sửa được.",
    "cancel": "Đã huỷ bản thảo. Các đề nghị trở lại danh sách chờ quyết định.",
    "publish": "Quyết định đã hiện trên trang công khai.",
    "hide": "Đã gỡ khỏi trang công khai.",
}
PREVIEWS: dict[str, Any] = {
    "to-trinh": ("To-trinh", papers.submission),
    "quyet-dinh": ("Quyet-dinh", papers.decision),
    "chi-thuong": ("Danh-sach-chi-thuong", papers.payment_list),
}


def seen(request: StaffRequest, code: str) -> Decision:
    """The decision, if this actor may see it; else the same 404 as for one that is not there."""
    found = decisions_visible_to(request.actor).select_related("agency__parent", "movement__agency", "drafted_by")
    return get_object_or_404(found, code=code)


def _whole(request: StaffRequest, code: str) -> Decision:
    """A decision of which this actor sees every line: papers and lists name everybody with the money."""
    decision = seen(request, code)
    if not sees_whole(request.actor):
        raise Http404
    return decision


def all_decisions(request: StaffRequest) -> HttpResponse:
    actor = request.actor
    if not (verdict := may_see_dossiers(actor)):
        raise Refused(verdict)
    words, state = request.GET.get("q", ""), request.GET.get("trang-thai", "")
    found = queries.matching(decisions_visible_to(actor), words).select_related("movement").prefetch_related("lines")
    if state in Decision.State.values:
        found = found.filter(state=state)
    rows = [
        (one, CHIPS[one.state], sum(line.outcome == "award" and line.is_live for line in one.lines.all()))
        for one in found[:200]
    ]
    context = {
        "rows": rows,
        "q": words,
        "state": state,
        "states": Decision.State.choices,
        "rounds": queries.rounds(actor.agency) if may_draft(actor) else [],
        "above": _above(actor) if may_draft(actor) else [],
        "sees_register": sees_whole(actor),
    }
    return render(request, "staff/decisions/all.html", context)


def _above(actor: Actor) -> list[tuple[Nomination, str, str]]:
    """What goes up: each line with its award in words and who decides it."""
    return [
        (line, award_words(line), drafting.may_be_decided_by(actor.agency, line.award).who)
        for line in queries.for_above(actor.agency)
    ]


def new(request: StaffRequest, code: str) -> HttpResponse:
    """Draft from a movement's code or from a year. The decision's own code is given with the empty form: no twin on a second press."""
    actor = request.actor
    if not (verdict := may_draft(actor)):
        raise Refused(verdict)
    round_ = next((one for one in queries.rounds(actor.agency) if one.key == code), None)
    if round_ is None:
        if OUR_CODE.fullmatch(own := request.POST.get("code", "")) and Decision.objects.filter(code=own).exists():
            return redirect("decisions:one", own)
        raise Refused(no("Không còn đề nghị nào của đợt này chờ quyết định.", who="Hội đồng Thi đua, khen thưởng"))
    nominations = queries.waiting_in(actor.agency, round_)
    given = actions.suggested(nominations, minutes=("", queries.council_day(nominations)), by=actor)
    initial = {name: getattr(given, name) for name in queries.COLUMNS}
    form = DecisionForm(nominations, request.POST or None, initial=initial)
    own = request.POST.get("code", "")
    own = own if OUR_CODE.fullmatch(own) else public_code()
    if request.method == "POST" and form.is_valid():
        try:
            decision = actions.draft(nominations, form.decision(), form.refusals(), code=own, by=actor)
        except IntegrityError:
            messages.info(request, "Bản thảo này đã lưu từ lần bấm trước, không lưu thêm bản thứ hai.")
            return redirect("decisions:one", own)
        messages.success(request, "Đã lưu dự thảo quyết định. Xem lại danh sách, tiền thưởng rồi trình Giám đốc.")
        return redirect("decisions:one", decision.code)
    context = {"form": form, "code": own, "round": round_}
    return render(request, "staff/decisions/edit.html", context, status=422 if form.errors else 200)


def edit(request: StaffRequest, code: str) -> HttpResponse:
    decision = seen(request, code)
    if not (verdict := may_edit(request.actor, decision)):
        raise Refused(verdict)
    nominations = [line.nomination for line in queries.lines_of(decision)]
    form = DecisionForm(nominations, request.POST or None, initial=initial_of(decision, queries.fields_of(decision)))
    version = version_of(request.POST if request.method == "POST" else {"version": decision.version})
    status = 422 if form.errors else 200
    told = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(decision, form.decision(), form.refusals(), version=version, by=request.actor)
        except Overtaken as overtaken:
            decision.refresh_from_db()
            version, told, status = decision.version, overtaken.last and sentence(overtaken.last), 409
        else:
            messages.success(request, "Đã lưu.")
            return redirect("decisions:one", code)
    context = {"form": form, "decision": decision, "version": version, "told": told}
    return render(request, "staff/decisions/edit.html", context, status=status)


def one(request: StaffRequest, code: str) -> HttpResponse:
    decision, actor = seen(request, code), request.actor
    whole = sees_whole(actor)
    publicity = DECISION_PUBLICITY.offers(decision, actor) if decision.state == Decision.State.ISSUED else []
    offers = sorted([*DECISION.offers(decision, actor), *publicity], key=lambda offer: not offer.verdict)
    lines = list(
        lines_visible_to(actor)
        .filter(decision=decision, is_live=True)
        .select_related("nomination__dossier")
        .order_by("outcome", "place", "pk")
    )
    awards = [line for line in lines if line.outcome == "award"]
    context = {
        "decision": decision,
        "chip": CHIPS[decision.state],
        "path": _path(decision),
        "whole": whole,
        "offers": offers if whole else [],
        "may_edit": may_edit(actor, decision),
        "may_compare": may_compare(actor, decision),
        "may_print": may_print(actor, decision),
        "copy": comparing.latest_copy(decision) if whole else None,
        "awards": awards,
        "refusals": [line for line in lines if line.outcome == "refuse"],
        "count": queries.count_of(awards),
        "total": queries.total_of(awards),
        "rounding": papers.rounding_words(decision),
        "story": story_of(decision) if whole else [],
        "papers": stored.papers_of(decision) if whole else [],
        "news": news_about.about(decision, actor),
    }
    return render(request, "staff/decisions/one.html", context)


def _path(decision: Decision) -> list[tuple[str, str]]:
    reached = decision.state if decision.state in dict(PATH) else "draft"
    place = [key for key, _ in PATH].index(reached)
    return [(label, "past" if i < place else "now" if i == place else "") for i, (_, label) in enumerate(PATH)]


def money(request: StaffRequest, code: str) -> HttpResponse:
    """A person answers for amounts that the book may not decide."""
    decision = seen(request, code)
    if not (verdict := may_edit(request.actor, decision)):
        raise Refused(verdict)
    form = MoneyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.check_money(decision, by=request.actor, **form.cleaned_data)
        messages.success(request, "Đã ghi người xem mức thưởng và văn bản đã mở.")
        return redirect("decisions:one", code)
    context = {"decision": decision, "form": form, "lines": queries.awarded(decision)}
    return render(request, "staff/decisions/money.html", context, status=422 if form.errors else 200)


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """One step of the tables: first what will happen, then the act."""
    decision = seen(request, code)
    if name not in STEPS:
        raise Http404
    workflow = DECISION_PUBLICITY if name in {"publish", "hide"} else DECISION
    row = workflow.step(name)
    form = DecisionStepForm(request, decision, name, request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = partial(STEPS[name], decision, by=request.actor, **form.arguments())
        done_once(request, f"{workflow.name}.{name}", act, AFTER[name])
        return redirect("decisions:one", code)
    if not (verdict := workflow.verdict(decision, name, request.actor, reason="…")):
        raise Refused(verdict)
    context = {
        "step": row, "form": form, "about": decision.title, "hint": row.hint, "risk": row.reason_required or name == "issue",
        "back": reverse("decisions:one", args=[code]),
        "crumbs": [(reverse("decisions:all"), "Quyết định"), (reverse("decisions:one", args=[code]), decision.title)],
    }  # fmt: skip
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def preview(request: StaffRequest, code: str, form: str, format_: str) -> HttpResponse:
    """A paper as it would look now; nothing is kept. The Word form of the decision may be edited before it is signed."""
    decision = _whole(request, code)
    if form not in PREVIEWS:
        raise Http404
    name, make = PREVIEWS[form]
    return as_drawn(make(decision), papers.file_name(name, decision), format_)


def paper(request: StaffRequest, code: str, paper: str, format_: str) -> HttpResponse:
    """A paper, byte for byte as it was made."""
    return kept_paper(_whole(request, code), paper, format_)


def payment_file(request: StaffRequest, code: str) -> HttpResponse:
    """The payment list as a sheet, amounts as numbers."""
    decision = _whole(request, code)
    heads = [column.title for column in papers.PAYMENT_COLUMNS]
    name = f"{papers.file_name('Danh-sach-chi-thuong', decision)}.xlsx"
    return as_attachment(xlsx.write("Chi thưởng", heads, papers.payment_rows(decision)), name)


REGISTER = (
    "Số vào sổ",
    "Họ và tên, tập thể",
    "Chức vụ",
    "Đơn vị",
    "Danh hiệu, hình thức",
    "Quyết định",
    "Ngày",
    "Mã kiểm tra",
    "Tình trạng",
)


def _register(request: StaffRequest) -> list[Any]:
    if not sees_whole(request.actor):
        raise Refused(no("Sổ giấy khen do thường trực và văn thư giữ.", who="Thường trực thi đua, khen thưởng"))
    found = queries.certificates_matching(certificates_visible_to(request.actor), request.GET.get("q", ""))
    return list(found.select_related("line__decision"))


def certificates(request: StaffRequest) -> HttpResponse:
    """The register: numbers without gaps, newest first."""
    rows = _register(request)
    context = {"rows": rows[:300], "count": len(rows), "q": request.GET.get("q", "")}
    return render(request, "staff/decisions/certificates.html", context)


def certificates_file(request: StaffRequest) -> HttpResponse:
    rows = [
        (row.register_number, row.line.full_name, row.line.title, row.line.unit, row.line.award_words, row.line.decision.document_number,
         f"{row.line.decision.decided_on:%d/%m/%Y}", row.code, "Còn hiệu lực" if row.is_valid else f"Huỷ theo {row.annulled_by}")
        for row in _register(request)
    ]  # fmt: skip
    return as_attachment(xlsx.write("Sổ giấy khen", REGISTER, rows), "So-giay-khen.xlsx")
