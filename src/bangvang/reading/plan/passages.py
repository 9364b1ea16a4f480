"""Lines put together into passages: a paragraph, a heading or a list item, with the way back to page and line.

Wrapped lines, page breaks inside a sentence and numbers cut at a hyphen are joined here, so that every pattern after
this point may expect a value in one piece. A new item needs its marker.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from bangvang.reading.lines import Line, Text
from bangvang.reading.plan.draft import Found
from bangvang.reading.text_cleaning import fold, looks_upper

MARKER = re.compile(
    r"""^\s*(?:
      (?P<roman>[IVX]{1,5})\s*[./)\-:]\s*(?=[^\W\d_])
    | (?P<deep>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s+(?=\S)
    | (?P<number>\d{1,2})\s*(?:\.|/(?=\s))\s*(?=[^\W\d_"“(])
    | (?P<bracket>\(?\d{1,2}\))\s*(?=\S)
    | (?P<letter>[a-zđ])\s*[.)]\s*(?=\S)
    | (?P<dash>[-–—•●▪■◦➢►✓»\uf0b7])\s*(?=[^\W_"“(])
    | (?P<plus>\+)\s*(?=\S)
    | (?P<word>(?:Thứ\s(?:nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)
               |(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)\slà)\s*[,:])\s*
    )""",
    re.VERBOSE,
)
UNFINISHED = re.compile(r"(?:\b(?:ngày|tháng|năm|số|Số:|Điều|khoản|điểm|và|của|về|việc|các|cho|theo)|[,/])$")
CUT_DATE = re.compile(r"\b(?:ngày|tháng|năm)(?:\s\d{1,2})?$")
CUT_SYMBOL = re.compile(r"(?:\d\s*/\s*[A-ZĐ]{1,6}(?:[-–][A-ZĐ]*)*[-–]|/)$")
# Words that only a machine reading a picture writes.
SCAN_MARKS = re.compile(
    r"K[ÉẼÊ] HOẠCH|QUY[ÉẼ]T|Quy[éẽ]t|\bS[óô]\s*:|\bs[óô] \d|\bng[ảạ]y \d|\bth[ảạ]ng \d|TỎ CHỨC|Đ[ÓÔ]C\b|KHƯỚNG|CẢU$",
    re.MULTILINE,
)
# One of these stands in every mark; looking for them first settles nearly every document.
SCAN_LETTERS = (
    *(
        "KÉ",
        "KẼ",
        "KÊ",
        "QUYÉ",
        "QUYẼ",
        "Quyé",
        "Quyẽ",
        "Só:",
        "Sô:",
        "Só :",
        "Sô :",
        "só ",
        "sô ",
        "ngảy",
        "ngạy",
        "thảng",
        "thạng",
    ),
    *("TỎ CHỨC", "ĐÓC", "ĐÔC", "KHƯỚNG", "CẢU"),
)
OPENERS = re.compile(
    r"^(?:Căn cứ|Thực hiện|Nơi nhận|Số\s*:|Trên đây|Điều \d|KẾ HOẠCH$|TM\.|KT\.|TL\.|TUQ\.|Q\.|Kính gửi|PHỤ LỤC)"
)


@dataclass(slots=True)
class Passage:
    """A joined piece of text. `starts[i]` is the offset in `text` at which `lines[i]` begins."""

    text: str
    lines: list[Line]
    starts: list[int] = field(default_factory=lambda: [0])
    trust: float = 1.0

    def __post_init__(self) -> None:
        self.folded = fold(self.text)
        match = MARKER.match(self.text)
        self.level = match.lastgroup if match else None
        self.marker = match.group(match.lastgroup) if match and match.lastgroup else ""
        self.body_at = match.end() if match else 0

    folded: str = ""
    level: str | None = None
    marker: str = ""
    body_at: int = 0

    @property
    def body(self) -> str:
        """The text without its marker."""
        return self.text[self.body_at :].strip()

    @property
    def source(self) -> str:
        """What kind of line it began with: body, cell, row, header, box or ocr."""
        return self.lines[0].source

    def line_at(self, offset: int) -> Line:
        """The line of the document in which the character at `offset` stands."""
        return self.lines[bisect_right(self.starts, offset) - 1]

    def found(self, value: object, start: int = 0, end: int | None = None, confidence: float = 0.9) -> Found:
        """`value` with the words from `start` to `end` as its quote."""
        line = self.line_at(start)
        quote = self.text[start : len(self.text) if end is None else end].strip()
        return Found(value, quote, line.page, line.number, round(confidence * self.trust, 2))


def passages_of(text: Text) -> list[Passage]:
    """The passages of a document in order; blank lines are gone."""
    scanned = text.method == "ocr" or _looks_scanned("\n".join(line.text for line in text.lines[:400]))
    trust = 0.5 if scanned else 1.0
    wrap_width = _wrap_width(text.lines)
    groups: list[list[Line]] = []
    blank_before = True
    for line in text.lines:
        shown = line.text
        if line.source != "row" and ("*" in shown or "|" in shown):
            shown = " ".join(shown.replace("*", " ").replace("|", " ").split())
        if not shown.strip("_ .…-"):
            blank_before = True
            continue
        if shown != line.text:
            line = Line(line.number, line.page, shown, line.source)
        if groups and _continues(groups[-1], line, blank_before, wrap_width):
            groups[-1].append(line)
        else:
            groups.append([line])
        blank_before = False
    return [_joined(group, trust) for group in groups]


def _looks_scanned(words: str) -> bool:
    """Whether the words carry two marks or more of a machine that read a picture."""
    return any(mark in words for mark in SCAN_LETTERS) and len(SCAN_MARKS.findall(words)) >= 2


def _wrap_width(lines: tuple[Line, ...]) -> int | None:
    """The column at which lines were wrapped, in characters; None when a line is a paragraph."""
    lengths = sorted(len(line.text) for line in lines if line.text and line.source in ("body", "ocr"))
    if len(lengths) < 8:
        return None
    longest = lengths[int(len(lengths) * 0.97)]
    return longest if longest <= 130 and lengths[len(lengths) // 2] <= 110 else None


def _continues(group: list[Line], line: Line, blank_before: bool, wrap_width: int | None) -> bool:
    last = group[-1]
    if line.source not in ("body", "ocr") or last.source not in ("body", "ocr"):
        return line.source == last.source == "cell" and bool(
            CUT_SYMBOL.search(last.text[-40:]) or (line.text[0].isdigit() and CUT_DATE.search(last.text[-40:]))
        )
    if (CUT_SYMBOL.search(last.text[-40:]) or last.text.endswith(("Số:", "Số :"))) and not blank_before:
        return True
    if line.number < 40 and not blank_before and len(last.text) < 8 and last.text.isalpha():
        return not MARKER.match(line.text)  # a narrow cell of a page: "Tuyên / Quang, ngày …"
    if MARKER.match(line.text) or OPENERS.match(line.text):
        return False
    starts_low = line.text[0].islower()
    ended = last.text[-1] in ".;:!?…"
    if starts_low and not ended:
        return not (blank_before and len(last.text) < 20)
    if blank_before or ended or wrap_width is None:
        return False
    if UNFINISHED.search(last.text[-40:]):
        return True
    if looks_upper(last.text):  # a heading in capitals goes on in capitals
        first = MARKER.match(group[0].text)
        return looks_upper(line.text) and first is not None and first.lastgroup == "roman"
    return not looks_upper(line.text) and len(last.text) >= 0.78 * wrap_width


def _joined(group: list[Line], trust: float) -> Passage:
    text, starts = "", list[int]()
    for line in group:
        glue = "" if not text or CUT_SYMBOL.search(text[-40:]) else " "
        text += glue
        starts.append(len(text))
        text += line.text
    return Passage(text, group, starts, trust)
