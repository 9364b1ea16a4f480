"""Which number, grade, window and date of the book stands between two cases, and which is bare.

A number is covered on a side when some case with an expected answer would change its condition's answer if the number
were one step off to that side. So every one-off mistake in the book is caught by a case that a legal officer can read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from bangvang.law import nodes
from bangvang.law.book import Book
from bangvang.law.cases import Case
from bangvang.law.conditions import AllOf, AnyOf, Condition, Frame, Meets, Tree
from bangvang.law.explain import answers_from, chosen_doors, frame_of
from bangvang.law.facts import DISCIPLINE, GRADES, SCOPES
from bangvang.law.provisions import Criteria, Prize, Publication, Submission, Vote
from bangvang.law.shows import all_rows, leaves
from bangvang.law.sources import DECIDING, Days, NoLaw
from bangvang.law.tallies import Ballot, passes
from bangvang.law.view import View

_SCALES: dict[str, tuple[str, ...]] = {"grade": GRADES, "scope": SCOPES, "from_kind": DISCIPLINE}


@dataclass
class Point:
    """One number of the book and the cases that would notice it one step lower, or one step higher."""

    where: str
    what: str
    mark: str
    lower: list[str] = field(default_factory=list)
    higher: list[str] = field(default_factory=list)
    sides: tuple[bool, bool] = (True, True)

    def as_row(self) -> dict[str, Any]:
        bare = self.mark in DECIDING and ((self.sides[0] and not self.lower) or (self.sides[1] and not self.higher))
        return {
            "where": self.where,
            "what": self.what,
            "mark": self.mark,
            "below": self.lower,
            "at": self.higher,
            "bare": bare,
        }


def neighbours(condition: Condition) -> Iterator[tuple[str, Condition | None, Condition | None]]:
    """(field, one step lower, one step higher) for every number, grade and window of a condition.

    None where none exists.
    """
    for name in nodes.schema(type(condition)):
        value = getattr(condition, name)
        if isinstance(value, bool) or value is None:
            continue
        if name == "first" and (getattr(condition, "ever", False) or getattr(condition, "since", None)):
            continue
        if name in _SCALES:
            scale = _SCALES[name]
            at = scale.index(value)
            lower = replace(condition, **{name: scale[at - 1]}) if at else None  # type: ignore[arg-type]
            higher = replace(condition, **{name: scale[at + 1]}) if at + 1 < len(scale) else None  # type: ignore[arg-type]
            yield f"{name}={value}", lower, higher
        elif isinstance(value, int):
            lower = replace(condition, **{name: value - 1}) if value else None  # type: ignore[arg-type]
            yield f"{name}={value}", lower, replace(condition, **{name: value + 1})  # type: ignore[arg-type]


def cover(book: Book, cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Every point of the book with its cases, in the order of the book."""
    told = [case for case in cases if case.expect is not None]
    points = [
        *_criteria(book, told),
        *_votes(book, told),
        *_prizes(book, told),
        *_deadlines(book, told),
        *_dates(book, told),
    ]
    return [point.as_row() for point in points]


def _criteria(book: Book, cases: Sequence[Case]) -> list[Point]:
    points: dict[tuple[int, str], Point] = {}
    neighbour: dict[int, list[tuple[str, Condition | None, Condition | None]]] = {}
    for code, aspect, row in all_rows(book):
        for door in row.says.doors if isinstance(row.says, Criteria) else ():
            for leaf in leaves(door):
                neighbour[id(leaf)] = list(neighbours(leaf))
                for what, lower, higher in neighbour[id(leaf)]:
                    name = f"{code} {aspect} {row.valid_from} {door.name} {leaf.id} {what}"
                    point = Point(row.where, name, leaf.mark, sides=(_differs(lower), _differs(higher)))
                    points[id(leaf), what] = point
    for case in cases:
        for leaf, view, frame in _leaves_of(book, case):
            for what, lower, higher in neighbour.get(id(leaf), ()):
                now = _told(leaf, view, frame)
                if lower is not None and _told(lower, view, frame) != now:
                    points[id(leaf), what].lower.append(case.id)
                if higher is not None and _told(higher, view, frame) != now:
                    points[id(leaf), what].higher.append(case.id)
    return list(points.values())


