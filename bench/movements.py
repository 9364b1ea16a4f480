"""A province's movement as JSON: `python -m bench.movements [UNITS [PERIODS]]` on the database of BV_DATABASE.

Without BV_DATABASE a fresh SQLite file is made. A movement is sent to 4,000 units and a period opened for them by the
worker's own jobs, while another process writes small things: the longest time it waits is the longest write lock. A second
movement is sent by workers that are killed. Then 60 periods of reports with 12 figures each, in mixed states, are laid beneath
the first (not measured), and the clerk opens the board: queries and CPU of the whole page, of this process and so of SQLite.
"""

import datetime
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.lists import another_user, drained, run

UNITS, PERIODS, INDICATORS, DUTIES = 4_000, 60, 12, 8
KILLS, SEED = 8, 20261127
PAGES = 5  # times that each page is opened
TODAY = datetime.date(2026, 11, 16)
FIRST = datetime.date(2022, 1, 1)


def province(units: int) -> dict[str, Any]:
    """A province with its communes, each with a head who has an account; the clerk, the head and the registry."""
    from bangvang import vietnamese
    from bangvang.kernel import bulk
    from bangvang.people.models import Duty, Person, Unit, User
    from tests import factories

    agency = factories.agency("UBND tỉnh Sông Lam", parent=factories.unit("Chính phủ", kind="agency"))
    made = [
        Unit(name=f"Xã số {n}", kind="commune", agency=agency, parent=agency, order=n, valid_from=factories.LONG_AGO)
        for n in range(units)
    ]
    people = [Person(full_name=f"Trần Văn Bình {n}", sex="male") for n in range(units)]
    for unit in made:
        unit.search_key = vietnamese.search_key(unit.name)
    for person in people:
        person.search_key = person.sort_key = vietnamese.search_key(person.full_name)
    Unit.objects.bulk_create(made, batch_size=500)
    Person.objects.bulk_create(people, batch_size=500)
    User.objects.bulk_create(
        (User(username=f"xa{n}", person=person) for n, person in enumerate(people)), batch_size=500
    )
    Duty.objects.bulk_create(
        (
            Duty(person=person, unit=unit, role="head", title="Chủ tịch", rank=3, valid_from=factories.LONG_AGO)
            for person, unit in zip(people, made, strict=True)
        ),
        batch_size=500,
    )
    bulk.renew_statistics(Unit, Person, Duty, User)
    roles = {"clerk": "Nguyễn Thị Lan", "director": "Lê Quang Minh", "registry": "Đỗ Thị Hoà"}
    actors = {role: factories.actor(name, agency, role, day=TODAY) for role, name in roles.items()}
    return {"agency": agency, "units": made, **actors}


def issued(place: dict[str, Any], number: int) -> Any:
    """A plan approved and numbered, about to be sent out."""
    from bangvang.movements import actions
    from tests import factories

    movement = factories.movement(place["clerk"], starts_on=FIRST, ends_on=datetime.date(2026, 12, 31))
    actions.submit(movement, by=place["clerk"])
    actions.approve(movement, by=place["director"])
    actions.issue(movement, number=number, issued_on=TODAY, by=place["registry"])
    return movement


def send(movement: Any, place: dict[str, Any]) -> Any:
    """The clerk's act; returns the order of the background work."""
    from bangvang.kernel.models import JobLease
    from bangvang.movements import actions, launching

    last = TODAY + datetime.timedelta(days=14)
    charges = [actions.Charge(f"Nhiệm vụ thứ {n} của kế hoạch.", None, last) for n in range(DUTIES)]
    launch = actions.roll_out(
        movement, place["units"], charges, acknowledge_by=last, register_by=last, by=place["clerk"]
    )
    return JobLease.objects.get(job=launching.LAUNCH, arguments=[launch.pk])


def worker(lease: int) -> Any:
    """A process of its own that takes the order, as the worker does."""
    from django.db import connection

    from bangvang.kernel import leases

    def body() -> None:
        connection.close()
        leases.work.func(lease)
        connection.close()

    connection.close()
    process = multiprocessing.get_context("fork").Process(target=body)
    process.start()
    return process


