"""Papers invented for the tests: the province Sông Lam and its people do not exist."""

from dataclasses import replace

from bangvang.papers.blocks import (
    Annex,
    Column,
    Dashes,
    Header,
    IssueDate,
    Paper,
    Paragraph,
    Section,
    Signature,
    Table,
    Title,
)

HEADER = Header(
    parent="UBND tỉnh Sông Lam",
    agency="Sở Tài chính",
    symbol="KH-STC",
    place="Sông Lam",
    issued=IssueDate(2027),
)

PLAN = Paper(
    header=HEADER,
    title=Title("Kế hoạch", "Tổ chức phong trào thi đua “Mỗi đồng ngân sách một việc có ích” năm 2027"),
    bases=(
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        "Căn cứ Quy chế thi đua, khen thưởng của Sở Tài chính tỉnh Sông Lam",
    ),
    body=(
        Paragraph(
            "Sở Tài chính tỉnh Sông Lam ban hành Kế hoạch tổ chức phong trào thi đua năm 2027 trong toàn ngành, "
            "với những nội dung dưới đây."
        ),
        Section(
            "Mục đích, yêu cầu",
            (
                Section(
                    "Mục đích",
                    (
                        Paragraph(
                            "Mỗi phòng tìm ra một việc tốn kém mà ít tác dụng, bỏ việc ấy, dành phần tiền tiết kiệm "
                            "được cho việc người dân đang chờ; ghi lại cách làm để nơi khác dùng được ngay."
                        ),
                    ),
                ),
                Section(
                    "Yêu cầu",
                    (
                        Dashes(
                            (
                                "Mỗi đăng ký có số liệu đầu kỳ, cuối kỳ và người chịu trách nhiệm;",
                                "Không đặt chỉ tiêu theo đầu người; không làm thêm sổ sách riêng cho phong trào.",
                            )
                        ),
                    ),
                ),
            ),
        ),
        Section(
            "Nội dung thi đua",
            (
                Paragraph(
                    "Toàn ngành phấn đấu rút ngắn thời gian thẩm định và tiết kiệm chi thường xuyên theo bảng sau:"
                ),
                Table(
                    (
                        Column("STT", 0.6, "center"),
                        Column("Chỉ tiêu", 4),
                        Column("Đơn vị tính", 1.4, "center"),
                        Column("Năm 2026", 1.3, "right"),
                        Column("Năm 2027", 1.3, "right"),
                    ),
                    (
                        ("1", "Thời gian thẩm định một dự toán", "ngày", "12,5", "8"),
                        ("2", "Chi thường xuyên tiết kiệm được", "tỷ đồng", "1.033,9", "1.250"),
                        ("3", "Hồ sơ giải quyết trên mạng", "%", "78,4", "95"),
                    ),
                ),
                Section(
                    "Đối tượng tham gia",
                    (Section("Các phòng, đơn vị thuộc Sở;"), Section("Phòng Kinh tế các xã, phường.")),
                ),
            ),
        ),
        Section(
            "Tổ chức thực hiện",
            (
                Paragraph(
                    "Văn phòng Sở theo dõi, tổng hợp, báo cáo Giám đốc Sở trước ngày 15 tháng cuối quý. Trong quá "
                    "trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Văn phòng Sở để được hướng dẫn."
                ),
            ),
        ),
    ),
    signature=Signature("Phó Giám đốc", "Hoàng Thị Mỹ Hạnh", on_behalf=("KT. Giám đốc",)),
    recipients=("UBND tỉnh (để báo cáo)", "Giám đốc, các Phó Giám đốc Sở", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, VP"),
    annexes=(
        Annex(
            "Phân công thực hiện",
            (
                Table(
                    (
                        Column("STT", 0.5, "center"),
                        Column("Việc", 4),
                        Column("Chủ trì", 2),
                        Column("Xong trước ngày", 1.5, "center"),
                    ),
                    (
                        ("1", "Hướng dẫn đăng ký", "Văn phòng Sở", "15/01/2027"),
                        ("2", "Kiểm tra giữa năm", "Thanh tra Sở", "30/6/2027"),
                    ),
                ),
            ),
            landscape=True,
        ),
    ),
    seal="0123456789abcdef",
)


def plan_with(*blocks, **changes):
    """The plan with other contents, to see what the writers make of them."""
    return replace(PLAN, body=blocks, annexes=(), **changes)


SENTENCE = "Mỗi phòng tự chọn một việc nhỏ, làm cho xong trong quý và ghi lại kết quả bằng con số. "
