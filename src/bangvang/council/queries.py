"""Reads of a session: who votes on what, what is missing, what should be thought of first, what was frozen."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from bangvang.council import ballot
from bangvang.council.counting import Rule, rule_for
from bangvang.council.models import AgendaLine, Council, CouncilMember, Declaration, Envelope, Seat, Session, Teller
from bangvang.dossiers.models import Dossier, Nomination
from bangvang.people.models import Person

Recusals = dict[int, set[int]]  # line → seats that stand aside
LEAST_MEMBERS = 3


def seats_of(session: Session) -> list[Seat]:
    """The roll, in the order of the council's list."""
    return list(session.seats.select_related("member__person", "session").order_by("position"))


def lines_of(session: Session) -> list[AgendaLine]:
    """The agenda, in order."""
    found = session.lines.select_related("nomination__dossier__unit", "nomination__person", "nomination__unit")
    return list(found.order_by("position"))


def seat_of(session: Session, person: Person) -> Seat | None:
    """The place of a person in the session, or None."""
    found = session.seats.select_related("member__person", "envelope", "session")
    return found.filter(member__person=person).first()


def tellers_of(session: Session) -> list[Teller]:
    return list(session.tellers.select_related("person").order_by("position"))


def recusals(session: Session) -> Recusals:
    """Who stands aside on which line."""
    found: Recusals = defaultdict(set)
    rows = Declaration.objects.filter(seat__session=session, has_conflict=True).values_list("line_id", "seat_id")
    for line, seat in rows:
        found[line].add(seat)
    return found


def members_with_a_vote(seats: Iterable[Seat]) -> int:
    """The denominator of every share: all members, absent and recused ones too."""
    return sum(seat.has_vote for seat in seats)


def handed_out(line: AgendaLine, seats: Iterable[Seat], aside: Recusals, *, on_paper: bool | None = None) -> int:
    """Ballots for a line: present members with a vote, less the recused ones. `on_paper` asks for one kind only."""
    stand_aside = aside.get(line.pk, set())
    return sum(seat.votes and seat.pk not in stand_aside and on_paper in (None, seat.on_paper) for seat in seats)


def undeclared(session: Session) -> dict[Seat, int]:
    """Seats that still have to declare, with the number of lines; present members with a vote only."""
    total = session.lines.count()
    told: dict[int, int] = defaultdict(int)
    for seat in Declaration.objects.filter(seat__session=session).values_list("seat_id", flat=True):
        told[seat] += 1
    return {seat: total - told[seat.pk] for seat in seats_of(session) if seat.votes and told[seat.pk] < total}


def book_rule(line: AgendaLine) -> Rule:
    """What the book says of the line's share on the day of the session."""
    nomination, session = line.nomination, line.session
    return rule_for(
        nomination.award,
        year=nomination.for_year,
        received=nomination.dossier.submitted_on,
        on=session.held_on,
        issuer=session.council.issuer,
    )


def standing_rule(line: AgendaLine) -> Rule:
    """The share that counts: the one that was confirmed or frozen with the line, else the book's own."""
    return line.rule if line.rule.has_share else book_rule(line)


def candidates(session: Session) -> QuerySet[Nomination]:
    """Nominations of accepted dossiers of the agency that wait for a council and stand on no other open agenda."""
    agency = session.council.agency
    open_elsewhere = AgendaLine.objects.exclude(session__state__in=Session.ENDED).values("nomination")
    found = Nomination.objects.filter(
        state=Nomination.State.PROPOSED, withdrawn_on__isnull=True, dossier__state=Dossier.State.ACCEPTED
    )
    ours = found.filter(dossier__unit__agency=agency) | found.filter(dossier__unit=agency)
    waiting = ours.exclude(pk__in=open_elsewhere).select_related("dossier__unit", "dossier__movement")
    return waiting.order_by("dossier__unit__order", "dossier__pk", "position", "pk")


def missing_to_convene(session: Session) -> list[str]:
    """What a session lacks before its members are called, as sentences' ends."""
    lines, council = lines_of(session), session.council
    voters = council.members.filter(has_vote=True).count()
    missing = []
    if voters < LEAST_MEMBERS:
        missing.append(f"ít nhất {LEAST_MEMBERS} thành viên có quyền bỏ phiếu")
    if not council.members.filter(role=CouncilMember.Role.CHAIR).exists():
        missing.append("Chủ tịch Hội đồng")
    if not lines:
        missing.append("ít nhất một trường hợp trong chương trình")
    if session.tellers.count() != len(ballot.HOLDERS):
        missing.append("ban kiểm phiếu ba người")
    if not council.is_valid_on(session.held_on):
        missing.append("ngày họp trong thời hạn của Hội đồng")
    return missing


