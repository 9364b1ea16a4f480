"""Word files (.docx): document.xml read directly, as the page shows it.

python-docx skips what these papers need most: the header set in a table, text boxes, numbers drawn by list styles,
capitals made by formatting, tracked deletions. ElementTree alone reads a plan in a few milliseconds.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree import ElementTree

from bangvang.reading import legacy_letters
from bangvang.reading.formats.numbering import label
from bangvang.reading.formats.plain import RawLine

Element = ElementTree.Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
OFF = ("0", "false", "off", "none")
# Tables that only place words on the page: the header of NĐ 30/2020 (two cells) and the foot with the signature.
LAYOUT = re.compile(r"C[ỘO]NG H[OÒ][AÀ]|Độc lập|Nơi nhận|^Số\s*:", re.IGNORECASE | re.MULTILINE)


@dataclass(slots=True)
class _Document:
    """What the walk needs to know: list levels and styles of the package, and where it stands."""

    levels: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)  # → format, text, start
    style_lists: dict[str, tuple[str, int]] = field(default_factory=dict)
    style_fonts: dict[str, str] = field(default_factory=dict)
    default_font: str = ""
    counters: dict[tuple[str, int], int] = field(default_factory=dict)
    page: int = 1
    lines: list[RawLine] = field(default_factory=list)


def lines_of(content: bytes) -> list[RawLine]:
    """Paragraphs in reading order; soft line breaks begin a new line; cells of layout tables one after the other."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = set(package.namelist())

        def part(name: str) -> Element | None:
            if name not in names:
                return None
            try:
                return ElementTree.fromstring(package.read(name))  # noqa: S314 - archive.py refused DTDs
            except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError):
                if name == "word/document.xml":
                    raise
                return None  # broken styles or numbers: the words can still be read

        document = _Document()
        _read_styles(part("word/styles.xml"), document)
        _read_numbering(part("word/numbering.xml"), document)
        for name in sorted(name for name in names if re.fullmatch(r"word/header\d*\.xml", name)):
            _read_page_header(part(name), document)
        root = part("word/document.xml")
    body = root.find(f"{W}body") if root is not None else None
    if body is not None:
        _walk(body, document, "body")
    return document.lines


def _value(node: Element | None, path: str) -> str:
    found = node.find(path) if node is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""


def _is_on(node: Element | None, name: str) -> bool:
    found = node.find(f"{W}{name}") if node is not None else None
    return found is not None and found.get(f"{W}val", "1") not in OFF


def _font(properties: Element | None) -> str:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""


