"""From the ledger to the law: a person's or unit's facts on a day, and what the book says about them.

Suggestion, submit check and page ask the same function, `judge_of`, so that they cannot disagree.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache

from bangvang.honours.models import Completeness, Register, Standing
from bangvang.law import book as law_book
from bangvang.law import explain
from bangvang.law.facts import DISCIPLINE, SCOPES, Facts, Held, Initiative, Service, Span, UnitCount
from bangvang.law.sources import Days
from bangvang.people.models import Duty, Person, Unit

NATIONAL = ("vn",)
RESEARCH = "research_"  # a ledger kind such as research_co_so: a research result, not an initiative
HOLD = "hold_"
MERIT = "cong_trang"


@cache
def the_book() -> law_book.Book:
    """The book that ships with the product."""
    return law_book.load()


def days_of(year: int, on: datetime.date) -> Days:
    """The days of a case about one year's achievement, looked at (received) on `on`."""
    return Days((datetime.date(year, 1, 1), datetime.date(year, 12, 31)), received=on)


def code_of(kind: str) -> str:
    """The book's code of a ledger kind; an award that the book does not know keeps its own name."""
    try:
        return the_book().code_of(kind)
    except LookupError:
        return kind


def award_label(code: str) -> str:
    award = the_book().awards.get(code_of(code))
    return award.label if award else code


def awards_for(subject: str) -> list[tuple[str, str]]:
    """(code, label) of the awards that the book has criteria of for this kind of subject, in the book's order."""
    return [(code, award_label(code)) for code, aspect in the_book().rows if aspect == f"criteria:{subject}"]


def facts_of(subject: Person | Unit, on: datetime.date, *, year: int | None = None) -> Facts:
    """The subject's records as the engine takes them; `year` (of a unit's head-counts) is that of the day unless said.

    A fact without a paper, or with one of a later day, decides nothing: its register-year counts as open on that day.
    """
    return _of_unit(subject, on, year or on.year) if isinstance(subject, Unit) else _of_person(subject, on)


def _of_person(person: Person, on: datetime.date) -> Facts:
    rows = list(Standing.objects.filter(person=person).order_by("entry__seq"))
    complete = _without(_complete_for(person), [row for row in rows if not _counts(row, on)])
    proven = [row for row in rows if _counts(row, on)]
    spans = [row for row in proven if row.register == Register.DISCIPLINE]
    found = [_initiative(row) for row in proven if row.register == Register.INITIATIVES and _scope(row.kind) in SCOPES]
    titles, held = _titles_and_awards(proven)
    return Facts(
        sex=person.sex or None,
        grades={row.year: row.kind for row in proven if row.register == Register.GRADES},
        titles=titles,
        initiatives=tuple(item for item, research in found if not research),
        research=tuple(item for item, research in found if research),
        awards=held,
        discipline=tuple(_span(row) for row in spans if row.kind in DISCIPLINE),
        holds=tuple(_span(row) for row in spans if row.kind.startswith(HOLD)),
        service=Service(recruited=person.recruited_on),
        complete=complete,
    )


def _of_unit(unit: Unit, on: datetime.date, year: int) -> Facts:
    rows = list(Standing.objects.filter(unit=unit).order_by("entry__seq"))
    declared: dict[str, set[int]] = defaultdict(set)
    for register, year in Completeness.objects.filter(unit=unit).values_list("register", "year"):
        declared[register].add(year)
    complete = _without(declared, [row for row in rows if not _counts(row, on)])
    proven = [row for row in rows if _counts(row, on)]
    spans = [row for row in proven if row.register == Register.DISCIPLINE]
    titles, held = _titles_and_awards(proven)
    return Facts(
        subject="collective",
        titles=titles,
        awards=held,
        holds=tuple(_span(row) for row in spans if row.kind.startswith(HOLD)),
        service=Service(founded=unit.valid_from),
        unit=members_of(unit, year, on, declared),
        complete={**complete, "unit": frozenset({year})},  # what is unknown there stands in UnitCount.unknown
    )


