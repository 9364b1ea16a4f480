"""Working days and deadlines.

Public holidays are dated, cited data; without a sure list a deadline is only provisional.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bangvang.law.book import Book
from bangvang.law.provisions import Publication, Submission
from bangvang.law.sources import DECIDING, Days, NoLaw, cited
from bangvang.law.tables import Step


@dataclass(frozen=True)
class Due:
    """Last day of a step. `tentative` ("dự kiến"): no sure list of public holidays for a day that was counted."""

    due_on: date
    working_days: int | None
    calendar_days: int | None
    tentative: bool
    cite: str
    mark: str


def is_working_day(book: Book, day: date, holidays: Collection[date] | None = None) -> bool:
    """Monday to Friday, not a public holiday; or a day worked in exchange.

    `holidays`: a list to use instead of the book's.
    """
    if holidays is not None:
        return day.weekday() < 5 and day not in holidays
    year = book.holidays.get(day.year)
    if year and day in year.worked:
        return True
    return day.weekday() < 5 and not (year and day in year.off)


def is_certain(book: Book, day: date) -> bool:
    """Does the book hold a deciding list of public holidays for this day?"""
    year = book.holidays.get(day.year)
    return year is not None and year.mark in DECIDING and day not in year.uncertain


def after_working_days(
    book: Book, start_on: date, count: int, holidays: Collection[date] | None = None
) -> tuple[date, bool]:
    """The last of `count` working days after `start_on`, which itself is not counted; and whether that is certain."""
    day, left, certain = start_on, count, True
    while left:
        day += timedelta(days=1)
        if holidays is None:
            certain = certain and is_certain(book, day)
        left -= is_working_day(book, day, holidays)
    return day, certain


def working_days_left(book: Book, today: date, last: date) -> int:
    """Working days from the day after `today` to the last day; 0 on it and after it."""
    days = range(1, (last - today).days + 1)
    return sum(is_working_day(book, today + timedelta(days=count)) for count in days)


def working_day_from(book: Book, day: date, count: int) -> tuple[date, bool]:
    """The working day that lies `count` working days after `day`, before it where `count` is negative; with 0 the day itself
    or, when nobody works then, the last working day before it. And whether that is certain."""
    if count > 0:
        return after_working_days(book, day, count)
    left, certain = -count, is_certain(book, day)
    while left or not is_working_day(book, day):
        day -= timedelta(days=1)
        certain = certain and is_certain(book, day)
        left -= left > 0 and is_working_day(book, day)
    return day, certain


def step_length(book: Book, step: str, on: date, award: str | None = None, cases: int = 1) -> Step:
    """The row of the book for a step begun on a day. Raises `NoLaw`."""
    rows = [row for row in book.steps.get(step, ()) if row.row.holds_on(on) and row.from_cases <= cases]
    fitting = [row for row in rows if award in row.only] or [row for row in rows if not row.only]
    if not fitting:
        raise NoLaw(f"Chưa có thời hạn cho bước “{step}” bắt đầu ngày {on:%d/%m/%Y}.")
    return max(fitting, key=lambda row: row.from_cases)


def due(
    book: Book,
    step: str,
    start_on: date,
    *,
    award: str | None = None,
    cases: int = 1,
    holidays: Collection[date] | None = None,
    regime_on: date | None = None,
    under: Sequence[str] = ("vn",),
    exception: str | None = None,
) -> Due:
    """When a step that begins on `start_on` must be done. `regime_on`: a day of the regime, where it is not the
    start's.

    Two steps belong to an award: ``submission`` (last day for handing up what `start_on` began; `exception`: a field
    with its own last day, as education) and ``publication`` (earliest council after the list is public).
    Raises `NoLaw`.
    """
    if step in ("submission", "publication") and award:
        return _due_by_award(book, step, start_on, award, holidays, regime_on or start_on, under, exception)
    row = step_length(book, step, regime_on or start_on, award, cases)
    cite, mark = cited(row.row.cites), row.row.mark
    if not row.working:
        return Due(start_on + timedelta(days=row.days), None, row.days, False, cite, mark)
    last, certain = after_working_days(book, start_on, row.days, holidays)
    return Due(last, row.days, None, not certain, cite, mark)


def _due_by_award(
    book: Book,
    step: str,
    start_on: date,
    award: str,
    holidays: Collection[date] | None,
    on: date,
    under: Sequence[str],
    exception: str | None,
) -> Due:
    provision = book.at(award, step, Days.all_on(on), under)
    cite, mark = cited(provision.cites), provision.mark if provision.source != "open" else "unknown"
    says = provision.says
    if isinstance(says, Publication) and says.working_days is not None:
        last, certain = after_working_days(book, start_on, says.working_days, holidays)
        return Due(last, says.working_days, None, not certain, cite, mark)
    if isinstance(says, Submission) and says.last_day is not None:
        last_day = says.except_last_day if exception and exception == says.except_for else says.last_day
        month, day = (int(part) for part in str(last_day).split("-"))
        return Due(date(start_on.year + says.years_after, month, day), None, None, False, cite, mark)
    raise NoLaw(f"Chưa có thời hạn “{step}” cho “{book.label_of(book.code_of(award))}” ngày {on:%d/%m/%Y}.")
