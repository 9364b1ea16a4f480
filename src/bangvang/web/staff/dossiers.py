"""Hồ sơ khen thưởng: the list, one dossier, the unit's review, each step, papers, export."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bangvang import vietnamese
from bangvang.dossiers import actions, papers, queries
from bangvang.dossiers.access import (
    dossiers_visible_to,
    is_head_of,
    may_open,
    may_write,
    nominations_visible_to,
    sees_agency,
)
from bangvang.dossiers.conduct import open_breaches
from bangvang.dossiers.models import Dossier, Nomination
from bangvang.dossiers.workflow import DOSSIER
from bangvang.honours.findings import award_label
from bangvang.kernel import drafts
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements.access import movements_visible_to
from bangvang.papers import actions as stored
from bangvang.papers import xlsx
from bangvang.people.access import may_see_dossiers
from bangvang.people.actor import Actor
from bangvang.progress.access import observations_visible_to
from bangvang.web.staff.dossier_forms import MeetingForm, StepForm
from bangvang.web.staff.files import as_attachment, as_drawn, kept_paper
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.keeping import draft_of, forget, kept, version_of
from bangvang.web.ui.steps import done_once
from bangvang.web.ui.story import sentence, story_of
from bangvang.web.ui.verdicts import WORDS, list_line

CHIPS = {"draft": "ink", "submitted": "ink", "returned": "warn", "accepted": "ok"}
PATH = (("draft", "Đơn vị bình xét, lập hồ sơ"), ("submitted", "Trình, chờ tiếp nhận"), ("accepted", "Đã tiếp nhận"))
STEPS: dict[str, Any] = {
    "submit": actions.submit,
    "recall": actions.recall,
    "accept": actions.accept,
    "return": actions.send_back,
}
AFTER = {
    "submit": "Đã trình. Kết quả xét điều kiện của từng đề nghị đã lưu; biên bản và tờ trình đang được lập.",
    "recall": "Đã rút về. Hồ sơ lại sửa được.",
    "accept": "Đã tiếp nhận. Đơn vị thấy điều này trong “Việc của tôi”.",
    "return": "Đã trả lại, đơn vị thấy lý do.",
}


def seen(request: StaffRequest, code: str) -> Dossier:
    """The dossier, if this actor may see it; else the same 404 as for one that is not there."""
    found = dossiers_visible_to(request.actor).select_related("unit__agency", "unit__parent", "movement", "drafted_by")
    return get_object_or_404(found, code=code)


def lines_of(request: StaffRequest, dossier: Dossier) -> list[Nomination]:
    return list(nominations_visible_to(request.actor).filter(dossier=dossier).select_related("person", "unit"))


def all_dossiers(request: StaffRequest) -> HttpResponse:
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    state = request.GET.get("trang-thai", "")
    rows = [(one, CHIPS[one.state], count) for one, count in _counted(request, state)]
    waiting = sum(one.state == Dossier.State.SUBMITTED for one, _, _ in rows)
    context = {
        "rows": rows,
        "waiting": waiting,
        "state": state,
        "states": Dossier.State.choices,
        "may_open": may_open(request.actor),
        "sees_agency": sees_agency(request.actor),
    }
    return render(request, "staff/dossiers/all.html", context)


def _counted(request: StaffRequest, state: str) -> list[tuple[Dossier, int]]:
    """The dossiers one sees (in a state, if it is one), each with the number of standing nominations one may read."""
    found = dossiers_visible_to(request.actor).select_related("unit", "movement")
    if state in Dossier.State.values:
        found = found.filter(state=state)
    standing = nominations_visible_to(request.actor).filter(withdrawn_on=None)
    return [
        (one, len(one.readable)) for one in found.prefetch_related(Prefetch("nominations", standing, "readable"))[:300]
    ]


def export_all(request: StaffRequest) -> HttpResponse:
    """The list as a sheet, with the filter of the page."""
    if not (verdict := may_see_dossiers(request.actor)):
        raise Refused(verdict)
    heads = ("Hồ sơ", "Đơn vị", "Trạng thái", "Đề nghị", "Ngày trình")
    rows = [
        (one.occasion, one.unit.name, one.get_state_display(), count, vietnamese.format_date(one.submitted_on) if one.submitted_on else "")
        for one, count in _counted(request, request.GET.get("trang-thai", ""))
    ]  # fmt: skip
    return as_attachment(xlsx.write("Hồ sơ", heads, rows), "Ho-so-khen-thuong.xlsx")


def new(request: StaffRequest) -> HttpResponse:
    """Open the unit's dossier: for a movement that was rolled out to it, or for a year."""
    actor = request.actor
    if not (verdict := may_open(actor)):
        raise Refused(verdict)
    rounds = [row.movement for row in queries.rounds_of(actor.unit)]
    waiting = Dossier.objects.filter(unit=actor.unit, movement=None, state__in=Dossier.ON_THE_WAY)
    taken = set(waiting.values_list("year", flat=True))
    years = [year for year in (actor.day.year, actor.day.year - 1) if year not in taken]
    problem = ""
    if request.method == "POST":
        chosen = request.POST.get("dot", "")
        movement = movements_visible_to(actor).filter(code=chosen).first()
        if movement is not None or chosen in {str(year) for year in years}:
            last = movement.ends_on.year if movement and movement.ends_on else actor.day.year
            year = min(last, actor.day.year) if movement else int(chosen)
            dossier = actions.open_dossier(movement, year, by=actor)
            messages.success(request, "Đã mở hồ sơ. Ghi biên bản bình xét, rồi thêm từng đề nghị.")
            return redirect("dossiers:one", dossier.code)
        problem = "Xin chọn phong trào hoặc năm."
    context = {"rounds": rounds, "years": years, "problem": problem}
    return render(request, "staff/dossiers/new.html", context, status=422 if problem else 200)


