"""Preparing: a council from its decision, a session with agenda and counting board, its convening or cancelling."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max

from bangvang.council import queries
from bangvang.council.access import keeps_councils, may_prepare, runs_council
from bangvang.council.ballot import HOLDERS
from bangvang.council.models import AgendaLine, Council, CouncilMember, Declaration, Envelope, Seat, Session, Teller
from bangvang.council.workflow import SESSION
from bangvang.dossiers.models import Nomination
from bangvang.honours.findings import the_book
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import Verdict, no
from bangvang.kernel.workflow import Refused
from bangvang.notices import actions as notices
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Person, User


@dataclass(frozen=True)
class Seating:
    """A member as the decision names one."""

    person: Person
    role: str
    has_vote: bool = True


@dataclass(frozen=True)
class CouncilFields:
    """A council as its decision makes it; names equal the form's."""

    name: str
    decision: str
    decided_on: datetime.date
    valid_from: datetime.date
    valid_until: datetime.date | None
    issuer: str
    same_unit_recuses: bool


def require(verdict: Verdict) -> None:
    """Refused with the verdict's reason, unless it allows."""
    if not verdict:
        raise Refused(verdict)


def held(session: Session) -> Session:
    """The session with its row locked and looked at anew: nobody moves it until the transaction ends."""
    events.lock([session])
    session.refresh_from_db(fields=["state", "vote_round", "frozen_hash", "public_key", "mode"])
    return session


@action
def establish(given: CouncilFields, members: Sequence[Seating] = (), *, by: Actor) -> Council:
    """Enter a council with its members, in the order of the decision."""
    require(keeps_councils(by))
    if given.issuer and given.issuer not in the_book().local:
        raise Refused(no("Bộ quy định không có quy định riêng này."))
    if given.valid_until is not None and given.valid_until < given.valid_from:
        raise Refused(no("Ngày hết nhiệm kỳ ở trước ngày bắt đầu."))
    council = Council(
        agency=by.agency,
        name=given.name,
        decision=given.decision,
        decided_on=given.decided_on,
        valid_from=given.valid_from,
        valid_until=given.valid_until,
        issuer=given.issuer,
        same_unit_recuses=given.same_unit_recuses,
    )
    council.save(force_insert=True)
    for member in members:
        _seat(council, member, by)
    events.record(
        "council.establish", by=by, roots=[council], body={"decision": given.decision, "members": len(members)}
    )
    return council


@action
def add_member(council: Council, member: Seating, *, by: Actor) -> None:
    """Add a person that the decision names."""
    require(_may_change_members(council, by))
    _seat(council, member, by)
    body = {"person": member.person.code, "role": member.role, "has_vote": member.has_vote}
    events.record("council.add_member", by=by, roots=[council], body=body)


@action
def remove_member(council: Council, person: Person, *, by: Actor) -> None:
    """Take out a person entered by mistake, before any session; afterwards a new decision makes a new council."""
    require(_may_change_members(council, by))
    council.members.filter(person=person).delete()
    events.record("council.remove_member", by=by, roots=[council], body={"person": person.code})


def _may_change_members(council: Council, by: Actor) -> Verdict:
    if not (verdict := keeps_councils(by) and runs_council(by, council)):
        return verdict
    if council.sessions.exclude(state=Session.State.DRAFT).exists():
        return no(
            "Hội đồng đã họp, thành viên không sửa được. Thay đổi thành viên cần quyết định mới: ghi Hội đồng mới."
        )
    return verdict


