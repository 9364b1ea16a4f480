"""One nomination: typing it, pasting many, its findings, its evidence, the judgements a person gives."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang.dossiers import actions, papers, queries
from bangvang.dossiers.access import may_answer_breach, may_judge, may_write, nominations_visible_to
from bangvang.dossiers.conduct import observations_about, open_breaches
from bangvang.dossiers.models import Dossier, Evidence, Nomination
from bangvang.honours.access import may_enter
from bangvang.honours.models import Standing
from bangvang.kernel.models import CODE_ALPHABET, public_code
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.law.explain import Judged, restored
from bangvang.papers.models import StoredFile
from bangvang.progress.access import observations_visible_to
from bangvang.web.staff.conduct_forms import BreachAnswerForm
from bangvang.web.staff.dossier_forms import EvidenceForm, JudgementForm, NominationForm, PasteForm, StepForm, pasted
from bangvang.web.staff.dossiers import seen
from bangvang.web.staff.files import as_attachment
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.keeping import draft_of, forget, kept, version_of
from bangvang.web.ui.story import sentence, story_of
from bangvang.web.ui.uploads import taken_in
from bangvang.web.ui.verdicts import verdict_of

OUR_CODE = re.compile(rf"[{CODE_ALPHABET}]{{10}}")


def _line(request: StaffRequest, code: str, line: str) -> Nomination:
    found = nominations_visible_to(request.actor).filter(dossier__code=code)
    joined = found.select_related("dossier__unit__agency", "dossier__movement", "person", "unit")
    return get_object_or_404(joined, code=line)


def new(request: StaffRequest, code: str) -> HttpResponse:
    """Type a nomination. The line's code is given with the empty form, so a second press makes no second line."""
    dossier = seen(request, code)
    name = f"dossier:new:{code}"
    if not (verdict := may_write(request.actor, dossier)):
        raise Refused(verdict)
    typed = kept(request, name)
    initial = typed or {
        "kind": "person",
        "stream": _asked_stream(request) or _usual_stream(dossier),
        "for_year": dossier.year,
        "who": request.GET.get("ai", ""),
    }
    form = NominationForm(dossier, request.actor.day, request.POST or None, initial=initial)
    line_code = request.POST.get("code") or str(typed.get("code", ""))
    if not OUR_CODE.fullmatch(line_code):
        line_code = public_code()
    if request.method == "POST" and form.is_valid():
        if dossier.nominations.filter(code=line_code).exists():
            messages.info(request, "Đề nghị này đã lưu từ lần bấm trước, không lưu thêm dòng thứ hai.")
            return redirect("dossiers:one", code)
        try:
            line = actions.nominate(dossier, form.nomination(), code=line_code, by=request.actor)
        except Refused as refused:
            form.add_error(None, refused.verdict.reason)
        else:
            forget(request, name)
            messages.success(request, f"Đã thêm đề nghị cho {line.name_then}. Gửi kèm minh chứng ở dưới.")
            return redirect("dossiers:nomination", code, line.code)
    context = {
        "dossier": dossier,
        "form": form,
        "code": line_code,
        "draft_name": name,
        "draft": draft_of(request, name),
    }
    return render(request, "staff/dossiers/nomination_edit.html", context, status=422 if form.errors else 200)


def _asked_stream(request: StaffRequest) -> str:
    """The stream that a link names, as a good deed's does."""
    asked = request.GET.get("loai", "")
    return asked if asked in Nomination.Stream.values else ""


def _usual_stream(dossier: Dossier) -> str:
    streams = Nomination.Stream
    return (streams.THEMATIC if dossier.movement and dossier.movement.kind == "thematic" else streams.MERIT).value


def edit(request: StaffRequest, code: str, line: str) -> HttpResponse:
    """Save a line under its version. Somebody was first: both texts of each field are shown, nothing typed is lost."""
    found = _line(request, code, line)
    name = f"dossier:line:{line}"
    if not (verdict := may_write(request.actor, found.dossier)):
        raise Refused(verdict)
    typed = kept(request, name)
    initial = typed or NominationForm.initial_of(queries.fields_of(found))
    form = NominationForm(found.dossier, request.actor.day, request.POST or None, initial=initial)
    version = version_of(request.POST if request.method == "POST" else {"version": found.version, **typed})
    context: dict[str, Any] = {
        "dossier": found.dossier,
        "line": found,
        "form": form,
        "draft_name": name,
        "version": version,
    }
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.edit_nomination(found, form.nomination(), version=version, by=request.actor)
            except Overtaken as overtaken:
                found.refresh_from_db()
                context |= {"version": found.version, "overtaken": _both_texts(form, found, overtaken)}
                status = 409
            except Refused as refused:
                form.add_error(None, refused.verdict.reason)
            else:
                forget(request, name)
                messages.success(request, "Đã lưu.")
                return redirect("dossiers:nomination", code, line)
    context["draft"] = draft_of(request, name)
    return render(request, "staff/dossiers/nomination_edit.html", context, status=status)


