"""Many subjects' records as rows of bits, for one plan: what `View` answers plane by plane, gathered the other way round.

    crowd = Crowd(plan.keys, views)                 # one bit a subject, in the order given
    run_sweep(plan, crowd.rows, crowd.words)
    crowd.replace(place, view)                      # new records of one subject

A subject's records are walked once and name the planes they belong to, so that the cost follows the records and not
the planes. The tests hold every bit against `View.plane`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from bangvang.law.facts import GRADES
from bangvang.law.planes import Key
from bangvang.law.view import View

if TYPE_CHECKING:
    from bangvang.law.sweep import Row


class Crowd:
    """One row of 64-bit words for each wanted plane; the first subject is the lowest bit."""

    def __init__(self, keys: Iterable[Key], views: Iterable[View]) -> None:
        self._wanted = frozenset(keys)
        self._complete = [key for key in self._wanted if key[0] == "complete"]
        weighed = [key for key in self._wanted if key[0] in ("surely", "possibly")]
        self._weighed = [key for key in weighed if key[1] != "in_doubt"]
        self._doubtful = [key for key in weighed if key[1] == "in_doubt"]
        self._recognised = sorted({key[1:4] for key in self._wanted if key[0] == "recognised"})
        places: dict[Key, list[int]] = {key: [] for key in self._wanted}
        self.count = 0
        for view in views:
            for key in self._true(view):
                places[key].append(self.count)
            self.count += 1
        self.words = -(-self.count // 64)
        self.rows: dict[Key, Row] = {key: self._row(found) for key, found in places.items()}

    def replace(self, place: int, view: View) -> None:
        """The records of one subject are others now."""
        word, bit = place >> 6, 1 << (place & 63)
        true = set(self._true(view))
        for key, row in self.rows.items():
            row[word] = int(row[word]) & ~bit | (bit if key in true else 0)

    def _row(self, places: list[int]) -> Row:
        import numpy as np

        bits: Any = np.zeros(self.words * 64, dtype=np.uint8)
        bits[places] = 1
        row: Row = np.packbits(bits, bitorder="little").view(np.uint64)
        return row

    def _true(self, view: View) -> Iterator[Key]:
        """The wanted planes in which the subject's bit is set, each once."""
        return (key for key in self._all(view) if key in self._wanted)

    def _all(self, view: View) -> Iterator[Key]:
        facts = view.facts
        for year, grade in facts.grades.items():
            yield ("graded", year)
            yield from (("grade", reached, year) for reached in GRADES[: GRADES.index(grade) + 1])
        for (code, year), items in view.every_award.items():
            yield from (("held", code, nth, year) for nth in range(len(items)))
        if facts.initiatives or facts.research:
            for what, scope, award in self._recognised:
                for year, free in view.free_results(what, scope, award, bool(award)).items():
                    yield from (("recognised", what, scope, award, nth, year) for nth in range(len(free)))
        yield from (key for key in self._complete if facts.is_complete(key[1], key[2]))
        has_doubt = any(item.may_serve for item in (*facts.initiatives, *facts.research))
        for key in (*self._weighed, *self._doubtful) if has_doubt else self._weighed:
            surely, possibly, _ = view.weigh(key[1:])
            if surely if key[0] == "surely" else possibly:
                yield key
