"""From YAML to conditions: which rule names exist, and what their fields may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from bangvang.law import nodes
from bangvang.law.conditions import AllOf, AnyOf, Ask, Condition, Door, Meets, Tree
from bangvang.law.exact import (
    AbsentLess,
    Contributed,
    Existed,
    HasHolder,
    InPost,
    InSector,
    NobodyDisciplined,
    Served,
    Share,
    Undisciplined,
)
from bangvang.law.facts import DISCIPLINE, GRADES, SCOPES, STREAMS
from bangvang.law.nodes import Cell
from bangvang.law.sources import MARKS, Citation, Instrument
from bangvang.law.years import Recognised, Run, Spaced, Times, YearsWith

RULES: dict[str, type[Condition] | type[Meets]] = {
    cls.rule: cls
    for cls in (
        YearsWith,
        Run,
        Recognised,
        Times,
        Spaced,
        Ask,
        Meets,
        Served,
        Existed,
        AbsentLess,
        Undisciplined,
        Contributed,
        InPost,
        InSector,
        Share,
        HasHolder,
        NobodyDisciplined,
    )
}
"""Rule name in YAML → class. A new kind of condition is one small class and one line here."""

_ONE_OF: dict[str, Collection[str]] = {
    "grade": GRADES,
    "scope": SCOPES,
    "from_kind": DISCIPLINE,
    "what": ("initiatives", "research"),
}
_AWARDS = ("award", "title", "since", "awards")


@dataclass(frozen=True)
class Reader:
    """Knows the instruments and awards of the book, so that nothing can cite or name what is not registered."""

    instruments: dict[str, Instrument]
    awards: dict[str, Any]

    def instrument(self, cell: Cell) -> Instrument:
        return self.instruments[nodes.one_of(cell, self.instruments, "instrument")]

    def award(self, cell: Cell) -> str:
        return nodes.one_of(cell, self.awards, "award")

    def cites(self, cell: Cell) -> tuple[Citation, ...]:
        """One citation or several: "instrument-code place"."""
        found = []
        for value in nodes.typed(cell, tuple[str, ...]):
            code, _, place = value.partition(" ")
            if code not in self.instruments:
                raise cell.wrong(f"unknown instrument {code!r}")
            found.append(Citation(self.instruments[code], place))
        if not found:
            raise cell.wrong("an empty citation")
        return tuple(found)

    def mark(self, found: dict[str, Cell], default: str) -> str:
        return nodes.one_of(found["mark"], MARKS, "mark") if "mark" in found else default


def read_tree(reader: Reader, cell: Cell, cites: tuple[Citation, ...], mark: str) -> Tree:
    """A rule, or a group of them. Rules without their own citation and mark take those of what surrounds them."""
    found = nodes.mapping(cell)
    groups: dict[str, Callable[[tuple[Tree, ...]], Tree]] = {"all_of": AllOf, "any_of": AnyOf}
    for name, group in groups.items():
        if name in found:
            nodes.record(cell, (name,))
            return group(tuple(read_tree(reader, part, cites, mark) for part in nodes.sequence(found[name])))
    if "rule" not in found:
        raise cell.wrong("expected 'rule', 'all_of' or 'any_of'")
    cls = RULES[nodes.one_of(found["rule"], RULES, "rule")]
    own = nodes.schema(cls)
    required = [name for name, (_, needed) in own.items() if needed]
    keys = nodes.record(cell, ("rule", *required), (*own, "cite", "mark"))
    for name, allowed in _ONE_OF.items():
        if name in keys:
            nodes.one_of(keys[name], allowed, name)
    for name in _AWARDS:
        if name in keys:
            for item in nodes.typed(keys[name], tuple[str, ...]):
                if item not in reader.awards:
                    raise keys[name].wrong(f"unknown award {item!r}")
    if "women_less" in keys and not re.fullmatch(r"[1-9]/[1-9]", nodes.text(keys["women_less"])):
        raise keys["women_less"].wrong("expected a fraction such as 1/3")
    own_cites = reader.cites(keys["cite"]) if "cite" in keys else cites
    own_mark = reader.mark(keys, mark)
    if cls is Meets:
        award = nodes.text(keys["award"])
        return Meets(award, YearsWith(award=award, cites=own_cites, mark=own_mark))
    made: Condition = nodes.build(cls, keys, cites=own_cites, mark=own_mark)
    return made


def read_doors(reader: Reader, cell: Cell, cites: tuple[Citation, ...], mark: str) -> tuple[Door, ...]:
    """The doors of one version of an award's criteria."""
    doors: list[Door] = []
    for item in nodes.sequence(cell):
        keys = nodes.record(item, ("door", "requires"), ("stream", "cite", "mark"))
        own_cites = reader.cites(keys["cite"]) if "cite" in keys else cites
        own_mark = reader.mark(keys, mark)
        name = nodes.text(keys["door"])
        if any(door.name == name for door in doors):
            raise item.wrong(f"door {name!r} stands twice")
        stream = nodes.one_of(keys["stream"], STREAMS, "stream") if "stream" in keys else None
        parts = tuple(read_tree(reader, part, own_cites, own_mark) for part in nodes.sequence(keys["requires"]))
        doors.append(Door(name, stream, parts))
    return tuple(doors)
