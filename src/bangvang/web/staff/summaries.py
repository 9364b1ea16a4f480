"""Báo cáo sơ kết, tổng kết: begun from the board, written, approved, numbered, issued; its paper is made once."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements.access import movements_visible_to
from bangvang.papers import actions as stored
from bangvang.papers.blocks import Column, Paragraph, Section, Table
from bangvang.people.actor import Actor
from bangvang.progress import actions, papers
from bangvang.progress.access import may_edit_review, may_see_board, movement_reviews_visible_to
from bangvang.progress.models import Period, Review
from bangvang.progress.workflow import MOVEMENT_REVIEW
from bangvang.web.staff import news_about
from bangvang.web.staff.files import as_drawn, kept_paper
from bangvang.web.staff.movement_forms import PasswordForm, ReasonForm, StepForm
from bangvang.web.staff.summary_forms import ReviewForm, ReviewNumberForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.keeping import draft_of, forget, kept, version_of
from bangvang.web.ui.steps import step_page
from bangvang.web.ui.story import sentence, story_of

CHIPS = {"draft": "ink", "submitted": "ink", "returned": "warn", "approved": "ok", "issued": "done"}
STEPS: dict[str, tuple[type[StepForm], Any]] = {
    "submit": (StepForm, actions.submit_review),
    "recall": (StepForm, actions.recall_review),
    "approve": (PasswordForm, actions.approve_review),
    "return": (ReasonForm, actions.return_review),
    "issue": (ReviewNumberForm, actions.issue_review),
    "withdraw": (ReasonForm, actions.withdraw_review),
}
AFTER = {
    "submit": "Đã trình. Giám đốc thấy lời báo trong “Việc của tôi”.",
    "recall": "Đã rút về. Sửa xong thì trình lại.",
    "approve": "Đã duyệt. Văn thư ghi số rồi ban hành.",
    "return": "Đã trả lại, người soạn thấy lý do.",
    "issue": "Đã ban hành. Bản Word và PDF đang được lập.",
    "withdraw": "Đã thu hồi bản duyệt, người soạn sửa rồi trình lại.",
}


def _seen(request: StaffRequest, code: str) -> Review:
    found = movement_reviews_visible_to(request.actor).select_related("period__movement__agency", "agency__parent")
    return get_object_or_404(found, code=code)


@require_POST
def new(request: StaffRequest, period: str) -> HttpResponse:
    """Begin the review of a period from its board."""
    seen = Period.objects.standing().filter(movement__in=movements_visible_to(request.actor))
    found = get_object_or_404(seen.select_related("movement__agency"), code=period)
    review = actions.draft_review(found, by=request.actor)
    messages.success(request, "Đã soạn từ các báo cáo đã tiếp nhận. Xin viết thành lời của cơ quan rồi trình duyệt.")
    return redirect("summaries:one", review.code)


def one(request: StaffRequest, code: str) -> HttpResponse:
    """The review, as a form while it may be written. Somebody was first: both texts are shown."""
    review = _seen(request, code)
    name = f"movement_review:{code}"
    writable = may_edit_review(request.actor, review)
    if request.method == "POST" and not writable:
        raise Refused(writable)
    typed = kept(request, name)
    given = request.POST if request.method == "POST" else None
    saved = {part: getattr(review, part) for part in ReviewForm.base_fields}
    form = ReviewForm(given, initial=typed or saved)
    version = version_of(given if given is not None else {"version": review.version, **typed})
    overtaken = None
    if given is not None and form.is_valid():
        try:
            actions.edit_review(review, form.review(), version=version, by=request.actor)
        except Overtaken as refused:
            review.refresh_from_db()
            version, overtaken = review.version, _both_texts(form, review, refused)
        else:
            forget(request, name)
            messages.success(request, "Đã lưu báo cáo.")
            return redirect("summaries:one", code)
    context = _about(review, request.actor) | {
        "form": form if writable else None,
        "version": version,
        "draft_name": name,
        "draft": draft_of(request, name) if writable else None,
        "overtaken": overtaken,
    }
    return render(
        request, "staff/progress/review.html", context, status=409 if overtaken else 422 if form.errors else 200
    )


def _about(review: Review, actor: Actor) -> dict[str, Any]:
    story = story_of(review)
    returned = next((line.reason for line in story if line.reason), "") if review.state == Review.State.RETURNED else ""
    offers = MOVEMENT_REVIEW.offers(review, actor)
    return {
        "review": review,
        "movement": review.period.movement,
        "chip": CHIPS[review.state],
        "offers": offers,
        "may_submit": any(offer.verdict and offer.step.name == "submit" for offer in offers),
        "returned": returned,
        "assembled": [(one.title, *_told(one)) for one in papers.assembled(review, actor.day)],
        "parts": [(title, getattr(review, name)) for name, title in papers.PARTS if getattr(review, name).strip()],
        "papers": stored.papers_of(review),
        "sees_board": bool(may_see_board(actor, review.period.movement)),
        "news": news_about.about(review, actor),
        "story": story,
    }


def _told(section: Section) -> tuple[list[str], list[tuple[Table, list[list[tuple[str, Column]]]]]]:
    """The sentences and the tables (each with its rows, cell beside column) of a part that the machine assembled."""
    sentences = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    tables = [block for block in section.blocks if isinstance(block, Table)]
    return sentences, [(one, [list(zip(row, one.columns, strict=True)) for row in one.rows]) for one in tables]


def _both_texts(form: ReviewForm, review: Review, overtaken: Overtaken) -> dict[str, Any]:
    differing = [
        (form[name].label, getattr(review, name), form[name].value())
        for name in form.fields
        if form.cleaned_data.get(name) != getattr(review, name)
    ]
    return {"told": sentence(overtaken.last) if overtaken.last else None, "differing": differing}


def preview(request: StaffRequest, code: str, format_: str) -> HttpResponse:
    """The review as it would look now; nothing is kept."""
    review = _seen(request, code)
    return as_drawn(papers.paper(review, request.actor.day), papers.file_name(review), format_)


def paper(request: StaffRequest, code: str, paper: str, format_: str) -> HttpResponse:
    return kept_paper(_seen(request, code), paper, format_)


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """One step of the table: first what will happen, then the act."""
    review = _seen(request, code)
    movement = review.period.movement
    page = reverse("summaries:one", args=[code])
    return step_page(
        request,
        MOVEMENT_REVIEW,
        review,
        name,
        STEPS,
        after=AFTER,
        page=page,
        about=review.title,
        crumbs=[(reverse("movements:one", args=[movement.code]), movement.title), (page, review.kind_words)],
    )
