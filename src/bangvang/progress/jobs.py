"""Every day: the reminders whose day has come are drafted, each exactly once, however often the job is run again."""

import datetime

from bangvang.kernel.leases import Held, job
from bangvang.kernel.ticking import every_day
from bangvang.movements.models import Movement
from bangvang.people.actor import System
from bangvang.progress import actions
from bangvang.progress.models import Period, Reminder, ReminderRule
from bangvang.progress.reminding import day_of

DRAFTING = "progress.draft_reminders"
CLOCK = System("Đồng hồ của hệ thống")


@job(DRAFTING)
def draft_reminders(held: Held, day: str) -> None:
    """Occasions of the day, and of the days since the rule was set on which the machine was off."""
    today = datetime.date.fromisoformat(day)
    open_ = ReminderRule.objects.filter(movement__state__in=Movement.OPEN_STATES)
    for rule in open_.select_related("movement").order_by("pk"):
        drafted = set(Reminder.objects.filter(rule=rule).values_list("period_id", flat=True))
        for period in Period.objects.standing().filter(movement=rule.movement).exclude(pk__in=drafted):
            if rule.made_on <= day_of(rule, period)[0] <= today:
                with held.chunk():
                    actions.draft_of_rule(rule, period, on=today, by=CLOCK)


every_day(DRAFTING)
