"""Initiatives of the demo in several states: one recognised, one that repeats part of it, one to supplement, one waiting for its number."""

import datetime
from typing import Final

from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import SentIn
from bangvang.initiatives import actions as initiatives
from bangvang.initiatives.actions import Minutes
from bangvang.initiatives.models import Initiative
from bangvang.initiatives.queries import ApplicationFields, AuthorFields
from bangvang.papers import actions as stored

STAFF, HEAD, CLERK, REGISTRY = "chuyenvien", "truongphong", "thuongtruc", "vanthu"
S = Initiative.State
ASKED: Final = (
    "Gửi trước cho mỗi xã một bảng hỏi mười một dòng, soạn từ chính những câu mà người thẩm tra vẫn phải hỏi lại; xã nào điền đủ"
    " thì hồ sơ được nhận ngay, không phải trả lại."
)
WRITTEN: Final = (
    (
        STAFF, (("vinh", 30),), ("Lò Văn Pẩu", "Uỷ ban nhân dân xã Nậm Lúc", 10), S.RECOGNISED,
        ApplicationFields(
            "Bảng hỏi mười một dòng trước khi nhận hồ sơ quyết toán", "Quản lý ngân sách", 2025, datetime.date(2025, 3, 3),
            "32 xã, phường",
            "Mỗi bộ hồ sơ quyết toán gửi về phải hỏi lại ba, bốn lượt; có bộ đi về mất cả tháng.",
            ASKED,
            "Thời gian thẩm tra một hồ sơ giảm từ chín ngày còn bốn ngày; số hồ sơ phải trả lại giảm từ 41 còn 6 trong một quý.",
        ),
    ),
    (
        HEAD, (), None, S.ENDORSED,
        ApplicationFields(
            "Tờ lịch giải ngân của bốn mươi chủ đầu tư", "Đầu tư công", 2025, datetime.date(2025, 6, 2), "Toàn tỉnh",
            "Chủ đầu tư trễ mốc giải ngân đến cuối quý mới biết.",
            "Một tờ lịch chung, mỗi chủ đầu tư một hàng, mỗi mốc một ô; ô nào trễ thì chiều thứ Sáu có một cuộc gọi.",
            "Cả quý III không phải gửi văn bản nhắc nào; tỷ lệ giải ngân cao hơn cùng kỳ 12 %.",
        ),
    ),
    (
        HEAD, (("thao", 40),), None, S.SUBMITTED,
        ApplicationFields(
            "Phiếu hỏi trước cho hồ sơ xin bổ sung dự toán", "Quản lý ngân sách", 2025, datetime.date(2025, 9, 1),
            "5 phòng, 12 xã",
            "Hồ sơ xin bổ sung dự toán thường thiếu thuyết minh.",
            f"{ASKED} Mẫu dùng cho hồ sơ xin bổ sung dự toán.",
            "Trong tháng đầu, 19 trên 23 hồ sơ được nhận ngay.",
        ),
    ),
    (
        STAFF, (), None, S.RETURNED,
        ApplicationFields(
            "Bảng tra định mức chi in một mặt giấy", "Quản lý ngân sách", 2025, datetime.date(2025, 10, 6), "Sở Tài chính",
            "Định mức nằm trong bốn văn bản, mỗi lần tra phải mở cả bốn.",
            "Một tờ in một mặt: mỗi khoản một dòng, kèm điều khoản; có thay đổi thì thay tờ khác và ghi ngày.",
            "Người mới tự tra được.",
        ),
    ),
    (
        STAFF, (), None, S.DRAFT,
        ApplicationFields(
            "Hộp thư chung cho câu hỏi của xã", "Cải cách hành chính", 2025, None, "", "Mỗi xã gọi một người khác nhau.", "", "",
        ),
    ),
)  # fmt: skip


def run(department: Department) -> None:
    """Live through it on the days it happened. Called after the ledger and the accounts."""
    for number, (writer, ours, outside, state, text) in enumerate(WRITTEN, start=1):
        _write(department, writer, ours, outside, state, text, number)


def _write(
    department: Department,
    writer: str,
    ours: tuple[tuple[str, int], ...],
    outside: tuple[str, str, int] | None,
    state: str,
    text: ApplicationFields,
    number: int,
) -> None:
    """One application, brought to its state."""
    with assumed_day.on(day := datetime.date(2025, 12, 8)):
        author = department.actor(writer, day)
        named = [
            AuthorFields(department.people[key], department.people[key].full_name, author.unit.name, share)
            for key, share in ours
        ]
        named += [AuthorFields(None, *outside)] if outside else []
        own = AuthorFields(
            author.person, author.person.full_name, author.unit.name, 100 - sum(one.share for one in named)
        )
        initiative = initiatives.draft(text, [own, *named], by=author)
        file = stored.receive(SentIn(f"So lieu {number}.txt", f"Số liệu kèm đơn: {text.title}.\n".encode()), by=author)
        stored.settle(file, kind="txt")  # our own words: there is nothing in them for the limited child to find
        initiatives.attach(initiative, file, by=author)
        if state == S.DRAFT:
            return
        initiatives.submit(initiative, by=author)
    if state != S.SUBMITTED:
        _look_at(department, initiative, state)


def _look_at(department: Department, initiative: Initiative, state: str) -> None:
    with assumed_day.on(day := datetime.date(2025, 12, 12)):
        clerk = department.actor(CLERK, day)
        if state == S.RETURNED:
            words = "Ghi rõ hiệu quả bằng số: mỗi lần tra trước đây mất bao lâu, nay bao lâu, bao nhiêu người đã dùng."
            initiatives.send_back(initiative, reason=words, until=datetime.date(2025, 12, 24), by=clerk)
            return
        initiatives.table(initiative, appraisal="Đã kiểm tra số liệu ở ba xã; chưa thấy sáng kiến trùng.", by=clerk)
    with assumed_day.on(day := datetime.date(2025, 12, 17)):
        minutes = Minutes("02/BB-HĐSK", datetime.date(2025, 12, 16), 6, 7)
        initiatives.endorse(initiative, minutes, scope="co_so", by=department.actor(CLERK, day))
        if state == S.RECOGNISED:
            signer = department.actor("giamdoc", day).person.code
            initiatives.recognise(initiative, number=1, on=day, signer=signer, by=department.actor(REGISTRY, day))
