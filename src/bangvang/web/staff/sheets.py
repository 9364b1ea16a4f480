"""Lists as xlsx. Text that begins with = + - @ stays text: no cell of ours is ever a formula (house.md 2.11)."""

import io
from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """One list: its name, its heads, its rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str | int | None, ...], ...]


def as_xlsx(sheet: Sheet) -> bytes:
    """The file. Numbers are numbers, everything else is written as text."""
    import xlsxwriter  # noqa: PLC0415 (slow library stays out of start-up)

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(sheet.title)
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for column, head in enumerate(sheet.heads):
            page.write_string(0, column, head, bold)
            page.set_column(column, column, max(12, min(50, len(head) + 4)))
        for row, cells in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(cells):
                if isinstance(cell, int):
                    page.write_number(row, column, cell, wrapped)
                elif cell:
                    page.write_string(row, column, cell, wrapped)
        page.freeze_panes(1, 1)
    return out.getvalue()
