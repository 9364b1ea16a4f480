"""The ``facts`` of a case, from YAML to the engine's records. A key or a value that is not known stops the run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bangvang.law import nodes
from bangvang.law.book import Book
from bangvang.law.explain import Judgement
from bangvang.law.facts import (
    DISCIPLINE,
    GRADES,
    REGISTERS,
    SCOPES,
    STREAMS,
    Contribution,
    Facts,
    Held,
    Initiative,
    Service,
    Span,
    UnitCount,
)
from bangvang.law.nodes import Cell
from bangvang.law.sources import NoLaw


def read_award(cell: Cell, book: Book) -> str:
    """The award code for a code or short name. Raises `BookError` with file and line."""
    try:
        return book.code_of(nodes.text(cell))
    except NoLaw as reason:
        raise cell.wrong(str(reason)) from None


def optional_day(keys: dict[str, Cell], name: str) -> date | None:
    """The day under this key, if it is there."""
    return nodes.day(keys[name]) if name in keys else None


_FACTS = [
    "grades",
    "titles",
    "initiatives",
    "research",
    "awards",
    "discipline",
    "holds",
    "contributions",
    "service",
    "unit",
    "complete",
    "confirmed",
    "closed_doors",
]


def read_facts(cell: Cell, subject: str, sex: str | None, book: Book) -> tuple[Facts, tuple[Judgement, ...]]:
    """The records of a case, and what its ``confirmed`` and ``closed_doors`` say as judgements."""
    keys = nodes.record(cell, (), _FACTS)

    def items(name: str, read: Callable[[Cell], Any]) -> tuple[Any, ...]:
        return tuple(read(item) for item in nodes.sequence(keys[name])) if name in keys else ()

    def by_year(name: str, read: Callable[[Cell], Any]) -> dict[int, Any]:
        years = nodes.mapping(keys[name]) if name in keys else {}
        return {_year(year, value): read(value) for year, value in years.items()}

    def codes(value: Cell) -> tuple[str, ...]:
        found = nodes.sequence(value) if nodes.is_list(value) else [value]
        return tuple(read_award(item, book) for item in found)

    complete = nodes.record(keys["complete"], (), REGISTERS) if "complete" in keys else {}
    facts = Facts(
        subject,
        sex,
        by_year("grades", lambda value: nodes.one_of(value, GRADES, "grade")),
        by_year("titles", codes),
        items("initiatives", lambda item: _initiative(item, book)),
        items("research", lambda item: _initiative(item, book)),
        items("awards", lambda item: _held(item, book)),
        items("discipline", lambda item: _span(item, "kind", DISCIPLINE)),
        items("holds", lambda item: _span(item, "kind")),
        items("contributions", _contribution),
        _service(keys["service"]) if "service" in keys else Service(),
        _unit(keys["unit"], book) if "unit" in keys else UnitCount(),
        {name: _years(value) for name, value in complete.items()},
    )
    said = (
        [Judgement(nodes.text(item), True) for item in nodes.sequence(keys["confirmed"])] if "confirmed" in keys else []
    )
    doors = nodes.sequence(keys["closed_doors"]) if "closed_doors" in keys else []
    return facts, (*said, *(Judgement(f"door:{nodes.text(item)}", False) for item in doors))


def _year(key: str, cell: Cell) -> int:
    if not (key.isdigit() and len(key) == 4):
        raise cell.wrong(f"expected a year, found {key!r}")
    return int(key)


def _years(cell: Cell) -> frozenset[int]:
    """Years of a complete register; a span is written "2005-2025"."""
    years: set[int] = set()
    for item in nodes.sequence(cell):
        first, _, last = nodes.text(item).partition("-")
        years |= set(range(_year(first, item), _year(last or first, item) + 1))
    return frozenset(years)


def _initiative(cell: Cell, book: Book) -> Initiative:
    keys = nodes.record(cell, ("id", "year"), ("scope", "used_for"))
    used: tuple[str, ...] = ()
    if "used_for" in keys:
        value = keys["used_for"]
        named = nodes.sequence(value) if nodes.is_list(value) else [value]
        used = tuple(read_award(item, book) for item in named)
    scope = nodes.one_of(keys["scope"], SCOPES, "scope") if "scope" in keys else SCOPES[0]
    return Initiative(nodes.text(keys["id"]), nodes.number(keys["year"]), scope, used)


def _held(cell: Cell, book: Book) -> Held:
    keys = nodes.record(cell, ("award", "decided_on"), ("stream", "period", "number"))
    period = None
    if "period" in keys:
        ends = nodes.typed(keys["period"], tuple[date, ...])
        if len(ends) != 2 or ends[0] > ends[1]:
            raise keys["period"].wrong("expected [first day, last day]")
        period = (ends[0], ends[1])
    stream = nodes.one_of(keys["stream"], STREAMS, "stream") if "stream" in keys else "cong_trang"
    number = nodes.text(keys["number"]) if "number" in keys else ""
    return Held(read_award(keys["award"], book), stream, nodes.day(keys["decided_on"]), period, number)


def _span(cell: Cell, kind: str, allowed: tuple[str, ...] = ()) -> Span:
    keys = nodes.record(cell, (kind, "from"), ("to",))
    named = nodes.one_of(keys[kind], allowed, kind) if allowed else nodes.text(keys[kind])
    since, until = nodes.day(keys["from"]), optional_day(keys, "to")
    if until and until < since:
        raise cell.wrong("ends before it begins")
    return Span(named, since, until)


def _contribution(cell: Cell) -> Contribution:
    keys = nodes.record(cell, ("kind", "value_vnd", "on"))
    return Contribution(nodes.text(keys["kind"]), nodes.number(keys["value_vnd"]), nodes.day(keys["on"]))


def _service(cell: Cell) -> Service:
    keys = nodes.record(cell, (), ("recruited", "founded", "leave", "posts"))
    leave = tuple(_span(item, "kind") for item in nodes.sequence(keys["leave"])) if "leave" in keys else ()
    posts = tuple(_span(item, "post") for item in nodes.sequence(keys["posts"])) if "posts" in keys else ()
    return Service(optional_day(keys, "recruited"), optional_day(keys, "founded"), leave, posts)


def _unit(cell: Cell, book: Book) -> UnitCount:
    keys = nodes.record(cell, (), ("members", "unknown", "titles", "grades", "disciplined"))

    def counts(name: str, allowed: tuple[str, ...] = ()) -> dict[str, int]:
        found = nodes.mapping(keys[name]) if name in keys else {}
        for key, value in found.items():
            if allowed and key not in allowed:
                raise value.wrong(f"unknown {name} {key!r}")
        return {key: nodes.number(value) for key, value in found.items()}

    titles = {book.code_of(name): count for name, count in counts("titles").items()}
    members = nodes.number(keys["members"]) if "members" in keys else None
    unknown = nodes.number(keys["unknown"]) if "unknown" in keys else 0
    return UnitCount(members, unknown, titles, counts("grades", GRADES), counts("disciplined", DISCIPLINE))
