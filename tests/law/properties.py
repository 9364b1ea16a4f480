"""What must hold for every history: agreement with the oracle, a good year never harms, the order of records is nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bangvang.law.book import Book
from bangvang.law.explain import MET, MISSING_DATA, NEEDS_PERSON, NOT_MET, Finding, Judged, judge_every
from bangvang.law.sources import Days
from tests.law import oracle
from tests.law.histories import facts_of, history

YEARS = (2018, 2021, 2023, 2024, 2025)
BETTER = {NOT_MET: 0, MISSING_DATA: 1, NEEDS_PERSON: 1, MET: 2}


def days_of(year: int) -> Days:
    return Days((date(year, 1, 1), date(year, 12, 31)), date(year, 12, 20))


def leaves(judged: Judged) -> list[str]:
    """Outcome of every leaf, in the order of the book."""

    def below(finding: Finding) -> list[str]:
        if finding.need:
            return [outcome for part in finding.parts for outcome in below(part)]
        return [] if finding.condition == "no_pending_case" else [finding.outcome]

    return [outcome for finding in judged.findings for outcome in below(finding)]


def disagreements(book: Book, seeds: Iterable[int], year: int, subject: str = "person") -> list[tuple[int, str]]:
    """(seed, award) of every history on which engine and oracle differ, in the award or in any condition."""
    found = []
    for seed in seeds:
        made = history(seed * 10_000 + year, year, subject)
        facts, judgements = facts_of(made)
        for code, judged in judge_every(book, facts, days_of(year), judgements=judgements).items():
            if (judged.outcome, leaves(judged)) != oracle.judge(made, code, year, date(year, 12, 20)):
                found.append((seed, code))
    return found


def harmed_by_a_good_year(book: Book, seeds: Iterable[int]) -> list[tuple[int, str]]:
    """(seed, award) of every history that an excellent year with a title makes worse."""
    found = []
    for seed in seeds:
        year = YEARS[seed % len(YEARS)]
        facts, judgements = facts_of(history(seed, year))
        improved = random.Random(seed).randint(year - 6, year)
        titles = (*facts.titles.get(improved, ()), "grassroots_emulation_fighter")
        richer = replace(facts, grades={**facts.grades, improved: "HTXSNV"}, titles={**facts.titles, improved: titles})
        before = judge_every(book, facts, days_of(year), judgements=judgements)
        after = judge_every(book, richer, days_of(year), judgements=judgements)
        found += [(seed, code) for code in before if BETTER[after[code].outcome] < BETTER[before[code].outcome]]
    return found


def changed_by_order(book: Book, seeds: Iterable[int]) -> list[tuple[int, str]]:
    """(seed, award) of every history that says something else when its records are shuffled."""
    found = []
    for seed in seeds:
        facts, judgements = facts_of(history(seed, 2025))
        dice = random.Random(seed)
        shuffled = replace(
            facts,
            grades=dict(dice.sample(sorted(facts.grades.items()), len(facts.grades))),
            initiatives=tuple(dice.sample(facts.initiatives, len(facts.initiatives))),
            awards=tuple(dice.sample(facts.awards, len(facts.awards))),
        )
        one, other = (judge_every(book, given, days_of(2025), judgements=judgements) for given in (facts, shuffled))
        found += [
            (seed, code)
            for code in one
            if (one[code].outcome, one[code].missing, leaves(one[code]))
            != (other[code].outcome, other[code].missing, leaves(other[code]))
        ]
    return found
