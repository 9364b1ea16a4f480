"""Reminders: on which day, drafted once for each occasion, released by a person or by rule, told to who owes."""

import datetime
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError

from bangvang.kernel import leases, ticking
from bangvang.kernel.models import JobLease
from bangvang.kernel.workflow import Refused
from bangvang.movements import actions as movements
from bangvang.movements.models import Movement
from bangvang.notices.models import Announcement
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from bangvang.progress import actions, jobs
from bangvang.progress.models import Reminder
from bangvang.progress.reminding import day_of, words_of
from tests import factories
from tests.movements import scenes as movement_scenes
from tests.progress import scenes

DAY = datetime.timedelta(days=1)


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit) -> Movement:
    return scenes.followed(lan, minh, hoa, [division])


def rule(movement: Movement, clerk: Actor, days: int, *, working: bool = True, by_itself: bool = False) -> Any:
    return actions.add_rule(movement, days=days, in_working_days=working, by_itself=by_itself, by=clerk)


def run(day: datetime.date) -> None:
    """The daily job of that day, really held as a worker holds it."""
    lease = factories.lease(jobs.DRAFTING, arguments=[day.isoformat()])
    leases.work.call(lease.pk)
    lease.refresh_from_db()
    assert (lease.done_at is not None, lease.trouble) == (True, "")


def test_the_day_is_counted_over_weekends_and_public_holidays(movement: Movement, lan: Actor) -> None:
    period = movement.periods.get()
    found = {}
    for due in (datetime.date(2026, 7, 5), datetime.date(2026, 2, 24), datetime.date(2027, 6, 1)):
        period.due_on = due
        for days, working in ((-3, True), (0, True), (2, True), (-3, False)):
            made = movement.reminder_rules.filter(days=days, in_working_days=working).first()
            found[due, days, working] = day_of(made or rule(movement, lan, days, working=working), period)
    sunday, after_tet, unknown = datetime.date(2026, 7, 5), datetime.date(2026, 2, 24), datetime.date(2027, 6, 1)
    assert [found[sunday, days, working] for days, working in ((-3, True), (0, True), (2, True), (-3, False))] == [
        (datetime.date(2026, 7, 1), False),
        (datetime.date(2026, 7, 3), False),
        (datetime.date(2026, 7, 7), False),
        (datetime.date(2026, 7, 2), False),
    ]
    assert found[after_tet, -3, True] == (datetime.date(2026, 2, 12), False)
    assert (found[unknown, -3, True][1], found[unknown, -3, False][1]) == (True, False)
    with pytest.raises(Refused, match="đã đặt cho phong trào này"):
        rule(movement, lan, 0)


def test_the_words_say_how_far_the_last_day_is(movement: Movement) -> None:
    period = movement.periods.select_related("movement").get()
    before, on, after = (words_of(period, scenes.DUE + days * DAY) for days in (-3, 0, 2))
    assert before.startswith(
        "Còn 3 ngày nữa, đến hết ngày 05/07/2026, là hết hạn gửi báo cáo Quý II/2026 của phong trào"
    )
    assert on.startswith("Hôm nay, ngày 05/07/2026, là ngày cuối gửi báo cáo")
    assert "là hết ngày 05/07/2026, đã quá 2 ngày." in after


def test_each_occasion_is_drafted_once_and_waits_for_the_clerk(movement: Movement, lan: Actor, mai: Actor) -> None:
    made = rule(movement, lan, -3)
    for day in (scenes.DUE - 6 * DAY, scenes.DUE - 5 * DAY):
        run(day)
    assert Reminder.objects.count() == 0
    for _ in range(2):
        for day in (scenes.DUE - 4 * DAY, scenes.DUE - 3 * DAY):
            run(day)
    reminder = Reminder.objects.get()
    assert (reminder.state, reminder.day) == ("drafted", datetime.date(2026, 7, 1))
    with pytest.raises(IntegrityError):
        actions.draft_of_rule(made, reminder.period, on=scenes.DUE, by=jobs.CLOCK)


