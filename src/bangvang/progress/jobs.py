"""Every day the reminders whose day has come are drafted, each exactly once, however often the job is run again; on the first working
day of a week the leaders of each agency that runs movements get the week's digest, once. The units of a period are asked part by part."""

import datetime

from bangvang.honours.findings import the_book
from bangvang.kernel import bulk
from bangvang.kernel.leases import Held, job
from bangvang.kernel.models import Event
from bangvang.kernel.ticking import every_day
from bangvang.law.calendar import is_working_day
from bangvang.movements.models import Movement
from bangvang.notices.models import Announcement
from bangvang.people.actor import System
from bangvang.people.models import Unit
from bangvang.progress import actions, asking
from bangvang.progress.actions.digests import key_of
from bangvang.progress.digest import running_movements
from bangvang.progress.models import Period, Reminder, ReminderRule, Report
from bangvang.progress.reminding import day_of

DRAFTING = "progress.draft_reminders"
DIGEST = "progress.send_digests"
CLOCK = System("Đồng hồ của hệ thống")


@job(DRAFTING)
def draft_reminders(held: Held, day: str) -> None:
    """Occasions of the day, and of the days on which the machine was off, since the rule was set or the period extended."""
    today = datetime.date.fromisoformat(day)
    open_ = ReminderRule.objects.filter(movement__state__in=Movement.OPEN_STATES)
    for rule in open_.select_related("movement").order_by("pk"):
        drafted = set(Reminder.objects.filter(rule=rule).values_list("period_id", "due_on"))
        for period in Period.objects.standing().filter(movement=rule.movement).order_by("pk"):
            since = max(rule.made_on, period.extended_on or rule.made_on)
            if (period.pk, period.due_on) not in drafted and since <= day_of(rule, period)[0] <= today:
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


@job(asking.ASK)
def ask(held: Held, period_id: int, event_id: int, day: str) -> None:
    """The units of an opened period that have no report yet; called off or the movement over, nobody more is asked."""
    event, opened_on, more = Event.objects.get(pk=event_id), datetime.date.fromisoformat(day), True
    while more:
        with held.chunk():
            standing = Period.objects.standing().filter(movement__state__in=Movement.OPEN_STATES)
            period = standing.select_related("movement").filter(pk=period_id).first()
            more = period is not None and asking.ask_next(period, event, opened_on, most=asking.CHUNK)
        held.breathe()
    bulk.renew_statistics(Report)


every_day(DRAFTING)
every_day(DIGEST)
