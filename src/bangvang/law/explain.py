"""Judges one subject: met, not met, missing data, or needs a person; each finding with proof, citation and wording.

The planes decide; the records explain; both come from the same conditions, and every explanation asserts that they
agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from bangvang.law.book import Book
from bangvang.law.conditions import (
    AllOf,
    AnyOf,
    Ask,
    Condition,
    Door,
    Frame,
    Meets,
    Tree,
    door_rails,
    tree_rails,
)
from bangvang.law.facts import Facts
from bangvang.law.planes import NEVER, Program, Rails, run
from bangvang.law.sources import DECIDING, MARKS, Days, NoLaw, Provision, cited
from bangvang.law.view import Answers, View
from bangvang.law.words import DOORS

MET, NOT_MET, MISSING_DATA, NEEDS_PERSON = "met", "not_met", "missing_data", "needs_person"
OUTCOMES = (MET, NOT_MET, MISSING_DATA, NEEDS_PERSON)
NO_PENDING_CASE = "no_pending_case"
ADDED = re.compile(r" \((?:đây là nhận định|quy định |đã có người xác nhận|sổ vàng không ghi)[^)]*\)$")


@dataclass(frozen=True)
class Judgement:
    """A person's answer to an open condition of one line, or of every line of a round: shown for ever, never an
    override.

    `condition` may also be ``door:NAME``; answered with no, that door is closed for the line.
    """

    condition: str
    yes: bool
    by_role: str = ""
    text_opened: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Finding:
    """One condition, or one group ("all", "any"), with what was found. `text` says it to the clerk."""

    condition: str
    outcome: str
    text: str
    cite: str
    mark: str
    records: tuple[dict[str, Any], ...] = ()
    missing: tuple[str, ...] = ()
    need: str = ""
    parts: tuple[Finding, ...] = ()

    def flat(self) -> Iterator[Finding]:
        """This finding and all below it, top first."""
        yield self
        for part in self.parts:
            yield from part.flat()


def restored(rows: Iterable[dict[str, Any]]) -> list[Finding]:
    """Findings that were stored as plain data, again as findings."""
    return [
        Finding(
            **{
                **row,
                "records": tuple(row["records"]),
                "missing": tuple(row["missing"]),
                "parts": tuple(restored(row["parts"])),
            }
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Judged:
    """The answer for one subject, one award and its days; enough to be stored and read again in ten years."""

    award: str
    outcome: str
    provisional: str | None
    missing: tuple[str, ...]
    judgements: tuple[str, ...]
    """Conditions that a person has answered, or still must."""
    findings: tuple[Finding, ...]
    governing: dict[str, str]
    book: str


def bare(text: str) -> str:
    """A condition's words without what a finding adds in brackets about who decides."""
    return ADDED.sub("", text).rstrip(".")


def steps_short(findings: Iterable[Finding]) -> int:
    """The fewest conditions now not met that would have to be met: over the cheapest door. A pending case is none."""
    return len(steps_to_take(findings))


def steps_to_take(findings: Iterable[Finding]) -> list[Finding]:
    """These conditions."""
    return min((_lacking(finding) for finding in findings if finding.parts), key=len, default=[])


def _lacking(finding: Finding) -> list[Finding]:
    if not finding.parts:
        return [finding] if finding.outcome == NOT_MET else []
    found = [_lacking(part) for part in finding.parts]
    return min(found, key=len) if finding.need == "any" else [leaf for leaves in found for leaf in leaves]


def answers_from(judgements: Sequence[Judgement]) -> Answers:
    """The judgements as the engine looks them up."""
    doors = {
        item.condition.removeprefix("door:")
        for item in judgements
        if item.condition.startswith("door:") and not item.yes
    }
    named = [item for item in judgements if not item.condition.startswith("door:")]
    return Answers(
        frozenset(item.condition for item in named if item.yes),
        frozenset(item.condition for item in named if not item.yes),
        frozenset(doors),
    )


