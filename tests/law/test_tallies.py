"""Votes, money and caps where the example cases do not reach: wrong sums, exact shares, what the cap says of a list."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from bangvang.law.book import Book, load
from bangvang.law.sources import Days, NoLaw
from bangvang.law.tallies import Ballot, Prized, base_salary, check_cap, pay, rounded_up, tally

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


def test_a_cap_speaks_of_the_list(book: Book) -> None:
    found = check_cap(book, CS, 472, 71, on(2021, 12, 1))
    assert found is not None
    assert (found.share, found.places, found.kept) == (Fraction(354, 5), 70, False)
    assert (
        found.text == "472 × 15 % = 70,8; đề nghị 71, vượt 1 so với 70 (Số được đề nghị không vượt tỷ lệ: bỏ phần lẻ)."
    )


def test_a_cap_that_is_kept_says_so_shortly(book: Book) -> None:
    found = check_cap(book, CS, 100, 15, on(2021, 12, 1))
    assert found is not None
    assert (found.text, found.kept) == ("100 × 15 % = 15; đề nghị 15.", True)


def test_no_cap_no_finding(book: Book) -> None:
    assert check_cap(book, CS, 472, 400, on(2025, 12, 1)) is None


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
