"""Run by proof 6.3 in a process of its own: two years of reminders, day by day, with the product's clock and worker.

Usage: python -m tests.proofs.reminded_years [LAST DAY]. Prints one JSON object. Every day the stated day moves on, the clock ticks twice,
and the worker does what there is; on days of reminding the day's job is ordered once more by hand; letters go to a mail server on loopback. On
some days the machine is off; on some the worker is killed between the mail server's answer and the commit that would say so.
"""

import datetime
import json
import signal
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from typing import Any

# ruff: noqa: E402 (after the applications are loaded)
import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from bangvang.honours.findings import the_book
from bangvang.kernel import audit, leases, ticking
from bangvang.kernel.models import Event, EventLink, JobLease
from bangvang.movements.models import Movement
from bangvang.notices.mailing import FOOT
from bangvang.notices.models import Mail
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, User
from bangvang.progress import actions, jobs
from bangvang.progress.models import Period, Reminder, ReminderRule, Report
from bangvang.progress.periods import periods
from bangvang.progress.queries import ReportFields
from tests import factories
from tests.movements import scenes
from tests.notices import mail_server
from tests.proofs.killings import worker  # makes the lease short

DAY = datetime.timedelta(days=1)
FIRST, LAST = datetime.date(2025, 1, 2), datetime.date(2026, 12, 31)
RULES = ((-7, False, True), (-3, True, True), (0, False, True), (2, True, False))  # days, working days, by itself
OFF = ((datetime.date(2025, 7, 4), datetime.date(2025, 7, 9)), (datetime.date(2026, 3, 5), datetime.date(2026, 3, 5)))
EARLY = 20 * DAY  # before the last day: the prompt division sends
KILLED_EVERY = 8  # of the days on which letters go out


def expected_day(period: Period, days: int, working: bool) -> datetime.date:
    """Counted by hand: over the public holidays that the law book holds, worked exchange days among the working ones."""
    book = the_book().holidays

    def works(day: datetime.date) -> bool:
        year = book.get(day.year)
        if year and day in year.worked:
            return True
        return day.weekday() < 5 and not (year and day in year.off)

    day = period.due_on
    if not working:
        return day + days * DAY
    step = DAY if days > 0 else -DAY
    left = abs(days)
    while left:
        day += step
        left -= works(day)
    return day


def is_on(day: datetime.date) -> bool:
    return not any(first <= day <= last for first, last in OFF)


def last_day() -> datetime.date:
    """The end of both years, or the day given (a control needs fewer days)."""
    return datetime.date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else LAST


def next_on(day: datetime.date) -> datetime.date:
    """The first day from this one on that the machine is on."""
    while not is_on(day):
        day += DAY
    return day


def days() -> Iterator[datetime.date]:
    day = FIRST
    while day <= last_day():
        yield day
        day += DAY


def stage() -> tuple[Movement, Actor, dict[str, Actor]]:
    """Three divisions: one reports long before, one a day late, one never."""
    settings.ASSUMED_TODAY = FIRST
    agency = factories.agency()
    clerk, director, registry = (
        factories.actor(name, agency, role, day=FIRST)
        for name, role in (("Lan", Duty.Role.CLERK), ("Minh", Duty.Role.DIRECTOR), ("Hoà", Duty.Role.REGISTRY))
    )
    heads = {}
    for name in ("prompt", "late", "silent"):
        unit = factories.unit(f"Phòng {name}", parent=agency, agency=agency)
        heads[name] = factories.actor(f"Trưởng {name}", unit, Duty.Role.HEAD, day=FIRST)
        User.objects.filter(pk=heads[name].user.pk).update(email=f"{name}@coquan.example")
    movement = scenes.rolled_out(clerk, director, registry, [head.unit for head in heads.values()])
    for span in periods(FIRST.replace(day=1), LAST, "month", 5):
        actions.open_period(movement, span, by=clerk)
    for count, working, by_itself in RULES:
        actions.add_rule(movement, days=count, in_working_days=working, by_itself=by_itself, by=clerk)
    return movement, clerk, heads


def work() -> None:
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)


def killed_at_the_answer() -> bool:
    """A worker that is killed when the mail server has answered and nothing is committed yet; then others go on."""
    victim = worker(('UPDATE "bangvang_mail"', 2, "before"), signal.SIGKILL)
    victim.join()
    time.sleep(leases.HELD.total_seconds() + 0.05)
    return bool(victim.exitcode == -signal.SIGKILL)


