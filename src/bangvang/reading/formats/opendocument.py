"""OpenDocument text (.odt): content.xml read directly, with list numbers as the page would show them."""

import io
import zipfile
from xml.etree import ElementTree

from bangvang.reading.formats.numbering import label
from bangvang.reading.formats.plain import RawLine

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SKIPPED = {f"{OFFICE}annotation", f"{TEXT}note", f"{TEXT}tracked-changes", f"{TEXT}table-of-content"}

Levels = dict[int, tuple[str, str, str]]  # level → number format ("1", "I", "a", "" for a bullet), prefix, suffix


def lines_of(content: bytes) -> list[RawLine]:
    """Paragraphs, headings, list items and table cells in reading order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = ElementTree.fromstring(package.read("content.xml"))  # noqa: S314 - DTDs were refused by archive.py
    lists = {style.get(f"{STYLE}name", ""): _levels(style) for style in root.iter(f"{TEXT}list-style")}
    lines: list[RawLine] = []
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is not None:
        _walk(body, lines, lists, (), "body", [])
    return lines


def _levels(style: ElementTree.Element) -> Levels:
    return {
        int(level.get(f"{TEXT}level", "1")): (
            level.get(f"{STYLE}num-format", "") if level.tag.endswith("number") else "",
            level.get(f"{STYLE}num-prefix", ""),
            level.get(f"{STYLE}num-suffix", ""),
        )
        for level in style
        if level.tag in (f"{TEXT}list-level-style-number", f"{TEXT}list-level-style-bullet")
    }


def _walk(
    node: ElementTree.Element,
    lines: list[RawLine],
    lists: dict[str, Levels],
    list_styles: tuple[str, ...],
    source: str,
    marker: list[str],
) -> None:
    for child in node:
        if child.tag in SKIPPED:
            continue
        if child.tag in (f"{TEXT}p", f"{TEXT}h"):
            prefix = marker.pop() + " " if marker else ""
            for number, text in enumerate(_words(child).split("\n")):
                lines.append((None, (prefix if number == 0 else "") + text, source))
            for box in child.iter(f"{DRAW}text-box"):
                _walk(box, lines, lists, (), "box", [])
        elif child.tag == f"{TEXT}list":
            name = child.get(f"{TEXT}style-name") or (list_styles[-1] if list_styles else "")
            levels = lists.get(name, {})
            kind, before, after = levels.get(len(list_styles) + 1, ("", "", ""))
            for number, item in enumerate(child.findall(f"{TEXT}list-item"), 1):
                mark = f"{before}{label(number, kind)}{after}" if kind else "-"
                _walk(item, lines, lists, (*list_styles, name), source, [mark])
        elif child.tag == f"{TABLE}table":
            for row in child.iter(f"{TABLE}table-row"):
                _row(row, lines, lists)
        else:
            _walk(child, lines, lists, list_styles, source, marker)


def _row(row: ElementTree.Element, lines: list[RawLine], lists: dict[str, Levels]) -> None:
    cells: list[list[RawLine]] = []
    for cell in row.findall(f"{TABLE}table-cell"):
        content: list[RawLine] = []
        _walk(cell, content, lists, (), "cell", [])
        cells.append([line for line in content if line[1].strip()])
    first = " ".join(line[1] for line in cells[0]).strip() if cells else ""
    if len(cells) > 2 or (len(cells) == 2 and (first.rstrip(".").isdigit() or first.upper() in ("STT", "TT"))):
        lines.append((None, " | ".join(" ".join(line[1] for line in cell) for cell in cells), "row"))
    else:
        lines.extend(line for cell in cells for line in cell)


def _words(paragraph: ElementTree.Element) -> str:
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{TEXT}s":
            parts.append(" " * min(int(child.get(f"{TEXT}c", "1")), 100))
        elif child.tag == f"{TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{TEXT}line-break":
            parts.append("\n")
        elif child.tag not in SKIPPED and not child.tag.startswith(DRAW):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)
