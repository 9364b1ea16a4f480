"""A paper as a Word file, for officials to edit: the same words and measures as the PDF, in plain Word means.

No fields but the page number, no text boxes, no macros: what Word, LibreOffice and the office suites in use here all
keep when they save. Rules are borders of empty paragraphs, since drawn lines move when somebody types above them.
"""
# ruff: noqa: TID253 - loading python-docx takes a while; this module is itself imported only where a file is written

import io
import zipfile
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import docx as word
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from bangvang.papers import blocks
from bangvang.papers.frame import FONT, FRAME, bold_width
from bangvang.vietnamese import clean

TABLE_PADDING: Final = 1  # millimetres left and right in a cell
GAP_BEFORE_SIGNATURE: Final = 18  # points
_ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_HEADING_STYLES: Final = {"section": "Heading 1", "subsection": "Heading 2"}


def write(paper: blocks.Paper, *, made_at: datetime = blocks.UNDATED) -> bytes:
    """The .docx file. `made_at` (UTC) goes into its properties; the same paper and moment give the same bytes."""
    document = word.Document()
    _set_styles(document)
    _set_properties(document, paper, made_at)
    seal = blocks.seal_line(paper)
    _set_sheet(document.sections[0], landscape=False, seal=seal)
    _draw_masthead(document, paper)
    _draw_title(document, paper)
    for text in blocks.base_lines(paper.bases):
        _body_line(document, text, italic=True)
    body = blocks.body_lines(paper.body, ending=blocks.ENDING)
    kept = blocks.kept_with_signature(body)
    _draw(document, body, kept=kept)
    _draw_signature(document, paper)
    for position in range(len(paper.annexes)):
        _draw_annex(document, paper, position, seal)
    if not paper.annexes:
        _hairline(document.add_paragraph())  # a document may not end with a table
    return _frozen(document)


# --- Letters and lines -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    size: float
    bold: bool = False
    italic: bool = False
    align: str = "center"


def _put(paragraph: Any, text: str, look: Look, *, before: float = 0, after: float = 0) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(look.size)
    run.font.bold = look.bold
    run.font.italic = look.italic
    paragraph.alignment = _ALIGN[look.align]
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing = 1.0
    return paragraph


def _body_line(document: Any, text: str, *, style: str | None = None, bold: bool = False, italic: bool = False) -> Any:
    paragraph = document.add_paragraph(style=style)
    _put(paragraph, text, Look(FRAME.body_size, bold, italic, "justify"), before=FRAME.paragraph_gap)
    paragraph.paragraph_format.first_line_indent = Mm(FRAME.first_line_indent)
    paragraph.paragraph_format.line_spacing = FRAME.line_spacing
    return paragraph


def _rule(container: Any, length: float, room: float, *, after: float = 0) -> None:
    """A rule of `length` mm in the middle of `room` mm: the upper border of an empty indented paragraph."""
    paragraph = container.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(max(room - length, 0) / 2)
    shape.space_before, shape.space_after = Mm(FRAME.gap_above_rule), Mm(after)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'),
        "w:spacing",
        "w:ind",
        "w:jc",
    )


def _hairline(paragraph: Any, *, after: float = 0) -> None:
    """Makes an empty paragraph, which the file format needs, too low to be seen or to fill a page of its own."""
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(1)
    shape.space_before, shape.space_after = Pt(0), Pt(after)


# --- The sheet -------------------------------------------------------------------------------------------------------


def _set_styles(document: Any) -> None:
    """Times New Roman for every script in every style used: a theme font would come back with the next paragraph."""
    for name in ("Normal", "Heading 1", "Heading 2", "Header", "Footer"):
        style = document.styles[name]
        properties = style.element.get_or_add_rPr()
        for old in properties.findall(qn("w:rFonts")):
            properties.remove(old)
        properties.insert(0, _fonts())
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.size = Pt(FRAME.body_size)
        style.paragraph_format.widow_control = True
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    defaults.replace(defaults.find(qn("w:rFonts")), _fonts())
    language = defaults.find(qn("w:lang"))
    language.set(qn("w:val"), "vi-VN")
    language.set(qn("w:eastAsia"), "vi-VN")


def _fonts() -> Any:
    return parse_xml(f'<w:rFonts {nsdecls("w")} w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>')


def _set_properties(document: Any, paper: blocks.Paper, made_at: datetime) -> None:
    facts = document.core_properties
    facts.title = clean(f"{paper.title.kind} {paper.title.abstract}")[:255]
    facts.author = facts.last_modified_by = clean(paper.header.agency)[:255]
    facts.created = facts.modified = made_at.astimezone(UTC).replace(tzinfo=None)
    facts.comments, facts.language, facts.revision = "", "vi-VN", 1


