"""The report periods of a span of days: months, quarters, halves, years; pure."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
LABELS = (("month", "Tháng"), ("quarter", "Quý"), ("half", "Sáu tháng"), ("year", "Năm"))
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Span:
    """A period to be opened: its name, first and last day, and the last day to send (all inclusive)."""

    name: str
    starts_on: datetime.date
    ends_on: datetime.date
    due_on: datetime.date


def periods(starts_on: datetime.date, ends_on: datetime.date, kind: str, days_after: int) -> Iterator[Span]:
    """Every month, quarter, half or year that touches the span, cut to it; due `days_after` calendar days after its end."""
    months = MONTHS[kind]
    first = datetime.date(starts_on.year, (starts_on.month - 1) // months * months + 1, 1)
    while first <= ends_on:
        after = first.year * 12 + first.month - 1 + months
        following = datetime.date(after // 12, after % 12 + 1, 1)
        last = min(following - datetime.timedelta(days=1), ends_on)
        due = last + datetime.timedelta(days=days_after)
        yield Span(name_of(first, kind), max(first, starts_on), last, due)
        first = following


def name_of(first: datetime.date, kind: str) -> str:
    """ "Tháng 3/2026", "Quý II/2026", "6 tháng đầu năm 2026", "Năm 2026"."""
    if kind == "month":
        return f"Tháng {first.month}/{first.year}"
    if kind == "quarter":
        return f"Quý {ROMAN[(first.month - 1) // 3]}/{first.year}"
    if kind == "half":
        return f"6 tháng {'đầu' if first.month == 1 else 'cuối'} năm {first.year}"
    return f"Năm {first.year}"
