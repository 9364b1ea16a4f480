"""Lists as officials make them: where the head of the table is, what its columns mean, which rows are people.

The head is found by meaning, not by place: titles of the paper stand above it, it may have two rows under merged cells,
a row (1) (2) (3) below it, and it comes again on every printed page. Nothing is repaired: rows come with their number in
the sheet and the cells as they stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any

from bangvang.reading.refusal import refuse
from bangvang.reading.roster.columns import Column, mapped, meanings_of
from bangvang.reading.roster.sheets import Row, Sheet, sheets_of
from bangvang.reading.text_cleaning import fold
from bangvang.vietnamese import parse_date

LOOKED_AT = 60  # rows in which the head must begin
SAMPLES = 30  # rows below it that are asked whether the meaning fits
AT_A_TIME = 1000  # rows in one answer of the child
COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-Z]|[a-z])\s*\)?(?:\s*=.*)?")
TOTAL = re.compile(r"(?:tong cong|tong so|cong|tong|cong tong)\b")
FOOT = re.compile(
    r"noi nhan|nguoi lap (?:bieu|bang)|thu truong|ke toan|\(?ky,? |xac nhan cua|luu\b|tm\.|kt\.|danh sach (?:nay )?co"
)
GROUP = re.compile(r"[IVXLC]+|[A-Za-zĐđ]|[IVXLC]+\.\d+|\d+\.\d+")
ORDINAL = re.compile(r"\d{1,6}\.?")
DECISION = re.compile(
    r"Quyết định\s+(?:số\s*:?\s*)?(?P<number>\d[\w.\-]*\s*/\s*[\w\-Đ&]+)\s*,?\s*ngày\s+"
    r"(?P<day>\d{1,2})\s*(?:/|-|tháng)\s*(?P<month>\d{1,2})\s*(?:/|-|năm)\s*(?P<year>\d{4})"
    r"(?:\s+của\s+(?P<issuer>[^).;]{3,120}))?",
    re.IGNORECASE,
)
YEAR_SAID = re.compile(r"\bnăm\s+((?:19|20)\d{2})\b", re.IGNORECASE)


@dataclass(slots=True)
class Head:
    """The head of one sheet: rows of the sheet (from 1) that hold it, its columns, and what the paper says for every row.

    `defaults` maps a meaning (year, paper_number, paper_on as ISO day, issuer) to the value said once above the table."""

    sheet: int
    name: str
    rows: list[int] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)
    samples: list[Row] = field(default_factory=list)
    repeats: list[Row] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """All but the rows that are only needed to know the head again."""
        return {name: value for name, value in asdict(self).items() if name != "repeats"}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row that names somebody: its number in the sheet, the heading of the group it stands under, its cells."""

    number: int
    section: str
    cells: Row


def heads_of(path: Path) -> list[Head]:
    """The head of every sheet that holds a list; raises RefusedFile (no_rows, no_table, damaged …)."""
    found = []
    for place, sheet in enumerate(sheets_of(path)):
        top = list(islice(iter(sheet.rows), LOOKED_AT + SAMPLES))
        if (head := _head(place, sheet, top)) is not None:
            found.append(head)
    if not found:
        raise refuse("no_rows")
    return found


def rows_of(path: Path) -> Iterator[tuple[Head, ListRow]]:
    """Every row of every list in the file, in order, with the head it stands under."""
    for place, sheet in enumerate(sheets_of(path)):
        rows = iter(sheet.rows)
        top = list(islice(rows, LOOKED_AT + SAMPLES))
        if (head := _head(place, sheet, top)) is not None:
            for row in _rows_below(head, chain(top, rows)):
                yield head, row


def chunks_of(path: Path) -> Iterator[dict[str, Any]]:
    """The same rows as the child sends them: {"sheet": n, "rows": [[number, section, cells], …]}, AT_A_TIME at most."""
    sheet, kept = -1, list[list[Any]]()
    for head, row in rows_of(path):
        if kept and (head.sheet != sheet or len(kept) == AT_A_TIME):
            yield {"sheet": sheet, "rows": kept}
            kept = []
        sheet = head.sheet
        kept.append([row.number, row.section, row.cells])
    if kept:
        yield {"sheet": sheet, "rows": kept}


def _head(place: int, sheet: Sheet, top: Sequence[tuple[int, Row]]) -> Head | None:
    """The row whose titles have the most meanings, with the row below it when that one finishes it."""
    best, at = 0.0, -1
    for index, (_, cells) in enumerate(top[:LOOKED_AT]):
        if len(texts := [cell for cell in cells if cell]) < 2 or max(map(len, texts)) > 120:
            continue
        weights = [max(found.values()) for text in texts if (found := meanings_of(text))]
        weight = sum(weights) * (0.3 + 0.7 * len(weights) / len(texts))
        if len(weights) >= 2 and weight > best + 0.01:
            best, at = weight, index
    if at < 0:
        return None
    number, cells = top[at]
    head = Head(place, sheet.name, rows=[number], repeats=[cells])
    titles = list(cells)
    if at + 1 < len(top) and _finishes(cells, top[at + 1][1]):
        titles = _joined(cells, top[at + 1][1], [span for span in sheet.spans if span[0] == number - 1])
        head.rows.append(top[at + 1][0])
        head.repeats.append(top[at + 1][1])
    head.titles = [*sheet.above, *(cell for _, row in top[:at] for cell in dict.fromkeys(row) if cell)]
    head.defaults = _said_once(head.titles, sheet.name)
    samples = [row.cells for row in islice(_rows_below(head, iter(top[at + 1 :]), titles), SAMPLES)]
    head.samples = samples[:3]
    head.columns = mapped(titles, samples)
    if not {"name", "award", "grade"} & {column.meaning for column in head.columns}:
        return None
    head.samples = [
        [_shown(column, row[column.at] if column.at < len(row) else "") for column in head.columns]
        for row in head.samples
    ]
    return head


