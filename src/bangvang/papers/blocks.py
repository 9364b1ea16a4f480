"""A paper as a tree of blocks: what stands in it and in which order, not how it looks.

Callers give words as people write them ("Sở Tài chính", "Mục đích, yêu cầu"); capitals, numbering, the marks at the
ends of lines and the closing "./." come from here, once, so that both writers print the same words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final, Literal

from bangvang.papers.frame import FRAME, MOTTO, NATION
from bangvang.vietnamese import BLANK_NUMBER, clean, document_number, long_date

UNDATED: Final = datetime(1980, 1, 1, tzinfo=UTC)  # moment of making that nobody told; the oldest a .docx can carry
ENDING: Final = "./."
RECIPIENTS_TITLE: Final = "Nơi nhận:"
POINT_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"  # NĐ 30/2020: the Vietnamese alphabet, no f, j, w, z
SIGNERS_IN_A_ROW: Final = 3  # a pact is signed by the heads of all members, row under row
ON_BEHALF: Final = ("TM.", "KT.", "TL.", "TUQ.", "Q.")


# --- What a paper is made of -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IssueDate:
    """The day of issue as far as it is known: a draft often knows only the year, or the month and the year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if (self.day and not self.month) or (self.month and not self.year):
            raise ValueError("Ngày phải có tháng, tháng phải có năm.")
        if self.year:
            date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, day: date) -> "IssueDate":
        return cls(day.year, day.month, day.day)

    def words(self) -> str:
        """ "ngày 05 tháng 01 năm 2026", with hard spaces to write in where something is not known yet."""
        if self.year is None:
            return f"ngày {BLANK_NUMBER} tháng {BLANK_NUMBER} năm {BLANK_NUMBER}"
        known = long_date(date(self.year, self.month or 1, self.day or 1)).split(" ")
        if not self.day:
            known[1] = BLANK_NUMBER
        if not self.month:
            known[3] = BLANK_NUMBER
        return " ".join(known)


@dataclass(frozen=True, slots=True)
class Header:
    """Who issues, under which number, where and when (ô 1–4). No number: a draft, the registry fills it in.

    `is_dated` is False for minutes: they say place and day in their first sentence, not here (NĐ 30/2020, mẫu 1.9).
    """

    agency: str
    symbol: str
    place: str
    issued: IssueDate = IssueDate()
    number: str = ""
    parent: str = ""
    is_dated: bool = True


@dataclass(frozen=True, slots=True)
class Title:
    """Type of the document ("Kế hoạch") and its abstract ("Tổ chức phong trào thi đua …") (ô 5a).

    `authority`: whose decision it is ("Giám đốc Sở Tài chính"), above the căn cứ of a decision (mẫu 1.2).
    """

    kind: str
    abstract: str
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Dashes:
    """A list whose items begin with a dash; each item ends as its author ended it."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`share`: width of the column in relation to the other columns."""

    title: str
    share: float = 1
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """The row of titles is repeated on every page; a row is broken between two pages only if it is very tall."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("Mỗi dòng của bảng phải có đủ số cột.")

    def may_break(self, row: tuple[str, ...]) -> bool:
        """Whether a row could be taller than half a page and so must be allowed to run over two.

        An estimate for the narrowest case, portrait and 12 points: a letter is 2.5 mm wide, half a page has 24 lines.
        """
        total = sum(column.share for column in self.columns)
        room = FRAME.width - FRAME.left - FRAME.right
        return any(
            len(text) * 2.5 > 24 * room * column.share / total for text, column in zip(row, self.columns, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. The depth makes the number: I. II., then 1. 2., then a) b) (form b)."""

    title: str
    blocks: "tuple[Block, ...]" = ()


