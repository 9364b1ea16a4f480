"""A unit carries a movement out: adopts the plan or makes its own, gives tasks to its people, hands on to the units below."""

import datetime
from collections.abc import Sequence

from bangvang import vietnamese
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.movements import launching
from bangvang.movements.access import may_finish_task, may_pass_on, may_plan
from bangvang.movements.models import RollOut, UnitPlan, UnitTask
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.people.models import Person, Unit, User


@action
def write_unit_plan(roll_out: RollOut, *, kind: str, text: str, by: Actor, version: int | None = None) -> UnitPlan:
    """Say how the unit carries the movement out; said anew under the version it was opened with."""
    if not (verdict := may_plan(by, roll_out)):
        raise Refused(verdict)
    if kind == UnitPlan.Kind.OWN and not text.strip():
        raise Refused(no("Kế hoạch riêng cần ghi nội dung."))
    events.lock([roll_out])
    plan = UnitPlan.objects.filter(roll_out=roll_out).first()
    if plan is None:
        plan = UnitPlan(roll_out=roll_out, kind=UnitPlan.Kind(kind), text=text, written_by=by.person, written_on=by.day)
        plan.save(force_insert=True)
    else:
        bump(plan, version=version, kind=UnitPlan.Kind(kind).value, text=text, written_by=by.person, written_on=by.day)
    events.record("unit_plan.write", by=by, roots=[plan, roll_out], body={"kind": kind})
    return plan


@action
def attach_to_unit_plan(plan: UnitPlan, file: StoredFile, *, by: Actor) -> None:
    """Add the unit's signed plan, or another one in its place; the event keeps the code of each."""
    if not (verdict := may_plan(by, plan.roll_out)):
        raise Refused(verdict)
    if not (verdict := stored.is_own(file, by)):
        raise Refused(verdict)
    events.lock([plan])
    bump(plan, version=None, file=file)
    events.record("unit_plan.attach", by=by, roots=[plan], body={"file": file.code})


@action
def give_task(plan: UnitPlan, person: Person, text: str, *, due_on: datetime.date, by: Actor) -> UnitTask:
    """Give a content or an indicator to somebody of the unit with a last day; the person is told."""
    if not (verdict := may_plan(by, plan.roll_out)):
        raise Refused(verdict)
    unit = plan.roll_out.unit
    if not person.duties.as_of(by.day).filter(unit=unit).exists():
        raise Refused(no(f"{person.full_name} không công tác ở {unit.name}."))
    if due_on < by.day:
        raise Refused(no("Hạn này đã qua."))
    task = UnitTask(plan=plan, person=person, text=text, due_on=due_on)
    task.save(force_insert=True)
    events.record("unit_plan.give_task", by=by, roots=[plan], body={"task": task.code, "text": text[:200]})
    notices.tell(
        User.objects.filter(is_active=True, person=person).values_list("pk", flat=True),
        f"{unit.name} giao {person.pronoun}: {text[:200]} Hạn: hết ngày {vietnamese.format_date(due_on)}.",
        key=f"unit_task:{task.code}",
        link=("unit_plans:one", plan.roll_out.code),
    )
    return task


@action
def finish_task(task: UnitTask, *, by: Actor) -> None:
    """The task is done today."""
    if not (verdict := may_finish_task(by, task)):
        raise Refused(verdict)
    if not UnitTask.objects.filter(pk=task.pk, done_on__isnull=True).update(done_on=by.day):
        raise Refused(no("Việc này đã báo xong trước đó."))
    events.record("unit_plan.finish_task", by=by, roots=[task.plan], body={"task": task.code})


@action
def pass_on(roll_out: RollOut, units: Sequence[Unit], *, by: Actor) -> int:
    """Hand the movement on to units below, under the same last days. Each acknowledges, plans and registers by itself."""
    if not (verdict := may_pass_on(by, roll_out)):
        raise Refused(verdict)
    if not units or any(unit.parent_id != roll_out.unit_id for unit in units):
        raise Refused(no(f"Xin chọn đơn vị trực thuộc {roll_out.unit.name}."))
    movement = roll_out.movement
    events.lock([roll_out])
    have = set(movement.roll_outs.filter(unit__in=units).values_list("unit_id", flat=True))
    new = [unit for unit in units if unit.pk not in have]
    if not new:
        raise Refused(no("Các đơn vị này đã nhận phong trào."))
    event = events.record("roll_out.pass_on", by=by, roots=[roll_out], body={"units": [unit.code for unit in new]})
    launching.order(
        movement, new, [], event=event, acknowledge_by=roll_out.acknowledge_by, register_by=roll_out.register_by, day=by.day
    )  # fmt: skip
    return len(new)
