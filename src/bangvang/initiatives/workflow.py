"""One table: an application is sent, looked at, decided by the council's minutes, certified; or it ends before."""

from bangvang.initiatives import queries
from bangvang.initiatives.access import is_in_charge, looks_at, may_number, owns
from bangvang.initiatives.models import Initiative
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Step, Workflow

S = Initiative.State


def is_complete(initiative: Initiative) -> Verdict:
    """What an application must hold before the standing clerk is asked to look at it; the missing parts are named."""
    missing = queries.missing_parts(initiative)
    return no(f"Đơn còn thiếu: {'; '.join(missing)}.") if missing else YES


# fmt: off
INITIATIVE = Workflow("initiative", (
    Step("submit",    "Gửi đơn",             frozenset({S.DRAFT, S.RETURNED}), S.SUBMITTED,  owns, is_complete,
         hint="Thường trực nhận được ngay. Chưa thẩm định thì còn rút về sửa được.", main=True),
    Step("recall",    "Rút về sửa",          frozenset({S.SUBMITTED}),         S.DRAFT,      owns,
         hint="Chưa thẩm định thì còn rút về được."),
    Step("table",     "Thẩm định, chuyển Hội đồng", frozenset({S.SUBMITTED}),  S.TABLED,     looks_at,
         hint="Ghi ý kiến thẩm định. Đơn chờ phiên họp của Hội đồng sáng kiến, tác giả không sửa nữa.", main=True),
    Step("return",    "Yêu cầu bổ sung",     frozenset({S.SUBMITTED, S.TABLED}), S.RETURNED, looks_at,
         hint="Ghi rõ cần bổ sung gì và hạn. Tác giả sửa rồi gửi lại.", reason_required=True),
    Step("endorse",   "Ghi Hội đồng công nhận", frozenset({S.TABLED}),         S.ENDORSED,   looks_at,
         hint="Ghi theo biên bản: số, ngày, số phiếu, phạm vi ảnh hưởng. Sau đó in giấy chứng nhận để ký.", main=True),
    Step("decline",   "Ghi Hội đồng không công nhận", frozenset({S.TABLED}),   S.DECLINED,   looks_at,
         hint="Ghi theo biên bản, kèm lý do; tác giả đọc nguyên văn lý do.", reason_required=True),
    Step("reconsider", "Ghi lại kết quả Hội đồng", frozenset({S.ENDORSED, S.DECLINED}), S.TABLED, looks_at,
         hint="Khi ghi nhầm, hoặc Hội đồng xét lại. Phải ghi lý do.", reason_required=True),
    Step("recognise", "Ghi số giấy chứng nhận", frozenset({S.ENDORSED}),       S.RECOGNISED, may_number,
         hint="Ghi khi giấy đã ký. Mỗi tác giả của cơ quan có một dòng trong sổ vàng.", main=True),
    Step("withdraw",  "Rút đơn",             frozenset({S.DRAFT, S.SUBMITTED, S.RETURNED, S.TABLED}), S.WITHDRAWN, owns,
         hint="Đơn dừng ở đây và vẫn đọc được. Phải ghi lý do.", reason_required=True),
    Step("annul",     "Huỷ công nhận",       frozenset({S.RECOGNISED}),        S.ANNULLED,   is_in_charge,
         hint="Theo văn bản huỷ. Các dòng sổ vàng của tác giả được rút lại, kèm lý do.", reason_required=True),
))
# fmt: on
