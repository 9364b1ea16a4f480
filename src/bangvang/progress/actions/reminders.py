"""Reminding the units that owe a report: drafted once for each occasion, looked at by a person or sent by rule."""

import datetime

from django.db import IntegrityError, transaction

from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.movements.board import LONGEST_NOTICE
from bangvang.movements.models import Movement, RollOut
from bangvang.notices import actions as notices
from bangvang.people import queries as people
from bangvang.people.actor import Actor, System
from bangvang.people.models import Duty, User
from bangvang.progress.access import may_set_up
from bangvang.progress.models import Period, Reminder, ReminderRule
from bangvang.progress.queries import owing_units
from bangvang.progress.reminding import day_of, words_of
from bangvang.progress.workflow import REMINDER


@action
def add_rule(movement: Movement, *, days: int, in_working_days: bool, by_itself: bool, by: Actor) -> ReminderRule:
    """Set a day of reminding for every period of the movement, from today on: what lies before is not made up for."""
    if not (verdict := may_set_up(by, movement)):
        raise Refused(verdict)
    rule = ReminderRule(
        movement=movement, days=days, in_working_days=in_working_days, by_itself=by_itself, made_on=by.day
    )
    try:
        with transaction.atomic():
            rule.save(force_insert=True)
    except IntegrityError:
        raise Refused(no(f"Lịch “{rule}” đã đặt cho phong trào này.")) from None
    body = {"days": days, "working": in_working_days, "by_itself": by_itself}
    events.record("movement.add_reminder_rule", by=by, roots=[movement], body=body)
    return rule


@action
def drop_rule(rule: ReminderRule, *, by: Actor) -> None:
    """Remind no longer on this day; what was drafted stays."""
    if not (verdict := may_set_up(by, rule.movement)):
        raise Refused(verdict)
    body = {"days": rule.days, "working": rule.in_working_days}
    events.record("movement.drop_reminder_rule", by=by, roots=[rule.movement], body=body)
    rule.delete()


@action
def draft_of_rule(rule: ReminderRule, period: Period, *, on: datetime.date, by: System) -> Reminder:
    """A rule met its day: draft the words, and send them where the rule says so. Where nobody owes, that is recorded.

    `on` is the present day: later than the rule's day when the machine was off. The second draft of one occasion is
    refused by the database (IntegrityError).
    """
    day, is_tentative = day_of(rule, period)
    text = words_of(period, on)
    reminder = Reminder(period=period, rule=rule, day=day, due_on=period.due_on, is_tentative=is_tentative, text=text)
    reminder.save(force_insert=True)
    events.record("reminder.draft", by=by, roots=[reminder], body={"period": period.code})
    if not owing_units(period, on).exists():
        REMINDER.take(reminder, "lapse", by=by)
    elif rule.by_itself:
        _release(reminder, text, on, by)
    return reminder


@action
def draft_reminder(period: Period, *, by: Actor) -> Reminder:
    """The clerk wants to remind now."""
    if not (verdict := may_set_up(by, period.movement)):
        raise Refused(verdict)
    if not owing_units(period, by.day).exists():
        raise Refused(no(f"Không còn đơn vị nào nợ báo cáo {period.name}: không cần nhắc."))
    reminder = Reminder(period=period, day=by.day, due_on=period.due_on, text=words_of(period, by.day))
    reminder.save(force_insert=True)
    events.record("reminder.draft", by=by, roots=[reminder], body={"period": period.code})
    return reminder


@action
def release_reminder(reminder: Reminder, text: str, *, by: Actor, version: int | None = None) -> None:
    """Send the words, as the clerk left them, to whoever owes at this moment."""
    _release(reminder, text, by.day, by, version)


def _release(reminder: Reminder, text: str, day: datetime.date, by: Actor | System, version: int | None = None) -> None:
    period = reminder.period
    owing = owing_units(period, day)
    if not owing.exists():
        raise Refused(no(f"Không còn đơn vị nào nợ báo cáo {period.name}: không cần nhắc."))
    keys = list(owing.values_list("pk", flat=True))
    leaders = RollOut.objects.filter(movement=period.movement, unit__in=keys).values("leader")
    users = {
        *people.users_of_units(keys, Duty.HEADS, on=day),
        *User.objects.filter(is_active=True, person__in=leaders).values_list("pk", flat=True),
    }
    REMINDER.take(
        reminder, "release", by=by, version=version, also=[period.movement], body={"units": len(keys)},
        text=text, told=len(users),
    )  # fmt: skip
    notices.announce(
        users,
        text[:LONGEST_NOTICE],
        key=reminder.notice_key,
        link=("movements:one", period.movement.code),
        subject=f"Nhắc gửi báo cáo {period.name}",
    )


@action
def drop_reminder(reminder: Reminder, *, by: Actor, version: int | None = None) -> None:
    """Do not send this one."""
    REMINDER.take(reminder, "drop", by=by, version=version)