def frame_of(book: Book, code: str, year: int, on: date, subject: str, under: Sequence[str]) -> Frame:
    """What the award, the year and the governing day fix for every condition."""

    def doors_of(other: str) -> tuple[Door, ...]:
        try:
            found = book.at(other, "criteria", Days.all_on(on), under, subject=subject)
        except NoLaw:
            return ()
        doors: tuple[Door, ...] = found.says.doors
        return doors

    return Frame(
        code,
        year,
        book.horizon,
        _decides(book, "achievements_after_discipline", on),
        _decides(book, "initiative_serves_once", on),
        book.register_of,
        book.label_of,
        book.including,
        doors_of,
    )


def _decides(book: Book, name: str, on: date) -> bool:
    principle = book.principle(name, on)
    return principle is not None and principle.row.mark in DECIDING


def chosen_doors(provision: Provision, stream: str | None) -> tuple[Door, ...]:
    """Doors of the asked kind of commendation; without one, all of them."""
    doors: tuple[Door, ...] = provision.says.doors
    return tuple(door for door in doors if stream is None or door.stream in (None, stream))


def award_rails(doors: Sequence[Door], program: Program, frame: Frame) -> Rails:
    """One open door, and no case pending against the subject."""
    return program.all_of(
        [program.weighed(("hold",)), program.any_of([door_rails(door, program, frame) for door in doors])]
    )


@dataclass(frozen=True)
class Compiled:
    """The program of one question, and the nodes of its award, doors, groups and leaves. It knows no subject."""

    frame: Frame
    doors: tuple[Door, ...]
    program: Program
    award: Rails
    hold: Rails
    nodes: dict[int, Rails]
    """Rails of each door, group and leaf, by its identity."""
    spelled: dict[int, Tree]
    """What a shorthand stands for, by its identity."""


@lru_cache(maxsize=64)
def _shared_program(book: Book, year: int, subject: str, under: tuple[str, ...], stream: str | None) -> Program:
    return Program()


@lru_cache(maxsize=1024)
def compiled(
    book: Book, code: str, year: int, on: date, subject: str, under: tuple[str, ...], stream: str | None, together: bool
) -> Compiled:
    """The program that judges one award for one year, under the criteria of one day: the same for every subject.

    `together`: all awards share one program, in which what they have in common is computed once.
    """
    provision = book.candidates(code, "criteria", Days.all_on(on), under, subject=subject)[0]
    frame = frame_of(book, code, year, on, subject, under)
    doors = chosen_doors(provision, stream)
    program = _shared_program(book, year, subject, under, stream) if together else Program()
    made = Compiled(frame, doors, program, NEVER, NEVER, {}, {})
    for door in doors:
        made.nodes[id(door)] = door_rails(door, made.program, frame)
        for part in door.requires:
            _place(made, part)
    hold = made.program.weighed(("hold",))
    return replace(made, award=award_rails(doors, made.program, frame), hold=hold)


def _place(made: Compiled, tree: Tree) -> None:
    if isinstance(tree, Meets):
        made.spelled[id(tree)] = tree.spelled_out(made.frame)
        return _place(made, made.spelled[id(tree)])
    made.nodes[id(tree)] = tree_rails(tree, made.program, made.frame)
    for part in tree.parts if isinstance(tree, AllOf | AnyOf) else ():
        _place(made, part)
    return None


class _Bits:
    """The three values of every node for one subject: surely, possibly, and sure once the open questions are answered.

    One run with two bits: the lower is the subject as known, the upper as if every open question were answered with
    yes.
    """

    def __init__(self, program: Program, view: View) -> None:
        self._values = run(program.code, view.both, 0b11)

    def outcome(self, pair: Rails) -> str:
        surely, possibly = self._values[pair[0]], self._values[pair[1]]
        if surely & 1:
            return MET
        if not possibly & 1:
            return NOT_MET
        return NEEDS_PERSON if surely & 2 else MISSING_DATA

    def pair(self, pair: Rails) -> tuple[bool, bool]:
        return bool(self._values[pair[0]] & 1), bool(self._values[pair[1]] & 1)


