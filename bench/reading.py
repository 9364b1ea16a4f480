"""Speed of the reader through the limited child, as JSON: `python -m bench.reading [SECONDS]` (proof 5.4).

Plans of each format a second; rows of an Excel list a second; and a list of 100,000 rows from file to ledger (bench.lists).

The documents are the same plan in each format, built here; nothing is cached between readings.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from bangvang.reading import child
from bangvang.reading.plan.reader import read_plan
from bangvang.reading.refusal import Refusal
from bangvang.reading.text import text_of
from bench import lists
from tests.reading.corpus_builder import document
from tests.reading.mutations import SOURCE

ROWS = 100_000
KINDS = ("txt", "docx", "pdf")


def plans_a_second(path: Path, seconds: float) -> float:
    """Plans read in one second of wall time, one after the other, from file to draft."""
    child.read_plan(path)
    count, started = 0, time.perf_counter()
    while (spent := time.perf_counter() - started) < seconds:
        child.read_plan(path)
        count += 1
    return count / spent


def plans_a_cpu_second(path: Path, seconds: float) -> float:
    """Plans read in one second of one core, without the pipe; steadier than wall time on a busy machine."""
    read_plan(text_of(path))
    count, started = 0, time.process_time()
    while (spent := time.process_time() - started) < seconds:
        read_plan(text_of(path))
        count += 1
    return count / spent


def measure(seconds: float = 3.0) -> dict[str, float]:
    """The figures of proof 5.4 that reading alone can give."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            path = Path(folder) / f"ke-hoach.{kind}"
            path.write_bytes(document(SOURCE.strip("\n"), kind))
            figures[f"{kind}_per_s"] = round(plans_a_second(path, seconds), 1)
            figures[f"{kind}_per_cpu_s"] = round(plans_a_cpu_second(path, seconds / 2), 1)
        figures |= rows_a_second(Path(folder))
        figures["peak_mb"] = max(round(child.peak_memory() / 1024 / 1024, 1), figures["xlsx_peak_mb"])
    child.stop()
    return figures | lists.on_fresh_sqlite(lists.ROWS)


def rows_a_second(folder: Path) -> dict[str, float]:
    """Rows of an Excel list read through a limited child in one second of wall time, and of the child's memory the most."""
    path = folder / "danh-sach.xlsx"
    lists.write_list(path, ROWS)
    reader, started, count = child.LimitedChild(), time.perf_counter(), 0
    for part in reader.stream("stream_rows", path):
        assert not isinstance(part, Refusal), part
        count += len(part["rows"])
    spent, peak = time.perf_counter() - started, reader.peak_memory()
    reader.stop()
    assert count == ROWS, count
    return {"xlsx_rows_per_s": round(count / spent), "xlsx_peak_mb": round(peak / 1024 / 1024, 1)}


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)))
