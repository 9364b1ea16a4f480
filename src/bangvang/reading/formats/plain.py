"""Text files: Unicode with or without a mark, or bytes of one of the old Vietnamese encodings."""

import codecs
import re

from bangvang.reading import legacy_letters

RawLine = tuple[int | None, str, str]  # page, text, source

# Room left for the registry ("Số:      /KH-STC", "ngày      tháng 12") is no gap between two columns.
GAP = re.compile(r"(?:\t\s*|\s{5,})(?=[^\s/])(?!(?:tháng|năm)\b)")
ROOM_TO_SIGN = 7  # lines
INDENTED = re.compile(r"\s{16,}")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def characters(content: bytes) -> str:
    """The text of a file of characters; never fails, a byte that means nothing becomes U+FFFD."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut in the middle of its last letter is still UTF-8.
        if error.start >= len(content) - 4 and error.start > 0:
            return content[: error.start].decode("utf-8")
    if _mostly_utf8(content):
        return content.decode("utf-8", errors="replace")
    surface = content.decode("latin-1")
    if legacy_letters.suspected_encoding(surface):
        return surface
    return content.decode("cp1258", errors="replace")


def _mostly_utf8(content: bytes) -> bool:
    lost = content.decode("utf-8", errors="replace").count("\ufffd")
    marked = sum(byte > 127 for byte in content)
    return lost * 10 < marked


def lines_of(content: bytes) -> list[RawLine]:
    """One line of the file each; a form feed begins a new page."""
    text = characters(content).replace("\r\n", "\n").replace("\r", "\n")
    pages = text.split("\f")
    if len(pages) == 1:
        return in_reading_order([(None, line, "body") for line in text.split("\n")])
    return in_reading_order(
        [(number, line, "body") for number, page in enumerate(pages, 1) for line in page.split("\n")]
    )


def _goes_on(lines: list[RawLine], at: int) -> bool:
    """Whether two columns go on below blank lines: room for a signature stands between title and name."""
    below = next((text for _page, text, _source in lines[at : at + ROOM_TO_SIGN] if text.strip()), "")
    return len(below) < 160 and bool(GAP.search(below.strip()))


def _begins_title(text: str, right: list[RawLine]) -> bool:
    """Whether the head's columns end at this line: the date was their last line, and this one stands at the margin."""
    dated = bool(right) and bool(re.search(r"ngày.*tháng.*năm", right[-1][1]))
    return dated and text.strip() != "" and text[0] != " " and not GAP.search(text.strip())


def in_reading_order(lines: list[RawLine]) -> list[RawLine]:
    """Two columns set with blanks (head and foot of a paper) one after the other: the left one, then the right."""
    ordered: list[RawLine] = []
    at = 0
    while at < len(lines):
        text = lines[at][1].strip()
        if not any(room in text for room in ("\t", "     ", "\u00a0")) or not GAP.search(text):
            ordered.append(lines[at])
            at += 1
            continue
        if (
            "\t" in lines[at][1].strip()
            and len(cells := lines[at][1].split("\t")) > 2
            and any(map(str.strip, cells[:2]))
        ):
            page, _text, _source = lines[at]
            ordered.append((page, " | ".join(cell.strip() for cell in cells), "row"))  # saved from a table
            at += 1
            continue
        left, right = list[RawLine](), list[RawLine]()
        while at < len(lines) and (lines[at][1].strip() or _goes_on(lines, at)):
            page, text, _source = lines[at]
            if _begins_title(text, right):
                break
            parts = GAP.split(text.strip(), maxsplit=1)
            if len(parts) == 2:
                left.append((page, parts[0], "cell"))
                right.append((page, parts[1], "cell"))
            elif len(text.strip()) > 60:
                break  # a line of the body
            else:
                (right if INDENTED.match(text) else left).append((page, text.strip(), "cell"))
            at += 1
        ordered += left + right
    return ordered
