"""Certificates of invented people and units, from a fixed seed: short and long names, long units, titles of two lines."""

import random
from datetime import date, timedelta

from bangvang.papers.certificates import CertificateFacts

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # as public codes
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "H’", "Y")
MIDDLE = ("Thị", "Văn", "Thị Minh", "Quang", "Hữu", "Thị Mỹ", "Đức", "Xuân", "Thuỳ", "Ngọc Quỳnh", "")
GIVEN = ("Khuê", "Ưởng", "Hạnh", "Tiễn", "Ngoãn", "Thạch", "Quỳnh", "Đạt", "Ý", "Ẩn", "Niê", "Vượng", "Oanh", "Nghĩa")
TITLES = ("Chuyên viên", "Chuyên viên chính", "Phó Trưởng phòng phụ trách", "Trưởng phòng", "Kế toán trưởng", "")
UNITS = (
    "Văn phòng Sở Tài chính",
    "Phòng Quản lý ngân sách, Sở Tài chính",
    "Phòng Quản lý giá và Công sản, Sở Tài chính tỉnh Sông Lam",
    "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và nông nghiệp tỉnh Sông Lam",
)
COLLECTIVES = (
    "Phòng Tổng hợp, Quy hoạch",
    "Trung tâm Hỗ trợ doanh nghiệp nhỏ và vừa, Xúc tiến đầu tư và Chuyển đổi số ngành Tài chính tỉnh Sông Lam",
)
AWARDS = ("Giấy khen", "Danh hiệu Chiến sĩ thi đua cơ sở", "Danh hiệu Lao động tiên tiến")
FOR_COLLECTIVES = ("Giấy khen", "Danh hiệu Tập thể Lao động xuất sắc")
DEEDS = (
    "Đã có thành tích xuất sắc trong thực hiện nhiệm vụ công tác năm 2026",
    "Đã hoàn thành xuất sắc nhiệm vụ, dẫn đầu phong trào thi đua “Kỷ cương, sáng tạo, giải ngân đúng hạn” năm 2026",
    "Đã có sáng kiến rút ngắn thời gian quyết toán của 38 xã từ mười một ngày còn bốn ngày, được Hội đồng sáng kiến "
    "của Sở công nhận và nhân rộng trong toàn ngành, góp phần hoàn thành kế hoạch giải ngân vốn đầu tư công năm 2026",
)
SIGNERS = (("Giám đốc", "Lê Quang Minh"), ("KT. Giám đốc\nPhó Giám đốc", "Hoàng Thị Mỹ Hạnh"))


def many(count: int, seed: int = 35) -> list[CertificateFacts]:
    """So many different certificates; codes of 128 bits."""
    fate = random.Random(seed)
    return [_one(fate, place) for place in range(1, count + 1)]


def _one(fate: random.Random, place: int) -> CertificateFacts:
    alone = fate.random() < 0.85
    name = " ".join(filter(None, (fate.choice(FAMILY), fate.choice(MIDDLE), fate.choice(GIVEN), fate.choice(GIVEN))))
    code = "".join(fate.choice(LETTERS) for _ in range(26))
    signer_title, signer_name = fate.choice(SIGNERS)
    return CertificateFacts(
        code="-".join(code[start : start + 5] for start in range(0, 26, 5)),
        honoured_name=name if alone else fate.choice(COLLECTIVES),
        honorific=fate.choice(("Ông", "Bà")) if alone else "",
        title=fate.choice(TITLES) if alone else "",
        unit=fate.choice(UNITS) if alone else "Sở Tài chính tỉnh Sông Lam",
        award_words=fate.choice(AWARDS if alone else FOR_COLLECTIVES),
        achievement=fate.choice(DEEDS),
        decision_number=f"{fate.randint(1, 900)}/QĐ-STC",
        decided_on=date(2026, 1, 5) + timedelta(days=fate.randint(0, 350)),
        place="Sông Lam",
        agency="Sở Tài chính",
        signer_title=signer_title,
        signer_name=signer_name,
        register_number=str(place),
        verify_url=f"https://thidua.songlam.example/kiem-tra/{code}/",
    )
