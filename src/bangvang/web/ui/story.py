"""Events as sentences: who (in which duty) did what, when; reasons quoted."""

import datetime
import json
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils import timezone

from bangvang import vietnamese
from bangvang.kernel.models import Event, EventLink, Root

ACTS = {
    "movement.draft": "bắt đầu soạn kế hoạch.",
    "movement.edit": "sửa kế hoạch.",
    "movement.submit": "trình duyệt kế hoạch.",
    "movement.recall": "rút kế hoạch về để sửa.",
    "movement.approve": "duyệt kế hoạch.",
    "movement.return": "trả lại kế hoạch.",
    "movement.issue": "ghi số và ban hành kế hoạch.",
    "movement.withdraw": "thu hồi bản đã duyệt.",
    "movement.cancel": "huỷ bản thảo.",
    "publicity.publish": "đưa phong trào lên trang công khai.",
    "publicity.hide": "gỡ phong trào khỏi trang công khai.",
    "movement.roll_out": "triển khai phong trào đến các đơn vị.",
    "movement.finish_assignment": "báo xong một việc được giao.",
    "movement.remind": "nhắc các đơn vị chưa trả lời.",
    "movement.add_units": "đưa thêm đơn vị vào phong trào.",
    "movement.extend": "gia hạn xác nhận, đăng ký.",
    "movement.extend_period": "gia hạn gửi báo cáo.",
    "roll_out.acknowledge": "xác nhận phong trào và cử người phụ trách.",
    "roll_out.withdraw": "ghi đơn vị rút khỏi phong trào.",
    "movement.add_indicator": "thêm một chỉ tiêu theo dõi.",
    "movement.drop_indicator": "bỏ một chỉ tiêu theo dõi.",
    "movement.open_period": "mở một kỳ báo cáo.",
    "movement.call_off_period": "bỏ một kỳ báo cáo mở nhầm.",
    "movement.add_reminder_rule": "đặt một lịch nhắc.",
    "movement.drop_reminder_rule": "bỏ một lịch nhắc.",
    "reminder.draft": "soạn lời nhắc các đơn vị nợ báo cáo.",
    "reminder.release": "gửi lời nhắc các đơn vị nợ báo cáo.",
    "reminder.drop": "không gửi một lời nhắc.",
    "reminder.lapse": "thấy không còn đơn vị nào nợ, không nhắc.",
    "report.write": "ghi báo cáo tiến độ.",
    "report.attach": "gửi tệp kèm báo cáo.",
    "report.detach": "bỏ một tệp kèm báo cáo.",
    "report.send": "gửi báo cáo tiến độ.",
    "report.recall": "rút báo cáo về để sửa.",
    "report.return": "trả lại báo cáo.",
    "report.accept": "tiếp nhận báo cáo.",
    "review.open": "gửi văn bản kế hoạch để máy đọc.",
    "review.answer": "xem và trả lời các giá trị máy đọc được.",
    "review.use": "lập phong trào từ văn bản đã đọc.",
    "review.drop": "bỏ bản đọc.",
    "review.report": "ghi những gì bài viết kể vào danh sách chờ kiểm chứng.",
    "claim.report": "ghi từ bài viết, chưa kiểm chứng.",
    "claim.prove": "ghi nhận theo căn cứ.",
    "claim.dismiss": "không ghi nhận.",
    "registration.register": "ghi một dòng đăng ký.",
    "registration.unregister": "bỏ một dòng đăng ký.",
    "registration.send": "gửi bản đăng ký.",
    "registration.recall": "rút bản đăng ký về để sửa.",
    "registration.return": "trả lại bản đăng ký.",
    "registration.accept": "tiếp nhận bản đăng ký.",
    "account.open": "mở tài khoản.",
    "account.close": "khoá tài khoản.",
    "account.reopen": "mở lại tài khoản.",
    "account.change_password": "đổi mật khẩu.",
    "account.set_email": "ghi hoặc bỏ địa chỉ thư điện tử nhận lời nhắc.",
    "account.reset_password": "cấp lại mật khẩu.",
    "unit.found": "lập cơ quan đầu tiên.",
    "duty.give": "giao chức trách.",
    "duty.end": "kết thúc chức trách.",
    "duty.delegate": "ghi việc giao ký thay.",
    "unit.open": "ghi đơn vị vào cây tổ chức.",
    "person.enter": "ghi một người vào danh sách.",
    "household.enter": "ghi một hộ gia đình được khen thưởng.",
    "person.record_dates": "ghi ngày tuyển dụng, ngày mất.",
    "audit.expunge": "xoá nội dung theo văn bản cho phép.",
    "demo.load": "nạp dữ liệu minh hoạ.",
    "honours.enter": "ghi một dòng vào sổ vàng.",
    "honours.correct": "sửa một dòng sổ vàng bằng dòng mới.",
    "honours.enter_many": "ghi một đợt vào sổ vàng.",
    "honours.declare_complete": "xác nhận sổ đã đủ.",
    "initiative.draft": "bắt đầu viết đơn sáng kiến.",
    "initiative.edit": "sửa đơn.",
    "initiative.attach": "gửi tệp kèm đơn.",
    "initiative.detach": "bỏ một tệp kèm đơn.",
    "initiative.submit": "gửi đơn.",
    "initiative.recall": "rút đơn về để sửa.",
    "initiative.table": "thẩm định, chuyển đơn sang Hội đồng sáng kiến.",
    "initiative.return": "yêu cầu bổ sung đơn.",
    "initiative.endorse": "ghi Hội đồng sáng kiến công nhận.",
    "initiative.decline": "ghi Hội đồng sáng kiến không công nhận.",
    "initiative.reconsider": "bỏ kết quả Hội đồng đã ghi để ghi lại.",
    "initiative.recognise": "ghi số giấy chứng nhận sáng kiến.",
    "initiative.withdraw": "rút đơn sáng kiến.",
    "initiative.annul": "huỷ việc công nhận sáng kiến.",
    "dossier.open": "mở hồ sơ khen thưởng.",
    "dossier.record_review": "ghi biên bản bình xét.",
    "dossier.paste": "thêm đề nghị từ bảng tính.",
    "dossier.submit": "trình hồ sơ; máy xét điều kiện từng đề nghị và lưu kết quả.",
    "dossier.recall": "rút hồ sơ về để sửa.",
    "dossier.return": "trả lại hồ sơ.",
    "dossier.accept": "tiếp nhận hồ sơ.",
    "nomination.add": "thêm một đề nghị.",
    "nomination.endorse": "ghi Hội đồng thông qua đề nghị.",
    "nomination.decline": "ghi Hội đồng không thông qua đề nghị.",
    "nomination.award": "ghi đề nghị được khen thưởng.",
    "nomination.refuse": "ghi đề nghị không được khen thưởng.",
    "nomination.edit": "sửa một đề nghị.",
    "nomination.withdraw": "rút một đề nghị.",
    "nomination.attach": "gửi tệp minh chứng.",
    "nomination.detach": "bỏ một tệp minh chứng.",
    "decision.draft": "bắt đầu soạn quyết định khen thưởng.",
    "decision.edit": "sửa dự thảo quyết định.",
    "decision.check_money": "xem và xác nhận mức tiền thưởng.",
    "decision.submit": "trình dự thảo quyết định kèm tờ trình.",
    "decision.recall": "rút dự thảo quyết định về để sửa.",
    "decision.approve": "duyệt quyết định.",
    "decision.return": "trả lại dự thảo quyết định.",
    "decision.withdraw": "thu hồi quyết định đã duyệt để sửa.",
    "decision.cancel": "huỷ bản thảo quyết định.",
    "decision.number": "ghi số và ngày quyết định.",
    "decision.renumber": "bỏ số đã ghi để ghi lại.",
    "decision.receive_copy": "đưa bản quyết định đã ký vào đối chiếu.",
    "decision.accept_difference": "chấp nhận một chỗ bản ký khác dữ liệu.",
    "decision.confirm_copy": "đối chiếu bằng mắt từng mục của bản đã ký và xác nhận.",
    "decision.issue": "ban hành quyết định khen thưởng.",
    "decision.print_certificates": "in giấy khen của quyết định.",
    "decision_publicity.publish": "đưa quyết định lên trang công khai.",
    "decision_publicity.hide": "gỡ quyết định khỏi trang công khai.",
    "story.draft": "bắt đầu viết bài gương điển hình.",
    "story.edit": "sửa bài.",
    "story.record_consent": "ghi văn bản đồng ý.",
    "story.withdraw_consent": "ghi việc rút văn bản đồng ý.",
    "story.submit": "trình duyệt đăng bài.",
    "story.recall": "rút bài về để sửa.",
    "story.publish": "cho đăng bài lên trang công khai.",
    "story.return": "trả lại bài.",
    "story.withdraw": "gỡ bài khỏi trang công khai.",
    "story.reopen": "mở lại bài để viết.",
    "certificate_blank.open": "ghi một phôi giấy khen và toạ độ in.",
    "certificate_blank.edit": "sửa toạ độ in của phôi giấy khen.",
    "certificate_blank.retire": "thôi dùng một phôi giấy khen.",
    "dossier.add_listed": "thêm đề nghị từ một danh sách.",
    "person.enter_many": "ghi nhiều người từ một danh sách.",
    "duty.give_many": "giao chức trách theo một danh sách.",
    "batch.receive": "gửi một danh sách để nhập.",
    "batch.read": "đọc xong các cột của danh sách.",
    "batch.refuse": "không đọc được tệp.",
    "batch.agree": "xác nhận nghĩa của các cột.",
    "batch.check": "kiểm tra xong các dòng.",
    "batch.correct": "sửa một dòng.",
    "batch.leave_out": "để lại các dòng không ghi.",
    "batch.take_back_in": "xem lại một dòng đã để lại.",
    "batch.answer": "trả lời một người trong danh sách là ai.",
    "batch.reassign": "đổi người của các dòng đã ghi từ danh sách.",
    "batch.remap": "xem lại các cột.",
    "batch.confirm": "ghi cả danh sách.",
    "batch.drop": "bỏ đợt nhập.",
    "nomination.judge": "trả lời một điều kiện cần người xem.",
    "council.establish": "ghi Hội đồng theo quyết định thành lập.",
    "council.add_member": "thêm một thành viên Hội đồng.",
    "council.remove_member": "bỏ một thành viên ghi nhầm.",
    "session.open_session": "mở phiên họp Hội đồng để chuẩn bị.",
    "session.add_lines": "đưa đề nghị vào chương trình phiên họp Hội đồng.",
    "session.remove_line": "bỏ một đề nghị khỏi chương trình phiên họp.",
    "session.confirm_share": "xác nhận tỷ lệ phiếu theo văn bản đã mở.",
    "session.name_tellers": "ghi ban kiểm phiếu.",
    "session.convene": "triệu tập phiên họp.",
    "session.declare": "khai xung đột lợi ích cho từng trường hợp.",
    "session.call_roll": "điểm danh.",
    "session.write_opinions": "nhập ý kiến bằng văn bản của thành viên vắng mặt.",
    "session.take_code": "nhận mã kiểm phiếu.",
    "session.rehearse": "mở bỏ phiếu thử.",
    "session.end_rehearsal": "kết thúc bỏ phiếu thử và xoá phiếu thử.",
    "session.freeze": "khoá danh sách và mở bỏ phiếu.",
    "session.remind": "nhắc thành viên chưa bỏ phiếu.",
    "session.void": "huỷ phiếu cũ chưa mở của một thành viên để bỏ phiếu lại.",
    "session.close": "đóng bỏ phiếu.",
    "session.close_early": "cho đóng bỏ phiếu sớm.",
    "session.count_paper": "nhập kết quả phiếu giấy.",
    "session.open": "cùng người giữ mã thứ hai mở phiếu; phong bì đã xoá.",
    "session.hold_again": "cho bỏ phiếu lại; phiếu chưa mở đã xoá.",
    "session.write_minutes": "ghi diễn biến và kết luận.",
    "session.conclude": "kết luận phiên họp.",
    "session.cancel": "huỷ phiên họp.",
}


