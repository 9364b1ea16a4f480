"""Every day: the reminders whose day has come are drafted, each exactly once, however often the job is run again; and on the first working
day of a week the leaders of each agency that runs movements get the week's digest, once."""

import datetime

from bangvang.honours.findings import the_book
from bangvang.kernel.leases import Held, job
from bangvang.kernel.ticking import every_day
from bangvang.law.calendar import is_working_day
from bangvang.movements.models import Movement
from bangvang.notices.models import Announcement
from bangvang.people.actor import System
from bangvang.people.models import Unit
from bangvang.progress import actions
from bangvang.progress.actions.digests import key_of
from bangvang.progress.digest import running_movements
from bangvang.progress.models import Period, Reminder, ReminderRule
from bangvang.progress.reminding import day_of

DRAFTING = "progress.draft_reminders"
DIGEST = "progress.send_digests"
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


@job(DIGEST)
def send_digests(held: Held, day: str) -> None:
    """The first working day of a week on which the machine runs tells; where no movement runs, nothing is told."""
    today = datetime.date.fromisoformat(day)
    if not is_working_day(the_book(), today):
        return
    for agency in Unit.objects.filter(kind=Unit.Kind.AGENCY).order_by("pk"):
        if Announcement.objects.filter(key=key_of(agency, today)).exists():
            continue
        if movements := running_movements(agency, today):
            with held.chunk():
                actions.digest(agency, movements, on=today, by=CLOCK)


every_day(DRAFTING)
every_day(DIGEST)
