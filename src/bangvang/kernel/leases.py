"""Jobs that survive a killed worker: a lease of 60 seconds with a fencing token, retries, and a dead letter in our own
words.

The queue (django-tasks-db) only carries the order; who may write is decided here, inside each chunk's transaction.
"""

import datetime
import logging
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bangvang.kernel import clock
from bangvang.kernel.models import JobLease

HELD = datetime.timedelta(seconds=60)
MOST_TRIES = 5
BREATH = 0.12  # seconds
log = logging.getLogger(__name__)

_jobs: dict[str, Callable[..., None]] = {}


class LeaseLost(Exception):
    """Another worker holds the job now, or it is finished: roll back and stop."""


class Held:
    """A worker's hold on one job. Every write of the job stands inside `with held.chunk():`."""

    def __init__(self, lease_id: int, token: uuid.UUID) -> None:
        self.lease_id, self.token = lease_id, token

    @contextmanager
    def chunk(self) -> Iterator[None]:
        """One transaction that renews the lease first; LeaseLost (and nothing written) if it is no longer ours. Keep
        it ≤ 1 s."""
        with transaction.atomic():
            self._mine(until=clock.true_now() + HELD)
            yield

    @staticmethod
    def breathe() -> None:
        """Between the parts of a long job: SQLite's waiting writers look every tenth of a second whether they may, and
        would starve. PostgreSQL's do not wait for the whole database."""
        if connection.vendor == "sqlite":
            time.sleep(BREATH)

    def _mine(self, **changes: Any) -> None:
        mine = JobLease.objects.filter(pk=self.lease_id, token=self.token, done_at__isnull=True, dead_at__isnull=True)
        if not mine.update(**changes):
            raise LeaseLost(f"lease {self.lease_id}")

    def finish(self) -> None:
        self._mine(done_at=clock.true_now(), until=None, token=None, trouble="")

    def give_back(self, trouble: str) -> None:
        """The try failed: wait a little longer each time; after MOST_TRIES it is a dead letter that people see."""
        lease = JobLease.objects.get(pk=self.lease_id)
        if lease.tries >= MOST_TRIES:
            self._mine(dead_at=clock.true_now(), until=None, token=None, trouble=trouble)
        else:
            self._mine(until=clock.true_now() + datetime.timedelta(seconds=2**lease.tries), token=None, trouble=trouble)


def job(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register `function(held, *arguments)` as a job. It takes ids, is repeatable, and calls one action in each
    chunk."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _jobs[name] = function
        return function

    return register


def order(name: str, *arguments: Any) -> JobLease:
    """Order a job inside the present transaction: if that rolls back, the order is gone with it."""
    lease = JobLease(job=name, arguments=list(arguments), ordered_at=clock.true_now())
    with transaction.atomic():
        lease.save(force_insert=True)
        _enqueue(lease)
    return lease


def _enqueue(lease: JobLease) -> None:
    JobLease.objects.filter(pk=lease.pk).update(task=work.enqueue(lease.pk).id, ordered_at=clock.true_now())


@task()
def work(lease_id: int) -> None:
    """The one queued task: take the lease, run the job, finish. Nothing of an exception's text is stored: it can hold
    personal data."""
    token = uuid.uuid4()
    now = clock.true_now()
    free = JobLease.objects.filter(pk=lease_id, done_at__isnull=True, dead_at__isnull=True).filter(
        Q(until__isnull=True) | Q(until__lte=now)
    )
    if not free.update(token=token, until=now + HELD, tries=F("tries") + 1):
        return
    lease = JobLease.objects.get(pk=lease_id)
    held = Held(lease_id, token)
    try:
        _jobs[lease.job](held, *lease.arguments)
        held.finish()
    except LeaseLost:
        log.warning("job %s lease %s: taken over, stopped without writing", lease.job, lease_id)
    except Exception as error:  # (whatever a job does, the worker must live and people must see a reason)
        log.error("job %s lease %s try %s failed: %s", lease.job, lease_id, lease.tries, type(error).__name__)
        try:
            held.give_back(f"Lần thử {lease.tries} dừng vì {type(error).__name__}.")
        except LeaseLost:
            log.warning("job %s lease %s: taken over after the failure", lease.job, lease_id)


def reap(*, started_before: datetime.timedelta = HELD) -> int:
    """Order again every job whose worker vanished or whose waiting time after a failed try is over. Returns how
    many."""
    now = clock.true_now()
    revived = 0
    open_leases = JobLease.objects.filter(done_at__isnull=True, dead_at__isnull=True)
    for lease in open_leases.filter(Q(until__lte=now) | Q(until__isnull=True, ordered_at__lte=now - started_before)):
        queued = DBTaskResult.objects.filter(pk__in=[lease.task], status=TaskResultStatus.READY)
        if queued.exists():
            continue
        with transaction.atomic():
            if lease.token is not None and lease.tries >= MOST_TRIES:
                dead = open_leases.filter(pk=lease.pk, token=lease.token, until__lte=now)
                dead.update(dead_at=now, until=None, token=None, trouble="Máy xử lý dừng giữa chừng nhiều lần.")
                continue
            unchanged = open_leases.filter(pk=lease.pk, task=lease.task, token=lease.token, until=lease.until)
            if unchanged.update(token=None, until=None):
                _enqueue(lease)
                revived += 1
    return revived
