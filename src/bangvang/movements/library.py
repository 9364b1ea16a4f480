"""Plans to begin from: the library that ships with the product, and a movement of an earlier year with its days moved on."""

import datetime
import re
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bangvang import vietnamese
from bangvang.movements.fields import PlannedAward, PlannedMilestone
from bangvang.movements.queries import PlanFields
from bangvang.people.models import Unit

LIBRARY = Path(__file__).with_name("library.yaml")
LISTS = (
    "purposes", "requirements", "targets", "contents", "solutions", "collective_criteria", "individual_criteria", "procedure",
    "duties",
)  # fmt: skip
A_YEAR = re.compile(r"(?:(?<=năm )|(?<=\d/))(?P<year>(?:19|20)\d\d)(?![\d/])")  # not the year of 98/2023/NĐ-CP


@dataclass(frozen=True)
class Template:
    """One plan of the library; `row` is as its file says, with places to fill in."""

    key: str
    name: str
    about: str
    row: dict[str, Any]

    def plan(self, year: int, agency: Unit) -> PlanFields:
        """The plan of this agency for a year."""
        head = agency.head_title or "Người đứng đầu"
        filled = _filled(self.row, {"{year}": str(year), "{agency}": agency.name, "{head}": f"{head} {agency.name}"})
        lists: dict[str, Any] = {name: tuple(filled[name]) for name in LISTS}
        return PlanFields(
            title=filled["title"],
            theme=filled["theme"],
            kind=filled["kind"],
            starts_on=_day(year, filled["starts"]),
            ends_on=_day(year, filled["ends"]),
            end_condition="",
            awards=tuple(PlannedAward(award["text"], award["standard"]) for award in filled["awards"]),
            milestones=tuple(PlannedMilestone(one["name"], _day(year, one["day"])) for one in filled["milestones"]),
            recipients=tuple((one["name"], one["note"]) for one in filled["recipients"]),
            **lists,
        )


@cache
def library() -> dict[str, Template]:
    """The templates by key, in the order of the file."""
    rows = yaml.safe_load(LIBRARY.read_text(encoding="utf-8"))
    return {row["key"]: Template(row["key"], row["name"], row["about"], row) for row in rows}


def _filled(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, str):
        for place, word in words.items():
            value = value.replace(place, word)
        return value
    if isinstance(value, list):
        return [_filled(item, words) for item in value]
    if isinstance(value, dict):
        return {name: _filled(item, words) for name, item in value.items()}
    return value


def _day(year: int, month_day: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{year}-{month_day}")


# --- From an earlier movement -----------------------------------------------------------------------------------------


def moved_on(plan: PlanFields, today: datetime.date) -> tuple[PlanFields, int]:
    """The plan of an earlier movement for its next round, and how many years it was moved: the fewest, at least one, after
    which its first day is not over. Years in the texts move along. What a superior launched then is left out; the bases
    stay as they were, for a person to look at."""
    first = plan.starts_on or today
    years = 1
    while _later(first, years) < today:
        years += 1
    last = plan.ends_on or first
    own = {str(year): str(year + years) for year in range(first.year, last.year + 2)}

    def moved(value: Any) -> Any:
        if isinstance(value, datetime.date):
            return _later(value, years)
        if isinstance(value, str):
            return A_YEAR.sub(lambda found: own.get(found["year"], found["year"]), value)
        if isinstance(value, PlannedAward | PlannedMilestone):
            return type(value)(*(moved(part) for part in value))
        return tuple(moved(item) for item in value) if isinstance(value, tuple) else value

    kept = {"bases", "recipients", "superior", "superior_code", "kind", "level"}
    changes = {field.name: moved(getattr(plan, field.name)) for field in fields(plan) if field.name not in kept}
    return replace(plan, **changes, superior=None, superior_code=""), years


def _later(day: datetime.date, years: int) -> datetime.date:
    """The same day of a later year; the 29th of February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def told(years: int) -> str:
    """What was done to the days, in words."""
    count = vietnamese.two_digits(years)
    return f"Các ngày và năm trong chữ đã dời {count} năm. Căn cứ chép nguyên: xin xem văn bản nào còn hiệu lực."
