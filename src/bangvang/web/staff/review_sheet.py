"""The document beside the draft: its lines, and each quoted passage marked with the number that its value carries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bangvang.movements.proposals import Proposal, Quote

ANSWER_WORDS = {"right": "Đã xác nhận", "corrected": "Đã sửa", "left_out": "Đã bỏ", "blank": "Để trống"}
LONGEST_HEADING = 90  # letters: a longer line in capitals is a sentence somebody shouted


@dataclass(frozen=True)
class Piece:
    """A stretch of a line; with a number it is a marked passage."""

    text: str
    number: int | None = None


@dataclass(frozen=True)
class SheetLine:
    """One line of the document. `page` is set where a new page begins."""

    pieces: tuple[Piece, ...]
    is_heading: bool
    page: int | None = None


@dataclass(frozen=True)
class Item:
    """One item of a value as the draft shows it: its words, the number of its passage, and the passage where it differs."""

    text: str
    number: int | None
    said: str


@dataclass(frozen=True)
class Shown:
    """A proposal with the numbers of its passages."""

    proposal: Proposal
    items: tuple[Item, ...]
    numbers: tuple[int, ...]

    @property
    def text_to_correct(self) -> str:
        """What the field holds when somebody begins to correct it."""
        return self.proposal.agreed if self.proposal.answer else self.proposal.text

    @property
    def rows(self) -> int:
        """The height of the text field, in lines."""
        return min(14, 2 + sum(1 + len(row) // 60 for row in self.text_to_correct.splitlines()))

    @property
    def answer_words(self) -> str:
        return ANSWER_WORDS[self.proposal.answer]


def beside(lines: Iterable[Mapping[str, Any]], found: list[Proposal]) -> tuple[list[SheetLine], list[Shown]]:
    """The sheet and the proposals, numbered alike in the order of the document. Passages that overlap are one passage."""
    texts = {line["number"]: line["text"] for line in lines}
    spans: dict[int, list[tuple[int, int]]] = {}
    places: dict[Quote, tuple[int, int]] = {}
    for quote in dict.fromkeys(quote for proposal in found for quote in proposal.quotes):
        if (place := _place(quote, texts)) is not None:
            line, begins, ends = place
            places[quote] = (line, begins)
            spans.setdefault(line, []).append((begins, ends))
    marked = {line: _merged(given) for line, given in spans.items()}
    numbers: dict[tuple[int, int], int] = {}
    for line in sorted(marked):
        for begins, _ in marked[line]:
            numbers[line, begins] = len(numbers) + 1

    def number_of(quote: Quote) -> int | None:
        if quote not in places:
            return None
        line, begins = places[quote]
        return next(numbers[line, first] for first, last in marked[line] if first <= begins < last)

    sheet = []
    page = None
    for line_ in lines:
        number = line_["number"]
        starts = line_.get("page") if line_.get("page") != page else None
        page = line_.get("page")
        pieces = _pieces(
            line_["text"], marked.get(number, []), [numbers[number, at] for at, _ in marked.get(number, [])]
        )
        sheet.append(SheetLine(pieces, _is_heading(line_["text"]), starts))
    shown = []
    for proposal in found:
        given = {number_of(quote) for quote in proposal.quotes} - {None}
        shown.append(Shown(proposal, _items(proposal, number_of), tuple(sorted(n for n in given if n is not None))))
    return sheet, shown


def _items(proposal: Proposal, number_of: Any) -> tuple[Item, ...]:
    text = proposal.agreed if proposal.answer else proposal.text
    rows = text.splitlines()
    if len(rows) == len(proposal.quotes):
        return tuple(
            Item(row, number_of(quote), _said(quote.text, row))
            for row, quote in zip(rows, proposal.quotes, strict=True)
        )
    loose = [Item(row, None, "") for row in rows]
    return (*loose, *(Item("", number_of(quote), quote.text) for quote in proposal.quotes))


def _said(quote: str, text: str) -> str:
    """The passage, unless it only repeats the value."""
    return "" if _bare(quote) == _bare(text) else quote


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(' .;,/-“”"')


def _place(quote: Quote, texts: Mapping[int, str]) -> tuple[int, int, int] | None:
    """Line, first and last letter of a passage. Words that go on over several lines mark the line where they begin."""
    if quote.line is None or quote.line not in texts:
        return None
    text = texts[quote.line]
    at = text.find(quote.text)
    if at >= 0:
        return quote.line, at, at + len(quote.text)
    return (quote.line, 0, len(text)) if text.strip() else None


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for begins, ends in sorted(spans):
        if merged and begins < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((begins, ends))
    return merged


def _pieces(text: str, spans: list[tuple[int, int]], numbers: list[int]) -> tuple[Piece, ...]:
    pieces, done = [], 0
    for (begins, ends), number in zip(spans, numbers, strict=True):
        pieces += [Piece(text[done:begins]), Piece(text[begins:ends], number)]
        done = ends
    return tuple(piece for piece in (*pieces, Piece(text[done:])) if piece.text)


def _is_heading(text: str) -> bool:
    return text.isupper() and len(text) <= LONGEST_HEADING
