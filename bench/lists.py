"""A list of 100,000 awards from file to ledger, as JSON: `python -m bench.lists [ROWS]` on the database of BV_DATABASE.

Without BV_DATABASE a fresh SQLite file is made. The worker's own job stages the rows; another process writes small things
all the while, so that the longest time it had to wait is the longest write lock.
"""

import json
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bangvang import vietnamese

ROWS, YEARS, UNITS = 100_000, 10, 40
TITLES = (
    "STT", "Họ và tên", "Giới tính", "Năm sinh", "Chức vụ", "Đơn vị", "Danh hiệu, hình thức", "Năm", "Số quyết định",
    "Ngày quyết định", "Cơ quan ban hành", "Ghi chú",
)  # fmt: skip
FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
MIDDLES = (
    "Thị",
    "Văn",
    "Minh",
    "Thanh",
    "Quang",
    "Thu",
    "Đức",
    "Hải",
    "Ngọc",
    "Xuân",
    "Hồng",
    "Kim",
    "Gia",
    "Bảo",
    "Anh",
)
GIVEN = (
    "Lan",
    "Bình",
    "Hà",
    "Dũng",
    "Mai",
    "Sơn",
    "Hương",
    "Tuấn",
    "Phúc",
    "Yến",
    "Long",
    "Trang",
    "Khánh",
    "Giang",
    "Vân",
)
PAUSE = 0.02  # seconds between two writes of the other user


def people(count: int) -> list[tuple[str, str, int, str]]:
    """Name, sex, year of birth and unit of people who are all told apart by name and year."""
    fate, seen = random.Random(5), set[tuple[str, int]]()
    made: list[tuple[str, str, int, str]] = []
    while len(made) < count:
        name = f"{fate.choice(FAMILIES)} {fate.choice(MIDDLES)} {fate.choice(GIVEN)}"
        born = fate.randrange(1940, 1990)
        if (vietnamese.search_key(name), born) not in seen:
            seen.add((vietnamese.search_key(name), born))
            made.append((name, fate.choice(("Nam", "Nữ")), born, f"Phòng nghiệp vụ số {len(made) % UNITS + 1}"))
    return made


