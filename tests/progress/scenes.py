"""A movement with indicators and one quarter to report on, before the units."""

import datetime
from decimal import Decimal

from bangvang.movements.models import Movement
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress import actions
from bangvang.progress.models import Report
from bangvang.progress.periods import Span
from bangvang.progress.queries import ReportFields
from tests.movements import scenes

FIRST, LAST, DUE = datetime.date(2026, 4, 1), datetime.date(2026, 6, 30), datetime.date(2026, 7, 5)
QUARTER = Span("Quý II/2026", FIRST, LAST, DUE)


def followed(clerk: Actor, director: Actor, registry: Actor, units: list[Unit]) -> Movement:
    """Rolled out to the units; two indicators, one period."""
    movement = scenes.rolled_out(clerk, director, registry, units)
    actions.add_indicator(
        movement, label="Giải ngân", measure="tỷ đồng", target=Decimal("994.7"), reach="total", by=clerk
    )
    actions.add_indicator(
        movement, label="Hồ sơ trễ hẹn", measure="%", target=Decimal("1.5"), direction="down", by=clerk
    )
    actions.open_period(movement, QUARTER, by=clerk)
    return movement


def report_of(movement: Movement, unit: Unit) -> Report:
    return Report.objects.select_related("unit", "period__movement__agency").get(
        period__movement=movement, period__name=QUARTER.name, unit=unit
    )


def filled(amount: str = "400", late: str = "1.2", words: str = "Giải ngân sớm hai tuần.") -> ReportFields:
    return ReportFields(words, "Thiếu người.", "Trực cả thứ Bảy.", {1: Decimal(amount), 2: Decimal(late)})


def sent(movement: Movement, head: Actor, given: ReportFields | None = None) -> Report:
    """The report of the head's unit, written and sent."""
    report = report_of(movement, head.unit)
    actions.write(report, given or filled(), by=head)
    actions.send(report, by=head)
    return report
