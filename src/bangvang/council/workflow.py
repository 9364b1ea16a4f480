"""The table of a session: from its preparation to the chair's conclusion. Votes are opened once, or given up and held again."""

from bangvang.council import queries
from bangvang.council.access import counts, presides, runs, runs_or_counts
from bangvang.council.ballot import LEAST_BALLOTS
from bangvang.council.models import PaperCount, Session, WrittenOpinion
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Step, Workflow
from bangvang.papers.models import StoredFile

S = Session.State


def is_prepared(session: Session) -> Verdict:
    """Members, agenda and counting board are named."""
    missing = queries.missing_to_convene(session)
    return no(f"Phiên họp còn thiếu: {'; '.join(missing)}.") if missing else YES


def can_rehearse(session: Session) -> Verdict:
    """There is a counting board with its codes, and there are enough members to vote."""
    if not session.uses_envelopes:
        return no("Phiên này chỉ có phiếu giấy, không cần bỏ phiếu thử trên hệ thống.")
    missing = queries.missing_to_rehearse(session)
    return no(f"Còn thiếu: {'; '.join(missing)}.") if missing else YES


def can_vote(session: Session) -> Verdict:
    """The roll is called, every present member has declared, every line has its share, the codes are taken."""
    missing = queries.missing_to_freeze(session)
    return no(f"Còn thiếu: {'; '.join(missing)}.") if missing else YES


def everybody_voted(session: Session) -> Verdict:
    """No present member still holds a ballot."""
    left = queries.not_yet_voted(session)
    if not left:
        return YES
    return no(f"Còn {len(left)} thành viên dự họp chưa bỏ phiếu. Chủ tịch Hội đồng có thể cho đóng sớm và ghi lý do.")


def can_be_opened(session: Session) -> Verdict:
    """At least three ballots, and the paper ones counted: fewer totals would be names."""
    returned = queries.returned_envelopes(session)
    if session.uses_envelopes and returned < LEAST_BALLOTS:
        return no(f"Chỉ có {returned} phiếu. Dưới {LEAST_BALLOTS} phiếu thì không mở: tổ chức bỏ phiếu lại.")
    wanted = 0 if session.mode == Session.Mode.ONLINE else session.lines.count()
    if PaperCount.objects.filter(line__session=session).count() < wanted:
        return no("Ban kiểm phiếu chưa nhập kết quả phiếu giấy.")
    papers = WrittenOpinion.objects.filter(line__session=session).exclude(file__state=StoredFile.State.USABLE)
    if unusable := papers.select_related("file", "seat__member__person").order_by("pk").first():
        name, file = unusable.seat.person.full_name, unusable.file
        return no(f"Bản ý kiến đã ký của {name} ({file.name}): {file.get_state_display().lower()}. Chờ hoặc nhập lại bản khác.")
    return YES


def has_minutes(session: Session) -> Verdict:
    """The secretary has written the conclusion."""
    return YES if session.conclusion.strip() else no("Thư ký chưa ghi kết luận của phiên họp.", who="Thư ký Hội đồng")


# fmt: off
SESSION = Workflow("session", (
    Step("convene",       "Triệu tập",             frozenset({S.DRAFT}),      S.CONVENED,   runs,           is_prepared,
         hint="Thành viên và ban kiểm phiếu được báo; thành viên khai xung đột lợi ích, ban kiểm phiếu nhận mã.", main=True),
    Step("rehearse",      "Bỏ phiếu thử",          frozenset({S.CONVENED}),   S.REHEARSING, runs,           can_rehearse,
         hint="Ai cũng thử một phiếu; hết phần thử thì mọi phiếu thử bị xoá, không công bố số nào."),
    Step("end_rehearsal", "Kết thúc bỏ phiếu thử", frozenset({S.REHEARSING}), S.CONVENED,   runs_or_counts,
         hint="Xoá mọi phiếu thử. Nhập hai mã thì biết chắc mã mở được.", main=True),
    Step("freeze",        "Khoá danh sách và bỏ phiếu", frozenset({S.CONVENED}), S.VOTING,  runs,           can_vote,
         hint="Danh sách, chương trình, người không bỏ phiếu được khoá. Mất hai trên ba mã thì phải bỏ phiếu lại.", password=True, main=True),
    Step("close",         "Đóng bỏ phiếu",         frozenset({S.VOTING}),     S.CLOSED,     runs_or_counts, everybody_voted,
         hint="Không nhận phiếu nữa. Sau đó hai người của ban kiểm phiếu mở phiếu.", main=True),
    Step("close_early",   "Đóng bỏ phiếu sớm",     frozenset({S.VOTING}),     S.CLOSED,     presides,
         hint="Người chưa bỏ phiếu mất lượt; lý do ghi vào biên bản.", reason_required=True),
    Step("open",          "Mở phiếu",              frozenset({S.CLOSED}),     S.COUNTED,    counts,         can_be_opened,
         hint="Hai người của ban kiểm phiếu cùng nhập mã. Mở một lần, phong bì bị xoá ngay.", main=True),
    Step("hold_again",    "Bỏ phiếu lại",          frozenset({S.VOTING, S.CLOSED}), S.CONVENED, presides,
         hint="Xoá mọi phiếu chưa mở. Ban kiểm phiếu nhận mã mới.", reason_required=True),
    Step("conclude",      "Kết luận phiên họp",    frozenset({S.COUNTED}),    S.CONCLUDED,  presides,       has_minutes,
         hint="Từng đề nghị được ghi Hội đồng thông qua hoặc không thông qua; biên bản được lập.", password=True, main=True),
    Step("cancel",        "Huỷ phiên họp",         frozenset({S.DRAFT, S.CONVENED, S.REHEARSING, S.VOTING, S.CLOSED}), S.CANCELLED, runs,
         hint="Phiếu chưa mở bị xoá; các đề nghị trở lại danh sách chờ.", reason_required=True),
))
# fmt: on
