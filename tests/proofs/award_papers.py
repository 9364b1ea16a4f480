"""What the papers of a decision say, read from the files themselves: Word, PDF, Excel, certificates as drawn, web pages."""

import io
import re
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import takewhile
from xml.etree import ElementTree

HEADS = {
    "Họ và tên, tập thể": "name",
    "Chức vụ": "title",
    "Đơn vị": "unit",
    "Danh hiệu, hình thức": "award",
    "Số tiền (đồng)": "amount",
}
COUNTED = re.compile(r"(?:danh hiệu |[Tt]ặng )([^;:\n]+?) cho ((?:\d{2} (?:tập thể|cá nhân)(?:, )?)+)")
PARTS = re.compile(r"(\d{2}) (tập thể|cá nhân)")
MADE = re.compile(r"(\d+) đề nghị, gồm (\d+) cho cá nhân và (\d+) cho tập thể")
PASSED = re.compile(r"Đạt tỷ lệ: (\d+) trên (\d+) trường hợp")
PRINTED = re.compile(
    r"^(?P<head>.*? TẶNG(?: DANH HIỆU)? )?(?P<who>.+?) đã có thành tích .*"
    r"Quyết định số (?P<number>\S+), (?P<day>ngày \d+ tháng \d+ năm \d+) Số sổ vàng: (?P<place>\d+)"
)
TOTAL = re.compile(r"[Tt]ổng số tiền(?: thưởng:)? ([\d.]+) đồng")


@dataclass(frozen=True, order=True)
class Row:
    """One of the honoured as a paper says it; `amount` as printed, empty where the paper has none."""

    name: str
    title: str
    unit: str
    award: str
    amount: str = ""

    def without_amount(self) -> "Row":
        return Row(self.name, self.title, self.unit, self.award)

    @property
    def post(self) -> str:
        return ", ".join(part for part in (self.title, self.unit) if part)

    @property
    def bare_name(self) -> str:
        """Without Ông or Bà, as minutes name the people of the house; people from outside are named as they were entered."""
        return re.sub("^(Ông|Bà) ", "", self.name)


def of_word(content: bytes) -> list[Row]:
    """Rows of every table of a Word file that begins with TT and names its columns; the sum below is no row."""
    from docx import Document

    rows = []
    for table in Document(io.BytesIO(content)).tables:
        heads = [cell.text for cell in table.rows[0].cells]
        if heads[0] == "TT" and HEADS.keys() & set(heads):
            cells = ([cell.text for cell in row.cells] for row in table.rows[1:])
            rows += [_row(heads, texts) for texts in cells if texts[0]]
    return rows


Voted = tuple[str, str, str]  # bare name, post, award


def of_minutes(content: bytes) -> dict[str, list[Voted]]:
    """Result ("Đạt", "Không đạt") → who got it, from the list of votes in the council's minutes."""
    found: dict[str, list[Voted]] = {}
    for cells in _tables(content, "Kết quả"):
        name = Row(cells["Họ và tên, tập thể"], "", "", "").bare_name
        found.setdefault(cells["Kết quả"], []).append((name, cells["Chức vụ, đơn vị"], cells["Danh hiệu, hình thức"]))
    return {result: sorted(rows) for result, rows in found.items()}


def of_counting_record(content: bytes, column: str) -> list[tuple[str, str, str]]:
    """(who in one string, award, the cell of a column) of every line in the table that has this column."""
    rows = _tables(content, column)
    return sorted((row["Họ và tên, tập thể"], row["Danh hiệu, hình thức"], row[column]) for row in rows)


def _tables(content: bytes, column: str) -> list[dict[str, str]]:
    """Rows by the titles of their columns, of every table that numbers its rows and has this column."""
    from docx import Document

    rows = []
    for table in Document(io.BytesIO(content)).tables:
        heads = [cell.text for cell in table.rows[0].cells]
        if heads[0] == "TT" and column in heads:
            rows += [dict(zip(heads, (cell.text for cell in row.cells), strict=True)) for row in list(table.rows)[1:]]
    return rows


@dataclass(frozen=True)
class Printed:
    """One page of certificates: what its letters and its square say. `award` is empty on a blank, which carries it already."""

    award: str
    who: str  # name and post, as the letters follow each other
    number: str
    day: str
    place: str
    square: str


