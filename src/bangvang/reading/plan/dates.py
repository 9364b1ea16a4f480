"""Dates as these papers write them: to the day, the month or the year; what is no day of the calendar stays out."""

import re
from datetime import date

DAY = re.compile(
    r"(?:ngày\s*)?(?P<day>\d{1,2})\s*(?:/|-|\.|tháng)\s*(?P<month>\d{1,2})\s*(?:/|-|\."
    r"|năm)\s*(?P<full_year>(?:19|20)\d{2})(?!\d)"
)
MONTH = re.compile(r"tháng\s*(?P<month>\d{1,2})\s*(?:/|-|\.|,?\s*năm)\s*(?P<full_year>(?:19|20)\d{2})(?!\d)")
QUARTER = re.compile(
    r"quý\s*(?P<quarter>IV|I{1,3}|[1-4])\s*(?:/|-|,?\s*năm)\s*(?P<full_year>(?:19|20)\d{2})(?!\d)", re.I
)
YEAR = re.compile(r"(?:năm\s*)?(?<![\d/.,])(?P<full_year>(?:19|20)\d{2})(?![\d/])")
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def iso_day(match: re.Match[str]) -> str | None:
    """The ISO day of a match of DAY; None when the calendar has no such day."""
    try:
        return date(int(match["full_year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None


def iso_month(match: re.Match[str]) -> str | None:
    """ "2021-11" of a match of MONTH; None when there is no such month."""
    month = int(match["month"])
    return f"{match['full_year']}-{month:02d}" if 1 <= month <= 12 else None


def quarter_month(match: re.Match[str], *, last: bool) -> str:
    """The first or last month of the quarter matched by QUARTER."""
    quarter = QUARTERS[match["quarter"].lower()]
    return f"{match['full_year']}-{quarter * 3 if last else quarter * 3 - 2:02d}"
