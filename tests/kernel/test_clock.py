import datetime
from typing import Any

import time_machine

from bangvang.kernel import clock

LATE_EVENING = datetime.datetime(2026, 3, 2, 23, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))


@time_machine.travel(LATE_EVENING, tick=False)
def test_today_is_the_day_in_vietnam_not_in_greenwich() -> None:
    assert clock.now() == LATE_EVENING
    assert clock.today() == datetime.date(2026, 3, 2)
    with time_machine.travel(LATE_EVENING + datetime.timedelta(minutes=30), tick=False):
        assert clock.today() == datetime.date(2026, 3, 3)


@time_machine.travel(LATE_EVENING, tick=False)
def test_an_assumed_day_moves_the_day_but_not_the_time_of_day_nor_the_leases(settings: Any) -> None:
    settings.ASSUMED_TODAY = datetime.date(2025, 12, 20)
    assert clock.today() == datetime.date(2025, 12, 20)
    assert clock.now() == LATE_EVENING.replace(year=2025, month=12, day=20)
    assert clock.true_now() == LATE_EVENING
