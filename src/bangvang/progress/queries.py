"""Reads of reports: what one says, what it lacks, who owes one."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from bangvang.people.models import Unit
from bangvang.progress.models import Period, Report
from bangvang.progress.standing import owed_on


@dataclass(frozen=True)
class ReportFields:
    """A report as typed. `figures` by the position of the indicator; None where nothing was written."""

    results: str
    difficulties: str = ""
    good_examples: str = ""
    figures: Mapping[int, Decimal | None] = field(default_factory=dict)


def fields_of(report: Report) -> ReportFields:
    """The report as it stands in the database."""
    written = {figure.indicator.position: figure.value for figure in report.figures.select_related("indicator")}
    positions = report.period.movement.indicators.values_list("position", flat=True).order_by("position")
    figures = {position: written.get(position) for position in positions}
    return ReportFields(report.results, report.difficulties, report.good_examples, figures)


def missing_parts(report: Report) -> list[str]:
    """What a report must say before it is sent, in words."""
    missing = [] if report.results.strip() else ["kết quả thực hiện"]
    written = report.figures.values("indicator")
    unwritten = report.period.movement.indicators.exclude(pk__in=written).order_by("position")
    return missing + [f"số của chỉ tiêu “{indicator.label}”" for indicator in unwritten]


def owing_units(period: Period, day: datetime.date) -> QuerySet[Unit]:
    """The units that have not sent their report of the period."""
    silent = owed_on(day).filter(period=period, state=Report.State.DRAFT)
    return Unit.objects.filter(pk__in=silent.values("unit")).order_by("order", "name")
