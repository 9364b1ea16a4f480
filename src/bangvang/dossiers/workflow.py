"""Two tables: a dossier is submitted, returned or accepted; each line of it then has its own end."""

from bangvang.dossiers import queries
from bangvang.dossiers.access import is_in_charge, owns, settles
from bangvang.dossiers.conduct import missing_answers, open_breaches
from bangvang.dossiers.models import Dossier, Nomination
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Step, Workflow
from bangvang.progress.models import Observation

S = Dossier.State
N = Nomination.State


def is_complete(dossier: Dossier) -> Verdict:
    """What a dossier must hold before the standing body is asked to look at it; the missing parts are named."""
    missing = queries.missing_parts(dossier)
    return no(f"Hồ sơ còn thiếu: {'; '.join(missing)}.") if missing else YES


def breaches_are_answered(dossier: Dossier) -> Verdict:
    """Also those that only the standing body sees: it answers them before it takes the dossier in."""
    missing = missing_answers(queries.standing_lines(dossier), Observation.Sight.values)
    return no(f"Hồ sơ còn thiếu: {'; '.join(missing)}.") if missing else YES


def stands(line: Nomination) -> Verdict:
    """Only a line of an accepted dossier that was not withdrawn gets a result."""
    if line.withdrawn_on:
        return no("Đề nghị này đã rút.")
    return YES if line.dossier.state == S.ACCEPTED else no("Hồ sơ chưa được thường trực tiếp nhận.")


def is_clear(line: Nomination) -> Verdict:
    """Stands, and no violation is left unanswered: one recorded after the dossier was taken in holds the line too."""
    if not (verdict := stands(line)):
        return verdict
    if not open_breaches([line]):
        return YES
    return no(f"Đề nghị cho {line.name_then} đang tạm dừng: có ghi nhận vi phạm chưa được trả lời.")


# fmt: off
DOSSIER = Workflow("dossier", (
    Step("submit", "Trình hồ sơ", frozenset({S.DRAFT, S.RETURNED}), S.SUBMITTED, owns,         is_complete,
         hint="Máy xét điều kiện từng đề nghị và lưu kết quả. Thường trực nhận được ngay.", main=True),
    Step("recall", "Rút về sửa",  frozenset({S.SUBMITTED}),         S.DRAFT,     owns,
         hint="Chưa tiếp nhận thì còn rút về được."),
    Step("accept", "Tiếp nhận",   frozenset({S.SUBMITTED}),         S.ACCEPTED,  is_in_charge, breaches_are_answered,
         hint="Hồ sơ chuyển sang thẩm định; đơn vị không sửa được nữa.", main=True),
    Step("return", "Trả lại",     frozenset({S.SUBMITTED}),         S.RETURNED,  is_in_charge,
         hint="Phải ghi lý do. Đơn vị sửa được toàn bộ hồ sơ rồi trình lại.", reason_required=True),
))

NOMINATION = Workflow("nomination", (
    Step("endorse", "Hội đồng thông qua",       frozenset({N.PROPOSED}),             N.ENDORSED, settles, is_clear,
         hint="Ghi theo biên bản họp Hội đồng."),
    Step("decline", "Hội đồng không thông qua", frozenset({N.PROPOSED}),             N.DECLINED, settles, stands,
         hint="Ghi theo biên bản họp Hội đồng."),
    Step("award",   "Khen thưởng",              frozenset({N.PROPOSED, N.ENDORSED}), N.AWARDED,  settles, is_clear,
         hint="Ghi khi quyết định khen thưởng đã có số và ngày."),
    Step("refuse",  "Không khen thưởng",        frozenset({N.PROPOSED, N.ENDORSED, N.DECLINED}), N.REFUSED, settles, stands,
         hint="Phải ghi lý do; đơn vị được báo.", reason_required=True),
))
# fmt: on
