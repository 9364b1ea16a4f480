"""From a plan document to a movement: send the file in, wait, look at every value beside its sentence, make the movement."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bangvang import vietnamese
from bangvang.kernel import drafts
from bangvang.kernel.verdict import Verdict, no
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements import actions
from bangvang.movements.access import may_draft, may_review, reviews_visible_to
from bangvang.movements.models import Movement, PlanReview
from bangvang.movements.proposals import Proposal, proposals, remarks
from bangvang.movements.workflow import REVIEW
from bangvang.papers import actions as stored
from bangvang.papers.models import Reading
from bangvang.web.staff.movement_forms import ReasonForm
from bangvang.web.staff.review_forms import ONE_LINE, PlanUploadForm, plan_form_of, symbol_of, trouble_of
from bangvang.web.staff.review_sheet import Shown, beside
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.sessions import kept_form
from bangvang.web.ui.story import sentence
from bangvang.web.ui.uploads import refusal_of_size

Answer = PlanReview.Answer
CHIPS = {"sure": ("ok", "Chắc chắn"), "look": ("warn", "Cần xem"), "missing": ("unknown", "Văn bản không ghi")}
ALL_SURE = "all_sure"


@dataclass(frozen=True)
class Trouble:
    """An answer that was not taken: why, and the words that were typed."""

    field: str
    why: str
    typed: str


def _seen(request: StaffRequest, code: str) -> PlanReview:
    reviews = reviews_visible_to(request.actor).select_related("reading__file", "movement", "reviewer")
    return get_object_or_404(reviews, code=code)


def new(request: StaffRequest) -> HttpResponse:
    """Send in a plan document; below, the readings that are still open."""
    if not (verdict := may_draft(request.actor)):
        raise Refused(verdict)
    form = PlanUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if words := refusal_of_size(request):
            form.errors["file"] = form.error_class([words])
        elif form.is_valid():
            reading = stored.read_plan(form.cleaned_data["file"], by=request.actor)
            return redirect("reviews:one", actions.open_review(reading, by=request.actor).code)
    waiting = reviews_visible_to(request.actor).filter(state=PlanReview.State.OPEN)
    context = {"form": form, "open": waiting.select_related("reading__file")[:50]}
    return render(request, "staff/reviews/new.html", context, status=422 if form.errors else 200)


def one(request: StaffRequest, code: str) -> HttpResponse:
    """The waiting line while the file is read, then every value with what may be said of it."""
    review = _seen(request, code)
    waiting = review.reading.state == Reading.State.WAITING
    if request.method == "POST":
        return _answered(request, review)
    if waiting or request.htmx:
        template = "staff/reviews/_waiting.html" if request.htmx else "staff/reviews/waiting.html"
        response = render(request, template, {"review": review})
        if not waiting:
            response["HX-Refresh"] = "true"
        return response
    if review.reading.state == Reading.State.REFUSED:
        return render(request, "staff/reviews/unreadable.html", {"review": review})
    return _page(request, review, trouble=_kept(request))


def _answered(request: StaffRequest, review: PlanReview) -> HttpResponse:
    """Take one answer, or the confirmation of all sure values, and go on to the next value that waits."""
    found = proposals(review)
    field, how = request.POST.get("field", ""), request.POST.get("how", "")
    if how == ALL_SURE:
        given = {one.field: (Answer.RIGHT.value, one.text) for one in _open(found) if one.standing == "sure"}
    else:
        proposal = next((one for one in found if one.field == field), None)
        if proposal is None or how not in Answer.values:
            raise Refused(no("Chưa chọn đúng, sửa, bỏ hay để trống. Xin quay lại trang bản đọc."))
        text = _text_of(request, proposal, how)
        if why := trouble_of(field, text) or _empty_words(how, text):
            return _page(request, review, trouble=Trouble(field, why, text), status=422)
        given = {field: (how, text)}
    if not given:
        return redirect("reviews:one", review.code)
    try:
        actions.answer(review, given, by=request.actor, version=_version(request))
    except Overtaken as overtaken:
        review.refresh_from_db()
        who = sentence(overtaken.last) if overtaken.last else None
        why = f"{who.who} vừa trả lời trước, lúc {who.when}." if who else "Có người vừa trả lời trước."
        typed = next(iter(given.values()))[1]
        return _page(request, review, trouble=Trouble(field, why, typed), status=409)
    drafts.drop(request.user.pk, kept_form(request.path))
    return redirect(f"{request.path}#{_next_place(proposals(review))}")


def _text_of(request: StaffRequest, proposal: Proposal, how: str) -> str:
    if how == Answer.RIGHT:
        return proposal.text
    if how == Answer.CORRECTED:
        return vietnamese.clean_lines(request.POST.get("text", ""))
    return ""


def _empty_words(how: str, text: str) -> str:
    if how == Answer.CORRECTED and not text:
        return "Chưa gõ chữ nào. Muốn bỏ trống thì dùng nút “Bỏ” hoặc “Để trống”."
    return ""


def _open(found: list[Proposal]) -> list[Proposal]:
    return [one for one in found if not one.answer]


def _next_place(found: list[Proposal]) -> str:
    """The first value that still waits, in the order in which the page shows them."""
    waiting = sorted(_open(found), key=lambda one: ("look", "missing", "sure").index(one.standing))
    return f"f-{waiting[0].field}" if waiting else "lap"


def _version(request: StaffRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0


def _kept(request: StaffRequest) -> Trouble | None:
    """A correction that came after the session had ended, offered again."""
    if "giu-lai" not in request.GET or (kept := drafts.find(request.user.pk, kept_form(request.path))) is None:
        return None
    first = {name: values[0] if isinstance(values, list) and values else values for name, values in kept.fields.items()}
    return Trouble(
        str(first.get("field", "")), "Phần này gõ lúc phiên làm việc đã hết, chưa lưu.", str(first.get("text", ""))
    )


def _page(
    request: StaffRequest, review: PlanReview, *, trouble: Trouble | None = None, form: Any = None, status: int = 200
) -> HttpResponse:
    found = proposals(review)
    sheet, shown = beside(review.reading.lines, found)
    groups = {name: [one for one in shown if _group(one) == name] for name in ("look", "missing", "sure", "answered")}
    context = {
        "review": review,
        "sheet": sheet,
        "groups": groups,
        "counts": {name: sum(one.standing == name for one in found) for name in CHIPS},
        "chips": CHIPS,
        "answered": len(groups["answered"]),
        "all": len(found),
        "next": _next_place(found),
        "one_line": ONE_LINE,
        "kinds": Movement.Kind.labels,
        "trouble": trouble,
        "remarks": list(remarks(review)),
        "verdict": _verdict(request, review, found),
        "may_review": may_review(request.actor, review),
        "may_report": REVIEW.verdict(review, "report", request.actor),
        "record": review.reading.draft.get("record") or {},
        "form": form,
        "errors": _errors(form) if form is not None else [],
    }
    return render(request, "staff/reviews/one.html", context, status=status)


def _group(one: Shown) -> str:
    return "answered" if one.proposal.answer else one.proposal.standing


def _errors(form: Any) -> list[tuple[str, str, str]]:
    return [(name, str(form.fields[name].label), str(texts[0])) for name, texts in form.errors.items()]


def _verdict(request: StaffRequest, review: PlanReview, found: list[Proposal]) -> Verdict:
    """Whether the movement can be made now, or what stands in the way."""
    if not (allowed := REVIEW.verdict(review, "use", request.actor)):
        return allowed
    waiting = _open(found)
    words = {"look": "cần xem", "missing": "văn bản không ghi", "sure": "chắc chắn nhưng chưa xác nhận"}
    counts = {name: sum(one.standing == name for one in waiting) for name in words}
    if waiting:
        told = ", ".join(f"{counts[name]} giá trị {words[name]}" for name in words if counts[name])
        return no(f"Còn {told}.")
    return allowed


@require_POST
def use(request: StaffRequest, code: str) -> HttpResponse:
    """Make the movement of the agreed texts. A second press finds it made."""
    review = _seen(request, code)
    if review.movement is not None:
        messages.info(request, "Phong trào này đã lập từ lần bấm trước, không lập thêm.")
        return redirect("movements:one", review.movement.code)
    found = proposals(review)
    if not (verdict := _verdict(request, review, found)):
        raise Refused(verdict)
    form = plan_form_of(found)
    if not form.is_valid():
        return _page(request, review, form=form, status=422)
    movement = actions.use_review(
        review, form.plan(), symbol=symbol_of(found), version=_version(request), by=request.actor
    )
    messages.success(request, "Đã lập bản thảo phong trào từ văn bản. Xem lại, đủ rồi thì trình duyệt.")
    return redirect("movements:one", movement.code)


@require_POST
def report(request: StaffRequest, code: str) -> HttpResponse:
    """What an article tells of honours goes to the waiting list of the ledger. A second press finds it there."""
    review = _seen(request, code)
    if review.state == PlanReview.State.REPORTED:
        messages.info(request, "Bài này đã ghi chờ kiểm chứng từ lần bấm trước, không ghi thêm.")
        return redirect("claims:all")
    actions.report_record(review, version=_version(request), by=request.actor)
    messages.success(request, "Đã ghi những gì bài kể vào danh sách chờ kiểm chứng. Chưa tính cho ai.")
    return redirect("claims:all")


def drop(request: StaffRequest, code: str) -> HttpResponse:
    review = _seen(request, code)
    form = ReasonForm(request, review, request.POST or None)
    if not (verdict := REVIEW.verdict(review, "drop", request.actor, reason="…")):
        raise Refused(verdict)
    if request.method == "POST" and form.is_valid():
        actions.drop_review(review, by=request.actor, **form.arguments())
        messages.success(request, "Đã bỏ bản đọc. Tệp và những gì đã trả lời vẫn còn lưu.")
        return redirect("reviews:new")
    context = {
        "step": REVIEW.step("drop"),
        "form": form,
        "about": review.reading.file.name,
        "back": request.path.removesuffix("bo/"),
        "crumbs": [("/lam-viec/phong-trao/", "Phong trào"), (request.path.removesuffix("bo/"), "Bản đọc kế hoạch")],
        "risk": True,
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)
