"""Events as sentences: who (in which duty) did what, when; reasons quoted."""

import datetime
import json
from dataclasses import dataclass

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
    "roll_out.push": "gửi phong trào đến đơn vị và mở bản đăng ký.",
    "roll_out.acknowledge": "xác nhận phong trào và cử người phụ trách.",
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
    "account.reset_password": "cấp lại mật khẩu.",
    "unit.found": "lập cơ quan đầu tiên.",
    "duty.give": "giao chức trách.",
    "duty.end": "kết thúc chức trách.",
    "duty.delegate": "ghi việc giao ký thay.",
    "unit.open": "ghi đơn vị vào cây tổ chức.",
    "person.enter": "ghi một người vào danh sách.",
    "audit.expunge": "xoá nội dung theo văn bản cho phép.",
    "demo.load": "nạp dữ liệu minh hoạ.",
    "honours.enter": "ghi một dòng vào sổ vàng.",
    "honours.correct": "sửa một dòng sổ vàng bằng dòng mới.",
    "honours.enter_many": "ghi một đợt vào sổ vàng.",
    "honours.declare_complete": "xác nhận sổ đã đủ.",
    "dossier.open": "mở hồ sơ khen thưởng.",
    "dossier.record_review": "ghi biên bản bình xét.",
    "dossier.paste": "thêm đề nghị từ bảng tính.",
    "dossier.submit": "trình hồ sơ; máy xét điều kiện từng đề nghị và lưu kết quả.",
    "dossier.recall": "rút hồ sơ về để sửa.",
    "dossier.return": "trả lại hồ sơ.",
    "dossier.accept": "tiếp nhận hồ sơ.",
    "nomination.add": "thêm một đề nghị.",
    "nomination.edit": "sửa một đề nghị.",
    "nomination.withdraw": "rút một đề nghị.",
    "nomination.attach": "gửi tệp minh chứng.",
    "nomination.detach": "bỏ một tệp minh chứng.",
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
    """Everything that happened to a root, newest first."""
    links = EventLink.objects.filter(root_kind=root.root_kind, root_id=root.pk)
    return [sentence(link.event) for link in links.select_related("event__body").order_by("-seq")]
