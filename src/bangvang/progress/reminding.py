"""On which day a rule reminds, and the words that are drafted then."""

import datetime

from bangvang import vietnamese
from bangvang.honours.findings import the_book
from bangvang.law.calendar import working_day_from
from bangvang.progress.models import Period, ReminderRule


def day_of(rule: ReminderRule, period: Period) -> tuple[datetime.date, bool]:
    """The day of reminding by the public holidays of the law book, and whether it is only provisional."""
    if not rule.in_working_days:
        return period.due_on + datetime.timedelta(days=rule.days), False
    day, certain = working_day_from(the_book(), period.due_on, rule.days)
    return day, not certain


def words_of(period: Period, day: datetime.date) -> str:
    """The text to be looked at before it goes out: what is owed, until when, how far that is on the day."""
    what = f"báo cáo {period.name} của phong trào “{period.movement.title}”"
    until = vietnamese.format_date(period.due_on)
    left = (period.due_on - day).days
    if left > 0:
        return f"Còn {left} ngày nữa, đến hết ngày {until}, là hết hạn gửi {what}. Đơn vị chưa gửi xin gửi đúng hạn."
    if left == 0:
        return f"Hôm nay, ngày {until}, là ngày cuối gửi {what}. Đơn vị chưa gửi xin gửi trong hôm nay."
    return (
        f"Hạn gửi {what} là hết ngày {until}, đã quá {-left} ngày. Đơn vị chưa gửi xin gửi ngay;"
        " vướng chỗ nào xin báo thường trực thi đua, khen thưởng."
    )