def write_list(path: Path, rows: int = ROWS) -> None:
    """An Excel file of this many awards, ten years of each person."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    page = book.add_worksheet("Khen thưởng")
    page.write_row(0, 0, ["DANH SÁCH KHEN THƯỞNG CÁC NĂM"])
    page.write_row(2, 0, TITLES)
    for place, (name, sex, born, unit) in enumerate(people(-(-rows // YEARS))):
        for turn in range(min(YEARS, rows - place * YEARS)):
            at, year = place * YEARS + turn, 2011 + turn
            award = ("Lao động tiên tiến", "CSTĐCS", "Giấy khen")[turn % 3]
            paper = [f"{at % 900 + 1}/QĐ-STC", f"10/01/{year + 1}", "Giám đốc Sở Tài chính"]
            page.write_row(3 + at, 0, [at + 1, name, sex, born, "Chuyên viên", unit, award, year, *paper, ""])
    book.close()


def department(known: Sequence[tuple[str, str, int, str]]) -> Any:
    """A department with its units, the people whom it knows already, and a clerk. Returns the clerk as actor."""
    from bangvang.kernel import bulk
    from bangvang.people.models import Duty, Person
    from tests import factories

    agency = factories.agency()
    units = {}
    for number in range(1, UNITS + 1):
        unit = factories.unit(f"Phòng nghiệp vụ số {number}", parent=agency, agency=agency)
        units[unit.name] = unit
    made = [
        Person(full_name=name, sex="male" if sex == "Nam" else "female", birth_year=born)
        for name, sex, born, _ in known
    ]
    for person in made:
        person.search_key = vietnamese.search_key(person.full_name)
        person.sort_key = vietnamese.name_sort_key(person.full_name)
    Person.objects.bulk_create(made, batch_size=500)
    duties = [
        Duty(person=person, unit=units[unit], title="Chuyên viên", valid_from=factories.LONG_AGO)
        for person, (_, _, _, unit) in zip(made, known, strict=True)
    ]
    Duty.objects.bulk_create(duties, batch_size=500)
    bulk.renew_statistics(Person, Duty)  # they have been here for long: PostgreSQL's own watcher has seen them
    return factories.actor("Chu Phương Thảo", agency, Duty.Role.CLERK)


def another_user(told: Any, stop: Any, unit_id: int) -> None:
    """Writes one small thing about a unit after another; tells the longest wait of each moment and how many writes failed."""
    import django

    django.setup()
    from django.db import transaction

    from bangvang.kernel import events
    from bangvang.people.models import Unit
    from tests import factories

    unit = Unit.objects.get(pk=unit_id)
    while not stop.is_set() and os.getppid() != 1:
        began = time.monotonic()
        try:
            with transaction.atomic():
                events.record("demo.load", by=factories.MACHINE, roots=[unit])
            told.put((began, time.monotonic() - began, ""))
        except Exception as error:
            told.put((began, time.monotonic() - began, type(error).__name__))
        time.sleep(PAUSE)


def measure(rows: int = ROWS) -> dict[str, float]:
    """Import a list on the present database. Times in seconds, memory in MB."""
    import django

    django.setup()
    from bangvang.honours.models import LedgerEntry, Standing
    from bangvang.intake import actions, queries
    from bangvang.intake.models import Batch
    from bangvang.kernel import leases
    from bangvang.kernel.models import JobLease
    from bangvang.people.models import Unit
    from tests.intake.lists import Upload

    known = people(-(-rows // YEARS))
    clerk = department(known[: len(known) * 4 // 5])  # the others are new to the department
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "danh-sach.xlsx"
        write_list(path, rows)
        content = path.read_bytes()
    context = multiprocessing.get_context("spawn")
    told, stop = context.Queue(), context.Event()
    division = Unit.objects.get(name="Phòng nghiệp vụ số 1")
    other = context.Process(target=another_user, args=(told, stop, division.pk), daemon=True)
    other.start()
    told.get()  # it is at work
    began = time.monotonic()
    batch = actions.receive(Upload(content), Batch.Kind.AWARDS, source="Kho lưu trữ", dossier=None, by=clerk)
    run(JobLease.objects.get(job="intake.read", arguments=[batch.pk]), leases)
    batch.refresh_from_db()
    actions.agree(batch, batch.mapping, batch.defaults, version=batch.version, by=clerk)
    run(JobLease.objects.get(job="intake.stage", arguments=[batch.pk]), leases)
    staged = time.monotonic()
    batch.refresh_from_db()
    counts = queries.counts_of(batch)
    assert (counts.trouble, counts.asked, batch.state) == (0, 0, "checked"), (counts, batch.state)
    confirming = time.monotonic()
    written = actions.confirm(batch, by=clerk)
    ended = time.monotonic()
    time.sleep(0.3)
    stop.set()
    waits = drained(told, other)
    assert (written, LedgerEntry.objects.count(), Standing.objects.count()) == (rows, rows, rows)
    return {
        "import_s": round(ended - began, 2),
        "staging_s": round(staged - began, 2),
        "confirm_s": round(ended - confirming, 2),
        "longest_write_lock_ms": round(1000 * max(wait for _, wait, _ in waits)),
        "writes_of_others": len(waits),
        "failed_writes_of_others": sum(bool(failed) for _, _, failed in waits),
        "worker_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "new_people": counts.new,
    }


def run(lease: Any, leases: Any) -> None:
    """The job as a worker runs it."""
    leases.work.func(lease.pk)
    lease.refresh_from_db()
    assert lease.done_at is not None, lease.trouble


def drained(told: Any, other: Any) -> list[tuple[float, float, str]]:
    waits: list[tuple[float, float, str]] = []
    while other.is_alive() or not told.empty():
        try:
            waits.append(told.get(timeout=0.2))
        except Exception:  # noqa: S112 - queue.Empty: it is still writing its last
            continue
    other.join()
    return waits


def on(address: str, folder: Path, rows: int = ROWS, *, src: Path | None = None) -> dict[str, float]:
    """The figures from a process of its own on this database."""
    from tests import databases

    words = ("-m", "bench.lists", str(rows))
    printed = databases.python(address, *words, var=folder, src=src or databases.SRC, timeout=400)
    figures: dict[str, float] = json.loads(printed.strip().splitlines()[-1])
    return figures


def on_fresh_sqlite(rows: int) -> dict[str, float]:
    from tests import databases

    with tempfile.TemporaryDirectory() as name, databases.template(Path(name)) as made, made.copy() as address:
        return on(address, Path(name), rows)


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    print(json.dumps(measure(asked) if os.environ.get("BV_DATABASE") else on_fresh_sqlite(asked)))
