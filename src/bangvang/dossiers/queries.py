"""Reads of dossiers: lines that stand, what the book says of them with the judgements given, what a dossier lacks."""

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q, QuerySet

from bangvang.dossiers.conduct import missing_answers
from bangvang.dossiers.models import Dossier, Evidence, Judgement, Nomination, StoredFinding
from bangvang.honours import findings, lists, planes
from bangvang.honours.lists import ListFinding
from bangvang.law import explain
from bangvang.law.facts import Facts
from bangvang.law.sources import Days, NoLaw, Unsettled
from bangvang.movements.models import RollOut
from bangvang.papers.models import StoredFile
from bangvang.people import queries as people
from bangvang.people.models import Household, Unit
from bangvang.people.queries import staff_of
from bangvang.progress.models import Observation

LONGEST = 20_000  # characters of an achievement text


@dataclass(frozen=True)
class NominationFields:
    """A nomination as typed; names equal the form's. `who` is the code of a person or unit, `outside_name` a name from outside."""

    kind: str
    who: str
    outside_name: str
    outside_address: str
    is_posthumous: bool
    award: str
    stream: str
    for_year: int
    achievement: str
    votes_for: int | None
    votes_total: int | None


def standing_lines(dossier: Dossier) -> list[Nomination]:
    """The lines that were not withdrawn, in order."""
    return list(dossier.nominations.filter(withdrawn_on__isnull=True).select_related("person", "unit"))


def proposals(year: int) -> QuerySet[Nomination]:
    """The lines of a year that stand and that nobody has turned down: what a ratio cap counts."""
    turned_down = [Nomination.State.DECLINED, Nomination.State.REFUSED]
    return Nomination.objects.filter(for_year=year, withdrawn_on=None).exclude(state__in=turned_down)


def list_findings(dossier: Dossier, today: datetime.date) -> list[ListFinding]:
    """What ratio caps say of the unit's list, for each award and year that the dossier proposes; never of one line.

    The list is the unit's of that year, with its other dossiers: a list cut in two is no shorter.
    """
    on = dossier.submitted_on or today
    asked = dict.fromkeys(
        (findings.code_of(line.award), line.for_year, line.subject) for line in standing_lines(dossier)
    )
    found = (_list_finding(dossier, *one, on) for one in asked)
    return [finding for finding in found if finding is not None]


def _list_finding(dossier: Dossier, award: str, year: int, subject: str, on: datetime.date) -> ListFinding | None:
    if not lists.is_capped(award, year=year, on=on):
        return None
    lines = list(proposals(year).filter(dossier__unit=dossier.unit).select_related("person", "unit").order_by("pk"))
    proposed = [(_key(line), findings.code_of(line.award)) for line in lines if line.subject == subject]
    if subject == "person":
        nominees = [line.person for line in lines if line.person]
        people = {person.pk: person for person in [*planes.people_of([dossier.unit], year, on), *nominees]}
        facts = dict(findings.facts_of_persons(list(people.values()), on))
    else:
        ours = [dossier.unit, *dossier.unit.children.as_of(on)]
        units = {unit.pk: unit for unit in [*ours, *(line.unit for line in lines if line.unit)]}
        facts = {key: findings.facts_of(unit, on, year=year) for key, unit in units.items()}
    return lists.judge_list(award, facts, proposed, year=year, on=on)


def _key(line: Nomination) -> int:
    """One number for each nominee; somebody from outside is nobody's record, and counts as one of their own."""
    return line.person_id or line.unit_id or -line.pk


def fields_of(nomination: Nomination) -> NominationFields:
    """The nomination as it stands in the database."""
    thing = nomination.person or nomination.unit
    return NominationFields(
        kind=nomination.kind,
        who=thing.code if thing else "",
        outside_name=nomination.name_then if nomination.is_outside else "",
        outside_address=nomination.outside_address,
        is_posthumous=nomination.is_posthumous,
        award=nomination.award,
        stream=nomination.stream,
        for_year=nomination.for_year,
        achievement=nomination.achievement,
        votes_for=nomination.votes_for,
        votes_total=nomination.votes_total,
    )


def rounds_of(unit: Unit) -> QuerySet[RollOut]:
    """The movements rolled out to a unit in which no dossier of it is on the way: one after the other, at each review."""
    pushed = RollOut.objects.filter(unit=unit).select_related("movement")
    waiting = Dossier.objects.filter(unit=unit, movement__isnull=False, state__in=Dossier.ON_THE_WAY)
    return pushed.exclude(movement__in=waiting.values("movement")).order_by("-movement__issued_on", "pk")


def judgements_for(nomination: Nomination) -> QuerySet[Judgement]:
    """Everything ever answered about this line or its round, oldest first: shown for ever."""
    about_line = Q(nomination=nomination)
    movement = nomination.dossier.movement_id
    return Judgement.objects.filter(about_line | Q(movement=movement) if movement else about_line).order_by("pk")


def answers_for(nomination: Nomination) -> tuple[explain.Judgement, ...]:
    """The latest answer to each condition of the line's award, as the engine takes them; all others stay readable."""
    latest = {row.condition: row for row in judgements_for(nomination) if row.award == nomination.award}
    return tuple(
        explain.Judgement(row.condition, row.is_yes, row.duty, f"{row.article} {row.instrument}".strip(), row.opened_on)
        for row in latest.values()
    )


def facts_for(nomination: Nomination, on: datetime.date) -> Facts:
    """Facts of the nominee; somebody from outside has none here, so everything is missing or asked."""
    subject = nomination.person or nomination.unit or household_of(nomination)
    if subject is None:
        return Facts(subject=nomination.subject, unkept=findings.UNKEPT)
    return findings.facts_of(subject, on, year=nomination.for_year)


