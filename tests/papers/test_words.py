"""Whatever a paper says, the Word file and the PDF say it too: nothing is lost, doubled or read as markup."""

import io
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from bangvang.papers import docx, fonts, pdf
from bangvang.papers.blocks import (
    Annex,
    Article,
    Column,
    Dashes,
    Enacting,
    Paragraph,
    Section,
    Signature,
    Table,
    Title,
    words,
)
from tests.papers.readback import docx_words, pdf_pages, pdf_words
from tests.papers.samples import PLAN, SENTENCE, plan_with

HOSTILE = (
    '#sys.inputs #set text(red) #eval("1+1") #import "x"',
    "*đậm* _nghiêng_ `mã` $x^2$ <b>đậm</b> &amp; ]]> <!-- x -->",
    "\\n \\u{41} \\ // không phải chú thích /* cũng không */ ~ @nguồn <nhãn> = đề mục",
    "1. số + dấu - gạch / chéo \"thẳng\" 'đơn' -- --- ... {{ mẫu }} {% if %} [ngoặc] (tròn)",
    "=SUM(A1:A9) +cmd|' /C calc'!A0 @x w:t xml:space",
)
letters = st.text(alphabet="aăâđêôơưẾỘỰ#*_$<>&\\/[]{}()\"'`~@=+-;,.0123456789", min_size=1, max_size=18)
sentences = st.lists(letters, min_size=1, max_size=30).map(" ".join)


def solid(spoken):
    """The words without the spaces between them: a word longer than a line is broken in print."""
    return "".join(spoken).replace("\u200b", "").replace("\ufffe", "-").replace("\x02", "-")


def long_plan():
    """About twelve pages of sections and lists; no table, whose titles are printed again on its next page."""
    inner = (
        Section("Nội dung", (Paragraph(SENTENCE * 6), Dashes((SENTENCE * 2,) * 3))),
        Section("Cách làm", (Paragraph(SENTENCE * 9),)),
    )
    return plan_with(*(Section(f"Nhóm việc thứ {n}", inner) for n in range(1, 14)))


def test_plan_says_the_same_three_times():
    assert docx_words(docx.write(PLAN)) == words(PLAN)
    assert pdf_words(pdf.write(PLAN)) == words(PLAN)


def test_plan_of_twelve_pages_says_the_same_three_times():
    plan = long_plan()
    drawn = pdf.write(plan)
    assert 11 <= len(pdf_pages(drawn)) <= 14
    assert pdf_words(drawn) == words(plan)
    assert docx_words(docx.write(plan)) == words(plan)


def test_several_annexes_say_the_same_three_times():
    annexes = tuple(
        Annex(f"Bảng {n}", (Section("Phần", (Paragraph(SENTENCE),)),), landscape=n % 2 == 0) for n in range(4)
    )
    plan = replace(PLAN, annexes=annexes)
    assert pdf_words(pdf.write(plan)) == words(plan) == docx_words(docx.write(plan))


def test_a_decision_says_the_same_three_times_with_its_articles_counted():
    decision = replace(
        PLAN,
        title=Title("Quyết định", "Về việc tặng Giấy khen năm 2026", "Giám đốc Sở Tài chính"),
        body=(Enacting("Quyết định:"), *(Article(f"{SENTENCE}Lần {n}.") for n in (1, 2, 3))),
    )
    drawn = docx.write(decision)
    assert pdf_words(pdf.write(decision)) == words(decision) == docx_words(drawn)
    spoken = " ".join(words(decision))
    assert [spoken.count(part) for part in ("GIÁM ĐỐC SỞ TÀI CHÍNH", "QUYẾT ĐỊNH:", "Điều 3.", "Điều 4.")] == [
        1,
        1,
        1,
        0,
    ]
    runs = [
        (run.text, run.font.bold)
        for line in Document(io.BytesIO(drawn)).paragraphs
        for run in line.runs
        if "Điều" in run.text
    ]
    assert runs == [(f"Điều {n}.", True) for n in (1, 2, 3)]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_any_place_stays_text(text):
    table = Table((Column(text), Column("B")), ((text, text),))
    plan = replace(
        plan_with(Paragraph(text), Section(text, (Dashes((text,)), table)), Paragraph(text)),
        header=replace(PLAN.header, place=text, agency=text, parent=text),
        title=replace(PLAN.title, abstract=text),
        bases=(text,),
        recipients=(text,),
        signature=replace(PLAN.signature, name=text),
        annexes=(Annex(text, (Paragraph(text),)),),
    )
    assert solid(docx_words(docx.write(plan))) == solid(words(plan))
    assert solid(pdf_words(pdf.write(plan))) == solid(words(plan))


