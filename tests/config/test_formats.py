"""Django with our Vietnamese formats: the four traps of its own "vi" stay closed.

The product leaves USE_THOUSAND_SEPARATOR off, so that years and codes stay whole; numbers are written by bangvang.vietnamese.
"""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, translation


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize("typed", ["05/01/2026", "5/1/2026", "05-01-2026", "05.01.2026", "2026-01-05"])
def test_day_is_read_before_the_month(typed):
    assert forms.DateField(localize=True).clean(typed) == date(2026, 1, 5)


def test_last_day_of_the_year_is_read():
    assert forms.DateField().clean("31/12/2026") == date(2026, 12, 31)


@pytest.mark.parametrize("typed", ["12/31/2026", "31/02/2026", "05/01/26"])
def test_american_impossible_and_two_digit_years_are_refused(typed):
    with pytest.raises(ValidationError):
        forms.DateField().clean(typed)


def test_form_field_shows_the_date_as_it_is_typed():
    widget = forms.DateInput()
    widget.is_localized = True
    assert widget.format_value(date(2026, 1, 5)) == "05/01/2026"


def test_time_and_moment_are_read():
    assert forms.TimeField().clean("14h30") == time(14, 30)
    moment = forms.DateTimeField().clean("05/01/2026 14:30")
    assert (moment.day, moment.month, moment.hour, moment.minute) == (5, 1, 14, 30)


@pytest.mark.parametrize("name", ["DATE_FORMAT", "SHORT_DATE_FORMAT"])
def test_dates_are_shown_day_first_with_strokes(name):
    assert formats.date_format(date(2026, 1, 5), name) == "05/01/2026"


def test_other_shapes_of_dates():
    moment = datetime(2026, 1, 5, 14, 30)
    assert formats.date_format(moment, "SHORT_DATETIME_FORMAT") == "14:30 05/01/2026"
    assert formats.date_format(moment, "YEAR_MONTH_FORMAT") == "tháng 1/2026"
    assert formats.date_format(moment, "MONTH_DAY_FORMAT") == "05/01"


def test_thousands_are_grouped_with_dots(settings):
    settings.USE_THOUSAND_SEPARATOR = True
    assert formats.number_format(Decimal("1033.9"), force_grouping=True) == "1.033,9"
    assert formats.localize(2340000) == "2.340.000"


def test_grouped_numbers_are_read_back(settings):
    settings.USE_THOUSAND_SEPARATOR = True
    assert forms.DecimalField(localize=True).clean("1.033,9") == Decimal("1033.9")
    assert forms.IntegerField(localize=True).clean("2.340.000") == 2340000


def test_week_starts_on_monday():
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
