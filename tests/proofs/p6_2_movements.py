"""6.2 A province's movement: sent to 4,000 units and followed over 60 periods of 12 figures, workers killed, two databases."""

import json
import tempfile
from pathlib import Path
from typing import Any

from tests import databases, postgresql
from tests.proofs import Figure, Run, proof
from tests.proofs.planted import source

UNITS, PERIODS = 4_000, 60
FEWER = 700, 4  # enough to see a planted fault
SLOWEST, LONGEST_LOCK, MOST_QUERIES, MOST_CPU = 60.0, 2000, 15, 100  # seconds, ms, queries, ms
FAULTS = {
    "sent_in_one_go": (
        "bangvang/movements/jobs.py",
        "            more = is_open and launching.push_next(found, most=launching.CHUNK)\n",
        "            import time; time.sleep(2.1)\n            more = launching.push_next(found, most=10**9)\n",
    ),
    "duties_before_the_transaction": (
        "bangvang/movements/launching.py",
        "    bulk.insert_rows(Assignment, tasks)\n",
        "    bulk.insert_rows(Assignment, tasks)\n"
        "    from django.db import connection\n"
        "    connection.connection.commit()\n"
        "    import time; time.sleep(0.2)\n",
    ),
    "goes_on_one_part_too_far": (
        "bangvang/movements/launching.py",
        "    launch.reached += len(keys)\n",
        "    launch.reached += len(keys) + (launch.reached == 0)\n",
    ),
    "a_query_for_each_row": (
        "bangvang/progress/board.py",
        "        absence = absence_of(row.unit, row, day)\n        rows.append(\n",
        "        absence = absence_of(row.unit, row, day)\n        movement.registrations.filter(unit=row.unit).exists()\n"
        "        rows.append(\n",
    ),
}


@proof(
    "6.2",
    what="./bv bench movements: sending to 4,000 units, opening a period, 8 killed workers, the board over 240,000 reports",
    bar="launch ≤ 60 s, write lock ≤ 2 s, nothing twice and nothing lost under kills, board ≤ 15 queries and ≤ 100 ms of CPU",
    controls={
        "sent_in_one_go": "all units are reached under one write lock",
        "duties_before_the_transaction": "a part is committed before its end",
        "goes_on_one_part_too_far": "after the first part one unit is passed over",
        "a_query_for_each_row": "the board asks the database once for each unit",
    },
    alone=True,
)
def movements(run: Run) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="bv-movements-") as name:
        folder = Path(name)
        src = source(folder, *FAULTS[run.fault]) if run.fault else source(folder)
        if run.fault:
            judged(run, "SQLite", on_engine(run, folder, src, "", FEWER))
            return {}
        here = on_engine(run, folder, src, "", (UNITS, PERIODS))
        judged(run, "SQLite", here)
        try:
            with postgresql.server() as address:
                other = on_engine(run, folder, src, address, (UNITS, PERIODS))
        except postgresql.NoServer as reason:
            run.not_run(str(reason))
        judged(run, "PostgreSQL", other)
    run.keep("figures.json", json.dumps({"SQLite": here, "PostgreSQL": other}, indent=2))
    names = ("launch_s", "longest_write_lock_ms", "doubles", "lost", "kills", "board_queries", "board_cpu_ms")
    return {**{name: here[name] for name in names}, **{f"PostgreSQL {name}": other[name] for name in names}}


def judged(run: Run, engine: str, figures: dict[str, Any]) -> None:
    if not figures:
        return
    run.write(f"     {engine}: {json.dumps(figures)}")
    run.at_most(f"{engine} launch in seconds", figures["launch_s"], SLOWEST)
    run.at_most(f"{engine} longest wait of another user in ms", figures["longest_write_lock_ms"], LONGEST_LOCK)
    run.expect(f"{engine} writes of others that failed", figures["failed_writes_of_others"], 0)
    run.expect(f"{engine} twice, lost", (figures["doubles"], figures["lost"]), (0, 0))
    run.expect(f"{engine} audit findings", figures["audit_findings"], 0)
    run.at_least(f"{engine} workers killed while they sent", figures["kills"], 4)
    run.at_most(f"{engine} queries of the board's page", figures["board_queries"], MOST_QUERIES)
    run.at_most(f"{engine} CPU of the board's page in ms", figures["board_cpu_ms"], MOST_CPU)
    run.at_most(f"{engine} CPU of the board's page when it is cold, in ms", figures["board_cold_cpu_ms"], MOST_CPU)


def on_engine(run: Run, folder: Path, src: Path, server: str, size: tuple[int, int]) -> dict[str, Any]:
    from bench import movements as bench

    with databases.template(folder, server) as made, made.copy() as address:
        try:
            return bench.on(address, folder, *size, src=src)
        except RuntimeError as broken:
            run.expect("the bench", str(broken)[-300:], "told to its end")
            return {}
