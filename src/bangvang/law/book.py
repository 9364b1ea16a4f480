"""The law book: loaded strictly from YAML, asked by award, aspect, days and issuers.

    book = load()
    book.at("grassroots_emulation_fighter", "vote", Days.all_on(date(2025, 12, 1)), under=("vn", "bac_ninh"))

A file with an unknown key, rule, instrument or award, a gap or an overlap between versions, a missing citation, or a
local rule that sets what is not delegated, stops the program with its file and line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bangvang.law import nodes
from bangvang.law.conditions import Door
from bangvang.law.nodes import BookError, Cell
from bangvang.law.plans import Plans, read_plans
from bangvang.law.provisions import ASPECTS, Criteria
from bangvang.law.rules import Reader, read_doors, read_tree
from bangvang.law.sources import Days, Instrument, NoLaw, Provision, Row, Unsettled
from bangvang.law.tables import (
    Holidays,
    NumberedForm,
    Principle,
    Salary,
    Step,
    in_order,
    read_forms,
    read_holidays,
    read_principles,
    read_row,
    read_salaries,
    read_steps,
)

DATA = Path(__file__).with_name("data")


@dataclass(frozen=True)
class Award:
    """A title or a form of commendation. `includes`: titles that its holder holds too for the same year."""

    code: str
    short: str
    label: str
    kind: str
    level: str
    includes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Governing:
    """Which days govern an aspect, for cases received within a span.

    Several days without a deciding mark: all are judged.
    """

    valid_from: date | None
    valid_until: date | None
    days: tuple[str, ...]
    row: Row


@dataclass(frozen=True)
class Local:
    """One issuer's own rules, from its decision."""

    issuer: str
    label: str
    rows: dict[tuple[str, str], tuple[Row, ...]]