def _set_sheet(section: Any, *, landscape: bool, seal: str) -> None:
    """Size, margins, the page number in the top margin (not on the first page) and the seal at the foot."""
    width, height = (FRAME.height, FRAME.width) if landscape else (FRAME.width, FRAME.height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(FRAME.top), Mm(FRAME.bottom)
    section.left_margin, section.right_margin = Mm(FRAME.left), Mm(FRAME.right)
    section.header_distance, section.footer_distance = Mm(FRAME.page_number_from_top), Mm(FRAME.seal_from_bottom)
    section.different_first_page_header_footer = True
    for inherited in section._sectPr.findall(qn("w:pgNumType")):  # a new section begins as a copy of the one before
        section._sectPr.remove(inherited)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")
    for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
        part.is_linked_to_previous = False
    _put_page_number(section.header.paragraphs[0])
    for foot in (section.footer, section.first_page_footer):
        _put(foot.paragraphs[0], seal, Look(FRAME.seal_size, align="right"))


def _put_page_number(paragraph: Any) -> None:
    _put(paragraph, "", Look(FRAME.page_number_size))
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"/>')
    run = paragraph.runs[0]._r
    paragraph._p.append(field)
    run.append(parse_xml(f"<w:t {nsdecls('w')}>2</w:t>"))
    field.append(run)


# --- The parts -------------------------------------------------------------------------------------------------------


def _bare_table(document: Any, widths: tuple[float, ...], rows: int) -> Any:
    """A table without borders that holds things side by side; its rows are not broken between pages."""
    table = document.add_table(rows=rows, cols=len(widths))
    _fix_widths(table, widths)
    for row in table.rows:
        _keep_row_whole(row._tr)
    return table


def _fix_widths(table: Any, widths: tuple[float, ...], *, padding: float = 0) -> None:
    """Columns as wide as told; no padding at the sides of a bare table, since the lengths of rules count on it."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Mm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Mm(width)
    twips = round(Mm(padding).twips)
    margins = f'<w:left w:w="{twips}" w:type="dxa"/><w:right w:w="{twips}" w:type="dxa"/>'
    table._tbl.tblPr.insert_element_before(
        parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"), "w:tblLook"
    )


def _keep_row_whole(row: Any) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _text_width(landscape: bool = False) -> float:
    return (FRAME.height if landscape else FRAME.width) - FRAME.left - FRAME.right


def _draw_masthead(document: Any, paper: blocks.Paper) -> None:
    texts = blocks.frame_lines(paper.header)
    nation_column = _text_width() - FRAME.agency_column
    table = _bare_table(document, (FRAME.agency_column, nation_column), rows=2)
    (agency, nation), (number, issued) = (row.cells for row in table.rows)

    first = agency.paragraphs[0]
    if texts["parent"]:
        _put(first, texts["parent"], Look(FRAME.parent_size))
        first = agency.add_paragraph()
    _put(first, texts["agency"], Look(FRAME.agency_size, bold=True))
    length = min(bold_width(texts["agency"], FRAME.agency_size), FRAME.agency_column)
    _rule(agency, length * FRAME.rule_of_agency, FRAME.agency_column)

    _put(nation.paragraphs[0], texts["nation"], Look(FRAME.nation_size, bold=True))
    _put(nation.add_paragraph(), texts["motto"], Look(FRAME.motto_size, bold=True))
    _rule(nation, bold_width(texts["motto"], FRAME.motto_size), nation_column)

    _put(number.paragraphs[0], texts["number"], Look(FRAME.number_size), before=3)
    _put(issued.paragraphs[0], texts["date"], Look(FRAME.date_size, italic=True), before=3)


def _draw_title(document: Any, paper: blocks.Paper) -> None:
    look = Look(FRAME.title_size, bold=True)
    abstract = clean(paper.title.abstract)
    _put(document.add_paragraph(), clean(paper.title.kind).upper(), look, before=FRAME.gap_below_frame * 72 / 25.4)
    _put(document.add_paragraph(), abstract, look)
    length = min(bold_width(abstract, FRAME.title_size), _text_width())
    _rule(document, length * FRAME.rule_of_agency, _text_width(), after=FRAME.gap_below_frame)
    if authority := blocks.authority_line(paper.title):
        _put(document.add_paragraph(), authority, look, after=FRAME.paragraph_gap)


def _draw(
    document: Any, items: tuple[blocks.Line | blocks.Table, ...], *, kept: int = 0, landscape: bool = False
) -> None:
    for position, (item, following) in enumerate(zip(items, (*items[1:], None), strict=True)):
        keep = position >= len(items) - kept
        gap = FRAME.paragraph_gap if isinstance(following, blocks.Table) else 0
        if isinstance(item, blocks.Line):
            heading = item.kind in _HEADING_STYLES
            if item.kind == "enacting":
                line = _put(document.add_paragraph(), item.text, Look(FRAME.title_size, bold=True), before=6, after=0)
            else:
                line = _body_line(
                    document,
                    item.lead or item.text,
                    style=_HEADING_STYLES.get(item.kind),
                    bold=heading or bool(item.lead),
                )
            if item.lead:
                line.add_run(item.text.removeprefix(item.lead)).font.size = Pt(FRAME.body_size)
            line.paragraph_format.keep_with_next = keep or heading or item.kind == "enacting"
            line.paragraph_format.space_after = Pt(gap)
        else:
            _draw_table(document, item, _text_width(landscape))
            _hairline(document.add_paragraph(), after=gap)  # Word joins two tables that nothing stands between


def _draw_table(document: Any, table: blocks.Table, room: float) -> None:
    """Lists of awards have thousands of rows, so one row is made in full and the others are copies of it."""
    total = sum(column.share for column in table.columns)
    drawn = document.add_table(rows=2, cols=len(table.columns), style="Table Grid")
    _fix_widths(drawn, tuple(column.share / total * room for column in table.columns), padding=TABLE_PADDING)
    heads, pattern = drawn.rows
    for cell, column in zip(heads.cells, table.columns, strict=True):
        _put(cell.paragraphs[0], clean(column.title), Look(FRAME.table_size, bold=True), before=2, after=2)
    for cell, column in zip(pattern.cells, table.columns, strict=True):
        _put(cell.paragraphs[0], "-", Look(FRAME.table_size, align=column.align), before=2, after=2)
    _keep_row_whole(heads._tr)
    heads._tr.trPr.append(OxmlElement("w:tblHeader"))
    drawn._tbl.remove(pattern._tr)
    for texts in table.rows:
        row = deepcopy(pattern._tr)
        for place, text in zip(row.iter(qn("w:t")), texts, strict=True):
            place.text = clean(text)
        if not table.may_break(texts):
            _keep_row_whole(row)
        drawn._tbl.append(row)


def _draw_signature(document: Any, paper: blocks.Paper) -> None:
    """Recipients on the left, level with the signer's title; one row that no page break can divide.

    Several signers stand side by side, at most three in a row, and the recipients below them.
    """
    if not paper.beside:
        table = _bare_table(document, (_text_width() - FRAME.signer_column, FRAME.signer_column), rows=1)
        left, right = table.rows[0].cells
        _draw_recipients(left, left.paragraphs[0], paper)
        _draw_signer(right, paper.signature)
        return
    signers = (*paper.beside, paper.signature)
    across = min(len(signers), blocks.SIGNERS_IN_A_ROW)
    table = _bare_table(document, (_text_width() / across,) * across, rows=-(-len(signers) // across))
    for place, signature in enumerate(signers):
        _draw_signer(table.cell(place // across, place % across), signature)
    if paper.recipients:
        _draw_recipients(document, document.add_paragraph(), paper)


def _draw_recipients(container: Any, first: Any, paper: blocks.Paper) -> None:
    if not paper.recipients:
        return
    title = Look(FRAME.recipients_title_size, bold=True, italic=True, align="left")
    _put(first, blocks.RECIPIENTS_TITLE, title, before=GAP_BEFORE_SIGNATURE)
    for text in blocks.recipient_lines(paper.recipients):
        _put(container.add_paragraph(), text, Look(FRAME.recipients_size, align="left"))


def _draw_signer(cell: Any, signature: blocks.Signature) -> None:
    look = Look(FRAME.signature_size, bold=True)
    first, *others = signature.titles()
    _put(cell.paragraphs[0], first, look, before=GAP_BEFORE_SIGNATURE)
    for text in others:
        _put(cell.add_paragraph(), text, look)
    _put(cell.add_paragraph(), clean(signature.name), look, before=FRAME.signature_height * 72 / 25.4)


def _draw_annex(document: Any, paper: blocks.Paper, position: int, seal: str) -> None:
    annex = paper.annexes[position]
    _set_sheet(document.add_section(), landscape=annex.landscape, seal=seal)
    _hairline(document.paragraphs[-1])  # holds the break between the sections
    name, title, belongs = blocks.annex_heading(paper, position)
    _put(document.add_paragraph(), name, Look(FRAME.title_size, bold=True))
    _put(document.add_paragraph(), title, Look(FRAME.title_size, bold=True))
    _put(document.add_paragraph(), belongs, Look(FRAME.body_size, italic=True), after=FRAME.gap_below_frame * 72 / 25.4)
    _draw(document, blocks.body_lines(annex.blocks), landscape=annex.landscape)


def _frozen(document: Any) -> bytes:
    """The archive packed again with one date for all members: python-docx stamps each with the present second."""
    loose, packed = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            fixed = zipfile.ZipInfo(member.filename, date_time=(1980, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, source.read(member))
    return packed.getvalue()
