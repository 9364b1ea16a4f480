"""Lists that came in from the archive, with the usual slips: one waits for its columns to be agreed on, one was checked and has
rows in trouble and people in question, one can be written."""

import datetime
import io

from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import CLERK, SentIn
from bangvang.intake import actions
from bangvang.intake.models import Batch
from bangvang.kernel import leases
from bangvang.kernel.models import JobLease

SENT_ON = datetime.date(2025, 12, 17)
WAITING, TROUBLED, READY = "khen-thuong-2014-2015.xlsx", "khen-thuong-2012.xlsx", "khen-thuong-2013.xlsx"
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
EARLY, ELDER = "14/QĐ-STC ngày 15/01/2013", "16/QĐ-STC ngày 14/01/2014"
ROWS = {
    WAITING: (
        ("Đinh Thị Phương Thảo", "Nữ", 1983, "Chuyên viên", UNIT, "Lao động tiên tiến", 2014, "18/QĐ-STC ngày 12/01/2015", ""),
        ("Đinh Thị Phương Thảo", "Nữ", 1983, "Chuyên viên", UNIT, "CSTĐCS", "2O15", "21/QĐ-STC ngày 11/01/2016", ""),
        ("Nông Văn Toản", "Nam", 1956, "Kế toán trưởng", "Phòng Giá và Công sản", "LĐTT", 2014, "18/QĐ-STC ngày 12/01/2015", "nghỉ hưu 2016"),
        ("Lục Thị Bích", "", 1960, "Chuyên viên", "Phòng Thanh tra cũ", "Giấy khen", 2015, "21/QĐ-STC", "thiếu bản quyết định"),
        ("Cao Xuân Vĩnh", "Nam", "", "Chuyên viên", UNIT, "Bằng khen", 2015, "340/QĐ-UBND ngày 20/02/2016", ""),
    ),
    TROUBLED: (
        ("Phan Thị Hoài Ân", "Nữ", 1984, "Chuyên viên", UNIT, "Lao động tiên tiến", 2012, EARLY, ""),
        ("Hồ Trường Sơn", "Nam", 1977, "Chuyên viên", UNIT, "Lao động tiên tiến", 2021, EARLY, "năm ghi nhầm"),
        ("Phạm Thị Lan", "Nữ", "", "Chuyên viên", "Phòng Ngân sách xã", "Lao động tiên tiến", 2012, EARLY, ""),
        ("Lê Thị Diệu Hiền", "Nữ", 1985, "Chuyên viên", UNIT, "Danh hiệu thợ giỏi", 2012, EARLY, ""),
    ),
    READY: (
        ("Phan Thị Hoài Ân", "Nữ", 1984, "Chuyên viên", UNIT, "Lao động tiên tiến", 2013, ELDER, ""),
        ("Cao Xuân Vinh", "Nam", 1986, "Chuyên viên", UNIT, "Lao động tiên tiến", 2013, ELDER, ""),
        ("Lê Thị Diệu Hiền", "Nữ", 1985, "Chuyên viên", UNIT, "Giấy khen", 2013, ELDER, ""),
    ),
}  # fmt: skip


def run(department: Department) -> None:
    """The standing body sends the lists in. The worker reads the columns of the first when the site is up."""
    with assumed_day.on(SENT_ON):
        _received(department, WAITING)
        for name in (TROUBLED, READY):
            _checked(department, _received(department, name))


def _received(department: Department, name: str) -> Batch:
    clerk = department.actor(CLERK, SENT_ON)
    upload = SentIn(name, _workbook(name))
    return actions.receive(upload, Batch.Kind.AWARDS, source="Kho lưu trữ của Sở", dossier=None, by=clerk)


def _checked(department: Department, batch: Batch) -> None:
    """The machine reads the columns, the standing body agrees with what it offers, the machine looks at every row."""
    _worked_off("intake.read", batch)
    actions.agree(batch, batch.mapping, batch.defaults, version=batch.version, by=department.actor(CLERK, SENT_ON))
    _worked_off("intake.stage", batch)


def _worked_off(job: str, batch: Batch) -> None:
    lease = JobLease.objects.filter(job=job, done_at__isnull=True).latest("pk")
    leases.work.call(lease.pk)
    batch.refresh_from_db()


def _workbook(name: str) -> bytes:
    import xlsxwriter  # a slow library that only the load needs

    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = book.add_worksheet("Danh sách")
    page.merge_range("A1:J1", "DANH SÁCH CÁ NHÂN ĐƯỢC KHEN THƯỞNG")
    page.write_row(2, 0, HEAD)
    page.write_row(3, 0, [f"({at})" for at in range(1, len(HEAD) + 1)])
    for place, row in enumerate(ROWS[name], start=1):
        page.write_row(3 + place, 0, [place, *row])
    page.write_row(5 + len(ROWS[name]), 1, [f"Tổng cộng: {len(ROWS[name]):02d} dòng"])
    book.close()
    return kept.getvalue()
