"""The department's council in the days before the demo's own: a session at each stage, from preparing to concluded; and the
council that follows it in the new year, which has not met.

In the one that is being voted on, the accounts that sit in the council hold ballots. The codes of its counting board are thrown
away here, as codes are: whoever wants to open the vote lets the chair hold it again, and the counting board takes codes anew.
"""

import datetime
from collections.abc import Sequence

from bangvang.council import actions as council
from bangvang.council import queries
from bangvang.council.actions.meeting import CouncilFields, Seating
from bangvang.council.actions.roll import Called
from bangvang.council.ballot import AGREE, DISAGREE
from bangvang.council.models import Council, Session
from bangvang.demo import assumed_day
from bangvang.demo.awarding import FIGHTER, FIGHTERS, LATE_TITLES
from bangvang.demo.department import Department
from bangvang.demo.rounds import CLERK, HEAD
from bangvang.dossiers.models import Nomination

MEMBERS = (("duc", "chair"), ("uyen", "vice"), ("nghia", "member"), ("son", "member"), ("ksor", "member"))
PRESENT = {"duc": "giamdoc", "uyen": "phogiamdoc", "son": HEAD}  # members with an account of the demo
TELLERS = {"thuy": CLERK, "luu": "vanthu", "son": HEAD}
RULE = "Quy chế Hội đồng Thi đua, khen thưởng Sở, Điều 6"
NEXT_YEAR = datetime.date(2026, 1, 1)
Days = tuple[datetime.date, datetime.date]  # prepared on, held on


def run(department: Department) -> None:
    """Live through the council's days: made in March, its sessions of December each left at another stage."""
    made = _established(department, "58/QĐ-STC", datetime.date(2025, 3, 20), MEMBERS)
    lines = {(line.person, line.award): line for line in _waiting()}
    of = {key: lines[department.people[key], "advanced_worker"] for key in LATE_TITLES}
    rehearsed, fighter = (lines[department.people[key], FIGHTER] for key in FIGHTERS)
    december = [datetime.date(2025, 12, day) for day in range(1, 32)]
    concluded, codes = _frozen(department, made, [of["thao"]], (december[9], december[11]))
    _opened(department, concluded, codes, december[11])
    _concluded(department, concluded, december[11])
    counted, codes = _frozen(department, made, [of["son"]], (december[15], december[17]))
    _opened(department, counted, codes, december[17])
    for mode, key in (("online", "an"), ("paper", "my")):
        closed, _ = _frozen(department, made, [of[key]], (december[16], december[17]), mode)
        _voted(department, closed, december[17])
    _frozen(department, made, [of["vinh"], of["khang"]], (december[17], december[18]))
    _convened(department, made, [fighter], (december[18], december[22]))
    _rehearsing(department, made, [rehearsed], (december[18], december[19]))
    with assumed_day.on(day := december[18]):
        clerk = department.actor(CLERK, day)
        draft = council.open_session(made, december[25], "phòng họp tầng 3", "online", by=clerk)
        council.add_lines(draft, [lines[None, "advanced_collective"]], by=clerk)
    _established(department, "301/QĐ-STC", december[18], (*MEMBERS, ("quang", "member")), begins=NEXT_YEAR)


def _established(
    department: Department,
    number: str,
    day: datetime.date,
    members: Sequence[tuple[str, str]],
    begins: datetime.date | None = None,
) -> Council:
    with assumed_day.on(day):
        given = CouncilFields(
            name="Hội đồng Thi đua, khen thưởng Sở Tài chính",
            decision=f"Quyết định số {number}",
            decided_on=day,
            valid_from=begins or day,
            valid_until=None,
            issuer="",
            same_unit_recuses=False,
        )
        seats = [Seating(department.people[key], role) for key, role in members]
        return council.establish(given, seats, by=department.actor(CLERK, day))


def _waiting() -> list[Nomination]:
    return list(Nomination.objects.filter(state=Nomination.State.PROPOSED, dossier__state="accepted"))


def _convened(
    department: Department, made: Council, lines: Sequence[Nomination], days: Days, mode: str = "online"
) -> Session:
    """Agenda, share confirmed from the text, counting board named, members called."""
    prepared, held = days
    with assumed_day.on(prepared):
        clerk = department.actor(CLERK, prepared)
        session = council.open_session(made, held, "phòng họp tầng 3", mode, by=clerk)
        council.add_lines(session, lines, by=clerk)
        if lines[0].award != FIGHTER:  # whose share the law itself sets
            council.confirm_share(session, lines[0].award, RULE, by=clerk)
        council.name_tellers(session, [department.people[key] for key in TELLERS], by=clerk)
        council.convene(session, by=clerk)
    return session


def _ready(
    department: Department, made: Council, lines: Sequence[Nomination], days: Days, mode: str = "online"
) -> tuple[Session, list[str]]:
    """Declared, called, codes taken. Returns the codes too."""
    session = _convened(department, made, lines, days, mode)
    codes: list[str] = []
    with assumed_day.on(day := days[1]):
        for username in PRESENT.values():
            council.declare(session, {}, by=department.actor(username, day))
        here = {department.people[key].pk for key in PRESENT}
        called = {
            seat.pk: Called(is_present=True) if seat.person.pk in here else Called(False, absence="đi công tác")
            for seat in queries.seats_of(session)
        }
        council.call_roll(session, called, by=department.actor(CLERK, day))
        if session.uses_envelopes:
            codes = [council.take_code(session, by=department.actor(who, day)) for who in TELLERS.values()]
    return session, codes


def _frozen(
    department: Department, made: Council, lines: Sequence[Nomination], days: Days, mode: str = "online"
) -> tuple[Session, list[str]]:
    """The vote is open. Returns the codes too."""
    session, codes = _ready(department, made, lines, days, mode)
    with assumed_day.on(day := days[1]):
        council.freeze(session, by=department.actor(CLERK, day))
    return session, codes


def _rehearsing(department: Department, made: Council, lines: Sequence[Nomination], days: Days) -> None:
    """Everybody may try a ballot."""
    session, _ = _ready(department, made, lines, days)
    with assumed_day.on(day := days[1]):
        council.rehearse(session, by=department.actor(CLERK, day))


def _voted(department: Department, session: Session, day: datetime.date) -> None:
    """Those who are there vote, and the vote is closed."""
    with assumed_day.on(day):
        if session.uses_envelopes:
            for seat in queries.not_yet_voted(session):
                username = next(name for key, name in PRESENT.items() if department.people[key] == seat.person)
                choice = DISAGREE if username == HEAD else AGREE
                choices = {line.pk: choice for line in queries.lines_of(session)}
                council.cast(session, choices, by=department.actor(username, day))
        council.close(session, by=department.actor(CLERK, day))


def _opened(department: Department, session: Session, codes: Sequence[str], day: datetime.date) -> None:
    _voted(department, session, day)
    with assumed_day.on(day):
        teller = department.actor(CLERK, day)
        council.open_box(session, (codes[0], codes[1]), by=teller)


def _concluded(department: Department, session: Session, day: datetime.date) -> None:
    with assumed_day.on(day):
        said = "Thường trực báo cáo tóm tắt thành tích.\nKhông có ý kiến khác."
        council.write_minutes(session, said, "Hội đồng nhất trí với kết quả bỏ phiếu.", by=department.actor(CLERK, day))
        council.conclude(session, by=department.actor(PRESENT["duc"], day))
