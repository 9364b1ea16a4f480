"""The vote: rehearsed, frozen, cast, closed; given up and held again. Nothing here can count anything."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bangvang.council import ballot, queries
from bangvang.council.access import may_cast, may_void, runs
from bangvang.council.actions.meeting import held, require, tell, wipe
from bangvang.council.models import AgendaLine, Envelope, PaperCount, Seat, Session, WrappedKey
from bangvang.council.workflow import SESSION
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.people.actor import Actor


def key_mark(session: Session) -> str:
    """What a session's private key is bound to while it is wrapped."""
    return f"{session.code}:{session.vote_round}"


def envelope_mark(session: Session, seat: Seat) -> str:
    """What an envelope is bound to: everything that was frozen, and the seat. It fits nowhere else."""
    return f"{session.frozen_hash}:{seat.position}"


def _lock_the_box(session: Session, step: str, by: Actor, version: int | None) -> None:
    """A fresh key pair, an empty envelope for every member who votes here, and the hash of it all, in one step."""
    held(session)
    require(SESSION.verdict(session, step, by))
    session.vote_round += 1
    public_key: bytes | None = None
    wrapped: dict[tuple[int, int], bytes] = {}
    if session.uses_envelopes:
        holders = {one.position: bytes(one.public_key or b"") for one in queries.tellers_of(session)}
        public_key, wrapped = ballot.new_box(holders, key_mark(session))
    if step == "freeze":
        _freeze_shares(session)
    mark = queries.frozen_hash(session, public_key=public_key, rehearsal=step == "rehearse")
    changes: dict[str, Any] = {"vote_round": session.vote_round, "public_key": public_key, "frozen_hash": mark}
    body = {"round": session.vote_round, "hash": mark}
    SESSION.take(session, step, by=by, version=version, body=body, **changes)
    WrappedKey.objects.bulk_create(
        WrappedKey(session=session, one=one, other=other, sealed=sealed) for (one, other), sealed in wrapped.items()
    )
    Envelope.objects.bulk_create(
        Envelope(seat=seat) for seat in queries.seats_of(session) if seat.votes and not seat.on_paper
    )


def _freeze_shares(session: Session) -> None:
    for line in queries.lines_of(session):
        line.session = session
        rule = queries.standing_rule(line)
        line.at_least, line.more_than, line.rule_source, line.rule_cite = (
            rule.at_least,
            rule.more_than,
            rule.source,
            rule.cite,
        )
        line.save()


@action
def rehearse(session: Session, *, version: int | None = None, by: Actor) -> None:
    """Open a vote with test ballots: everything is as in earnest, but for the name of the state."""
    _lock_the_box(session, "rehearse", by, version)
    tell(session, [seat.person for seat in queries.not_yet_voted(session)], "Hội đồng đang bỏ phiếu thử.", "rehearse")


@action
def end_rehearsal(
    session: Session, codes: tuple[str, str] | None = None, *, version: int | None = None, by: Actor
) -> bool:
    """Wipe the test ballots. With two codes: try first whether they open the box; wrong ones are refused. Nothing is counted."""
    held(session)
    require(SESSION.verdict(session, "end_rehearsal", by))
    if codes is not None:
        open_all(session, codes)
    ballots = queries.returned_envelopes(session)
    body = {"ballots": ballots, "opened": codes is not None}
    SESSION.take(session, "end_rehearsal", by=by, version=version, body=body, public_key=None, frozen_hash="")
    wipe(session)
    return codes is not None


@action
def freeze(session: Session, *, version: int | None = None, by: Actor) -> None:
    """Freeze roll, lines, shares and recusals, make the key of the session, and let the members vote."""
    _lock_the_box(session, "freeze", by, version)
    tell(session, [seat.person for seat in queries.not_yet_voted(session)], "Bỏ phiếu kín đã mở.", "freeze")


def cast(session: Session, choices: Mapping[int, str], *, by: Actor) -> None:
    """Seal the actor's ballot: line → AGREE or DISAGREE; a line left out is BLANK. No event and no time, by design.

    The row is there since the freeze; a second ballot finds it full. Locking the session's row keeps the closing away.
    """
    with transaction.atomic():
        held(session)
        require(may_cast(by, session))
        seat = queries.seat_of(session, by.person)
        assert seat is not None  # may_cast asked
        assert session.public_key is not None
        letters = [_letter(line, seat, choices) for line in _with_recusals(session, seat)]
        sealed = ballot.seal(ballot.pack(letters), to=bytes(session.public_key), bound_to=envelope_mark(session, seat))
        if not Envelope.objects.filter(seat=seat, sealed__isnull=True).update(sealed=sealed):
            raise Refused(no("Phiếu đã được niêm phong từ trước."))


def _with_recusals(session: Session, seat: Seat) -> list[tuple[AgendaLine, bool]]:
    aside = queries.recusals(session)
    return [(line, seat.pk in aside.get(line.pk, set())) for line in queries.lines_of(session)]


def _letter(told: tuple[AgendaLine, bool], seat: Seat, choices: Mapping[int, str]) -> str:
    line, stands_aside = told
    if stands_aside:
        return ballot.NONE
    choice = choices.get(line.pk, ballot.BLANK)
    if choice not in {ballot.AGREE, ballot.DISAGREE, ballot.BLANK}:
        raise Refused(no("Mỗi trường hợp chỉ chọn “Đồng ý” hoặc “Không đồng ý”."))
    return choice


