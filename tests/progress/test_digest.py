"""The head's digest: once a week and agency, on a working day, with the numbers of the boards."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from bangvang.kernel import leases
from bangvang.movements.models import Movement
from bangvang.notices.models import Announcement
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress import actions, jobs
from bangvang.progress.digest import words_of
from tests import factories
from tests.progress import scenes

MONDAY = datetime.date(2026, 6, 29)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def movement(lan: Actor, minh: Actor, tuan: Actor, hoa: Actor, mai: Actor, division: Unit) -> Movement:
    return scenes.followed(lan, minh, hoa, [division])


def run(day: datetime.date) -> None:
    """The daily job of that day, really held as a worker holds it."""
    lease = factories.lease(jobs.DIGEST, arguments=[day.isoformat()])
    leases.work.call(lease.pk)
    lease.refresh_from_db()
    assert (lease.done_at is not None, lease.trouble) == (True, "")


def told() -> list[tuple[str, list[int]]]:
    found = Announcement.objects.filter(key__startswith="digest:").order_by("pk")
    return [(one.subject, one.users) for one in found]


def test_it_counts_what_the_boards_count(movement: Movement, mai: Actor) -> None:
    assert words_of([movement], MONDAY) == (
        "Tuần từ 29/06/2026: 1 phong trào đang chạy. Không đơn vị nào nợ báo cáo quá hạn."
        " Đến hạn trong tuần: Quý II/2026 (hạn 05/07/2026)."
    )
    late = words_of([movement], scenes.DUE + DAY)
    assert "1 đơn vị nợ 1 báo cáo đã quá hạn." in late
    assert "Trong tuần không có kỳ nào đến hạn." in late
    scenes.sent(movement, mai)
    assert "1 báo cáo chờ tiếp nhận." in words_of([movement], scenes.DUE + DAY)


def test_the_leaders_get_it_once_a_week_on_a_working_day(movement: Movement, minh: Actor, tuan: Actor) -> None:
    saturday = MONDAY - 2 * DAY
    for day in (saturday, MONDAY, MONDAY, MONDAY + 3 * DAY):
        run(day)
    leaders = sorted([minh.user.pk, tuan.user.pk])
    assert told() == [("Tình hình thi đua tuần từ 29/06/2026", leaders)]
    run(MONDAY + 8 * DAY)  # the machine was off on Monday: the next working day tells
    assert told()[1:] == [("Tình hình thi đua tuần từ 06/07/2026", leaders)]
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.digest(movement.agency, [movement], on=MONDAY, by=jobs.CLOCK)
    assert factories.verbs_of(movement.agency).count("unit.digest") == 2


def test_where_nothing_runs_nothing_is_told(movement: Movement) -> None:
    run(datetime.date(2027, 1, 4))  # the movement ended on 31/12/2026
    assert told() == []
