"""The installation's clock: lost jobs are ordered again every few seconds, the chains are sealed every night.

Any number of processes may tick; a lease says which one is the clock, so nothing is done twice.
"""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from bangvang.kernel import audit, clock, drafts, leases
from bangvang.kernel.models import ClockLease, Seal

HELD = datetime.timedelta(seconds=30)
RESULTS_KEPT = datetime.timedelta(days=14)
PAUSE = 5.0  # seconds between two ticks

_daily: list[str] = []


def every_day(job: str) -> None:
    """Have a registered job ordered once for each new day, with the day as its argument (ISO)."""
    _daily.append(job)


@dataclass(frozen=True)
class Tick:
    """What one tick did: jobs ordered again, and the seal when a night had passed."""

    revived: int
    seal: Seal | None = None


def tick(token: uuid.UUID) -> Tick | None:
    """One beat of the process that owns `token`; None when another process is the clock."""
    if not _hold(token):
        return None
    return Tick(leases.reap(), _pass_night(token, clock.today()))


def rest(token: uuid.UUID) -> None:
    """The process stops: the next one need not wait for the lease to run out."""
    ClockLease.objects.filter(token=token).update(until=clock.true_now())


def _hold(token: uuid.UUID) -> bool:
    now = clock.true_now()
    ClockLease.objects.get_or_create(name="clock", defaults={"token": token, "until": now})
    free = ClockLease.objects.filter(Q(token=token) | Q(until__lte=now), name="clock")
    return bool(free.update(token=token, until=now + HELD))


@transaction.atomic
def _pass_night(token: uuid.UUID, today: datetime.date) -> Seal | None:
    """Once for each new day: order the rooms' daily jobs, seal, forget old drafts, prune old results. The mark and the
    orders commit together."""
    due = Q(last_night__isnull=True) | Q(last_night__lt=today)
    if not ClockLease.objects.filter(due, token=token).update(last_night=today):
        return None
    for job in _daily:
        leases.order(job, today.isoformat())
    drafts.forget_old()
    DBTaskResult.objects.finished().filter(finished_at__lte=clock.true_now() - RESULTS_KEPT).delete()
    return audit.seal("Hằng đêm")
