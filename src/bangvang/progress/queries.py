"""Reads of reports: what one says, what it lacks, who owes one."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from bangvang import vietnamese
from bangvang.movements.models import Movement
from bangvang.people.models import Unit
from bangvang.progress.models import Figure, Period, Report, Review
from bangvang.progress.standing import owed_on

CRITERIA = ("collective_criteria", "individual_criteria", "requirements", "contents")  # sections that ask something


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


def indicators_in_use(movement: Movement) -> set[int]:
    """Keys of the indicators for which a unit has written a number: they can no longer be dropped."""
    return set(Figure.objects.filter(indicator__movement=movement).values_list("indicator", flat=True))


def periods_in_use(movement: Movement) -> set[int]:
    """Keys of the periods of which a unit has sent its report: they can no longer be called off."""
    sent = Report.objects.filter(period__movement=movement).exclude(state=Report.State.DRAFT)
    return set(sent.values_list("period", flat=True))


def owing_units(period: Period, day: datetime.date) -> QuerySet[Unit]:
    """The units that have not sent their report of the period."""
    silent = owed_on(day).filter(period=period, state=Report.State.DRAFT)
    return Unit.objects.filter(pk__in=silent.values("unit")).order_by("order", "name")


MOST_QUOTED = 60  # units whose words begin a review; a province has thousands, and its review is written by people


@dataclass(frozen=True)
class ReviewFields:
    """The agency's own words in a review, as typed; names equal the form's."""

    results: str
    good_examples: str = ""
    shortcomings: str = ""
    causes: str = ""
    next_tasks: str = ""


def first_words(period: Period) -> ReviewFields:
    """What the units wrote in the reports taken in, a line for each under its name, for the clerk to make a text of."""
    accepted = period.reports.filter(state=Report.State.ACCEPTED).select_related("unit")
    reports = list(accepted.order_by("unit__order", "unit__name")[:MOST_QUOTED])

    def lines(name: str) -> str:
        texts = [(report.unit.name, " ".join(str(getattr(report, name)).split())) for report in reports]
        return "\n".join(f"{unit}: {text}" for unit, text in texts if text)

    return ReviewFields(lines("results"), lines("good_examples"), lines("difficulties"))


def unwritten_parts(review: Review) -> list[str]:
    """What a review must say before it is submitted, in words. Good examples may be wanting."""
    wanted = {
        "results": "kết quả",
        "shortcomings": "hạn chế",
        "causes": "nguyên nhân",
        "next_tasks": "nhiệm vụ thời gian tới",
    }
    return [words for name, words in wanted.items() if not getattr(review, name).strip()]


def review_number_warning(review: Review, number: int, issued_on: datetime.date) -> str:
    """What is odd about a number beside the last one of this series, or an empty string. Asked of the registry, never decided."""
    given = Review.objects.filter(agency=review.agency, symbol=review.symbol, issued_on__year=issued_on.year)
    last = given.exclude(number=None).order_by("-number").first()
    if last is None or last.number is None or last.issued_on is None:
        return ""
    day = vietnamese.format_date(last.issued_on)
    if number < last.number and issued_on >= last.issued_on:
        return f"Số {number} nhỏ hơn số {last.document_number} đã ghi ngày {day}."
    if number > last.number and issued_on < last.issued_on:
        return f"Số {number} lớn hơn số {last.document_number} nhưng ngày lại sớm hơn ngày {day}."
    return ""


def criteria_of(movement: Movement) -> list[str]:
    """What the plan asks of units and people: criteria first, then requirements and contents; each once."""
    lines = movement.lines.filter(section__in=CRITERIA).values_list("section", "text", "position")
    ordered = sorted(lines, key=lambda line: (CRITERIA.index(line[0]), line[2]))
    return list(dict.fromkeys(text for _, text, _ in ordered))
