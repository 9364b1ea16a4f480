"""Reading the produced files back, as other programs would."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pypdfium2.raw as pdfium
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

MM = 72 / 25.4
MARGIN = 19  # mm: above and below it stand only the page number and the seal


def docx_words(content: bytes) -> tuple[str, ...]:
    return tuple(word for text in _docx_texts(Document(io.BytesIO(content))) for word in text.split())


def _docx_texts(container: Any) -> Iterator[str]:
    for item in container.iter_inner_content():
        if isinstance(item, Paragraph):
            yield item.text
        else:
            assert isinstance(item, Table)
            for row in item.rows:
                for cell in row.cells:
                    yield from _docx_texts(cell)


def xlsx_sheets(content: bytes) -> list[list[tuple[str | int, ...]]]:
    """Every sheet of an Excel file as rows; an empty cell is "", a number an int."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = sorted(name for name in file.namelist() if name.startswith("xl/worksheets/sheet"))
        shared = ElementTree.fromstring(file.read("xl/sharedStrings.xml"))  # noqa: S314 (written by us)
        words = ["".join(item.itertext()) for item in shared]
        return [_rows(ElementTree.fromstring(file.read(name)), words) for name in names]  # noqa: S314


def _rows(sheet: ElementTree.Element, words: list[str]) -> list[tuple[str | int, ...]]:
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    rows: list[dict[int, str | int]] = []
    for row in sheet.iter(f"{space}row"):
        cells: dict[int, str | int] = {}
        for cell in row:
            value = cell.findtext(f"{space}v") or "0"
            place = ord(cell.get("r", "A")[0]) - ord("A")  # our lists have fewer than 27 columns
            cells[place] = words[int(value)] if cell.get("t") == "s" else int(value)
        rows.append(cells)
    width = max(max(cells) for cells in rows) + 1
    return [tuple(cells.get(place, "") for place in range(width)) for cells in rows]


def pdf_pages(content: bytes) -> list[str]:
    """The text of every page between the top and the bottom margin."""
    document = pypdfium2.PdfDocument(content)
    try:
        return [_between_margins(page) for page in document]
    finally:
        document.close()


def pdf_words(content: bytes) -> tuple[str, ...]:
    return tuple(word for page in pdf_pages(content) for word in page.split())


def _between_margins(page: Any) -> str:
    width, height = page.get_size()
    text = page.get_textpage()
    found = text.get_text_bounded(left=0, right=width, bottom=MARGIN * MM, top=height - MARGIN * MM)
    text.close()
    page.close()
    return str(found)


@dataclass(frozen=True)
class Piece:
    """One run of letters in a PDF: where its ink is (mm from the left and from the top), and in which font."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str


@dataclass(frozen=True)
class Rule:
    """One horizontal line in a PDF, mm."""

    left: float
    right: float
    y: float

    @property
    def length(self) -> float:
        return self.right - self.left


def pdf_pieces(content: bytes, page_number: int) -> list[Piece]:
    """Pieces of one page (0 is the first): text objects with their font and size."""
    document = pypdfium2.PdfDocument(content)
    page = document[page_number]
    height = page.get_height()
    text = page.get_textpage()
    pieces = []
    for item in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=5):
        item.textpage = text
        left, bottom, right, top = (value / MM for value in item.get_bounds())
        upper, lower = height / MM - top, height / MM - bottom
        scale = item.get_matrix().get()[3]
        size = round(item.get_font_size() * abs(scale), 2)
        pieces.append(Piece(item.extract(), left, right, upper, lower, size, item.get_font().get_base_name()))
    text.close()
    page.close()
    document.close()
    return pieces


def pdf_rules(content: bytes, page_number: int) -> list[Rule]:
    document = pypdfium2.PdfDocument(content)
    page = document[page_number]
    height = page.get_height()
    rules = []
    for item in page.get_objects([pdfium.FPDF_PAGEOBJ_PATH], max_depth=5):
        left, bottom, right, top = (value / MM for value in item.get_bounds())
        if top - bottom < 1 < right - left:
            rules.append(Rule(left, right, height / MM - (top + bottom) / 2))
    page.close()
    document.close()
    return sorted(rules, key=lambda rule: rule.y)