@dataclass(frozen=True, slots=True)
class Enacting:
    """The words that stand alone between căn cứ and the articles: "Quyết định:"."""

    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article ("Điều 1.") of a decision; articles are counted through the paper."""

    text: str


Block = Paragraph | Dashes | Table | Section | Enacting | Article


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: `title` of the signer, and above it in whose place ("KT. GIÁM ĐỐC"), one line each (ô 7)."""

    title: str
    name: str = ""
    on_behalf: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for line in self.on_behalf:
            if not line.upper().startswith(ON_BEHALF):
                raise ValueError(f"“{line}” phải bắt đầu bằng một trong các chữ {', '.join(ON_BEHALF)}")

    def titles(self) -> tuple[str, ...]:
        return tuple(clean(line).upper() for line in (*self.on_behalf, self.title))


@dataclass(frozen=True, slots=True)
class Annex:
    """A phụ lục: begins on a page of its own, has page numbers of its own, may lie on its side for a wide table."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """`seal`: first 16 hex digits of an audit seal, printed at the foot of every page.

    `beside`: who signs to the left of `signature`, as the secretary of minutes does; recipients then stand below them all.
    """

    header: Header
    title: Title
    body: tuple[Block, ...]
    signature: Signature
    beside: tuple[Signature, ...] = ()
    bases: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    seal: str = ""

    def __post_init__(self) -> None:
        if self.seal and not re.fullmatch(r"[0-9a-f]{16}", self.seal):
            raise ValueError("Mã niêm gồm 16 chữ số thập lục phân (0–9, a–f).")


# --- The words, in the order in which they are read ------------------------------------------------------------------

Kind = Literal["section", "subsection", "point", "paragraph", "dash", "enacting", "article"]
_HEADINGS: Final[tuple[Kind, ...]] = ("section", "subsection", "point")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the drawn paper, with its number, capitals and closing marks. `lead`: its bold beginning."""

    kind: Kind
    text: str
    lead: str = ""


Flat = tuple[Line | Table, ...]


def frame_lines(header: Header) -> dict[str, str]:
    """The texts of the frame by their place: parent, agency, nation, motto, number, date; in reading order."""
    return {
        "parent": clean(header.parent).upper(),
        "agency": clean(header.agency).upper(),
        "nation": NATION,
        "motto": MOTTO,
        "number": f"Số: {document_number(header.number, header.symbol)}",
        "date": f"{clean(header.place)}, {header.issued.words()}" if header.is_dated else "",
    }


def authority_line(title: Title) -> str:
    """Who decides, in capitals; empty for every other kind of paper."""
    return clean(title.authority).upper()


def base_lines(bases: tuple[str, ...]) -> tuple[str, ...]:
    """Căn cứ, one a line, each closed with ";", the last with "." (ô 6)."""
    return _listed(bases)


def recipient_lines(recipients: tuple[str, ...]) -> tuple[str, ...]:
    """The list under "Nơi nhận:": "- …;", the last "- Lưu: ….", (ô 9b)."""
    return tuple(f"- {line}" for line in _listed(recipients))


def body_lines(blocks: tuple[Block, ...], *, ending: str = "") -> Flat:
    """The blocks laid flat, numbered; `ending` ("./.") closes the last sentence, or stands alone after a table."""
    flat: list[Line | Table] = list(_flat(blocks, depth=0))
    if ending:
        last = flat[-1] if flat else None
        if isinstance(last, Line):
            flat[-1] = replace(last, text=last.text.rstrip(" .;,/") + ending)
        else:
            flat.append(Line("paragraph", ending))
    return tuple(flat)


def annex_heading(paper: Paper, position: int) -> tuple[str, str, str]:
    """Name ("Phụ lục II", plain "Phụ lục" if it is the only one), title in capitals, and what it belongs to."""
    annex = paper.annexes[position]
    name = "Phụ lục" if len(paper.annexes) == 1 else f"Phụ lục {roman(position + 1)}"
    header = paper.header
    number = document_number(header.number, header.symbol)
    kind = clean(paper.title.kind).capitalize()  # inside a sentence one capital: "Kế hoạch"
    belongs = f"(Kèm theo {kind} số {number} {header.issued.words()} của {clean(header.agency)})"
    return name, clean(annex.title).upper(), belongs


