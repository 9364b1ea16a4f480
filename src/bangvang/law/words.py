"""What the book says, in sentences of the office: one for each aspect, and the names of doors, papers and subjects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bangvang.law.provisions import (
    Authority,
    Cap,
    Consultation,
    Dossier,
    Form,
    PartyOpinion,
    Prize,
    Publication,
    Quorum,
    Simplified,
    Spacing,
    Submission,
    Vote,
)
from bangvang.law.sources import Provision
from bangvang.law.years import GRADE_LABELS

ASPECTS = {
    "criteria:person": "Tiêu chuẩn, cá nhân",
    "criteria:collective": "Tiêu chuẩn, tập thể",
    "criteria:household": "Tiêu chuẩn, hộ gia đình",
    "cap": "Tỷ lệ khống chế",
    "authority": "Thẩm quyền quyết định",
    "vote": "Biểu quyết của Hội đồng",
    "quorum": "Số thành viên dự họp",
    "dossier": "Hồ sơ",
    "form": "Mẫu báo cáo",
    "submission": "Hạn trình",
    "publication": "Lấy ý kiến công khai",
    "consultation": "Hiệp y",
    "party_opinion": "Ý kiến cấp uỷ",
    "spacing": "Khoảng cách giữa hai lần khen",
    "simplified": "Thủ tục đơn giản",
    "money": "Tiền thưởng",
}
"""Aspect → its heading, in the order of a page."""
SUBJECTS = {"person": "cá nhân", "collective": "tập thể", "household": "hộ gia đình"}
DOORS = {
    "cluster": "Dẫn đầu cụm, khối thi đua",
    "contribution": "Đóng góp",
    "dot_xuat": "Thành tích đột xuất",
    "ladder": "Công trạng, nối tiếp lần khen trước",
    "local": "Quy định riêng",
    "merit": "Công trạng",
    "merit_grades": "Công trạng, theo xếp loại và sáng kiến",
    "merit_titles": "Công trạng, theo danh hiệu thi đua",
    "movement": "Phong trào thi đua",
    "service": "Quá trình cống hiến, niên hạn",
    "workers_farmers": "Công nhân, nông dân",
    "yearly": "Xét hằng năm",
}
PARTS = {
    "to_trinh": "tờ trình",
    "bao_cao_thanh_tich": "báo cáo thành tích",
    "bao_cao_tom_tat": "báo cáo tóm tắt thành tích",
    "bien_ban_binh_xet": "biên bản bình xét",
    "bien_ban_xet_khen_thuong": "biên bản xét khen thưởng",
    "chung_nhan_sang_kien": "chứng nhận sáng kiến",
    "chung_nhan_sang_kien_hoac_xac_nhan_HTXSNV": "chứng nhận sáng kiến hoặc xác nhận hoàn thành xuất sắc nhiệm vụ",
}
CASES = {
    "bi_mat_nha_nuoc": "có nội dung bí mật nhà nước",
    "cong_hien_nien_han_doi_ngoai": "cống hiến, niên hạn, đối ngoại",
    "dot_xuat_dung_cam_giai_quoc_te": "đột xuất, dũng cảm cứu người, giải quốc tế",
    "nguoi_dung_dau_phat_hien": "người đứng đầu phát hiện",
    "nhiem_vu_chinh_tri_kip_thoi": "nhiệm vụ chính trị, cần khen kịp thời",
    "thanh_tich_dot_xuat": "thành tích đột xuất",
    "thanh_tich_ro_rang": "thành tích rõ ràng",
    "yeu_cau_chinh_tri_kip_thoi": "yêu cầu chính trị, cần khen kịp thời",
}
EXCEPTIONS = {"education": "giáo dục"}


def sentence(provision: Provision) -> str:
    """What a provision says. What is only suggested says so, and so does what nobody has found."""
    said = _SAY[type(provision.says)](provision.says)
    if provision.source == "open":
        hint = f" Thông lệ: {said[:1].lower()}{said[1:]}" if said else ""
        return f"Nơi ban hành tự quy định; chưa nạp quy định riêng nào.{hint}"
    return said or "Chưa tìm thấy quy định."


def _cap(says: Cap) -> str:
    if says.at_most_percent is None:
        return "Không có tỷ lệ khống chế."
    return f"Không quá {says.at_most_percent} % số {says.of}" + (
        f"; {says.set_by} quy định mức." if says.set_by else "."
    )


def _vote(says: Vote) -> str:
    if says.at_least_percent is None and says.more_than_percent is None:
        return ""
    share = f"Từ {says.at_least_percent} %" if says.at_least_percent is not None else f"Quá {says.more_than_percent} %"
    ballot = "bỏ phiếu kín" if says.secret else "biểu quyết"
    return f"{share} tổng số thành viên Hội đồng đồng ý, {ballot}; người vắng gửi ý kiến bằng văn bản."


def _quorum(says: Quorum) -> str:
    parts = [f"có ít nhất {says.attend_at_least} số thành viên dự"] if says.attend_at_least else []
    if says.awards_attend_at_least_percent:
        parts.append(f"khi xét khen thưởng có từ {says.awards_attend_at_least_percent} % trở lên")
    return f"Họp khi {'; '.join(parts)}." if parts else ""


def _authority(says: Authority) -> str:
    return f"{says.who}."


def _number(value: Any) -> str:
    return str(value).replace(".", ",")


def _money(says: Prize) -> str:
    most = "Không quá " if says.at_most else ""
    parts = [f"{most}{_number(says.times)} lần mức lương cơ sở"]
    if says.collective_times:
        parts.append(f"tập thể gấp {_number(says.collective_times)}")
    if says.household_times:
        parts.append(f"hộ gia đình gấp {_number(says.household_times)}")
    return "; ".join(parts) + "."


def _papers(parts: tuple[str, ...], copies: int | None) -> str:
    words = ", ".join(PARTS[part] for part in parts)
    return words[:1].upper() + words[1:] + (f"; {copies:02d} bộ" if copies else "; số bộ do nơi nhận quy định")


def _dossier(says: Dossier) -> str:
    return _papers(says.parts, says.copies) + (f"; bản điện tử: {says.electronic}." if says.electronic else ".")


def _form(says: Form) -> str:
    return f"Mẫu {says.number}: {says.name}."


def _day(month_and_day: str) -> str:
    month, day = month_and_day.split("-")
    return f"{day}/{month}"


def _submission(says: Submission) -> str:
    if not says.last_day:
        return ""
    year = {0: "của", 1: "năm sau năm của"}.get(says.years_after, f"{says.years_after} năm sau năm của")
    if says.counted_from == "năm xét":
        year = {0: "năm xét", 1: "năm sau năm xét"}.get(says.years_after, f"{says.years_after} năm sau năm xét")
        counted = ""
    else:
        counted = f" {says.counted_from}"
    extra = (
        f"; ngành {EXCEPTIONS[says.except_for]}: hết ngày {_day(says.except_last_day)}"
        if says.except_for and says.except_last_day
        else ""
    )
    return f"Hết ngày {_day(says.last_day)} {year}{counted}{extra}."


def _publication(says: Publication) -> str:
    if not says.required:
        return "Không phải lấy ý kiến công khai."
    if says.working_days:
        return f"Công khai danh sách từ {says.working_days} ngày làm việc trở lên trước khi Hội đồng họp."
    return "Công khai danh sách trước khi trình."


def _consultation(says: Consultation) -> str:
    reply = f" Trả lời trong {says.reply_working_days} ngày làm việc." if says.reply_working_days else ""
    return f"Lấy ý kiến: {'; '.join(says.ask)}.{reply}"


def _party(says: PartyOpinion) -> str:
    return f"{says.body} cho ý kiến trước khi trình."


def _spacing(says: Spacing) -> str:
    years = ", ".join(f"{number:02d}" for number in says.years)
    return f"Cách lần khen trước {years} năm (theo hạng), mỗi năm từ “{GRADE_LABELS[says.lowest_grade]}” trở lên."


def _simplified(says: Simplified) -> str:
    return f"Khi {', '.join(CASES[case] for case in says.cases)}. Hồ sơ: {_lowered(_papers(says.parts, says.copies))}."


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


_SAY: dict[type[Any], Callable[[Any], str]] = {
    Cap: _cap,
    Vote: _vote,
    Quorum: _quorum,
    Authority: _authority,
    Prize: _money,
    Dossier: _dossier,
    Form: _form,
    Submission: _submission,
    Publication: _publication,
    Consultation: _consultation,
    PartyOpinion: _party,
    Spacing: _spacing,
    Simplified: _simplified,
}
