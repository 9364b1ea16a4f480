"""What reading a plan gives: every value with the words it came from, or the reason why there is none (issue 5)."""

from dataclasses import dataclass, field
from typing import Any

SCALARS = ("agency", "number", "symbol", "date", "date_partial", "place", "title", "theme", "procedure")
LISTS = (
    "purposes",
    "requirements",
    "targets",
    "contents",
    "solutions",
    "slogans",
    "legal_bases",
    "other_references",
    "indicators",
    "award_forms",
    "quotas",
    "milestones",
    "deadlines",
    "duties",
    "recipients",
    "signer",
)
CRITERIA = ("collective", "individual", "other")
ASK_BELOW = 0.5  # confidence: a person must look before the value is used


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it stood. `value` None has a reason and no quote; confidence is 0 to 1."""

    value: Any
    quote: str | None = None
    page: int | None = None
    line: int | None = None
    confidence: float = 0.0
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The six keys of issue 5."""
        return {
            "value": self.value,
            "quote": self.quote,
            "page": self.page,
            "line": self.line,
            "confidence": round(self.confidence, 2),
            "reason": self.reason,
        }


def missing(reason: str) -> Found:
    """No value, and why: a Vietnamese sentence for the person who will fill it in."""
    return Found(None, reason=reason)


@dataclass(frozen=True, slots=True)
class End:
    """One end of a period: ISO value to the precision said (day, month, year), or a condition in words, or neither."""

    value: str | None = None
    precision: str | None = None
    condition: str | None = None
    quote: str | None = None
    page: int | None = None
    line: int | None = None
    confidence: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The seven keys of issue 5."""
        return {
            "value": self.value,
            "precision": self.precision,
            "condition": self.condition,
            "quote": self.quote,
            "page": self.page,
            "line": self.line,
            "confidence": round(self.confidence, 2),
        }


@dataclass(frozen=True, slots=True)
class Span:
    """From one end to the other."""

    start: End
    end: End


@dataclass(frozen=True, slots=True)
class Period:
    """When the movement runs; phases only where the document names two or more."""

    start: End = End()
    end: End = End()
    phases: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the person should know about the reading; `code` is stable, `message` is Vietnamese."""

    code: str
    message: str
    page: int | None = None
    line: int | None = None


@dataclass(slots=True)
class PlanDraft:
    """The draft of a movement. It is filled by the readers in this package and then only shown."""

    kind: str
    scalars: dict[str, Found] = field(default_factory=dict)
    lists: dict[str, list[Found]] = field(default_factory=dict)
    criteria: dict[str, list[Found]] = field(default_factory=dict)
    period: Period = field(default_factory=Period)
    warnings: list[Remark] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The format of issue 5, ready for json.dumps."""
        span = self.period
        answer: dict[str, Any] = {"kind": self.kind}
        answer |= {name: self.scalars.get(name, missing("Chưa đọc.")).as_json() for name in SCALARS}
        answer |= {name: [item.as_json() for item in self.lists.get(name, [])] for name in LISTS}
        answer["criteria"] = {name: [item.as_json() for item in self.criteria.get(name, [])] for name in CRITERIA}
        answer["period"] = {
            "start": span.start.as_json(),
            "end": span.end.as_json(),
            "phases": [{"start": phase.start.as_json(), "end": phase.end.as_json()} for phase in span.phases],
        }
        answer["warnings"] = [
            {"code": remark.code, "message": remark.message, "page": remark.page, "line": remark.line}
            for remark in self.warnings
        ]
        return answer
