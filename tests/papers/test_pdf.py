"""The PDF measured on the page against NĐ 30/2020, Phụ lục I: where the ink is, in which font and size."""

from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest

from bangvang.papers import fonts, pdf
from bangvang.papers.blocks import Annex, Column, Paragraph, Section, Signature, Table
from bangvang.papers.frame import FRAME, MOTTO, bold_width
from tests.papers.readback import MM, pdf_pages, pdf_pieces, pdf_rules
from tests.papers.samples import PLAN, SENTENCE, plan_with

PENSTROKE = 0.4  # mm: rules are drawn with a pen, letters overshoot their boxes


@pytest.fixture(scope="module")
def plan():
    return pdf.write(PLAN)


@pytest.fixture(scope="module")
def thirty_pages():
    return pdf.write(plan_with(*(Section(f"Phần {n}", (Paragraph(SENTENCE * 30),)) for n in range(1, 16))))


def piece(content, text, page=0):
    (found,) = [item for item in pdf_pieces(content, page) if item.text.strip() == text]
    return found


def look(content, text, page=0):
    """Size, bold, italic of a piece of text."""
    found = piece(content, text, page)
    return found.size, "Bold" in found.font, "Italic" in found.font


def page_sizes(content):
    document = pypdfium2.PdfDocument(content)
    sizes = [tuple(round(side / MM) for side in document.get_page_size(number)) for number in range(len(document))]
    document.close()
    return sizes


def test_sheet_is_a4_and_the_annex_lies_on_its_side(plan):
    assert page_sizes(plan) == [(210, 297), (210, 297), (297, 210)]


def test_ink_keeps_the_margins_of_the_decree(thirty_pages):
    inked = [item for page in (1, 2, 3) for item in pdf_pieces(thirty_pages, page) if item.text.strip()]
    body = [item for item in inked if item.top > 15 and "Mã niêm" not in item.text]
    assert min(item.left for item in body) == pytest.approx(FRAME.left, abs=PENSTROKE)
    assert max(item.right for item in body) == pytest.approx(210 - FRAME.right, abs=1.2)
    assert min(item.top for item in body) >= 20 - PENSTROKE
    assert max(item.bottom for item in body) <= 297 - 20 + PENSTROKE


