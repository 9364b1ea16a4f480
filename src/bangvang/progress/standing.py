"""How a report stands on a day, and whether its unit still takes part."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from bangvang import vietnamese
from bangvang.movements.board import Answer
from bangvang.movements.models import Movement, RollOut
from bangvang.people.models import Unit
from bangvang.progress.models import Report

S = Report.State


def standing_of(report: Report, day: datetime.date) -> Answer:
    """How a report stands on a day, in a chip and a small line below (`report.period` at hand)."""
    late = report.days_late(day)
    if report.sent_at is None:
        if late:
            return Answer("bad", "Chưa gửi", f"quá {late} ngày")
        left = (report.period.due_on - day).days
        return Answer("next", "Chưa gửi", f"còn {left} ngày" if left else "hạn hôm nay")
    sent = f"{timezone.localdate(report.sent_at):%d/%m}"
    note = f"{sent}, trễ {late} ngày" if late else sent
    if report.state == S.RETURNED:
        return Answer("warn", "Bị trả lại", f"đơn vị đang sửa, gửi lần đầu {note}")
    if report.state == S.ACCEPTED:
        return Answer("warn" if late else "ok", "Đã tiếp nhận", note)
    return Answer("warn" if late else "ink", "Đã gửi", note)


def absence_of(unit: Unit, roll_out: RollOut | None, day: datetime.date) -> str:
    """Why a unit does not report on a day: not asked, withdrawn, ended or merged into another. Empty when it does."""
    if roll_out is None:
        return f"Phong trào chưa triển khai đến {unit.name}."
    if roll_out.state == RollOut.State.WITHDRAWN:
        return f"{unit.name} đã rút khỏi phong trào này, không phải gửi báo cáo nữa."
    if unit.is_valid_on(day):
        return ""
    taken = max(unit.changed_into.all(), key=lambda change: change.on, default=None)
    if taken is not None:
        new = ", ".join(one.name for one in taken.after.all())
        since = vietnamese.format_date(taken.on)
        return f"{unit.name} đã sắp xếp lại thành {new} từ ngày {since}: báo cáo từ đó do {new} gửi."
    ended = vietnamese.format_date(unit.valid_until) if unit.valid_until else ""
    return f"{unit.name} đã kết thúc hoạt động, đến hết ngày {ended}."


def owed_on(day: datetime.date) -> QuerySet[Report]:
    """Reports that a unit still has to send or send again. Nothing is asked of units that withdrew or ended, nor for a
    movement that was closed or cancelled."""
    withdrawn = RollOut.objects.filter(
        movement=OuterRef("period__movement"), unit=OuterRef("unit"), state=RollOut.State.WITHDRAWN
    )
    owed = Report.objects.filter(~Exists(withdrawn), state__in=Report.OWED, period__called_off_on__isnull=True)
    return owed.filter(period__movement__state__in=Movement.OPEN_STATES).exclude(unit__valid_until__lt=day)


def roll_out_of(movement: Movement, unit: Unit) -> RollOut | None:
    """The movement before this unit, or None."""
    return movement.roll_outs.filter(unit=unit).first()
