"""The two tables of a movement: the life of its plan, and whether the public sees it."""

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Step, Workflow
from bangvang.movements import queries
from bangvang.movements.access import is_clerk_of, may_decide, may_issue, may_return
from bangvang.movements.models import Movement

S = Movement.State
P = Movement.Publicity


def plan_is_complete(movement: Movement) -> Verdict:
    """What a plan must say before anybody is asked to approve it; the missing parts are named."""
    missing = queries.missing_parts(movement)
    return no(f"Kế hoạch còn thiếu: {', '.join(missing)}.") if missing else YES


def is_issued(movement: Movement) -> Verdict:
    if movement.state == S.ISSUED:
        return YES
    return no("Chỉ kế hoạch đã ban hành mới đưa lên trang công khai.")


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
# fmt: on