def _both_texts(form: NominationForm, line: Nomination, overtaken: Overtaken) -> dict[str, Any]:
    saved = NominationForm.initial_of(queries.fields_of(line))
    differing = [
        (form[name].label, form.words(name, saved[name]), form.words(name, form.cleaned_data.get(name)))
        for name in saved
        if form.cleaned_data.get(name) != saved[name]
    ]
    return {"told": sentence(overtaken.last) if overtaken.last else None, "differing": differing}


def one(request: StaffRequest, code: str, line: str) -> HttpResponse:
    found = _line(request, code, line)
    return _page(request, found, EvidenceForm(), 200)


def _page(request: StaffRequest, line: Nomination, form: EvidenceForm, status: int) -> HttpResponse:
    actor = request.actor
    answer = queries.judged(line, actor.day)
    kept_one = queries.latest_finding(line)
    if kept_one is not None and line.dossier.submitted_on is not None:
        answer = Judged(
            kept_one.award, kept_one.outcome, kept_one.provisional or None, _missing(kept_one.findings), (),
            tuple(restored(kept_one.findings)), kept_one.days["governing"], kept_one.book,
        )  # fmt: skip
    records = Standing.objects.filter(person=line.person) if line.person else Standing.objects.filter(unit=line.unit)
    asked = actions.open_conditions(line, actor.day) if may_judge(actor, line.dossier) else {}
    context = {
        "dossier": line.dossier,
        "line": line,
        "award": papers.award_words(line),
        "who": papers.who_words(line),
        "verdict": verdict_of(answer, records.order_by("entry__seq") if line.person or line.unit else []),
        "kept_finding": kept_one,
        "is_kept": kept_one is not None and line.dossier.submitted_on is not None,
        "history": list(line.stored_findings.order_by("-pk")),
        "asked": list(asked.items()),
        "judgements": list(queries.judgements_for(line)),
        "observations": _observed(request, line),
        "evidence": list(line.evidence.select_related("file")),
        "form": form,
        "may_write": may_write(actor, line.dossier),
        "may_judge": may_judge(actor, line.dossier),
        "may_enter": bool(line.person or line.unit) and bool(may_enter(actor)),
        "subject_code": getattr(line.person or line.unit, "code", ""),
        "here_address": request.path,
        "story": story_of(line),
        "waiting": line.evidence.filter(file__state=StoredFile.State.WAITING).exists(),
    }
    return render(request, "staff/dossiers/nomination.html", context, status=status)


def _observed(request: StaffRequest, line: Nomination) -> list[dict[str, Any]]:
    """Facts about the nominee that this reader may see; of a violation, whether it was answered and who may answer."""
    found = observations_about(line).filter(pk__in=observations_visible_to(request.actor).values("pk"))
    open_ones = {one.pk for one in open_breaches([line]).get(line.pk, [])}
    answers = {answer.observation_id: answer for answer in line.breach_answers.all()}
    return [
        {
            "observation": one,
            "answer": answers.get(one.pk),
            "is_open": one.pk in open_ones,
            "may_answer": one.pk in open_ones and may_answer_breach(request.actor, line, one),
        }
        for one in found
    ]