def of_certificates(content: bytes) -> list[Printed]:
    """Every page of a PDF of certificates. A page that cannot be read so becomes one with its whole text as `who`."""
    import numpy
    import pypdfium2
    import zxingcpp

    found = []
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text = page.get_textpage()
        words = " ".join(text.get_text_range().split())
        squares = zxingcpp.read_barcodes(numpy.ascontiguousarray(page.render(scale=2, grayscale=True).to_numpy()))
        found.append(_printed(words, " ".join(code.text for code in squares)))
        text.close()
        page.close()
    document.close()
    return found


def _printed(words: str, square: str) -> Printed:
    if (said := PRINTED.search(words)) is None:
        return Printed("", words, "", "", "", square)
    who = said["who"].split()
    award = (
        list(takewhile(str.isupper, who)) if said["head"] else []
    )  # on a full page the award stands before the name, in capitals
    return Printed(" ".join(award), " ".join(who[len(award) :]), said["number"], said["day"], said["place"], square)


def _row(heads: list[str], texts: list[str]) -> Row:
    return Row(**{HEADS[head]: text for head, text in zip(heads, texts, strict=True) if head in HEADS})


def text_of_word(content: bytes) -> str:
    """The paragraphs of a Word file, tables left out."""
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def counts_in(text: str) -> dict[str, tuple[int, int]]:
    """Award → (collectives, individuals), as the sentences of a paper count them."""
    found = {}
    for award, words in COUNTED.findall(text):
        said = {who: int(number) for number, who in PARTS.findall(words)}
        found[award] = (said.get("tập thể", 0), said.get("cá nhân", 0))
    return found


def totals_in(text: str) -> set[str]:
    return set(TOTAL.findall(text))


def of_excel(content: bytes) -> list[Row]:
    """Rows of the first sheet; amounts are numbers there and are printed with dots to be compared."""
    space = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 (our own file)
        strings = ["".join(part.text or "" for part in one.iter(f"{{{space['x']}}}t")) for one in shared]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314
    table: list[dict[str, str]] = []
    for row in sheet.iterfind(".//x:row", space):
        cells = {}
        for cell in row.iterfind("x:c", space):
            value = cell.find("x:v", space)
            text = value.text or "" if value is not None else ""
            column = re.sub(r"\d", "", cell.get("r", ""))
            cells[column] = (
                strings[int(text)] if cell.get("t") == "s" else f"{int(text):,}".replace(",", ".") if text else ""
            )
        table.append(cells)
    heads, *rows = table
    return [
        Row(**{HEADS[head]: row.get(column, "") for column, head in heads.items() if head in HEADS}) for row in rows
    ]


class _Pairs(HTMLParser):
    """dt and dd of a page, and the items of its list of honoured."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pairs: list[list[str]] = []
        self.honoured: list[list[str]] = []
        self.at = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "dt":
            self.pairs.append(["", ""])
        if tag in ("dt", "dd", "b") or (tag == "span" and given.get("class") == "what"):
            self.at = "what" if tag == "span" else tag
        if tag == "b":
            self.honoured.append(["", ""])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("dt", "dd", "b", "span", "li"):
            self.at = ""

    def handle_data(self, data: str) -> None:
        if self.at in ("dt", "dd") and self.pairs:
            self.pairs[-1][self.at == "dd"] += data
        if self.at in ("b", "what") and self.honoured:
            self.honoured[-1][self.at == "what"] += data


def of_certificate_page(content: bytes) -> Row:
    """What the verification page of one certificate says."""
    reader = _Pairs()
    reader.feed(content.decode())
    said = {" ".join(name.split()): " ".join(value.split()) for name, value in reader.pairs}
    return Row(said["Tên"], said.get("Chức vụ", ""), said.get("Đơn vị", ""), said["Danh hiệu, hình thức"])


def of_public_page(content: bytes) -> list[tuple[str, str]]:
    """(name, the rest in one string) of everybody on a decision's public page."""
    reader = _Pairs()
    reader.feed(content.decode())
    return [(" ".join(name.split()), " ".join(rest.split())) for name, rest in reader.honoured if rest.strip()]
