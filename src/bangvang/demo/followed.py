"""The reports of a movement in the demo: one taken in, one returned, one waiting, and the units that stay silent."""

import datetime
from decimal import Decimal

from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import ANSWERS, CLERK, HEAD, NUMBER, STAFF, YEAR, SentIn
from bangvang.movements.models import Movement
from bangvang.papers import actions as stored
from bangvang.people.actor import Actor
from bangvang.progress import actions as progress
from bangvang.progress.models import Period, Report, Review
from bangvang.progress.periods import Span, periods
from bangvang.progress.queries import ReportFields, ReviewFields

ROLLED_OUT, YEAR_ENDS = datetime.date(2025, 10, 7), datetime.date(2025, 12, 31)
HALF = Span("Hai tháng đầu", ROLLED_OUT, datetime.date(2025, 12, 7), datetime.date(2025, 12, 12))
CHECK = Span("Kiểm tra giữa kỳ", ROLLED_OUT, datetime.date(2025, 12, 10), datetime.date(2025, 12, 14))
QUICK = Span("Báo cáo nhanh 15/12/2025", ROLLED_OUT, datetime.date(2025, 12, 15), datetime.date(2025, 12, 17))
REVIEW_NUMBER = 1162
REVIEWED = ReviewFields(
    "Hai tháng đầu, mười hai hồ sơ quyết toán được thẩm tra xong, giá trị 455,8 tỷ đồng.",
    "Phòng Quản lý ngân sách hẹn chủ đầu tư theo từng buổi, không ai phải chờ.",
    "Hai trên ba đơn vị chưa gửi báo cáo đúng kỳ.",
    "Nhiều đơn vị chưa cử người theo dõi phong trào.",
    "Mỗi đơn vị cử một người phụ trách báo cáo trước ngày 20/12/2025.",
)
LIST = "Bảng kê dùng thử: 14 hồ sơ quyết toán đã thẩm tra, 11 hồ sơ trước hạn.\n"


def run(department: Department) -> None:
    """Called after the movement is before the units."""
    movement = Movement.objects.get(number=NUMBER, issued_on__year=YEAR)
    with assumed_day.on(day := datetime.date(2025, 10, 8)):
        _set_up(movement, department.actor(CLERK, day))
    october = _report(department, movement, "Tháng 10/2025")
    with assumed_day.on(day := datetime.date(2025, 11, 4)):
        staff = department.actor(STAFF, day)
        progress.write(october, _told("287,4", "97,2", "Thẩm tra xong 6 hồ sơ quyết toán."), by=staff)
        _attach(october, staff)
        progress.send(october, by=department.actor(HEAD, day))
    with assumed_day.on(day := datetime.date(2025, 11, 6)):
        progress.accept(october, by=department.actor(CLERK, day))
    november = _report(department, movement, "Tháng 11/2025")
    with assumed_day.on(day := datetime.date(2025, 12, 8)):
        head = department.actor(HEAD, day)
        progress.write(november, _told("441,65", "98,6", "Thẩm tra xong 11 hồ sơ quyết toán."), by=head)
        _attach(november, head)
        progress.send(november, by=head)
    with assumed_day.on(day := datetime.date(2025, 12, 10)):
        reason = "Số giải ngân chưa khớp với sổ của Kho bạc, xin đối chiếu lại rồi gửi."
        progress.send_back(november, reason=reason, by=department.actor(CLERK, day))
    quick = _report(department, movement, QUICK.name)
    with assumed_day.on(day := datetime.date(2025, 12, 17)):
        head = department.actor(HEAD, day)
        progress.write(quick, _told("503,2", "98,9", "Thẩm tra xong 14 hồ sơ, trong đó 11 hồ sơ trước hạn."), by=head)
        progress.send(quick, by=head)
    _remind(movement, department)
    _review(movement, department)


def _remind(movement: Movement, department: Department) -> None:
    """A rule, a reminder that went out, and one that waits for the clerk."""
    first, second, *_ = movement.periods.order_by("due_on")
    with assumed_day.on(day := datetime.date(2025, 12, 8)):
        clerk = department.actor(CLERK, day)
        progress.add_rule(movement, days=-3, in_working_days=True, by_itself=False, by=clerk)
        sent = progress.draft_reminder(first, by=clerk)
        progress.release_reminder(sent, sent.text, by=clerk)
    with assumed_day.on(day := datetime.date(2025, 12, 19)):
        progress.draft_reminder(second, by=department.actor(CLERK, day))


def _review(movement: Movement, department: Department) -> None:
    """Two periods with one report taken in: the review of one is issued, of the other before the director. October waits for its own."""
    for span, day in ((HALF, datetime.date(2025, 12, 11)), (CHECK, datetime.date(2025, 12, 12))):
        report = _report(department, movement, span.name)
        with assumed_day.on(day):
            head = department.actor(HEAD, day)
            progress.write(report, _told("455,8", "98,7", "Thẩm tra xong 12 hồ sơ quyết toán."), by=head)
            progress.send(report, by=head)
            progress.accept(report, by=department.actor(CLERK, day))
    issued, _ = (_submitted(movement, span, department) for span in (HALF, CHECK))
    with assumed_day.on(day := datetime.date(2025, 12, 16)):
        progress.approve_review(issued, by=department.actor("giamdoc", day))
        progress.issue_review(issued, number=REVIEW_NUMBER, issued_on=day, by=department.actor("vanthu", day))


def _submitted(movement: Movement, span: Span, department: Department) -> Review:
    period = Period.objects.select_related("movement__agency").get(movement=movement, name=span.name)
    with assumed_day.on(day := datetime.date(2025, 12, 15)):
        clerk = department.actor(CLERK, day)
        review = progress.draft_review(period, by=clerk)
        progress.edit_review(review, REVIEWED, version=review.version, by=clerk)
        progress.submit_review(review, by=clerk)
    return review


def _set_up(movement: Movement, clerk: Actor) -> None:
    """Two indicators, the months of the quarter, and one quick report."""
    progress.add_indicator(
        movement, label="Giá trị quyết toán đã thẩm tra", measure="tỷ đồng", base=Decimal("96.3"), target=Decimal("640.5"),
        reach="total", by=clerk,
    )  # fmt: skip
    progress.add_indicator(movement, label="Hồ sơ trả đúng hạn", measure="%", target=Decimal("98.5"), by=clerk)
    for span in (*periods(ROLLED_OUT, YEAR_ENDS, "month", 5), HALF, CHECK, QUICK):
        progress.open_period(movement, span, by=clerk)


def _report(department: Department, movement: Movement, period: str) -> Report:
    found = Report.objects.select_related("unit", "period__movement__agency")
    return found.get(period__movement=movement, period__name=period, unit=department.units[ANSWERS])


def _told(amount: str, in_time: str, results: str) -> ReportFields:
    figures = {place: Decimal(text.replace(",", ".")) for place, text in enumerate((amount, in_time), start=1)}
    return ReportFields(
        results, "Hai chủ đầu tư nộp hồ sơ muộn.", "Hẹn chủ đầu tư theo từng buổi, không phải chờ.", figures
    )


def _attach(report: Report, by: Actor) -> None:
    file = stored.receive(SentIn("Bang ke ho so.txt", LIST.encode()), by=by)
    stored.settle(file, kind="txt")
    progress.attach(report, file, by=by)
