"""Five years of one award as a small drawing (look.md 8): two lines told apart by dash, at most four grid lines, from zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from bangvang.web.staff.sweep_sheet import YearPoint

LEFT, RIGHT, TOP, BOTTOM = 34, 282, 42, 150  # of the drawing of 320 × 190 units


@dataclass(frozen=True)
class Chart:
    """Coordinates ready to be printed, and the finding in a sentence for those who do not see it."""

    sentence: str
    grid: tuple[tuple[str, int], ...]
    met: str
    held: str
    points: tuple[tuple[str, str, int], ...]
    """(x, y, year) of the line "met"."""
    ends: tuple[tuple[str, str], ...]
    table: tuple[YearPoint, ...]


def chart_of(award: str, years: Sequence[YearPoint]) -> Chart | None:
    """Nothing to draw is no chart: fewer than two years, or nobody in any."""
    most = max((max(point.met, point.held) for point in years), default=0)
    if not award or len(years) < 2 or not most:
        return None
    step: int = next(size * 10**power for power in range(7) for size in (1, 2, 5) if 3 * size * 10**power >= most)
    grid = [(f"{BOTTOM - line * (BOTTOM - TOP) / 3:.1f}", line * step) for line in range(4)]
    across = [f"{LEFT + place * (RIGHT - LEFT) / (len(years) - 1):.1f}" for place in range(len(years))]

    def down(value: int) -> float:
        return round(BOTTOM - value * (BOTTOM - TOP) / (3 * step), 1)

    first, last = years[0], years[-1]
    above, below = sorted(
        [(down(last.met), f"{last.met} đủ điều kiện"), (down(last.held), f"{last.held} được tặng")],
        key=lambda end: end[0],
    )
    return Chart(
        f"Người đủ điều kiện: {first.met} năm {first.year}, {last.met} năm {last.year}."
        f" Người được tặng: {first.held} năm {first.year}, {last.held} năm {last.year}.",
        tuple(grid),
        " ".join(f"{x},{down(point.met)}" for x, point in zip(across, years, strict=True)),
        " ".join(f"{x},{down(point.held)}" for x, point in zip(across, years, strict=True)),
        tuple((x, f"{down(point.met)}", point.year) for x, point in zip(across, years, strict=True)),
        ((f"{above[0] - 10:.1f}", above[1]), (f"{min(below[0] + 18, BOTTOM - 4):.1f}", below[1])),
        tuple(years),
    )
