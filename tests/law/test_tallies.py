"""Votes and money where the example cases do not reach: wrong sums, exact shares."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bangvang.law.book import Book, load
from bangvang.law.sources import Days, NoLaw
from bangvang.law.tallies import Ballot, Prized, base_salary, pay, rounded_up, tally

CS = "grassroots_emulation_fighter"


@pytest.fixture(scope="module")
def book() -> Book:
    return load()


def on(*parts: int) -> Days:
    return Days.all_on(date(*parts))


@pytest.mark.parametrize(
    "ballot",
    [Ballot(0, 0), Ballot(10, 11), Ballot(10, 9, present=8), Ballot(10, -1), Ballot(10, 5, present=9, written=2)],
)
def test_sums_that_cannot_be_true_are_refused(book: Book, ballot: Ballot) -> None:
    with pytest.raises(ValueError, match="số phiếu không khớp"):
        tally(book, CS, ballot, on(2024, 12, 1))


def test_after_the_sunset_there_is_no_share(book: Book) -> None:
    result = tally(book, "CSTDTQ", Ballot(10, 10), on(2027, 3, 1))
    assert (result.outcome, result.source, result.threshold) == ("needs_person", "unknown", None)


def test_rounding_up_and_to_the_nearest() -> None:
    amount = Decimal("0.8") * 1_490_000
    assert (rounded_up(amount, "up_to_10000"), rounded_up(amount, "nearest_10000")) == (1_200_000, 1_190_000)


def test_titles_of_different_periods_are_each_paid(book: Book) -> None:
    prizes = [Prized("LDTT", period="2024"), Prized("CSTDCS", period="2025")]
    assert pay(book, prizes, date(2025, 12, 20)).paid == ("LDTT", "CSTDCS")


def test_of_two_equal_titles_the_first_is_paid(book: Book) -> None:
    assert pay(book, [Prized("LDTT"), Prized("LDTT")], date(2025, 12, 20)).raw == 702_000


def test_days_without_salary_or_rule_have_no_money(book: Book) -> None:
    with pytest.raises(NoLaw):
        base_salary(book, date(2018, 6, 30))
    with pytest.raises(NoLaw, match="làm tròn"):
        pay(book, [Prized("LDTT")], date(2027, 3, 1))
