"""Reviewing a plan that the machine read: open, answer value by value, make the movement of it."""

from bangvang.honours import actions as honours
from bangvang.kernel import clock, events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.movements.access import may_draft, may_review
from bangvang.movements.actions.plan import draft
from bangvang.movements.models import Movement, PlanReview
from bangvang.movements.proposals import offered_codes
from bangvang.movements.queries import PlanFields
from bangvang.movements.workflow import REVIEW
from bangvang.papers.models import Reading
from bangvang.people.actor import Actor

LONGEST = 20_000  # characters of one answered value


@action
def open_review(reading: Reading, *, by: Actor) -> PlanReview:
    """Begin to review a plan document that was sent in."""
    if not (verdict := may_draft(by)):
        raise Refused(verdict)
    review = PlanReview(agency=by.agency, reading=reading, reviewer=by.person, opened_at=clock.now())
    review.save(force_insert=True)
    events.record("review.open", by=by, roots=[review], body={"file": reading.file.code})
    return review


@action
def answer(review: PlanReview, answers: dict[str, tuple[str, str]], *, by: Actor, version: int | None = None) -> None:
    """Say of some fields: right, corrected (with the text), left out, or left blank. The reading itself is never changed.

    `answers` maps a field name to (one of PlanReview.Answer, the text now agreed).
    """
    if not (verdict := may_review(by, review)):
        raise Refused(verdict)
    if too_long := [field for field, (_, text) in answers.items() if len(text) > LONGEST]:
        raise Refused(no(f"Phần “{', '.join(too_long)}” dài quá {LONGEST} chữ. Xin rút gọn."))
    events.lock([review])
    given = {field: {"how": PlanReview.Answer(how).value, "text": text} for field, (how, text) in answers.items()}
    bump(review, version=version, answers=review.answers | given)
    body = {"fields": {field: how for field, (how, _) in answers.items()}}
    events.record("review.answer", by=by, roots=[review], body=body)


@action
def use_review(
    review: PlanReview, plan: PlanFields, *, by: Actor, symbol: str = "", version: int | None = None
) -> Movement:
    """Make a movement of what was confirmed. A record of past achievements never becomes a movement.

    Awards whose words were confirmed as read keep the code and issuer that the reader found.
    """
    movement = draft(plan, symbol=symbol, award_codes=offered_codes(review.reading.draft), by=by)
    REVIEW.take(review, "use", by=by, version=version, also=[movement], movement=movement)
    return movement


@action
def drop_review(review: PlanReview, *, reason: str, by: Actor, version: int | None = None) -> None:
    REVIEW.take(review, "drop", by=by, reason=reason, version=version)


@action
def report_record(review: PlanReview, *, by: Actor, version: int | None = None) -> None:
    """What an article tells of awards received and results goes to the ledger's waiting list, unverified."""
    REVIEW.take(review, "report", by=by, version=version)
    honours.report(review.reading, by=by)