def people_act(movement: Movement, clerk: Actor, heads: dict[str, Actor], day: datetime.date) -> None:
    """Reports are sent, the clerk releases what waits."""
    for name, until in (("prompt", day + EARLY), ("late", day - DAY)):
        head = replace(heads[name], day=day)
        owed = Report.objects.filter(unit=head.unit, state="draft", period__due_on__lte=until)
        for report in owed.select_related("unit", "period__movement__agency"):
            actions.write(report, ReportFields("Đã làm."), by=head)
            actions.send(report, by=head)
    for reminder in Reminder.objects.filter(state="drafted", day__lt=day).select_related("period__movement"):
        actions.release_reminder(reminder, reminder.text, by=replace(clerk, day=day))


def live(movement: Movement, clerk: Actor, heads: dict[str, Actor]) -> int:
    """Every day of both years. Returns how many workers were killed."""
    token, sending, kills = uuid.uuid4(), 0, 0
    for day in days():
        if not is_on(day):
            continue
        settings.ASSUMED_TODAY = day
        ticking.tick(token)
        ticking.tick(token)
        if is_letter_day(movement, day):
            leases.order(jobs.DRAFTING, day.isoformat())
            sending += 1
            kills += sending % KILLED_EVERY == 0 and killed_at_the_answer()
            ticking.tick(token)
        work()
        people_act(movement, clerk, heads, day)
        if JobLease.objects.filter(done_at=None).exists():
            work()
    return kills


def is_letter_day(movement: Movement, day: datetime.date) -> bool:
    return any(
        by_itself and expected_day(period, count, working) == day
        for period in movement.periods.all()
        for count, working, by_itself in RULES
    )


def drafted(movement: Movement) -> tuple[int, list[str]]:
    """(how many occasions had their day, what is wrong with their drafts)."""
    wrong, occasions = [], 0
    for rule in ReminderRule.objects.all():
        for period in movement.periods.all():
            day = expected_day(period, rule.days, rule.in_working_days)
            if not FIRST <= day <= last_day():
                continue
            occasions += 1
            found = list(Reminder.objects.filter(rule=rule, period=period))
            came = next_on(day)
            links = EventLink.objects.filter(root_kind="reminder", root_id__in=[one.pk for one in found])
            made = [
                timezone.localdate(event.at) for event in Event.objects.filter(links__in=links, verb="reminder.draft")
            ]
            if [one.day for one in found] != [day] or made != [came]:
                told = f"{[str(one.day) for one in found]} on {[str(one) for one in made]}"
                wrong.append(f"{rule}, {period}: expected {day} on {came}, drafted {told}")
    return occasions, wrong


def letters(server: mail_server.Server, heads: dict[str, Actor]) -> dict[str, Any]:
    """What the mail server took, against the rows: each row's letter at most once on the wire."""
    taken = Counter[tuple[str, str]]()
    for raw in server.taken:
        letter = message_from_bytes(raw, policy=policy.default)
        text = " ".join(letter.get_content().split()).removesuffix(FOOT).strip()
        taken[str(letter["To"]), text] += 1
    rows = Counter[tuple[str, str]](
        (mail.user.email, " ".join(mail.text.split())) for mail in Mail.objects.select_related("user")
    )
    outcomes = Counter(Mail.objects.values_list("outcome", flat=True))
    owed = Counter[str]()
    for reminder in Reminder.objects.filter(state="released").select_related("period", "rule"):
        sent_on = Event.objects.get(links__root_kind="reminder", links__root_id=reminder.pk, verb="reminder.release")
        owed["silent"] += 1
        released, sent = timezone.localdate(sent_on.at), next_on(reminder.period.due_on + DAY)
        assert reminder.rule is not None
        owed["late"] += released < sent or (
            released == sent and reminder.rule.by_itself
        )  # the machine is up before people
    got = Counter(mail.user.email.split("@")[0] for mail in Mail.objects.select_related("user"))
    return {
        "letters taken": sum(taken.values()),
        "twice on the wire": sum((taken - rows).values()),
        "rows without a letter": sum((rows - taken).values()),
        "outcomes": dict(outcomes),
        "to each division": dict(got),
        "owed by each division": dict(owed),
    }


def main() -> dict[str, Any]:
    with mail_server.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", server.port, False
        movement, clerk, heads = stage()
        kills = live(movement, clerk, heads)
        occasions, wrong = drafted(movement)
        return {
            "days": sum(is_on(day) for day in days()),
            "occasions": occasions,
            "wrong drafts": wrong[:5],
            "reminders": Reminder.objects.count(),
            "kills": kills,
            "jobs that failed": JobLease.objects.exclude(done_at__isnull=False).count(),
            "audit findings": len(list(audit.verify())),
            **letters(server, heads),
        }


if __name__ == "__main__":
    print(json.dumps(main(), ensure_ascii=False))
