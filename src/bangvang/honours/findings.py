"""From the ledger to the law: a person's or unit's facts on a day, and what the book says about them.

Suggestion, submit check, deciding check and page ask the same function, `judge_of`; the sweep (`planes`) reads the same
facts and runs the same program. So they cannot disagree.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bangvang.honours.models import Completeness, Register, Standing
from bangvang.law import book as law_book
from bangvang.law import explain
from bangvang.law.facts import DISCIPLINE, SCOPES, Facts, Held, Initiative, Service, Span, UnitCount
from bangvang.law.sources import Days
from bangvang.law.uses import may_rest_on
from bangvang.people.models import Duty, Household, Person, Unit

RESEARCH = "research_"  # a ledger kind such as research_co_so: a research result, not an initiative
HOLD = "hold_"
MERIT = "cong_trang"
UNKEPT = frozenset({"service", "contributions"})
"""Registers of the law that this product does not keep: leave and posts outside it, what somebody gave to society."""
POSTS = {Duty.Role.DIRECTOR: "giam_doc_so", Duty.Role.DEPUTY_DIRECTOR: "pho_giam_doc_so"}
"""The posts of the law that a duty in a province's agency proves; all others stand in the personnel file only."""
AT_ONCE = 1000  # persons to a question: enough to be quick, few enough for a database's list of values


class _Row(NamedTuple):
    """What the law needs of a standing fact; a country has twenty million of them, so no model instances."""

    register: str
    kind: str
    stream: str
    year: int
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    paper_number: str
    paper_on: datetime.date | None
    note: str
    initiatives_used: str | None
    is_verified: bool


class _Served(NamedTuple):
    unit_id: int
    valid_from: datetime.date
    valid_until: datetime.date | None
    rank: int
    post: str  # the law's code of the post, where the duty proves one


@cache
def the_book() -> law_book.Book:
    """The book that ships with the product, with the local rules of this installation (BV_LAW_LOCAL)."""
    return law_book.load(*settings.LAW_LOCAL)


def issuers() -> tuple[str, ...]:
    """Whose rules this installation stands under, highest first (BV_LAW_UNDER)."""
    unknown = [issuer for issuer in settings.LAW_UNDER[1:] if issuer not in the_book().local]
    if unknown or settings.LAW_UNDER[:1] != ("vn",):
        raise ImproperlyConfigured(f"BV_LAW_UNDER: chưa nạp quy định của {', '.join(unknown) or 'cả nước (vn)'}.")
    return settings.LAW_UNDER


def first_year() -> int:
    """The year in which the book begins; nobody can be judged for an earlier one."""
    return min(the_book().regimes.values()).year


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


def facts_of(subject: Person | Unit | Household, on: datetime.date, *, year: int | None = None) -> Facts:
    """The subject's records as the engine takes them; `year` (of a unit's head-counts) is that of the day unless said.

    A fact without a paper, or with one of a later day, decides nothing: its register-year counts as open on that day.
    """
    if isinstance(subject, Unit):
        return _of_unit(subject, on, year or on.year)
    if isinstance(subject, Household):
        return _of_household(subject, on)
    return next(facts for _, facts in facts_of_persons([subject], on))


def facts_of_persons(persons: Sequence[Person], on: datetime.date) -> Iterator[tuple[int, Facts]]:
    """(key, facts) of many persons, in the order given, with three questions to the database for each thousand."""
    for first in range(0, len(persons), AT_ONCE):
        some = persons[first : first + AT_ONCE]
        keys = [person.pk for person in some]
        rows: dict[int, list[_Row]] = defaultdict(list)
        found = Standing.objects.filter(person__in=keys).order_by("pk")  # seq and key are given in the same order
        for person_id, *values in found.values_list("person_id", *_Row._fields).iterator(chunk_size=2000):
            rows[person_id].append(_Row(*values))
        duties = _duties_of(keys)
        declared = _declared_in({duty.unit_id for held in duties.values() for duty in held})
        for person in some:
            complete = _closed_by(duties[person.pk], declared)
            yield person.pk, _of_person(person, rows[person.pk], duties[person.pk], complete, on)


