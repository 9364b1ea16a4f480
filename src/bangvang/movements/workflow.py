"""The two tables of a movement: the life of its plan, and whether the public sees it."""

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Step, Workflow
from bangvang.movements import queries
from bangvang.movements.access import (
    is_clerk_of,
    may_acknowledge,
    may_close,
    may_conclude_pact,
    may_decide,
    may_issue,
    may_note_review,
    may_return,
    may_return_registration,
    may_review,
    may_send_registration,
    may_stop,
    may_take_in_registration,
    may_withdraw_unit,
    may_write_pact,
)
from bangvang.movements.models import Movement, Pact, PlanReview, Registration, RollOut
from bangvang.people.queries import lead_of

S = Movement.State
P = Movement.Publicity
V = PlanReview.State
A = RollOut.State
R = Registration.State
G = Pact.State


def plan_is_complete(movement: Movement) -> Verdict:
    """What a plan must say before anybody is asked to approve it; the missing parts are named."""
    missing = queries.missing_parts(movement)
    return no(f"Kế hoạch còn thiếu: {', '.join(missing)}.") if missing else YES


def is_issued(movement: Movement) -> Verdict:
    if movement.state in Movement.ISSUED_STATES:
        return YES
    return no("Chỉ kế hoạch đã ban hành mới đưa lên trang công khai.")


def reading_is_a_plan(review: PlanReview) -> Verdict:
    """An article about what was achieved offers no awards: it never becomes a movement."""
    if review.reading.draft.get("kind") == "record_article":
        return no("Văn bản này nói về thành tích đã đạt, không phải kế hoạch: không lập phong trào từ đây.")
    return YES


def reading_is_a_record(review: PlanReview) -> Verdict:
    """Only an article about awards received and results has anything to prove."""
    record = review.reading.draft.get("record") or {}
    if record.get("honours") or record.get("facts"):
        return YES
    return no("Bài này không kể khen thưởng hay kết quả nào để ghi chờ kiểm chứng.")


def has_lines(registration: Registration) -> Verdict:
    return YES if registration.lines.exists() else no("Bản đăng ký chưa có dòng nào.")


def pact_is_complete(pact: Pact) -> Verdict:
    """What a pact must say before its members are asked to sign it."""
    asked = [
        ("nội dung thi đua", pact.contents),
        ("chỉ tiêu", pact.targets),
        (f"trưởng cụm, khối năm {pact.year}", lead_of(pact.cluster, pact.year)),
    ]
    missing = [words for words, given in asked if not given]
    return no(f"Giao ước còn thiếu: {', '.join(missing)}.") if missing else YES


def everybody_signed(pact: Pact) -> Verdict:
    left = pact.signatures.filter(signed_on__isnull=True).select_related("unit")
    names = [place.unit.name for place in left]
    return no(f"Còn chờ ký: {', '.join(names)}.") if names else YES


# fmt: off
PLAN = Workflow("movement", (
    Step("submit",   "Trình duyệt",         frozenset({S.DRAFT, S.RETURNED}), S.SUBMITTED, is_clerk_of, plan_is_complete,
         hint="Kế hoạch chuyển đến Giám đốc. Trong khi chờ duyệt thì không sửa được.", main=True),
    Step("recall",   "Rút về sửa",          frozenset({S.SUBMITTED}),         S.DRAFT,     is_clerk_of,
         hint="Lấy lại kế hoạch khi chưa ai duyệt."),
    Step("approve",  "Duyệt kế hoạch",      frozenset({S.SUBMITTED}),         S.APPROVED,  may_decide, plan_is_complete,
         hint="Văn thư sẽ ghi số, ngày rồi ban hành.", password=True, main=True),
    Step("return",   "Trả lại",             frozenset({S.SUBMITTED}),         S.RETURNED,  may_return,
         hint="Phải ghi lý do. Người soạn sửa rồi trình lại.", reason_required=True),
    Step("issue",    "Ghi số và ban hành",  frozenset({S.APPROVED}),          S.ISSUED,    may_issue,
         hint="Số và ngày theo sổ văn bản đi của cơ quan. Lập bản Word và PDF.", main=True),
    Step("roll_out", "Triển khai đến đơn vị", frozenset({S.ISSUED}),          S.ROLLED_OUT, is_clerk_of,
         hint="Gửi phong trào đến các đơn vị, giao việc và ghi hạn đăng ký.", main=True),
    Step("review",   "Ghi đã tổng kết",     frozenset({S.ROLLED_OUT}),        S.REVIEWED,  may_note_review,
         hint="Hội nghị hoặc báo cáo tổng kết đã xong. Đơn vị còn nợ báo cáo thì vẫn gửi được đến khi kết thúc.", main=True),
    Step("close",    "Kết thúc phong trào", frozenset({S.REVIEWED}),          S.CLOSED,    may_close,
         hint="Các đơn vị không còn việc phải làm; khen thưởng vẫn xét tiếp từ những gì đã có.", main=True),
    Step("reopen",   "Mở lại phong trào",   frozenset({S.REVIEWED, S.CLOSED}), S.ROLLED_OUT, is_clerk_of,
         hint="Ghi tổng kết hay kết thúc nhầm thì mở lại; phải ghi lý do.", reason_required=True),
    Step("archive",  "Đưa vào lưu trữ",     frozenset({S.CLOSED}),            S.ARCHIVED,  is_clerk_of,
         hint="Hồ sơ phong trào đã đủ. Từ đây chỉ đọc, không mở lại.", main=True),
    Step("stop",     "Huỷ kế hoạch đã ban hành", frozenset({S.ISSUED, S.ROLLED_OUT}), S.STOPPED, may_stop,
         hint="Các đơn vị đã nhận được báo kèm lý do; báo cáo và việc còn nợ không phải làm nữa. Không mở lại được.",
         reason_required=True, password=True),
    Step("withdraw", "Thu hồi bản đã duyệt", frozenset({S.APPROVED}),         S.RETURNED,  may_decide,
         hint="Chưa ban hành thì người duyệt còn lấy lại được, có ghi lý do.", reason_required=True),
    Step("cancel",   "Huỷ bản thảo",        frozenset({S.DRAFT, S.RETURNED}), S.CANCELLED, is_clerk_of,
         hint="Bản thảo dừng lại, còn đọc được, không trình nữa.", reason_required=True),
))

