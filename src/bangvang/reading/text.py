"""Any readable file as clean lines, or the reason why its words cannot be trusted."""

import re
from pathlib import Path

from bangvang.reading import legacy_letters
from bangvang.reading.formats import plain
from bangvang.reading.formats.plain import RawLine
from bangvang.reading.guard import identify
from bangvang.reading.lines import Line, Text
from bangvang.reading.refusal import refuse
from bangvang.reading.text_cleaning import WORDS, clean, share_of_marked_words

STAMP_WORDS = re.compile(r"Ký bởi|Người ký|Thời gian ký|Cơ quan:|Signature|Digitally signed", re.IGNORECASE)
SCAN_BELOW = 300  # characters: a scan carries only the words of its signature stamp as text
SCAN_BELOW_A_PAGE = 60  # characters on an average page
DIACRITICS_EXPECTED = 0.12  # share of marked words; typed without diacritics gives 0 to 0.03
WORDS_TO_JUDGE = 12
SAMPLE = 4000  # characters are enough to judge how a text was typed


def text_of(path: Path) -> Text:
    """The document's lines; raises RefusedFile (needs_ocr, no_diacritics, damaged, not_text, …)."""
    kind = identify(path).kind
    content = path.read_bytes()
    method, notices, pages = "digital", list[str](), 0
    raw: list[RawLine]
    if kind == "txt":
        raw = plain.lines_of(content)
    elif kind == "html":
        from bangvang.reading.formats import web_page  # noqa: PLC0415 - each reader is loaded with its first file

        raw = web_page.lines_of(content)
    elif kind == "docx":
        from bangvang.reading.formats import word  # noqa: PLC0415

        raw = word.lines_of(content)
    elif kind == "odt":
        from bangvang.reading.formats import opendocument  # noqa: PLC0415

        raw = opendocument.lines_of(content)
    elif kind == "doc":
        from bangvang.reading.formats import old_word  # noqa: PLC0415

        raw = old_word.lines_of(path)
    elif kind == "pdf":
        from bangvang.reading.formats import pdf  # noqa: PLC0415

        raw, pages = pdf.lines_of(content)
    elif kind in ("png", "jpeg"):
        raw, pages = [], 1
    else:
        raise refuse("not_text")
    if kind in ("pdf", "png", "jpeg") and is_scan(raw, pages):
        from bangvang.reading.formats import ocr  # noqa: PLC0415

        raw, read_pages = ocr.lines_of(content, kind)
        method = "ocr"
        notices.append("Tệp là bản quét, chữ do máy nhận dạng: xin so từng giá trị với bản gốc.")
        if read_pages < pages:
            notices.append(f"Mới nhận dạng {read_pages} trên {pages} trang.")
    raw, converted_from = _in_unicode(raw)
    notices += [f"Tệp dùng bảng mã {name} cũ, đã đổi sang Unicode." for name in converted_from]
    lines = _cleaned(raw)
    _check_words(lines)
    pages = pages or max((line.page or 0 for line in lines), default=0)
    return Text(kind, method, pages, tuple(notices), tuple(lines))


def is_scan(raw: list[RawLine], pages: int) -> bool:
    """Whether a PDF's text layer holds no document: nothing, or only the stamp of a digital signature."""
    text = " ".join(line for _page, line, _source in raw)
    letters = sum(letter.isalnum() for letter in text)
    if letters < SCAN_BELOW and (STAMP_WORDS.search(text) or letters < SCAN_BELOW_A_PAGE):
        return True
    return letters < SCAN_BELOW_A_PAGE * pages


def _in_unicode(raw: list[RawLine]) -> tuple[list[RawLine], list[str]]:
    encoding = legacy_letters.suspected_encoding("\n".join(line for _page, line, _source in raw))
    if encoding is None:
        return raw, []
    whole = legacy_letters.converted("\n".join(line.replace("\n", " ") for _page, line, _source in raw), encoding)
    lines = whole.split("\n")
    if len(lines) != len(raw):  # the converter joined lines: convert them one by one
        lines = [legacy_letters.converted(line, encoding) for _page, line, _source in raw]
    changed = [
        (page, legacy_letters.restored_capitals(line), source)
        for (page, _old, source), line in zip(raw, lines, strict=True)
    ]
    return changed, [legacy_letters.NAMES.get(encoding, encoding.upper())]


def _cleaned(raw: list[RawLine]) -> list[Line]:
    lines = list[Line]()
    for page, text, source in raw:
        lines.append(Line(len(lines) + 1, page, clean(text), source))
    return lines


def _check_words(lines: list[Line]) -> None:
    words = WORDS.findall(" ".join(line.text for line in lines)[:SAMPLE])
    if not words:
        raise refuse("empty")
    if len(words) >= WORDS_TO_JUDGE and share_of_marked_words(words) < DIACRITICS_EXPECTED:
        raise refuse("no_diacritics")
