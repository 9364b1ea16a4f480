"""Lists as officials make them: the head is found by meaning, rows keep their number and cells."""

import datetime
import io
import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import xlsxwriter

from bangvang.reading import child
from bangvang.reading.refusal import Refusal, RefusedFile
from bangvang.reading.roster.columns import mapped, meanings_of
from bangvang.reading.roster.table import heads_of, rows_of


def messy(path: Path) -> Path:
    """Titles, a head in two rows, numbers of columns, groups, a head that comes again, totals, a foot, a day and NFD."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    page = book.add_worksheet("2023")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    page.merge_range("A1:I1", "DANH SÁCH CÁ NHÂN ĐƯỢC TẶNG DANH HIỆU NĂM 2023")
    page.merge_range("A2:I2", "(Kèm theo Quyết định số 12/QĐ-STC ngày 10 tháng 01 năm 2024 của Giám đốc Sở Tài chính)")
    for at, words in ((0, "TT"), (1, "Họ và tên"), (4, "Chức vụ"), (5, "Đơn vị"), (6, "Danh hiệu thi đua")):
        page.merge_range(4, at, 5, at, words)
    page.merge_range(4, 2, 4, 3, "Năm sinh")
    page.write_row(5, 2, ["Nam", "Nữ"])
    page.merge_range(4, 7, 4, 8, "Quyết định")
    page.write_row(5, 7, ["Số", "Ngày"])
    page.write_row(6, 0, [f"({at})" for at in range(1, 10)])
    page.write_row(7, 0, ["I", "Văn phòng"])
    page.write_row(8, 0, [1, "Nguyễn  Thị Lan", "", 1980, "Chuyên viên", "", "LĐTT", "12/QĐ-STC"])
    page.write_datetime(8, 8, datetime.datetime(2024, 1, 10), day)
    page.write_row(9, 0, [2, unicodedata.normalize("NFD", "Trần Văn Bình"), "1979", "", "", "", "CSTĐCS"])
    page.write_row(10, 0, ["TT", "Họ và tên", "Năm sinh", "", "Chức vụ", "Đơn vị", "Danh hiệu thi đua", "Quyết định"])
    page.write_row(11, 2, ["Nam", "Nữ"])
    page.write_row(12, 0, ["II", "Phòng Kế toán"])
    page.write_row(13, 0, [3, "Ông Lê Quang Minh", "", "", "", "", "LĐTT"])
    page.write_row(14, 0, ["", "Tổng cộng: 03 người"])
    page.write_row(16, 1, ["Nơi nhận:"])
    page.write_row(17, 1, ["- Như trên;"])
    hidden = book.add_worksheet("DanhMuc")
    hidden.write_row(0, 0, ["Họ và tên", "Danh hiệu"])
    hidden.hide()
    book.close()
    path.write_bytes(kept.getvalue())
    return path


def test_a_messy_sheet(tmp_path: Path) -> None:
    path = messy(tmp_path / "a.xlsx")
    (head,) = heads_of(path)
    assert [column.meaning for column in head.columns] == [
        "number", "name", "male_born", "female_born", "title", "unit", "award", "paper_number", "paper_on",
    ]  # fmt: skip
    assert (head.rows, head.defaults) == (
        [5, 6],
        {"paper_number": "12/QĐ-STC", "paper_on": "2024-01-10", "issuer": "Giám đốc Sở Tài chính", "year": "2023"},
    )
    rows = [row for _, row in rows_of(path)]
    assert [(row.number, row.section, row.cells[1]) for row in rows] == [
        (9, "Văn phòng", "Nguyễn Thị Lan"),
        (10, "Văn phòng", "Trần Văn Bình"),
        (14, "Phòng Kế toán", "Ông Lê Quang Minh"),
    ]
    assert rows[0].cells[8] == "10/01/2024"


def test_a_table_of_word(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Danh sách đề nghị khen thưởng năm 2024")
    table = document.add_table(rows=0, cols=4)
    for cells in (("STT", "Họ và tên", "Đơn vị", "Danh hiệu"), ("1", "Lê Thị Hoa", "Văn phòng", "LĐTT")):
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    document.save(str(tmp_path / "a.docx"))

    (head,) = heads_of(tmp_path / "a.docx")
    assert (head.defaults, [row.cells for _, row in rows_of(tmp_path / "a.docx")]) == (
        {"year": "2024"},
        [["1", "Lê Thị Hoa", "Văn phòng", "LĐTT"]],
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_and_pasted_cells(tmp_path: Path, separator: str) -> None:
    lines = (("STT", "Họ và tên", "Danh hiệu"), ("1", "Lê Thị Hoa", "LĐTT"), ("2", "Vũ Văn An", "CSTĐCS"))
    path = tmp_path / "a.csv"
    path.write_text("\n".join(separator.join(cells) for cells in lines), encoding="utf-8-sig")
    assert [row.cells[1] for _, row in rows_of(path)] == ["Lê Thị Hoa", "Vũ Văn An"]


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("Họ và tên", "name"), ("HỌ, TÊN", "name"), ("Năm", "year"), ("Năm sinh", "born"), ("Năm sinh Nữ", "female_born"),
        ("Số, ngày, tháng, năm Quyết định", "paper"), ("Số QĐ", "paper_number"), ("Đơn vị công tác", "unit"),
        ("Danh hiệu thi đua, hình thức khen thưởng", "award"), ("Số CCCD", "private"), ("Tổng số phiếu", "votes_total"),
        ("Kết quả xếp loại", "grade"), ("Cơ quan ban hành", "issuer"), ("Ghi chú", "note"),
    ],
)  # fmt: skip
def test_titles_and_their_meanings(title: str, meaning: str) -> None:
    assert max(meanings_of(title).items(), key=lambda found: found[1])[0] == meaning


def test_a_man_is_no_year() -> None:
    columns = mapped(["Họ và tên", "Nam", "Năm"], [["Lê Hoa", "x", "2023"]])
    assert [column.meaning for column in columns] == ["name", "", "year"]


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Kính gửi các phòng,\nĐề nghị gửi báo cáo trước ngày 20.", encoding="utf-8")
    with pytest.raises(RefusedFile) as refused:
        heads_of(path)
    assert refused.value.refusal.code == "no_rows"


def test_the_child_streams_and_can_be_left_early(tmp_path: Path) -> None:
    path = messy(tmp_path / "a.xlsx")
    heads = child.read_heads(path)
    assert not isinstance(heads, Refusal)
    parts = [part for part in child.stream_rows(path) if not isinstance(part, Refusal)]
    assert [(part["sheet"], [row[0] for row in part["rows"]]) for part in parts] == [(0, [9, 10, 14])]
    reader = child.LimitedChild()
    stream = reader.stream("stream_rows", path)
    next(stream)
    stream.close()
    assert reader.pid() is None
    assert not isinstance(reader.ask("inspect", path), Refusal)
    reader.stop()
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(path.read_bytes()[:900])
    assert [part.code for part in child.stream_rows(broken) if isinstance(part, Refusal)] == ["damaged"]


def test_the_command_prints_json(tmp_path: Path) -> None:
    path = messy(tmp_path / "a.xlsx")
    words = [sys.executable, "-m", "bangvang.reading.roster", "read", str(path), "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    (sheet,) = json.loads(done.stdout)["sheets"]
    assert (done.returncode, sheet["rows"][1]["cells"][1], sheet["rows"][2]["section"]) == (
        0,
        "Trần Văn Bình",
        "Phòng Kế toán",
    )
    done = subprocess.run([*words[:-2], str(tmp_path / "none"), "--json"], capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["error"]) == (2, "not_found")