def test_frame_is_set_as_the_decree_asks(plan):
    assert look(plan, "UBND TỈNH SÔNG LAM") == (FRAME.parent_size, False, False)
    assert look(plan, "SỞ TÀI CHÍNH") == (FRAME.agency_size, True, False)
    assert look(plan, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == (FRAME.nation_size, True, False)
    assert look(plan, MOTTO) == (FRAME.motto_size, True, False)
    assert look(plan, "Số:") == (13, False, False)
    assert look(plan, "Sông Lam, ngày") == (FRAME.date_size, False, True)
    assert look(plan, "KẾ HOẠCH") == (FRAME.title_size, True, False)
    assert look(plan, f"{PLAN.bases[0]};") == (FRAME.body_size, False, True)
    assert look(plan, "I. MỤC ĐÍCH, YÊU CẦU") == (FRAME.body_size, True, False)
    assert look(plan, "1. Mục đích") == (FRAME.body_size, True, False)
    assert look(plan, "a) Các phòng, đơn vị thuộc Sở;") == (FRAME.body_size, False, False)


def test_number_and_date_stand_on_one_line(plan):
    assert piece(plan, "Số:").bottom == pytest.approx(piece(plan, "Sông Lam, ngày").bottom, abs=1.0)
    assert piece(plan, "UBND TỈNH SÔNG LAM").right < piece(plan, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").left


def test_rules_are_as_long_as_the_decree_asks(plan):
    agency, motto = sorted(pdf_rules(plan, 0)[:2], key=lambda rule: rule.left)
    words_of_motto, words_of_agency = piece(plan, MOTTO), piece(plan, "SỞ TÀI CHÍNH")
    assert motto.left == pytest.approx(words_of_motto.left, abs=0.6)
    assert motto.right == pytest.approx(words_of_motto.right, abs=0.6)
    assert 0 < motto.y - words_of_motto.bottom < 2
    assert 1 / 3 <= agency.length / (words_of_agency.right - words_of_agency.left) <= 1 / 2


@pytest.mark.skipif(fonts.chosen_face().family == "Noto Serif", reason="no font with the widths of Times is installed")
@pytest.mark.parametrize("text", [MOTTO, "SỞ TÀI CHÍNH", "PHÓ GIÁM ĐỐC"])
def test_table_of_widths_is_that_of_the_font(plan, text):
    found = piece(plan, text, page=1 if text == "PHÓ GIÁM ĐỐC" else 0)
    assert bold_width(text, found.size) == pytest.approx(found.right - found.left, abs=0.6)


def test_page_number_is_centred_in_the_top_margin_but_not_on_the_first_page(thirty_pages):
    assert [item for item in pdf_pieces(thirty_pages, 0) if item.bottom < 19] == []
    for page in range(1, len(page_sizes(thirty_pages))):
        (number,) = [item for item in pdf_pieces(thirty_pages, page) if item.bottom < 19]
        assert (number.text, number.size) == (str(page + 1), FRAME.page_number_size)
        assert (number.left + number.right) / 2 == pytest.approx((FRAME.left + 210 - FRAME.right) / 2, abs=PENSTROKE)
        assert number.top >= 9


def test_annex_counts_its_own_pages():
    rows = tuple((str(n), SENTENCE) for n in range(120))
    annex = pdf.write(plan_with_annex(rows))
    tops = [[item.text for item in pdf_pieces(annex, page) if item.bottom < 19] for page in range(5)]
    assert tops == [[], [], ["2"], ["3"], ["4"]]


def plan_with_annex(rows):
    table = Table((Column("STT"), Column("Việc", 5)), rows)
    return replace(plan_with(Paragraph("Ngắn.")), annexes=(Annex("Một", (table,)), Annex("Hai", (table,))))


def test_signature_leaves_room_for_stamp_and_pen(plan):
    title, name = piece(plan, "PHÓ GIÁM ĐỐC", 1), piece(plan, "Hoàng Thị Mỹ Hạnh", 1)
    assert name.top - title.bottom >= 30
    assert [title.size, name.size, "Bold" in title.font, "Bold" in name.font] == [14, 14, True, True]
    assert look(plan, "Nơi nhận:", 1) == (12, True, True)
    assert look(plan, "- Lưu: VT, VP.", 1) == (11, False, False)
    assert piece(plan, "Nơi nhận:", 1).left == pytest.approx(FRAME.left, abs=PENSTROKE)
    first_title = piece(plan, "KT. GIÁM ĐỐC", 1)
    assert piece(plan, "Nơi nhận:", 1).top == pytest.approx(first_title.top, abs=1.5)


@pytest.mark.parametrize("last", [SENTENCE * 40, SENTENCE * 2, "Ngắn."])
def test_signer_never_stands_on_a_page_with_less_than_two_lines(last):
    above = []
    for lines in range(12, 26):
        pages = pdf_pages(pdf.write(plan_with(*[Paragraph("Một dòng.")] * lines, Paragraph(last))))
        (page,) = [text for text in pages if "Nơi nhận" in text]
        assert "Hoàng Thị Mỹ Hạnh" in page
        above.append(len(page.split("Nơi nhận")[0].split("\r\n")) - 1)
    assert min(above) >= 2


def test_table_of_300_rows_repeats_its_titles_on_every_page():
    rows = tuple((f"{number:03}", f"Đơn vị {number:03}", "98,5") for number in range(1, 301))
    table = Table((Column("STT", 1, "center"), Column("Tên đơn vị", 4), Column("Điểm", 1, "right")), rows)
    pages = pdf_pages(pdf.write(plan_with(table, Paragraph("Hết"))))
    with_rows = [page for page in pages if "Đơn vị " in page]
    assert len(with_rows) >= 8
    assert [page.count("Tên đơn vị") for page in with_rows] == [1] * len(with_rows)
    printed = [line.split()[0] for page in pages for line in page.splitlines() if "98,5" in line]
    assert printed == [row[0] for row in rows]


def test_seal_stands_at_the_foot_of_every_page(plan):
    for page, (_, height) in enumerate(page_sizes(plan)):
        seal = piece(plan, "Mã niêm: 0123456789abcdef", page)
        assert height - FRAME.bottom < seal.top < seal.bottom < height - 5


def test_font_is_embedded_and_has_every_vietnamese_letter(plan):
    face = fonts.chosen_face()
    assert {item.font.split("+")[1].split("-")[0] for item in pdf_pieces(plan, 0)} == {face.family.replace(" ", "")}
    for complete in (face, fonts.packaged_face()):
        assert fonts.letters_of_face(complete) >= fonts.VIETNAMESE_LETTERS
    assert len(fonts.VIETNAMESE_LETTERS) == 146


def test_a_file_that_is_no_font_has_no_letters(tmp_path):
    file = tmp_path / "not.ttf"
    file.write_bytes(b"not a font at all")
    assert fonts.letters_of(file) == frozenset()


def test_file_names_its_maker_and_the_moment_given():
    content = pdf.write(PLAN, made_at=datetime(2027, 2, 5, 7, 30, tzinfo=UTC))
    document = pypdfium2.PdfDocument(content)
    facts = document.get_metadata_dict()
    document.close()
    assert (facts["Author"], facts["Title"]) == ("Sở Tài chính", f"Kế hoạch {PLAN.title.abstract}")
    assert facts["CreationDate"] == facts["ModDate"] == "D:20270205073000Z"


def test_several_signers_are_level_and_the_recipients_below():
    beside = (Signature("Uỷ viên", "Kim Ngọc Ánh"), Signature("Uỷ viên ban", "Y Blao Niê"))
    drawn = pdf.write(plan_with(Paragraph("Hết"), beside=beside, signature=Signature("Trưởng ban", "Mai Văn Sáng")))
    titles = [piece(drawn, text, 0) for text in ("UỶ VIÊN", "UỶ VIÊN BAN", "TRƯỞNG BAN")]
    names = [piece(drawn, text, 0) for text in ("Kim Ngọc Ánh", "Y Blao Niê", "Mai Văn Sáng")]
    assert len({round(one.bottom) for one in titles}) == 1
    assert [one.left for one in titles] == sorted(one.left for one in titles)
    for title, name in zip(titles, names, strict=True):
        assert name.top - title.bottom >= 30
        assert (name.left + name.right) / 2 == pytest.approx((title.left + title.right) / 2, abs=PENSTROKE)
    assert piece(drawn, "Nơi nhận:", 0).top > max(one.bottom for one in names)