def household_of(nomination: Nomination) -> Household | None:
    """The household of the line, if it has been commended here before."""
    if nomination.kind != Nomination.Kind.HOUSEHOLD:
        return None
    agency = nomination.dossier.unit.agency_or_self
    return people.household_of(agency, nomination.name_then, nomination.outside_address)


def seen_on(nomination: Nomination, today: datetime.date) -> datetime.date:
    """The day the dossier was received, once it was; until then the day it is looked at."""
    return nomination.dossier.submitted_on or today


def judged(nomination: Nomination, today: datetime.date, *, known_on: datetime.date | None = None) -> explain.Judged:
    """What the book says of the line now, with every judgement given.

    The day of receipt governs the law; `known_on` takes in facts with papers up to that day too (a deciding act).
    """
    on = seen_on(nomination, today)
    return _judged(nomination, on, facts_for(nomination, known_on or on), answers_for(nomination))


def _judged(
    nomination: Nomination, on: datetime.date, facts: Facts, answers: tuple[explain.Judgement, ...]
) -> explain.Judged:
    return findings.judge_of(
        facts,
        nomination.award,
        year=nomination.for_year,
        on=on,
        judgements=answers,
        stream=stream_of(nomination, on),
    )


def stream_of(nomination: Nomination, on: datetime.date) -> str | None:
    """The way of the book that the line's kind of commendation takes; None where the law in force on the day words none of its
    own, such as for titles, and every way is open.

    Results of a thematic movement come in by the way of movements, which the book words as such.
    """
    kinds = Nomination.Stream
    wanted = kinds.MOVEMENT if nomination.stream == kinds.THEMATIC else nomination.stream
    days = findings.days_of(nomination.for_year, on)
    try:
        laws = findings.the_book().candidates(
            nomination.award, "criteria", days, findings.issuers(), subject=nomination.subject
        )
    except NoLaw:
        return None
    return wanted if all(any(door.stream == wanted for door in law.says.doors) for law in laws) else None


def latest_finding(nomination: Nomination) -> StoredFinding | None:
    return nomination.stored_findings.order_by("-pk").first()


def finding_row(
    nomination: Nomination, today: datetime.date, occasion: str, *, known_on: datetime.date | None = None
) -> dict[str, Any]:
    """What is stored of a judging: days, facts and findings as data."""
    on = seen_on(nomination, today)
    facts, answers = facts_for(nomination, known_on or on), answers_for(nomination)
    answer = _judged(nomination, on, facts, answers)
    return {
        "nomination": nomination,
        "occasion": occasion,
        "award": nomination.award,
        "outcome": answer.outcome,
        "provisional": answer.provisional or "",
        "book": answer.book,
        "days": {"year": nomination.for_year, "received": on.isoformat(), "governing": answer.governing},
        "inputs": {
            "facts": _plain(asdict(facts)),
            "judgements": _plain([asdict(item) for item in answers]),
            "stream": nomination.stream,
        },
        "findings": _plain([asdict(item) for item in answer.findings]),
    }


def _plain(value: Any) -> Any:
    """JSON of dataclass values: days as text, sets sorted, keys as text."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(_plain(inner) for inner in value)
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def missing_parts(dossier: Dossier) -> list[str]:
    """What a dossier lacks before it can be submitted, as sentences' ends. By the simplified procedure: no minutes, no votes."""
    lines = standing_lines(dossier)
    voted = not is_simplified(dossier, lines)
    missing = []
    if voted and not hasattr(dossier, "unit_review"):
        missing.append("biên bản bình xét")
    if not lines:
        missing.append("ít nhất một người hoặc tập thể được đề nghị")
    missing += [f"tóm tắt thành tích của {line.name_then}" for line in lines if not line.achievement]
    missing += [f"số phiếu cho {line.name_then}" for line in lines if voted and line.votes_total is None]
    present = attendance_count(dossier)
    missing += [
        f"số phiếu cho {line.name_then} khớp với {present} người dự họp"
        for line in lines
        if line.votes_total is not None and present is not None and line.votes_total > present
    ]
    files = Evidence.objects.filter(nomination__in=lines).exclude(file__state=StoredFile.State.USABLE)
    missing += [
        f"tệp dùng được thay cho “{row.file.name}” ({row.file.get_state_display().lower()})"
        for row in files.select_related("file")
    ]
    return missing + missing_answers(lines, (Observation.Sight.UNIT,))


def is_simplified(dossier: Dossier, lines: list[Nomination]) -> bool:
    """Whether all lines are of achievements to be honoured at once, for which the book has the simplified procedure (thủ tục
    đơn giản) on the day of the dossier: its papers are the proposal and the summary of what was achieved."""
    on = Days.all_on(dossier.submitted_on or dossier.drafted_on)
    try:
        for line in lines:
            findings.the_book().at(line.award, "simplified", on, findings.issuers())
    except (NoLaw, Unsettled):
        return False
    return bool(lines) and all(line.stream == Nomination.Stream.SUDDEN for line in lines)


def attendance_count(dossier: Dossier) -> int | None:
    """How many were present at the review; None before it is recorded."""
    if not hasattr(dossier, "unit_review"):
        return None
    return dossier.unit_review.attendances.filter(is_present=True).count()


def members_of(dossier: Dossier, on: datetime.date) -> list[Any]:
    """The duties of the unit on a day, as officials sort them."""
    return staff_of(dossier.unit, on=on)
