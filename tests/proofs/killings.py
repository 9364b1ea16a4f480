"""Run by proof 1.5 in a process of its own: real workers are killed and put to sleep, successors finish the work.

Usage: python -m tests.proofs.killings SEED KILLS. Prints one JSON object. Workers are forked, so that each start costs
no second;
each is the product's own `db_worker` with its own database connection. Two module constants are made small: the chunk
and the lease.
"""

import datetime
import json
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (after the applications are loaded)
from django.db import connection, transaction  # noqa: E402

from bangvang.kernel import leases  # noqa: E402
from bangvang.kernel.models import JobLease  # noqa: E402
from bangvang.notices import actions, jobs  # noqa: E402
from bangvang.notices.models import Notice  # noqa: E402
from bangvang.people.models import User  # noqa: E402
from tests import factories  # noqa: E402

READERS = 24
jobs.CHUNK = 4
CHUNKS = READERS // jobs.CHUNK
leases.HELD = datetime.timedelta(seconds=0.3)
FORK = multiprocessing.get_context("fork")

# Where a worker dies by its own statements: (instant, words in the statement, which time, before or after it ran).
INSTANTS = (
    ("before the first chunk", 'FROM "bangvang_announcement"', 1, "before"),
    ("between chunks", 'UPDATE "bangvang_joblease"', 3, "before"),
    ("within a chunk", 'INTO "bangvang_notice"', 2, "after"),
    ("after the last chunk, before commit", 'INTO "bangvang_notice"', CHUNKS, "after"),
    ("after commit, before it is called done", 'UPDATE "bangvang_joblease"', CHUNKS + 2, "before"),
    ("after it is called done", 'UPDATE "django_tasks_db', 2, "before"),
)


def work(at: tuple[str, int, str] | None, stroke: int) -> None:
    """One worker: all orders in the queue, then the end. `at` is the statement at which the signal `stroke` strikes
    it."""
    connection.close()
    seen = 0

    def struck(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        if at is None or at[0] not in sql:
            return execute(sql, params, many, context)
        seen += 1
        if seen == at[1] and at[2] == "before":
            os.kill(os.getpid(), stroke)
        answer = execute(sql, params, many, context)
        if seen == at[1] and at[2] == "after":
            os.kill(os.getpid(), stroke)
        return answer

    with connection.execute_wrapper(struck):
        call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    connection.close()


def worker(at: tuple[str, int, str] | None = None, stroke: int = signal.SIGKILL) -> Any:
    connection.close()  # nothing of the parent's connection may reach the child
    started = FORK.Process(target=work, args=(at, stroke))
    started.start()
    return started


def order(readers: list[int], key: str) -> JobLease:
    with transaction.atomic():
        announcement = actions.announce(readers, "Kế hoạch đã ban hành.", key=key)
    return JobLease.objects.get(job="notices.deliver", arguments=[announcement.pk])


def succeed() -> None:
    """The clock orders the abandoned job again when its lease ran out, and another worker takes it."""
    time.sleep(leases.HELD.total_seconds() + 0.05)
    leases.reap(started_before=leases.HELD)
    worker().join()


def outcome(lease: JobLease, key: str, left: int, died: bool) -> Counter[str]:
    """What came of one order: told to everybody once, and done. `left` rows stood there when the worker stopped."""
    told = list(Notice.objects.filter(key=key).values_list("user_id", flat=True))
    lease.refresh_from_db()
    right = sorted(told) == sorted(User.objects.values_list("pk", flat=True)) and lease.done_at is not None
    kind = {0: "nothing", READERS: "everything"}.get(left, "a part")
    return Counter(
        {
            "exactly once": int(right),
            "not exactly once": int(not right),
            "killed by signal 9": int(died),
            f"{kind} was written when killed": int(died),
        }
    )


def killed(kills: int, seed: int) -> Counter[str]:
    """Workers killed at the named instants and, for the rest, at random times within the length of an unkilled run."""
    readers = [factories.user().pk for _ in range(READERS)]
    length = min(unkilled(readers, place) for place in range(2))
    fate, total, place = random.Random(seed), Counter[str](), 0
    while total["killed by signal 9"] < kills and place < 2 * kills:
        key = f"kill {place}"
        lease = order(readers, key)
        if place < 2 * len(INSTANTS):
            victim = worker(INSTANTS[place % len(INSTANTS)][1:])
        else:
            victim = worker()
            time.sleep(fate.uniform(0, length))
            os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        died, left, place = victim.exitcode == -signal.SIGKILL, Notice.objects.filter(key=key).count(), place + 1
        for _ in range(leases.MOST_TRIES):
            succeed()
            if not JobLease.objects.filter(pk=lease.pk, done_at=None).exists():
                break
        total += outcome(lease, key, left, died)
    return total


def unkilled(readers: list[int], place: int) -> float:
    """Seconds that a worker needs when nobody kills it."""
    order(readers, f"unkilled {place}")
    began = time.monotonic()
    worker().join()
    return time.monotonic() - began


def wait_until_stopped(victim: Any) -> bool:
    """False when the worker ended, or went on, without coming to the place where it was to be stopped."""
    ends = time.monotonic() + 10
    while victim.is_alive() and time.monotonic() < ends:
        if stopped(victim):
            return True
        time.sleep(0.02)
    return False


def stopped(victim: Any) -> bool:
    with open(f"/proc/{victim.pid}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[0] == "T"


def slept() -> dict[str, Any]:
    """A worker stopped after its first chunk wakes when another holds the lease: it must write nothing."""
    readers = list(User.objects.values_list("pk", flat=True))
    lease = order(readers, "sleep")
    # Before the transaction of its second chunk: SQLite's BEGIN is a statement, PostgreSQL's is not.
    second_chunk = (
        ("BEGIN", 3, "before") if connection.vendor == "sqlite" else ('UPDATE "bangvang_joblease"', 3, "before")
    )
    sleeper = worker(second_chunk, signal.SIGSTOP)
    wait_until_stopped(sleeper)
    before = Notice.objects.filter(key="sleep").count()
    time.sleep(leases.HELD.total_seconds() + 0.05)
    leases.reap(started_before=leases.HELD)
    successor = worker(('FROM "bangvang_announcement"', 1, "before"), signal.SIGSTOP)
    in_time = wait_until_stopped(successor)
    os.kill(sleeper.pid, signal.SIGCONT)
    sleeper.join()
    woken = Notice.objects.filter(key="sleep").count() - before
    if in_time:
        os.kill(successor.pid, signal.SIGCONT)
    successor.join()
    return {"before the sleep": before, "written after waking": woken, **outcome(lease, "sleep", before, died=False)}


if __name__ == "__main__":
    result = {"kills": killed(int(sys.argv[2]), int(sys.argv[1])), "sleep": slept()}
    print(json.dumps(result))