def _read_styles(styles: Element | None, document: _Document) -> None:
    if styles is None:
        return
    document.default_font = _font(styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        if font := _font(style.find(f"{W}rPr")):
            document.style_fonts[name] = font
        list_id = _value(style, f"{W}pPr/{W}numPr/{W}numId")
        if list_id:
            document.style_lists[name] = (list_id, int(_value(style, f"{W}pPr/{W}numPr/{W}ilvl") or 0))


def _read_numbering(numbering: Element | None, document: _Document) -> None:
    if numbering is None:
        return
    kinds: dict[str, dict[int, tuple[str, str, int]]] = {}
    for kind in numbering.iter(f"{W}abstractNum"):
        kinds[kind.get(f"{W}abstractNumId", "")] = {
            int(level.get(f"{W}ilvl", "0")): (
                _value(level, f"{W}numFmt"),
                _value(level, f"{W}lvlText"),
                int(_value(level, f"{W}start") or 1),
            )
            for level in kind.findall(f"{W}lvl")
        }
    for used in numbering.iter(f"{W}num"):
        for level, drawn in kinds.get(_value(used, f"{W}abstractNumId"), {}).items():
            start = _value(used, f"{W}lvlOverride[@{W}ilvl='{level}']/{W}startOverride")
            document.levels[used.get(f"{W}numId", ""), level] = (drawn[0], drawn[1], int(start or drawn[2]))


def _read_page_header(header: Element | None, document: _Document) -> None:
    if header is None:
        return
    before = len(document.lines)
    _walk(header, document, "header")
    kept = [line for line in document.lines[before:] if sum(letter.isalpha() for letter in line[1]) > 3]
    document.lines[before:] = kept  # page numbers are no words of the document


def _walk(node: Element, document: _Document, source: str) -> None:
    for child in node:
        if child.tag == f"{W}p":
            _paragraph(child, document, source)
        elif child.tag == f"{W}tbl":
            _table(child, document)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            _walk(child, document, source)


def _table(table: Element, document: _Document) -> None:
    rows: list[list[list[RawLine]]] = []
    spread: list[list[str]] = []  # the same words, one entry for each column of the grid
    for row in table.findall(f"{W}tr"):
        cells: list[list[RawLine]] = []
        columns_of: list[str] = []
        for cell in row.iter(f"{W}tc"):
            kept, document.lines = document.lines, []
            _walk(cell, document, "cell")
            cells.append([line for line in document.lines if line[1].strip()])
            document.lines = kept
            columns_of += _spread(cell, " ".join(line[1] for line in cells[-1]), columns_of, spread)
        rows.append(cells)
        spread.append(columns_of)
    words = "\n".join(line[1] for cells in rows for cell in cells for line in cell)
    columns = max((len(cells) for cells in rows), default=0)
    if columns <= 1 or (columns <= 4 and LAYOUT.search(words)) or (columns == 2 and len(rows) == 1):
        document.lines += [line for cells in rows for cell in cells for line in cell]
        return
    document.lines += [(document.page, " | ".join(columns_of), "row") for columns_of in spread]


def _spread(cell: Element, words: str, left: list[str], above: list[list[str]]) -> list[str]:
    """A cell over several columns leaves the others empty; a cell over several rows says its words in each."""
    properties = cell.find(f"{W}tcPr")
    merged = properties.find(f"{W}vMerge") if properties is not None else None
    if merged is not None and merged.get(f"{W}val") != "restart" and not words and above and len(left) < len(above[-1]):
        words = above[-1][len(left)]
    span = _value(properties, f"{W}gridSpan")
    return [words] + [""] * (min(int(span), 64) - 1 if span.isdigit() else 0)


def _paragraph(paragraph: Element, document: _Document, source: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    if _is_on(properties, "pageBreakBefore"):
        document.page += 1
    style = _value(properties, f"{W}pStyle")
    font = document.style_fonts.get(style, document.default_font)
    boxes: list[Element] = []
    pieces = _runs(paragraph, document, font, boxes)
    text = _list_label(properties, style, document) + "".join(pieces)
    for number, line in enumerate(text.split("\n")):
        if number == 0 or line.strip():
            document.lines.append((document.page, line, source))
    for box in boxes:
        _walk(box, document, "box")


def _runs(node: Element, document: _Document, font: str, boxes: list[Element]) -> list[str]:
    pieces: list[str] = []
    for child in node:
        if child.tag == f"{W}r":
            pieces.append(_run(child, document, font, boxes))
        elif child.tag in (f"{W}hyperlink", f"{W}ins", f"{W}smartTag", f"{W}sdt", f"{W}sdtContent", f"{W}fldSimple"):
            pieces += _runs(child, document, font, boxes)
    return pieces


def _run(run: Element, document: _Document, font: str, boxes: list[Element]) -> str:
    properties = run.find(f"{W}rPr")
    if _is_on(properties, "vanish"):
        return ""
    parts: list[str] = []
    for child in run:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag == f"{W}tab":
            parts.append("\t")
        elif child.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif child.tag in (f"{W}br", f"{W}cr"):
            if child.get(f"{W}type") == "page":
                document.page += 1
            parts.append("\n")
        elif child.tag == f"{W}lastRenderedPageBreak":
            document.page += 1
        elif child.tag in (CHOICE, f"{W}drawing", f"{W}pict"):
            # A box is stored twice, for new and for old programs: the first copy is enough.
            boxes += list(child.iter(f"{W}txbxContent"))[: 1 if child.tag == CHOICE else None]
    text = "".join(parts)
    font = _font(properties) or font
    encoding = legacy_letters.encoding_of_font(font)
    if encoding and text.strip() and any(ord(letter) > 127 for letter in text):
        text = legacy_letters.converted(text, encoding)
    capitals = _is_on(properties, "caps") or (encoding is not None and legacy_letters.is_capital_font(font))
    return text.upper() if capitals else text


def _list_label(properties: Element | None, style: str, document: _Document) -> str:
    list_id, level = document.style_lists.get(style, ("", 0))
    if own := _value(properties, f"{W}numPr/{W}numId"):
        list_id, level = own, int(_value(properties, f"{W}numPr/{W}ilvl") or 0)
    drawn = document.levels.get((list_id, level))
    if drawn is None or list_id == "0":
        return ""
    kind, pattern, start = drawn
    if kind in ("bullet", "none", ""):
        return "- " if kind == "bullet" else ""
    counters = document.counters
    counters[list_id, level] = counters.get((list_id, level), start - 1) + 1
    for deeper in [key for key in counters if key[0] == list_id and key[1] > level]:
        del counters[deeper]

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        kind_there, _pattern, start_there = document.levels.get((list_id, at), ("decimal", "", 1))
        return label(counters.get((list_id, at), start_there), kind_there)

    return re.sub(r"%(\d)", number, pattern) + " "
