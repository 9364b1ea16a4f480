"""A movement after its roll-out: reviewed, ended, closed, archived, cancelled; and its plan corrected by a new paper."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from bangvang import vietnamese
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import Verdict, no
from bangvang.kernel.workflow import Refused, bump
from bangvang.movements import queries
from bangvang.movements.access import may_correct, may_declare_end, may_retract_end
from bangvang.movements.changes import changes_between
from bangvang.movements.models import LaterPaper, Movement, RollOut
from bangvang.movements.queries import PlanFields
from bangvang.movements.workflow import PLAN, plan_is_complete
from bangvang.movements.writing import columns_of, write_lines
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit, User

Purpose = LaterPaper.Purpose


@dataclass(frozen=True)
class PaperGiven:
    """A document as its number and day say; `file` is the signed copy, where one was sent in."""

    number: str
    issued_on: datetime.date
    file: StoredFile | None = None


@action
def note_review(movement: Movement, *, paper: PaperGiven | None = None, by: Actor, version: int | None = None) -> None:
    """The final review was held or written; its report may be named."""
    PLAN.take(movement, "review", by=by, version=version, body=_told(paper))
    _keep(movement, paper, Purpose.REVIEW, by)


@action
def declare_end(
    movement: Movement,
    *,
    ended_on: datetime.date,
    words: str,
    paper: PaperGiven | None = None,
    by: Actor,
    version: int | None = None,
) -> None:
    """Say that the condition of an open end is met: `ended_on` is the last day on which the movement ran (inclusive)."""
    if not (verdict := may_declare_end(by, movement)):
        raise Refused(verdict)
    if not (verdict := _is_a_last_day(movement, ended_on, by.day)):
        raise Refused(verdict)
    events.lock([movement])
    bump(movement, version=version, ended_on=ended_on, ended_words=words.strip(), ended_by=by.person)
    _keep(movement, paper, Purpose.ENDING, by)
    body = {"ended_on": ended_on.isoformat(), "reason": words.strip(), **_told(paper)}
    events.record("movement.declare_end", by=by, roots=[movement], body=body)
    day = vietnamese.format_date(ended_on)
    _tell(
        movement,
        f"Phong trào “{movement.title}” kết thúc ngày {day}: {words.strip()}",
        key=f"declare_end:{movement.code}:{movement.version}",
        by=by,
    )


@action
def retract_end(movement: Movement, *, reason: str, by: Actor, version: int | None = None) -> None:
    """The condition was not met after all: the movement goes on, the units are told."""
    if not (verdict := may_retract_end(by, movement)):
        raise Refused(verdict)
    events.lock([movement])
    bump(movement, version=version, ended_on=None, ended_words="", ended_by=None)
    events.record("movement.retract_end", by=by, roots=[movement], body={"reason": reason.strip()})
    _tell(
        movement,
        f"Phong trào “{movement.title}” còn tiếp tục: {reason.strip()}",
        key=f"retract_end:{movement.code}:{movement.version}",
        by=by,
    )


@action
def close(movement: Movement, *, by: Actor, version: int | None = None) -> None:
    """The movement is over: units owe nothing any more, awards go on being examined."""
    PLAN.take(movement, "close", by=by, version=version)


@action
def reopen(movement: Movement, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Reviewed or closed by mistake: back before the units."""
    PLAN.take(movement, "reopen", by=by, reason=reason, version=version)


@action
def archive(movement: Movement, *, by: Actor, version: int | None = None) -> None:
    """From here on the movement is only read."""
    PLAN.take(movement, "archive", by=by, version=version)


@action
def stop(
    movement: Movement, *, reason: str, paper: PaperGiven | None = None, by: Actor, version: int | None = None
) -> None:
    """Cancel an issued plan. Today is the last day on which it ran, unless it had ended before; every unit is told why."""
    last = min(movement.last_day or by.day, by.day)
    kept: dict[str, Any] = (
        {}
        if movement.ended_on
        else {"ended_on": last, "ended_words": reason.strip(), "ended_by": by.deciding_duty.person}
    )
    PLAN.take(movement, "stop", by=by, reason=reason, version=version, body=_told(paper), **kept)
    _keep(movement, paper, Purpose.STOPPING, by)
    _tell(
        movement,
        f"Phong trào “{movement.title}” đã huỷ, không phải làm tiếp: {reason.strip()}",
        key=f"stop:{movement.code}",
        by=by,
    )


