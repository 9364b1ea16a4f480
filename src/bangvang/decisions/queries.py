"""Reads of decisions: nominations that wait for one, its lines, what a draft lacks, what changed since, numbers, search."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from bangvang import vietnamese
from bangvang.council.models import AgendaLine, Session
from bangvang.decisions import drafting
from bangvang.decisions.models import Certificate, Decision, DecisionLine
from bangvang.dossiers import queries as dossiers
from bangvang.dossiers.models import Nomination
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.law import explain
from bangvang.law.explain import NO_PENDING_CASE
from bangvang.law.sources import NoLaw
from bangvang.movements.models import Movement
from bangvang.people.models import Unit

N = Nomination.State
Outcome = DecisionLine.Outcome


@dataclass(frozen=True)
class DecisionFields:
    """A decision as typed; names equal the form's."""

    title: str
    merit: str
    planned_on: datetime.date
    minutes_number: str
    minutes_on: datetime.date | None
    bases: tuple[str, ...]
    fund: str
    executors: str
    recipients: tuple[str, ...]


COLUMNS = tuple(DecisionFields.__dataclass_fields__)


def fields_of(decision: Decision) -> DecisionFields:
    """The decision as it stands in the database."""
    known: dict[str, Any] = {name: getattr(decision, name) for name in COLUMNS}
    return DecisionFields(**known | {name: tuple(known[name]) for name in ("bases", "recipients")})


def waiting(agency: Unit) -> QuerySet[Nomination]:
    """Lines that the council endorsed or declined and that no live decision holds."""
    held = DecisionLine.objects.filter(nomination=OuterRef("pk"), is_live=True)
    ours = Q(dossier__unit__agency=agency) | Q(dossier__unit=agency)
    found = Nomination.objects.filter(
        ours, ~Exists(held), state__in=[N.ENDORSED, N.DECLINED], withdrawn_on__isnull=True
    )
    return found.select_related("dossier__movement", "dossier__unit", "person", "unit").order_by("pk")


def for_above(agency: Unit) -> list[Nomination]:
    """Lines that the council endorsed and whose award somebody above decides: they go up, and stand in no decision of this body."""
    return [line for line in waiting(agency) if _goes_up(agency, line)]


def _goes_up(agency: Unit, line: Nomination) -> bool:
    return line.state == N.ENDORSED and not drafting.may_be_decided_by(agency, line.award)


@dataclass(frozen=True)
class Round:
    """Nominations of one movement, or of one year, that wait for a decision."""

    movement: Movement | None
    year: int
    endorsed: int
    declined: int

    @property
    def key(self) -> str:
        return self.movement.code if self.movement else str(self.year)

    @property
    def words(self) -> str:
        return self.movement.title if self.movement else f"Khen thưởng năm {self.year}"


def rounds(agency: Unit) -> list[Round]:
    """What a new decision can be drafted from, newest year first."""
    groups: dict[tuple[int | None, int], list[Nomination]] = {}
    for line in waiting(agency):
        if _goes_up(agency, line):
            continue
        movement = line.dossier.movement_id
        groups.setdefault((movement, 0 if movement else line.dossier.year), []).append(line)
    found = [
        Round(
            lines[0].dossier.movement,
            lines[0].dossier.year,
            sum(line.state == N.ENDORSED for line in lines),
            sum(line.state == N.DECLINED for line in lines),
        )
        for lines in groups.values()
    ]
    return sorted(found, key=lambda item: (-item.year, item.words))


def lines_of(decision: Decision) -> list[DecisionLine]:
    """Every live line, awards in the order of the annex, then refusals."""
    found = decision.lines.filter(is_live=True).select_related(
        "nomination__dossier__unit", "nomination__dossier__movement", "nomination__person", "nomination__unit"
    )
    return list(found.order_by("outcome", "place", "pk"))


def awarded(decision: Decision) -> list[DecisionLine]:
    return [line for line in lines_of(decision) if line.outcome == Outcome.AWARD]


def refused(decision: Decision) -> list[DecisionLine]:
    return [line for line in lines_of(decision) if line.outcome == Outcome.REFUSE]


@dataclass(frozen=True)
class Count:
    """How many collectives, individuals and households."""

    collectives: int
    individuals: int
    households: int = 0

    @property
    def words(self) -> str:
        """ "02 tập thể, 05 cá nhân", as decisions write it."""
        parts = [(self.collectives, "tập thể"), (self.individuals, "cá nhân"), (self.households, "hộ gia đình")]
        return ", ".join(f"{vietnamese.two_digits(count)} {who}" for count, who in parts if count)


def count_of(lines: list[DecisionLine]) -> Count:
    collectives = sum(line.is_collective for line in lines)
    households = sum(line.nomination.subject == "household" for line in lines)
    return Count(collectives, len(lines) - collectives - households, households)


def by_award(lines: list[DecisionLine]) -> list[tuple[str, list[DecisionLine]]]:
    """(award in words, its lines) in the order of first mention."""
    words = dict.fromkeys(line.award_words for line in lines)
    return [(award, [line for line in lines if line.award_words == award]) for award in words]


def total_of(lines: list[DecisionLine]) -> int:
    return sum(line.amount for line in lines)


def judged_again(line: DecisionLine, today: datetime.date) -> explain.Judged:
    """What the book says of the line with every fact known today."""
    return dossiers.judged(line.nomination, today, known_on=today)


def stops(outcome: str, provisional: str | None, conditions: Iterable[str]) -> bool:
    """Whether a judging stops an award: a plain no of the book, or a case that is pending (nobody is considered meanwhile).

    What waits for data or for a person is the council's and the decider's to see, not the machine's to refuse.
    """
    return explain.NOT_MET in (outcome, provisional) or NO_PENDING_CASE in conditions


