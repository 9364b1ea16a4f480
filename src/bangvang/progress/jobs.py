"""Every day the reminders whose day has come are drafted, each exactly once; the units of a period are asked part by part."""

import datetime

from bangvang.kernel import bulk
from bangvang.kernel.leases import Held, job
from bangvang.kernel.models import Event
from bangvang.kernel.ticking import every_day
from bangvang.people.actor import System
from bangvang.progress import actions, asking
from bangvang.progress.models import Period, Reminder, ReminderRule, Report
from bangvang.progress.reminding import day_of

DRAFTING = "progress.draft_reminders"
CLOCK = System("Đồng hồ của hệ thống")


@job(DRAFTING)
def draft_reminders(held: Held, day: str) -> None:
    """Occasions of the day, and of the days on which the machine was off, since the rule was set or the period extended."""
    today = datetime.date.fromisoformat(day)
    for rule in ReminderRule.objects.select_related("movement").order_by("pk"):
        drafted = set(Reminder.objects.filter(rule=rule).values_list("period_id", "due_on"))
        for period in Period.objects.standing().filter(movement=rule.movement).order_by("pk"):
            since = max(rule.made_on, period.extended_on or rule.made_on)
            if (period.pk, period.due_on) not in drafted and since <= day_of(rule, period)[0] <= today:
                with held.chunk():
                    actions.draft_of_rule(rule, period, on=today, by=CLOCK)


@job(asking.ASK)
def ask(held: Held, period_id: int, event_id: int, day: str) -> None:
    """The units of an opened period that have no report yet; a period called off on the way asks nobody more."""
    event, opened_on, more = Event.objects.get(pk=event_id), datetime.date.fromisoformat(day), True
    while more:
        with held.chunk():
            period = Period.objects.standing().select_related("movement").filter(pk=period_id).first()
            more = period is not None and asking.ask_next(period, event, opened_on, most=asking.CHUNK)
        held.breathe()
    bulk.renew_statistics(Report)


every_day(DRAFTING)