@dataclass(frozen=True)
class Sentence:
    """One line of a story."""

    at: datetime.datetime
    when: str
    who: str
    what: str
    reason: str = ""
    expunged: bool = False


def sentence(event: Event) -> Sentence:
    """An event in words. Its body may have been removed under a decision: then the line says so."""
    body = getattr(event, "body", None)
    words = json.loads(body.words) if body else {}
    local = timezone.localtime(event.at)
    weekday = vietnamese.weekday_name(local.date())
    when = f"{weekday[:1].upper()}{weekday[1:]} {vietnamese.format_date(local.date())}, {local:%H:%M}"
    act = ACTS.get(event.verb, event.verb)
    return Sentence(event.at, when, event.duty, act, words.get("reason", ""), body is None)


def story_of(root: Root) -> list[Sentence]:
    """Everything that happened to a root, newest first; the same act several times in a row is one sentence."""
    links = EventLink.objects.filter(root_kind=root.root_kind, root_id=root.pk)
    told = [sentence(link.event) for link in links.select_related("event__body").order_by("-seq")]
    return [_together(list(run)) for _, run in groupby(told, key=_sameness)]


def _sameness(one: Sentence) -> tuple[Any, ...]:
    """Acts with a reason, or whose content was removed, are always told one by one."""
    alone = one.at if one.reason or one.expunged else None
    return timezone.localdate(one.at), one.who, one.what, alone


def _together(run: list[Sentence]) -> Sentence:
    newest = run[0]
    return newest if len(run) == 1 else replace(newest, what=f"{newest.what.rstrip('.')}, {len(run)} lần.")
