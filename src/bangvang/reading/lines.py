"""What every reader of a format hands on: clean lines of text, each knowing where it stood."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of a document.

    `page` is None where the format has none (txt, html, odt); `number` counts from 1 over the whole document;
    `source` says what it was: "body", "header" (of the page), "cell" (of a table), "box" (text box), "ocr".
    """

    number: int
    page: int | None
    text: str
    source: str = "body"


@dataclass(frozen=True, slots=True)
class Text:
    """A document as lines. `method` is how they were obtained: "digital" or "ocr"; notices are Vietnamese sentences."""

    kind: str
    method: str
    pages: int
    notices: tuple[str, ...]
    lines: tuple[Line, ...]
