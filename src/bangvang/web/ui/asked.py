"""Year and day of a question from the address: what cannot be read falls back, and the page says so."""

import datetime

from django.http import QueryDict

from bangvang import vietnamese
from bangvang.honours.findings import first_year


def year_and_day(given: QueryDict, today: datetime.date) -> tuple[int, datetime.date, str]:
    """(year, day, problem). Without a day: today, or the last day of a past year."""
    begins, problem = first_year(), ""
    text = given.get("nam", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else today.year
    if not begins <= year <= today.year + 1:
        year, problem = today.year, f"Chỉ xét được từ năm {begins} đến năm {today.year + 1}."
    on = min(today, datetime.date(year, 12, 31))
    if typed := given.get("ngay", "").strip():
        try:
            on = vietnamese.parse_date(typed)
        except ValueError as error:
            problem = str(error)
    if on.year < begins:
        on, problem = min(today, datetime.date(year, 12, 31)), f"Chỉ xét được theo ngày từ năm {begins}."
    return year, on, problem
