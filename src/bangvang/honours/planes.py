"""Everybody at once: the ledger as rows of bits, and what the book says of a whole group on a day.

    found = sweep(persons, year=2026, on=today)
    found.count("advanced_worker", MET)

A group is read from the ledger when it is asked for. Planes remember the ledger's `seq` that they reach, so that a
large group can be kept in a process and only read on before each answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q

from bangvang.honours.findings import UNKEPT, facts_of, facts_of_persons, issuers, judge_all, the_book
from bangvang.honours.models import Completeness, LedgerEntry
from bangvang.law import sweep as law_sweep
from bangvang.law.crowd import Crowd
from bangvang.law.explain import MET, MISSING_DATA, NEEDS_PERSON, NOT_MET, Judged
from bangvang.law.facts import Facts
from bangvang.law.view import View
from bangvang.people.models import Duty, Person, Unit

if TYPE_CHECKING:
    from bangvang.law.sweep import Row

KEPT_FROM = 50_000  # smaller groups are read anew for each question; larger ones are kept and read on
ONE_SHORT = "one_short"
CLASSES = (MET, ONE_SHORT, MISSING_DATA, NEEDS_PERSON, NOT_MET)
"""What a sweep says of one subject and award; "one short" are those not met who lack exactly one condition."""


@dataclass(frozen=True)
class Reached:
    """How far the planes have read: the ledger, the declarations of completeness, who serves where."""

    entry: int
    declaration: int
    duties: tuple[int, int]

    @classmethod
    def now(cls) -> Reached:
        """`seq` follows the order of commits, and so do declarations, which are made under the same lock."""
        duties = Duty.objects.aggregate(all=Count("pk"), ended=Count("valid_until"))
        return cls(
            LedgerEntry.objects.aggregate(last=Max("seq"))["last"] or 0,
            Completeness.objects.aggregate(last=Max("pk"))["last"] or 0,
            (duties["all"], duties["ended"]),
        )


class Planes:
    """The rows of bits of some persons for one year, seen on one day under one line of issuers."""

    def __init__(self, persons: Sequence[Person], year: int, on: datetime.date, under: Sequence[str] = ()) -> None:
        self.persons, self.year, self.on, self.under = list(persons), year, on, tuple(under) or issuers()
        self.plan = plan_of(year, on, self.under, "person")
        self.place = {person.pk: place for place, person in enumerate(self.persons)}
        self._read_all()

    def _read_all(self) -> None:
        self.reached = Reached.now()  # before the reading: what comes in meanwhile is read again
        self.facts = [facts for _, facts in facts_of_persons(self.persons, self.on)]
        self.crowd = Crowd(self.plan.keys, (View(facts, self.year, self.on) for facts in self.facts))

    def read_on(self) -> int:
        """Take in what was committed since; returns how many persons were read again."""
        now = Reached.now()
        if now == self.reached:
            return 0
        if now.duties != self.reached.duties:
            self._read_all()
            return len(self.persons)
        places = sorted(self.place[key] for key in self._touched(now) if key in self.place)
        changed = facts_of_persons([self.persons[place] for place in places], self.on)
        for place, (_, facts) in zip(places, changed, strict=True):
            self.facts[place] = facts
            self.crowd.replace(place, View(facts, self.year, self.on))
        self.reached = now
        return len(places)

    def _touched(self, now: Reached) -> set[int]:
        fresh = LedgerEntry.objects.filter(seq__gt=self.reached.entry, seq__lte=now.entry, person__isnull=False)
        keys = set(fresh.values_list("person_id", flat=True))
        declared = Completeness.objects.filter(pk__gt=self.reached.declaration, pk__lte=now.declaration)
        units = set(declared.values_list("unit_id", flat=True))
        return keys | set(Duty.objects.filter(unit__in=units).values_list("person_id", flat=True))


@dataclass(frozen=True)
class Swept:
    """The answers for a group. Subjects are told by their place in `subjects`."""

    subjects: Sequence[Person | Unit]
    facts: Sequence[Facts]
    year: int
    on: datetime.date
    under: tuple[str, ...]
    plan: law_sweep.Plan
    rows: dict[tuple[str, str], Row]
    """(award, class) → row of bits; the classes of an award exclude each other and together are everybody."""

    @property
    def awards(self) -> list[str]:
        return list(self.plan.awards)

    def count(self, award: str, *classes: str) -> int:
        return sum(law_sweep.head_count(self.rows[award, one], len(self.subjects)) for one in classes)

    def places(self, award: str, *classes: str) -> list[int]:
        """Places of the subjects in these classes."""
        found = (law_sweep.people(self.rows[award, one], len(self.subjects)).tolist() for one in classes)
        return sorted(place for some in found for place in some)

    def classes_of(self, place: int) -> dict[str, str]:
        """award → class of one subject."""
        word, bit = place >> 6, place & 63
        return {
            award: next(one for one in CLASSES if int(self.rows[award, one][word]) >> bit & 1)
            for award in self.plan.awards
        }

    def judged(self, place: int) -> dict[str, Judged]:
        """The same answers with every reason, from the same facts."""
        return judge_all(self.facts[place], year=self.year, on=self.on, under=self.under)


@lru_cache(maxsize=32)
def plan_of(year: int, on: datetime.date, under: tuple[str, ...], subject: str) -> law_sweep.Plan:
    """The compiled question: it knows no subject."""
    return law_sweep.plan_sweep(the_book(), year, on, under, subject=subject, unkept=UNKEPT)


_kept: dict[tuple[int, datetime.date, tuple[str, ...]], Planes] = {}


def sweep(persons: Sequence[Person], *, year: int, on: datetime.date, under: Sequence[str] = ()) -> Swept:
    """What every person of a group meets in a year, looked at on a day; never older than the question."""
    planes = _planes(persons, year, on, tuple(under) or issuers())
    return _swept(planes.persons, planes.facts, planes.plan, planes.crowd, year, on, planes.under)


def _planes(persons: Sequence[Person], year: int, on: datetime.date, under: tuple[str, ...]) -> Planes:
    if len(persons) < KEPT_FROM:
        return Planes(persons, year, on, under)
    key = (year, on, under)
    kept = _kept.get(key)
    if kept is None or [person.pk for person in kept.persons] != [person.pk for person in persons]:
        _kept.clear()  # one large group a process: a country is some hundred megabytes
        kept = _kept[key] = Planes(persons, year, on, under)
    else:
        kept.read_on()
    return kept


def sweep_units(units: Iterable[Unit], *, year: int, on: datetime.date, under: Sequence[str] = ()) -> Swept:
    """The same for collectives."""
    found = list(units)
    facts = [facts_of(unit, on, year=year) for unit in found]
    plan = plan_of(year, on, tuple(under) or issuers(), "collective")
    crowd = Crowd(plan.keys, (View(one, year, on) for one in facts))
    return _swept(found, facts, plan, crowd, year, on, tuple(under) or issuers())


def _swept(
    subjects: Sequence[Person | Unit],
    facts: Sequence[Facts],
    plan: law_sweep.Plan,
    crowd: Crowd,
    year: int,
    on: datetime.date,
    under: tuple[str, ...],
) -> Swept:
    found = law_sweep.run_sweep(plan, crowd.rows, crowd.words)
    surely, possibly, short, missing = found.surely, found.possibly, found.one_short, found.missing
    rows: dict[tuple[str, str], Row] = {}
    for code in plan.awards:
        rows[code, MET] = surely[code]
        rows[code, ONE_SHORT] = short[code]
        rows[code, MISSING_DATA] = missing[code]
        rows[code, NEEDS_PERSON] = possibly[code] & ~surely[code] & ~missing[code]
        rows[code, NOT_MET] = ~possibly[code] & ~short[code]
    return Swept(subjects, facts, year, on, under, plan, rows)


def people_of(units: Iterable[Unit], year: int, on: datetime.date) -> list[Person]:
    """Who served in the units in the year, up to the day, as officials sort; administrators only keep the machine."""
    first, last = datetime.date(year, 1, 1), min(on, datetime.date(year, 12, 31))
    in_year = Q(valid_from__lte=last) & (Q(valid_until__isnull=True) | Q(valid_until__gte=first))
    duties = Duty.objects.filter(in_year, unit__in=list(units)).exclude(role=Duty.Role.ADMINISTRATOR)
    return list(Person.objects.filter(pk__in=duties.values("person_id")))
