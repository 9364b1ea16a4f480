"""Cases that a legal officer can read: a file of questions to the book, with the expected answers. The cases are the
tests.

Kinds: eligibility, vote, money, deadline. A key that is not listed stops the run with its file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bangvang.law import nodes
from bangvang.law.book import Book
from bangvang.law.calendar import due
from bangvang.law.explain import OUTCOMES, Judged, Judgement, judge
from bangvang.law.facts import (
    DISCIPLINE,
    GRADES,
    REGISTERS,
    SCOPES,
    STREAMS,
    SUBJECTS,
    Contribution,
    Facts,
    Held,
    Initiative,
    Service,
    Span,
    UnitCount,
)
from bangvang.law.nodes import Cell
from bangvang.law.sources import Days, NoLaw
from bangvang.law.tallies import Ballot, Prized, pay, tally


@dataclass(frozen=True)
class Question:
    """An eligibility case, ready to be judged."""

    award: str
    facts: Facts
    days: Days
    under: tuple[str, ...]
    stream: str | None
    judgements: tuple[Judgement, ...]

    def asked_of(self, book: Book) -> Judged:
        return judge(book, self.award, self.facts, self.days, self.under, self.judgements, stream=self.stream)


@dataclass(frozen=True)
class Case:
    """One case. `question` is there for kind eligibility; `asks` answers any kind with what ``--json`` prints."""

    id: str
    name: str
    kind: str
    where: str
    cells: dict[str, Cell]
    expect: dict[str, Any] | None
    question: Question | None = None

    def answered(self, book: Book) -> dict[str, Any]:
        """The answer, and under ``differs`` what was expected otherwise.

        Raises `BookError` for values that cannot be.
        """
        answer = {"id": self.id, **_ANSWERS[self.kind](self, book)}
        if self.expect is not None:
            found = {key: answer.get(key) for key in self.expect}
            wrong = {
                key: {"expected": self.expect[key], "found": found[key]}
                for key in found
                if found[key] != self.expect[key]
            }
            if wrong:
                answer["differs"] = wrong
        return answer


_COMMON = ("id", "kind", "name", "note", "expect")
_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "eligibility": (
        ("award", "for_year"),
        ("subject", "sex", "stream", "received_on", "session_on", "decided_on", "under", "facts"),
    ),
    "vote": (
        ("award", "members", "yes"),
        ("council_level", "session_on", "received_on", "under", "present", "written", "recused"),
    ),
    "money": (("awards", "decided_on"), ("under",)),
    "deadline": (("step", "start_on"), ("award", "regime", "holidays", "cases", "under", "field")),
}


def read_cases(path: Path, book: Book) -> list[Case]:
    """The cases of a file, in order. Raises `BookError` with file and line."""
    return list(_cases(nodes.read_file(path), book))


def cases_from_text(text: str, name: str, book: Book) -> list[Case]:
    """As `read_cases`, from text."""
    return list(_cases(nodes.read_text(text, name), book))


def _cases(root: Cell, book: Book) -> Iterator[Case]:
    seen: set[str] = set()
    for cell in nodes.sequence(root):
        found = nodes.mapping(cell)
        if "kind" not in found:
            raise cell.wrong("key 'kind' is missing")
        kind = nodes.one_of(found["kind"], _KEYS, "kind of case")
        required, optional = _KEYS[kind]
        keys = nodes.record(cell, ("id", "kind", *required), (*_COMMON, *optional))
        case_id = nodes.text(keys["id"])
        if case_id in seen:
            raise cell.wrong(f"case {case_id!r} stands twice")
        seen.add(case_id)
        if "award" in keys:
            _award(keys["award"], book)
        expect = _expected(keys["expect"]) if "expect" in keys else None
        question = _question(keys, book) if kind == "eligibility" else None
        yield Case(case_id, nodes.text(keys.get("name", keys["id"])), kind, cell.where, keys, expect, question)


def _award(cell: Cell, book: Book) -> str:
    try:
        return book.code_of(nodes.text(cell))
    except NoLaw as reason:
        raise cell.wrong(str(reason)) from None


def _expected(cell: Cell) -> dict[str, Any]:
    """``expect: met``, or the keys of the answer that are expected."""
    if not nodes.is_mapping(cell):
        return {"outcome": nodes.one_of(cell, (*OUTCOMES, "pass", "fail", "paid", "due"), "outcome")}
    return {key: _plain(value) for key, value in nodes.mapping(cell).items()}


def _plain(cell: Cell) -> Any:
    """Expected values: numbers, truth, null, lists and texts, as JSON would hold them."""
    if nodes.is_list(cell):
        return [_plain(item) for item in nodes.sequence(cell)]
    if nodes.is_mapping(cell):
        return {key: _plain(value) for key, value in nodes.mapping(cell).items()}
    if nodes.is_null(cell):
        return None
    value = nodes.text(cell)
    if not nodes.is_quoted(cell):
        if value in ("true", "false"):
            return value == "true"
        for kind in (int, float):
            try:
                return kind(value)
            except ValueError:
                continue
    return value


# Eligibility.


_SEXES = {"male": "male", "female": "female", "nam": "male", "nu": "female"}


def _question(keys: dict[str, Cell], book: Book) -> Question:
    year = nodes.number(keys["for_year"])
    subject = nodes.one_of(keys["subject"], SUBJECTS, "subject") if "subject" in keys else "person"
    days = Days(
        (date(year, 1, 1), date(year, 12, 31)),
        _day(keys, "received_on"),
        _day(keys, "session_on"),
        _day(keys, "decided_on"),
    )
    sex = _SEXES[nodes.one_of(keys["sex"], _SEXES, "sex")] if "sex" in keys else None
    facts, judgements = _facts(keys["facts"], subject, sex, book) if "facts" in keys else (Facts(subject, sex), ())
    stream = nodes.one_of(keys["stream"], STREAMS, "stream") if "stream" in keys else None
    return Question(_award(keys["award"], book), facts, days, _under(keys, book), stream, judgements)


def _day(keys: dict[str, Cell], name: str) -> date | None:
    return nodes.day(keys[name]) if name in keys else None


def _under(keys: dict[str, Cell], book: Book) -> tuple[str, ...]:
    return nodes.typed(keys["under"], tuple[str, ...]) if "under" in keys else ("vn",)


_FACTS = [
    "grades",
    "titles",
    "initiatives",
    "research",
    "awards",
    "discipline",
    "holds",
    "contributions",
    "service",
    "unit",
    "complete",
    "confirmed",
    "closed_doors",
]


def _facts(cell: Cell, subject: str, sex: str | None, book: Book) -> tuple[Facts, tuple[Judgement, ...]]:
    keys = nodes.record(cell, (), _FACTS)

    def items(name: str, read: Callable[[Cell], Any]) -> tuple[Any, ...]:
        return tuple(read(item) for item in nodes.sequence(keys[name])) if name in keys else ()

    def by_year(name: str, read: Callable[[Cell], Any]) -> dict[int, Any]:
        years = nodes.mapping(keys[name]) if name in keys else {}
        return {_year(year, value): read(value) for year, value in years.items()}

    def codes(value: Cell) -> tuple[str, ...]:
        found = nodes.sequence(value) if nodes.is_list(value) else [value]
        return tuple(_award(item, book) for item in found)

    complete = nodes.record(keys["complete"], (), REGISTERS) if "complete" in keys else {}
    facts = Facts(
        subject,
        sex,
        by_year("grades", lambda value: nodes.one_of(value, GRADES, "grade")),
        by_year("titles", codes),
        items("initiatives", lambda item: _initiative(item, book)),
        items("research", lambda item: _initiative(item, book)),
        items("awards", lambda item: _held(item, book)),
        items("discipline", lambda item: _span(item, "kind", DISCIPLINE)),
        items("holds", lambda item: _span(item, "kind")),
        items("contributions", _contribution),
        _service(keys["service"]) if "service" in keys else Service(),
        _unit(keys["unit"], book) if "unit" in keys else UnitCount(),
        {name: _years(value) for name, value in complete.items()},
    )
    said = (
        [Judgement(nodes.text(item), True) for item in nodes.sequence(keys["confirmed"])] if "confirmed" in keys else []
    )
    doors = nodes.sequence(keys["closed_doors"]) if "closed_doors" in keys else []
    return facts, (*said, *(Judgement(f"door:{nodes.text(item)}", False) for item in doors))


def _year(key: str, cell: Cell) -> int:
    if not (key.isdigit() and len(key) == 4):
        raise cell.wrong(f"expected a year, found {key!r}")
    return int(key)


def _years(cell: Cell) -> frozenset[int]:
    """Years of a complete register; a span is written "2005-2025"."""
    years: set[int] = set()
    for item in nodes.sequence(cell):
        first, _, last = nodes.text(item).partition("-")
        years |= set(range(_year(first, item), _year(last or first, item) + 1))
    return frozenset(years)


def _initiative(cell: Cell, book: Book) -> Initiative:
    keys = nodes.record(cell, ("id", "year"), ("scope", "used_for"))
    used: tuple[str, ...] = ()
    if "used_for" in keys:
        value = keys["used_for"]
        named = nodes.sequence(value) if nodes.is_list(value) else [value]
        used = tuple(_award(item, book) for item in named)
    scope = nodes.one_of(keys["scope"], SCOPES, "scope") if "scope" in keys else SCOPES[0]
    return Initiative(nodes.text(keys["id"]), nodes.number(keys["year"]), scope, used)


def _held(cell: Cell, book: Book) -> Held:
    keys = nodes.record(cell, ("award", "decided_on"), ("stream", "period", "number"))
    period = None
    if "period" in keys:
        ends = nodes.typed(keys["period"], tuple[date, ...])
        if len(ends) != 2 or ends[0] > ends[1]:
            raise keys["period"].wrong("expected [first day, last day]")
        period = (ends[0], ends[1])
    stream = nodes.one_of(keys["stream"], STREAMS, "stream") if "stream" in keys else "cong_trang"
    number = nodes.text(keys["number"]) if "number" in keys else ""
    return Held(_award(keys["award"], book), stream, nodes.day(keys["decided_on"]), period, number)


def _span(cell: Cell, kind: str, allowed: tuple[str, ...] = ()) -> Span:
    keys = nodes.record(cell, (kind, "from"), ("to",))
    named = nodes.one_of(keys[kind], allowed, kind) if allowed else nodes.text(keys[kind])
    since, until = nodes.day(keys["from"]), _day(keys, "to")
    if until and until < since:
        raise cell.wrong("ends before it begins")
    return Span(named, since, until)


def _contribution(cell: Cell) -> Contribution:
    keys = nodes.record(cell, ("kind", "value_vnd", "on"))
    return Contribution(nodes.text(keys["kind"]), nodes.number(keys["value_vnd"]), nodes.day(keys["on"]))


def _service(cell: Cell) -> Service:
    keys = nodes.record(cell, (), ("recruited", "founded", "leave", "posts"))
    leave = tuple(_span(item, "kind") for item in nodes.sequence(keys["leave"])) if "leave" in keys else ()
    posts = tuple(_span(item, "post") for item in nodes.sequence(keys["posts"])) if "posts" in keys else ()
    return Service(_day(keys, "recruited"), _day(keys, "founded"), leave, posts)


def _unit(cell: Cell, book: Book) -> UnitCount:
    keys = nodes.record(cell, (), ("members", "unknown", "titles", "grades", "disciplined"))

    def counts(name: str, allowed: tuple[str, ...] = ()) -> dict[str, int]:
        found = nodes.mapping(keys[name]) if name in keys else {}
        for key, value in found.items():
            if allowed and key not in allowed:
                raise value.wrong(f"unknown {name} {key!r}")
        return {key: nodes.number(value) for key, value in found.items()}

    titles = {book.code_of(name): count for name, count in counts("titles").items()}
    members = nodes.number(keys["members"]) if "members" in keys else None
    unknown = nodes.number(keys["unknown"]) if "unknown" in keys else 0
    return UnitCount(members, unknown, titles, counts("grades", GRADES), counts("disciplined", DISCIPLINE))


# Answers, one function per kind.


def as_json(judged: Judged) -> dict[str, Any]:
    """What ``--json`` prints of a judgement: the findings flat, groups before their parts."""
    return {
        "award": judged.award,
        "outcome": judged.outcome,
        "provisional": judged.provisional,
        "missing": list(judged.missing),
        "judgements": list(judged.judgements),
        "findings": [
            {
                "condition": item.condition,
                "outcome": item.outcome,
                "text": item.text,
                "cite": item.cite,
                "mark": item.mark,
                "records": list(item.records),
            }
            for finding in judged.findings
            for item in finding.flat()
        ],
        "governing": dict(judged.governing),
        "book": judged.book,
    }


def _eligibility(case: Case, book: Book) -> dict[str, Any]:
    assert case.question is not None
    return as_json(case.question.asked_of(book))


def _vote(case: Case, book: Book) -> dict[str, Any]:
    keys = case.cells
    session, received = _day(keys, "session_on"), _day(keys, "received_on")
    on = session or received
    if on is None:
        raise keys["award"].wrong("a vote needs session_on or received_on")
    counted = {
        name: nodes.number(keys[name]) for name in ("members", "yes", "present", "written", "recused") if name in keys
    }
    days = Days((on, on), received or session, session or received)
    level = nodes.text(keys["council_level"]) if "council_level" in keys else None
    try:
        result = tally(book, nodes.text(keys["award"]), Ballot(**counted), days, _under(keys, book), level=level)
    except ValueError as reason:
        raise keys["yes"].wrong(str(reason)) from None
    return {
        name: getattr(result, name)
        for name in ("outcome", "ratio", "threshold", "base", "source", "secret", "cite", "mark")
    }


def _money(case: Case, book: Book) -> dict[str, Any]:
    prizes = []
    for item in nodes.sequence(case.cells["awards"]):
        keys = nodes.record(item, ("award",), ("subject", "period"))
        subject = nodes.one_of(keys["subject"], SUBJECTS, "subject") if "subject" in keys else "person"
        period = str(_plain(keys["period"])) if "period" in keys else ""
        prizes.append(Prized(_award(keys["award"], book), subject, period))
    try:
        paid = pay(book, prizes, nodes.day(case.cells["decided_on"]), _under(case.cells, book))
    except NoLaw as reason:
        nothing: dict[str, Any] = {
            "raw": None,
            "rounded": None,
            "rule": None,
            "paid": [],
            "cite": str(reason),
            "mark": "unknown",
        }
        return {"outcome": "needs_person", **nothing}
    shown = {name: getattr(paid, name) for name in ("outcome", "raw", "rounded", "rule", "cite", "mark")}
    return {**shown, "paid": list(paid.paid)}


def _deadline(case: Case, book: Book) -> dict[str, Any]:
    keys = case.cells
    holidays = nodes.typed(keys["holidays"], tuple[date, ...]) if "holidays" in keys else None
    regime = book.regimes[nodes.one_of(keys["regime"], book.regimes, "regime")] if "regime" in keys else None
    award = _award(keys["award"], book) if "award" in keys else None
    cases = nodes.number(keys["cases"]) if "cases" in keys else 1
    try:
        found = due(
            book,
            nodes.text(keys["step"]),
            nodes.day(keys["start_on"]),
            award=award,
            cases=cases,
            holidays=holidays,
            regime_on=regime,
            under=_under(keys, book),
            exception=nodes.text(keys["field"]) if "field" in keys else None,
        )
    except NoLaw as reason:
        return {"outcome": "needs_person", "due_on": None, "working_days": None, "cite": str(reason), "mark": "unknown"}
    return {
        "outcome": "needs_person" if found.mark not in ("V", "V2") else "due",
        "due_on": found.due_on.isoformat(),
        "working_days": found.working_days,
        "calendar_days": found.calendar_days,
        "tentative": found.tentative,
        "cite": found.cite,
        "mark": found.mark,
    }


_ANSWERS: dict[str, Callable[[Case, Book], dict[str, Any]]] = {
    "eligibility": _eligibility,
    "vote": _vote,
    "money": _money,
    "deadline": _deadline,
}