def answer_breach(request: StaffRequest, code: str, line: str, name: str) -> HttpResponse:
    """Say why the line is proposed although a violation is recorded."""
    found = _line(request, code, line)
    seen_facts = observations_visible_to(request.actor)
    observation = get_object_or_404(observations_about(found).filter(pk__in=seen_facts.values("pk")), code=name)
    if not (verdict := may_answer_breach(request.actor, found, observation)):
        raise Refused(verdict)
    form = BreachAnswerForm(request.POST or None)
    page = reverse("dossiers:nomination", args=[code, line])
    if request.method == "POST" and form.is_valid():
        actions.answer_breach(found, observation, form.cleaned_data["reason"], by=request.actor)
        messages.success(request, "Đã ghi lý do. Đề nghị không còn bị tạm dừng vì ghi nhận này.")
        return redirect(page)
    context = {
        "step": {"label": "Trả lời ghi nhận vi phạm", "hint": f"{observation.what} Căn cứ: {observation.source}."},
        "form": form,
        "about": found.name_then,
        "back": page,
        "crumbs": [(reverse("dossiers:one", args=[code]), found.dossier.unit.name), (page, found.name_then)],
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def _missing(findings: list[dict[str, Any]]) -> tuple[str, ...]:
    flat = [item for finding in restored(findings) for item in finding.flat()]
    return tuple(dict.fromkeys(text for item in flat if item.outcome == "missing_data" for text in item.missing))


def withdraw(request: StaffRequest, code: str, line: str) -> HttpResponse:
    """Take a line out, with the reason."""
    found = _line(request, code, line)
    if not (verdict := may_write(request.actor, found.dossier)):
        raise Refused(verdict)
    form = StepForm(True, request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.withdraw_nomination(found, reason=given["reason"], version=given["version"], by=request.actor)
        messages.success(request, f"Đã rút đề nghị cho {found.name_then}; lý do được giữ lại.")
        return redirect("dossiers:one", code)
    context = {"dossier": found.dossier, "line": found, "form": form}
    return render(request, "staff/dossiers/withdraw.html", context, status=422 if form.errors else 200)


@require_POST
def attach(request: StaffRequest, code: str, line: str) -> HttpResponse:
    """Take in a file; it is looked at in the limited child before anybody may rely on it."""
    found = _line(request, code, line)
    if not (verdict := may_write(request.actor, found.dossier)):
        raise Refused(verdict)
    form = EvidenceForm(request.POST, request.FILES)
    if (file := taken_in(request, form)) is not None:
        actions.attach(found, file, form.cleaned_data["evidence_kind"], by=request.actor)
        messages.success(request, f"Đã nhận tệp “{file.name}”, đang kiểm tra.")
        return redirect("dossiers:nomination", code, line)
    return _page(request, found, form, 422)


@require_POST
def detach(request: StaffRequest, code: str, line: str, file: str) -> HttpResponse:
    found = _line(request, code, line)
    evidence = get_object_or_404(Evidence, nomination=found, file__code=file)
    actions.detach(evidence, by=request.actor)
    messages.success(request, "Đã bỏ tệp khỏi đề nghị.")
    return redirect("dossiers:nomination", code, line)


def download(request: StaffRequest, code: str, line: str, file: str) -> HttpResponse:
    """Evidence, for whoever sees the line, once it was found in order."""
    found = _line(request, code, line)
    evidence = get_object_or_404(Evidence, nomination=found, file__code=file, file__state=StoredFile.State.USABLE)
    return as_attachment(evidence.file.path.read_bytes(), evidence.file.name)


def judge(request: StaffRequest, code: str, line: str) -> HttpResponse:
    """Answer what the machine may not decide: which text was opened, for the line or for the whole round."""
    found = _line(request, code, line)
    if not (verdict := may_judge(request.actor, found.dossier)):
        raise Refused(verdict)
    condition = request.POST.get("dieu-kien") or request.GET.get("dieu-kien", "")
    asked = actions.open_conditions(found, request.actor.day)
    if condition not in asked:
        raise Http404
    name = f"dossier:judge:{line}"
    in_round = found.dossier.movement is not None
    initial = kept(request, name) or {"scope": "line", "opened_on": request.actor.day}
    form = JudgementForm(request.actor.day, in_round, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        whole = form.cleaned_data.get("scope") == "round"
        actions.judge(found, form.given(condition), whole_round=whole, by=request.actor)
        forget(request, name)
        messages.success(request, "Đã ghi nhận định. Kết quả xét đã tính lại; câu trả lời hiện mãi trong hồ sơ.")
        return redirect("dossiers:nomination", code, line)
    count = actions.lines_of_round(found).count() if in_round else 1
    context = {
        "dossier": found.dossier,
        "line": found,
        "form": form,
        "condition": condition,
        "question": asked[condition],
        "count": count,
    }
    return render(request, "staff/dossiers/judge.html", context, status=422 if form.errors else 200)


def paste(request: StaffRequest, code: str) -> HttpResponse:
    """Many nominations from a sheet: first what each row means and which cannot be taken, then all or none."""
    dossier = seen(request, code)
    if not (verdict := may_write(request.actor, dossier)):
        raise Refused(verdict)
    name = f"dossier:paste:{code}"
    form = PasteForm(request.POST or None, initial=kept(request, name))
    rows = pasted(dossier, form.cleaned_data["rows"]) if request.method == "POST" and form.is_valid() else []
    refused = [row for row in rows if row[3]]
    problem = ""
    if rows and not refused and "ghi" in request.POST:
        try:
            made = actions.nominate_many(dossier, [row[2] for row in rows if row[2]], by=request.actor)
        except Refused as why:
            problem = why.verdict.reason
        else:
            forget(request, name)
            messages.success(request, f"Đã thêm {made} đề nghị.")
            return redirect("dossiers:one", code)
    context = {
        "dossier": dossier,
        "form": form,
        "rows": rows,
        "refused": len(refused),
        "problem": problem,
        "draft_name": name,
    }
    return render(
        request, "staff/dossiers/paste.html", context, status=422 if form.errors or refused or problem else 200
    )