@action
def record_stop(
    movement: Movement,
    *,
    reason: str,
    paper: PaperGiven,
    signed_by: Duty,
    by: Actor,
    version: int | None = None,
) -> None:
    """Enter the cancelling from a paper that the head signed; the event and every list say "nhập theo văn bản"."""
    if paper.file is None:
        raise Refused(no("Huỷ kế hoạch theo văn bản thì cần bản đã ký."))
    if not (verdict := stored.is_usable(paper.file, by)):
        raise Refused(verdict)
    stop(movement, reason=reason, paper=paper, by=by.recording_for(signed_by, paper.file.code), version=version)


@action
def correct(
    movement: Movement, plan: PlanFields, *, paper: PaperGiven, by: Actor, version: int | None = None
) -> LaterPaper:
    """Change an issued plan as a signed paper says. What stood before stays readable beside what stands now."""
    if not (verdict := may_correct(by, movement)):
        raise Refused(verdict)
    if paper.file is None:
        raise Refused(no("Điều chỉnh kế hoạch thì cần bản đã ký của văn bản điều chỉnh."))
    if not (verdict := stored.is_usable(paper.file, by)):
        raise Refused(verdict)
    if movement.issued_on and paper.issued_on < movement.issued_on:
        raise Refused(
            no(f"Văn bản điều chỉnh có ngày sớm hơn kế hoạch ({vietnamese.format_date(movement.issued_on)}).")
        )
    events.lock([movement])
    changes = changes_between(queries.current_plan(movement), plan)
    if not changes:
        raise Refused(no("Chưa có chỗ nào khác với kế hoạch đang có hiệu lực."))
    bump(movement, version=version, search_key=Movement.key_of(plan.title, plan.theme), **columns_of(plan, movement))
    kept = {offer.text: (offer.award, offer.issuer) for offer in movement.awards.all()}
    write_lines(movement, plan, kept)
    if not (verdict := plan_is_complete(movement)):
        raise Refused(verdict)
    entered = _keep(movement, paper, Purpose.CORRECTION, by, changes)
    assert entered is not None
    body = {**_told(paper), "changed": [change["field"] for change in changes]}
    events.record("movement.correct", by=by, roots=[movement], body=body)
    notices.announce(
        people.users_of_agency(movement.agency, on=by.day),
        f"Kế hoạch {movement.document_number} “{movement.title}” được điều chỉnh bằng văn bản {paper.number}.",
        key=f"correct:{entered.code}",
        link=("movements:one", movement.code),
    )
    return entered


def _is_a_last_day(movement: Movement, day: datetime.date, today: datetime.date) -> Verdict:
    if day > today:
        return no("Ngày kết thúc ở sau ngày hôm nay: đến ngày đó hãy ghi.")
    if movement.starts_on and day < movement.starts_on:
        return no(f"Ngày kết thúc sớm hơn ngày bắt đầu ({vietnamese.format_date(movement.starts_on)}).")
    return Verdict(True)


def _keep(
    movement: Movement,
    paper: PaperGiven | None,
    purpose: Purpose,
    by: Actor,
    changes: Iterable[dict[str, str]] = (),
) -> LaterPaper | None:
    """Enter the paper of a step, where one is named. Refused when it stands already or lies in the future."""
    if paper is None:
        return None
    if paper.issued_on > by.day:
        raise Refused(no("Ngày văn bản ở sau ngày hôm nay. Xin ghi ngày đã vào sổ."))
    if paper.file is not None and not (verdict := stored.is_own(paper.file, by)):
        raise Refused(verdict)
    if purpose == Purpose.ENDING and paper.file is None:
        same = movement.later_papers.filter(purpose=purpose, number=paper.number, issued_on=paper.issued_on)
        if standing := same.first():  # of an end that was taken back: the same paper proves the right day
            return standing
    entered = LaterPaper(
        movement=movement, purpose=purpose, number=paper.number, issued_on=paper.issued_on, file=paper.file,
        changes=list(changes), entered_by=by.person, entered_on=by.day,
    )  # fmt: skip
    try:
        with transaction.atomic():
            entered.save(force_insert=True)
    except IntegrityError:
        raise Refused(no(f"Văn bản {paper.number} đã được ghi cho phong trào này.")) from None
    return entered


def _told(paper: PaperGiven | None) -> dict[str, str]:
    return {"later_paper": paper.number, "of": paper.issued_on.isoformat()} if paper else {}


def _tell(movement: Movement, text: str, *, key: str, by: Actor) -> None:
    """The heads of the units that the movement is before, and who leads it there."""
    rows = movement.roll_outs.exclude(state=RollOut.State.WITHDRAWN)
    heads = people.users_of_units(
        Unit.objects.filter(roll_outs__in=rows).values_list("pk", flat=True), Duty.HEADS, on=by.day
    )
    leaders = User.objects.filter(is_active=True, person__in=rows.values("leader")).values_list("pk", flat=True)
    notices.announce({*heads, *leaders}, text, key=key, link=("movements:one", movement.code))
