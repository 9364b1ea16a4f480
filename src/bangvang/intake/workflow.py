"""The table of a batch: read, checked, confirmed; dropped from anywhere before."""

from bangvang.intake import queries
from bangvang.intake.access import is_machine, may_work
from bangvang.intake.models import Batch
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Step, Workflow

S = Batch.State


def has_nothing_open(batch: Batch) -> Verdict:
    """A batch is written as a whole: no row in trouble, nobody in question, at least one row to write."""
    counts = queries.counts_of(batch)
    missing = []
    if counts.trouble:
        missing.append(f"{counts.trouble} dòng chưa ghi được (sửa, hoặc để lại)")
    if counts.asked:
        missing.append(f"{counts.asked} người chưa rõ là ai")
    if not counts.ready and not missing:
        missing.append("dòng nào để ghi")
    return no(f"Còn {'; '.join(missing)}.") if missing else YES


def is_still(batch: Batch) -> Verdict:
    """Nothing is being staged in the background."""
    return no("Máy đang kiểm tra các dòng, xin đợi.") if batch.staging else YES


# fmt: off
BATCH = Workflow("batch", (
    Step("read",    "Đọc xong các cột",     frozenset({S.RECEIVED}), S.READ,      is_machine,
         hint="Máy đề nghị nghĩa của từng cột để người xem."),
    Step("refuse",  "Không đọc được tệp",   frozenset({S.RECEIVED, S.READ}), S.DROPPED, is_machine,
         hint="Lý do và cách sửa được ghi lại.", reason_required=True),
    Step("check",   "Kiểm tra xong các dòng", frozenset({S.READ}),   S.CHECKED,   is_machine,
         hint="Dòng chưa ghi được đứng đầu, có lý do."),
    Step("remap",   "Xem lại các cột",      frozenset({S.CHECKED}),  S.READ,      may_work,
         hint="Kết quả kiểm tra và những gì đã sửa ở các dòng sẽ bỏ, làm lại từ tệp."),
    Step("confirm", "Ghi cả đợt",           frozenset({S.CHECKED}),  S.CONFIRMED, may_work,  has_nothing_open,
         hint="Mọi dòng được ghi cùng một lúc, hoặc không dòng nào.", main=True),
    Step("drop",    "Bỏ đợt nhập này",      frozenset({S.RECEIVED, S.READ, S.CHECKED}), S.DROPPED, may_work, is_still,
         hint="Phải ghi lý do. Tệp vẫn còn lưu; không dòng nào được ghi.", reason_required=True),
))
# fmt: on
