"""The tables of a report, of a reminder, and of the review of a period."""

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Step, Workflow
from bangvang.progress import queries
from bangvang.progress.access import (
    may_approve_review,
    may_drop_reminder,
    may_issue_review,
    may_lapse,
    may_recall,
    may_release,
    may_return_review,
    may_send,
    may_send_back,
    may_take_in,
    writes_review,
)
from bangvang.progress.models import Reminder, Report, Review

S = Report.State
M = Reminder.State
V = Review.State


def is_filled(report: Report) -> Verdict:
    """Every indicator has its figure and the results are told; what is missing is named."""
    missing = queries.missing_parts(report)
    return no(f"Báo cáo còn thiếu: {'; '.join(missing)}.") if missing else YES


def is_written(review: Review) -> Verdict:
    """Every part of a review that is owed says something; what is missing is named."""
    missing = queries.unwritten_parts(review)
    return no(f"Báo cáo còn thiếu phần: {'; '.join(missing)}.") if missing else YES


# fmt: off
REPORT = Workflow("report", (
    Step("send",   "Gửi báo cáo", frozenset({S.DRAFT, S.RETURNED}), S.SENT,     may_send, is_filled,
         hint="Thường trực nhận được ngay. Gửi đến hết ngày cuối của hạn vẫn là đúng hạn.", main=True),
    Step("recall", "Rút về sửa",  frozenset({S.SENT}),              S.DRAFT,    may_recall,
         hint="Ngày gửi sẽ tính lại từ lần gửi sau."),
    Step("return", "Trả lại",     frozenset({S.SENT}),              S.RETURNED, may_send_back,
         hint="Phải ghi lý do. Đơn vị sửa rồi gửi lại, ngày gửi lần đầu vẫn được tính.", reason_required=True),
    Step("accept", "Tiếp nhận",   frozenset({S.SENT}),              S.ACCEPTED, may_take_in,
         hint="Số liệu vào bảng theo dõi và báo cáo sơ kết, tổng kết.", main=True),
))

REMINDER = Workflow("reminder", (
    Step("release", "Gửi lời nhắc", frozenset({M.DRAFTED}), M.RELEASED, may_release,
         hint="Trưởng, phó và người phụ trách của các đơn vị còn nợ được báo.", main=True),
    Step("drop",    "Không gửi",    frozenset({M.DRAFTED}), M.DROPPED,  may_drop_reminder,
         hint="Lời nhắc này không gửi nữa; kỳ sau vẫn nhắc theo lịch."),
    Step("lapse",   "Không còn ai nợ", frozenset({M.DRAFTED}), M.NEEDLESS, may_lapse,
         hint="Đến ngày nhắc mà mọi đơn vị đã gửi thì máy không nhắc."),
))

MOVEMENT_REVIEW = Workflow("movement_review", (
    Step("submit",  "Trình duyệt báo cáo", frozenset({V.DRAFT, V.RETURNED}), V.SUBMITTED, writes_review, is_written,
         hint="Số liệu chốt ở lúc trình. Trong khi chờ duyệt thì không sửa được.", main=True),
    Step("recall",  "Rút về sửa",          frozenset({V.SUBMITTED}),         V.DRAFT,     writes_review,
         hint="Chưa ai duyệt thì còn rút về được; trình lại thì số liệu chốt lại."),
    Step("approve", "Duyệt báo cáo",       frozenset({V.SUBMITTED}),         V.APPROVED,  may_approve_review,
         hint="Văn thư sẽ ghi số, ngày rồi ban hành.", password=True, main=True),
    Step("return",  "Trả lại",             frozenset({V.SUBMITTED}),         V.RETURNED,  may_return_review,
         hint="Phải ghi lý do. Người soạn sửa rồi trình lại.", reason_required=True),
    Step("issue",   "Ghi số và ban hành",  frozenset({V.APPROVED}),          V.ISSUED,    may_issue_review,
         hint="Số và ngày theo sổ văn bản đi của cơ quan. Lập bản Word và PDF, không lập lại nữa.", main=True),
    Step("withdraw", "Thu hồi bản đã duyệt", frozenset({V.APPROVED}),        V.RETURNED,  may_approve_review,
         hint="Chưa ban hành thì người duyệt còn lấy lại được, có ghi lý do.", reason_required=True),
))
# fmt: on
