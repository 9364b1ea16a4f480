"""A recognised result serves one award: which one a finding rests on, and which award may have used one up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from bangvang.law.book import Book
from bangvang.law.conditions import leaves_of
from bangvang.law.explain import MET, NOT_MET, Finding, chosen_doors, frame_of
from bangvang.law.facts import SCOPES, Held
from bangvang.law.sources import DECIDING, Days, NoLaw
from bangvang.law.years import Recognised

IDS = ("initiative_level:", "research_accepted:", "initiatives:", "research:")
"""How the names of `Recognised` begin."""


Result = tuple[str, str, int]  # "initiatives" or "research", its scope, its year


def may_rest_on(book: Book, held: Held, under: Sequence[str] = ("vn",)) -> frozenset[Result]:
    """The results that an award could have been met with. None before the day from which a result serves only once."""
    return _rests_on(book, held.award, held.stream, held.counted_year, held.decided_on, tuple(under))


@lru_cache(maxsize=4096)
def _rests_on(
    book: Book, award: str, stream: str, year: int, decided_on: date, under: tuple[str, ...]
) -> frozenset[Result]:
    principle = book.principle("initiative_serves_once", decided_on)
    if principle is None or principle.row.mark not in DECIDING:
        return frozenset()
    days = Days((date(year, 1, 1), date(year, 12, 31)), received=decided_on, decided=decided_on)
    try:
        provisions = book.candidates(award, "criteria", days, under)
    except NoLaw:
        return frozenset()
    leaves = (
        leaf
        for provision in provisions
        for door in chosen_doors(provision, stream)
        for leaf in leaves_of(door, frame_of(book, award, year, provision.on, "person", under))
    )
    return frozenset(
        (leaf.what, scope, counted)
        for leaf in leaves
        if isinstance(leaf, Recognised)
        for scope in SCOPES[SCOPES.index(leaf.scope) :]
        for counted in range(year - leaf.first, year + 1)
    )


def results_used(findings: Iterable[Finding]) -> tuple[str, ...] | None:
    """Names of the results that an award rests on by its findings; None where they leave it open.

    What is proven counts: a way that is met without a result uses none. Of more results than a condition asks for nobody knows which served.
    """
    doors = tuple(item for finding in findings for item in finding.flat() if item.condition.startswith("door:"))
    used = _used_by_one_of(doors)
    return None if used is None else tuple(sorted(used))


def _used(finding: Finding) -> frozenset[str] | None:
    if finding.need == "any":
        return _used_by_one_of(finding.parts)
    if finding.parts:
        every = [_used(part) for part in finding.parts]
        known = [used for used in every if used is not None]
        return frozenset().union(*known) if len(known) == len(every) else None
    if not finding.condition.startswith(IDS):
        return frozenset()
    names = [str(record["id"]) for record in finding.records]
    asked = finding.condition.split(":")[2:] or ["1"]
    return frozenset(names) if finding.outcome == MET and len(names) == int(asked[0]) else None


def _used_by_one_of(ways: Sequence[Finding]) -> frozenset[str] | None:
    proven = [way for way in ways if way.outcome == MET]
    different = {_used(way) for way in proven or ways if way.outcome != NOT_MET}
    if proven and frozenset() in different:
        return frozenset()
    return different.pop() if len(different) == 1 else None
