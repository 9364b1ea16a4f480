"""Where law comes from and when it holds.

Instruments, citations, days, provisions, and the answers that mean "no law".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

MARKS = {
    "V": "đã đọc văn bản",
    "V2": "đọc qua nguồn dẫn lại",
    "P": "mới đọc nghị định trước đó",
    "W": "nguồn yếu",
    "M": "theo trí nhớ",
    "unknown": "chưa tìm thấy văn bản",
}
"""Confidence in a rule. Only V, and V2 with its mark shown, may decide a case."""
DECIDING = ("V", "V2")


@dataclass(frozen=True)
class Instrument:
    """A law, decree, circular or decision.

    `text`: read, partly, or not_found (then it stops the engine from deciding).
    """

    code: str
    number: str
    label: str
    mark: str
    issued: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    replaced_by: str | None = None
    amends: str | None = None
    sunset: date | None = None
    text: str = "partly"
    note: str | None = None


_ARTICLES = re.compile(r"Đ(\d+)-(\d+)")
_ARTICLE = re.compile(r"Đ(\d+)(?:\.(\d+))?(?:\.([a-zđ]))?")


@dataclass(frozen=True)
class Citation:
    """An instrument and a place in it.

    Written in the book as "nd-91-2017 Đ9.3.b", printed as an office clerk writes it.
    """

    instrument: Instrument
    at: str

    def __str__(self) -> str:
        return f"{self.place} {self.instrument.label}".strip()

    @property
    def place(self) -> str:
        if span := _ARTICLES.fullmatch(self.at):
            return f"Điều {span[1]} đến Điều {span[2]}"
        match = _ARTICLE.fullmatch(self.at)
        if not match:
            return self.at
        article, clause, point = match.groups()
        parts = [f"điểm {point}"] if point else []
        parts += [f"khoản {clause}"] if clause else []
        return " ".join([*parts, f"Điều {article}"])


def cited(cites: tuple[Citation, ...]) -> str:
    """Several citations in one line."""
    return "; ".join(str(cite) for cite in cites)


@dataclass(frozen=True)
class Days:
    """The days of one case. The book says which of them governs each aspect; none is ever taken from a clock.

    `achieved`: first and last day of the achievement period. `received`: the dossier's receipt for appraisal.
    `session`: the council's meeting. `decided`: the signing of the decision.
    """

    achieved: tuple[date, date]
    received: date | None = None
    session: date | None = None
    decided: date | None = None

    @classmethod
    def all_on(cls, day: date) -> Days:
        """Every day the same: what the book says on a day."""
        return cls((day, day), day, day, day)

    def named(self, name: str) -> date | None:
        return self.achieved[1] if name == "achieved" else getattr(self, name)

    @property
    def known_on(self) -> date:
        """The day on which the case is looked at: its receipt, else what follows, else the end of the period."""
        return self.received or self.session or self.decided or self.achieved[1]


@dataclass(frozen=True)
class Row:
    """One dated version of what the book says about one aspect of one award."""

    says: Any
    valid_from: date
    valid_until: date | None
    cites: tuple[Citation, ...]
    mark: str
    where: str
    delegated_by: tuple[Citation, ...] = ()
    open: bool = False
    suggests: Any = None
    kept_until: date | None = None
    kept_by: tuple[Citation, ...] = ()
    note: str | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True)
class Provision:
    """The answer of the book to one question.

    `source`: national, local (an issuer's own rule), kept (an earlier rule that a transition clause keeps), or open
    (delegated and not set: `says` is then a suggestion that may not decide).
    """

    code: str
    aspect: str
    says: Any
    row: Row
    cites: tuple[Citation, ...]
    mark: str
    source: str
    on: date
    by: tuple[str, ...]
    unread: tuple[Instrument, ...] = ()
    issuer: str = "vn"

    @property
    def decides(self) -> bool:
        """May this provision decide a case, with no text still to be opened?"""
        return self.mark in DECIDING and self.source != "open" and not self.unread


class NoLaw(LookupError):
    """The book holds nothing for this award, aspect and day. The message is meant for the person who asked."""


class Unsettled(LookupError):
    """No text says which day governs, and the candidates fall under different provisions: `candidates`."""

    def __init__(self, candidates: tuple[Provision, ...]) -> None:
        super().__init__("; ".join(f"{item.on}: {cited(item.cites)}" for item in candidates))
        self.candidates = candidates
