"""The table of a dossier: the unit submits, the standing body returns or accepts."""

from bangvang.dossiers import queries
from bangvang.dossiers.access import is_in_charge, owns
from bangvang.dossiers.models import Dossier
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Step, Workflow

S = Dossier.State


def is_complete(dossier: Dossier) -> Verdict:
    """What a dossier must hold before the standing body is asked to look at it; the missing parts are named."""
    missing = queries.missing_parts(dossier)
    return no(f"Hồ sơ còn thiếu: {'; '.join(missing)}.") if missing else YES


# fmt: off
DOSSIER = Workflow("dossier", (
    Step("submit", "Trình hồ sơ", frozenset({S.DRAFT, S.RETURNED}), S.SUBMITTED, owns,         is_complete,
         hint="Máy xét điều kiện từng đề nghị và lưu kết quả. Thường trực nhận được ngay.", main=True),
    Step("recall", "Rút về sửa",  frozenset({S.SUBMITTED}),         S.DRAFT,     owns,
         hint="Chưa tiếp nhận thì còn rút về được."),
    Step("accept", "Tiếp nhận",   frozenset({S.SUBMITTED}),         S.ACCEPTED,  is_in_charge,
         hint="Hồ sơ chuyển sang thẩm định; đơn vị không sửa được nữa.", main=True),
    Step("return", "Trả lại",     frozenset({S.SUBMITTED}),         S.RETURNED,  is_in_charge,
         hint="Phải ghi lý do. Đơn vị sửa được toàn bộ hồ sơ rồi trình lại.", reason_required=True),
))
# fmt: on
