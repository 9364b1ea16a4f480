"""Score tables of a plan or its annex: criteria with their points, by whom they judge."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bangvang.reading.plan.draft import Found
from bangvang.reading.plan.passages import Passage
from bangvang.reading.plan.sections import group_of_words
from bangvang.reading.text_cleaning import fold

POINTS = re.compile(r"\bdiem\b|thang diem")
CRITERION = re.compile(r"tieu chi|tieu chuan|noi dung|chi tieu|yeu cau")
NUMBER = re.compile(r"^(?:tối đa\s*)?(\d{1,4}(?:[.,]\d{1,2})?)(?:\s*(?:điểm|đ))?$", re.IGNORECASE)
SECTION = re.compile(r"^(?:[IVX]{1,5}|[A-HĐ])[.)/]?$")


@dataclass(slots=True)
class _Columns:
    text: int
    points: int


def criteria_in_tables(passages: Iterable[Passage]) -> dict[str, list[Found]]:
    """{collective, individual, other} of {text, points}; rows that only sum up or head a group are no criteria."""
    groups: dict[str, list[Found]] = {"collective": [], "individual": [], "other": []}
    columns: _Columns | None = None
    group = "other"
    for passage in passages:
        if passage.source != "row":
            if passage.level == "roman":
                columns, group = None, "other"
            elif said := group_of_words(passage.folded[passage.body_at :][:60]):
                group = said
            continue
        cells = [cell.strip() for cell in passage.text.split("|")]
        if (heads := _heading(cells)) is not None:
            columns = heads
            continue
        if columns is None or len(cells) <= max(columns.text, columns.points):
            continue
        words, points = cells[columns.text], NUMBER.match(cells[columns.points])
        if (
            not words
            or words.isdigit()
            or re.match(r"(?:tong|cong)\b", fold(words))
            or fold(cells[0]).startswith("tong")
        ):
            continue
        said = group_of_words(fold(words)[:60])
        if SECTION.match(cells[0]) or (said and len(words.split()) <= 6):
            group = said or group
            continue
        value = {"text": words, "points": float(points[1].replace(",", ".")) if points else None}
        groups[group].append(passage.found(value, 0, None, 0.85))
    return groups


def _heading(cells: list[str]) -> _Columns | None:
    folded = [fold(cell) for cell in cells]
    if any(NUMBER.match(cell) for cell in cells):
        return None
    points = next((at for at, cell in enumerate(folded) if POINTS.search(cell)), None)
    text = next((at for at, cell in enumerate(folded) if CRITERION.search(cell) and at != points), None)
    return _Columns(text, points) if points is not None and text is not None else None
