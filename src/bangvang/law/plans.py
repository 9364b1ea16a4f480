"""What the law asks of the plan of a movement, and what the length of a thematic movement opens: two tables of the book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bangvang.law import nodes
from bangvang.law.nodes import Cell
from bangvang.law.rules import Reader
from bangvang.law.sources import Row
from bangvang.law.tables import in_order, read_row

PARTS = (
    "goals", "scope", "subjects", "contents", "criteria", "targets", "slogan", "period", "measures", "launch", "inspection",
    "models", "registration", "reviews",
)  # fmt: skip
_ROW = ("from", "until", "cite", "mark", "note")


@dataclass(frozen=True)
class Demand:
    """One part that a plan must have, in the words of the office. `part` is one of PARTS."""

    part: str
    label: str
    row: Row


@dataclass(frozen=True)
class Length:
    """From so many full years on, a thematic movement may lead to these awards."""

    years: int
    label: str
    awards: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class Plans:
    """Everything the book says about plans, in the order of the articles."""

    demands: tuple[Demand, ...]
    lengths: tuple[Length, ...]

    def demanded_on(self, day: date) -> tuple[Demand, ...]:
        return tuple(item for item in self.demands if item.row.holds_on(day))

    def lengths_on(self, day: date) -> tuple[Length, ...]:
        return tuple(item for item in self.lengths if item.row.holds_on(day))

    @property
    def rows(self) -> Iterable[Row]:
        return [*(item.row for item in self.demands), *(item.row for item in self.lengths)]


def read_plans(reader: Reader, root: Cell) -> Plans:
    """Raises `BookError` for an unknown part, or for versions of one part that overlap or leave a gap."""
    found = nodes.record(root, ("demands", "lengths"))
    demands = []
    for cell in nodes.sequence(found["demands"]):
        keys = nodes.record(cell, ("part", "label", "from", "cite", "mark"), _ROW)
        part = nodes.one_of(keys["part"], PARTS, "part of a plan")
        demands.append(Demand(part, nodes.text(keys["label"]), read_row(reader, keys, cell)))
    for part in PARTS:
        in_order([item for item in demands if item.part == part], f"part {part}")
    lengths = []
    for cell in nodes.sequence(found["lengths"]):
        keys = nodes.record(cell, ("years", "label", "awards", "from", "cite", "mark"), _ROW)
        awards = tuple(reader.award(item) for item in nodes.sequence(keys["awards"]))
        years, label = nodes.number(keys["years"]), nodes.text(keys["label"])
        lengths.append(Length(years, label, awards, read_row(reader, keys, cell)))
    return Plans(tuple(demands), tuple(lengths))
