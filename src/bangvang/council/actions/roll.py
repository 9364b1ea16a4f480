"""Before the vote: declarations of conflict, the roll, written opinions of absent members, the codes of the counting board."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from bangvang.council import ballot, queries
from bangvang.council.access import may_call_roll, may_declare, may_take_code, may_write_for
from bangvang.council.actions.meeting import held, require
from bangvang.council.models import Declaration, Seat, Session, WrittenOpinion
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor


@dataclass(frozen=True)
class Called:
    """What the secretary writes beside a name: there (since when, on paper or not) or away (why)."""

    is_present: bool
    arrived_at: datetime.time | None = None
    absence: str = ""
    on_paper: bool = False


@action
def declare(session: Session, conflicts: Mapping[int, str], *, by: Actor) -> None:
    """Say of every line whether there is a conflict. `conflicts` maps a line to the reason; all others have none.

    What the house wrote by itself (the own line) stays. Said anew before the roll is frozen, the new word counts.
    """
    require(may_declare(by, held(session)))
    seat = queries.seat_of(session, by.person)
    assert seat is not None  # may_declare asked
    lines = queries.lines_of(session)
    unknown = set(conflicts) - {line.pk for line in lines}
    if unknown or any(not reason.strip() for reason in conflicts.values()):
        raise Refused(no("Mỗi trường hợp có xung đột lợi ích cần ghi lý do."))
    kept = set(seat.declarations.filter(is_automatic=True).values_list("line_id", flat=True))
    seat.declarations.filter(is_automatic=False).delete()
    WrittenOpinion.objects.filter(seat=seat, line__in=list(conflicts)).delete()
    Declaration.objects.bulk_create(
        Declaration(
            seat=seat, line=line, has_conflict=line.pk in conflicts, reason=conflicts.get(line.pk, "").strip()[:200]
        )
        for line in lines
        if line.pk not in kept
    )
    body = {"lines": len(lines), "conflicts": [line.nomination.code for line in lines if line.pk in conflicts]}
    events.record("session.declare", by=by, roots=[session], body=body)


@action
def call_roll(session: Session, called: Mapping[int, Called], *, by: Actor) -> None:
    """Write who is there and who is away, by seat. Opinions written before by somebody who came after all are dropped."""
    require(may_call_roll(by, held(session)))
    for seat in queries.seats_of(session):
        said = called.get(seat.pk, Called(is_present=False))
        seat.is_present, seat.arrived_at = said.is_present, said.arrived_at if said.is_present else None
        seat.absence = "" if said.is_present else said.absence.strip()[:200]
        seat.on_paper = session.mode == Session.Mode.PAPER or (session.mode == Session.Mode.MIXED and said.on_paper)
        seat.save()
        if seat.is_present:
            seat.opinions.all().delete()
    present = sum(said.is_present for said in called.values())
    events.record("session.call_roll", by=by, roots=[session], body={"present": present, "of": len(called)})


@action
def write_opinions(seat: Seat, answers: Mapping[int, bool], file: StoredFile, *, by: Actor) -> int:
    """Enter an absent member's opinions (line → agrees) from the signed paper. Returns how many.

    Not a ballot, so no secret. The file may still be being checked; the vote is opened only when it was found in order.
    """
    session = held(seat.session)
    require(may_write_for(by, session))
    if file.received_from_id != by.user_id or file.state == StoredFile.State.REFUSED:
        raise Refused(no("Bản đã ký phải do chính người nhập gửi lên, và là tệp dùng được."))
    if seat.is_present or not seat.has_vote:
        raise Refused(no("Ý kiến bằng văn bản chỉ nhận của thành viên vắng mặt có quyền bỏ phiếu."))
    lines = {line.pk: line for line in queries.lines_of(session)}
    aside = queries.recusals(session)
    if not answers or set(answers) - set(lines):
        raise Refused(no("Xin ghi ý kiến cho ít nhất một trường hợp trong chương trình."))
    conflicted = [lines[pk].nomination.name_then for pk in answers if seat.pk in aside.get(pk, set())]
    if conflicted:
        raise Refused(no(f"{seat.person.full_name} không cho ý kiến về {', '.join(conflicted)} vì xung đột lợi ích."))
    seat.opinions.all().delete()
    WrittenOpinion.objects.bulk_create(
        WrittenOpinion(seat=seat, line=lines[pk], agrees=agrees, file=file) for pk, agrees in answers.items()
    )
    body = {"member": seat.person.code, "file": file.code, "lines": len(answers)}
    events.record("session.write_opinions", by=by, roots=[session], body=body)
    return len(answers)


@action
def take_code(session: Session, *, by: Actor) -> str:
    """Make the actor's code and return it: the only time anybody sees it. What is kept of it can seal, not open."""
    require(may_take_code(by, held(session)))
    code = ballot.new_code()
    teller = session.tellers.get(person=by.person)
    anew = teller.public_key is not None
    teller.public_key = ballot.public_key_of(code)
    teller.save()
    events.record("session.take_code", by=by, roots=[session], body={"place": teller.position, "anew": anew})
    return code
