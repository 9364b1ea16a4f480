"""The plain tables of the book: base salary, principles, length of each step, public holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from bangvang.law import nodes
from bangvang.law.nodes import BookError, Cell
from bangvang.law.rules import Reader
from bangvang.law.sources import Citation, Row

_ROW = ("from", "until", "cite", "mark", "note")


def _row(reader: Reader, found: dict[str, Cell], cell: Cell) -> Row:
    return Row(
        None,
        nodes.day(found["from"]),
        nodes.day(found["until"]) if "until" in found else None,
        reader.cites(found["cite"]),
        reader.mark(found, "unknown"),
        cell.where,
        note=nodes.text(found["note"]) if "note" in found else None,
    )


def _in_order(rows: list[Any], what: str) -> tuple[Any, ...]:
    ordered = sorted(rows, key=lambda item: item.row.valid_from)
    for before, after in pairwise(ordered):
        if before.row.valid_until is None or before.row.valid_until >= after.row.valid_from:
            raise BookError(f"{after.row.where}: {what}: overlaps the version at {before.row.where}")
        if before.row.valid_until + timedelta(days=1) != after.row.valid_from:
            raise BookError(f"{after.row.where}: {what}: gap after the version at {before.row.where}")
    return tuple(ordered)


@dataclass(frozen=True)
class Salary:
    """Base salary (mức lương cơ sở), đồng a month."""

    amount_vnd: int
    row: Row


def read_salaries(reader: Reader, root: Cell) -> tuple[Salary, ...]:
    read = []
    for cell in nodes.sequence(root):
        found = nodes.record(cell, ("from", "cite", "mark", "amount_vnd"), _ROW)
        read.append(Salary(nodes.number(found["amount_vnd"]), _row(reader, found, cell)))
    return _in_order(read, "base salary")


@dataclass(frozen=True)
class Principle:
    """A rule above all awards: its sentence in our words, and a value where it has one."""

    name: str
    text: str
    value: str | None
    row: Row


def read_principles(reader: Reader, root: Cell) -> dict[str, tuple[Principle, ...]]:
    read: dict[str, tuple[Principle, ...]] = {}
    for name, versions in nodes.mapping(root).items():
        items = []
        for cell in nodes.sequence(versions):
            found = nodes.record(cell, ("from", "cite", "mark", "text"), (*_ROW, "value"))
            value = nodes.text(found["value"]) if "value" in found else None
            items.append(Principle(name, nodes.text(found["text"]), value, _row(reader, found, cell)))
        read[name] = _in_order(items, name)
    return read


@dataclass(frozen=True)
class Step:
    """Length of one step.

    `from_cases`: a longer time from this many cases on. `only`: the awards of this row; empty: all others.
    """

    name: str
    label: str
    days: int
    working: bool
    only: tuple[str, ...]
    from_cases: int
    row: Row


def read_steps(reader: Reader, root: Cell) -> dict[str, tuple[Step, ...]]:
    read: dict[str, tuple[Step, ...]] = {}
    for cell in nodes.sequence(root):
        found = nodes.record(
            cell, ("step", "label", "from", "cite", "mark", "days"), (*_ROW, "calendar_days", "only", "from_cases")
        )
        name = nodes.text(found["step"])
        only = tuple(reader.award(item) for item in nodes.sequence(found["only"])) if "only" in found else ()
        working = not ("calendar_days" in found and nodes.flag(found["calendar_days"]))
        from_cases = nodes.number(found["from_cases"]) if "from_cases" in found else 0
        step = Step(
            name,
            nodes.text(found["label"]),
            nodes.number(found["days"]),
            working,
            only,
            from_cases,
            _row(reader, found, cell),
        )
        read[name] = (*read.get(name, ()), step)
    return read


@dataclass(frozen=True)
class NumberedForm:
    """A form (mẫu) of an instrument. The number is a text, and says nothing without its instrument."""

    instrument: str
    number: str
    name: str
    mark: str


def read_forms(reader: Reader, root: Cell) -> tuple[NumberedForm, ...]:
    read: dict[tuple[str, str], NumberedForm] = {}
    for cell in nodes.sequence(root):
        found = nodes.record(cell, ("instrument", "number", "name", "mark"))
        form = NumberedForm(
            reader.instrument(found["instrument"]).code,
            nodes.text(found["number"]),
            nodes.text(found["name"]),
            reader.mark(found, "unknown"),
        )
        if (form.instrument, form.number) in read:
            raise cell.wrong(f"form {form.number} of {form.instrument} stands twice")
        read[form.instrument, form.number] = form
    return tuple(read.values())


@dataclass(frozen=True)
class Holidays:
    """Public holidays of one year, and days worked instead. Without a deciding mark a deadline stays provisional.

    `uncertain`: days of the list, off or worked, that are only from memory; a deadline that meets one is provisional.
    """

    year: int
    off: frozenset[date]
    worked: frozenset[date]
    cites: tuple[Citation, ...]
    mark: str
    uncertain: frozenset[date]


def read_holidays(reader: Reader, root: Cell) -> dict[int, Holidays]:
    read: dict[int, Holidays] = {}
    for cell in nodes.sequence(root):
        found = nodes.record(cell, ("year", "off", "cite", "mark"), ("worked", "uncertain", "note"))
        year = nodes.number(found["year"])
        if year in read:
            raise cell.wrong(f"year {year} stands twice")
        off: set[date] = set()
        for span in nodes.sequence(found["off"]):
            ends = nodes.typed(span, tuple[date, ...])
            first, last = ends[0], ends[-1]
            off |= {first + timedelta(days=step) for step in range((last - first).days + 1)}
        worked = frozenset(nodes.typed(found["worked"], tuple[date, ...])) if "worked" in found else frozenset()
        uncertain = (
            frozenset(nodes.typed(found["uncertain"], tuple[date, ...])) if "uncertain" in found else frozenset()
        )
        if any(day.year != year for day in off | worked | uncertain):
            raise cell.wrong(f"a day outside {year}")
        cites, mark = reader.cites(found["cite"]), reader.mark(found, "unknown")
        read[year] = Holidays(year, frozenset(off), worked, cites, mark, uncertain)
    return read
