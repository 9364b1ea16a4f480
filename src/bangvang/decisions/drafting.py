"""What a draft is made of: căn cứ in force on the day, the order of the annex, the money of each line.

Nothing here writes; the day is always told.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bangvang import vietnamese
from bangvang.dossiers.models import Nomination
from bangvang.honours.findings import award_label, issuers, the_book
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.law import tallies
from bangvang.law.sources import DECIDING, Instrument, NoLaw
from bangvang.people.models import Unit

BY_LEVEL = {
    Unit.Kind.PROVINCE.value: "ministry_province"
}  # what the head of such a body decides; every other body: unit
RULING = ("criteria", "authority", "money")
ISSUERS = (  # the last part of an instrument's number → its kind and issuer, as căn cứ print them; laws come first
    ("QH", "Luật", ""),
    ("NĐ-CP", "Nghị định", "của Chính phủ"),
    ("QĐ-TTg", "Quyết định", "của Thủ tướng Chính phủ"),
    ("TT-BNV", "Thông tư", "của Bộ trưởng Bộ Nội vụ"),
    ("TT-BTC", "Thông tư", "của Bộ trưởng Bộ Tài chính"),
)


def may_be_decided_by(agency: Unit, award: str) -> Verdict:
    """Whether the head of this body decides an award; else it goes up, with the words of the book on who does."""
    book = the_book()
    code = book.code_of(award)
    if book.awards[code].level == BY_LEVEL.get(agency.kind, "unit"):
        return YES
    rows = book.rows.get((code, "authority"), ())
    who = rows[-1].says.who if rows else "cấp trên"
    return no(f"“{award_label(award)}” do {who} quyết định: trình lên trên, không ghi vào quyết định này.", who=who)


SEATS = ("collective", "household", "person")


def seat(line: Nomination) -> tuple[object, ...]:
    """As officials sort: collectives, households, individuals; by unit, outsiders last; by given name; the book's order of awards."""
    awards = list(the_book().awards)
    code = the_book().code_of(line.award)
    key = vietnamese.sort_key(line.name_then) if line.subject != "person" else vietnamese.name_sort_key(line.name_then)
    unit = line.unit or line.dossier.unit
    return (
        SEATS.index(line.subject), line.is_outside, unit.order, vietnamese.sort_key(unit.name), key,
        awards.index(code), line.for_year, line.pk,
    )  # fmt: skip


def instruments_in_force(awards: Iterable[str], day: datetime.date) -> list[Instrument]:
    """The instruments that rule the criteria, the authority and the money of these awards on the day, laws first."""
    book = the_book()
    found: dict[str, Instrument] = {}
    for code in dict.fromkeys(book.code_of(award) for award in awards):
        for (other, aspect), rows in book.rows.items():
            for row in rows if other == code and aspect.split(":")[0] in RULING else ():
                if row.holds_on(day):
                    found |= {cite.instrument.code: cite.instrument for cite in row.cites}
    rounding = book.principle("prize_rounding", day)
    if rounding is not None:
        found |= {cite.instrument.code: cite.instrument for cite in rounding.row.cites}
    found |= {one.code: one for one in book.unread(day)}
    return sorted((one for one in found.values() if _in_force(one, day) and _issuer(one)), key=_rank)


def _in_force(one: Instrument, day: datetime.date) -> bool:
    return one.valid_from is not None and one.valid_from <= day and (one.valid_until is None or day <= one.valid_until)


def _issuer(one: Instrument) -> tuple[int, str, str] | None:
    return next(
        ((place, kind, of) for place, (mark, kind, of) in enumerate(ISSUERS) if mark in one.number.rpartition("/")[2]),
        None,
    )


def _rank(one: Instrument) -> tuple[int, datetime.date, str]:
    issuer = _issuer(one)
    return (issuer[0] if issuer else len(ISSUERS), one.issued or datetime.date.min, one.code)


def law_bases(awards: Iterable[str], day: datetime.date) -> tuple[str, ...]:
    """Căn cứ on instruments, as printed: a law without its number, the others with number, day and issuer (NĐ 30/2020)."""
    lines = []
    for one in instruments_in_force(awards, day):
        issuer = _issuer(one)
        assert issuer is not None
        _, kind, of = issuer
        issued = f" {vietnamese.long_date(one.issued)}" if one.issued else ""
        if kind == "Luật":
            words = one.label.removesuffix(f" {one.issued.year}") if one.issued else one.label
            lines.append(f"Căn cứ {words}{issued}")
        else:
            lines.append(f"Căn cứ {kind} số {one.number}{issued} {of}")
    return tuple(lines)


@dataclass(frozen=True)
class Sum:
    """Prize money of one line in đồng: multiple × base salary, and after rounding. 0 where a higher title of the period is paid."""

    raw: int
    amount: int


@dataclass(frozen=True)
class Money:
    """The money of a decision: each line's by the id of its nomination, and what all of it rests on."""

    sums: dict[int, Sum]
    base_salary: int
    cite: str
    is_sure: bool

    @property
    def total(self) -> int:
        return sum(item.amount for item in self.sums.values())


def money_of(lines: Sequence[Nomination], day: datetime.date) -> Money:
    """Each line's prize on the decision's day. Raises NoLaw when the book has no amount for that day.

    Of several titles of one person for one period only the highest is paid; the others get 0.
    """
    book = the_book()
    salary, salary_cite, salary_mark = tallies.base_salary(book, day)
    sums: dict[int, Sum] = {}
    cites: dict[str, None] = {}
    sure = salary_mark in DECIDING
    for group in _by_recipient(lines):
        together = tallies.pay(book, [_prize(line) for line in group], day, issuers())
        sure = sure and together.outcome == "paid"
        cites |= dict.fromkeys(together.cite.split("; "))
        left = list(together.paid)
        for line in group:
            if line.award in left:
                left.remove(line.award)
                alone = tallies.pay(book, [_prize(line)], day, issuers())
                sums[line.pk] = Sum(alone.raw, alone.rounded)
            else:
                sums[line.pk] = Sum(0, 0)
    return Money(sums, salary, "; ".join(cites or [salary_cite]), sure)


def _prize(line: Nomination) -> tallies.Prized:
    return tallies.Prized(line.award, line.subject, str(line.for_year))


def _by_recipient(lines: Sequence[Nomination]) -> list[list[Nomination]]:
    """Lines of the same person or unit together; somebody from outside is one recipient a line."""
    groups: dict[tuple[str, int], list[Nomination]] = {}
    for line in lines:
        who = (
            ("person", line.person_id)
            if line.person_id
            else ("unit", line.unit_id)
            if line.unit_id
            else ("line", line.pk)
        )
        groups.setdefault(who, []).append(line)
    return list(groups.values())


def money_is_known(day: datetime.date) -> Verdict:
    """Whether the book has a base salary and a rounding rule for a day."""
    try:
        tallies.base_salary(the_book(), day)
    except NoLaw as nothing:
        return no(str(nothing))
    if the_book().principle("prize_rounding", day) is None:
        return no(f"Chưa có quy tắc làm tròn tiền thưởng ngày {vietnamese.format_date(day)}.")
    return YES
