"""What the book found, as a page says it: one verdict for each award, one line for each condition, what to do (look.md 4.9)."""

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bangvang import vietnamese
from bangvang.honours.findings import award_label, code_of, the_book
from bangvang.honours.lists import ListFinding
from bangvang.honours.models import Register, Standing
from bangvang.honours.queries import label_of
from bangvang.law.explain import (
    MET,
    MISSING_DATA,
    NEEDS_PERSON,
    NOT_MET,
    Finding,
    Judged,
    bare,
    steps_short,
    steps_to_take,
)
from bangvang.law.sources import MARKS

WORDS = {
    MET: ("ok", "Đạt"),
    NOT_MET: ("bad", "Chưa đạt"),
    MISSING_DATA: ("unknown", "Thiếu dữ liệu"),
    NEEDS_PERSON: ("human", "Cần người xem"),
}
STEP_SHORT = ("warn", "Thiếu 1 điều kiện")
ORDER = ("warn", "ok", "unknown", "human", "bad")
YEAR = re.compile(r"năm (\d{4})")
REGISTERS = (
    ("Chưa có kết quả xếp loại", Register.GRADES),
    ("Chưa có sổ sáng kiến", Register.INITIATIVES),
    ("Chưa có sổ đề tài", Register.INITIATIVES),
    ("Chưa có sổ kỷ luật", Register.DISCIPLINE),
)
MANY_PROOFS = 12
WAYS = "ways"


@dataclass(frozen=True)
class Gap:
    """A record that is missing, with the register and year whose entry form would settle it (empty: no form of ours)."""

    text: str
    register: str = ""
    year: int = 0

    @property
    def is_personnel(self) -> bool:
        """Whether it is no fact of the ledger but a day in the person's own file."""
        return self.text.startswith("Chưa có ngày tuyển dụng")


@dataclass(frozen=True)
class Line:
    """One condition, or a group of them (`parts`)."""

    kind: str
    word: str
    text: str
    condition: str
    outcome: str
    proofs: tuple[str, ...] = ()
    cite: str = ""
    mark: str = ""
    gaps: tuple[Gap, ...] = ()
    parts: tuple["Line", ...] = ()
    remark: str = ""

    @property
    def has_form(self) -> bool:
        """Whether an entry into the ledger would settle something that is missing."""
        return any(gap.register for gap in self.gaps)


@dataclass(frozen=True)
class Verdict:
    """One award: name, chip, the one sentence that matters, and the lines."""

    code: str
    label: str
    kind: str
    word: str
    sentence: str
    lines: tuple[Line, ...]
    provisional: str = ""
    is_open: bool = False


def verdicts(judged: Mapping[str, Judged], records: Iterable[Standing]) -> list[Verdict]:
    """All awards in the order of look.md 4.9; the nearest one is open."""
    proofs = list(records)
    made = [verdict_of(answer, proofs) for answer in judged.values()]
    made.sort(key=lambda one: ORDER.index(one.kind))
    return [Verdict(**{**vars(one), "is_open": place == 0}) for place, one in enumerate(made)]


def verdict_of(answer: Judged, records: Iterable[Standing]) -> Verdict:
    """One award in words. Under law that is not loaded the answer of the rules before it stands, and says so."""
    outcome = answer.provisional or answer.outcome
    kept = tuple(finding for finding in answer.findings if finding.condition != "unread_law")
    kind, word = WORDS[outcome]
    if outcome == NOT_MET and steps_short(kept) == 1:
        kind, word = STEP_SHORT
    proofs = list(records)
    lines = tuple(line for finding in _ways(kept, outcome) for line in _lines(finding, proofs, alone=len(kept) == 1))
    provisional = f"Theo quy định trước đó: {word.lower()}." if answer.provisional else ""
    label = award_label(answer.award)
    return Verdict(answer.award, label, kind, word, _sentence(outcome, kept, answer), lines, provisional)


def tally(shown: Iterable[Verdict]) -> list[tuple[str, int]]:
    """(words, how many) for the lead: only what there is."""
    words = {
        "ok": "đạt",
        "warn": "thiếu đúng một điều kiện",
        "unknown": "thiếu dữ liệu",
        "human": "cần người xem",
        "bad": "chưa đạt",
    }
    kinds = [one.kind for one in shown]
    return [(words[kind], kinds.count(kind)) for kind in ("ok", "warn", "unknown", "human", "bad") if kind in kinds]


def _sentence(outcome: str, findings: tuple[Finding, ...], answer: Judged) -> str:
    leaves = [item for finding in findings for item in finding.flat() if not item.parts]
    if outcome == MET:
        return "Đủ các điều kiện; bản ghi ở dưới."
    if outcome == MISSING_DATA:
        return f"{answer.missing[0]}." if answer.missing else "Sổ chưa đầy đủ, chưa kết luận."
    if outcome == NEEDS_PERSON:
        open_ones = [item for item in leaves if item.outcome == NEEDS_PERSON]
        return (
            f"{bare(open_ones[0].text)}."
            if len(open_ones) == 1
            else f"Có {len(open_ones)} điều kiện chờ người trả lời."
        )
    failing = steps_to_take(findings) or [item for item in leaves if item.outcome == NOT_MET]
    return f"Chưa có: {bare(failing[0].text)}." if failing else "Chưa đủ điều kiện."