def open_all(session: Session, codes: tuple[str, str]) -> list[str]:
    """The letters of every returned ballot, in memory only and without names. Refused when codes or envelopes do not fit."""
    private = _private_key(session, codes)
    if (
        queries.frozen_hash(
            session, public_key=bytes(session.public_key or b""), rehearsal=session.state == Session.State.REHEARSING
        )
        != session.frozen_hash
    ):
        raise Refused(no("Danh sách không còn như lúc khoá. Không mở phiếu: Chủ tịch Hội đồng cho bỏ phiếu lại."))
    found = Envelope.objects.filter(seat__session=session, sealed__isnull=False).select_related("seat")
    try:
        return [
            ballot.open_envelope(bytes(one.sealed or b""), private, envelope_mark(session, one.seat)) for one in found
        ]
    except ballot.Unopened:
        raise Refused(
            no("Có phong bì không còn như lúc bỏ phiếu. Không mở: Chủ tịch Hội đồng cho bỏ phiếu lại.")
        ) from None


def _private_key(session: Session, codes: tuple[str, str]) -> bytes:
    by_key = {bytes(one.public_key): one.position for one in queries.tellers_of(session) if one.public_key}
    held: dict[int, str] = {}
    for typed in codes:
        code = ballot.read_code(typed)
        if code is None:
            raise Refused(no("Mã gồm bảy nhóm, mỗi nhóm bốn ký tự. Xin xem lại từng ký tự."))
        place = by_key.get(ballot.public_key_of(code))
        if place is None:
            raise Refused(no("Mã này không phải mã của ban kiểm phiếu phiên này."))
        held[place] = code
    if len(held) != 2:
        raise Refused(no("Cần mã của hai người khác nhau trong ban kiểm phiếu."))
    one, other = sorted(held)
    wrapped = session.wrapped_keys.get(one=one, other=other)
    return ballot.unwrap(bytes(wrapped.sealed), (held[one], held[other]), key_mark(session))


@action
def void(seat: Seat, *, reason: str, by: Actor) -> None:
    """Đổi phiếu: throw a member's sealed ballot away, unopened and once, so that a new one can be cast."""
    session = held(seat.session)
    require(may_void(by, session))
    if not reason.strip():
        raise Refused(no("Đổi phiếu cần ghi lý do, ví dụ: thành viên đề nghị."))
    full = Envelope.objects.filter(seat=seat, sealed__isnull=False)
    if not full.exists():
        raise Refused(no("Thành viên này chưa bỏ phiếu."))
    if not full.filter(was_voided=False).update(sealed=None, was_voided=True):
        raise Refused(no("Mỗi thành viên chỉ đổi phiếu một lần."))
    body = {"member": seat.person.code, "reason": reason.strip()}
    events.record("session.void", by=by, roots=[session], body=body)
    tell(session, [seat.person], "Phiếu cũ đã huỷ, xin bỏ phiếu lại trước khi đóng.", f"void:{seat.pk}")


@action
def remind(session: Session, *, by: Actor) -> int:
    """Tell those who have not voted yet. Returns how many."""
    require(runs(by, held(session)))
    if session.state != Session.State.VOTING:
        raise Refused(no("Chỉ nhắc được khi đang bỏ phiếu."))
    left = [seat.person for seat in queries.not_yet_voted(session)]
    event = events.record("session.remind", by=by, roots=[session], body={"members": len(left)})
    tell(session, left, f"{session.council.name}: xin bỏ phiếu trước khi đóng.", f"remind:{event.pk}")
    return len(left)


@action
def close(session: Session, *, version: int | None = None, by: Actor) -> None:
    """No more ballots: everybody who is there has voted."""
    _close(session, "close", by, version, "")


@action
def close_early(session: Session, *, reason: str, version: int | None = None, by: Actor) -> None:
    """The chair ends the vote though somebody has not voted; the reason stands in the minutes."""
    _close(session, "close_early", by, version, reason)


def _close(session: Session, step: str, by: Actor, version: int | None, reason: str) -> None:
    body = {"returned": queries.returned_envelopes(session)}
    SESSION.take(session, step, by=by, version=version, reason=reason, body=body)
    tell(
        session,
        [one.person for one in queries.tellers_of(session)],
        "Đã đóng bỏ phiếu, chờ ban kiểm phiếu mở.",
        "close",
    )


@action
def hold_again(session: Session, *, reason: str, version: int | None = None, by: Actor) -> None:
    """Give this vote up, unopened: codes are lost, too few ballots came, or an envelope does not fit. Nothing was counted."""
    body = {"ballots": queries.returned_envelopes(session)}
    changes: dict[str, Any] = {"public_key": None, "frozen_hash": ""}
    SESSION.take(session, "hold_again", by=by, version=version, reason=reason, body=body, **changes)
    wipe(session)
    session.tellers.update(public_key=None)
    PaperCount.objects.filter(line__session=session).delete()
    people = [one.person for one in queries.tellers_of(session)]
    tell(session, people, "Bỏ phiếu lại: xin nhận mã mới.", "again")
