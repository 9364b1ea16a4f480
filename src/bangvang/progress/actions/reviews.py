"""The review of a period: begun from what was taken in, written, approved, numbered and issued as a paper that is not made again."""

import datetime
from dataclasses import asdict

from django.db import IntegrityError, transaction

from bangvang import vietnamese
from bangvang.kernel import audit, events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers import frozen
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from bangvang.progress import papers, queries
from bangvang.progress.access import may_draft_review, may_edit_review
from bangvang.progress.models import Period, Review
from bangvang.progress.queries import ReviewFields
from bangvang.progress.workflow import MOVEMENT_REVIEW


@action
def draft_review(period: Period, *, by: Actor) -> Review:
    """Begin the review of a period with the units' own words. A second one is refused."""
    if not (verdict := may_draft_review(by, period)):
        raise Refused(verdict)
    agency = period.movement.agency
    review = Review(
        period=period, agency=agency, symbol=f"BC-{agency.symbol}", drafted_by=by.person, drafted_on=by.day,
        **asdict(queries.first_words(period)),
    )  # fmt: skip
    try:
        with transaction.atomic():
            review.save(force_insert=True)
    except IntegrityError:
        raise Refused(no(f"Báo cáo của kỳ {period.name} đã có. Xin mở báo cáo đó.")) from None
    events.record("movement_review.draft", by=by, roots=[review, period.movement], body={"period": period.code})
    return review


@action
def edit_review(review: Review, given: ReviewFields, *, version: int, by: Actor) -> None:
    """Save the words anew under the version they were opened with; Overtaken when somebody else saved in between."""
    if not (verdict := may_edit_review(by, review)):
        raise Refused(verdict)
    events.lock([review])
    bump(review, version=version, **asdict(given))
    events.record("movement_review.edit", by=by, roots=[review])


@action
def submit_review(review: Review, *, by: Actor, version: int | None = None) -> None:
    """Ask for approval; the assembled parts are frozen as they stand now."""
    assembled = frozen.to_json(papers.facts(review, by.day))
    MOVEMENT_REVIEW.take(review, "submit", by=by, version=version, facts=assembled)
    _tell(review, (Duty.Role.DIRECTOR,), f"Báo cáo “{review.title}” chờ duyệt.", by)


@action
def recall_review(review: Review, *, by: Actor, version: int | None = None) -> None:
    MOVEMENT_REVIEW.take(review, "recall", by=by, version=version, facts=None)


@action
def return_review(review: Review, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Return the review to the clerk with a reason."""
    MOVEMENT_REVIEW.take(review, "return", by=by, version=version, reason=reason, facts=None)
    _tell(review, (Duty.Role.CLERK,), f"Báo cáo “{review.title}” bị trả lại: {reason.strip()}", by)


@action
def approve_review(review: Review, *, by: Actor, version: int | None = None) -> None:
    """The head approves; the signature block is fixed now, from the duty and delegation of the day."""
    duty = by.deciding_duty
    MOVEMENT_REVIEW.take(
        review, "approve", by=by, version=version,
        signer_authority=by.signing_authority() or "", signer_title=duty.title, signer_name=duty.person.full_name,
    )  # fmt: skip
    _tell(review, (Duty.Role.REGISTRY,), f"Báo cáo “{review.title}” đã duyệt, chờ ghi số.", by)


@action
def withdraw_review(review: Review, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Take back an approved review that was not issued."""
    MOVEMENT_REVIEW.take(
        review, "withdraw", by=by, version=version, reason=reason,
        signer_authority="", signer_title="", signer_name="", facts=None,
    )  # fmt: skip


@action
def issue_review(
    review: Review, *, number: int, issued_on: datetime.date, by: Actor, version: int | None = None
) -> None:
    """Record number and day from the agency's register, seal the chains and order the paper, made once."""
    movement = review.period.movement
    try:
        with transaction.atomic():
            MOVEMENT_REVIEW.take(
                review, "issue", by=by, version=version, also=[movement], number=number, issued_on=issued_on
            )
    except IntegrityError:
        used = f"{vietnamese.document_number(number, review.symbol)} năm {issued_on.year}"
        raise Refused(no(f"Số {used} đã ghi cho một báo cáo khác. Xin xem lại sổ văn bản đi.")) from None
    seal = audit.seal(f"Ban hành {review.document_number}")
    paper = papers.paper(review, issued_on, seal=seal.hash[:16])
    stored.order("movement_review", paper, name=papers.file_name(review), about=review, by=by)
    notices.announce(
        people.users_of_agency(review.agency, on=by.day),
        f"Báo cáo {review.document_number} “{review.title}” đã ban hành."[:400],
        key=f"review_issue:{review.code}",
        link=("summaries:one", review.code),
    )


def _tell(review: Review, roles: tuple[str, ...], text: str, by: Actor) -> None:
    notices.tell(
        people.users_with_role(review.agency, roles, on=by.day),
        text[:400],
        key=f"review:{review.code}:{review.version}",
        link=("summaries:one", review.code),
    )
