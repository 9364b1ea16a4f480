"""What movements ask of the people and the units: acknowledge, register, carry out, take in."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from bangvang import vietnamese
from bangvang.intake.access import batches_visible_to, may_work
from bangvang.intake.models import Batch
from bangvang.movements.access import (
    is_head_of,
    may_register_for,
    movements_visible_to,
    registrations_visible_to,
    reviews_visible_to,
)
from bangvang.movements.board import overdue_units
from bangvang.movements.models import Assignment, Milestone, Movement, PlanReview, Registration, RollOut
from bangvang.movements.queries import ended
from bangvang.movements.workflow import PLAN
from bangvang.people.actor import Actor
from bangvang.people.models import Duty

R = Registration.State
AHEAD = datetime.timedelta(days=30)  # a stage of a plan is a task from so long before its last day
DUE_NAMES = (("bad", "Quá hạn"), ("today", "Hôm nay"), ("week", "Tuần này"), ("later", "Sau đó"))


@dataclass(frozen=True)
class Task:
    """One line of the list: until when, what, about what, where to do it. `due_on`: its last day (inclusive), None when it has none."""

    until: str
    left: str
    title: str
    line: str
    address: str
    label: str
    due_on: datetime.date | None = None


@dataclass(frozen=True)
class Group:
    """Tasks of one urgency (look.md 4.7)."""

    key: str
    name: str
    tasks: tuple[Task, ...]


def grouped(tasks: list[Task], today: datetime.date, waiting: str) -> list[Group]:
    """Overdue, today, this week (until Sunday), later, then those without a day under `waiting`. Empty groups are left out."""
    sunday = today + datetime.timedelta(days=6 - today.weekday())

    def urgency(task: Task) -> str:
        if task.due_on is None:
            return "waiting"
        if task.due_on < today:
            return "bad"
        if task.due_on == today:
            return "today"
        return "week" if task.due_on <= sunday else "later"

    by_urgency: dict[str, list[Task]] = {}
    for task in tasks:
        by_urgency.setdefault(urgency(task), []).append(task)
    names = (*DUE_NAMES, ("waiting", waiting))
    last = datetime.date.max
    return [
        Group(key, name, tuple(sorted(by_urgency[key], key=lambda task: task.due_on or last)))
        for key, name in names
        if key in by_urgency
    ]


def of_unit(actor: Actor) -> list[Task]:
    """What the actor's own unit, and the actor in it, still owes to movements."""
    if actor.role == Duty.Role.ADMINISTRATOR:
        return []
    tasks: list[Task] = []
    open_movements = movements_visible_to(actor).filter(state__in=Movement.OPEN_STATES)
    own = RollOut.objects.filter(unit=actor.unit, movement__in=open_movements).exclude(state=RollOut.State.WITHDRAWN)
    for row in own.select_related("movement", "unit").order_by("acknowledge_by", "pk"):
        if is_head_of(actor, row.unit_id) and row.state == RollOut.State.PUSHED:
            address = reverse("movements:acknowledge", args=[row.movement.code])
            tasks.append(due("Xác nhận phong trào", row.movement, address, "Xác nhận", row.acknowledge_by, actor))
        registration = row.movement.registrations.filter(unit=row.unit).first()
        if registration is not None:
            tasks += _registering(actor, registration, row.register_by)
    if is_head_of(actor, actor.unit.pk):
        tasks += _assigned(Assignment.objects.filter(unit=actor.unit, done_on__isnull=True), actor)
    return tasks + _lists(actor)


def _lists(actor: Actor) -> list[Task]:
    """Lists that came in and wait for the one who may work on them."""
    waiting = batches_visible_to(actor).filter(state__in=Batch.OPEN_STATES).select_related("file", "dossier__unit")
    return [
        Task(
            until="Chưa có hạn",
            left=f"từ {vietnamese.format_date(batch.sent_at.date())}",
            title=f"Nhập danh sách: {batch.file.name}",
            line=batch.get_state_display(),
            address=reverse("intake:one", args=[batch.code]),
            label="Xem",
        )
        for batch in waiting.order_by("pk")
        if may_work(actor, batch)
    ]


