"""Pages saved from portals: the visible words, one line for each block; menus and noise are judged later."""

import re
from contextlib import suppress
from html.parser import HTMLParser

from bangvang.reading.formats.plain import RawLine, characters

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
UNSEEN = frozenset(["script", "style", "noscript", "template", "svg", "select", "button", "iframe", "object", "head"])
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[RawLine] = []
        self._line: list[str] = []
        self._hidden: list[str] = []
        self._cells = 0
        self._rows: list[list[int]] = []  # of each open table row: at which line its cells begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._hidden.append(tag)
        if tag in BLOCKS:
            self.end_line()
        if tag == "li":
            self._line.append("- ")
        self._cells += tag in ("td", "th")
        if tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(len(self.lines))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden and self._hidden.pop() != tag:
                pass
        if tag in BLOCKS:
            self.end_line()
        self._cells -= tag in ("td", "th") and self._cells > 0
        if tag == "tr" and self._rows:
            self._end_row(self._rows.pop())

    def _end_row(self, starts: list[int]) -> None:
        """A row of data becomes one line; a row that only places blocks on the page stays as it is."""
        bounds = zip(starts, [*starts[1:], len(self.lines)], strict=True)
        cells = [self.lines[start:end] for start, end in bounds]
        plain = all(line[2] == "cell" and not line[1].startswith("-") for cell in cells for line in cell)
        if (
            len(cells) < 3
            or not plain
            or any(len(cell) > 3 or sum(len(one[1]) for one in cell) > 300 for cell in cells)
        ):
            return
        words = [" ".join(line[1] for line in cell) for cell in cells]
        if sum(map(bool, words)) > 1:
            self.lines[starts[0] :] = [(None, " | ".join(words), "row")]

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._line.append(data)

    def end_line(self) -> None:
        text = "".join(self._line).strip()
        if text and text != "-":
            self.lines.append((None, re.sub(r"^- (?=[-–+•])", "", text), "cell" if self._cells else "body"))
        self._line = []


def lines_of(content: bytes) -> list[RawLine]:
    """The words of a page in reading order; scripts, styles and choosers left out."""
    named = CHARSET.search(content[:2048])
    text = characters(content)
    if named and "\ufffd" in text:
        with suppress(LookupError):
            text = content.decode(named.group(1).decode(), errors="replace")
    reader = _Words()
    reader.feed(text)
    reader.close()
    reader.end_line()
    return reader.lines
