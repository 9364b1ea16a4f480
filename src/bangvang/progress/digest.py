"""The week of a head of an agency in a few lines: which movements run, who owes what, what falls due."""

import datetime

from bangvang import vietnamese
from bangvang.movements.models import Movement
from bangvang.people.models import Unit
from bangvang.progress.models import Period, Report
from bangvang.progress.standing import owed_on

WEEK = datetime.timedelta(days=6)
NAMED = 3  # periods that are named; the board has all


def monday_of(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def running_movements(agency: Unit, day: datetime.date) -> list[Movement]:
    """Movements before the units on a day, those without a last day too."""
    found = Movement.objects.filter(agency=agency, state__in=Movement.OPEN_STATES).order_by("-issued_on", "-pk")
    return [movement for movement in found if movement.is_running_on(day)]


def words_of(movements: list[Movement], day: datetime.date) -> str:
    """What stands on a day of the week; the same numbers as the boards have."""
    owed = owed_on(day).filter(period__movement__in=movements, period__due_on__lt=day, state=Report.State.DRAFT)
    units, reports = owed.values("unit").distinct().count(), owed.count()
    waiting = Report.objects.filter(period__movement__in=movements, state=Report.State.SENT).count()
    sunday = monday_of(day) + WEEK
    due = Period.objects.standing().filter(movement__in=movements, due_on__range=(day, sunday)).order_by("due_on", "pk")
    said = [f"Tuần từ {vietnamese.format_date(monday_of(day))}: {len(movements)} phong trào đang chạy."]
    said.append(
        f"{units} đơn vị nợ {reports} báo cáo đã quá hạn." if reports else "Không đơn vị nào nợ báo cáo quá hạn."
    )
    if waiting:
        said.append(f"{waiting} báo cáo chờ tiếp nhận.")
    named = [f"{period.name} (hạn {vietnamese.format_date(period.due_on)})" for period in due[:NAMED]]
    said.append(f"Đến hạn trong tuần: {', '.join(named)}." if named else "Trong tuần không có kỳ nào đến hạn.")
    return " ".join(said)
