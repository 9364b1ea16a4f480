"""4.4 Twenty thousand generated histories on two databases, an independent judge, and every one-off mutant of the book."""

import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests import databases, postgresql
from tests.databases import ROOT
from tests.proofs import Figure, Run, proof
from tests.proofs.law_copies import Change, changed

HISTORIES, HISTORIES_OF_CONTROL = 20_000, 500
WITH_ORACLE = 40  # of each group and database, every condition on both rails
SEEDS = 40  # of each year and kind of subject, without a database
FAULTS: dict[str, Change] = {
    "sweep_knows_one_day": ("bangvang/law/sweep.py", "        for provision in provisions:", "        for provision in provisions[-1:]:"),
    "second_initiative_lost": (
        "bangvang/law/crowd.py", "                    yield from ((\"recognised\", what, scope, award, nth, year) for nth in range(len(free)))",
        "                    yield (\"recognised\", what, scope, award, 0, year)",
    ),
    "submit_asks_another_year": (
        "bangvang/dossiers/queries.py", "        year=nomination.for_year,\n        on=on,", "        year=nomination.for_year - 1,\n        on=on,",
    ),
    "first_unit_closes": ("bangvang/honours/findings.py", "    return max(\n        in_year,", "    return min(\n        in_year,"),
    "rails_not_swapped": (
        "bangvang/law/planes.py", "return self.negation(part[1]), self.negation(part[0])",
        "return self.negation(part[0]), self.negation(part[1])",
    ),
}  # fmt: skip


@proof(
    "4.4",
    what="Suggestion, submit check, deciding check and sweep agree on 20,000 histories on both databases, and with the oracle",
    bar="0 differences of 20,000 on each; oracle 0 on every condition, both rails; 0 harmed by a good year, 0 changed by order; 0 mutants survive",
    controls={
        "sweep_knows_one_day": "the sweep judges under one governing day only",
        "second_initiative_lost": "the planes keep one initiative of a year",
        "submit_asks_another_year": "the submit check judges the year before",
        "first_unit_closes": "the first unit of a year closes its registers, not the last (only the oracle can see it)",
        "rails_not_swapped": "NOT does not swap the rails",
    },
)
def properties(run: Run) -> dict[str, Figure]:
    fault = [FAULTS[run.fault]] if run.fault else []
    with tempfile.TemporaryDirectory(prefix="bv-agree-") as name, changed(*fault) as src:
        if run.fault:
            agreed(run, Path(name), src, "", "SQLite", HISTORIES_OF_CONTROL)
            return {}
        try:
            with postgresql.server() as server, ThreadPoolExecutor(2) as both:
                told = both.map(
                    lambda engine: agreed(run, Path(name), src, engine[0], engine[1], HISTORIES),
                    ((server, "PostgreSQL"), ("", "SQLite")),
                )
                figures = {key: value for one in told for key, value in one.items()}
        except postgresql.NoServer as reason:
            run.not_run(str(reason))
    return {**figures, **without_database(run)}


def agreed(run: Run, folder: Path, src: Path, server: str, engine: str, count: int) -> dict[str, Figure]:
    """The histories through a database of this engine, in a process of its own."""
    home = folder / engine
    home.mkdir()
    with databases.template(home, server) as template, template.copy() as address:
        done = run.sh(
            [sys.executable, "-m", "tests.honours.agreement", str(count), str(WITH_ORACLE)],
            env=databases.environment(address, var=home, src=src),
            timeout=2400,
            name=engine,
        )
    if (
        done.returncode and run.fault == "rails_not_swapped"
    ):  # the explanation itself asserts that bits and records agree
        run.expect(f"{engine}: an explanation that contradicts its bits", "AssertionError" in done.stdout, False)
        return {}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    run.expect(f"{engine}: histories", found["histories"], count)
    run.expect(f"{engine}: differences", found["differences"], [])
    run.expect(f"{engine}: outcomes met", sorted(found["outcomes"]), ["met", "missing_data", "needs_person", "not_met"])
    return {
        f"{engine} histories": found["histories"],
        f"{engine} answers": found["answers"],
        f"{engine} conditions held against the oracle": found["conditions"],
    }


def without_database(run: Run) -> dict[str, Figure]:
    """The oracle on persons, collectives and households; the two laws of nature; the mutants."""
    from bangvang.law.book import load
    from bangvang.law.cases import read_cases
    from tests.law.mutants import survivors
    from tests.law.properties import YEARS, changed_by_order, disagreements, harmed_by_a_good_year

    book = load()
    for subject in ("person", "collective", "household"):
        for year in YEARS:
            run.expect(f"oracle, {subject} {year}", disagreements(book, range(1000, 1000 + SEEDS), year, subject), [])
    run.expect("harmed by a good year", harmed_by_a_good_year(book, range(1000, 1500)), [])
    run.expect("changed by the order of records", changed_by_order(book, range(1000, 1500)), [])
    survived, made = survivors(book, read_cases(ROOT / "docs" / "examples" / "cases.yaml", book))
    run.expect("mutants that survive", survived, [])
    return {"histories without a database": 3 * len(YEARS) * SEEDS + 1000, "mutants": made}