def judge(
    book: Book,
    award_code: str,
    facts: Facts,
    days: Days,
    under: Sequence[str] = ("vn",),
    judgements: Sequence[Judgement] = (),
    *,
    stream: str | None = None,
) -> Judged:
    """Does this subject meet this award on these days under these issuers?

    Never raises for lack of law: what the book cannot answer is a question to a person, and says which text to open.
    A ratio cap never changes this answer; it belongs to the list. Raises `NoLaw` only for an unknown award code.
    """
    view = View(facts, days.achieved[1].year, days.known_on, answers_from(judgements))
    return _judge(book, book.code_of(award_code), view, days, under, judgements, stream)


def judge_every(
    book: Book,
    facts: Facts,
    days: Days,
    under: Sequence[str] = ("vn",),
    judgements: Sequence[Judgement] = (),
    *,
    stream: str | None = None,
) -> dict[str, Judged]:
    """`judge` for every award that the book has criteria of, for this kind of subject; records are looked up once."""
    view = View(facts, days.achieved[1].year, days.known_on, answers_from(judgements))
    codes = [code for code, aspect in book.rows if aspect == f"criteria:{facts.subject}"]
    for code in codes:  # the shared program must be whole before it runs
        for provision in book.candidates(code, "criteria", days, under, subject=facts.subject):
            compiled(book, code, view.year, provision.on, facts.subject, tuple(under), stream, True)
    return {code: _judge(book, code, view, days, under, judgements, stream, together=True) for code in codes}


def _judge(
    book: Book,
    code: str,
    view: View,
    days: Days,
    under: Sequence[str],
    judgements: Sequence[Judgement],
    stream: str | None,
    *,
    together: bool = False,
) -> Judged:
    governing = {aspect: _governed_by(book, aspect, days) for aspect in ("criteria", "money", "authority")}
    try:
        provisions = book.candidates(code, "criteria", days, under, subject=view.facts.subject)
    except NoLaw as reason:
        nothing = Finding("no_law", NEEDS_PERSON, str(reason), "", "unknown")
        return Judged(code, NEEDS_PERSON, None, (), ("no_law",), (nothing,), governing, book.digest)
    answers = [_judge_under(book, provision, view, stream, under, together) for provision in provisions]
    outcome, findings = answers[-1]
    if any(other != outcome for other, _ in answers):
        findings = tuple(
            Finding(
                "governing_day",
                NEEDS_PERSON,
                _which_day(provision, own),
                cited(provision.cites),
                provision.mark,
                (),
                (),
                "all",
                parts,
            )
            for provision, (own, parts) in zip(provisions, answers, strict=True)
        )
        outcome = NEEDS_PERSON
    provisional = None
    if unread := provisions[-1].unread:
        provisional, outcome = outcome, NEEDS_PERSON
        names = ", ".join(item.label for item in unread)
        text = f"{names} đã có hiệu lực nhưng chưa được nạp; kết quả theo quy định trước đó. Cần người mở văn bản."
        findings = (Finding("unread_law", NEEDS_PERSON, text, names, "unknown"), *findings)
    flat = [item for finding in findings for item in finding.flat()]
    missing = tuple(dict.fromkeys(text for item in flat if item.outcome == MISSING_DATA for text in item.missing))
    asked = tuple(dict.fromkeys(item.condition for item in flat if item.outcome == NEEDS_PERSON and not item.parts))
    given = tuple(item.condition for item in judgements)
    return Judged(
        code,
        outcome,
        provisional,
        missing if MISSING_DATA in (outcome, provisional) else (),
        tuple(dict.fromkeys((*given, *asked))),
        findings,
        governing,
        book.digest,
    )


def _governed_by(book: Book, aspect: str, days: Days) -> str:
    return ", ".join(dict.fromkeys(day.isoformat() for _, day in book.governing_days(aspect, days)[0]))


