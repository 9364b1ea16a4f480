"""After the vote: paper ballots counted, the envelopes opened once, the minutes, the chair's conclusion."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bangvang.council import ballot, papers, queries
from bangvang.council.access import may_count_paper, may_write_minutes
from bangvang.council.actions.meeting import held, require, tell, wipe
from bangvang.council.actions.voting import open_all
from bangvang.council.counting import NO_BALLOTS, Sums
from bangvang.council.models import AgendaLine, PaperCount, Session
from bangvang.council.workflow import SESSION
from bangvang.dossiers import actions as dossiers
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty


@action
def count_paper(session: Session, counted: Mapping[int, Sums], *, by: Actor) -> None:
    """Enter what the board counted of the paper ballots, line by line; sums that cannot be true are refused by name."""
    require(may_count_paper(by, held(session)))
    seats, aside = queries.seats_of(session), queries.recusals(session)
    lines = queries.lines_of(session)
    for line in lines:
        sums = counted.get(line.pk)
        if sums is None:
            raise Refused(no(f"{line.nomination.name_then}: chưa ghi kết quả phiếu giấy."))
        due = queries.handed_out(line, seats, aside, on_paper=True)
        trouble = sums.trouble or ("" if sums.handed_out == due else f"phát ra {sums.handed_out}, đúng ra là {due}")
        if trouble:
            raise Refused(no(f"{line.nomination.name_then}: {trouble}."))
    PaperCount.objects.filter(line__session=session).delete()
    PaperCount.objects.bulk_create(
        PaperCount(
            line=line, handed_out=sums.handed_out, returned=sums.returned, agreed=sums.agreed, against=sums.against,
            invalid=sums.invalid,
        )
        for line in lines
        for sums in (counted[line.pk],)
    )  # fmt: skip
    events.record("session.count_paper", by=by, roots=[session], body={"lines": len(lines)})


@action
def open_box(session: Session, codes: tuple[str, str] | None = None, *, version: int | None = None, by: Actor) -> None:
    """Open all envelopes at once with two codes, write the totals, and let nothing remain that could be opened again.

    Letters exist only in this call. One transaction writes the totals and deletes envelopes and wrapped keys; one event tells
    the counts.
    """
    held(session)
    require(SESSION.verdict(session, "open", by))
    if session.uses_envelopes and codes is None:
        raise Refused(no("Cần mã của hai người khác nhau trong ban kiểm phiếu."))
    ballots = open_all(session, codes) if session.uses_envelopes and codes else []
    counted = _counted(session, ballots)
    body = {"ballots": len(ballots), "lines": [_told(line) for line in counted]}
    SESSION.take(session, "open", by=by, version=version, body=body, public_key=None)
    AgendaLine.objects.bulk_update(counted, COUNTS)
    wipe(session)
    stored.order(
        "counting_record",
        papers.counting_record(session),
        name=papers.file_name("Bien-ban-kiem-phieu", session),
        about=session,
        by=by,
    )
    tell(session, [seat.person for seat in queries.seats_of(session)], "Đã kiểm phiếu, kết quả đã có.", "open")


COUNTS = [
    "members",
    "handed_out",
    "returned",
    "agreed",
    "against",
    "invalid",
    "written_for",
    "written_against",
    "passed",
]


def _counted(session: Session, ballots: Sequence[str]) -> list[AgendaLine]:
    """The lines with their sums, not yet written."""
    seats, aside = queries.seats_of(session), queries.recusals(session)
    members = queries.members_with_a_vote(seats)
    lines = queries.lines_of(session)
    if any(len(letters) != len(lines) for letters in ballots):
        raise Refused(no("Có phiếu không đủ số dòng. Không mở: Chủ tịch Hội đồng cho bỏ phiếu lại."))
    for place, line in enumerate(lines):
        letters = Counter(ballot_[place] for ballot_ in ballots)
        written = Counter(line.opinions.values_list("agrees", flat=True))
        sums = Sums(
            handed_out=queries.handed_out(line, seats, aside, on_paper=False),
            returned=letters.total() - letters[ballot.NONE],
            agreed=letters[ballot.AGREE],
            against=letters[ballot.DISAGREE],
            invalid=letters[ballot.BLANK],
        ) + (line.paper_count.sums if hasattr(line, "paper_count") else NO_BALLOTS)
        if sums.trouble:
            raise Refused(
                no(f"{line.nomination.name_then}: {sums.trouble}. Không mở: Chủ tịch Hội đồng cho bỏ phiếu lại.")
            )
        line.members, line.handed_out, line.returned = members, sums.handed_out, sums.returned
        line.agreed, line.against, line.invalid = sums.agreed, sums.against, sums.invalid
        line.written_for, line.written_against = written[True], written[False]
        line.passed = line.rule.passes(line.total_for, members)
    return lines


def _told(line: AgendaLine) -> dict[str, object]:
    return {"nomination": line.nomination.code, **{name: getattr(line, name) for name in COUNTS}}


@action
def write_minutes(session: Session, discussion: str, conclusion: str, *, version: int | None = None, by: Actor) -> None:
    """Write the discussion and the conclusion, under the version they were opened with."""
    require(may_write_minutes(by, held(session)))
    bump(session, version=version, discussion=discussion.strip(), conclusion=conclusion.strip())
    events.record("session.write_minutes", by=by, roots=[session], body={"letters": len(discussion) + len(conclusion)})


@action
def conclude(session: Session, *, version: int | None = None, by: Actor) -> None:
    """The chair concludes: every nomination is endorsed or declined, the minutes are ordered, the units are told."""
    lines = queries.lines_of(session)
    passed = sum(bool(line.passed) for line in lines)
    body = {"endorsed": passed, "declined": len(lines) - passed}
    SESSION.take(session, "conclude", by=by, version=version, body=body)
    source = papers.source_words(session)
    for line in lines:
        step = "endorse" if line.passed else "decline"
        dossiers.settle(line.nomination, step, source=source, also=[session], by=by)
    stored.order(
        "council_minutes", papers.minutes(session), name=papers.file_name("Bien-ban-hop", session), about=session, by=by
    )
    for dossier in {line.nomination.dossier for line in lines}:
        mine = [line for line in lines if line.nomination.dossier_id == dossier.pk]
        endorsed = sum(bool(line.passed) for line in mine)
        notices.tell(
            people.users_with_role(dossier.unit, Duty.HEADS, on=by.day),
            f"{session.council.name} đã xét hồ sơ {dossier.occasion}: thông qua {endorsed} trên {len(mine)} đề nghị.",
            key=f"session:{session.code}:{dossier.code}",
            link=("dossiers:one", dossier.code),
        )
