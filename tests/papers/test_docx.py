"""The Word file measured against NĐ 30/2020, Phụ lục I: margins, letters and lines of every place of the frame."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn

from bangvang.papers import docx
from bangvang.papers.blocks import Column, Paragraph, Signature, Table, recipient_lines
from bangvang.papers.frame import FRAME, MOTTO, bold_width
from tests.papers.samples import PLAN, SENTENCE, plan_with


@pytest.fixture(scope="module")
def plan():
    return Document(io.BytesIO(docx.write(PLAN)))


def look(paragraph):
    """Size, bold, italic, alignment of a paragraph of one run."""
    (run,) = paragraph.runs
    alignment = paragraph.alignment.name if paragraph.alignment is not None else None
    return run.font.size.pt, run.font.bold, run.font.italic, alignment


def cells_of(table):
    return [cell for row in table.rows for cell in row.cells]


def paragraph_saying(document, text):
    (found,) = [paragraph for paragraph in document.paragraphs if paragraph.text == text]
    return found


def test_sheet_is_a4_with_the_margins_of_the_decree(plan):
    section = plan.sections[0]
    assert [round(section.page_width.mm), round(section.page_height.mm)] == [210, 297]
    assert 20 <= round(section.top_margin.mm, 1) <= 25
    assert 20 <= round(section.bottom_margin.mm, 1) <= 25
    assert 30 <= round(section.left_margin.mm, 1) <= 35
    assert 15 <= round(section.right_margin.mm, 1) <= 20


def test_times_new_roman_is_named_for_every_script(plan):
    named = {
        style.get(qn("w:styleId")): {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")}
        for style in plan.styles.element.iter(qn("w:style"))
        for fonts in style.iter(qn("w:rFonts"))
        if style.get(qn("w:styleId")) in ("Normal", "Heading1", "Heading2", "Header", "Footer")
    }
    assert named == {name: {"Times New Roman"} for name in ("Normal", "Heading1", "Heading2", "Header", "Footer")}
    defaults = plan.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:rFonts')}")
    assert sorted(defaults.attrib.values()) == ["Times New Roman"] * 4
    assert list(plan.element.body.iter(qn("w:rFonts"))) == []


def test_frame_is_set_as_the_decree_asks(plan):
    agency, nation, number, issued = cells_of(plan.tables[0])
    assert [look(p) for p in agency.paragraphs[:2]] == [
        (FRAME.parent_size, False, False, "CENTER"),
        (FRAME.agency_size, True, False, "CENTER"),
    ]
    assert [look(p) for p in nation.paragraphs[:2]] == [
        (FRAME.nation_size, True, False, "CENTER"),
        (FRAME.motto_size, True, False, "CENTER"),
    ]
    assert look(number.paragraphs[0]) == (13, False, False, "CENTER")
    assert look(issued.paragraphs[0]) == (FRAME.date_size, False, True, "CENTER")
    assert nation.paragraphs[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_sizes_are_inside_the_ranges_of_the_decree():
    for size in (FRAME.nation_size, FRAME.parent_size, FRAME.agency_size):
        assert 12 <= size <= 13
    for size in (FRAME.motto_size, FRAME.date_size, FRAME.title_size, FRAME.body_size, FRAME.signature_size):
        assert 13 <= size <= 14
    assert (FRAME.number_size, FRAME.recipients_title_size, FRAME.recipients_size) == (13, 12, 11)
    assert 13 <= FRAME.page_number_size <= 14
    assert FRAME.paragraph_gap >= 6
    assert 1 <= FRAME.line_spacing <= 1.5


def rule_length(paragraph, room):
    """Millimetres of the upper border of an empty paragraph between its indents."""
    assert paragraph.text == ""
    assert paragraph._p.pPr.find(f"{qn('w:pBdr')}/{qn('w:top')}").get(qn("w:val")) == "single"
    shape = paragraph.paragraph_format
    return room - shape.left_indent.mm - shape.right_indent.mm


def test_rules_are_as_long_as_the_decree_asks(plan):
    agency, nation, _, _ = cells_of(plan.tables[0])
    motto = rule_length(nation.paragraphs[2], nation.width.mm)
    assert motto == pytest.approx(bold_width(MOTTO, FRAME.motto_size), abs=0.1)
    share = rule_length(agency.paragraphs[2], agency.width.mm) / bold_width("SỞ TÀI CHÍNH", FRAME.agency_size)
    assert 1 / 3 <= share <= 1 / 2


def test_title_and_body(plan):
    assert look(paragraph_saying(plan, "KẾ HOẠCH")) == (FRAME.title_size, True, False, "CENTER")
    assert look(paragraph_saying(plan, PLAN.title.abstract)) == (FRAME.title_size, True, False, "CENTER")
    assert look(paragraph_saying(plan, f"{PLAN.bases[0]};")) == (FRAME.body_size, False, True, "JUSTIFY")
    heading = paragraph_saying(plan, "I. MỤC ĐÍCH, YÊU CẦU")
    assert (look(heading), heading.style.name) == ((FRAME.body_size, True, False, "JUSTIFY"), "Heading 1")
    assert look(paragraph_saying(plan, "1. Mục đích")) == (FRAME.body_size, True, False, "JUSTIFY")
    body = paragraph_saying(plan, PLAN.body[0].text)
    assert look(body) == (FRAME.body_size, False, False, "JUSTIFY")
    assert body.paragraph_format.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    assert body.paragraph_format.space_before.pt >= 6


def test_signature_and_recipients(plan):
    left, right = cells_of(plan.tables[-2])
    assert [p.text for p in right.paragraphs] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Hoàng Thị Mỹ Hạnh"]
    assert [look(p) for p in right.paragraphs] == [(FRAME.signature_size, True, False, "CENTER")] * 3
    assert right.paragraphs[-1].paragraph_format.space_before.mm >= 30
    assert look(left.paragraphs[0]) == (12, True, True, "LEFT")
    assert [look(p) for p in left.paragraphs[1:]] == [(11, False, False, "LEFT")] * 4
    assert left.paragraphs[0].paragraph_format.space_before == right.paragraphs[0].paragraph_format.space_before


def test_signer_stays_with_the_last_two_lines():
    for texts, kept in ((["Một.", "Hai.", "Ba."], [False, True, True]), (["Một.", SENTENCE * 3], [False, True])):
        document = Document(io.BytesIO(docx.write(plan_with(*map(Paragraph, texts)))))
        body = [paragraph for paragraph in document.paragraphs if paragraph.paragraph_format.first_line_indent]
        assert [bool(p.paragraph_format.keep_with_next) for p in body[-len(texts) :]] == kept
        row = document.tables[-1].rows[0]._tr
        assert len(row.trPr.findall(qn("w:cantSplit"))) == 1


def test_page_number_stands_in_the_top_margin_but_not_on_first_pages(plan):
    for section in plan.sections:
        (number,) = section.header.paragraphs
        assert number.alignment.name == "CENTER"
        (field,) = number._p.iter(qn("w:fldSimple"))
        assert field.get(qn("w:instr")) == "PAGE"
        assert section.different_first_page_header_footer is True
        assert list(section.first_page_header._element.iter(qn("w:fldSimple"))) == []
        assert section.header_distance.mm < section.top_margin.mm - 5
        (numbering,) = section._sectPr.findall(qn("w:pgNumType"))
        assert numbering.get(qn("w:start")) == "1"


def test_annex_lies_on_its_side(plan):
    section = plan.sections[1]
    assert (section.orientation.name, round(section.page_width.mm), round(section.page_height.mm)) == (
        "LANDSCAPE",
        297,
        210,
    )


def test_seal_stands_at_the_foot_of_every_page(plan):
    for section in plan.sections:
        for foot in (section.footer, section.first_page_footer):
            assert [p.text for p in foot.paragraphs] == ["Mã niêm: 0123456789abcdef"]
    unsealed = Document(io.BytesIO(docx.write(replace(PLAN, seal=""))))
    assert [p.text for p in unsealed.sections[0].footer.paragraphs] == [""]


def test_table_repeats_its_titles_and_keeps_rows_whole():
    rows = tuple((str(number), f"Việc {number}") for number in range(1, 301))
    table = Table((Column("STT", 1, "center"), Column("Việc", 4)), (*rows, ("301", "dài " * 2000)))
    drawn = Document(io.BytesIO(docx.write(plan_with(table)))).tables[1]._tbl
    heads = [row.trPr is not None and row.trPr.find(qn("w:tblHeader")) is not None for row in drawn.tr_lst]
    whole = [row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None for row in drawn.tr_lst]
    assert heads == [True] + [False] * 301
    assert whole == [True] * 301 + [False]
    assert [round(column.w.mm) for column in drawn.tblGrid.gridCol_lst] == [33, 132]


def test_file_names_its_maker_and_the_moment_given():
    moment = datetime(2027, 2, 5, 7, 30, tzinfo=UTC)
    content = docx.write(PLAN, made_at=moment)
    facts = Document(io.BytesIO(content)).core_properties
    assert (facts.author, facts.created, facts.title) == ("Sở Tài chính", moment, f"Kế hoạch {PLAN.title.abstract}")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_several_signers_stand_in_one_row_above_the_recipients():
    beside = (Signature("Thư ký", "Kim Ngọc Ánh"),)
    document = Document(io.BytesIO(docx.write(plan_with(Paragraph("Hết"), beside=beside))))
    row = document.tables[-1].rows[0]
    assert [[p.text for p in cell.paragraphs] for cell in row.cells] == [
        ["THƯ KÝ", "Kim Ngọc Ánh"],
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Hoàng Thị Mỹ Hạnh"],
    ]
    assert len(row._tr.trPr.findall(qn("w:cantSplit"))) == 1
    assert [p.text for p in document.paragraphs if p.text][-5:] == ["Nơi nhận:", *recipient_lines(PLAN.recipients)]