def _which_day(provision: Provision, outcome: str) -> str:
    names = {
        "achieved": "thời gian lập thành tích",
        "received": "ngày nhận hồ sơ",
        "session": "ngày họp",
        "decided": "ngày quyết định",
    }
    by = ", ".join(names.get(name, name) for name in provision.by)
    said = {MET: "đạt", NOT_MET: "chưa đạt", MISSING_DATA: "thiếu dữ liệu", NEEDS_PERSON: "cần người xem"}[outcome]
    return f"Nếu xét theo {by} ({provision.on:%d/%m/%Y}): {said}. Chưa có văn bản nói rõ ngày nào quyết định."


def _judge_under(
    book: Book, provision: Provision, view: View, stream: str | None, under: Sequence[str], together: bool
) -> tuple[str, tuple[Finding, ...]]:
    made = compiled(book, provision.code, view.year, provision.on, view.facts.subject, tuple(under), stream, together)
    tell = Teller(made, view)
    findings = [tell.door(door) for door in made.doors]
    if tell.bits.outcome(made.hold) != MET:
        findings.insert(0, _hold_finding(book, view, provision.on))
    return tell.bits.outcome(made.award), tuple(findings)


def _hold_finding(book: Book, view: View, on: date) -> Finding:
    open_cases = [item for item in view.facts.holds if item.touches(view.as_of, view.as_of)]
    since = min((item.since for item in open_cases), default=view.as_of)
    principle = book.principle("hold_while_pending", on)
    text = f"Có việc đang chờ kết luận từ {since:%d/%m/%Y}: tạm dừng xét đến khi có kết luận."
    cite, mark = (cited(principle.row.cites), principle.row.mark) if principle else ("", "unknown")
    return Finding(NO_PENDING_CASE, NEEDS_PERSON, text, cite, mark)


class Teller:
    """Walks the tree with the records, and holds every leaf against its bits."""

    def __init__(self, made: Compiled, view: View) -> None:
        self.made, self.view = made, view
        self.bits = view.remember(("bits", id(made.program), len(made.program.code)), lambda: _Bits(made.program, view))

    def door(self, door: Door) -> Finding:
        parts = tuple(self.tree(part) for part in door.requires)
        closed = door.name in self.view.answers.closed
        text = (
            "Cách xét này không áp dụng" if closed else f"{DOORS.get(door.name, door.name)}: tất cả các điều kiện sau"
        )
        outcome = self.bits.outcome(self.made.nodes[id(door)])
        return Finding(f"door:{door.name}", outcome, text, "", "V", (), (), "all", parts)

    def tree(self, tree: Tree) -> Finding:
        if isinstance(tree, Meets):
            return self.tree(self.made.spelled[id(tree)])
        if not isinstance(tree, AllOf | AnyOf):
            return self.leaf(tree)
        outcome = self.bits.outcome(self.made.nodes[id(tree)])
        need = "all" if isinstance(tree, AllOf) else "any"
        text = "Tất cả các điều kiện sau" if need == "all" else "Một trong các điều kiện sau"
        return Finding(
            f"{need}_of", outcome, text, "", "V", (), (), need, tuple(self.tree(part) for part in tree.parts)
        )

    def leaf(self, condition: Condition) -> Finding:
        pair = self.made.nodes[id(condition)]
        told = condition.tell(self.view, self.made.frame)
        outcome = self.bits.outcome(pair)
        text = told.text
        if condition.decides or isinstance(condition, Ask):
            assert self.bits.pair(pair) == (told.surely, told.possibly), (condition, told, self.bits.pair(pair))
            if outcome == NEEDS_PERSON and condition.opens:
                text += f" (sổ vàng không ghi: mở {condition.opens})"
        elif outcome == NEEDS_PERSON:
            text += f" (quy định {MARKS[condition.mark]}; cần người mở văn bản)"
        answer = self.view.answers.to(condition.id)
        asked = isinstance(condition, Ask) or not condition.decides or condition.register in self.view.facts.unkept
        if answer is not None and asked:
            text += " (đã có người xác nhận)" if answer else " (đã có người xác nhận là không)"
        elif isinstance(condition, Ask) and outcome == NEEDS_PERSON:
            text += " (đây là nhận định, máy không kết luận thay)"
        return Finding(condition.id, outcome, text, condition.cite, condition.mark, told.records, told.missing)