@dataclass(frozen=True, eq=False)
class Book:
    """All that was loaded; one book equals only itself, so that what is compiled from it can be remembered.

    `digest` names the exact files, so that a stored finding says which book it was made with.
    """

    instruments: dict[str, Instrument]
    awards: dict[str, Award]
    rows: dict[tuple[str, str], tuple[Row, ...]]
    local: dict[str, Local]
    governing: dict[str, tuple[Governing, ...]]
    salaries: tuple[Salary, ...]
    principles: dict[str, tuple[Principle, ...]]
    steps: dict[str, tuple[Step, ...]]
    holidays: dict[int, Holidays]
    forms: tuple[NumberedForm, ...]
    plans: Plans
    horizon: int
    regimes: dict[str, date]
    digest: str

    def code_of(self, name: str) -> str:
        """The award code for a code or a short name."""
        if name in self.awards:
            return name
        for award in self.awards.values():
            if award.short == name:
                return award.code
        raise NoLaw(f"Không có danh hiệu, hình thức khen thưởng mang mã “{name}”.")

    def including(self, code: str) -> tuple[str, ...]:
        """Codes of the awards whose holder also holds `code`."""
        return _including(self, code)

    def register_of(self, code: str) -> str:
        return "titles" if self.awards[code].kind == "title" else "awards"

    def label_of(self, code: str) -> str:
        return self.awards[code].label if code in self.awards else code

    def principle(self, name: str, day: date) -> Principle | None:
        """The principle as it stands on the day, or nothing."""
        return next((item for item in self.principles.get(name, ()) if item.row.holds_on(day)), None)

    def unread(self, day: date) -> tuple[Instrument, ...]:
        """Amending laws that are in force on the day and whose text nobody has loaded."""
        return tuple(
            item
            for item in self.instruments.values()
            if item.text == "not_found" and item.amends and item.valid_from and item.valid_from <= day
        )

    def governing_days(self, aspect: str, days: Days) -> tuple[tuple[tuple[str, date], ...], Governing]:
        """The days that govern the aspect, by name, and the row of the book that says so."""
        return _governing_days(self, aspect, days)

    def candidates(
        self, code: str, aspect: str, days: Days, under: Sequence[str] = ("vn",), *, subject: str = "person"
    ) -> tuple[Provision, ...]:
        """The provision for each governing day, equal ones once. Raises `NoLaw` if there is none at all."""
        return _candidates(self, self.code_of(code), aspect, days, tuple(under), subject)

    def _found(self, code: str, aspect: str, days: Days, under: tuple[str, ...], subject: str) -> tuple[Provision, ...]:
        named, _ = self.governing_days(aspect, days)
        key = (code, f"criteria:{subject}" if aspect == "criteria" else aspect)
        found: dict[tuple[int, str], Provision] = {}
        for name, day in named:
            provision = self._on(key, day, under)
            if provision is None:
                continue
            same = (id(provision.row), provision.source)
            by = (*found[same].by, name) if same in found else (name,)
            found[same] = replace(provision, by=by, on=day)
        if not found:
            days_said = ", ".join(f"{day:%d/%m/%Y}" for _, day in named)
            raise NoLaw(f"Chưa có quy định về “{self.label_of(code)}” ({aspect}) ngày {days_said}.")
        return tuple(found.values())

    def at(
        self, code: str, aspect: str, days: Days, under: Sequence[str] = ("vn",), *, subject: str = "person"
    ) -> Provision:
        """The one provision that governs.

        Raises `NoLaw`, or `Unsettled` where the governing day is open and matters.
        """
        found = self.candidates(code, aspect, days, under, subject=subject)
        if len(found) > 1:
            raise Unsettled(found)
        return found[0]

    def _on(self, key: tuple[str, str], day: date, under: Sequence[str]) -> Provision | None:
        rows = self.rows.get(key, ())
        row = next((item for item in rows if item.holds_on(day)), None)
        if row is None:
            return None
        made = Provision(key[0], key[1], row.says, row, row.cites, row.mark, "national", day, (), self.unread(day))
        for issuer in reversed(under):
            for own in self.local[issuer].rows.get(key, ()) if issuer in self.local else ():
                if own.holds_on(day) and row.delegated_by:
                    says = _with_local(row.says, own.says)
                    cites = own.cites if says is own.says else (*row.cites, *own.cites)
                    return replace(made, says=says, cites=cites, mark=own.mark, source="local", issuer=issuer)
        if not row.open:
            return made
        if row.kept_until and day <= row.kept_until:
            before = next(item for item in rows if item.valid_until == row.valid_from - timedelta(days=1))
            return replace(made, says=before.says, cites=(*before.cites, *row.kept_by), mark=before.mark, source="kept")
        return replace(made, says=row.suggests or row.says, cites=row.delegated_by, source="open")


@lru_cache(maxsize=4096)
def _governing_days(book: Book, aspect: str, days: Days) -> tuple[tuple[tuple[str, date], ...], Governing]:
    seen = days.known_on
    rule = next(
        item
        for item in book.governing.get(aspect, book.governing["other"])
        if (item.valid_from is None or item.valid_from <= seen)
        and (item.valid_until is None or seen <= item.valid_until)
    )
    known = [(name, day) for name in rule.days if (day := days.named(name)) is not None]
    return tuple(known or [("known", seen)]), rule


@lru_cache(maxsize=4096)
def _candidates(
    book: Book, code: str, aspect: str, days: Days, under: tuple[str, ...], subject: str
) -> tuple[Provision, ...]:
    return book._found(code, aspect, days, under, subject)


@cache
def _including(book: Book, code: str) -> tuple[str, ...]:
    direct = [award.code for award in book.awards.values() if code in award.includes]
    return tuple(dict.fromkeys([*direct, *(deeper for held in direct for deeper in _including(book, held))]))


def _with_local(national: Any, own: Any) -> Any:
    """A local rule replaces what it may set.

    Local criteria are added to every door, and answer "the issuer sets it".
    """
    if not isinstance(own, Criteria):
        return own
    added = tuple(part for door in own.doors for part in door.requires)
    doors = tuple(
        replace(door, requires=(*(part for part in door.requires if not getattr(part, "unless_local", False)), *added))
        for door in national.doors
    )
    return Criteria(doors)