def one(request: StaffRequest, code: str) -> HttpResponse:
    dossier = seen(request, code)
    actor = request.actor
    whole = sees_agency(actor) or is_head_of(actor, dossier.unit)
    lines = [line for line in lines_of(request, dossier) if line.withdrawn_on is None]
    review = getattr(dossier, "unit_review", None)
    breaches = _breaches(lines, actor)
    context = {
        "dossier": dossier,
        "chip": CHIPS[dossier.state],
        "path": _path(dossier),
        "offers": DOSSIER.offers(dossier, actor) if whole else [],
        "may_write": may_write(actor, dossier),
        "whole": whole,
        "rows": [_row(line, actor.day, breaches.get(line.pk, 0)) for line in lines],
        "persons": sum(line.subject == "person" for line in lines),
        "collectives": sum(line.subject == "collective" for line in lines),
        "households": sum(line.subject == "household" for line in lines),
        **(_lists(dossier, actor) if whole else {}),
        "withdrawn": dossier.nominations.filter(withdrawn_on__isnull=False) if whole else [],
        "review": review,
        "simplified": review is None and queries.is_simplified(dossier, queries.standing_lines(dossier)),
        "attendances": list(review.attendances.select_related("person")) if review else [],
        "present": queries.attendance_count(dossier),
        "missing": queries.missing_parts(dossier) if whole else [],
        "story": story_of(dossier) if whole else [],
        "papers": stored.papers_of(dossier) if whole else [],
    }
    return render(request, "staff/dossiers/one.html", context)


def _breaches(lines: list[Nomination], actor: Actor) -> dict[int, int]:
    """Line → how many violations nobody answered, of those that this reader may see."""
    left = open_breaches(lines)
    if not left:
        return {}
    seen_ones = set(observations_visible_to(actor).values_list("pk", flat=True))
    return {key: sum(one.pk in seen_ones for one in found) for key, found in left.items()}


def _row(line: Nomination, today: Any, breaches: int) -> dict[str, Any]:
    """A line of the table: the finding stored at submit, else what the book says now; `breaches`: violations nobody answered."""
    kept_one = queries.latest_finding(line)
    standing = line.dossier.submitted_on is not None and kept_one is not None
    answer = kept_one if standing and kept_one else queries.judged(line, today)
    kind, word = WORDS[answer.provisional or answer.outcome]
    return {
        "line": line,
        "award": papers.award_words(line),
        "kind": kind,
        "word": word,
        "provisional": bool(answer.provisional),
        "files": line.evidence.count(),
        "breaches": breaches,
    }


def _lists(dossier: Dossier, actor: Actor) -> dict[str, Any]:
    """What ratio caps say of the whole list, and whether the actor may ask the same of the agency."""
    found = queries.list_findings(dossier, actor.day)
    return {
        "lists": [list_line(one) for one in found],
        "lists_year": found[0].year if found else dossier.year,
        "sees_agency": sees_agency(actor),
    }


def _path(dossier: Dossier) -> list[tuple[str, str]]:
    reached = "draft" if dossier.state == Dossier.State.RETURNED else dossier.state
    place = [key for key, _ in PATH].index(reached)
    return [(label, "past" if i < place else "now" if i == place else "") for i, (_, label) in enumerate(PATH)]


def review(request: StaffRequest, code: str) -> HttpResponse:
    """Record bình xét; saved anew under its version, both texts shown when somebody was first."""
    dossier = seen(request, code)
    name = f"dossier:review:{code}"
    if not (verdict := may_write(request.actor, dossier)):
        raise Refused(verdict)
    found: Any = getattr(dossier, "unit_review", None)
    initial = kept(request, name) or _review_initial(found)
    form = MeetingForm(
        queries.members_of(dossier, request.actor.day), request.actor.day, request.POST or None, initial=initial
    )
    version = version_of(
        request.POST if request.method == "POST" else {"version": found.version if found else 0, **initial}
    )
    context: dict[str, Any] = {"dossier": dossier, "form": form, "draft_name": name, "version": version}
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_review(dossier, form.meeting(), version=version if found else None, by=request.actor)
        except Overtaken as overtaken:
            found.refresh_from_db()
            context |= {"version": found.version, "overtaken": _both_reviews(form, found, overtaken)}
            status = 409
        else:
            forget(request, name)
            messages.success(request, "Đã lưu biên bản bình xét.")
            return redirect("dossiers:one", dossier.code)
    context["draft"] = draft_of(request, name)
    return render(request, "staff/dossiers/review.html", context, status=status)