def members_of(unit: Unit, year: int, on: datetime.date, declared: dict[str, set[int]]) -> UnitCount:
    """Head-counts on the last day of the year that is not after `on`. Whose record nobody has is unknown, so shares are intervals."""
    day = min(on, datetime.date(year, 12, 31))
    held: Iterable[Duty] = Duty.objects.as_of(day).filter(unit=unit).exclude(role=Duty.Role.ADMINISTRATOR)
    members = {duty.person_id for duty in held}
    rows = list(Standing.objects.filter(person__in=members, year=year, is_verified=True).order_by("entry__seq"))
    with_register = {
        register: {row.person_id for row in rows if row.register == register}
        for register in (Register.GRADES, Register.TITLES)
    }
    open_ones = [
        members - seen for register, seen in with_register.items() if year not in declared.get(register.value, set())
    ]
    titles = Counter(code_of(row.kind) for row in rows if row.register == Register.TITLES)
    grades = Counter(row.kind for row in rows if row.register == Register.GRADES)
    disciplined = Counter(row.kind for row in rows if row.register == Register.DISCIPLINE and row.kind in DISCIPLINE)
    return UnitCount(len(members), len(set().union(*open_ones)), titles, grades, disciplined)


def _counts(row: Standing, on: datetime.date) -> bool:
    """Proven, and by a paper that existed on the day."""
    return row.is_verified and (row.paper_on is None or row.paper_on <= on)


def _titles_and_awards(rows: Collection[Standing]) -> tuple[dict[int, tuple[str, ...]], tuple[Held, ...]]:
    """A title with its decision counts for its year and shows the decision; without a day it is known only by its year."""
    titles: dict[int, tuple[str, ...]] = {}
    held: list[Held] = []
    for row in rows:
        if row.register not in (Register.TITLES, Register.AWARDS):
            continue
        code, stream = code_of(row.kind), row.stream or MERIT
        if row.register == Register.TITLES and row.paper_on is None:
            titles[row.year] = (*titles.get(row.year, ()), code)
            continue
        period = (row.starts_on, row.ends_on) if row.starts_on and row.ends_on else None
        if row.register == Register.TITLES:
            period = (datetime.date(row.year, 1, 1), datetime.date(row.year, 12, 31))
        decided = row.paper_on or datetime.date(row.year, 12, 31)
        held.append(Held(code, stream, decided, period, row.paper_number))
    return titles, tuple(held)


def _initiative(row: Standing) -> tuple[Initiative, bool]:
    return Initiative(row.note or row.paper_number, row.year, _scope(row.kind)), row.kind.startswith(RESEARCH)


def _scope(kind: str) -> str:
    return kind.removeprefix(RESEARCH)


def _span(row: Standing) -> Span:
    return Span(row.kind, row.starts_on or row.paper_on or datetime.date(row.year, 1, 1), row.ends_on)


def _without(declared: dict[str, set[int]], unproven: Sequence[Standing]) -> dict[str, frozenset[int]]:
    open_years = {(row.register, row.year) for row in unproven}
    return {
        register: frozenset(year for year in years if (register, year) not in open_years)
        for register, years in declared.items()
    }


def _duties_with_units(person: Person) -> Iterable[Duty]:
    """What a caller has fetched already for many persons is not asked again for each."""
    fetched = "duties" in getattr(person, "_prefetched_objects_cache", {})
    return person.duties.all() if fetched else person.duties.select_related("unit")


def unit_of_year(person: Person, year: int) -> Unit | None:
    """The unit that closes the person's registers of a year: the last one served in that year. Party and union bodies keep none."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    served = [
        duty
        for duty in _duties_with_units(person)
        if duty.unit.kind != Unit.Kind.BODY
        and duty.valid_from <= last
        and (duty.valid_until is None or duty.valid_until >= first)
    ]
    served.sort(key=lambda duty: (duty.valid_until or datetime.date.max, duty.valid_from, -duty.rank))
    return served[-1].unit if served else None


def _complete_for(person: Person) -> dict[str, set[int]]:
    units = {duty.unit_id for duty in person.duties.all()}
    declared = list(Completeness.objects.filter(unit__in=units).values_list("unit", "register", "year"))
    closing = {year: unit_of_year(person, year) for year in {year for _, _, year in declared}}
    complete: dict[str, set[int]] = defaultdict(set)
    for unit_id, register, year in declared:
        closer = closing[year]
        if closer is not None and closer.pk == unit_id:
            complete[register].add(year)
    return complete


def judge_of(
    facts: Facts,
    award: str,
    *,
    year: int,
    on: datetime.date,
    judgements: Sequence[explain.Judgement] = (),
    stream: str | None = None,
    under: Sequence[str] = NATIONAL,
) -> explain.Judged:
    """One award for one year, looked at on a day. NoLaw only for a code that the book does not know."""
    return explain.judge(the_book(), award, facts, days_of(year, on), under, judgements, stream=stream)


def judge_all(
    facts: Facts, *, year: int, on: datetime.date, under: Sequence[str] = NATIONAL
) -> dict[str, explain.Judged]:
    """Every award that the book has criteria of for this kind of subject."""
    return explain.judge_every(the_book(), facts, days_of(year, on), under)