def missing_to_rehearse(session: Session) -> list[str]:
    """What lacks before ballots can be sealed to a key of the session."""
    missing = []
    if session.uses_envelopes:
        missing += [f"mã của {one.person.full_name}" for one in tellers_of(session) if one.public_key is None]
        online = sum(seat.votes and not seat.on_paper for seat in seats_of(session))
        if online < ballot.LEAST_BALLOTS:
            missing.append(f"ít nhất {ballot.LEAST_BALLOTS} người bỏ phiếu trên hệ thống (mới có {online})")
    return missing


def missing_to_freeze(session: Session) -> list[str]:
    """What lacks before the roll is frozen and the vote begins."""
    missing = missing_to_rehearse(session)
    seats = seats_of(session)
    missing += [f"lý do vắng của {seat.person.full_name}" for seat in seats if not seat.is_present and not seat.absence]
    missing += [
        f"bản khai của {seat.person.full_name} ({left} trường hợp)" for seat, left in undeclared(session).items()
    ]
    for line in lines_of(session):
        line.session = session
        rule = standing_rule(line)
        if not rule.has_share:
            missing.append(f"tỷ lệ phiếu cho {line.nomination.name_then}: {rule.cite}")
        elif not rule.decides:
            missing.append(f"xác nhận tỷ lệ phiếu cho {line.nomination.name_then}")
        if line.nomination.withdrawn_on:
            missing.append(f"bỏ {line.nomination.name_then} khỏi chương trình (đã rút)")
    if session.mode != Session.Mode.ONLINE and not any(seat.votes and seat.on_paper for seat in seats):
        missing.append("ít nhất một người bỏ phiếu giấy, hoặc đổi cách bỏ phiếu")
    return missing


def not_yet_voted(session: Session) -> list[Seat]:
    """Members who could still cast a sealed ballot, in the order of the list."""
    empty = session.seats.filter(envelope__sealed__isnull=True, envelope__isnull=False)
    return list(empty.select_related("member__person").order_by("position"))


def returned_envelopes(session: Session) -> int:
    return Envelope.objects.filter(seat__session=session, sealed__isnull=False).count()


def cautions(session: Session) -> list[str]:
    """What to think of before the roll is frozen: shares that recusal puts out of reach, lines that few vote on."""
    seats, aside = seats_of(session), recusals(session)
    members = members_with_a_vote(seats)
    told = []
    for line in lines_of(session):
        line.session = session
        rule = standing_rule(line)
        stand_aside = sum(seat.has_vote and seat.pk in aside.get(line.pk, set()) for seat in seats)
        most = members - stand_aside
        name = line.nomination.name_then
        if rule.has_share and members and most < rule.needed(members):
            share = percent(most, members)
            told.append(
                f"{name}: {stand_aside} thành viên không bỏ phiếu vì xung đột lợi ích, nhiều nhất {most} trên {members}"
                f" phiếu là {share}, không đạt được tỷ lệ {rule.words}."
            )
        ballots = handed_out(line, seats, aside)
        if 0 < ballots < ballot.LEAST_BALLOTS and session.state == Session.State.CONVENED:
            told.append(f"{name}: chỉ có {ballots} người bỏ phiếu, kết quả có thể cho biết ai đã chọn gì.")
    return told


def percent(part: int, whole: int) -> str:
    """88,9%: tenths, half a tenth upwards. Only for reading: whether a share is reached is asked of the rule."""
    tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
    return f"{tenths // 10},{tenths % 10}%"


def frozen_hash(session: Session, *, public_key: bytes | None, rehearsal: bool) -> str:
    """SHA-256 of what a vote rests on: who sits, who votes and how, on what, under which share, who stands aside, which key."""
    aside = recusals(session)
    places = {seat.pk: seat.position for seat in seats_of(session)}
    frozen = {
        "session": session.code,
        "round": session.vote_round,
        "rehearsal": rehearsal,
        "key": public_key.hex() if public_key else "",
        "seats": [
            [seat.position, seat.member.person.code, seat.has_vote, seat.is_present, seat.on_paper]
            for seat in seats_of(session)
        ],
        "lines": [
            [
                line.position,
                line.nomination.code,
                line.at_least,
                line.more_than,
                sorted(places[s] for s in aside[line.pk]),
            ]
            for line in lines_of(session)
        ],
    }
    return hashlib.sha256(json.dumps(frozen, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def check_mark(session: Session) -> str:
    """The first twelve digits of the frozen hash, as people compare them: 7F3A 91C2 0D5E."""
    digits = session.frozen_hash[:12].upper()
    return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))


def council_on(council: Council) -> list[CouncilMember]:
    return list(council.members.select_related("person").order_by("position"))
