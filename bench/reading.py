"""`./bv bench reading [--seconds N]`: how fast papers are read, as JSON (proof 5.4).

Plans of the size of real ones (about 7 kB of text), built here in each format and read through the limited child, one
after the other, as jobs do; nothing is cached between readings. `_per_s` is wall time; `_per_cpu_s` is one core without
the pipe, steadier on a busy machine. Then rows of an Excel list a second, and 100,000 rows from file to ledger (bench.lists).
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
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
SIZE = 7_000  # bytes of text: the mean of the real documents
MORE = "{number}. Thi đua hoàn thành phần việc thứ {number} của bến, ghi sổ trực hằng ngày, báo cáo Sở trước ngày 25/{month}/2024."


def plan_of_real_size() -> str:
    """Our plan with as many contents as bring it to the size of a real one."""
    lines = SOURCE.strip("\n").split("\n")
    at = next(place for place, line in enumerate(lines) if line.startswith("III."))
    number = 3
    while len("\n".join(lines).encode()) < SIZE:
        lines.insert(at, MORE.format(number=number, month=f"{number % 12 + 1:02d}"))
        at, number = at + 1, number + 1
    return "\n".join(lines)


def plans_a_second(path: Path, seconds: float) -> float:
    """Plans read in one second of wall time, one after the other, from file to draft."""
    child.read_plan(path)
    count, started = 0, time.perf_counter()
    while (spent := time.perf_counter() - started) < seconds:
        child.read_plan(path)
        count += 1
    return count / spent


def plans_a_cpu_second(path: Path, seconds: float) -> float:
    """Plans read in one second of one core, in this process."""
    read_plan(text_of(path))
    count, started = 0, time.process_time()
    while (spent := time.process_time() - started) < seconds:
        read_plan(text_of(path)).as_json()
        count += 1
    return count / spent


def plans(folder: Path, seconds: float) -> dict[str, float]:
    """Plans a second in each format, and the most memory that the limited child held."""
    figures: dict[str, float] = {}
    source = plan_of_real_size()
    for kind in KINDS:
        path = folder / f"ke-hoach.{kind}"
        path.write_bytes(document(source, kind))
        figures[f"{kind}_per_s"] = round(plans_a_second(path, seconds), 1)
        figures[f"{kind}_per_cpu_s"] = round(plans_a_cpu_second(path, seconds / 2), 1)
    figures["peak_mb"] = round(child.peak_memory() / 1024 / 1024, 1)
    child.stop()
    return figures


def rows_a_second(folder: Path, _seconds: float) -> dict[str, float]:
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


MEASURES: dict[str, Callable[[Path, float], dict[str, float]]] = {
    "plans": plans,
    "rows": rows_a_second,
    "import": lambda _folder, _seconds: lists.on_fresh_sqlite(lists.ROWS),
}


def measure(seconds: float = 3.0) -> dict[str, float]:
    """All figures of proof 5.4 in one object."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for one in MEASURES.values():
            figures |= one(Path(folder), seconds)
    figures["peak_mb"] = max(figures["peak_mb"], figures["xlsx_peak_mb"])
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="bv bench reading", description="Đo tốc độ đọc văn bản.")
    parser.add_argument("--seconds", type=float, default=3.0, help="giây cho mỗi phép đo")
    print(json.dumps(measure(parser.parse_args().seconds)))


if __name__ == "__main__":
    main()
