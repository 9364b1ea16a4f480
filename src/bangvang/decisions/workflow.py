"""The two tables of a decision: from the draft to issue, and whether the public sees it."""

from bangvang.decisions import comparing, queries
from bangvang.decisions.access import is_clerk_of, may_decide, may_number
from bangvang.decisions.models import Decision
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Step, Workflow

S = Decision.State
P = Decision.Publicity


def is_complete(decision: Decision) -> Verdict:
    """What the director must find in a draft; the missing parts are named, money and căn cứ are those of the planned day."""
    if missing := queries.missing_parts(decision):
        return no(f"Quyết định còn thiếu: {'; '.join(missing)}.")
    return queries.stands_on(decision, decision.planned_on)


def copy_agrees(decision: Decision) -> Verdict:
    """Nothing is issued before the signed copy was compared and every difference corrected or accepted with a reason."""
    return comparing.agrees(decision)


def is_issued(decision: Decision) -> Verdict:
    return YES if decision.state == S.ISSUED else no("Chỉ quyết định đã ban hành mới đưa lên trang công khai.")


# fmt: off
DECISION = Workflow("decision", (
    Step("submit",   "Trình Giám đốc",        frozenset({S.DRAFT, S.RETURNED}),      S.SUBMITTED, is_clerk_of, is_complete,
         hint="Tờ trình kèm danh sách được lập; dự thảo quyết định chuyển đến Giám đốc.", main=True),
    Step("recall",   "Rút về sửa",            frozenset({S.SUBMITTED}),              S.DRAFT,     is_clerk_of,
         hint="Lấy lại dự thảo khi chưa ai duyệt."),
    Step("approve",  "Duyệt quyết định",      frozenset({S.SUBMITTED}),              S.APPROVED,  may_decide, is_complete,
         hint="Văn thư in ký, ghi số và ngày, đưa bản đã ký vào đối chiếu.", password=True, main=True),
    Step("return",   "Trả lại",               frozenset({S.SUBMITTED}),              S.RETURNED,  may_decide,
         hint="Phải ghi lý do. Người soạn sửa rồi trình lại.", reason_required=True),
    Step("number",   "Ghi số và ngày",        frozenset({S.APPROVED}),               S.NUMBERED,  may_number,
         hint="Số và ngày theo sổ văn bản đi của cơ quan; chưa ban hành cho đến khi đối chiếu xong bản ký.", main=True),
    Step("renumber", "Ghi lại số, ngày",      frozenset({S.NUMBERED}),               S.APPROVED,  may_number,
         hint="Phải ghi lý do. Số đã ghi bỏ đi, ghi lại theo sổ.", reason_required=True),
    Step("issue",    "Ban hành",              frozenset({S.NUMBERED}),               S.ISSUED,    may_number, copy_agrees,
         hint="Một lần, không lấy lại được: xét lại điều kiện, ghi sổ vàng, vào sổ giấy khen, báo người và đơn vị.", main=True),
    Step("withdraw", "Thu hồi bản đã duyệt",  frozenset({S.APPROVED, S.NUMBERED}),   S.RETURNED,  may_decide,
         hint="Chưa ban hành thì người duyệt còn lấy lại được, có ghi lý do.", reason_required=True),
    Step("cancel",   "Huỷ bản thảo",          frozenset({S.DRAFT, S.RETURNED}),      S.CANCELLED, is_clerk_of,
         hint="Phải ghi lý do. Các đề nghị trở lại danh sách chờ quyết định.", reason_required=True),
))

DECISION_PUBLICITY = Workflow("decision_publicity", (
    Step("publish", "Đưa lên trang công khai", frozenset({P.HIDDEN}), P.SHOWN,  is_clerk_of, is_issued,
         hint="Mọi người đọc được tên, chức vụ, đơn vị và hình thức khen thưởng; không có số tiền, không có đề nghị bị từ chối.", main=True),
    Step("hide",    "Gỡ khỏi trang công khai", frozenset({P.SHOWN}),  P.HIDDEN, is_clerk_of,
         hint="Phải ghi lý do. Trang công khai không còn quyết định này.", reason_required=True),
), field="publicity")
# fmt: on
