"""What the public may know: published decisions with the honoured, and whether a certificate is real. Frozen facts, nothing else."""

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from bangvang import vietnamese
from bangvang.decisions import queries
from bangvang.decisions.models import CODE_LENGTH, Certificate, Decision, DecisionLine
from bangvang.kernel.models import CODE_ALPHABET

VALID = "Còn hiệu lực"


@dataclass(frozen=True)
class PublicHonoured:
    """One of the honoured. No money, no birth year, nothing of the vote."""

    name: str
    title: str
    unit: str
    award: str


@dataclass(frozen=True)
class PublicDecision:
    """A published decision and the honoured in the order of its annex."""

    code: str
    title: str
    agency: str
    number: str
    issued_on: datetime.date
    occasion: str
    honoured: tuple[PublicHonoured, ...]


@dataclass(frozen=True)
class VerifiedCertificate:
    """What the verification page says; a test keeps these names."""

    name: str
    title: str
    unit: str
    award: str
    decision: str
    status: str

    @property
    def is_valid(self) -> bool:
        return self.status == VALID


def _shown() -> QuerySet[Decision]:
    shown = Decision.objects.filter(publicity=Decision.Publicity.SHOWN, state=Decision.State.ISSUED)
    stands = DecisionLine.objects.filter(outcome=DecisionLine.Outcome.AWARD, certificate__annulled_on__isnull=True)
    honoured = Prefetch("lines", stands.order_by("place"), to_attr="honoured")
    return shown.select_related("agency", "movement").prefetch_related(honoured).order_by("-issued_on", "-pk")


def _public(decision: Decision, words: str = "") -> PublicDecision:
    """The decision; with words, only the honoured whose name or unit holds them, all of them when none does."""
    assert decision.issued_on is not None
    lines: list[DecisionLine] = decision.honoured  # type: ignore[attr-defined]  # (prefetched by _shown)
    keys = vietnamese.search_key(words).split()
    met = [line for line in lines if keys and all(key in line.search_key for key in keys)]
    return PublicDecision(
        code=decision.code,
        title=decision.title,
        agency=decision.agency.name,
        number=decision.document_number,
        issued_on=decision.issued_on,
        occasion=decision.occasion,
        honoured=tuple(
            PublicHonoured(line.full_name, line.title, line.unit, line.award_words) for line in met or lines
        ),
    )


def search(words: str, *, limit: int = 50) -> list[PublicDecision]:
    """Published decisions whose title, or one of whose honoured, holds the words (diacritics optional); newest first."""
    return [_public(decision, words) for decision in queries.matching(_shown(), words)[:limit]]


def one(code: str) -> PublicDecision | None:
    """One published decision, or None: unpublished and unknown look the same."""
    decision = _shown().filter(code=code).first()
    return _public(decision) if decision else None


def typed_code(text: str) -> str:
    """The code meant by what somebody typed from paper: capitals, spaces and dashes do not count. Empty when it is no code."""
    code = "".join(letter for letter in text.casefold() if letter.isalnum())
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else ""


def verify(code: str) -> VerifiedCertificate | None:
    """The certificate of a code, valid or annulled; None for a code that nobody gave."""
    found = Certificate.objects.filter(code=code).select_related("line__decision__agency").first()
    if found is None:
        return None
    line, decision = found.line, found.line.decision
    day = vietnamese.format_date(decision.decided_on)
    annulled = (
        f"Đã huỷ theo {found.annulled_by} ngày {vietnamese.format_date(found.annulled_on)}" if found.annulled_on else ""
    )
    return VerifiedCertificate(
        name=line.full_name,
        title=line.title,
        unit=line.unit,
        award=line.award_words,
        decision=f"Quyết định số {decision.document_number} ngày {day} của {decision.authority_words}",
        status=annulled or VALID,
    )