@cache
def load(*local_folders: Path) -> Book:
    """The book that ships with the product, with the local rules in `data/local` and in the folders given."""
    return load_from(DATA, (DATA / "local", *local_folders))


def load_from(folder: Path, local_folders: Iterable[Path] = ()) -> Book:
    """A book from any folder. Raises `BookError` with file and line."""
    files = sorted(folder.glob("*.yaml"))
    local_files = [path for place in local_folders for path in sorted(place.glob("*.yaml"))]
    hashed = hashlib.sha256()
    for path in [*files, *local_files]:
        hashed.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    roots = {path.name: nodes.read_file(path) for path in files}
    instruments = _instruments(roots["instruments.yaml"])
    declared = {**nodes.mapping(roots["titles.yaml"]), **nodes.mapping(roots["awards.yaml"])}
    awards = {code: _award(code, cell) for code, cell in declared.items()}
    reader = Reader(instruments, awards)
    rows: dict[tuple[str, str], tuple[Row, ...]] = {}
    for code, cell in declared.items():
        fields = nodes.record(cell, _AWARD_KEYS[:4], _AWARD_KEYS[4:])
        for subject, versions in (
            nodes.record(fields["criteria"], (), SUBJECT_KEYS).items() if "criteria" in fields else ()
        ):
            read = [_criteria_row(reader, item) for item in nodes.sequence(versions)]
            rows[code, f"criteria:{subject}"] = in_order(read, code)
    for aspect, cls in ASPECTS.items():
        for code, read in _aspect_rows(reader, roots[f"{aspect}.yaml"], cls).items():
            rows[code, aspect] = in_order(read, code)
    settings = nodes.record(roots["governing.yaml"], ("horizon_years", "regimes", "aspects"))
    governing = _governing(reader, settings["aspects"])
    local = [_local(reader, nodes.read_file(path), rows) for path in local_files]
    return Book(
        instruments,
        awards,
        rows,
        {item.issuer: item for item in local},
        governing,
        read_salaries(reader, roots["base_salary.yaml"]),
        read_principles(reader, roots["principles.yaml"]),
        read_steps(reader, roots["processing.yaml"]),
        read_holidays(reader, roots["holidays.yaml"]),
        read_forms(reader, roots["forms.yaml"]),
        read_plans(reader, roots["plans.yaml"]),
        nodes.number(settings["horizon_years"]),
        {name: nodes.day(cell) for name, cell in nodes.mapping(settings["regimes"]).items()},
        hashed.hexdigest()[:16],
    )


SUBJECT_KEYS = ("person", "collective", "household")
_AWARD_KEYS = ("short", "label", "kind", "level", "includes", "criteria")
_ROW_KEYS = ("from", "until", "cite", "mark", "note", "delegated_by", "open", "suggests", "kept_until", "kept_by")


def _award(code: str, cell: Cell) -> Award:
    found = nodes.record(cell, _AWARD_KEYS[:4], _AWARD_KEYS[4:])
    nodes.one_of(found["kind"], ("title", "form"), "kind of award")
    nodes.one_of(found["level"], ("unit", "ministry_province", "state"), "level")
    made: Award = nodes.build(Award, {key: value for key, value in found.items() if key != "criteria"}, code=code)
    return made


def _instruments(root: Cell) -> dict[str, Instrument]:
    keys = [key for key in nodes.schema(Instrument) if key != "code"]
    found: dict[str, Instrument] = {}
    for code, cell in nodes.mapping(root).items():
        found[code] = nodes.build(Instrument, nodes.record(cell, ("number", "label", "mark"), keys), code=code)
    for code, cell in nodes.mapping(root).items():
        for other in (found[code].amends, found[code].replaced_by):
            if other and other not in found:
                raise cell.wrong(f"unknown instrument {other!r}")
    return found


def _criteria_row(reader: Reader, cell: Cell) -> Row:
    found = nodes.record(cell, ("from", "cite", "mark", "doors"), _ROW_KEYS)
    cites, mark = reader.cites(found["cite"]), reader.mark(found, "unknown")
    return read_row(reader, found, cell, Criteria(read_doors(reader, found["doors"], cites, mark)))