def seal_line(paper: Paper) -> str:
    """What stands at the foot of every page; empty without a seal."""
    return f"Mã niêm: {paper.seal}" if paper.seal else ""


def words(paper: Paper) -> tuple[str, ...]:
    """Every word of the paper in reading order, page numbers and the seal at the foot left out."""
    return tuple(word for text in _texts(paper) for word in text.split())


def roman(number: int) -> str:
    """Roman numeral of a number from 1 to 39: no document has forty sections."""
    if not 1 <= number <= 39:
        raise ValueError("Chữ số La Mã ở đây chỉ từ I đến XXXIX.")
    return "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]


def _texts(paper: Paper) -> Iterator[str]:
    yield from frame_lines(paper.header).values()
    yield clean(paper.title.kind).upper()
    yield clean(paper.title.abstract)
    yield authority_line(paper.title)
    yield from base_lines(paper.bases)
    yield from _texts_of(body_lines(paper.body, ending=ENDING))
    recipients = (RECIPIENTS_TITLE, *recipient_lines(paper.recipients)) if paper.recipients else ()
    if not paper.beside:
        yield from recipients
    for signature in (*paper.beside, paper.signature):
        yield from signature.titles()
        yield clean(signature.name)
    if paper.beside:
        yield from recipients
    for position, annex in enumerate(paper.annexes):
        yield from annex_heading(paper, position)
        yield from _texts_of(body_lines(annex.blocks))


def _texts_of(flat: Flat) -> Iterator[str]:
    for item in flat:
        if isinstance(item, Line):
            yield item.text
        else:
            yield from (clean(column.title) for column in item.columns)
            yield from (clean(cell) for row in item.rows for cell in row)


def _flat(blocks: tuple[Block, ...], depth: int) -> Iterator[Line | Table]:
    position = article = 0
    for block in blocks:
        match block:
            case Enacting(text):
                yield Line("enacting", clean(text).upper())
            case Article(text):
                article += 1
                yield Line("article", f"Điều {article}. {clean(text)}", f"Điều {article}.")
            case Paragraph(text):
                yield Line("paragraph", clean(text))
            case Dashes(items):
                yield from (Line("dash", f"- {clean(item)}") for item in items)
            case Table():
                yield block
            case Section(title, inner):
                if depth >= len(_HEADINGS):
                    raise ValueError("Chỉ có ba cấp: I., 1. và a).")
                position += 1
                # A numbered sentence with nothing under it is no heading: upright, and free to stand at a page's end.
                kind = _HEADINGS[depth] if inner or depth == 0 else "point"
                yield Line(kind, _numbered(clean(title), depth, position))
                yield from _flat(inner, depth + 1)


def _numbered(title: str, depth: int, position: int) -> str:
    if depth == 0:
        return f"{roman(position)}. {title.upper()}"
    if depth == 1:
        return f"{position}. {title}"
    if position > len(POINT_LETTERS):
        raise ValueError(f"Một mục có nhiều nhất {len(POINT_LETTERS)} điểm, từ a) đến y).")
    return f"{POINT_LETTERS[position - 1]}) {title}"


def _listed(items: tuple[str, ...]) -> tuple[str, ...]:
    bare = [clean(item).rstrip(" ;.") for item in items]
    return (*(f"{item};" for item in bare[:-1]), *(f"{item}." for item in bare[-1:]))


def kept_with_signature(flat: Flat) -> int:
    """How many of the last lines must stay on the signer's page, so that at least two printed lines stand above.

    A line of 160 letters or more fills two printed lines by itself, at any size the decree allows.
    """
    if flat and isinstance(flat[-1], Line) and len(flat[-1].text) >= 160:
        return 1
    return min(2, len(flat))
