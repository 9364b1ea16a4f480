"""The tables of a report, of a reminder, and of the review of a period."""

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Step, Workflow
from bangvang.progress import queries
from bangvang.progress.access import (
    may_approve_review,
    may_check_sheet,
    may_cross,
    may_drop_reminder,
    may_issue_review,
    may_lapse,
    may_recall,
    may_release,
    may_return_review,
    may_send,
    may_send_back,
    may_send_sheet,
    may_take_in,
    may_withdraw_observation,
    may_withdraw_social_work,
    writes_review,
)
from bangvang.progress.models import Observation, Reminder, Report, Review, ScoreSheet, SocialWork
from bangvang.progress.scoring import unmarked

S = Report.State
M = Reminder.State
V = Review.State
B = Observation.State
C = ScoreSheet.State
W = SocialWork.State


def is_filled(report: Report) -> Verdict:
    """Every indicator has its figure and the results are told; what is missing is named."""
    missing = queries.missing_parts(report)
    return no(f"Báo cáo còn thiếu: {'; '.join(missing)}.") if missing else YES


def is_written(review: Review) -> Verdict:
    """Every part of a review that is owed says something; what is missing is named."""
    missing = queries.unwritten_parts(review)
    return no(f"Báo cáo còn thiếu phần: {'; '.join(missing)}.") if missing else YES


def is_marked(sheet: ScoreSheet) -> Verdict:
    """The stage at work has marked every item; what is left is counted and the first is named."""
    left = unmarked(sheet)
    return no(f"Còn {len(left)} tiêu chí chưa chấm ở bước này, bắt đầu từ “{left[0].text}”.") if left else YES


def is_ready_to_settle(sheet: ScoreSheet) -> Verdict:
    if sheet.state == C.CHECKED and sheet.crosser is not None:
        return no(f"Còn chờ {sheet.crosser.name} chấm chéo.", who=sheet.crosser.name)
    return is_marked(sheet)


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

OBSERVATION = Workflow("observation", (
    Step("withdraw", "Rút ghi nhận", frozenset({B.RECORDED}), B.WITHDRAWN, may_withdraw_observation,
         hint="Phải ghi lý do. Ghi nhận không còn được tính khi bình xét; người đã xem được vẫn đọc lại được.",
         reason_required=True),
))

SCORE_SHEET = Workflow("score_sheet", (
    Step("send",   "Gửi điểm tự chấm",  frozenset({C.OPEN, C.RETURNED}),    C.SENT,     may_send_sheet, is_marked,
         hint="Thường trực nhận được ngay. Gửi sau hạn vẫn nhận và được ghi là trễ.", main=True),
    Step("recall", "Rút về chấm lại",   frozenset({C.SENT}),                C.OPEN,     may_send_sheet,
         hint="Ngày gửi sẽ tính lại từ lần gửi sau. Điểm đã chấm còn trong lịch sử."),
    Step("return", "Trả lại",           frozenset({C.SENT}),                C.RETURNED, may_check_sheet,
         hint="Phải ghi lý do. Đơn vị chấm lại rồi gửi, ngày gửi lần đầu vẫn được tính.", reason_required=True),
    Step("check",  "Kiểm tra xong",     frozenset({C.SENT}),                C.CHECKED,  may_check_sheet, is_marked,
         hint="Có đơn vị chấm chéo thì chuyển đến đơn vị đó.", main=True),
    Step("cross",  "Chấm chéo xong",    frozenset({C.CHECKED}),             C.CROSSED,  may_cross, is_marked,
         hint="Chuyển lại thường trực để chốt kết quả.", main=True),
    Step("settle", "Chốt kết quả",      frozenset({C.CHECKED, C.CROSSED}),  C.SETTLED,  may_check_sheet, is_ready_to_settle,
         hint="Kết quả vào bảng xếp hạng, mọi đơn vị tham gia xem được.", main=True),
    Step("reopen", "Mở lại",            frozenset({C.SETTLED}),             C.CHECKED,  may_check_sheet,
         hint="Phải ghi lý do. Kết quả rời bảng xếp hạng cho đến khi chốt lại; các lần chấm trước vẫn còn.",
         reason_required=True),
))

SOCIAL_WORK = Workflow("social_work", (
    Step("withdraw", "Rút việc đã ghi", frozenset({W.RECORDED}), W.WITHDRAWN, may_withdraw_social_work,
         hint="Phải ghi lý do. Việc này không còn được cộng vào bảng theo dõi và báo cáo.", reason_required=True),
))
# fmt: on
