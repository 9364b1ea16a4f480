"""Cells of a list, row by row, whatever file holds them: xlsx, tables of docx, csv, pasted text. Everything is text.

Excel knows numbers and days where officials see words: 1.0 is the ordinal "1", a day is "05/01/2024". Rows come one by
one, so that a list of 100,000 rows needs no more memory than one of ten.
"""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from xml.etree import ElementTree

from bangvang.reading import legacy_letters
from bangvang.reading.guard import identify
from bangvang.reading.refusal import refuse
from bangvang.reading.text_cleaning import clean

WIDEST = 60  # columns; what stands further right is a hidden list of codes
LONGEST = 2000  # characters of a cell
SAMPLED = 200  # rows looked at to find the letters' encoding
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Row = list[str]


@dataclass(slots=True)
class Sheet:
    """One table of a file: its name, what stood above it (docx), and its rows as (row number from 1, cells).

    `spans` are merged cells near the top as (first row, first column, last row, last column), all from 0."""

    name: str
    rows: Iterable[tuple[int, Row]]
    above: list[str] = field(default_factory=list)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)


def sheets_of(path: Path) -> Iterator[Sheet]:
    """The tables of a file, each to be read to its end before the next; raises RefusedFile."""
    kind = identify(path).kind
    if kind == "xlsx":
        yield from _of_workbook(path)
    elif kind == "docx":
        yield from _of_word(path)
    elif kind == "txt":
        yield _of_characters(path)
    else:
        raise refuse("no_table")


def text_of_cell(value: object) -> str:
    """A cell as an official sees it."""
    if isinstance(value, str):
        return _word(value) if value else ""
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return f"{value:.10g}".replace(".", ",")
    if isinstance(value, datetime.date):  # also a datetime
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return "" if value is None else clean(str(value))[:LONGEST]


@lru_cache(maxsize=30_000)  # lists say the same words again and again
def _word(text: str) -> str:
    return clean(text[: LONGEST * 2])[:LONGEST]


def _of_workbook(path: Path) -> Iterator[Sheet]:
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(str(path))
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
                continue  # charts, and hidden lists of codes
            sheet = book.get_sheet_by_name(about.name)
            spans = [(r, c, last_r, last_c) for (r, c), (last_r, last_c) in sheet.merged_cell_ranges or ()]
            yield Sheet(clean(about.name), _in_unicode(_rows(sheet)), spans=[span for span in spans if span[0] < 100])
    except CalamineError as error:
        raise refuse("damaged") from error


def _rows(sheet: object) -> Iterator[tuple[int, Row]]:
    start = getattr(sheet, "start", None) or (0, 0)
    left = [""] * start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):  # type: ignore[attr-defined]
        yield number, (left + [text_of_cell(cell) for cell in cells])[:WIDEST]


def _of_word(path: Path) -> Iterator[Sheet]:
    with zipfile.ZipFile(path) as package:
        root = ElementTree.fromstring(package.read("word/document.xml"))  # noqa: S314 - archive.py refused DTDs
    body = root.find(f"{W}body")
    above: list[str] = []
    place = 0
    for node in body if body is not None else ():
        if node.tag == f"{W}p":
            if words := clean(_words(node)):
                above.append(words)
        elif node.tag == f"{W}tbl":
            rows = list(_table_rows(node))
            if max((len(cells) for _, cells in rows), default=0) > 2:  # two cells are a letterhead or a signature
                place += 1
                yield Sheet(f"Bảng {place}", _in_unicode(iter(rows)), above=above[-12:])
                above = []
            else:
                above += [cell for _, cells in rows for cell in cells if cell]


def _words(node: ElementTree.Element) -> str:
    return "".join(
        (part.text or "") if part.tag == f"{W}t" else " "
        for part in node.iter()
        if part.tag in (f"{W}t", f"{W}tab", f"{W}br", f"{W}p")
    )


def _table_rows(table: ElementTree.Element) -> Iterator[tuple[int, Row]]:
    """Cells with their spans: a cell over three columns is a word and two blanks; a cell carried down is blank."""
    for number, row in enumerate(table.findall(f"{W}tr"), start=1):
        cells: Row = []
        for cell in row.findall(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            wide = int(span.get(f"{W}val", "1")) if span is not None else 1
            cells += [clean(_words(cell))[:LONGEST], *[""] * (min(wide, WIDEST) - 1)]
        yield number, cells[:WIDEST]


def _of_characters(path: Path) -> Sheet:
    """csv with commas, semicolons or tabs, and cells pasted from Excel; UTF-8 or UTF-16, with or without a mark."""
    content = path.read_bytes()
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if marked else "utf-8-sig", errors="replace")
    head = text[:20_000]
    separator = max("\t;,|", key=lambda sign: (head.count(sign) if sign != "," else head.count(sign) / 3, sign == "\t"))
    csv.field_size_limit(10**6)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = ((number, [text_of_cell(cell) for cell in cells][:WIDEST]) for number, cells in enumerate(lines, start=1))
    return Sheet("", _in_unicode(rows))


def _in_unicode(rows: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """The rows, converted when the first of them are in TCVN3 or VNI."""
    first = list(islice(rows, SAMPLED))
    words = "\n".join(cell for _, cells in first for cell in cells)
    encoding = legacy_letters.suspected_encoding(words)
    if encoding is None:
        yield from first
        yield from rows
        return
    for number, cells in chain(first, rows):
        yield number, _converted(cells, encoding)


def _converted(cells: Row, encoding: str) -> Row:
    return [
        legacy_letters.restored_capitals(legacy_letters.converted(cell, encoding)) if not cell.isascii() else cell
        for cell in cells
    ]