def _aspect_rows(
    reader: Reader, root: Cell, cls: type[Any], given: dict[str, Cell] | None = None
) -> dict[str, list[Row]]:
    """Rows of one aspect file, by award. `given`: from, until and cite of the whole local file."""
    own = nodes.schema(cls)
    found: dict[str, list[Row]] = {}
    for cell in nodes.sequence(root):
        keys = {**(given or {}), **nodes.record(cell, ("awards",), (*_ROW_KEYS, *own))}
        suggests = None
        if "suggests" in keys:
            suggests = nodes.build(cls, nodes.record(keys["suggests"], (), own))
        needed = [name for name, (_, required) in own.items() if required and name not in keys]
        if needed:
            raise cell.wrong(f"key {needed[0]!r} is missing")
        if "holders_of" in keys:
            reader.award(keys["holders_of"])
        row = read_row(
            reader,
            {"from": keys["from"], **keys} if "from" in keys else _no_from(cell),
            cell,
            nodes.build(cls, keys),
            suggests,
        )
        for code in nodes.sequence(keys["awards"]):
            found.setdefault(reader.award(code), []).append(row)
    return found


def _no_from(cell: Cell) -> dict[str, Cell]:
    raise cell.wrong("key 'from' is missing")


def _governing(reader: Reader, root: Cell) -> dict[str, tuple[Governing, ...]]:
    governing: dict[str, tuple[Governing, ...]] = {}
    for aspect, rules in nodes.record(root, ("criteria", "other"), ASPECTS).items():
        read = []
        for cell in nodes.sequence(rules):
            keys = nodes.record(cell, ("days", "cite", "mark"), ("from", "until", "note"))
            for name in nodes.sequence(keys["days"]):
                nodes.one_of(name, ("achieved", "received", "session", "decided"), "day")
            row = Row(None, date.min, None, reader.cites(keys["cite"]), reader.mark(keys, "unknown"), cell.where)
            since = nodes.day(keys["from"]) if "from" in keys else None
            until = nodes.day(keys["until"]) if "until" in keys else None
            read.append(Governing(since, until, nodes.typed(keys["days"], tuple[str, ...]), row))
        governing[aspect] = tuple(read)
    return governing


def _local(reader: Reader, root: Cell, national: dict[tuple[str, str], tuple[Row, ...]]) -> Local:
    found = nodes.record(root, ("issuer", "label", "decision", "from"), ("until", "note", "criteria", *ASPECTS))
    given: dict[str, Cell] = {key: found[key] for key in ("from", "until") if key in found}
    reader.instrument(found["decision"])
    rows: dict[tuple[str, str], list[Row]] = {}
    for aspect, cls in ASPECTS.items():
        for code, read in (_aspect_rows(reader, found[aspect], cls, given) if aspect in found else {}).items():
            rows.setdefault((code, aspect), []).extend(read)
    for cell in nodes.sequence(found["criteria"]) if "criteria" in found else ():
        keys = {**given, **nodes.record(cell, ("award", "subject", "requires", "cite", "mark"), _ROW_KEYS)}
        subject = nodes.one_of(keys["subject"], SUBJECT_KEYS, "subject")
        cites, mark = reader.cites(keys["cite"]), reader.mark(keys, "unknown")
        parts = tuple(read_tree(reader, part, cites, mark) for part in nodes.sequence(keys["requires"]))
        row = read_row(reader, keys, cell, Criteria((Door("local", None, parts),)))
        rows.setdefault((reader.award(keys["award"]), f"criteria:{subject}"), []).append(row)
    for (code, aspect), own in rows.items():
        for row in own:
            upper = [item for item in national.get((code, aspect), ()) if item.holds_on(row.valid_from)]
            if not any(item.delegated_by for item in upper):
                raise BookError(f"{row.where}: {code}: {aspect} is not delegated to an issuer on {row.valid_from}")
    return Local(
        nodes.text(found["issuer"]),
        nodes.text(found["label"]),
        {key: in_order(own, key[0]) for key, own in rows.items()},
    )
