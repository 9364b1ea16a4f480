"""What reading a decision gives: every value with the words it came from, or the reason why there is none."""

from dataclasses import dataclass, field
from typing import Any

from bangvang.reading.plan.draft import Found, Remark, missing

SCALARS = ("agency", "number", "symbol", "date", "date_partial", "place", "title")
LISTS = ("signer", "legal_bases", "other_references", "counts", "awards", "money")


@dataclass(frozen=True, slots=True)
class Award:
    """A form of award by its code of the law book; issuer and class as in a plan's award forms."""

    code: str
    issuer: str | None = None
    level: int | None = None
    posthumous: bool = False

    def as_json(self) -> dict[str, Any]:
        """{code, issuer, class}, as everywhere in this room."""
        return {"code": self.code, "issuer": self.issuer, "class": self.level}


@dataclass(frozen=True, slots=True)
class Honoured:
    """One line of the list of the honoured, as written; `subject` is collective, individual, household or None.

    `amount` is in đồng. Nothing is completed from other rows: a missing unit is None.
    """

    name: str
    quote: str
    page: int | None
    line: int
    confidence: float
    ordinal: str | None = None
    subject: str | None = None
    honorific: str | None = None
    title: str | None = None
    unit: str | None = None
    award: Award | None = None
    amount: int | None = None
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        """A flat object, so that a row can be compared with a row of the ledger key by key."""
        return {
            "ordinal": self.ordinal,
            "subject": self.subject,
            "name": self.name,
            "honorific": self.honorific,
            "title": self.title,
            "unit": self.unit,
            "award": self.award.as_json() if self.award else None,
            "posthumous": bool(self.award and self.award.posthumous),
            "amount": self.amount,
            "quote": self.quote,
            "page": self.page,
            "line": self.line,
            "confidence": round(self.confidence, 2),
            "reason": self.reason,
        }


@dataclass(slots=True)
class DecisionDraft:
    """`kind` is award_decision, decision (about something else) or other (no decision at all)."""

    kind: str
    scalars: dict[str, Found] = field(default_factory=dict)
    lists: dict[str, list[Found]] = field(default_factory=dict)
    rows: list[Honoured] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Scalars and lists as in a PlanDraft, rows flat, ready for json.dumps."""
        answer: dict[str, Any] = {"kind": self.kind}
        answer |= {name: self.scalars.get(name, missing("Chưa đọc.")).as_json() for name in SCALARS}
        answer |= {name: [item.as_json() for item in self.lists.get(name, [])] for name in LISTS}
        answer["rows"] = [row.as_json() for row in self.rows]
        answer["warnings"] = [
            {"code": remark.code, "message": remark.message, "page": remark.page, "line": remark.line}
            for remark in self.warnings
        ]
        return answer
