"""What reports ask of people: a unit owes one, the standing body takes them in and sees who is silent."""

import datetime

from django.db.models import Count, QuerySet
from django.urls import reverse

from bangvang import vietnamese
from bangvang.movements.access import is_head_of, movements_visible_to
from bangvang.movements.models import RollOut
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from bangvang.progress.access import reminders_visible_to
from bangvang.progress.models import Period, Reminder, Report
from bangvang.progress.standing import owed_on
from bangvang.web.staff.unit_tasks import Task, due

AHEAD = datetime.timedelta(days=14)  # a report is a task from so long before its last day


def of_progress(actor: Actor) -> list[Task]:
    """Reports that wait for this duty."""
    return _of_standing_body(actor) if actor.role == Duty.Role.CLERK else _of_own_unit(actor)


def _of_own_unit(actor: Actor) -> list[Task]:
    """Reports of the unit that are due soon, overdue or returned: for its head, and for who leads the movement there."""
    mine = owed_on(actor.day).filter(unit=actor.unit, period__due_on__lte=actor.day + AHEAD)
    if not is_head_of(actor, actor.unit.pk):
        led = RollOut.objects.filter(unit=actor.unit, leader=actor.person)
        mine = mine.filter(period__movement__in=led.values("movement"))
    found = mine.select_related("period__movement").order_by("period__due_on", "pk")
    return [
        due(
            f"{'Sửa báo cáo bị trả lại' if report.state == Report.State.RETURNED else 'Gửi báo cáo'}: {report.period.name}",
            report.period.movement,
            reverse("progress:one", args=[report.code]),
            "Mở báo cáo",
            report.period.due_on,
            actor,
        )
        for report in found
    ]


def _of_standing_body(actor: Actor) -> list[Task]:
    """One line a period, however many units: how many reports came in, how many are overdue."""
    periods = Period.objects.standing().filter(movement__in=movements_visible_to(actor))
    came = Report.objects.filter(period__in=periods, state=Report.State.SENT)
    silent = owed_on(actor.day).filter(period__in=periods.filter(due_on__lt=actor.day), state=Report.State.DRAFT)
    drafted = reminders_visible_to(actor).filter(state=Reminder.State.DRAFTED).select_related("period__movement")
    return [
        *(_reminder(one) for one in drafted.order_by("day", "pk")),
        *_counted(came, silent),
    ]


def _reminder(reminder: Reminder) -> Task:
    address = reverse("progress:reminder", args=[reminder.code])
    since = f"từ {vietnamese.format_date(reminder.day)}"
    title = f"Xem và gửi lời nhắc: {reminder.period.name}"
    return Task("Chưa có hạn", since, title, reminder.period.movement.title, address, "Xem")


def _counted(came: QuerySet[Report], silent: QuerySet[Report]) -> list[Task]:
    return [
        _about(period, words.format(count))
        for words, reports in (("Tiếp nhận {} báo cáo", came), ("{} đơn vị nợ báo cáo", silent))
        for period, count in _by_period(reports)
    ]


def _by_period(reports: QuerySet[Report]) -> list[tuple[Period, int]]:
    """Periods with how many of these reports, the earliest due first."""
    counts = dict(reports.order_by("period").values_list("period").annotate(Count("pk")))
    found = Period.objects.filter(pk__in=counts).select_related("movement").order_by("due_on", "pk")
    return [(period, counts[period.pk]) for period in found]


def _about(period: Period, act: str) -> Task:
    address = f"{reverse('progress:board', args=[period.movement.code])}?ky={period.code}"
    until = f"Hạn gửi {vietnamese.format_date(period.due_on)}"
    return Task(until, "", f"{act}: {period.name}", period.movement.title, address, "Xem")
