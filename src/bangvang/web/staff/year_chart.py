"""An indicator over years as a small drawing (look.md 8): two lines told apart by dash, three steps of a grid, from zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangvang.progress.figures import words
from bangvang.progress.models import Indicator, IndicatorYear
from bangvang.vietnamese import format_number

LEFT, RIGHT, TOP, BOTTOM = 52, 296, 24, 150  # of the drawing of 320 × 190 units
STEPS = 3


@dataclass(frozen=True)
class Chart:
    """Coordinates ready to be printed, and the finding in a sentence for those who do not see it."""

    sentence: str
    grid: tuple[tuple[str, str], ...]
    """(y, figure) of the lines across."""
    target: str
    reached: str
    points: tuple[tuple[str, str], ...]
    """(x, y) of what was reached."""
    labels: tuple[tuple[str, int], ...]
    """(x, year) below the drawing."""


def chart_of(indicator: Indicator, rows: Sequence[IndicatorYear]) -> Chart | None:
    """Nothing to draw is no chart: fewer than two years, or a figure below zero. A year left out leaves its place empty."""
    values = [value for row in rows for value in (row.target, row.reached) if value is not None]
    if len(rows) < 2 or not values or min(values) < 0 or max(values) == 0:
        return None
    step = _step(max(values))
    first, last = rows[0].year, rows[-1].year

    def across(year: int) -> str:
        return f"{LEFT + (year - first) * (RIGHT - LEFT) / (last - first):.1f}"

    def down(value: Decimal) -> str:
        return f"{BOTTOM - float(value / (STEPS * step)) * (BOTTOM - TOP):.1f}"

    reached = [(across(row.year), down(row.reached)) for row in rows if row.reached is not None]
    target = [(across(row.year), down(row.target)) for row in rows if row.target is not None]
    return Chart(
        "; ".join(_sentence(row, indicator.measure) for row in rows) + ".",
        tuple((down(line * step), format_number(line * step)) for line in range(STEPS + 1)),
        " ".join(f"{x},{y}" for x, y in target),
        " ".join(f"{x},{y}" for x, y in reached),
        tuple(reached),
        tuple((across(row.year), row.year) for row in rows),
    )


def _step(most: Decimal) -> Decimal:
    """The smallest of 1, 2, 5 times a power of ten that three of reach the largest figure."""
    sizes = (Decimal(size).scaleb(power) for power in range(-4, 14) for size in (1, 2, 5))
    return next(size for size in sizes if STEPS * size >= most)


def _sentence(row: IndicatorYear, measure: str) -> str:
    reached = f"thực hiện {words(row.reached, measure)}" if row.reached is not None else "chưa có số thực hiện"
    target = f", mức phải đạt {words(row.target, measure)}" if row.target is not None else ""
    return f"Năm {row.year}: {reached}{target}"
