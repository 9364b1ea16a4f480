"""Invented histories (tests/law/histories) written into a database in bulk, and what the ledger then says as plain data.

Only what the ledger can hold: no contributions, posts or leave. Some persons moved, some titles have no paper yet.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from bangvang.honours.models import Completeness, LedgerEntry, Standing
from bangvang.kernel import clock
from bangvang.people.models import Duty, Person, Unit
from tests.law.histories import history

REGISTERS = ("grades", "titles", "initiatives", "discipline", "awards")
LONG_AGO = date(1950, 1, 1)
UNITS = 40  # patterns of completeness
FACT = (
    "person_id", "unit_id", "register", "kind", "stream", "year", "starts_on", "ends_on", "paper_number", "paper_on",
    "issuer", "name_then", "unit_then", "note", "initiatives_used", "is_verified",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """One person of the database, and the plain data that the ledger amounts to on the day."""

    person: Person
    made: dict[str, Any]


@transaction.atomic
def write(count: int, year: int, on: date, seed: int = 0) -> list[Known]:
    """`count` persons with their histories up to `year`, known as they are on `on`."""
    dice = random.Random(f"{seed} {year} {on}")
    units = [Unit(name=f"Phòng {year}.{number}", kind="division", valid_from=LONG_AGO) for number in range(UNITS)]
    Unit.objects.bulk_create(units)
    complete = [_pattern(dice, year) for _ in units]
    Completeness.objects.bulk_create(
        Completeness(unit=unit, register=register, year=one, declared_by="Kiểm thử", declared_on=on)
        for unit, pattern in zip(units, complete, strict=True)
        for register, years in pattern.items()
        for one in sorted(years)
    )
    known, duties = [], []
    for number in range(count):
        made = history(seed * 1_000_000 + number * 10_000 + year, year)
        place, moved = dice.randrange(UNITS), dice.random() < 0.15
        before = dice.randrange(UNITS) if moved else place
        person = Person(
            full_name=f"Người {number}", sex=made["sex"] or "", recruited_on=made["service"].get("recruited")
        )
        if moved:
            left = date(year - 2, 6, 30)
            duties.append((person, units[before], LONG_AGO, left))
            duties.append((person, units[place], left + timedelta(days=1), None))
        else:
            duties.append((person, units[place], LONG_AGO, None))
        known.append(Known(person, _as_known(dice, made, year, on, complete[before], complete[place])))
    Person.objects.bulk_create([one.person for one in known], batch_size=2000)
    Duty.objects.bulk_create(
        [
            Duty(person=person, unit=unit, title="Chuyên viên", valid_from=since, valid_until=until)
            for person, unit, since, until in duties
        ],
        batch_size=2000,
    )
    _write_rows(row for one in known for row in _rows(one, year, on))
    return known


def _pattern(dice: random.Random, year: int) -> dict[str, set[int]]:
    first = dice.choice([year - 14, year - 54, year])
    return {
        register: {one for one in range(first, year + 1) if dice.random() < 0.97}
        for register in REGISTERS
        if dice.random() < 0.85
    }


def _as_known(
    dice: random.Random,
    made: dict[str, Any],
    year: int,
    on: date,
    before: dict[str, set[int]],
    now: dict[str, set[int]],
) -> dict[str, Any]:
    """The history without what the ledger cannot say, and with the registers that the units of each year closed."""
    made |= {"contributions": [], "unit": {}, "confirmed": [], "closed_doors": []}
    made["service"] |= {"posts": [], "leave": []}
    made["unkept"] = ["contributions", "service"]
    for what in ("initiatives", "research"):
        for item in made[what]:
            item["used_for"] = item["may_serve"] = []
    for item in made["awards"]:
        item["decided_on"] = min(item["decided_on"], on)
    for what in ("discipline", "holds"):
        made[what] = [item for item in made[what] if item["from"] <= on]
    complete = {
        register: {one for one in before.get(register, set()) if one < year - 2}
        | {one for one in now.get(register, set()) if one >= year - 2}
        for register in REGISTERS
    }
    if made["titles"] and dice.random() < 0.1:  # one title has no paper yet: it decides nothing and opens its year
        unproven = dice.choice(sorted(made["titles"]))
        made["unproven"] = (unproven, made["titles"].pop(unproven)[0])
        complete["titles"].discard(unproven)
    made["complete"] = {register: sorted(years) for register, years in complete.items()}
    return made


def _rows(one: Known, year: int, on: date) -> Iterator[tuple[Any, ...]]:
    """Rows of `FACT` for one person."""
    made, name, key = one.made, one.person.full_name, one.person.pk

    def row(register: str, kind: str, in_year: int, **more: Any) -> tuple[Any, ...]:
        known = dict.fromkeys(FACT, "") | {
            "person_id": key, "unit_id": None, "register": register, "kind": kind, "year": in_year, "starts_on": None,
            "ends_on": None, "paper_on": None, "name_then": name, "is_verified": True,
        }  # fmt: skip
        return tuple((known | more).values())

    for in_year, grade in made["grades"].items():
        yield row("grades", grade, in_year, paper_number="345/TB", paper_on=min(date(in_year, 12, 15), on))
    for in_year, codes in made["titles"].items():
        paper = {} if in_year % 2 else {"paper_number": "22/QĐ", "paper_on": min(date(in_year + 1, 1, 10), on)}
        yield from (row("titles", code, in_year, stream="cong_trang", **paper) for code in codes)
    if "unproven" in made:
        in_year, code = made["unproven"]
        yield row("titles", code, in_year, is_verified=False)
    for what, before in (("initiatives", ""), ("research", "research_")):
        yield from (row("initiatives", before + item["scope"], item["year"], note=item["id"]) for item in made[what])
    for item in made["awards"]:
        first, last = item["period"] or (None, None)
        yield row(
            "awards", item["award"], item["decided_on"].year, stream=item["stream"], paper_on=item["decided_on"],
            paper_number="7/QĐ", starts_on=first, ends_on=last,
        )  # fmt: skip
    for what in ("discipline", "holds"):
        for item in made[what]:
            kind = item["kind"] if what == "discipline" else "hold_inspection"
            span = {"starts_on": item["from"], "ends_on": item["to"]}
            yield row("discipline", kind, item["from"].year, paper_on=item["from"], **span)


def _write_rows(rows: Iterable[tuple[Any, ...]]) -> None:
    """The ledger in bulk, and the same as standing facts."""
    last = LedgerEntry.objects.aggregate(last=Max("seq"), key=Max("pk"))
    seq, key, now = last["last"] or 0, last["key"] or 0, clock.now()
    columns = ("id", "seq", "withdraws", "entered_at", *FACT)
    table = LedgerEntry._meta.db_table
    values = ((key + n, seq + n, False, now, *row) for n, row in enumerate(rows, start=1))
    _insert(table, columns, values)
    names = ", ".join(FACT)
    with connection.cursor() as cursor:
        cursor.execute(  # names of our own columns
            f"INSERT INTO {Standing._meta.db_table} (entry_id, search_key, {names})"  # noqa: S608
            f" SELECT id, '', {names} FROM {table} WHERE seq > %s",
            [seq],
        )


def _insert(table: str, columns: Sequence[str], values: Iterator[tuple[Any, ...]]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - our own names