def not_met(lines: list[DecisionLine], today: datetime.date) -> list[DecisionLine]:
    """The lines that may not be awarded as things stand today."""
    found = []
    for line in lines:
        answer = judged_again(line, today)
        if stops(answer.outcome, answer.provisional, [item.condition for item in answer.findings]):
            found.append(line)
    return found


def missing_parts(decision: Decision) -> list[str]:
    """What a draft lacks before it can go to the director."""
    lines = awarded(decision)
    asked = [
        ("ít nhất một người hoặc tập thể được khen thưởng", bool(lines)),
        ("số và ngày biên bản họp Hội đồng", bool(decision.minutes_number and decision.minutes_on)),
        ("căn cứ", bool(decision.bases)),
        ("nguồn chi tiền thưởng", bool(decision.fund)),
        ("nơi thi hành", bool(decision.executors)),
        ("nơi nhận", bool(decision.recipients)),
        ("xác nhận mức tiền thưởng", decision.money_is_sure or bool(decision.money_checked)),
    ]
    return [words for words, given in asked if not given]


def stands_on(decision: Decision, day: datetime.date) -> Verdict:
    """Whether căn cứ and money of the draft are still those of a day; what changed is named, the draft is then made anew."""
    lines = [line.nomination for line in awarded(decision)]
    awards = [line.award for line in lines]
    try:
        money = drafting.money_of(lines, day)
    except NoLaw as nothing:
        return no(str(nothing))
    if money.base_salary != decision.base_salary or any(
        money.sums[line.nomination_id].amount != line.amount for line in awarded(decision)
    ):
        return no(
            f"Mức tiền thưởng ngày {vietnamese.format_date(day)} khác bản đã soạn cho ngày"
            f" {vietnamese.format_date(decision.planned_on)}: phải soạn lại theo ngày này."
        )
    then = drafting.instruments_in_force(awards, decision.planned_on)
    now = drafting.instruments_in_force(awards, day)
    changed = [one.label for one in {*then} ^ {*now}] if then != now else []
    if changed:
        return no(
            f"Văn bản có hiệu lực ngày {vietnamese.format_date(day)} khác lúc soạn: {', '.join(sorted(changed))}. Phải soạn lại."
        )
    return YES


def last_number(decision: Decision, year: int) -> Decision | None:
    """The highest number of this symbol recorded here in a year."""
    same = Decision.objects.filter(agency=decision.agency, symbol=decision.symbol, issued_on__year=year)
    return same.exclude(pk=decision.pk).order_by("-number").first()


def number_warning(decision: Decision, number: int, issued_on: datetime.date) -> str:
    """What is odd about a number, or an empty string. The series is the registry's, so this is asked, never decided."""
    shared = Movement.objects.filter(agency=decision.agency, number=number, issued_on__year=issued_on.year).first()
    if shared is not None:
        return f"Số {number} đã ghi cho Kế hoạch {shared.document_number}; kiểm tra nếu cơ quan dùng chung một dãy số."
    last = last_number(decision, issued_on.year)
    if last is None or last.number is None or last.issued_on is None:
        return ""
    day = vietnamese.format_date(last.issued_on)
    if number < last.number and issued_on >= last.issued_on:
        return f"Số {number} nhỏ hơn số {last.document_number} đã ghi ngày {day}."
    if number > last.number and issued_on < last.issued_on:
        return f"Số {number} lớn hơn số {last.document_number} nhưng ngày lại sớm hơn ngày {day}."
    return ""


def matching(decisions: QuerySet[Decision], words: str) -> QuerySet[Decision]:
    """Those whose title holds all the words, or one of whose honoured does; typed with or without diacritics."""
    keys = vietnamese.search_key(words).split()
    if not keys:
        return decisions
    in_title = Q()
    lines = DecisionLine.objects.filter(decision=OuterRef("pk"), outcome=Outcome.AWARD, is_live=True)
    for key in keys:
        in_title &= Q(search_key__contains=key)
        lines = lines.filter(search_key__contains=key)
    return decisions.filter(in_title | Exists(lines))


def waiting_in(agency: Unit, round_: Round) -> list[Nomination]:
    """The nominations of one round that wait for a decision of this body."""
    found = waiting(agency)
    if round_.movement is not None:
        found = found.filter(dossier__movement=round_.movement)
    else:
        found = found.filter(dossier__movement=None, dossier__year=round_.year)
    return [line for line in found if not _goes_up(agency, line)]


def certificates_matching(certificates: QuerySet[Certificate], words: str) -> QuerySet[Certificate]:
    """Entries of the register whose name or unit holds the words; typed with or without diacritics."""
    for key in vietnamese.search_key(words).split():
        certificates = certificates.filter(line__search_key__contains=key)
    return certificates


def certificates_to_print(decision: Decision, subject: str = "") -> list[Certificate]:
    """The valid certificates of a decision in the order of its annex; `subject` person, collective, household or "" for all."""
    found = Certificate.objects.filter(line__decision=decision, annulled_on__isnull=True)
    rows = found.select_related("line__decision__agency__parent", "line__nomination").order_by("line__place", "pk")
    return [row for row in rows if not subject or row.line.nomination.subject == subject]


def council_day(nominations: Sequence[Nomination]) -> datetime.date | None:
    """The day of the council's last concluded session on these nominations; None where none of them came before a council."""
    lines = AgendaLine.objects.filter(nomination__in=nominations, session__state=Session.State.CONCLUDED)
    last: datetime.date | None = lines.aggregate(last=Max("session__held_on"))["last"]
    return last
