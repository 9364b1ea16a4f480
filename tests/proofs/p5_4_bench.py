"""5.4 Speed of reading and of a list of 100,000 rows from file to ledger, with other users writing, on two databases."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests import databases, postgresql
from tests.proofs import ROOT, Figure, Run, proof
from tests.proofs.planted import source

ROWS, FEWER = 100_000, 4_000  # the second is enough to see a planted fault
SLOWEST, LONGEST_LOCK, MOST_MEMORY = 20.0, 2000, 500  # seconds, milliseconds, MB
FAULTS = {
    "staged_in_one_go": (
        "bangvang/intake/jobs.py",
        "        while chunk := list(islice(rows, CHUNK)):\n            prepared = staging.prepare(desk, chunk, first=batch.staged + 1)\n"
        "            with held.chunk():\n",
        "        while chunk := list(islice(rows, 10**9)):\n            with held.chunk():\n"
        "                import time; time.sleep(LOCKED)\n"
        "                prepared = staging.prepare(desk, chunk, first=batch.staged + 1)\n".replace("LOCKED", "2.1"),
    ),
}


@proof(
    "5.4",
    what="./bv bench reading, and a list of 100,000 awards from Excel to the ledger while another user writes",
    bar="≥ 200 txt plans/s on one core; import ≤ 20 s, write lock ≤ 2 s, no write of others fails, child ≤ 500 MB, worker's memory constant",
    controls={"staged_in_one_go": "all rows are staged under one write lock"},
    alone=True,
)
def bench(run: Run) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="bv-bench-") as name:
        folder = Path(name)
        src = source(folder, *FAULTS[run.fault]) if run.fault else source(folder)
        if run.fault:
            judged(run, "SQLite", on_engine(folder, src, "", FEWER))
            return {}
        done = run.sh(
            [sys.executable, "-m", "bench.reading", "--seconds", "2"],
            env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
            timeout=600,
        )
        figures: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        run.at_least("txt plans a second of one core", figures["txt_per_cpu_s"], 200)
        run.at_most("the reading child's memory in MB", figures["peak_mb"], MOST_MEMORY)
        judged(run, "SQLite", figures)
        few = on_engine(folder, src, "", ROWS // 5)
        run.at_most(
            "worker's memory for 100,000 rows over that for 20,000, MB",
            figures["worker_peak_mb"] - few["worker_peak_mb"],
            60,
        )
        try:
            with postgresql.server() as address:
                other = on_engine(folder, src, address, ROWS)
        except postgresql.NoServer as reason:
            run.not_run(str(reason))
        judged(run, "PostgreSQL", other)
    run.keep("figures.json", json.dumps({"SQLite": figures, "PostgreSQL": other}, indent=2))
    names = ("txt_per_s", "docx_per_s", "pdf_per_s", "xlsx_rows_per_s", "import_s", "peak_mb", "longest_write_lock_ms")
    both = {f"PostgreSQL {name}": other[name] for name in ("import_s", "longest_write_lock_ms")}
    return {**{name: figures[name] for name in names}, **both}


def judged(run: Run, engine: str, figures: dict[str, Any]) -> None:
    run.write(f"     {engine}: {json.dumps(figures)}")
    run.at_most(f"{engine} import in seconds", figures["import_s"], SLOWEST)
    run.at_most(f"{engine} longest wait of another user in ms", figures["longest_write_lock_ms"], LONGEST_LOCK)
    run.expect(f"{engine} writes of others that failed", figures["failed_writes_of_others"], 0)


def on_engine(folder: Path, src: Path, server: str, rows: int) -> dict[str, Any]:
    from bench import lists

    with databases.template(folder, server) as made, made.copy() as address:
        return lists.on(address, folder, rows, src=src)