@settings(max_examples=25, deadline=None)
@given(sentences)
def test_any_sentence_stays_text(text):
    plan = plan_with(Paragraph(text), Paragraph("Hết"))
    assert docx_words(docx.write(plan)) == words(plan)
    assert solid(pdf_words(pdf.write(plan))) == solid(words(plan))


@pytest.mark.parametrize("text", [SENTENCE * 34, "đ" * 3000, "Ằ" * 500, "a-" * 300, "x" * 200 + " " + "ngắn " * 20])
def test_long_paragraphs_and_endless_words_are_printed_whole(text):
    plan = plan_with(Paragraph(text), Paragraph("Hết"))
    assert docx_words(docx.write(plan)) == words(plan)
    assert solid(pdf_words(pdf.write(plan))) == solid(words(plan))


def test_row_taller_than_a_page_is_printed_whole():
    table = Table((Column("A"), Column("B", 9)), (("Z" * 900, "b"), ("c", "W " * 4000)))
    plan = plan_with(table, Paragraph("Hết"))
    printed = "".join(pdf_pages(pdf.write(plan)))
    assert (printed.count("Z"), printed.count("W")) == (900, 4000)
    assert docx_words(docx.write(plan)) == words(plan)


def test_characters_that_no_file_can_hold_are_left_out():
    plan = plan_with(Paragraph("Alpha\x00\x07\x0c be\ufffeta\ud800 gam\nma\tdelta"), Paragraph("Hết"))
    assert docx_words(docx.write(plan)) == words(plan) == pdf_words(pdf.write(plan))
    spoken = words(plan)
    assert spoken[spoken.index("Alpha") :][:5] == ("Alpha", "beta", "gam", "ma", "delta")


def test_names_of_ethnic_minorities_are_printed():
    plan = plan_with(Paragraph("Y Bhĭm Niê, H'Ƀlơi Êñuôl, ƀuôn Čư Mgar; 10 m², 5 ₫"), Paragraph("Hết"))
    assert pdf_words(pdf.write(plan)) == words(plan) == docx_words(docx.write(plan))


def test_character_that_the_font_lacks_is_refused_before_it_is_signed():
    with pytest.raises(ValueError, match="không có ký tự") as refusal:
        pdf.write(plan_with(Paragraph("Ông 中, bà 😀"), Paragraph("Hết")), face=fonts.packaged_face())
    assert str(refusal.value) == ("Phông chữ Noto Serif không có ký tự 中 😀. Xin thay bằng ký tự khác rồi in lại.")


def test_font_from_the_package_prints_the_same_words():
    drawn = pdf.write(PLAN, face=fonts.packaged_face())
    assert pdf_words(drawn) == words(PLAN)
    assert b"NotoSerif" in drawn


@pytest.mark.parametrize("write", [docx.write, pdf.write])
def test_same_paper_gives_the_same_bytes(write):
    assert write(PLAN) == write(PLAN)
    assert write(PLAN) != write(replace(PLAN, seal=""))


MINUTES = replace(
    PLAN,
    header=replace(PLAN.header, is_dated=False),
    signature=Signature("Chủ trì", "Hoàng Thị Mỹ Hạnh"),
    beside=(Signature("Thư ký", "Kim Ngọc Ánh"), Signature("Uỷ viên", "Y Blao Niê")),
)


def test_minutes_say_the_same_three_times_with_their_signers_side_by_side():
    assert pdf_words(pdf.write(MINUTES)) == words(MINUTES) == docx_words(docx.write(MINUTES))
    spoken = " ".join(words(MINUTES))
    signers = "THƯ KÝ Kim Ngọc Ánh UỶ VIÊN Y Blao Niê CHỦ TRÌ Hoàng Thị Mỹ Hạnh Nơi nhận:"
    assert [spoken.count(part) for part in (signers, "Sông Lam, ngày")] == [1, 0]
