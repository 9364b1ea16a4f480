"""One subject's records as the engine reads them on a day: planes of one bit, and the records behind them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from bangvang.law.conditions import Frame
from bangvang.law.exact import Weighed
from bangvang.law.facts import GRADES, SCOPES, Facts, Held, Initiative
from bangvang.law.planes import Key

_Seen = TypeVar("_Seen")
_ByYear = dict[int, list[Initiative]]
NOT_FOR_LADDERS = frozenset({"dot_xuat", "chuyen_de"})
"""Streams whose awards are no ground for the next award by merit (NĐ 152 Đ4.3, NĐ 98 Đ4)."""


@dataclass(frozen=True)
class Answers:
    """Judgements given. A condition may be named without what follows its colon, a door by the question behind it."""

    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    def to(self, condition: str) -> bool | None:
        if not (self.yes or self.no or self.closed):
            return None  # nobody was asked: most subjects of most pages
        names = {condition, condition.split(":", maxsplit=1)[0]}
        return False if names & (self.no | self.closed) else True if names & self.yes else None


@dataclass(frozen=True)
class View:
    """`Facts` seen for one judged year, on one day, with the judgements given so far."""

    facts: Facts
    year: int
    as_of: date
    """Awards decided later are not seen; holds are looked up on this day."""
    answers: Answers = field(default_factory=Answers)
    _seen: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was looked up once: a page asks the same record for many awards."""

    def remember(self, key: Key, look_up: Callable[[], _Seen]) -> _Seen:
        """What `look_up` gives, asked for once."""
        try:
            found: _Seen = self._seen[key]
        except KeyError:
            found = self._seen[key] = look_up()
        return found

    @property
    def first_day(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    # Records.

    def held(self, code: str, year: int) -> tuple[Held | tuple[str, int], ...]:
        """Awards of this code that count for the year; a title known only by its year is (code, year)."""
        return self.every_award.get((code, year), ())

    @cached_property
    def every_award(self) -> dict[tuple[str, int], tuple[Held | tuple[str, int], ...]]:
        """Awards that count, by code and year; looked up once."""
        found: dict[tuple[str, int], tuple[Held | tuple[str, int], ...]] = {}
        for item in sorted(self.facts.awards, key=lambda award: (award.decided_on, award.number)):
            if item.decided_on <= self.as_of and item.stream not in NOT_FOR_LADDERS:
                key = (item.award, item.counted_year)
                found[key] = (*found.get(key, ()), item)
        for year, codes in self.facts.titles.items():
            for code in codes:
                found.setdefault((code, year), ((code, year),))
        return found

    def recognised(self, what: str, scope: str, award: str, single_use: bool, year: int) -> Sequence[Initiative]:
        """Initiatives (or research) of a year and of this scope or wider that are still free for the award."""
        return self._results(what, scope, award, single_use)[0].get(year, ())

    def doubtful(self, what: str, scope: str, award: str, year: int) -> Sequence[Initiative]:
        """Results of a year that another award may have used up."""
        return self._results(what, scope, award, True)[1].get(year, ())

    def free_results(self, what: str, scope: str, award: str, single_use: bool) -> Mapping[int, Sequence[Initiative]]:
        """`recognised` of every year."""
        return self._results(what, scope, award, single_use)[0]

    def _results(self, what: str, scope: str, award: str, single_use: bool) -> tuple[_ByYear, _ByYear]:
        """(free, in doubt) by year; gone through once, since every year of every condition asks."""
        key = ("results", what, scope, award, single_use)
        found: tuple[_ByYear, _ByYear] | None = self._seen.get(key)
        if found is not None:
            return found
        free: _ByYear = {}
        doubtful: _ByYear = {}
        wide, alone = SCOPES[SCOPES.index(scope) :], {award}
        for item in self.facts.research if what == "research" else self.facts.initiatives:
            if item.scope in wide and not (single_use and not alone.issuperset(item.used_for)):
                in_doubt = single_use and not alone.issuperset(item.may_serve)
                (doubtful if in_doubt else free).setdefault(item.year, []).append(item)
        self._seen[key] = free, doubtful
        return free, doubtful

    def member_count(self, count: int | None) -> int | None:
        """A head-count that is not there is zero only if the register of the unit is complete."""
        return 0 if count is None and self.facts.is_complete("unit", self.year) else count

    def show_held(self, item: Held | tuple[str, int]) -> dict[str, Any]:
        if isinstance(item, tuple):
            return {"kind": "title", "award": item[0], "year": item[1]}
        shown = {
            "kind": "award",
            "award": item.award,
            "year": item.counted_year,
            "decided_on": item.decided_on.isoformat(),
        }
        return {**shown, "number": item.number} if item.number else shown

    def show_result(self, item: Initiative) -> dict[str, Any]:
        return {"kind": "initiative", "id": item.id, "year": item.year, "scope": item.scope}

    # The same as rails, from the records.

    def grade_rails(self, grade: str, year: int) -> tuple[bool, bool]:
        if year in self.facts.grades:
            reached = GRADES.index(self.facts.grades[year]) >= GRADES.index(grade)
            return reached, reached
        return False, not self.facts.is_complete("grades", year)

    def held_rails(self, code: str, year: int, frame: Frame) -> tuple[bool, bool]:
        key = ("rails", code, year)
        found: tuple[bool, bool] | None = self._seen.get(key)
        if found is None:
            codes = (code, *frame.including(code))
            has = any(self.held(held, year) for held in codes)
            may = has or not all(self.facts.is_complete(frame.register_of(held), year) for held in codes)
            found = self._seen[key] = has, may
        return found

    def weigh(self, key: Key) -> tuple[bool, bool, bool]:
        """(surely, possibly, sure once every open question is answered with yes)."""
        kind = key[0]
        if kind == "exact":
            condition: Weighed = key[2]
            surely, possibly = self.remember(("weighed", condition), lambda: condition.weigh(self))
            if surely == possibly or condition.register not in self.facts.unkept:
                return surely, possibly, surely
            answer = self.answers.to(condition.id)
            return (False, True, True) if answer is None else (answer, answer, answer)
        if kind == "clear":
            return self._clear(key[1])
        if kind == "in_doubt":
            return self._in_doubt(*key[1:])
        if kind == "asked":
            answer = self.answers.to(key[1])
            return (False, True, True) if answer is None else (answer, answer, answer)
        if kind == "presumed_no":
            answer = self.answers.to(key[1]) is True
            return answer, answer, answer
        if kind == "door":
            opened = key[1] not in self.answers.closed
            return opened, opened, opened
        if kind == "hold":
            free = self.answers.to("no_pending_case")
            if free is None:
                free = not any(item.touches(self.as_of, self.as_of) for item in self.facts.holds)
            return free, True, True
        raise KeyError(key)

    def _in_doubt(
        self, condition: str, what: str, scope: str, award: str, nth: int, year: int
    ) -> tuple[bool, bool, bool]:
        """Is the nth result of the year there, if those count that another award may have used up?"""
        free = len(self.recognised(what, scope, award, True, year))
        is_there = free <= nth < free + len(self.doubtful(what, scope, award, year))
        answer = self.answers.to(condition)
        if not is_there or answer is False:
            return False, False, False
        return answer is True, True, True

    def _clear(self, year: int) -> tuple[bool, bool, bool]:
        """Is the year free of measures that still ran in it? The year in which one ends is left to a person."""
        if not self.facts.discipline:
            return True, True, True
        ended = [item.until or date.max for item in self.facts.discipline if item.since <= self.as_of]
        possibly = all(last < date(year, 12, 31) for last in ended)
        return all(last < date(year, 1, 1) for last in ended), possibly, possibly

    def plane(self, key: Key) -> int:
        """One bit of the plane with this key."""
        bit: int | None = self._seen.get(key)
        if bit is None:
            bit = self._seen[key] = int(self._bit(key))
        return bit

    def both(self, key: Key) -> int:
        """Two bits: the plane as known, and above it as if every open question had been answered with yes."""
        if key[0] == "surely":
            surely, _, settled = self.weigh(key[1:])
            return surely | settled << 1
        return 0b11 if self.plane(key) else 0

    def _bit(self, key: Key) -> bool:
        # Plain comparisons, most frequent first: a page asks some five hundred planes, and `match` took half its time.
        kind = key[0]
        if kind == "complete":
            return self.facts.is_complete(key[1], key[2])
        if kind == "held":
            return len(self.held(key[1], key[3])) > int(key[2])
        if kind == "surely":
            return self.weigh(key[1:])[0]
        if kind == "possibly":
            return self.weigh(key[1:])[1]
        if kind == "grade":
            return self.grade_rails(key[1], key[2])[0]
        if kind == "graded":
            return int(key[1]) in self.facts.grades
        if kind == "recognised":
            _, what, scope, award, nth, year = key
            return len(self.recognised(what, scope, award, bool(award), year)) > int(nth)
        raise KeyError(key)
