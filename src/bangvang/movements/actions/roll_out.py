"""Rolling a movement out: to which units, which duty is whose until when; more units, more time; acknowledging; reminding."""

import datetime
from collections.abc import Sequence

from django.db.models import Q

from bangvang import vietnamese
from bangvang.kernel import clock, events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.movements import launching, queries
from bangvang.movements.access import is_clerk_of, may_change_units, may_finish, may_reach_milestone
from bangvang.movements.launching import Charge
from bangvang.movements.models import Assignment, Launch, Milestone, Movement, RollOut
from bangvang.movements.workflow import PLAN, ROLL_OUT
from bangvang.notices import actions as notices
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Person, Unit


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
) -> Launch:
    """Push an issued movement to units and give its duties to owners. The heads of the units are told; each unit
    gets an empty registration. Many units get it in the background: the launch says how far."""
    if not units:
        raise Refused(no("Chưa chọn đơn vị nào để triển khai."))
    event = PLAN.take(movement, "roll_out", by=by, version=version, body={"units": [unit.code for unit in units]})
    days = {"acknowledge_by": acknowledge_by, "register_by": register_by, "day": by.day}
    return launching.order(movement, units, charges, event=event, **days)


@action
def add_units(
    movement: Movement,
    units: Sequence[Unit],
    *,
    acknowledge_by: datetime.date,
    register_by: datetime.date,
    by: Actor,
) -> Launch:
    """Units join a movement that runs already, with last days of their own: a new division, or one that was forgotten."""
    if not (verdict := may_change_units(by, movement)):
        raise Refused(verdict)
    before = set(movement.roll_outs.filter(unit__in=units).values_list("unit_id", flat=True))
    if not (new := [unit for unit in units if unit.pk not in before]):
        raise Refused(no("Phong trào đã đến các đơn vị này từ trước."))
    event = events.record("movement.add_units", by=by, roots=[movement], body={"units": [unit.code for unit in new]})
    days = {"acknowledge_by": acknowledge_by, "register_by": register_by, "day": by.day}
    return launching.order(movement, new, launching.charges_ahead(movement, by.day), event=event, **days)


@action
def extend(
    movement: Movement,
    unit: Unit | None,
    *,
    acknowledge_by: datetime.date | None,
    register_by: datetime.date | None,
    reason: str,
    by: Actor,
) -> int:
    """Later last days to acknowledge or to register, for one unit or (None) all that have not answered; None leaves a day
    as it is. The heads are told the reason. Returns how many units got more time."""
    if not (verdict := may_change_units(by, movement)):
        raise Refused(verdict)
    if not reason.strip():
        raise Refused(no("Gia hạn thì ghi lý do."))
    asked = {"acknowledge_by": acknowledge_by, "register_by": register_by}
    days = {name: day for name, day in asked.items() if day is not None}
    if not days or min(days.values()) < by.day:
        raise Refused(no("Hạn mới là một ngày từ hôm nay trở đi."))
    events.lock([movement])
    silent = queries.silent_units(movement)
    rows = movement.roll_outs.filter(unit__in=silent if unit is None else [unit.pk])
    rows = rows.exclude(state=RollOut.State.WITHDRAWN)
    shorter = Q()
    for name, day in days.items():
        shorter |= Q(**{f"{name}__gt": day})
    if rows.filter(shorter).exists():
        raise Refused(no("Có đơn vị đang có hạn muộn hơn hạn mới. Gia hạn thì không rút ngắn hạn của ai."))
    keys = list(rows.values_list("unit_id", flat=True))
    if not keys:
        raise Refused(no("Không có đơn vị nào còn phải trả lời, nên không cần gia hạn."))
    movement.roll_outs.filter(unit__in=keys).update(**days, extended_on=by.day)
    body = {name: day.isoformat() for name, day in days.items()}
    body |= {"unit": unit.code if unit else "", "units": str(len(keys)), "reason": reason.strip()}
    event = events.record("movement.extend", by=by, roots=[movement], body=body)
    told = {"acknowledge_by": "hạn xác nhận", "register_by": "hạn đăng ký"}
    until = ", ".join(f"{told[name]} đến hết ngày {vietnamese.format_date(day)}" for name, day in days.items())
    notices.announce(
        people.users_of_units(keys, Duty.HEADS, on=by.day),
        f"Phong trào “{movement.title}” được gia hạn: {until}. Lý do: {reason.strip()}",
        key=f"extend:{movement.code}:{event.pk}",
        link=("movements:one", movement.code),
    )
    return len(keys)


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
    codes = list(silent.values_list("code", flat=True))
    if not codes:
        raise Refused(no("Không còn đơn vị nào im lặng: không cần nhắc."))
    notices.tell(
        people.users_of_units(silent.values("pk"), Duty.HEADS, on=by.day),
        text,
        key=f"remind:{movement.code}:{clock.now():%Y%m%d%H%M}",
        link=("movements:one", movement.code),
    )
    events.record("movement.remind", by=by, roots=[movement], body={"units": codes})
    return len(codes)
