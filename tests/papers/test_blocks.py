from dataclasses import replace
from datetime import date

import pytest

from bangvang.papers.blocks import (
    ENDING,
    Annex,
    Column,
    Dashes,
    Header,
    IssueDate,
    Line,
    Paragraph,
    Section,
    Signature,
    Table,
    annex_heading,
    base_lines,
    body_lines,
    frame_lines,
    kept_with_signature,
    recipient_lines,
    roman,
    seal_line,
    words,
)
from tests.papers.samples import PLAN

GAP = "\u00a0" * 5


def test_frame_of_a_draft_leaves_number_and_day_open():
    assert list(frame_lines(PLAN.header).values()) == [
        "UBND TỈNH SÔNG LAM",
        "SỞ TÀI CHÍNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        f"Số: {GAP}/KH-STC",
        f"Sông Lam, ngày {GAP} tháng {GAP} năm 2027",
    ]


def test_frame_of_an_issued_paper_is_complete():
    header = replace(PLAN.header, number="7", issued=IssueDate.of(date(2027, 3, 5)))
    lines = frame_lines(header)
    assert (lines["number"], lines["date"]) == ("Số: 07/KH-STC", "Sông Lam, ngày 05 tháng 3 năm 2027")


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (IssueDate(), f"ngày {GAP} tháng {GAP} năm {GAP}"),
        (IssueDate(2027), f"ngày {GAP} tháng {GAP} năm 2027"),
        (IssueDate(2027, 2), f"ngày {GAP} tháng 02 năm 2027"),
        (IssueDate(2027, 11), f"ngày {GAP} tháng 11 năm 2027"),
        (IssueDate(2028, 2, 29), "ngày 29 tháng 02 năm 2028"),
    ],
)
def test_date_is_written_as_far_as_it_is_known(known, text):
    assert known.words() == text


@pytest.mark.parametrize("parts", [(2027, None, 5), (None, 3), (2027, 2, 29), (2027, 13)])
def test_date_that_cannot_be_is_refused(parts):
    with pytest.raises(ValueError, match=r"."):
        IssueDate(*parts)


def test_sections_are_numbered_by_depth():
    points = tuple(Section(f"điểm {n}") for n in range(7))
    blocks = (
        Paragraph("Mở đầu."),
        Section("Mục đích", (Section("Chung", points), Dashes(("một;", "hai.")))),
        Section("Tổ chức", (Section("Riêng", (Paragraph("Nội dung."),)),)),
    )
    assert body_lines(blocks) == (
        Line("paragraph", "Mở đầu."),
        Line("section", "I. MỤC ĐÍCH"),
        Line("subsection", "1. Chung"),
        *(Line("point", f"{letter}) điểm {n}") for n, letter in enumerate("abcdđeg")),
        Line("dash", "- một;"),
        Line("dash", "- hai."),
        Line("section", "II. TỔ CHỨC"),
        Line("subsection", "1. Riêng"),
        Line("paragraph", "Nội dung."),
    )


def test_fourth_depth_and_too_many_points_are_refused():
    with pytest.raises(ValueError, match="ba cấp"):
        body_lines((Section("I", (Section("1", (Section("a", (Section("-"),)),)),)),))
    with pytest.raises(ValueError, match="nhiều nhất 23 điểm"):
        body_lines((Section("I", (Section("1", tuple(Section("x") for _ in range(24))),)),))


@pytest.mark.parametrize("text", ["thực hiện", "thực hiện.", "thực hiện;", "thực hiện./.", "thực hiện ."])
def test_last_sentence_is_closed_once(text):
    assert body_lines((Paragraph(text),), ending=ENDING) == (Line("paragraph", "thực hiện./."),)


def test_ending_stands_alone_after_a_table():
    table = Table((Column("STT"),), (("1",),))
    assert body_lines((table,), ending=ENDING) == (table, Line("paragraph", "./."))


def test_lists_close_their_lines():
    assert base_lines(("Căn cứ A.", "Căn cứ B;", "Căn cứ C")) == ("Căn cứ A;", "Căn cứ B;", "Căn cứ C.")
    assert recipient_lines(("Như trên", "Như trên")) == ("- Như trên;", "- Như trên.")
    assert recipient_lines(()) == ()


def test_signer_in_the_place_of_another():
    signature = Signature("Phó Chánh Văn phòng", on_behalf=("TL. Giám đốc", "KT. Chánh Văn phòng"))
    assert signature.titles() == ("TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")
    with pytest.raises(ValueError, match="“Thay mặt Giám đốc” phải bắt đầu"):
        Signature("Phó Giám đốc", on_behalf=("Thay mặt Giám đốc",))


def test_annexes_are_numbered_only_if_there_are_several():
    belongs = f"(Kèm theo Kế hoạch số {GAP}/KH-STC ngày {GAP} tháng {GAP} năm 2027 của Sở Tài chính)"
    assert annex_heading(PLAN, 0) == ("Phụ lục", "PHÂN CÔNG THỰC HIỆN", belongs)
    two = replace(PLAN, annexes=(Annex("Một", ()), Annex("Hai", ())))
    assert annex_heading(two, 1) == ("Phụ lục II", "HAI", belongs)


def test_table_with_a_missing_cell_is_refused():
    with pytest.raises(ValueError, match="đủ số cột"):
        Table((Column("A"), Column("B")), (("1",),))


def test_seal_is_sixteen_hex_digits():
    assert seal_line(PLAN) == "Mã niêm: 0123456789abcdef"
    assert seal_line(replace(PLAN, seal="")) == ""
    with pytest.raises(ValueError, match="16 chữ số"):
        replace(PLAN, seal="0123")


def test_words_come_in_reading_order_without_the_open_places():
    spoken = " ".join(words(PLAN))
    assert spoken.startswith(
        "UBND TỈNH SÔNG LAM SỞ TÀI CHÍNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc "
        "Số: /KH-STC Sông Lam, ngày tháng năm 2027 KẾ HOẠCH Tổ chức phong trào thi đua"
    )
    assert spoken.count("./.") == 1


def test_roman_numbers():
    assert [roman(number) for number in (1, 4, 9, 14, 39)] == ["I", "IV", "IX", "XIV", "XXXIX"]
    with pytest.raises(ValueError, match="La Mã"):
        roman(40)


def test_short_last_lines_keep_their_neighbour():
    short, long = Line("paragraph", "Ngắn."), Line("paragraph", "dài " * 40)
    assert [kept_with_signature(flat) for flat in ((), (short,), (long, short), (short, long))] == [0, 1, 2, 1]


def test_header_without_a_parent_has_no_empty_words():
    assert frame_lines(Header(agency="Sở Tài chính", symbol="KH-STC", place="Sông Lam"))["parent"] == ""
