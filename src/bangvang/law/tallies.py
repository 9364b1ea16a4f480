"""Votes and prize money: whole-number arithmetic on what the book says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from bangvang.law.book import Book
from bangvang.law.provisions import Prize, Vote
from bangvang.law.sources import DECIDING, Days, NoLaw, Provision, cited

LEVELS = {"co_so": "co_so", "unit": "co_so", "bo_tinh": "bo_tinh", "province": "bo_tinh", "ministry": "bo_tinh"}
"""Names of council levels that a case may use; any other name stands for itself."""


@dataclass(frozen=True)
class Ballot:
    """The sums of one line. `members`: all of the council, recused ones too. `yes`: ballots and written opinions."""

    members: int
    yes: int
    present: int | None = None
    written: int = 0
    recused: int = 0


@dataclass(frozen=True)
class VoteResult:
    """`source`: national, local, default (a customary share that may not decide) or unknown."""

    outcome: str
    ratio: float
    threshold: float | None
    base: str
    source: str
    secret: bool
    cite: str
    mark: str


def passes(vote: Vote, ballot: Ballot) -> bool | None:
    """Does the line reach the share? None: there is no share."""
    if vote.at_least_percent is not None:
        return ballot.yes * 100 >= vote.at_least_percent * ballot.members
    if vote.more_than_percent is not None:
        return ballot.yes * 100 > vote.more_than_percent * ballot.members
    return None


def tally(
    book: Book, award: str, ballot: Ballot, days: Days, under: Sequence[str] = ("vn",), *, level: str | None = None
) -> VoteResult:
    """The result of a council's vote on one line. Raises ValueError where the sums cannot be true."""
    voters = ballot.members if ballot.present is None else ballot.present + ballot.written
    if not ballot.members > 0 or not 0 <= ballot.yes <= voters <= ballot.members:
        raise ValueError("số phiếu không khớp: đồng ý ≤ có mặt + bằng văn bản ≤ tổng số uỷ viên")
    ratio = round(ballot.yes / ballot.members, 4)
    try:
        found = book.candidates(award, "vote", days, under)
    except NoLaw as reason:
        return VoteResult("needs_person", ratio, None, "all_members", "unknown", True, str(reason), "unknown")
    results = [_tallied(provision, ballot, ratio, level) for provision in found]
    last = results[-1]
    if any(item.outcome != last.outcome for item in results):
        cite = "; ".join(dict.fromkeys(item.cite for item in results))
        return VoteResult("needs_person", ratio, last.threshold, last.base, last.source, last.secret, cite, last.mark)
    return last


def _tallied(provision: Provision, ballot: Ballot, ratio: float, level: str | None) -> VoteResult:
    vote: Vote = provision.says
    passed = passes(vote, ballot)
    percent = vote.at_least_percent if vote.at_least_percent is not None else vote.more_than_percent
    threshold = None if percent is None else percent / 100
    elsewhere = bool(vote.councils) and level is not None and LEVELS.get(level, level) not in vote.councils
    source = {"open": "default", "kept": "national"}.get(provision.source, provision.source)
    if passed is None or provision.mark not in DECIDING or elsewhere:
        source = "unknown" if passed is None or elsewhere else "default"
    decided = provision.decides and passed is not None and not elsewhere
    outcome = ("pass" if passed else "fail") if decided else "needs_person"
    return VoteResult(outcome, ratio, threshold, vote.base, source, vote.secret, cited(provision.cites), provision.mark)


@dataclass(frozen=True)
class Prized:
    """One award in a payment. `period`: what its achievement covers; equal texts mean the same period."""

    award: str
    subject: str = "person"
    period: str = ""


@dataclass(frozen=True)
class Payment:
    """What is paid, in đồng. `paid`: codes of the awards that are paid; `raw` and `rounded` are their sums."""

    outcome: str
    raw: int
    rounded: int
    rule: str
    paid: tuple[str, ...]
    cite: str
    mark: str


def base_salary(book: Book, on: date) -> tuple[int, str, str]:
    """(đồng a month, citation, mark) on a day. Raises `NoLaw`."""
    for salary in book.salaries:
        if salary.row.holds_on(on):
            return salary.amount_vnd, cited(salary.row.cites), salary.row.mark
    raise NoLaw(f"Chưa có mức lương cơ sở ngày {on:%d/%m/%Y}.")


def rounded_up(amount: Decimal, rule: str) -> int:
    """Đồng after rounding: ``up_to_10000`` or ``nearest_10000``."""
    way = {"up_to_10000": ROUND_CEILING, "nearest_10000": ROUND_HALF_UP}[rule]
    return int((amount / 10000).to_integral_value(way)) * 10000


def pay(book: Book, prizes: Sequence[Prized], decided_on: date, under: Sequence[str] = ("vn",)) -> Payment:
    """Prize money of one recipient: of several titles for one period only the highest is paid, everything else each."""
    days = Days.all_on(decided_on)
    salary, salary_cite, salary_mark = base_salary(book, decided_on)
    rounding = book.principle("prize_rounding", decided_on)
    if rounding is None or rounding.value is None:
        raise NoLaw(f"Chưa có quy tắc làm tròn ngày {decided_on:%d/%m/%Y}.")
    amounts: list[tuple[Prized, Decimal, Provision]] = []
    for prize in prizes:
        provision = book.at(prize.award, "money", days, under)
        amounts.append((prize, _times(provision.says, prize.subject) * salary, provision))
    paid = [item for item in amounts if not _outshone(book, item[0], item[1], amounts)]
    marks = [salary_mark, rounding.row.mark, *(provision.mark for _, _, provision in paid)]
    unsure = [mark for mark in marks if mark not in DECIDING] + ["unknown" for *_, item in paid if item.unread]
    mark = unsure[0] if unsure else "V2" if "V2" in marks else "V"
    cites = dict.fromkeys(
        [*(cited(provision.cites) for _, _, provision in paid), salary_cite, cited(rounding.row.cites)]
    )
    return Payment(
        "needs_person" if unsure else "paid",
        int(sum(amount for _, amount, _ in paid)),
        sum(rounded_up(amount, rounding.value) for _, amount, _ in paid),
        rounding.value,
        tuple(prize.award for prize, _, _ in paid),
        "; ".join(cites),
        mark,
    )


def _times(prize: Prize, subject: str) -> Decimal:
    factor = {"collective": prize.collective_times, "household": prize.household_times}.get(subject)
    return prize.times * (factor or 1)


def _outshone(book: Book, prize: Prized, amount: Decimal, among: Sequence[tuple[Prized, Decimal, Provision]]) -> bool:
    """A title of the same period that brings more, or as much and stands earlier."""
    code = book.code_of(prize.award)
    if book.awards[code].kind != "title":
        return False
    same = [
        (index, item, other)
        for index, (item, other, _) in enumerate(among)
        if book.awards[book.code_of(item.award)].kind == "title" and item.period == prize.period
    ]
    best = max(same, key=lambda entry: (entry[2], -entry[0]))
    return best[1] is not prize and (best[2] >= amount)
