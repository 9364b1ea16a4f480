"""``./bv bench law --persons N [--keep DIR]``: the engine over a generated population, as JSON.

Persons, units and records are invented from a fixed seed: 20 years of grades, titles, initiatives, awards, discipline,
service, and registers that each unit declared complete from some year on. All figures of one run come from one
process; the sweep, the one-rail sweep and the copy rate, here and on a tenth of the persons, are measured in turn, and
the least of at least nine rounds counts.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np  # noqa: TID253 - this bench is nothing but NumPy, and no part of any start-up

import bangvang
from bangvang.law.book import load
from bangvang.law.planes import Key
from bangvang.law.sweep import Plan, Sweeper, nobody_answered, packed, plan_sweep

ROOT = Path(__file__).resolve().parents[1]
YEAR, YEARS, PER_UNIT = 2025, 20, 40
ROUNDS, SECONDS = 9, 3.0
RECEIVED = date(2025, 12, 20)
TITLES = {  # share of persons who get the title in a year, as a share of 256 at average quality
    "advanced_worker": 150,
    "grassroots_emulation_fighter": 40,
    "ministry_province_emulation_fighter": 5,
    "national_emulation_fighter": 1,
}
AWARDS = {
    "ministry_province_commendation": 10,
    "prime_minister_commendation": 3,
    "labour_order_third": 1,
    "labour_order_second": 1,
    "unit_commendation": 40,
}


class Population:
    """Planes of invented persons. Only kinds of record that exist have a plane; all others are empty."""

    def __init__(self, persons: int) -> None:
        self.persons = persons
        self.planes: dict[Key, Any] = {}
        self.records = 0
        self._random = np.random.default_rng(20251220)
        self._quality = self._random.integers(64, 256, persons, dtype=np.uint8)
        self._entry = YEAR - YEARS + 1 + self._random.integers(-5, YEARS - 2, persons, dtype=np.int16)
        for year in range(YEAR - YEARS + 1, YEAR + 1):
            self._one_year(year)
        self._exact()

    def _dice(self) -> Any:
        """0..255; lower for better persons."""
        return 255 - (self._random.integers(0, 256, self.persons, dtype=np.uint16) * self._quality >> 8).astype(
            np.uint8
        )

    def _keep(self, key: Key, bits: Any, *, record: bool = True) -> None:
        row = packed(bits)
        if row.any():
            self.planes[key] = row
            self.records += int(np.bitwise_count(row).sum()) if record else 0

    def _one_year(self, year: int) -> None:
        here = self._entry <= year
        dice = self._dice()
        graded = here & (self._random.integers(0, 256, self.persons, dtype=np.uint8) > 12)
        good, excellent = graded & (dice < 235), graded & (dice < 110)
        self._keep(("graded", year), graded)
        self._keep(("grade", "HTNV", year), graded & (dice < 252), record=False)
        self._keep(("grade", "HTTNV", year), good, record=False)
        self._keep(("grade", "HTXSNV", year), excellent, record=False)
        dice = self._dice()
        for code, share in TITLES.items():
            self._keep(("held", code, 0, year), good & (dice < 100 + share))
        dice = self._dice()
        for code, share in AWARDS.items():
            self._keep(("held", code, 0, year), good & (dice < 70 + share) & (dice >= 70))
        for what, bar in (("initiatives", 90), ("research", 72)):
            first, second = self._dice(), self._dice()
            one, two = here & (first < bar), here & (first < bar) & (second < bar)
            wide = self._dice()
            for scope, limit in (("co_so", 255), ("bo_tinh", 90), ("toan_quoc", 66)):
                self._keep(("recognised", what, scope, 0, year), one & (wide <= limit), record=scope == "co_so")
                self._keep(("recognised", what, scope, 1, year), two & (wide <= limit), record=scope == "co_so")
        units = -(-self.persons // PER_UNIT)
        for register, after in (("grades", 2), ("titles", 4), ("initiatives", 8), ("awards", 6)):
            since = YEAR - YEARS + self._random.integers(0, 2 * after, units)
            complete = np.repeat(since <= year, PER_UNIT)[: self.persons] | ~here
            self._keep(("complete", register, year), complete, record=False)
        disciplined = here & (self._random.integers(0, 512, self.persons, dtype=np.uint16) == 0)
        self.records += int(disciplined.sum())
        self._disciplined = getattr(self, "_disciplined", np.full(self.persons, -1, dtype=np.int16))
        self._disciplined[disciplined] = year

    def _exact(self) -> None:
        """What exact dates decide: one pair of planes for each year or condition."""
        for year in range(YEAR - YEARS + 1, YEAR + 1):
            self._keep(("surely", "clear", year), self._disciplined < year, record=False)
            self._keep(("possibly", "clear", year), self._disciplined <= year, record=False)
        free = self._random.integers(0, 200, self.persons, dtype=np.uint8) != 0
        self._keep(("surely", "hold"), free, record=False)
        self.served = packed(self._entry < YEAR)
        self.in_post = packed(self._random.integers(0, 100, self.persons, dtype=np.uint8) == 0)

    def constant(self, key: Key) -> bool | None:
        """Planes that nobody has, or everybody."""
        known = nobody_answered(key)
        if known is not None:
            return known
        return None if self.stored(key) in self.planes or key[1:2] == ("exact",) else False

    @staticmethod
    def stored(key: Key) -> Key:
        """Free initiatives have one plane, whichever award asks for them."""
        return (*key[:3], *key[4:]) if key[0] == "recognised" else key

    def supply(self, keys: tuple[Key, ...]) -> dict[Key, Any]:
        """The planes that a sweep reads, by the names that it uses."""
        found = {}
        for key in keys:
            if key[1:2] == ("exact",):
                name = str(key[2])
                found[key] = self.served if name.startswith("recruited") else self.in_post
            else:
                found[key] = self.planes[self.stored(key)]
        return found

    @property
    def planes_bytes(self) -> int:
        return sum(int(row.nbytes) for row in [*self.planes.values(), self.served, self.in_post])


def snapshot(population: Population, folder: Path) -> float:
    """Writes all planes as one file and reads them back; seconds of the reading."""
    keys = list(population.planes)
    whole = np.stack([population.planes[key] for key in keys])
    path = folder / "planes.npy"
    np.save(path, whole)
    best = min(_timed(lambda: np.load(path)) for _ in range(3))
    for key, row in zip(keys, np.load(path), strict=True):
        assert np.array_equal(population.planes[key], row)
    return best


def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


class Contest:
    """One population with everything that is timed on it, so that sizes and kinds can be measured in turn."""

    def __init__(self, population: Population, plan: Plan) -> None:
        words = -(-population.persons // 64)
        self._both, self._single = Sweeper(plan, words), Sweeper(plan, words, one_rail=True)
        self._planes, self._planes_single = population.supply(self._both.keys), population.supply(self._single.keys)
        distinct = {id(row): row for row in self._planes.values()}
        self._moved = sum(row.nbytes for row in distinct.values()) + self._both.result_bytes
        self._source = np.ones(max(self._moved // 16, 1 << 20), dtype=np.uint64)
        self._target = np.empty_like(self._source)
        self._best: dict[str, float] = {}

    def round(self) -> None:
        """Sweep on both rails, a plain copy of as many bytes, sweep on one rail; the least time of each is kept."""
        works: dict[str, Callable[[], Any]] = {
            "both": lambda: self._both.run(self._planes),
            "copy": lambda: np.copyto(self._target, self._source),
            "single": lambda: self._single.run(self._planes_single),
        }
        for name, work in works.items():
            self._best[name] = min(self._best.get(name, float("inf")), _timed(work))

    def figures(self) -> dict[str, float]:
        copy_rate = 2 * self._source.nbytes / self._best["copy"]
        limit = self._moved / copy_rate
        return {
            "copy_gb_s": copy_rate / 1e9,
            "limit_ms": limit * 1000,
            "sweep_ms": self._best["both"] * 1000,
            "sweep_one_rail_ms": self._best["single"] * 1000,
            "sweep_x_limit": self._best["both"] / limit,
        }


def explain_ms(folder: Path) -> float:
    """One person with a full career, every award explained, the database read included; least of the rounds.

    In a process of its own, on a new SQLite database that the product's own actions fill.
    """
    environment = {
        **os.environ,
        "BV_VAR": str(folder),
        "BV_DATABASE": f"sqlite:///{folder / 'explain.sqlite3'}",
        "BV_SECRET_KEY": secrets.token_urlsafe(50),
        "BV_HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": os.pathsep.join([str(Path(bangvang.__file__).parents[1]), str(ROOT)]),
    }
    words = [sys.executable, "-c", "from bench.law import explain_here; print(explain_here())"]
    done = subprocess.run(words, env=environment, cwd=ROOT, text=True, capture_output=True, check=True, timeout=600)
    return float(done.stdout)


def explain_here() -> float:
    """What `explain_ms` times, in the process that has the database."""
    import django

    django.setup()
    from django.core.management import call_command

    from bangvang.honours import actions, findings
    from bangvang.people.actor import System
    from bangvang.people.models import Duty, Person, Unit

    call_command("migrate", verbosity=0)
    begun = date(YEAR - YEARS, 9, 1)
    unit = Unit.objects.create(name="Phòng Đo", kind=Unit.Kind.DIVISION, valid_from=begun)
    person = Person.objects.create(full_name="Người Đo", recruited_on=begun)
    Duty.objects.create(person=person, unit=unit, title="Chuyên viên", valid_from=begun)
    years = range(YEAR - YEARS + 1, YEAR + 1)
    about = {"person": person, "name_then": person.full_name}
    facts: list[dict[str, Any]] = []
    for year in years:
        paper = {**about, "year": year, "paper_number": f"{year}/QĐ", "paper_on": date(year, 12, 15)}
        facts.append({**paper, "register": "grades", "kind": "HTXSNV"})
        facts.append({**paper, "register": "titles", "kind": "grassroots_emulation_fighter"})
        facts.append({**paper, "register": "initiatives", "kind": "co_so", "note": f"SK{year}"})
    award = {"register": "awards", "kind": "ministry_province_commendation", "stream": "cong_trang"}
    facts.append({**about, **award, "year": YEAR - 6, "paper_number": "7/QĐ", "paper_on": date(YEAR - 6, 3, 1)})
    actions.enter_many(facts, by=System("Đo tốc độ"), roots=[person], batch="đo")
    for register in ("grades", "titles", "initiatives", "awards"):
        for year in years:
            actions.declare_complete(unit, register, year, by=System("Đo tốc độ"), on=RECEIVED)

    def explain() -> int:
        return len(findings.judge_all(findings.facts_of(person, RECEIVED, year=YEAR), year=YEAR, on=RECEIVED))

    assert explain() > 10
    return min(_timed(explain) for _ in range(10 * ROUNDS)) * 1000


def measure(persons: int, folder: Path) -> dict[str, Any]:
    """All figures for one size of population, and the growth from a tenth of it."""
    book = load()
    begun = time.perf_counter()
    population = Population(persons)
    build = time.perf_counter() - begun
    plan = plan_sweep(book, YEAR, RECEIVED, constant=population.constant)
    tenth = Population(max(persons // 10, 64))
    large = Contest(population, plan)
    small = Contest(tenth, plan_sweep(book, YEAR, RECEIVED, constant=tenth.constant))
    begun, rounds = time.perf_counter(), 0
    while rounds < ROUNDS or (time.perf_counter() - begun < SECONDS and rounds < 10 * ROUNDS):
        large.round()
        small.round()
        rounds += 1
    figures, smaller = large.figures(), small.figures()
    return {
        "persons": persons,
        "records": population.records,
        "awards": len(plan.awards),
        "conditions": len(plan.conditions),
        "planes_bytes": population.planes_bytes,
        "bytes_per_person": round(population.planes_bytes / persons, 1),
        "build_s": round(build, 2),
        "snapshot_read_s": round(snapshot(population, folder), 3),
        **{name: round(value, 2) for name, value in figures.items()},
        "explain_ms": round(explain_ms(folder), 2),
        "growth": round(figures["sweep_ms"] / smaller["sweep_ms"] / (persons / tenth.persons), 2),
        "rounds": rounds,
    }


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bv bench law", description=__doc__)
    parser.add_argument("--persons", type=int, default=2_000_000)
    parser.add_argument("--keep", type=Path, help="folder that keeps the snapshot of the planes")
    options = parser.parse_args(arguments)
    seconds, megabytes = options.persons / 2_000_000 * 12 + 10, options.persons * 80 / 1e6
    sys.stderr.write(f"about {seconds:.0f} s and {megabytes:.0f} MB of disk\n")
    folder = options.keep or Path(tempfile.mkdtemp(prefix="bv-bench-law-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        found = measure(options.persons, folder)
    finally:
        if options.keep is None:
            shutil.rmtree(folder)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
