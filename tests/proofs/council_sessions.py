"""Sessions made at random and lived through their own actions on throw-away databases, for proofs 3.2 and 3.3.

One scene (fifteen people, thirty accepted nominations) is built once on each engine; every session runs on a copy of it.
"""

import multiprocessing
import os
import random
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402 (after the applications are loaded)

from bangvang.council import actions as council  # noqa: E402
from bangvang.council import queries  # noqa: E402
from bangvang.council.actions.meeting import Seating  # noqa: E402
from bangvang.council.actions.roll import Called  # noqa: E402
from bangvang.council.counting import Sums  # noqa: E402
from bangvang.council.models import CouncilMember, Session  # noqa: E402
from bangvang.papers.models import StoredFile  # noqa: E402
from bangvang.people.actor import Actor  # noqa: E402
from tests import databases, factories, postgresql  # noqa: E402
from tests.council import scenes  # noqa: E402
from tests.proofs import Figure, Run  # noqa: E402

Role = CouncilMember.Role
MOST_MEMBERS, MOST_LINES = 15, 30
PROVINCE = "ministry_province_emulation_fighter"
AWARDS = (scenes.FIGHTER, PROVINCE, "advanced_worker")
RULE_TEXT = "Quy chế Hội đồng, Điều 6"


@dataclass
class Plan:
    """One session as fate (or a border) wants it. Members and lines are places from 0; a letter for each line."""

    members: int
    lines: list[int]  # places in the scene's nominations
    ballots: dict[int, str]  # member → letters, "x" where the member stands aside
    recused: dict[int, set[int]] = field(default_factory=dict)  # member → lines
    away: set[int] = field(default_factory=set)
    written: dict[int, dict[int, bool]] = field(default_factory=dict)  # away member → line → agrees
    paper: set[int] = field(default_factory=set)

    @property
    def mode(self) -> str:
        return "mixed" if self.paper else "online"

    @property
    def online(self) -> dict[int, str]:
        return {place: letters for place, letters in self.ballots.items() if place not in self.paper}


def at_random(fate: random.Random, *, members: int = 0, paper: float = 0.0) -> Plan:
    """A session of 2 to 15 members and 1 to 30 lines, some away, some standing aside, every letter possible."""
    size = members or fate.randint(2, MOST_MEMBERS)
    lines = sorted(fate.sample(range(MOST_LINES), fate.randint(1, MOST_LINES)))
    away = {place for place in range(1, size) if size > 4 and fate.random() < 0.15}
    recused = {place: {line for line in range(len(lines)) if fate.random() < 0.08} for place in range(size)}
    lean = fate.choice((0.5, 0.8, 0.93))
    ballots = {
        place: "".join("x" if line in recused[place] else _letter(fate, lean) for line in range(len(lines)))
        for place in range(size)
        if place not in away
    }
    written = {
        place: {line: fate.random() < lean for line in range(len(lines)) if line not in recused[place]}
        for place in away
        if fate.random() < 0.6
    }
    written = {place: told for place, told in written.items() if told}
    on_paper = {place for place in ballots if fate.random() < paper}
    if len(ballots) - len(on_paper) < 3:
        on_paper = set()
    return Plan(size, lines, ballots, recused, away, written, on_paper)


def _letter(fate: random.Random, lean: float) -> str:
    return "-" if fate.random() < 0.03 else "1" if fate.random() < lean else "0"


@dataclass
class Stage:
    """The scene of one engine; sessions run on copies of it."""

    engine: str
    base: databases.Template
    scene: scenes.Scene
    folder: Path

    @contextmanager
    def copy(self) -> Iterator[str]:
        with self.base.copy() as address, databases.opened(address):
            yield address


@contextmanager
def stage(engine: str, server: str, folder: Path) -> Iterator[Stage]:
    """Migrate, found the agency, accept thirty nominations of three awards; then give the copies away."""
    folder = folder / engine
    folder.mkdir()
    settings.MEDIA_ROOT = folder / "files"
    with databases.template(folder, server) as template, template.copy() as address:
        with databases.opened(address):
            found = scenes.scene(members=MOST_MEMBERS, lines=1)
            division = found.head.unit
            people = [factories.person(f"Người Được Đề Nghị {number}") for number in range(2, MOST_LINES + 1)]
            for one in people:
                factories.duty(one, division)
            found.nominations = _many(found, people)
            factories.stored_file(found.clerk.user)
        yield Stage(engine, databases.Template(address, folder), found, folder)


def _many(found: scenes.Scene, people: list[object]) -> list[object]:  # type: ignore[type-arg]
    from bangvang.dossiers import actions as dossiers

    dossier = dossiers.open_dossier(None, 2026, by=found.head)
    dossiers.record_review(dossier, factories.meeting(found.head, people[0]), by=found.head)  # type: ignore[arg-type]
    rest = [
        dossiers.nominate(dossier, factories.nomination(one, award=AWARDS[place % 3]), by=found.head)  # type: ignore[arg-type]
        for place, one in enumerate(people, start=1)
    ]
    dossiers.submit(dossier, by=found.head)
    dossiers.accept(dossier, by=found.clerk)
    return [*found.nominations, *rest]