def _of_person(
    person: Person,
    rows: Sequence["_Row"],
    duties: Sequence["_Served"],
    declared: Mapping[str, set[int]],
    on: datetime.date,
) -> Facts:
    complete = _without(declared, [row for row in rows if not _counts(row, on)])
    proven = [row for row in rows if _counts(row, on)]
    spans = [row for row in proven if row.register == Register.DISCIPLINE]
    found = _results(proven)
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
        service=Service(
            recruited=person.recruited_on,
            posts=tuple(Span(duty.post, duty.valid_from, duty.valid_until) for duty in duties if duty.post),
        ),
        complete=complete,
        unkept=UNKEPT,
    )


def _of_unit(unit: Unit, on: datetime.date, year: int) -> Facts:
    rows = [_Row(*values) for values in Standing.objects.filter(unit=unit).order_by("pk").values_list(*_Row._fields)]
    declared = complete_years(unit)
    complete = _without(declared, [row for row in rows if not _counts(row, on)])
    proven = [row for row in rows if _counts(row, on)]
    spans = [row for row in proven if row.register == Register.DISCIPLINE]
    titles, held = _titles_and_awards(proven)
    return Facts(
        subject="collective",
        grades={row.year: row.kind for row in proven if row.register == Register.GRADES},
        titles=titles,
        awards=held,
        holds=tuple(_span(row) for row in spans if row.kind.startswith(HOLD)),
        service=Service(founded=unit.valid_from),
        unit=members_of(unit, year, on, declared),
        # What is unknown of the members stands in UnitCount.unknown. A complete register of grades is that of the members:
        # a unit whose own grade nobody entered has none on record, and is not a unit without one.
        complete={**complete, "unit": frozenset({year}), "grades": frozenset()},
        unkept=UNKEPT,
    )


def _of_household(household: Household, on: datetime.date) -> Facts:
    """What it was given. No unit declares a register of households complete, so silence is never "none"."""
    found = Standing.objects.filter(household=household).order_by("pk").values_list(*_Row._fields)
    titles, held = _titles_and_awards([row for row in map(_Row._make, found) if _counts(row, on)])
    return Facts(subject="household", titles=titles, awards=held, unkept=UNKEPT)


def members_of(unit: Unit, year: int, on: datetime.date, declared: Mapping[str, set[int]]) -> UnitCount:
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


def _counts(row: _Row, on: datetime.date) -> bool:
    """Proven, and by a paper that existed on the day."""
    return row.is_verified and (row.paper_on is None or row.paper_on <= on)


def _titles_and_awards(rows: Collection[_Row]) -> tuple[dict[int, tuple[str, ...]], tuple[Held, ...]]:
    """A title with its decision counts for its year and shows the decision; without a day it is known only by its year."""
    titles: dict[int, tuple[str, ...]] = {}
    held: list[Held] = []
    for row in rows:
        if row.register not in (Register.TITLES, Register.AWARDS):
            continue
        if row.register == Register.TITLES and row.paper_on is None:
            titles[row.year] = (*titles.get(row.year, ()), code_of(row.kind))
            continue
        held.append(_held(row))
    return titles, tuple(held)


def _held(row: _Row) -> Held:
    period = (row.starts_on, row.ends_on) if row.starts_on and row.ends_on else None
    if row.register == Register.TITLES:
        period = (datetime.date(row.year, 1, 1), datetime.date(row.year, 12, 31))
    decided = row.paper_on or datetime.date(row.year, 12, 31)
    return Held(code_of(row.kind), row.stream or MERIT, decided, period, row.paper_number)


def _results(rows: Sequence[_Row]) -> list[tuple[Initiative, bool]]:
    """Initiatives and (True) research results, with the awards that used them up, and those of which nobody said."""
    found = []
    book, under = the_book(), issuers()
    given = [
        (code_of(row.kind), may_rest_on(book, _held(row), under), [])
        if row.initiatives_used is None
        else (code_of(row.kind), frozenset(), row.initiatives_used.splitlines())
        for row in rows
        if row.register in (Register.TITLES, Register.AWARDS)
    ]
    for row in rows:
        if row.register != Register.INITIATIVES or _scope(row.kind) not in SCOPES:
            continue
        is_research = row.kind.startswith(RESEARCH)
        what = "research" if is_research else "initiatives"
        item = Initiative(row.note or row.paper_number, row.year, _scope(row.kind))
        used = {award for award, _, names in given if item.id in names}
        may = {award for award, results, _ in given if (what, item.scope, item.year) in results}
        found.append((replace(item, used_for=tuple(sorted(used)), may_serve=tuple(sorted(may))), is_research))
    return found


