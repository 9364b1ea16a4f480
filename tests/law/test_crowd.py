"""Everybody at once says what one by one says: every bit, the four outcomes, who lacks exactly one condition."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bangvang.law.book import Book, load
from bangvang.law.crowd import Crowd
from bangvang.law.explain import MET, MISSING_DATA, NEEDS_PERSON, NOT_MET, judge_every, steps_short
from bangvang.law.sources import Days
from bangvang.law.sweep import people, plan_sweep, run_sweep
from bangvang.law.view import View
from tests.law.histories import facts_of, history

CASES = [  # the year judged, and a day of receipt: also under the transitions of 2024, 2025 and 2026
    (2021, date(2021, 12, 20)),
    (2023, date(2024, 2, 1)),
    (2025, date(2025, 8, 1)),
    (2025, date(2025, 12, 20)),
    (2026, date(2026, 11, 20)),
]


@pytest.fixture(scope="module")
def book() -> Book:
    return load()


def views_of(
    year: int, on: date, subject: str = "person", count: int = 70, unkept: frozenset[str] = frozenset()
) -> list[View]:
    silent: dict[str, Any] = {"confirmed": [], "closed_doors": [], "unkept": unkept}
    return [View(facts_of({**history(seed, year, subject), **silent})[0], year, on) for seed in range(count)]


@pytest.mark.parametrize("subject", ["person", "collective"])
@pytest.mark.parametrize(("year", "on"), CASES)
def test_every_bit_is_the_views(book: Book, year: int, on: date, subject: str) -> None:
    views = views_of(year, on, subject)
    crowd = Crowd(plan_sweep(book, year, on, subject=subject).keys, views)
    for key, row in crowd.rows.items():
        assert people(row, len(views)).tolist() == [n for n, view in enumerate(views) if view.plane(key)], key


@pytest.mark.parametrize("subject", ["person", "collective"])
@pytest.mark.parametrize(("year", "on"), CASES)
@pytest.mark.parametrize("unkept", [frozenset[str](), frozenset({"contributions", "service"})])
def test_outcomes_and_steps_short_are_those_of_one(
    book: Book, year: int, on: date, subject: str, unkept: frozenset[str]
) -> None:
    views = views_of(year, on, subject, unkept=unkept)
    plan = plan_sweep(book, year, on, subject=subject, unkept=unkept)
    crowd = Crowd(plan.keys, views)
    swept = run_sweep(plan, crowd.rows, crowd.words)
    days = Days((date(year, 1, 1), date(year, 12, 31)), on)
    judged = [judge_every(book, view.facts, days) for view in views]
    for code in plan.awards:
        surely, possibly, missing, short = (
            set(people(rows[code], len(views)).tolist())
            for rows in (swept.surely, swept.possibly, swept.missing, swept.one_short)
        )
        for place, found in enumerate(judged):
            outcome = found[code].provisional or found[code].outcome
            doubt = MISSING_DATA if place in missing else NEEDS_PERSON
            said = MET if place in surely else doubt if place in possibly else NOT_MET
            near = place in short
            assert (said, near) == (outcome, outcome == NOT_MET and steps_short(found[code].findings) == 1), (
                code,
                place,
            )
            assert bool(plan.unread[code]) == (found[code].provisional is not None)


def test_new_records_of_one_replace_the_old(book: Book) -> None:
    views, others = views_of(2025, date(2025, 12, 20)), views_of(2025, date(2025, 12, 20), count=140)[70:]
    keys = plan_sweep(book, 2025, date(2025, 12, 20)).keys
    crowd = Crowd(keys, views)
    for place in (0, 1, 63, 64, 69):
        views[place] = others[place]
        crowd.replace(place, others[place])
    fresh = Crowd(keys, views)
    assert {key: row.tolist() for key, row in crowd.rows.items()} == {
        key: row.tolist() for key, row in fresh.rows.items()
    }
