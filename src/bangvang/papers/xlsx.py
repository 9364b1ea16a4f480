"""A list as an Excel file. Cells are written as text or number, never as formula or link, whatever they begin with."""

import io
from collections.abc import Iterable, Sequence

Cell = str | int | float | None
WIDEST = 60  # characters
SHEET_NAME = 31  # Excel's longest name of a sheet


def write(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    notes: tuple[str, Sequence[tuple[str, str]]] | None = None,
) -> bytes:
    """One sheet with a bold, frozen head and a filter. `title` names the sheet; letters Excel refuses there are dropped.

    `notes` makes a second sheet: its name, and lines of two cells.
    """
    import xlsxwriter  # a list is exported now and then: the library stays out of start-up

    given = [list(row) for row in rows]
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    name = "".join(letter for letter in title if letter not in "[]:*?/\\'")[:SHEET_NAME] or "Danh sách"
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for column, words in enumerate(columns):
        sheet.write_string(0, column, words, head)
        longest = max([len(words), *(len(str(row[column] or "")) for row in given)])
        sheet.set_column(column, column, min(WIDEST, longest + 2))
    for place, row in enumerate(given, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(place, column, cell, body)
            elif cell:
                sheet.write_string(place, column, cell, body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(given)), max(0, len(columns) - 1))
    if notes is not None:
        second = book.add_worksheet(notes[0][:SHEET_NAME])
        second.set_column(0, 0, 30)
        second.set_column(1, 1, WIDEST * 2)
        for place, (name, meaning) in enumerate(notes[1]):
            second.write_string(place, 0, name, head)
            second.write_string(place, 1, meaning, body)
    book.close()
    return kept.getvalue()
