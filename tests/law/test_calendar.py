"""Working days: week ends, public holidays, days worked in exchange, and years without a sure list."""

from __future__ import annotations

from datetime import date

import pytest

from bangvang.law.book import Book, load
from bangvang.law.calendar import after_working_days, due, is_certain, is_working_day, working_day_from
from bangvang.law.sources import NoLaw


@pytest.fixture(scope="module")
def book() -> Book:
    return load()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 13), True),
        (date(2026, 2, 14), False),  # Saturday
        (date(2026, 2, 16), False),  # Tết
        (date(2026, 4, 27), False),  # in place of the Sunday of Giỗ Tổ
        (date(2026, 8, 22), True),  # a Saturday worked for 31 August
        (date(2030, 2, 4), True),  # no list: a week day
    ],
)
def test_working_days(book: Book, day: date, works: bool) -> None:
    assert is_working_day(book, day) == works


def test_the_day_of_the_beginning_is_not_counted(book: Book) -> None:
    assert after_working_days(book, date(2026, 3, 2), 1) == (date(2026, 3, 3), True)


def test_a_deadline_over_an_uncertain_day_is_provisional(book: Book) -> None:
    assert due(book, "ineligible_return", date(2026, 8, 24)).tentative
    assert not due(book, "ineligible_return", date(2026, 7, 1)).tentative


def test_a_year_without_a_list_is_uncertain(book: Book) -> None:
    assert [is_certain(book, date(year, 6, 1)) for year in (2025, 2026, 2027)] == [False, True, False]


def test_a_given_list_is_used_instead(book: Book) -> None:
    found = after_working_days(book, date(2026, 2, 13), 1, holidays=[date(2026, 2, 17)])
    assert found == (date(2026, 2, 16), True)


@pytest.mark.parametrize(
    ("step", "award"), [("publication", "LDTT"), ("publication", "CSTDTQ"), ("submission", "LDTT")]
)
def test_what_the_book_does_not_say_has_no_deadline(book: Book, step: str, award: str) -> None:
    with pytest.raises(NoLaw):
        due(book, step, date(2021, 12, 1), award=award)


def test_submission_left_to_the_issuer_has_no_deadline_without_its_rule(book: Book) -> None:
    with pytest.raises(NoLaw, match="Chưa có thời hạn"):
        due(book, "submission", date(2026, 1, 5), award="BANG_KHEN_TINH")


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (date(2026, 7, 6), 0, date(2026, 7, 6)),  # Monday
        (date(2026, 7, 5), 0, date(2026, 7, 3)),  # Sunday: the Friday before
        (date(2026, 7, 5), -1, date(2026, 7, 3)),
        (date(2026, 7, 6), -3, date(2026, 7, 1)),
        (date(2026, 5, 2), 0, date(2026, 4, 29)),  # Saturday after 30/4 and 1/5
        (date(2026, 2, 23), -1, date(2026, 2, 13)),  # over Tết
        (date(2026, 7, 3), 2, date(2026, 7, 7)),
    ],
)
def test_working_days_are_counted_in_both_directions(book: Book, day: date, count: int, found: date) -> None:
    assert working_day_from(book, day, count) == (found, True)


def test_counting_back_over_an_uncertain_day_is_provisional(book: Book) -> None:
    assert working_day_from(book, date(2026, 9, 3), -1)[1] is False