def under_kills(movement: Any, place: dict[str, Any], length: float) -> dict[str, int]:
    """Workers are killed while they send; the clock orders the work again. What is there twice, what is missing?"""
    from bangvang.kernel import audit, leases

    lease, fate, kills = send(movement, place), random.Random(SEED), 0
    leases.HELD = datetime.timedelta(seconds=0.4)
    while lease.done_at is None:
        process = worker(lease.pk)
        if kills < KILLS:
            process.join(fate.uniform(0.02, length / KILLS * 1.5))
            if process.is_alive():
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
        process.join()
        lease.refresh_from_db()
        if lease.done_at is None:
            time.sleep(leases.HELD.total_seconds())
            leases.JobLease.objects.filter(pk=lease.pk).update(tries=0)  # more kills than a real job would get tries
            leases.reap(started_before=leases.HELD)
    doubles, lost = twice_and_missing(movement, place["units"])
    return {"kills": kills, "doubles": doubles, "lost": lost, "audit_findings": len(list(audit.verify()))}


def twice_and_missing(movement: Any, units: Sequence[Any]) -> tuple[int, int]:
    """(how many roll-outs, registrations, duties and notices are more than one, how many are none)."""
    from collections import Counter

    from bangvang.kernel.models import EventLink
    from bangvang.notices.models import Notice

    wanted = {unit.pk: 1 for unit in units}
    tasks = Counter(movement.assignments.values_list("unit", "text"))
    told = Counter(Notice.objects.filter(key__startswith=f"roll_out:{movement.code}:").values_list("key", flat=True))
    rows = [
        Counter(movement.roll_outs.values_list("unit", flat=True)),
        Counter(movement.registrations.values_list("unit", flat=True)),
    ]
    chains = EventLink.objects.filter(root_kind="rollout", root_id__in=movement.roll_outs.values("pk")).count()
    doubles = sum(count - 1 for counted in (*rows, tasks, told) for count in counted.values())
    lost = sum(len(wanted) - len(counted) for counted in (*rows, told)) + DUTIES * len(wanted) - len(tasks)
    return doubles + max(chains - len(wanted), 0), lost + max(len(wanted) - chains, 0)


def lay_reports(movement: Any, place: dict[str, Any], periods: int) -> int:
    """Reports of many months and their figures, in mixed states; some units have withdrawn or ended. Returns how many figures."""
    from django.utils import timezone

    from bangvang.kernel import bulk
    from bangvang.movements.models import Registration, RollOut
    from bangvang.people.models import Unit
    from bangvang.progress.models import Figure, Indicator, Period, Report
    from bangvang.progress.periods import periods as months

    Indicator.objects.bulk_create(
        Indicator(
            movement=movement,
            position=n,
            label=f"Chỉ tiêu {n}",
            measure="tỷ đồng",
            target=50,
            reach="each" if n % 2 else "total",
        )
        for n in range(1, INDICATORS + 1)
    )
    fate = random.Random(SEED)
    spans = list(months(FIRST, datetime.date(2026, 12, 31), "month", 5))[:periods]
    standing = set(movement.periods.values_list("name", flat=True))
    for at, span in enumerate(spans):
        if span.name in standing:
            continue
        period = Period.objects.create(movement=movement, **vars(span))
        noon = datetime.datetime.combine(span.due_on, datetime.time(12), tzinfo=timezone.get_current_timezone())
        over = span.due_on < TODAY
        rows = []
        for place_, unit in enumerate(place["units"]):
            state = fate.choices(("accepted", "sent", "returned", "draft"), (82, 8, 3, 7) if over else (0, 5, 0, 95))[0]
            sent = None if state == "draft" else noon + datetime.timedelta(days=fate.choice((-2, -1, -1, 0, 0, 3)))
            code = f"r{at:02}{place_:06}"
            rows.append(Report(code=code, period=period, unit=unit, state=state, results="Đã làm.", sent_at=sent))
        bulk.insert_rows(Report, rows)
    quote = "bangvang_figure"
    assert Figure._meta.db_table == quote
    figures = bulk.insert_by(
        Figure,
        ["report", "indicator", "value"],
        "SELECT r.id, i.id, (r.id * 7 + i.position * 13) %% 97 + 0.25 FROM bangvang_report r, bangvang_indicator i"
        " WHERE r.state <> 'draft' AND i.movement_id = %s",
        [movement.pk],
    )
    RollOut.objects.filter(movement=movement, unit__order__lt=40).update(state="withdrawn")
    Unit.objects.filter(agency=place["agency"], order__gte=40, order__lt=80).update(
        valid_until=datetime.date(2025, 6, 30)
    )
    Registration.objects.filter(movement=movement, unit__order__gte=200).update(state="sent", sent_on=TODAY)
    bulk.renew_statistics(Report, Figure, RollOut, Registration, Indicator, Period)
    return figures