def test_released_by_the_clerk_to_heads_and_the_leader_of_units_that_owe(
    movement: Movement, lan: Actor, mai: Actor, binh: Actor, department: Unit
) -> None:
    row = movement_scenes.roll_out_of(movement, mai.unit)
    movements.acknowledge(row, binh.person, by=mai)
    period = movement.periods.get()
    with pytest.raises(Refused, match="do thường trực"):
        actions.draft_reminder(period, by=mai)
    reminder = actions.draft_reminder(period, by=lan)
    with pytest.raises(Refused):
        actions.release_reminder(reminder, "Xin gửi.", by=mai)
    actions.release_reminder(reminder, "Xin gửi báo cáo.", by=lan)
    told = Announcement.objects.get(key=f"reminder:{reminder.code}")
    assert (told.text, told.users, reminder.told) == ("Xin gửi báo cáo.", sorted([mai.user.pk, binh.user.pk]), 2)
    assert factories.verbs_of(reminder) == ["reminder.draft", "reminder.release"]
    scenes.sent(movement, mai)
    with pytest.raises(Refused, match="Không còn đơn vị nào nợ"):
        actions.draft_reminder(period, by=lan)


def test_sent_by_rule_and_needless_when_nobody_owes(
    movement: Movement, lan: Actor, minh: Actor, mai: Actor, department: Unit
) -> None:
    rule(movement, lan, -3, by_itself=True)
    rule(movement, lan, 2, by_itself=True)
    run(scenes.DUE - 3 * DAY)
    first = Reminder.objects.get()
    assert (first.state, Announcement.objects.get(key__startswith="reminder:").users) == ("released", [mai.user.pk])
    scenes.sent(movement, mai)
    run(scenes.DUE + 2 * DAY)
    states = dict(Reminder.objects.order_by("day").values_list("day", "state"))
    assert states == {datetime.date(2026, 7, 1): "released", datetime.date(2026, 7, 7): "needless"}
    assert Announcement.objects.filter(key__startswith="reminder:").count() == 1


def test_days_on_which_the_machine_was_off_are_made_up_for_but_not_those_before_the_rule(
    movement: Movement, lan: Actor
) -> None:
    later = replace(lan, day=scenes.DUE - 2 * DAY)
    rule(movement, later, -3)
    rule(movement, later, 0, working=False)
    run(scenes.DUE + 5 * DAY)
    reminder = Reminder.objects.get()
    assert (reminder.day, "đã quá 5 ngày" in reminder.text) == (scenes.DUE, True)


def test_an_extended_period_is_another_occasion(movement: Movement, lan: Actor) -> None:
    rule(movement, lan, -3, working=False)
    run(scenes.DUE - 3 * DAY)
    later = replace(lan, day=scenes.DUE)
    actions.extend_period(movement.periods.get(), scenes.DUE + 2 * DAY, reason="Bão số 5.", by=later)
    run(scenes.DUE)
    assert Reminder.objects.count() == 1  # its day lies before the extension
    actions.extend_period(movement.periods.get(), scenes.DUE + 9 * DAY, reason="Bão số 6.", by=later)
    for _ in range(2):
        run(scenes.DUE + 6 * DAY)
    days = list(Reminder.objects.order_by("day").values_list("day", "due_on"))
    assert days == [(scenes.DUE - 3 * DAY, scenes.DUE), (scenes.DUE + 6 * DAY, scenes.DUE + 9 * DAY)]


def test_dropped_once_and_for_all(movement: Movement, lan: Actor, mai: Actor) -> None:
    made = rule(movement, lan, 0)
    run(scenes.DUE)
    reminder = Reminder.objects.get()
    with pytest.raises(Refused):
        actions.drop_reminder(reminder, by=mai)
    actions.drop_reminder(reminder, by=lan)
    with pytest.raises(Refused, match="“Không gửi”"):
        actions.release_reminder(reminder, "Xin gửi.", by=lan)
    actions.drop_rule(made, by=lan)
    run(scenes.DUE + DAY)
    assert Reminder.objects.get().rule is None


def test_a_unit_without_a_head_is_no_reason_to_fail(movement: Movement, lan: Actor, mai: Actor, division: Unit) -> None:
    Duty.objects.filter(unit=division).update(valid_until=scenes.FIRST)
    rule(movement, lan, 0, working=False, by_itself=True)
    run(scenes.DUE)
    assert (Reminder.objects.get().state, Reminder.objects.get().told) == ("released", 0)


def test_the_clock_orders_the_drafting_once_for_each_day(db: None, settings: Any) -> None:
    token = uuid.uuid4()
    for day in (scenes.DUE, scenes.DUE, scenes.DUE + DAY):
        settings.ASSUMED_TODAY = day
        ticking.tick(token)
    orders = JobLease.objects.filter(job=jobs.DRAFTING).order_by("pk").values_list("arguments", flat=True)
    assert list(orders) == [["2026-07-05"], ["2026-07-06"]]
