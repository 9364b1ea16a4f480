"""Rolling a movement out: to which units, which duty is whose until when; acknowledging; reminding the silent."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bangvang import vietnamese
from bangvang.kernel import clock, events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.movements import queries
from bangvang.movements.access import is_clerk_of, may_finish, may_reach_milestone
from bangvang.movements.models import Assignment, Milestone, Movement, Registration, RollOut
from bangvang.movements.workflow import PLAN, ROLL_OUT
from bangvang.notices import actions as notices
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Person, Unit


@dataclass(frozen=True)
class Charge:
    """A duty of the plan given to a unit with a last day (inclusive)."""

    text: str
    unit: Unit
    due_on: datetime.date


@action
def roll_out(
    movement: Movement,
    units: Sequence[Unit],
    charges: Sequence[Charge],
    *,
    acknowledge_by: datetime.date,
    register_by: datetime.date,
    by: Actor,
    version: int | None = None,
) -> None:
    """Push an issued movement to units and give its duties to owners. The heads of the units are told; each unit
    gets an empty registration."""
    if not units:
        raise Refused(no("Chưa chọn đơn vị nào để triển khai."))
    PLAN.take(movement, "roll_out", by=by, version=version, body={"units": [unit.code for unit in units]})
    for unit in units:
        before = RollOut.objects.create(
            movement=movement, unit=unit, acknowledge_by=acknowledge_by, register_by=register_by
        )
        registration = Registration.objects.create(movement=movement, unit=unit)
        events.record("roll_out.push", by=by, roots=[before, registration], body={"unit": unit.code})
        notices.tell(
            people.users_with_role(unit, Duty.HEADS, on=by.day),
            f"Phong trào “{movement.title}” gửi đến {unit.name}: xin xác nhận và cử người phụ trách"
            f" trước hết ngày {vietnamese.format_date(acknowledge_by)}.",
            key=f"roll_out:{movement.code}:{unit.code}",
            link=("movements:one", movement.code),
        )
    Assignment.objects.bulk_create(
        Assignment(movement=movement, unit=charge.unit, text=charge.text, due_on=charge.due_on) for charge in charges
    )


@action
def acknowledge(roll_out: RollOut, leader: Person, *, by: Actor, version: int | None = None) -> None:
    """The head of the unit has seen the movement and names who leads there."""
    if not leader.duties.as_of(by.day).filter(unit=roll_out.unit).exists():
        raise Refused(no(f"{leader.full_name} không công tác ở {roll_out.unit.name}."))
    ROLL_OUT.take(roll_out, "acknowledge", by=by, version=version, also=[roll_out.movement], leader=leader)


@action
def withdraw_unit(roll_out: RollOut, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Record that a unit takes no further part; what it sent before stays."""
    ROLL_OUT.take(roll_out, "withdraw", by=by, reason=reason, version=version, also=[roll_out.movement])


@action
def finish_assignment(assignment: Assignment, *, on: datetime.date, by: Actor) -> None:
    """The owner reports a task as done."""
    if not (verdict := may_finish(by, assignment)):
        raise Refused(verdict)
    if Assignment.objects.filter(pk=assignment.pk, done_on__isnull=True).update(done_on=on):
        body = {"text": assignment.text[:200], "unit": assignment.unit.code}
        events.record("movement.finish_assignment", by=by, roots=[assignment.movement], body=body)
    else:
        raise Refused(no("Việc này đã báo xong trước đó."))


@action
def reach_milestone(milestone: Milestone, *, by: Actor) -> None:
    """A stage of the plan is done, today."""
    if not (verdict := may_reach_milestone(by, milestone)):
        raise Refused(verdict)
    if not Milestone.objects.filter(pk=milestone.pk, done_on__isnull=True).update(done_on=by.day):
        raise Refused(no("Mốc này đã ghi xong trước đó."))
    body = {"name": milestone.name}
    events.record("movement.reach_milestone", by=by, roots=[milestone.movement], body=body)


@action
def remind(movement: Movement, text: str, *, by: Actor) -> int:
    """Tell the heads of the units that have not acknowledged or registered. Returns how many units were reminded."""
    if not (verdict := is_clerk_of(by, movement)):
        raise Refused(verdict)
    silent = queries.silent_units(movement)
    if not silent:
        raise Refused(no("Không còn đơn vị nào im lặng: không cần nhắc."))
    for unit in silent:
        notices.tell(
            people.users_with_role(unit, Duty.HEADS, on=by.day),
            text,
            key=f"remind:{movement.code}:{clock.now():%Y%m%d%H%M}",
            link=("movements:one", movement.code),
        )
    events.record("movement.remind", by=by, roots=[movement], body={"units": [unit.code for unit in silent]})
    return len(silent)
