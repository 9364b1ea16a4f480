"""Quy định: the law book for everybody who has logged in, on any day and under any loaded local layer."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render

from bangvang import vietnamese
from bangvang.honours.findings import issuers, the_book
from bangvang.law.book import Book
from bangvang.law.conditions import AllOf, AnyOf, Ask, Frame, Meets, Tree
from bangvang.law.explain import frame_of
from bangvang.law.facts import Facts
from bangvang.law.provisions import Criteria
from bangvang.law.shows import counts
from bangvang.law.sources import MARKS, Days, NoLaw, Provision, cited
from bangvang.law.tallies import Prized, base_salary, pay
from bangvang.law.view import View
from bangvang.law.words import ASPECTS, DOORS, SUBJECTS, sentence
from bangvang.web.ui.actors import StaffRequest

NATIONAL = ("vn", "Chung cả nước")
KINDS = (("title", "Danh hiệu thi đua"), ("form", "Hình thức khen thưởng"))
SOURCES = {"local": "quy định riêng", "kept": "giữ theo điều khoản chuyển tiếp", "open": "nơi ban hành tự quy định"}


@dataclass(frozen=True)
class Line:
    """A condition of the law, or a group of them ("all", "any"), as a page says it."""

    text: str
    cite: str = ""
    mark: str = ""
    asks: bool = False
    need: str = ""
    parts: tuple["Line", ...] = ()


@dataclass(frozen=True)
class Entry:
    """One aspect of an award on the day: what it says, from where, until when."""

    aspect: str
    heading: str
    text: str
    cite: str
    mark: str
    source: str
    valid_from: datetime.date
    valid_until: datetime.date | None
    decides: bool
    doors: tuple[tuple[str, tuple[Line, ...]], ...] = ()


@dataclass(frozen=True)
class Version:
    """One dated version in the timeline of an aspect."""

    valid_from: datetime.date
    valid_until: datetime.date | None
    cite: str
    mark: str
    is_now: bool


def _asked(given: QueryDict, today: datetime.date, name: str = "ngay") -> tuple[datetime.date, str]:
    typed = given.get(name, "").strip()
    if not typed:
        return today, ""
    try:
        return vietnamese.parse_date(typed), ""
    except ValueError as error:
        return today, str(error)


def _layers(book: Book) -> list[tuple[str, str]]:
    return [NATIONAL, *((local.issuer, local.label) for local in book.local.values())]


def _under(given: QueryDict, book: Book) -> tuple[str, ...]:
    chosen = given.get("noi", issuers()[-1])
    return ("vn", chosen) if chosen in book.local else ("vn",)


def all_awards(request: StaffRequest) -> HttpResponse:
    """Every award, and what the book rests on."""
    book = the_book()
    on, problem = _asked(request.GET, request.actor.day)
    under = _under(request.GET, book)
    groups = [
        (label, [_in_list(book, code, on, under) for code, award in book.awards.items() if award.kind == kind])
        for kind, label in KINDS
    ]
    salary, salary_cite, salary_mark = (
        base_salary(book, on) if on >= book.salaries[0].row.valid_from else (0, "", "unknown")
    )
    context = {
        "on": on,
        "problem": problem,
        "under": under[-1],
        "layers": _layers(book),
        "groups": groups,
        "count": len(book.awards),
        "instruments": sorted(
            book.instruments.values(),
            key=lambda item: item.valid_from or item.issued or datetime.date.min,
            reverse=True,
        ),
        "marks": MARKS,
        "salary": salary,
        "salary_cite": salary_cite,
        "salary_mark": MARKS[salary_mark],
        "unread": book.unread(on),
        "figures": (figures := counts(book)),
        "sunset": datetime.date.fromisoformat(figures["sunset"]),
        "query": _query(on, under),
    }
    return render(request, "staff/law/all.html", context, status=422 if problem else 200)


def _query(on: datetime.date, under: tuple[str, ...]) -> str:
    asked = QueryDict(mutable=True)
    asked["ngay"] = vietnamese.format_date(on)
    if len(under) > 1:
        asked["noi"] = under[-1]
    return asked.urlencode()


def _in_list(book: Book, code: str, on: datetime.date, under: tuple[str, ...]) -> tuple[str, str, str, str, str]:
    """(code, label, for whom, criteria's citation, who decides)."""
    days = Days.all_on(on)
    subjects, cites = [], []
    for subject, words in SUBJECTS.items():
        if found := _provision(book, code, "criteria", days, under, subject):
            subjects.append(words)
            cites.append(cited(found.cites))
    authority = _provision(book, code, "authority", days, under)
    return (
        code,
        book.awards[code].label,
        ", ".join(subjects),
        "; ".join(dict.fromkeys(cites)) or "chưa tìm thấy quy định ngày này",
        authority.says.who if authority else "",
    )


def _provision(
    book: Book, code: str, aspect: str, days: Days, under: tuple[str, ...], subject: str = "person"
) -> Provision | None:
    try:
        return book.at(code, aspect, days, under, subject=subject)
    except NoLaw:
        return None


def one_award(request: StaffRequest, code: str) -> HttpResponse:
    """One award on a day, with the timeline of its versions and the differences from another day."""
    book = the_book()
    if code not in book.awards:
        raise Http404
    on, problem = _asked(request.GET, request.actor.day)
    under = _under(request.GET, book)
    other, other_problem = _asked(request.GET, on, "so-voi")
    entries = _entries(book, code, on, under)
    context: dict[str, Any] = {
        "code": code,
        "award": book.awards[code],
        "kind": dict(KINDS)[book.awards[code].kind],
        "on": on,
        "other": other if other != on else None,
        "problem": problem or other_problem,
        "under": under[-1],
        "layers": _layers(book),
        "entries": entries,
        "paid": _paid(book, code, on, under),
        "timeline": _timeline(book, code, on, under[-1]),
        "unread": book.unread(on),
        "differences": _differences(_entries(book, code, other, under), entries) if other != on else [],
        "query": _query(on, under),
    }
    return render(request, "staff/law/one.html", context, status=422 if context["problem"] else 200)


def _entries(book: Book, code: str, on: datetime.date, under: tuple[str, ...]) -> list[Entry]:
    days = Days.all_on(on)
    found = []
    for aspect, heading in ASPECTS.items():
        name, _, subject = aspect.partition(":")
        provision = _provision(book, code, name, days, under, subject or "person")
        if provision is None:
            continue
        doors = _doors(book, provision, on, subject, under) if isinstance(provision.says, Criteria) else ()
        source = SOURCES.get(provision.source, "")
        if provision.source == "local":
            source = f"{source} của {book.local[provision.issuer].label}"
        found.append(
            Entry(
                aspect,
                heading,
                "" if doors else sentence(provision),
                cited(provision.cites),
                MARKS[provision.mark],
                source,
                provision.row.valid_from,
                provision.row.valid_until,
                provision.decides,
                doors,
            )
        )
    return found


def _doors(
    book: Book, provision: Provision, on: datetime.date, subject: str, under: tuple[str, ...]
) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    frame = frame_of(book, provision.code, on.year, on, subject, under)
    view = View(Facts(subject), on.year, on)
    return tuple(
        (DOORS.get(door.name, door.name), tuple(_line(part, view, frame) for part in door.requires))
        for door in provision.says.doors
    )


def _line(tree: Tree, view: View, frame: Frame) -> Line:
    match tree:
        case Meets():
            return _line(tree.spelled_out(frame), view, frame)
        case AllOf(parts):
            return Line("Tất cả các điều kiện sau", need="all", parts=tuple(_line(part, view, frame) for part in parts))
        case AnyOf(parts):
            return Line(
                "Một trong các điều kiện sau", need="any", parts=tuple(_line(part, view, frame) for part in parts)
            )
        case _:
            asks = isinstance(tree, Ask) or not tree.decides
            return Line(tree.tell(view, frame).text, cited(tree.cites), MARKS[tree.mark], asks)


def _paid(book: Book, code: str, on: datetime.date, under: tuple[str, ...]) -> list[tuple[str, int, str, str]]:
    """(for whom, đồng, citation, mark) of the prize on the day."""
    found = []
    for subject, words in SUBJECTS.items():
        if (code, f"criteria:{subject}") not in book.rows:
            continue
        try:
            payment = pay(book, [Prized(code, subject)], on, under)
        except LookupError:
            continue
        found.append((words, payment.rounded, payment.cite, MARKS[payment.mark]))
    return found


def _timeline(book: Book, code: str, on: datetime.date, issuer: str) -> list[tuple[str, list[Version]]]:
    """Versions of every aspect, newest first, those of the chosen issuer among them."""
    own = book.local[issuer].rows if issuer in book.local else {}
    found = []
    for aspect, heading in ASPECTS.items():
        rows = [*book.rows.get((code, aspect), ()), *own.get((code, aspect), ())]
        versions = [
            Version(row.valid_from, row.valid_until, cited(row.cites), MARKS[row.mark], row.holds_on(on))
            for row in sorted(rows, key=lambda row: row.valid_from, reverse=True)
        ]
        if versions:
            found.append((heading, versions))
    return found


def _differences(before: list[Entry], after: list[Entry]) -> list[tuple[str, str, str]]:
    """(heading, what it said, what it says) of every aspect that differs."""
    left, right = ({entry.heading: _said(entry) for entry in entries} for entries in (before, after))
    return [
        (heading, left.get(heading, "Không có"), right.get(heading, "Không có"))
        for heading in ASPECTS.values()
        if left.get(heading) != right.get(heading)
    ]


def _said(entry: Entry) -> str:
    doors = "; ".join(f"{name}: {', '.join(_flat(line) for line in lines)}" for name, lines in entry.doors)
    return f"{doors or entry.text} ({entry.cite}; {entry.mark})"


def _flat(line: Line) -> str:
    if not line.parts:
        return line.text
    joint = " hoặc " if line.need == "any" else " và "
    return f"({joint.join(_flat(part) for part in line.parts)})"
