"""Sending a movement to units: a few at once, thousands by a worker, part by part, each part whole or not at all."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import F

from bangvang import vietnamese
from bangvang.kernel import bulk, events, leases
from bangvang.kernel.models import Event, JobLease
from bangvang.movements.models import Assignment, Launch, Movement, Registration, RollOut
from bangvang.notices import actions as notices
from bangvang.people import queries as people
from bangvang.people.models import Duty, Unit

LAUNCH = "movements.launch"  # the job
AT_ONCE = 50  # units that a clerk waits for; more go in the background
CHUNK = 250  # units of one part: with a dozen duties each the write lock stays far below a second

NewUnits = Callable[[Launch, Sequence[Unit]], None]
_welcomes: list[NewUnits] = []


def welcome(function: NewUnits) -> NewUnits:
    """Have an upper room do its part for units that a movement has just reached, in the same transaction."""
    _welcomes.append(function)
    return function


@dataclass(frozen=True)
class Charge:
    """A duty of the plan given to a unit, or (None) to each unit that the movement is sent to; the last day is inclusive."""

    text: str
    unit: Unit | None
    due_on: datetime.date


def order(
    movement: Movement,
    units: Sequence[Unit],
    charges: Sequence[Charge],
    *,
    event: Event,
    acknowledge_by: datetime.date,
    register_by: datetime.date,
    day: datetime.date,
) -> Launch:
    """Send a movement to units, inside the transaction of the clerk's act `event`; more than AT_ONCE are left to the worker."""
    told = [{"text": one.text, "due_on": one.due_on.isoformat(), "unit": one.unit and one.unit.pk} for one in charges]
    launch = Launch(
        movement=movement, event=event, day=day, acknowledge_by=acknowledge_by, register_by=register_by,
        units=[unit.pk for unit in units], charges=told, total=len(units),
    )  # fmt: skip
    launch.save(force_insert=True)
    Assignment.objects.bulk_create(
        Assignment(movement=movement, unit=one.unit, text=one.text, due_on=one.due_on)
        for one in charges
        if one.unit is not None
    )
    if len(units) <= AT_ONCE:
        push_next(launch, most=AT_ONCE)
    else:
        leases.order(LAUNCH, launch.pk)
    return launch


def charges_ahead(movement: Movement, day: datetime.date) -> list[Charge]:
    """The duties that were given to each unit and whose last day is not past: whoever joins later has them too."""
    first = movement.launches.first()
    given = (
        [(one["text"], datetime.date.fromisoformat(one["due_on"]), one["unit"]) for one in first.charges]
        if first
        else []
    )
    return [Charge(text, None, due_on) for text, due_on, unit in given if unit is None and due_on >= day]


def push_next(launch: Launch, *, most: int) -> bool:
    """Send to the next units of a launch, inside the caller's transaction. False when nobody is left.

    A unit that the movement has reached by another launch is passed over.
    """
    movement, keys = launch.movement, launch.units[launch.reached : launch.reached + most]
    events.one_at_a_time(f"launch of {movement.pk}")
    standing = RollOut.objects.filter(movement=movement, unit__in=keys).values("unit")
    units = list(Unit.objects.filter(pk__in=keys).exclude(pk__in=standing).order_by("pk"))
    days = {"acknowledge_by": launch.acknowledge_by, "register_by": launch.register_by}
    bulk.insert_rows(RollOut, [RollOut(movement=movement, unit=unit, **days) for unit in units])
    bulk.insert_rows(Registration, [Registration(movement=movement, unit=unit) for unit in units])
    everybodys = [charge for charge in launch.charges if charge["unit"] is None]
    tasks = [
        Assignment(movement=movement, unit=unit, text=one["text"], due_on=datetime.date.fromisoformat(one["due_on"]))
        for unit in units
        for one in everybodys
    ]
    bulk.insert_rows(Assignment, tasks)
    events.begin_chains(launch.event, RollOut.objects.filter(movement=movement))
    events.begin_chains(launch.event, Registration.objects.filter(movement=movement))
    _tell(launch, units)
    for function in _welcomes:
        function(launch, units)
    launch.reached += len(keys)
    launch.save(update_fields=["reached"])
    return launch.reached < launch.total


def _tell(launch: Launch, units: Sequence[Unit]) -> None:
    """The heads of the units hear of it, once however often a part is tried."""
    movement, names = launch.movement, {unit.pk: unit for unit in units}
    heads = people.users_by_unit([unit.pk for unit in units], Duty.HEADS, on=launch.day)
    until = vietnamese.format_date(launch.acknowledge_by)
    notices.tell_each(
        [
            (
                user,
                f"Phong trào “{movement.title}” gửi đến {names[unit].name}: xin xác nhận và cử người phụ trách"
                f" trước hết ngày {until}.",
                f"roll_out:{movement.code}:{names[unit].code}",
            )
            for unit, user in heads
        ],
        link=("movements:one", movement.code),
    )


@dataclass(frozen=True)
class Progress:
    """How far the launches of a movement are that are still on their way. `is_stuck`: the worker gave up."""

    reached: int
    total: int
    is_stuck: bool

    @property
    def left(self) -> int:
        return self.total - self.reached


def progress_of(movement: Movement) -> Progress | None:
    """None when every unit has the movement, or the movement is over. Units that a launch did not reach and a later one did are not missing."""
    launches = list(movement.launches.filter(reached__lt=F("total")))
    if not launches or movement.state not in Movement.OPEN_STATES:
        return None
    wanted = {unit for launch in launches for unit in launch.units}
    missing = wanted - set(movement.roll_outs.values_list("unit_id", flat=True))
    dead = JobLease.objects.filter(job=LAUNCH, arguments__in=[[one.pk] for one in launches], dead_at__isnull=False)
    return Progress(len(wanted) - len(missing), len(wanted), dead.exists()) if missing else None


def missing_units(movement: Movement) -> set[int]:
    """Keys of units that a launch was to reach and that do not have the movement."""
    wanted = {unit for launch in movement.launches.filter(reached__lt=F("total")) for unit in launch.units}
    return wanted - set(movement.roll_outs.values_list("unit_id", flat=True))