def _scope(kind: str) -> str:
    return kind.removeprefix(RESEARCH)


def _span(row: _Row) -> Span:
    return Span(row.kind, row.starts_on or row.paper_on or datetime.date(row.year, 1, 1), row.ends_on)


def _without(declared: Mapping[str, set[int]], unproven: Sequence[_Row]) -> dict[str, frozenset[int]]:
    open_years = {(row.register, row.year) for row in unproven}
    return {
        register: frozenset(year for year in years if (register, year) not in open_years)
        for register, years in declared.items()
    }


def complete_years(subject: Person | Unit | Household) -> Mapping[str, set[int]]:
    """register → years in which it holds everything of the subject, as declared by the unit of the year."""
    if isinstance(subject, Person):
        duties = _duties_of([subject.pk])[subject.pk]
        return _closed_by(duties, _declared_in({duty.unit_id for duty in duties}))
    found: dict[str, set[int]] = defaultdict(set)
    if isinstance(subject, Household):
        return found
    for register, year in Completeness.objects.filter(unit=subject).values_list("register", "year"):
        found[register].add(year)
    return found


def unit_of_year(person: Person, year: int) -> Unit | None:
    """The unit that closes the person's registers of a year: the last one served in that year."""
    last = _last_served(_duties_of([person.pk])[person.pk], year)
    return Unit.objects.get(pk=last.unit_id) if last else None


def units_of_year(persons: Iterable[int], year: int) -> dict[int, int]:
    """The same for many persons: person → that unit; without those who served nowhere in the year."""
    served = _duties_of(list(persons))
    return {person: last.unit_id for person, duties in served.items() if (last := _last_served(duties, year))}


def _duties_of(persons: Sequence[int]) -> dict[int, list["_Served"]]:
    """Where each of the persons served. Party and union bodies keep no registers, so they do not count."""
    found: dict[int, list[_Served]] = defaultdict(list)
    # Sorted out here: to put more into the question takes longer than to ask it.
    place = ("role", "unit__kind", "unit__parent__kind")
    duties = Duty.objects.filter(person__in=persons).order_by("pk")
    for person_id, role, *kinds, unit_id, since, until, rank in duties.values_list(
        "person_id", *place, "unit_id", "valid_from", "valid_until", "rank"
    ):
        if kinds[0] == Unit.Kind.BODY:
            continue
        post = POSTS.get(role, "") if kinds == [Unit.Kind.AGENCY, Unit.Kind.PROVINCE] else ""
        found[person_id].append(_Served(unit_id, since, until, rank, post))
    return found


def _last_served(duties: Iterable["_Served"], year: int) -> "_Served | None":
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    in_year = [
        duty for duty in duties if duty.valid_from <= last and (duty.valid_until is None or duty.valid_until >= first)
    ]
    return max(
        in_year, key=lambda duty: (duty.valid_until or datetime.date.max, duty.valid_from, -duty.rank), default=None
    )


def _declared_in(units: Iterable[int]) -> dict[int, dict[int, list[str]]]:
    """unit → year → registers declared complete."""
    found: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = Completeness.objects.filter(unit__in=list(units)).order_by()
    for unit_id, year, register in rows.values_list("unit_id", "year", "register"):
        found[unit_id][year].append(register)
    return found


def _closed_by(duties: Sequence["_Served"], declared: Mapping[int, Mapping[int, Sequence[str]]]) -> dict[str, set[int]]:
    """register → years that the unit of the year declared complete."""
    complete: dict[str, set[int]] = defaultdict(set)
    for unit_id in {duty.unit_id for duty in duties}:
        for year, registers in declared.get(unit_id, {}).items():
            served = _last_served(duties, year)
            for register in registers if served and served.unit_id == unit_id else ():
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
    under: Sequence[str] = (),
) -> explain.Judged:
    """One award for one year, looked at on a day. NoLaw only for a code that the book does not know."""
    return explain.judge(the_book(), award, facts, days_of(year, on), under or issuers(), judgements, stream=stream)


def judge_all(facts: Facts, *, year: int, on: datetime.date, under: Sequence[str] = ()) -> dict[str, explain.Judged]:
    """Every award that the book has criteria of for this kind of subject."""
    return explain.judge_every(the_book(), facts, days_of(year, on), under or issuers())