PUBLICITY = Workflow("publicity", (
    Step("publish",  "Đưa lên trang công khai", frozenset({P.HIDDEN}), P.SHOWN,  is_clerk_of, is_issued,
         hint="Mọi người đọc được tên, nội dung, tiêu chí và thời gian; không có thông tin cá nhân.", main=True),
    Step("hide",     "Gỡ khỏi trang công khai", frozenset({P.SHOWN}),  P.HIDDEN, is_clerk_of,
         hint="Phải ghi lý do. Trang công khai không còn phong trào này.", reason_required=True),
), field="publicity")

REVIEW = Workflow("review", (
    Step("use",  "Lập phong trào",   frozenset({V.OPEN}), V.USED,    may_review, reading_is_a_plan,
         hint="Bản thảo phong trào được lập từ những gì đã xác nhận.", main=True),
    Step("report", "Ghi chờ kiểm chứng", frozenset({V.OPEN}), V.REPORTED, may_review, reading_is_a_record,
         hint="Khen thưởng và kết quả kể trong bài được ghi lại, chưa tính cho ai đến khi có quyết định.", main=True),
    Step("drop", "Bỏ bản đọc này",   frozenset({V.OPEN}), V.DROPPED, may_review,
         hint="Phải ghi lý do. Tệp và bản đọc vẫn còn.", reason_required=True),
))

ROLL_OUT = Workflow("roll_out", (
    Step("acknowledge", "Xác nhận và cử người phụ trách", frozenset({A.PUSHED}), A.ACKNOWLEDGED, may_acknowledge,
         hint="Thường trực thấy đơn vị đã nhận và ai phụ trách.", main=True),
    Step("withdraw", "Ghi đơn vị rút khỏi phong trào", frozenset({A.PUSHED, A.ACKNOWLEDGED}), A.WITHDRAWN, may_withdraw_unit,
         hint="Phải ghi lý do. Đơn vị không còn bị nhắc, không phải gửi báo cáo; những gì đã gửi vẫn còn.", reason_required=True),
))

REGISTRATION = Workflow("registration", (
    Step("send",   "Gửi bản đăng ký",  frozenset({R.DRAFT, R.RETURNED}), R.SENT,     may_send_registration, has_lines,
         hint="Thường trực nhận được ngay. Còn hạn thì còn rút về sửa được.", main=True),
    Step("recall", "Rút về sửa",       frozenset({R.SENT}),              R.DRAFT,    may_send_registration,
         hint="Sửa xong thì gửi lại trước hạn."),
    Step("return", "Trả lại",          frozenset({R.SENT}),              R.RETURNED, may_return_registration,
         hint="Phải ghi lý do. Đơn vị sửa rồi gửi lại.", reason_required=True),
    Step("accept", "Tiếp nhận",        frozenset({R.SENT}),              R.ACCEPTED, may_take_in_registration,
         hint="Bản đăng ký vào bảng tổng hợp.", main=True),
))

PACT = Workflow("pact", (
    Step("offer",    "Gửi các thành viên ký", frozenset({G.DRAFT}),   G.SIGNING,  may_write_pact, pact_is_complete,
         hint="Người đứng đầu từng đơn vị thành viên được báo. Đang ký thì không sửa được.", main=True),
    Step("recall",   "Rút về sửa",            frozenset({G.SIGNING}), G.DRAFT,    may_write_pact,
         hint="Phải ghi lý do. Các chữ ký đã có không còn giá trị, sửa xong thì ký lại.", reason_required=True),
    Step("conclude", "Có hiệu lực",           frozenset({G.SIGNING}), G.IN_FORCE, may_conclude_pact, everybody_signed,
         hint="Khi thành viên cuối cùng ký, giao ước có hiệu lực và bản Word, PDF được lập."),
))
# fmt: on