def _seat(council: Council, member: Seating, by: Actor) -> None:
    role = CouncilMember.Role(member.role)
    if not member.person.duties.as_of(by.day).filter(unit__in=_units(council)).exists():
        raise Refused(no(f"{member.person.full_name} không công tác ở cơ quan lập Hội đồng."))
    if council.members.filter(person=member.person).exists():
        raise Refused(no(f"{member.person.full_name} đã có trong Hội đồng."))
    if role == role.CHAIR and council.members.filter(role=role).exists():
        raise Refused(no("Hội đồng đã có Chủ tịch."))
    last = council.members.aggregate(last=Max("position"))["last"] or 0
    CouncilMember(
        council=council, person=member.person, role=role.value, has_vote=member.has_vote, position=last + 1
    ).save(force_insert=True)


def _units(council: Council) -> list[int]:
    return [council.agency_id, *council.agency.members.values_list("pk", flat=True)]


@action
def open_session(council: Council, held_on: datetime.date, place: str, mode: str, *, by: Actor) -> Session:
    """Begin to prepare the council's next session."""
    require(runs_council(by, council))
    if not council.is_valid_on(held_on):
        raise Refused(no("Ngày họp nằm ngoài thời hạn của Hội đồng."))
    events.lock([council])
    last = council.sessions.aggregate(last=Max("number"))["last"] or 0
    session = Session(council=council, number=last + 1, held_on=held_on, place=place, mode=Session.Mode(mode).value)
    session.save(force_insert=True)
    events.record("session.open_session", by=by, roots=[session, council], body={"held_on": held_on, "mode": mode})
    return session


@action
def add_lines(session: Session, nominations: Iterable[Nomination], *, by: Actor) -> int:
    """Put nominations on the agenda: of a whole movement, or selected ones. Returns how many."""
    require(may_prepare(by, held(session)))
    wanted = list(nominations)
    events.lock(wanted)
    waiting = set(queries.candidates(session).filter(pk__in=[one.pk for one in wanted]).values_list("pk", flat=True))
    for one in wanted:
        if one.pk not in waiting:
            raise Refused(
                no(f"{one.name_then}: đề nghị này đã có trong một phiên họp, đã xét, hoặc chưa được tiếp nhận.")
            )
    last = session.lines.aggregate(last=Max("position"))["last"] or 0
    for place, one in enumerate(wanted, start=last + 1):
        AgendaLine(session=session, nomination=one, position=place).save(force_insert=True)
    _stand_aside(session)
    codes = [one.code for one in wanted]
    events.record(
        "session.add_lines", by=by, roots=[session, *wanted, *{one.dossier for one in wanted}], body={"lines": codes}
    )
    return len(wanted)


@action
def remove_line(line: AgendaLine, *, by: Actor) -> None:
    """Take a nomination off the agenda; it waits for another session."""
    session, nomination = line.session, line.nomination
    require(may_prepare(by, held(session)))
    line.delete()
    events.record("session.remove_line", by=by, roots=[session, nomination, nomination.dossier])


@action
def confirm_share(session: Session, award: str, text: str, *, by: Actor) -> int:
    """Confirm the book's customary share for every line of an award where the book may not decide, from the text opened."""
    require(may_prepare(by, held(session)))
    if not text.strip():
        raise Refused(no("Xin ghi văn bản đã mở, ví dụ: Quy chế Hội đồng, Điều 6."))
    confirmed = []
    for line in queries.lines_of(session):
        line.session = session
        rule = queries.book_rule(line)
        if line.nomination.award != award or rule.decides:
            continue
        if not rule.has_share:
            raise Refused(no(f"Bộ quy định chưa có tỷ lệ để xác nhận. {rule.cite}"))
        line.at_least, line.more_than, line.rule_source, line.rule_cite = (
            rule.at_least,
            rule.more_than,
            rule.source,
            rule.cite,
        )
        line.confirmed_by, line.confirmed_text = by.duty_text[:300], text.strip()[:300]
        line.save()
        confirmed.append(line.nomination.code)
    if not confirmed:
        raise Refused(no("Không có trường hợp nào của danh hiệu, hình thức này cần xác nhận tỷ lệ."))
    events.record(
        "session.confirm_share", by=by, roots=[session], body={"award": award, "text": text, "lines": confirmed}
    )
    return len(confirmed)


