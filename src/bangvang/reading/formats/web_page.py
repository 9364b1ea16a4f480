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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._hidden.append(tag)
        if tag in BLOCKS:
            self.end_line()
        if tag == "li":
            self._line.append("- ")
        self._cells += tag in ("td", "th")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden and self._hidden.pop() != tag:
                pass
        if tag in BLOCKS:
            self.end_line()
        self._cells -= tag in ("td", "th") and self._cells > 0

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