def boards() -> dict[str, float]:
    """The clerk's pages in a fresh process: cold (this movement's for the first time), then warm (the best of PAGES: what the
    page itself costs). CPU of the process in ms."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bangvang.movements.models import Movement
    from bangvang.people.models import User

    settings.ASSUMED_TODAY = TODAY
    movement, clerk = Movement.objects.get(number=1), User.objects.get(person__duties__role="clerk")
    client = Client(headers={"host": "localhost"})
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/lam-viec/tien-do/phong-trao/{Movement.objects.get(number=2).code}/").status_code == 200
    address = f"/lam-viec/tien-do/phong-trao/{movement.code}/"
    last = movement.periods.filter(due_on__lt=TODAY).last()
    pages = [address, f"{address}?ky={last.code}", f"{address}?ky={last.code}&trang=40", f"{address}?trang=80"]
    cold = opened(client, pages[1])
    warm = [min(opened(client, page) for _ in range(PAGES)) for page in pages]
    counts = []
    for page in (*pages, f"/lam-viec/phong-trao/{movement.code}/"):
        with CaptureQueriesContext(connection) as met:
            assert client.get(page).status_code == 200
        counts.append(len(met))
    own = f"/lam-viec/phong-trao/{movement.code}/"
    return {
        "board_queries": max(counts[:-1]),
        "board_cpu_ms": round(max(warm)),
        "board_cold_cpu_ms": round(cold),
        "movement_page_queries": counts[-1],
        "movement_page_cpu_ms": round(min(opened(client, own) for _ in range(PAGES))),
    }


def opened(client: Any, page: str) -> float:
    began = time.process_time()
    answer = client.get(page)
    spent = time.process_time() - began
    assert answer.status_code == 200, answer.status_code
    return 1000 * spent


def measure(units: int = UNITS, periods: int = PERIODS) -> dict[str, float]:
    """Everything on the present database. Times in seconds or ms."""
    import django

    django.setup()
    from django.conf import settings

    from bangvang.kernel import leases
    from bangvang.kernel.models import JobLease
    from bangvang.progress import actions, asking
    from bangvang.progress.periods import Span

    settings.ASSUMED_TODAY = TODAY
    place = province(units)
    first, second = issued(place, 1), issued(place, 2)
    context = multiprocessing.get_context("spawn")
    told, stop = context.Queue(), context.Event()
    other = context.Process(target=another_user, args=(told, stop, place["agency"].pk), daemon=True)
    other.start()
    told.get()  # it is at work
    began = time.monotonic()
    run(send(first, place), leases)
    launched = time.monotonic()
    span = Span("Tháng 10/2026", datetime.date(2026, 10, 1), datetime.date(2026, 10, 31), datetime.date(2026, 11, 5))
    period = actions.open_period(first, span, by=place["clerk"])
    for lease in JobLease.objects.filter(job=asking.ASK):
        run(lease, leases)
    ended = time.monotonic()
    time.sleep(0.3)
    stop.set()
    waits = drained(told, other)
    twice, missing = twice_and_missing(first, place["units"])
    missing += units - period.reports.count()
    figures = {
        "launch_s": round(launched - began, 2),
        "open_period_s": round(ended - launched, 2),
        "longest_write_lock_ms": round(1000 * max(wait for _, wait, _ in waits)),
        "writes_of_others": len(waits),
        "failed_writes_of_others": sum(bool(failed) for _, _, failed in waits),
    }
    killed = under_kills(second, place, launched - began)
    killed["doubles"] += twice
    killed["lost"] += missing
    laid = lay_reports(first, place, periods)
    page = subprocess.run(
        [sys.executable, "-m", "bench.movements", "boards"], check=True, capture_output=True, text=True
    )
    return {
        **figures,
        **killed,
        "units": units,
        "periods": first.periods.count(),
        "figures": laid,
        **json.loads(page.stdout),
    }


def on(address: str, folder: Path, *asked: int, src: Path | None = None) -> dict[str, float]:
    """The figures from a process of its own on this database."""
    from tests import databases

    words = ("-m", "bench.movements", *(str(one) for one in asked))
    printed = databases.python(address, *words, var=folder, src=src or databases.SRC, timeout=600)
    figures: dict[str, float] = json.loads(printed.strip().splitlines()[-1])
    return figures


def on_fresh_sqlite(*asked: int) -> dict[str, float]:
    from tests import databases

    with tempfile.TemporaryDirectory() as name, databases.template(Path(name)) as made, made.copy() as address:
        return on(address, Path(name), *asked)


if __name__ == "__main__":
    if sys.argv[1:] == ["boards"]:
        print(json.dumps(boards()))
        sys.exit()
    asked = [int(word) for word in sys.argv[1:]]
    print(json.dumps(measure(*asked) if os.environ.get("BV_DATABASE") else on_fresh_sqlite(*asked)))
