"""A report as a table, the same for page and Excel file."""

from dataclasses import dataclass

from bangvang.papers import xlsx

Cell = str | int


@dataclass(frozen=True)
class Column:
    """`meaning` says from which records the number is counted, so that somebody can count again by hand."""

    title: str
    meaning: str
    is_number: bool = True


@dataclass(frozen=True)
class Table:
    """Rows as officials sort them, and the sums of the number columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("Mỗi dòng của bảng phải có đủ số cột.")

    @property
    def totals(self) -> tuple[Cell, ...]:
        """The last line: "Tổng cộng" and the sum of every number column."""
        sums: list[Cell] = [
            sum(int(row[place]) for row in self.rows) if column.is_number else ""
            for place, column in enumerate(self.columns)
        ]
        return ("Tổng cộng", *sums[1:])

    def as_xlsx(self) -> bytes:
        """One sheet with the numbers and their sums, one with the meaning of the columns."""
        notes = [(column.title, column.meaning) for column in self.columns]
        titles = [column.title for column in self.columns]
        return xlsx.write(self.title, titles, [*self.rows, self.totals], notes=("Ý nghĩa các cột", notes))