@action
def name_tellers(session: Session, people: Sequence[Person], *, by: Actor) -> None:
    """Name the three code-holders, the head first. Codes taken before are worthless."""
    require(may_prepare(by, held(session)))
    if len({one.pk for one in people}) != len(HOLDERS):
        raise Refused(no("Ban kiểm phiếu có ba người khác nhau giữ mã."))
    session.tellers.all().delete()
    for position, one in zip(HOLDERS, people, strict=True):
        Teller(session=session, person=one, position=position).save(force_insert=True)
    events.record("session.name_tellers", by=by, roots=[session], body={"people": [one.code for one in people]})
    if session.state == Session.State.CONVENED:
        _tell(session, people, "Nhận mã kiểm phiếu", "codes")


@action
def convene(session: Session, *, version: int | None = None, by: Actor) -> None:
    """Call the members: the roll is made, those who stand aside by themselves are written down, everybody is told."""
    SESSION.take(session, "convene", by=by, version=version)
    for place, member in enumerate(queries.council_on(session.council), start=1):
        duty = member.person.duty_on(session.held_on)
        Seat(
            session=session,
            member=member,
            position=place,
            post_then=f"{duty.title}, {duty.unit.name}"[:200] if duty else "",
            has_vote=member.has_vote,
        ).save(force_insert=True)
    _stand_aside(session)
    people = [seat.person for seat in queries.seats_of(session)]
    _tell(session, people, "Triệu tập: xin khai xung đột lợi ích trước khi xem hồ sơ", "convene")
    _tell(session, [one.person for one in queries.tellers_of(session)], "Nhận mã kiểm phiếu", "codes")


def _stand_aside(session: Session) -> None:
    """Nobody votes on the own line; nor, where the council says so, on a line of the own unit."""
    known = set(Declaration.objects.filter(seat__session=session, is_automatic=True).values_list("seat_id", "line_id"))
    for seat in queries.seats_of(session):
        units = set(Duty.objects.as_of(session.held_on).filter(person=seat.person).values_list("unit_id", flat=True))
        for line in queries.lines_of(session):
            nomination = line.nomination
            reason = ""
            if nomination.person_id == seat.person.pk:
                reason = "Là người được đề nghị"
            elif session.council.same_unit_recuses and nomination.dossier.unit_id in units:
                reason = "Cùng đơn vị với đề nghị"
            if reason and (seat.pk, line.pk) not in known:
                Declaration(seat=seat, line=line, has_conflict=True, reason=reason, is_automatic=True).save(
                    force_insert=True
                )


@action
def cancel(session: Session, *, reason: str, version: int | None = None, by: Actor) -> None:
    """Give the session up: unopened ballots are gone, nominations wait for another session."""
    SESSION.take(session, "cancel", by=by, version=version, reason=reason, frozen_hash="", public_key=None)
    wipe(session)
    _tell(session, [seat.person for seat in queries.seats_of(session)], f"Phiên họp đã huỷ: {reason}", "cancel")


def wipe(session: Session) -> int:
    """Delete envelopes, wrapped keys and what was kept of the codes. Returns how many ballots lay there."""
    ballots = queries.returned_envelopes(session)
    Envelope.objects.filter(seat__session=session).delete()
    session.wrapped_keys.all().delete()
    return ballots


def _tell(session: Session, people: Iterable[Person], what: str, key: str) -> None:
    tell(session, people, f"{session.council.name}, phiên {session.number}. {what}.", key)


def tell(session: Session, people: Iterable[Person], text: str, key: str) -> None:
    """Tell members or code-holders, once for each version of the session."""
    users = User.objects.filter(is_active=True, person__in=list(people)).values_list("pk", flat=True)
    notices.tell(
        list(users), text, key=f"session:{session.code}:{session.version}:{key}", link=("council:session", session.code)
    )