def _differs(condition: Condition | None) -> bool:
    return condition is not None


def _told(condition: Condition, view: View, frame: Frame) -> tuple[bool, bool]:
    told = condition.tell(view, frame)
    return told.surely, told.possibly


def _leaves_of(book: Book, case: Case) -> Iterator[tuple[Condition, View, Frame]]:
    question = case.question
    if question is None:
        return
    view = View(
        question.facts, question.days.achieved[1].year, question.days.known_on, answers_from(question.judgements)
    )
    try:
        provisions = book.candidates(
            question.award, "criteria", question.days, question.under, subject=question.facts.subject
        )
    except NoLaw:
        return
    for provision in provisions:
        frame = frame_of(book, provision.code, view.year, provision.on, view.facts.subject, question.under)
        for door in chosen_doors(provision, question.stream):
            for part in door.requires:
                yield from ((leaf, view, frame) for leaf in _spelled_out(part, frame))


def _spelled_out(tree: Tree, frame: Frame) -> Iterator[Condition]:
    match tree:
        case Meets():
            yield from _spelled_out(tree.spelled_out(frame), frame)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _spelled_out(part, frame)
        case _:
            yield tree


def _votes(book: Book, cases: Sequence[Case]) -> list[Point]:
    points = {}
    for _, aspect, row in all_rows(book):
        says = row.says
        if (
            isinstance(says, Vote)
            and not row.open
            and (percent := says.at_least_percent or says.more_than_percent) is not None
        ):
            points[row.where] = Point(row.where, f"{aspect} {row.valid_from} {percent} %", row.mark)
    for case in (case for case in cases if case.kind == "vote"):
        vote, where, ballot = _vote_of(book, case)
        if where not in points:
            continue
        name = "at_least_percent" if vote.at_least_percent is not None else "more_than_percent"
        percent = getattr(vote, name)
        if passes(replace(vote, **{name: percent - 1}), ballot) != passes(vote, ballot):
            points[where].lower.append(case.id)
        if passes(replace(vote, **{name: percent + 1}), ballot) != passes(vote, ballot):
            points[where].higher.append(case.id)
    return list(points.values())


def _vote_of(book: Book, case: Case) -> tuple[Vote, str, Ballot]:
    keys = case.cells
    on = _days_of(case)[-1]
    under = nodes.typed(keys["under"], tuple[str, ...]) if "under" in keys else ("vn",)
    ballot = Ballot(nodes.number(keys["members"]), nodes.number(keys["yes"]))
    try:
        provision = book.at(nodes.text(keys["award"]), "vote", Days.all_on(on), under)
    except NoLaw:
        return Vote(), "", ballot
    where = provision.row.where
    for issuer in reversed(under) if provision.source == "local" else ():
        rows = book.local[issuer].rows.get((provision.code, "vote"), ()) if issuer in book.local else ()
        where = next((row.where for row in rows if row.holds_on(on)), where)
    if provision.source == "kept":
        where = next(row.where for row in book.rows[provision.code, "vote"] if row.says is provision.says)
    return provision.says, where, ballot


def _prizes(book: Book, cases: Sequence[Case]) -> list[Point]:
    """A multiple stands in an equation, so one case with the expected amount covers both its sides."""
    points: dict[tuple[str, str], Point] = {}
    for _, aspect, row in all_rows(book):
        if isinstance(row.says, Prize):
            for subject, times in _multiples(row.says):
                points[row.where, subject] = Point(
                    row.where, f"{aspect} {row.valid_from} {subject} × {times}", row.mark
                )
    for salary in book.salaries:
        points[salary.row.where, ""] = Point(salary.row.where, f"base salary {salary.amount_vnd}", salary.row.mark)
    for case in (case for case in cases if case.kind == "money"):
        on = nodes.day(case.cells["decided_on"])
        used = [(salary.row.where, "") for salary in book.salaries if salary.row.holds_on(on)]
        for item in nodes.sequence(case.cells["awards"]):
            keys = nodes.mapping(item)
            row = book.at(nodes.text(keys["award"]), "money", Days.all_on(on)).row
            subject = nodes.text(keys["subject"]) if "subject" in keys else "person"
            used.append((row.where, subject if (row.where, subject) in points else "person"))
        for key in used:
            points[key].lower.append(case.id)
            points[key].higher.append(case.id)
    return list(points.values())