def _review_initial(found: Any) -> dict[str, Any]:
    if found is None:
        return {}
    known = {
        "held_on": found.held_on,
        "place": found.place,
        "chair": found.chair.code,
        "secretary": found.secretary.code,
        "minutes": found.minutes,
    }
    return known | {f"absent_{row.person.code}": row.reason for row in found.attendances.select_related("person")}


def _both_reviews(form: MeetingForm, found: Any, overtaken: Overtaken) -> dict[str, Any]:
    saved = _review_initial(found)
    differing = [
        (form[name].label, form.fields[name].prepare_value(saved.get(name, "")), form[name].value())
        for name in form.fields
        if form.cleaned_data.get(name, "") != saved.get(name, "")
    ]
    return {"told": sentence(overtaken.last) if overtaken.last else None, "differing": differing}


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """One step of the table: first what will happen, then the act."""
    dossier = seen(request, code)
    if name not in STEPS:
        raise Http404
    row = DOSSIER.step(name)
    form = StepForm(row.reason_required, request.POST or None, initial={"version": dossier.version})
    if request.method == "POST" and form.is_valid():
        reason = {"reason": form.cleaned_data["reason"]} if row.reason_required else {}
        act = partial(STEPS[name], dossier, version=form.cleaned_data["version"], by=request.actor, **reason)
        done_once(request, f"dossier.{name}", act, AFTER[name])
        return redirect("dossiers:one", dossier.code)
    if not (verdict := DOSSIER.verdict(dossier, name, request.actor, reason="…")):
        raise Refused(verdict)
    context = {
        "dossier": dossier,
        "step": row,
        "form": form,
        "lines": queries.standing_lines(dossier),
        **(_lists(dossier, request.actor) if name in ("submit", "accept") else {}),
    }
    return render(request, "staff/dossiers/step.html", context, status=422 if form.errors else 200)


def preview(request: StaffRequest, code: str, form: str, format_: str) -> HttpResponse:
    """A paper as it would look now; nothing is kept."""
    dossier = _whole(request, code)
    makers = {"bien-ban": ("Bien-ban", papers.minutes), "to-trinh": ("To-trinh", papers.nomination_list)}
    if form not in makers or (form == "bien-ban" and not hasattr(dossier, "unit_review")):
        raise Http404
    name, make = makers[form]
    return as_drawn(make(dossier), papers.file_name(name, dossier), format_)


def paper(request: StaffRequest, code: str, paper: str, format_: str) -> HttpResponse:
    """A paper, byte for byte as it was made."""
    return kept_paper(_whole(request, code), paper, format_)


def _whole(request: StaffRequest, code: str) -> Dossier:
    """A dossier of which this actor sees every line: papers and lists name everybody."""
    dossier = seen(request, code)
    if not (sees_agency(request.actor) or is_head_of(request.actor, dossier.unit)):
        raise Http404
    return dossier


def export(request: StaffRequest, code: str) -> HttpResponse:
    """The lines one may see, as a sheet."""
    dossier = seen(request, code)
    lines = [line for line in lines_of(request, dossier) if line.withdrawn_on is None]
    heads = (
        "Họ và tên, tập thể",
        "Danh hiệu, hình thức",
        "Năm",
        "Phiếu đồng ý",
        "Số người bỏ phiếu",
        "Tóm tắt thành tích",
        "Địa chỉ",
        "Chức vụ",
        "Đơn vị",
        "Loại hình",
        "Truy tặng",
    )
    rows = tuple(
        (line.name_then, award_label(line.award), line.for_year, line.votes_for, line.votes_total, line.achievement, line.outside_address,
         line.title_then, line.unit_then, line.get_stream_display(), "Có" if line.is_posthumous else "")
        for line in lines
    )  # fmt: skip
    return as_attachment(xlsx.write("Đề nghị", heads, rows), f"{papers.file_name('Danh-sach', dossier)}.xlsx")


def autosave(request: StaffRequest) -> HttpResponse:
    """Keep what was typed so far in any form of a dossier; one line for the status of the form."""
    name = request.POST.get("draft_name", "")
    if request.method != "POST" or not name.startswith("dossier:"):
        raise Http404
    fields = {key: value for key, value in request.POST.items() if key not in {"draft_name", "bv_owner"}}
    try:
        drafts.keep(request.user.pk, name[:80], fields)
    except ValueError as error:
        return HttpResponse(str(error), status=413)
    return HttpResponse("Đã lưu tạm trên máy chủ.")