def _shown(column: Column, cell: str) -> str:
    return "•••" if column.meaning == "private" and cell else cell


def _finishes(first: Row, second: Row) -> bool:
    """Whether a second row belongs to the head: it has words, none under a lone column's value, and no ordinal."""
    texts = [cell for cell in second if cell]
    if not texts or all(COLUMN_NUMBER.fullmatch(cell) for cell in texts) or (second and ORDINAL.fullmatch(second[0])):
        return False
    under_blank = [at for at, cell in enumerate(second) if cell and (at >= len(first) or not first[at])]
    if not under_blank or any(re.search(r"\d{3}", cell) for cell in texts) or max(map(len, texts)) > 40:
        return False
    known = sum(bool(meanings_of(cell)) or fold(cell) in ("nam", "nu") for cell in texts)
    return known * 2 >= len(texts)


def _joined(first: Row, second: Row, spans: Sequence[tuple[int, int, int, int]]) -> list[str]:
    """Titles of a head in two rows: "Năm sinh" over "Nam" and "Nữ" gives "Năm sinh Nam", "Năm sinh Nữ"."""
    wide = max(len(first), len(second))
    upper, lower = first + [""] * (wide - len(first)), second + [""] * (wide - len(second))
    over = list(upper)
    if spans:
        for _, left, _, right in spans:
            for at in range(left, min(right + 1, wide)):
                over[at] = upper[left]
    else:  # a table of Word, or merged cells that were lost on the way: a title reaches over the blanks beside it
        for at in range(1, wide):
            if not over[at] and lower[at]:
                over[at] = over[at - 1]
    return [
        f"{above} {below}".strip() if below and fold(above) != fold(below) else above
        for above, below in zip(over, lower, strict=True)
    ]


def _said_once(titles: Sequence[str], name: str) -> dict[str, str]:
    said: dict[str, str] = {}
    text = " ".join(titles)
    if found := DECISION.search(text):
        try:
            day = parse_date(f"{found['day']}/{found['month']}/{found['year']}").isoformat()
        except ValueError:
            day = ""
        said |= {"paper_number": re.sub(r"\s", "", found["number"]), "paper_on": day}
        said["issuer"] = (found["issuer"] or "").strip()
    outside = DECISION.sub(" ", text)
    years = set(YEAR_SAID.findall(outside)) or set(re.findall(r"\b((?:19|20)\d{2})\b", name))
    if len(years) == 1:
        said["year"] = years.pop()
    return {meaning: value for meaning, value in said.items() if value}


def _is_word(cell: str) -> bool:
    return len(cell) > 3 and " " in cell


def _key(cells: Sequence[str]) -> tuple[str, ...]:
    """Filled cells of a row of titles, however they are spelled and spaced."""
    return tuple(fold(cell) for cell in cells if cell)


def _rows_below(head: Head, rows: Iterator[tuple[int, Row]], titles: Sequence[str] = ()) -> Iterator[ListRow]:
    """Rows below the head that name somebody; heads that come again, numbers of columns, groups and totals are left out."""
    titles = titles or [column.title for column in head.columns]
    named = [column.at for column in head.columns if column.meaning in ("name", "award", "grade", "unit")]
    ordinal = next((column.at for column in head.columns if column.meaning == "number"), 0)
    plain = next((column.at for column in head.columns if column.meaning == "name"), 0)
    wide = max(ordinal, plain) + 1
    section, first = "", max(head.rows)
    again = {row[0] for row in head.repeats if row}  # a quick look before the whole row is compared
    repeated = {_key(row) for row in [*head.repeats, list(titles)]}
    for number, cells in rows:
        if (
            number > first
            and plain
            and len(cells) >= wide
            and ORDINAL.fullmatch(cells[ordinal])
            and _is_word(cells[plain])
        ):
            yield ListRow(number, section, cells)  # an ordinal and a name: a row, without another look
            continue
        filled = [(at, cell) for at, cell in enumerate(cells) if cell]
        if number <= first or not filled or (cells[0] in again and _key(cells) in repeated):
            continue
        if all(COLUMN_NUMBER.fullmatch(cell) for _, cell in filled) and len(filled) > 2:
            continue
        key = fold(next((cell for at, cell in filled if at != ordinal), filled[0][1]))
        lone = len([at for at, _ in filled if at != ordinal]) <= 1
        mark = cells[ordinal] if ordinal < len(cells) else ""
        if TOTAL.match(key) and (lone or not ORDINAL.fullmatch(mark)):
            continue
        if lone and not ORDINAL.fullmatch(mark):
            words = filled[-1][1]
            if FOOT.match(fold(words)):
                return
            if GROUP.fullmatch(mark.strip(". )")) or not mark or mark == words:
                section = words
            continue
        if FOOT.match(fold(filled[0][1])) and len(filled) <= 3:
            return
        if named and not any(at < len(cells) and cells[at] for at in named):
            continue
        yield ListRow(number, section, cells)