def _multiples(prize: Prize) -> Iterator[tuple[str, Any]]:
    yield "person", prize.times
    if prize.collective_times is not None:
        yield "collective", prize.collective_times
    if prize.household_times is not None:
        yield "household", prize.household_times


def _deadlines(book: Book, cases: Sequence[Case]) -> list[Point]:
    points: dict[str, Point] = {}
    for name, steps in book.steps.items():
        for item in steps:
            points[item.row.where] = Point(
                item.row.where, f"{name} {item.row.valid_from} {item.days} days", item.row.mark
            )
    for _, aspect, row in all_rows(book):
        says = row.says
        if (isinstance(says, Submission) and says.last_day) or (isinstance(says, Publication) and says.working_days):
            points[row.where] = Point(row.where, f"{aspect} {row.valid_from}", row.mark)
    from bangvang.law.calendar import step_length  # noqa: PLC0415 - calendar asks nothing of coverage; kept beside its use

    for case in (case for case in cases if case.kind == "deadline"):
        keys = case.cells
        on = _days_of(case)[0]
        award = nodes.text(keys["award"]) if "award" in keys else None
        step = nodes.text(keys["step"])
        under = nodes.typed(keys["under"], tuple[str, ...]) if "under" in keys else ("vn",)
        try:
            if step in ("submission", "publication") and award:
                provision = book.at(award, step, Days.all_on(on), under)
                rows = [
                    row
                    for issuer in under
                    if issuer in book.local
                    for row in book.local[issuer].rows.get((provision.code, step), ())
                ]
                where = rows[0].where if provision.source == "local" else provision.row.where
            else:
                many = nodes.number(keys["cases"]) if "cases" in keys else 1
                where = step_length(book, step, on, book.code_of(award) if award else None, many).row.where
        except NoLaw:
            continue
        points[where].lower.append(case.id)
        points[where].higher.append(case.id)
    return list(points.values())


def _days_of(case: Case) -> list[date]:
    """The days on which a case asks the book."""
    keys = case.cells
    if case.question:
        days = case.question.days
        return [day for day in (days.received, days.session, days.decided) if day] or [days.achieved[1]]
    names = ("received_on", "session_on", "decided_on", "start_on")
    return [nodes.day(keys[name]) for name in names if name in keys]


def _dates(book: Book, cases: Sequence[Case]) -> list[Point]:
    """First days of versions of what cases decide; covered by a case on the day before and one on the day itself."""
    asked: dict[date, list[str]] = {}
    for case in cases:
        for day in _days_of(case):
            asked.setdefault(day, []).append(case.id)
    decided: Callable[[str], bool] = lambda aspect: aspect.split(":")[0].split("@")[0] in ("criteria", "vote", "money")  # noqa: E731
    first: dict[date, tuple[str, str]] = {}
    for _, aspect, row in all_rows(book):
        if decided(aspect) and row.mark in DECIDING:
            first.setdefault(row.valid_from, (row.where, row.mark))
            if row.kept_until:
                first.setdefault(row.kept_until + timedelta(days=1), (row.where, row.mark))
    for salary in book.salaries:
        first.setdefault(salary.row.valid_from, (salary.row.where, salary.row.mark))
    for instrument in book.instruments.values():
        if instrument.text == "not_found" and instrument.valid_from:
            first.setdefault(instrument.valid_from, ("instruments.yaml", instrument.mark))
    points = []
    opening = min(first)
    for day, (where, mark) in sorted(first.items()):
        before = asked.get(day - timedelta(days=1), [])
        points.append(
            Point(where, f"first day {day}", mark, list(before), list(asked.get(day, [])), (day != opening, True))
        )
    return points
