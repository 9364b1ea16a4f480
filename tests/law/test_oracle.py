"""The engine against an independent judge, and against itself: one person, many persons, any order of records."""

from __future__ import annotations

from datetime import date

import pytest

from bangvang.law.book import Book, load
from bangvang.law.explain import (
    MET,
    MISSING_DATA,
    NEEDS_PERSON,
    NOT_MET,
    answers_from,
    judge,
    judge_every,
)
from bangvang.law.facts import GRADES
from bangvang.law.planes import run
from bangvang.law.sweep import packed, people, plan_sweep, run_sweep
from bangvang.law.view import View
from tests.law import oracle
from tests.law.histories import facts_of, history
from tests.law.properties import YEARS, changed_by_order, days_of, disagreements, harmed_by_a_good_year, leaves

HISTORIES = 6  # the proof of agreement runs 20,000


@pytest.fixture(scope="module")
def book() -> Book:
    return load()


@pytest.mark.parametrize("subject", ["person", "collective", "household"])
@pytest.mark.parametrize("year", YEARS)
def test_engine_agrees_with_the_oracle_on_every_condition(book: Book, year: int, subject: str) -> None:
    assert disagreements(book, range(HISTORIES), year, subject) == []


def test_histories_reach_every_outcome(book: Book) -> None:
    found = set()
    for seed in range(60):
        facts, judgements = facts_of(history(seed * 1000 + 2024, 2024))
        every = judge_every(book, facts, days_of(2024), judgements=judgements)
        found |= {(code, judged.outcome) for code, judged in every.items()}
    for code in ("grassroots_emulation_fighter", "ministry_province_commendation"):
        assert {outcome for name, outcome in found if name == code} == {MET, NOT_MET, MISSING_DATA, NEEDS_PERSON}


def test_one_award_alone_is_judged_as_among_all(book: Book) -> None:
    for seed in range(20):
        facts, judgements = facts_of(history(seed, 2025))
        every = judge_every(book, facts, days_of(2025), judgements=judgements)
        alone = {code: judge(book, code, facts, days_of(2025), judgements=judgements) for code in every}
        assert alone == every


@pytest.mark.parametrize("year", [2021, 2025])
def test_sweep_agrees_with_one_person_on_both_rails(book: Book, year: int) -> None:
    made = [facts_of({**history(seed, year), "confirmed": [], "closed_doors": [], "unkept": []}) for seed in range(70)]
    views = [View(facts, year, date(year, 12, 20), answers_from(())) for facts, _ in made]
    plan = plan_sweep(book, year, date(year, 12, 20))
    planes = {key: packed([view.plane(key) for view in views]) for key in plan.keys}
    words = len(packed([0] * len(views)))
    swept = run_sweep(plan, planes, words)
    judged = [judge_every(book, facts, days_of(year)) for facts, _ in made]
    for code in plan.awards:
        surely, possibly = ({*people(row[code], len(made)).tolist()} for row in (swept.surely, swept.possibly))
        assert surely == {number for number, found in enumerate(judged) if found[code].outcome == MET}
        assert possibly == {number for number, found in enumerate(judged) if found[code].outcome != NOT_MET}
    rails = {
        name: [people(swept.row(node), len(made)).tolist() for node in pair] for name, pair in plan.conditions.items()
    }
    for number, found in enumerate(judged):
        for code in plan.awards:
            outcomes = leaves(found[code])
            nodes = [rails[name] for name in rails if name[0] == code]
            told = [(number in surely, number in possibly) for surely, possibly in nodes]
            assert told == [(outcome == MET, outcome != NOT_MET) for outcome in outcomes]


def test_the_same_program_runs_on_plain_integers(book: Book) -> None:
    made = [facts_of({**history(seed, 2025), "confirmed": [], "closed_doors": []})[0] for seed in range(70)]
    views = [View(facts, 2025, date(2025, 12, 20)) for facts in made]
    plan = plan_sweep(book, 2025, date(2025, 12, 20))
    planes = {key: packed([view.plane(key) for view in views]) for key in plan.keys}
    swept = run_sweep(plan, planes, 2)
    as_integers = {key: int.from_bytes(row.tobytes(), "little") for key, row in planes.items()}
    values = run(plan.code, as_integers.__getitem__, 2**128 - 1)
    for node in plan.results():
        assert values[node] == int.from_bytes(swept.row(node).tobytes(), "little")


def test_a_good_year_never_harms(book: Book) -> None:
    assert harmed_by_a_good_year(book, range(60)) == []


def test_the_order_of_records_does_not_matter(book: Book) -> None:
    assert changed_by_order(book, range(30)) == []


def test_grades_of_the_oracle_are_those_of_the_engine() -> None:
    assert list(GRADES) == oracle.GRADES
