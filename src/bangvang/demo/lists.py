"""A list that came in from the archive and waits for the standing body: awards of two past years, with the usual slips."""

import datetime
import io

from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import CLERK, SentIn
from bangvang.intake import actions
from bangvang.intake.models import Batch

SENT_ON = datetime.date(2025, 12, 17)
NAME = "khen-thuong-2014-2015.xlsx"
HEAD = (
    "TT",
    "Họ và tên",
    "Giới tính",
    "Năm sinh",
    "Chức vụ",
    "Đơn vị",
    "Danh hiệu, hình thức",
    "Năm",
    "Quyết định (số, ngày)",
    "Ghi chú",
)
UNIT = "Phòng Quản lý ngân sách"
ROWS = (
    ("Đinh Thị Phương Thảo", "Nữ", 1983, "Chuyên viên", UNIT, "Lao động tiên tiến", 2014, "18/QĐ-STC ngày 12/01/2015", ""),
    ("Đinh Thị Phương Thảo", "Nữ", 1983, "Chuyên viên", UNIT, "CSTĐCS", "2O15", "21/QĐ-STC ngày 11/01/2016", ""),
    ("Nông Văn Toản", "Nam", 1956, "Kế toán trưởng", "Phòng Giá và Công sản", "LĐTT", 2014, "18/QĐ-STC ngày 12/01/2015", "nghỉ hưu 2016"),
    ("Lục Thị Bích", "", 1960, "Chuyên viên", "Phòng Thanh tra cũ", "Giấy khen", 2015, "21/QĐ-STC", "thiếu bản quyết định"),
    ("Cao Xuân Vĩnh", "Nam", "", "Chuyên viên", UNIT, "Bằng khen", 2015, "340/QĐ-UBND ngày 20/02/2016", ""),
)  # fmt: skip


def run(department: Department) -> None:
    """The standing body sends the list in; the worker reads its columns when the site is up."""
    with assumed_day.on(SENT_ON):
        upload = SentIn(NAME, _workbook())
        clerk = department.actor(CLERK, SENT_ON)
        actions.receive(upload, Batch.Kind.AWARDS, source="Kho lưu trữ của Sở", dossier=None, by=clerk)


def _workbook() -> bytes:
    import xlsxwriter  # a slow library that only the load needs

    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = book.add_worksheet("2014-2015")
    page.merge_range("A1:J1", "DANH SÁCH CÁ NHÂN ĐƯỢC KHEN THƯỞNG")
    page.write_row(2, 0, HEAD)
    page.write_row(3, 0, [f"({at})" for at in range(1, len(HEAD) + 1)])
    for place, row in enumerate(ROWS, start=1):
        page.write_row(3 + place, 0, [place, *row])
    page.write_row(5 + len(ROWS), 1, [f"Tổng cộng: {len(ROWS):02d} dòng"])
    book.close()
    return kept.getvalue()