def _registering(actor: Actor, registration: Registration, until: datetime.date) -> list[Task]:
    address = reverse("registrations:one", args=[registration.code])
    movement = registration.movement
    if registration.state not in {R.DRAFT, R.RETURNED}:
        return []
    if is_head_of(actor, registration.unit_id):
        act = "Sửa bản đăng ký bị trả lại" if registration.state == R.RETURNED else "Gửi bản đăng ký của đơn vị"
        return [due(act, movement, address, "Mở bản đăng ký", until, actor)]
    if registration.lines.filter(person=actor.person).exists() or not may_register_for(
        actor, registration, actor.person
    ):
        return []
    return [due("Đăng ký thi đua", movement, address, "Đăng ký", until, actor)]


def _assigned(found: QuerySet[Assignment], actor: Actor) -> list[Task]:
    open_movements = movements_visible_to(actor).filter(state__in=Movement.OPEN_STATES)
    rows = found.filter(movement__in=open_movements).select_related("movement").order_by("due_on", "pk")
    return [
        due(task.text, task.movement, reverse("movements:one", args=[task.movement.code]), "Mở", task.due_on, actor)
        for task in rows
    ]


def of_clerk(actor: Actor) -> list[Task]:
    """What the standing body has to do: readings, roll-outs, registrations that came in, units that stay silent."""
    tasks = [
        Task(
            until="Chưa có hạn",
            left=f"từ {vietnamese.format_date(review.opened_at.date())}",
            title=f"Xem bản đọc kế hoạch: {review.reading.file.name}",
            line=review.reading.get_state_display(),
            address=reverse("reviews:one", args=[review.code]),
            label="Xem",
        )
        for review in reviews_visible_to(actor)
        .filter(state=PlanReview.State.OPEN)
        .select_related("reading__file")
        .order_by("pk")
    ]
    movements = movements_visible_to(actor).order_by("pk")
    for movement in movements.filter(state=Movement.State.ISSUED):
        address = reverse("movements:roll_out", args=[movement.code])
        tasks.append(plain("Triển khai đến đơn vị", movement, address, "Triển khai"))
    came = (
        registrations_visible_to(actor)
        .filter(state=R.SENT)
        .select_related("movement", "unit")
        .order_by("sent_on", "pk")
    )
    for registration in came:
        address = reverse("registrations:one", args=[registration.code])
        tasks.append(plain(f"Tiếp nhận đăng ký của {registration.unit.name}", registration.movement, address, "Xem"))
    tasks += [
        plain(act, movement, reverse("movements:step", args=[movement.code, step]), "Mở")
        for step, act in (("review", "Ghi đã tổng kết"), ("close", "Kết thúc phong trào"))
        for movement in ended(movements.filter(state__in=PLAN.step(step).sources), actor.day)
    ]
    tasks += [
        due(f"Mốc của kế hoạch: {one.name}", one.movement, reverse("movements:one", args=[one.movement.code]), "Mở", one.last_day, actor)
        for one in _stages_ahead(movements, actor.day)
    ]  # fmt: skip
    for movement in movements.filter(state__in=Movement.OPEN_STATES):
        if late := overdue_units(movement, actor.day):
            address = reverse("movements:remind", args=[movement.code])
            tasks.append(plain(f"Nhắc {late} đơn vị quá hạn", movement, address, "Soạn lời nhắc"))
    return tasks


def _stages_ahead(movements: QuerySet[Movement], day: datetime.date) -> QuerySet[Milestone]:
    """Stages of open movements that are not done and lie behind or soon ahead."""
    open_ = movements.filter(state__in=Movement.OPEN_STATES)
    found = Milestone.objects.filter(movement__in=open_, done_on__isnull=True, last_day__lte=day + AHEAD)
    return found.select_related("movement").order_by("last_day", "pk")


def plain(act: str, movement: Movement, address: str, label: str) -> Task:
    since = movement.issued_on and vietnamese.format_date(movement.issued_on)
    return Task("Chưa có hạn", f"từ {since}" if since else "", act, movement.title, address, label)


def due(act: str, movement: Movement, address: str, label: str, until: datetime.date, actor: Actor) -> Task:
    days = (until - actor.day).days
    left = f"quá {-days} ngày" if days < 0 else f"còn {days} ngày" if days else "hết hôm nay"
    return Task(f"Đến hết {vietnamese.format_date(until)}", left, act, movement.title, address, label, until)
