"""The life of what an article says: unverified until a person proves it or lets it go."""

from bangvang.honours.access import may_settle
from bangvang.honours.models import Claim
from bangvang.kernel.workflow import Step, Workflow

S = Claim.State

# fmt: off
CLAIM = Workflow("claim", (
    Step("prove",   "Ghi nhận",       frozenset({S.WAITING}), S.PROVEN,    may_settle,
         hint="Có quyết định thì vào sổ vàng và được tính từ đây.", main=True),
    Step("dismiss", "Không ghi nhận", frozenset({S.WAITING}), S.DISMISSED, may_settle,
         hint="Phải ghi lý do. Bài viết vẫn còn, không ai xét theo nội dung này.", reason_required=True),
))
# fmt: on