def _ways(findings: tuple[Finding, ...], outcome: str) -> tuple[Finding, ...]:
    """Several ways to one award stand under one heading: one of them is enough."""
    doors = tuple(item for item in findings if item.condition.startswith("door:"))
    if len(doors) < 2:
        return findings
    text = f"Một trong {len(doors)} cách sau, đạt một cách là đủ"
    return (
        *(item for item in findings if item not in doors),
        Finding(WAYS, outcome, text, "", "V", (), (), "any", tuple(sorted(doors, key=_nearness))),
    )


def _nearness(door: Finding) -> int:
    return ORDER.index(WORDS[door.outcome][0])


def _lines(finding: Finding, records: list[Standing], *, alone: bool) -> Iterable[Line]:
    if alone and finding.condition.startswith("door:"):
        return [_line(part, records) for part in finding.parts]
    return [_line(finding, records)]


def _line(finding: Finding, records: list[Standing]) -> Line:
    if finding.condition.startswith("door:") and len(finding.parts) == 1:  # "all of the following" says nothing of one
        return _line(finding.parts[0], records)
    kind, word = WORDS[finding.outcome]
    own = not finding.parts
    parts = finding.parts if finding.condition == WAYS else _ways(finding.parts, finding.outcome)
    text = bare(finding.text)
    proofs = [_proof(record, records) for record in finding.records[:MANY_PROOFS]]
    if len(finding.records) > MANY_PROOFS:
        proofs.append(f"và {len(finding.records) - MANY_PROOFS} bản ghi khác")
    return Line(
        kind,
        word,
        text,
        finding.condition,
        finding.outcome,
        tuple(proofs),
        finding.cite if own else "",
        MARKS.get(finding.mark, finding.mark) if own and finding.cite else "",
        tuple(gap_of(text) for text in finding.missing) if finding.outcome == MISSING_DATA else (),
        tuple(_line(part, records) for part in parts),
        finding.text.removeprefix(text).strip(" ().").capitalize(),
    )


def gap_of(text: str) -> Gap:
    """Which register and year would settle a sentence about missing data."""
    year = YEAR.search(text)
    register = next((found for words, found in REGISTERS if text.startswith(words)), None)
    named = re.match(r"Chưa rõ “(.+?)”", text)
    if named:
        book = the_book()
        code = next((code for code, award in book.awards.items() if award.label == named[1]), None)
        register = Register(book.register_of(code)) if code else None
    return Gap(text, register.value, int(year[1])) if register and year else Gap(text)


def _proof(record: Mapping[str, Any], records: list[Standing]) -> str:
    """A record in words, with number and day of its paper from the ledger."""
    year = record.get("year")
    match record.get("kind"):
        case "grade":
            row = _find(records, Register.GRADES, year, record["grade"])
            return _with_paper(f"{year}: {label_of(row) if row else record['grade']}", row)
        case "title":
            return f"{year}: {award_label(record['award'])}"
        case "award":
            day = vietnamese.format_date(datetime.date.fromisoformat(record["decided_on"]))
            number = f"{record['number']}, " if record.get("number") else ""
            return f"{year}: {award_label(record['award'])} ({number}{day})"
        case "initiative":
            row = next(
                (
                    row
                    for row in records
                    if row.register == Register.INITIATIVES and record["id"] in (row.note, row.paper_number)
                ),
                None,
            )
            return _with_paper(f"{year}: “{record['id']}”", row)
        case _:
            return " ".join(str(value) for value in record.values())


def _find(records: list[Standing], register: str, year: Any, kind: str) -> Standing | None:
    rows = (
        row for row in records if row.register == register and row.year == year and code_of(row.kind) == code_of(kind)
    )
    return next(rows, None)


def _with_paper(words: str, row: Standing | None) -> str:
    if row is None or not row.paper_number:
        return words
    day = f", {vietnamese.format_date(row.paper_on)}" if row.paper_on else ""
    return f"{words} ({row.paper_number}{day})"


LISTS = {
    MET: ("ok", "Trong tỷ lệ"),
    NOT_MET: ("warn", "Vượt tỷ lệ"),
    MISSING_DATA: ("unknown", "Thiếu dữ liệu"),
    NEEDS_PERSON: ("human", "Cần người xem"),
}


def list_line(finding: ListFinding) -> Line:
    """What a ratio cap says of a whole list, as a condition is said; the numbers stand in the text."""
    found = finding.found
    kind, word = LISTS[found.outcome]
    counted = f"Tính trên số người, tập thể đạt hoặc được đề nghị “{finding.counted}”" if finding.counted else ""
    text = f"{finding.label} năm {finding.year}: {found.text}"
    return Line(
        kind, word, text, "", found.outcome, (counted,) if counted else (), found.cite, MARKS[found.mark],
        remark=found.remark.rstrip("."),
    )  # fmt: skip
