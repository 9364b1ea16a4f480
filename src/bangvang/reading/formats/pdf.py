"""PDF files with text, through pdfium: words placed on the page become lines again, column by column.

A page of these papers has two columns at its head (agency | national motto) and at its foot (recipients | signature).
pdfium gives words in the order they were written, so lines are rebuilt from their places on the page.
"""

import re
import statistics
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bangvang.reading.formats.pdf_tables import Cell, Rules, rules_of
from bangvang.reading.formats.plain import RawLine
from bangvang.reading.refusal import refuse

MOST_PAGES = 300
GAP_OF_COLUMNS = 1.6  # times the height of the letters: wider is a new column
GAP_OF_WORDS = 0.12  # times the height: narrower belongs to the same word


@dataclass(slots=True)
class _Piece:
    """A run of words on one line of the page; points, origin at the bottom left."""

    left: float
    right: float
    bottom: float
    top: float
    text: str


def lines_of(content: bytes) -> tuple[list[RawLine], int]:
    """The lines with their page numbers, and the number of pages; raises RefusedFile (encrypted, active_content)."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise refuse("encrypted") from error
        raise refuse("damaged") from error
    try:
        if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0 or document.count_attachments() > 0:
            raise refuse("active_content")
        lines: list[RawLine] = []
        for index in range(min(len(document), MOST_PAGES)):
            page = document[index]
            text_page = page.get_textpage()
            try:
                rules = rules_of(page)
                found = _page_lines(text_page, page.get_width(), rules)
                lines += [(index + 1, text, source) for text, source in found]
            finally:
                text_page.close()
                page.close()
        return lines, len(document)
    finally:
        document.close()


def _page_lines(text_page: Any, width: float, rules: Rules) -> list[tuple[str, str]]:
    text = text_page.get_text_range()
    if len(text) != text_page.count_chars():  # letters outside the basic plane: places would slip, words would not
        return [(line, "body") for line in text.replace("\r", "").split("\n")]
    pieces: list[_Piece] = []
    for word in re.finditer(r"[^\s\x00]+", text):
        left, bottom, _right, top = text_page.get_charbox(word.start(), loose=True)
        right = text_page.get_charbox(word.end() - 1, loose=True)[2]
        if top > bottom:
            pieces.append(_Piece(left, right, bottom, top, word[0].replace("\x02", "-").replace("\ufffe", "-")))
    if not pieces:
        return []
    rows, pieces = _ruled_rows(pieces, rules)
    if not rows:
        return _reading_order([_joined(row) for row in _rows(pieces)], width)
    return _around_tables(pieces, rows, width)


def _ruled_rows(pieces: list[_Piece], rules: Rules) -> tuple[list[list[_Piece]], list[_Piece]]:
    """The rows of ruled tables, each a list of cells from left to right, and the words outside of tables."""
    inside: dict[Cell, list[_Piece]] = {}
    outside: list[_Piece] = []
    for piece in pieces:
        cell = rules.cell_at((piece.left + piece.right) / 2, (piece.bottom + piece.top) / 2) if rules.down else None
        (outside if cell is None else inside.setdefault(cell, [])).append(piece)
    rows: dict[float, list[_Piece]] = {}
    for cell, words in sorted(inside.items(), key=lambda entry: (-entry[0][1], entry[0][0])):
        rows.setdefault(cell[1], []).append(_cell(words, left=cell[0], top=cell[1]))
    for cell, words in inside.items():  # a cell over several rows says its words in each
        for top, row in rows.items():
            if cell[2] < top - 1 < cell[1] - 1 and all(piece.left != cell[0] for piece in row):
                row.append(_cell(words, left=cell[0], top=top))
    for row in rows.values():
        row.sort(key=lambda piece: piece.left)
    columns = sorted({cell[0] for cell in inside})
    filled = [
        _with_empty_cells(row, columns, max(bound.left for bound in row)) if len(row) > 1 else row
        for row in rows.values()
    ]
    if all(len(row) == 1 for row in filled):  # a frame around words is no table
        return [], pieces
    return filled, outside


def _with_empty_cells(row: list[_Piece], columns: list[float], last: float) -> list[_Piece]:
    known = {piece.left: piece for piece in row}
    return [
        known.get(column) or _Piece(column, column, row[0].bottom, row[0].top, "")
        for column in columns
        if column <= last
    ]


def _cell(words: list[_Piece], *, left: float, top: float) -> _Piece:
    lines = [" ".join(piece.text for piece in _joined(row)) for row in _rows(words)]
    return _Piece(left, left, min(word.bottom for word in words), top, " ".join(lines))


def _around_tables(pieces: list[_Piece], rows: list[list[_Piece]], width: float) -> list[tuple[str, str]]:
    """Words above, between and below the tables in their order, the rows of a table as rows."""
    lines: list[tuple[str, str]] = []
    left = pieces
    for row in rows:
        top = row[0].top
        above = [piece for piece in left if (piece.bottom + piece.top) / 2 > top]
        if above:
            lines += _reading_order([_joined(line) for line in _rows(above)], width)
            left = [piece for piece in left if (piece.bottom + piece.top) / 2 <= top]
        lines.append((" | ".join(piece.text for piece in row), "row" if len(row) > 1 else "cell"))
    if left:
        lines += _reading_order([_joined(line) for line in _rows(left)], width)
    return lines


def _rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces that share a base line, top of the page first, each row from left to right."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -(piece.top + piece.bottom)):
        middle = (piece.top + piece.bottom) / 2
        for row in reversed(rows[-3:]):
            if row[0].bottom < middle < row[0].top:
                row.append(piece)
                break
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _joined(row: list[_Piece]) -> list[_Piece]:
    """Neighbouring pieces of a row put together; what stays apart belongs to different columns."""
    height = statistics.median(piece.top - piece.bottom for piece in row)
    joined = [row[0]]
    for before, piece in pairwise(row):
        last = joined[-1]
        gap = piece.left - before.right
        if gap > GAP_OF_COLUMNS * height:
            joined.append(piece)
            continue
        blank = " " if gap > GAP_OF_WORDS * height else ""
        joined[-1] = _Piece(
            last.left, piece.right, min(last.bottom, piece.bottom), last.top, last.text + blank + piece.text
        )
    return joined


def _reading_order(rows: list[list[_Piece]], width: float) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    at = 0
    while at < len(rows):
        if len(rows[at]) == 1:
            lines.append((rows[at][0].text, "body"))
            at += 1
            continue
        if len(rows[at]) > 2:
            lines.append((" | ".join(piece.text for piece in rows[at]), "row"))
            at += 1
            continue
        split = (rows[at][0].right + rows[at][1].left) / 2
        end = at
        while end < len(rows) and len(rows[end]) <= 2 and _keeps_apart(rows[end], split, width):
            end += 1
        while len(rows[end - 1]) == 1:  # what stands alone below the columns is no longer part of them
            end -= 1
        block = [piece for row in rows[at:end] for piece in row]
        lines += [(piece.text, "cell") for piece in block if piece.left < split]
        lines += [(piece.text, "cell") for piece in block if piece.left >= split]
        at = end
    return lines


def _keeps_apart(row: list[_Piece], split: float, width: float) -> bool:
    """Whether no piece of the row crosses the gap between the two columns, nor is a line of the body."""
    if any(piece.left < split - 1 and piece.right > split + 1 for piece in row):
        return False
    if len(row) == 2:
        return True
    centred = abs((row[0].left + row[0].right) / 2 - width / 2) < 0.04 * width
    return not centred and row[0].right - row[0].left < 0.5 * width