@dataclass
class Play:
    """A session under way: who is who on this copy."""

    plan: Plan
    session: Session
    members: list[Actor]
    tellers: list[Actor]
    clerk: Actor
    codes: list[str] = field(default_factory=list)

    def choices(self, place: int) -> dict[int, str]:
        lines = queries.lines_of(self.session)
        return {line.pk: letter for line, letter in zip(lines, self.plan.ballots[place], strict=True) if letter in "10"}


def prepared(stage_: Stage, plan: Plan) -> Play:
    """Everything before the freeze. A council of two is entered too; it is not convened online below three voters."""
    found = stage_.scene
    seatings = [
        Seating(one.person, (Role.CHAIR if place == 0 else Role.MEMBER).value)
        for place, one in enumerate(found.members[: plan.members])
    ]
    body = council.establish(scenes.fields(name="Hội đồng thử"), seatings, by=found.clerk)
    session = council.open_session(body, scenes.DAY, "Phòng họp", plan.mode, by=found.clerk)
    council.add_lines(session, [found.nominations[place] for place in plan.lines], by=found.clerk)
    council.name_tellers(session, [one.person for one in found.tellers], by=found.clerk)
    if any(not queries.book_rule(line).decides for line in _with(session)):
        council.confirm_share(session, "advanced_worker", RULE_TEXT, by=found.clerk)
    council.convene(session, by=found.clerk)
    play = Play(plan, session, found.members[: plan.members], found.tellers, found.clerk)
    lines = queries.lines_of(session)
    for place, member in enumerate(play.members):
        told = {lines[line].pk: "Là người thân" for line in plan.recused.get(place, set())}
        council.declare(session, told, by=member)
    called = {
        seat.pk: Called(
            place not in plan.away, absence="Đi công tác" if place in plan.away else "", on_paper=place in plan.paper
        )
        for place, seat in enumerate(queries.seats_of(session))
    }
    council.call_roll(session, called, by=found.clerk)
    file = StoredFile.objects.first()
    seats = queries.seats_of(session)
    for place, told_ in plan.written.items():
        answers = {lines[line].pk: agrees for line, agrees in told_.items()}
        council.write_opinions(seats[place], answers, file, by=found.clerk)
    play.codes = [council.take_code(session, by=teller) for teller in found.tellers]
    return play


def _with(session: Session) -> list[object]:  # type: ignore[type-arg]
    lines = queries.lines_of(session)
    for line in lines:
        line.session = session
    return lines  # type: ignore[return-value]


def set_aside() -> None:
    """Let the nominations of a session that was robbed enough be used by the next one on this copy."""
    Session.objects.exclude(state="cancelled").update(state="cancelled")


def opened(play: Play, fate: random.Random) -> None:
    """After the close: count the paper, open with two of the three codes."""
    if play.plan.paper:
        council.count_paper(play.session, paper_sums(play), by=play.tellers[0])
    one, other = fate.sample(play.codes, 2)
    council.open_box(play.session, (one, other), by=play.tellers[0])


def paper_sums(play: Play) -> dict[int, Sums]:
    """What the board counts by hand."""
    found = {}
    for place, line in enumerate(queries.lines_of(play.session)):
        letters = [play.plan.ballots[member][place] for member in play.plan.paper]
        count = {letter: letters.count(letter) for letter in "10-x"}
        out = len(letters) - count["x"]
        found[line.pk] = Sums(out, out, count["1"], count["0"], count["-"])
    return found


def on_both(run: Run, work: Callable[[Run, str, str], dict[str, Figure]]) -> dict[str, Figure]:
    """The work on SQLite and on PostgreSQL at the same time, each in a process of its own; a control runs on SQLite alone."""
    if run.fault:
        return work(run, "SQLite", "")
    fork = multiprocessing.get_context("fork")
    answers = fork.SimpleQueue()

    def apart(engine: str, server: str) -> None:
        part = Run(run.dir)
        try:
            answers.put((work(part, engine, server), part.failures))
        except BaseException as problem:
            part.write(traceback.format_exc())
            answers.put(({}, [*part.failures, f"{engine}: {type(problem).__name__}: {problem}"]))

    figures: dict[str, Figure] = {}
    try:
        with postgresql.server() as address:
            parts = [fork.Process(target=apart, args=given) for given in (("SQLite", ""), ("PostgreSQL", address))]
            for part in parts:
                part.start()
            for _ in parts:
                found, failures = answers.get()
                figures |= found
                run.failures += failures
            for part in parts:
                part.join()
    except postgresql.NoServer as reason:
        run.not_run(str(reason))
    return dict(sorted(figures.items(), reverse=True))


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bv-council-") as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


def cast_all(play: Play, order: list[int], after: Callable[[int], None] = lambda place: None) -> None:
    for place in order:
        council.cast(play.session, play.choices(place), by=play.members[place])
        after(place)
