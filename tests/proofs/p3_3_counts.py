"""3.3 Every line of generated sessions is counted as an independent count counts it, and the borders fall where they must."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.proofs import Figure, Run, council_sessions, proof
from tests.proofs.council_sessions import Plan, Stage

from bangvang.council import actions as council  # isort: skip (council_sessions sets Django up)
from bangvang.council import counting, queries  # isort: skip
from bangvang.council.actions import opening  # isort: skip

SESSIONS = 24  # on each engine
SESSIONS_OF_CONTROL = 4
SHARES = {  # said here once more, apart from the book: at least so much, or more than so much
    "grassroots_emulation_fighter": (Fraction(80, 100), False),
    "ministry_province_emulation_fighter": (Fraction(90, 100), False),
    "advanced_worker": (Fraction(50, 100), True),
}
EIGHTY, NINETY, HALF = 0, 1, 2  # places of nominations with these shares in the scene
BORDERS = (  # members, line, in favour, recused, passes
    ("9 of 10 at 90%", 10, NINETY, 9, 0, True), ("8 of 10 at 90%", 10, NINETY, 8, 0, False),
    ("12 of 15 at 80%", 15, EIGHTY, 12, 0, True), ("11 of 15 at 80%", 15, EIGHTY, 11, 0, False),
    ("13 of 15 at 90%", 15, NINETY, 13, 0, False), ("14 of 15 at 90%", 15, NINETY, 14, 0, True),
    ("8 of 9, one recused, at 90%", 9, NINETY, 8, 1, False), ("8 of 9, one recused, at 80%", 9, EIGHTY, 8, 1, True),
    ("7 of 9 at 80%", 9, EIGHTY, 7, 0, False), ("4 of 8 above 50%", 8, HALF, 4, 0, False), ("5 of 9 above 50%", 9, HALF, 5, 0, True),
)  # fmt: skip


@proof(
    "3.3",
    what="Counts of every line equal an independent count; borders of 90%, 80% and one half on all members",
    bar="0 differing lines on both databases, 11 borders right, every impossible share warned about beforehand",
    controls={
        "base_of_the_present": "the share is taken of the present members",
        "base_without_the_recused": "a recused member leaves the base",
        "more_than": "a share that says at least is read as more than",
        "rounded": "the votes needed are rounded to the nearest whole number",
        "written_left_out": "written opinions are not added",
    },
)
def counts(run: Run) -> dict[str, Figure]:
    with council_sessions.folder() as folder, fault(run.fault):
        return council_sessions.on_both(run, lambda part, engine, server: on_engine(part, folder, engine, server))


def on_engine(run: Run, folder: Path, engine: str, server: str) -> dict[str, Figure]:
    lines = differing = 0
    with council_sessions.stage(engine, server, folder) as stage:
        fate = random.Random(33)
        for number in range(SESSIONS_OF_CONTROL if run.fault else SESSIONS):
            plan = council_sessions.at_random(fate, members=fate.randint(3, 15), paper=0.3 if number % 4 == 0 else 0)
            while len(plan.online) < 3:
                plan = council_sessions.at_random(fate, members=fate.randint(3, 15))
            met, wanted, _ = played(stage, plan, fate)
            lines += len(met)
            wrong = [f"{got} ≠ {want}" for got, want in zip(met, wanted, strict=True) if got != want]
            differing += len(wrong)
            run.write(f"     {engine} session {number}: {plan.members} members, {len(met)} lines; {wrong[:2]}")
        run.expect(f"{engine} lines that differ from the independent count", differing, 0)
        right = 0
        for name, *rest in BORDERS:
            right += border(run, stage, f"{engine} {name}", *rest)  # type: ignore[arg-type]
    return {f"{engine} lines": lines, f"{engine} borders": right}


def played(stage: Stage, plan: Plan, fate: random.Random) -> tuple[list[Any], list[Any], list[str]]:
    """What the product counted, what this module counts, what the product warned about before the freeze."""
    with stage.copy():
        play = council_sessions.prepared(stage, plan)
        told = queries.cautions(play.session)
        council.freeze(play.session, by=play.clerk)
        order = list(plan.online)
        fate.shuffle(order)
        council_sessions.cast_all(play, order)
        council.close(play.session, by=play.clerk)
        council_sessions.opened(play, fate)
        found = [
            (
                line.members, line.handed_out, line.returned, line.agreed, line.against, line.invalid,
                line.written_for, line.written_against, line.passed,
            )
            for line in queries.lines_of(play.session)
        ]  # fmt: skip
        awards = [line.nomination.award for line in queries.lines_of(play.session)]
    return found, [independent(plan, place, award) for place, award in enumerate(awards)], told


def independent(plan: Plan, place: int, award: str) -> tuple[Any, ...]:
    """The same line counted from the letters, with fractions, by nothing of the product."""
    letters = [ballot[place] for ballot in plan.ballots.values() if ballot[place] != "x"]
    opinions = [told[place] for told in plan.written.values() if place in told]
    agreed = letters.count("1")
    share, strictly = SHARES[award]
    reached = Fraction(agreed + sum(opinions), plan.members)
    passed = reached > share if strictly else reached >= share
    return (
        plan.members, len(letters), len(letters), agreed, letters.count("0"), letters.count("-"),
        sum(opinions), len(opinions) - sum(opinions), passed,
    )  # fmt: skip


def border(run: Run, stage: Stage, name: str, members: int, line: int, agreed: int, recused: int, passes: bool) -> int:
    """One line on which exactly so many agree; the last members stand aside."""
    voters = members - recused
    ballots = {place: "1" if place < agreed else "0" for place in range(voters)}
    ballots |= dict.fromkeys(range(voters, members), "x")
    aside = {place: {0} for place in range(voters, members)}
    met, _, told = played(stage, Plan(members, [line], ballots, aside), random.Random(members))
    run.expect(name, met[0][-1], passes)
    out_of_reach = recused > 0 and not passes
    run.expect(f"{name}: warned beforehand", any("không đạt được tỷ lệ" in text for text in told), out_of_reach)
    return int(met[0][-1] == passes)


@contextmanager
def fault(name: str | None) -> Iterator[None]:
    """Plant one in this very process."""
    if name is None:
        yield
        return
    plants: dict[str, tuple[Any, str, Any]] = {
        "base_of_the_present": (queries, "members_with_a_vote", lambda seats: sum(seat.votes for seat in seats)),
        "base_without_the_recused": (opening, "_counted", without_the_recused(opening._counted)),
        "more_than": (counting, "passes", more_than),
        "rounded": (counting, "passes", rounded),
        "written_left_out": (opening, "_counted", without_the_written(opening._counted)),
    }
    module, attribute, wrong = plants[name]
    right = getattr(module, attribute)
    setattr(module, attribute, wrong)
    try:
        yield
    finally:
        setattr(module, attribute, right)


def more_than(vote: Any, ballot: Any) -> bool:
    percent = vote.at_least_percent if vote.at_least_percent is not None else vote.more_than_percent
    return bool(ballot.yes * 100 > percent * ballot.members)


def rounded(vote: Any, ballot: Any) -> bool:
    percent = vote.at_least_percent if vote.at_least_percent is not None else vote.more_than_percent
    return bool(ballot.yes >= round(percent * ballot.members / 100))


def without_the_recused(counted: Any) -> Any:
    def wrong(session: Any, ballots: Any) -> Any:
        lines = counted(session, ballots)
        aside = queries.recusals(session)
        for line in lines:
            line.passed = line.rule.passes(line.total_for, line.members - len(aside.get(line.pk, set())))
        return lines

    return wrong


def without_the_written(counted: Any) -> Any:
    def wrong(session: Any, ballots: Any) -> Any:
        lines = counted(session, ballots)
        for line in lines:
            line.written_for = 0
            line.passed = line.rule.passes(line.total_for, line.members)
        return lines

    return wrong
