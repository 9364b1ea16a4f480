"""Asking units for the report of a period: one empty row each; for thousands part by part, each part whole or not at all."""

import datetime
from collections.abc import Sequence

from django.db.models import QuerySet

from bangvang.kernel import bulk, events, leases
from bangvang.kernel.models import Event, JobLease
from bangvang.movements.launching import welcome
from bangvang.movements.models import Launch, RollOut
from bangvang.people.models import Unit
from bangvang.progress.models import Period, Report

ASK = "progress.ask"  # the job
AT_ONCE = 100  # units that a clerk waits for; more are asked in the background
CHUNK = 1000  # reports of one part


def left_to_ask(period: Period, day: datetime.date) -> QuerySet[Unit]:
    """Units that take part on the day and have no row for the period yet."""
    standing = period.movement.roll_outs.exclude(state=RollOut.State.WITHDRAWN).values("unit")
    return Unit.objects.as_of(day).filter(pk__in=standing).exclude(pk__in=period.reports.values("unit")).order_by("pk")


def order(period: Period, event: Event, day: datetime.date, *, units: int) -> None:
    """Ask the units of a period that the clerk has just opened by `event`, in the same transaction."""
    if units <= AT_ONCE:
        ask_next(period, event, day, most=AT_ONCE)
    else:
        leases.order(ASK, period.pk, event.pk, day.isoformat())


def ask_next(period: Period, event: Event, day: datetime.date, *, most: int) -> bool:
    """Ask the next units, inside the caller's transaction. False when nobody is left. Their chains begin with `event`."""
    events.one_at_a_time(f"reports of {period.movement_id}")
    units = list(left_to_ask(period, day)[:most])
    bulk.insert_rows(Report, [Report(period=period, unit=unit) for unit in units])
    events.begin_chains(event, period.reports.all())
    return len(units) == most


def is_being_asked(periods: Sequence[Period]) -> dict[int, bool]:
    """Periods (by key) whose units are still being asked; True where the worker gave up."""
    by_key = {period.pk: period for period in periods}
    open_ = JobLease.objects.filter(job=ASK, done_at__isnull=True).values_list("arguments", "dead_at")
    return {arguments[0]: dead is not None for arguments, dead in open_.order_by("pk") if arguments[0] in by_key}


@welcome
def ask_new_units(launch: Launch, units: Sequence[Unit]) -> None:
    """Units that a running movement has just reached owe the reports whose last day to send is still ahead."""
    events.one_at_a_time(f"reports of {launch.movement_id}")
    ahead = Period.objects.standing().filter(movement=launch.movement, due_on__gte=launch.day).order_by("pk")
    for period in ahead:
        asked = set(period.reports.filter(unit__in=units).values_list("unit_id", flat=True))
        bulk.insert_rows(Report, [Report(period=period, unit=unit) for unit in units if unit.pk not in asked])
    events.begin_chains(launch.event, Report.objects.filter(period__in=ahead))
