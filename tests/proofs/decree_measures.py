"""A plan measured in its two files against NĐ 30/2020, Phụ lục I: each place of the frame (ô), margins, words."""

import io
from typing import Any

from docx import Document
from docx.text.paragraph import Paragraph

from bangvang.papers import blocks
from tests.papers.readback import pdf_pieces
from tests.proofs import Run

# Place → sizes allowed (points), bold, italic, alignment; domain table of the decree, ô 1–9b.
DECREE: dict[str, tuple[tuple[float, float], bool, bool, str]] = {
    "1 nation": ((12, 13), True, False, "CENTER"),
    "1 motto": ((13, 14), True, False, "CENTER"),
    "2 parent": ((12, 13), False, False, "CENTER"),
    "2 agency": ((12, 13), True, False, "CENTER"),
    "3 number": ((13, 13), False, False, "CENTER"),
    "4 place and date": ((13, 14), False, True, "CENTER"),
    "5a kind": ((13, 14), True, False, "CENTER"),
    "5a abstract": ((13, 14), True, False, "CENTER"),
    "6 bases": ((13, 14), False, True, "JUSTIFY"),
    "6 section": ((13, 14), True, False, "JUSTIFY"),
    "6 text": ((13, 14), False, False, "JUSTIFY"),
    "7a title": ((13, 14), True, False, "CENTER"),
    "7b name": ((13, 14), True, False, "CENTER"),
    "9b Nơi nhận": ((12, 12), True, True, "LEFT"),
    "9b list": ((11, 11), False, False, "LEFT"),
}
MARGINS = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}  # mm
PEN = 0.5  # mm by which ink may overshoot: strokes and letters reach over their boxes
LINE_END = 1.2  # mm: the comma of a justified line hangs out, a ragged line stops short
Look = tuple[float, bool, bool, str]


def measure_docx(run: Run, name: str, content: bytes, paper: blocks.Paper) -> int:
    """Every margin and place of the Word file; returns how many were measured."""
    document = Document(io.BytesIO(content))
    section: Any = document.sections[0]
    for side, (least, most) in MARGINS.items():
        _within(run, f"{name} docx margin {side} mm", getattr(section, f"{side}_margin").mm, least, most)
    sheet = (round(section.page_width.mm), round(section.page_height.mm))
    run.expect(f"{name} docx sheet", sheet, (210, 297))
    run.expect(f"{name} docx font", document.styles["Normal"].font.name, "Times New Roman")
    looks = _docx_looks(document, paper)
    for place, look in looks.items():
        _judge(run, f"{name} docx ô {place}", look, place)
    return len(MARGINS) + 2 + len(looks)


def _docx_looks(document: Any, paper: blocks.Paper) -> dict[str, Look]:
    head, foot = document.tables[0], document.tables[-1]
    agency, nation = head.rows[0].cells
    number, date = head.rows[1].cells
    left, right = foot.rows[0].cells
    body = blocks.body_lines(paper.body, ending=blocks.ENDING)
    lines = [item for item in body if isinstance(item, blocks.Line)]
    section = next(line.text for line in lines if line.kind == "section")
    text = next(line.text for line in lines if line.kind == "paragraph")
    found = {
        "1 nation": nation.paragraphs[0],
        "1 motto": nation.paragraphs[1],
        "2 parent": agency.paragraphs[0],
        "2 agency": agency.paragraphs[1],
        "3 number": number.paragraphs[0],
        "4 place and date": date.paragraphs[0],
        "5a kind": _saying(document, paper.title.kind.upper()),
        "5a abstract": _saying(document, paper.title.abstract),
        "6 section": _saying(document, section),
        "6 text": _saying(document, text),
        "7a title": right.paragraphs[0],
        "9b Nơi nhận": left.paragraphs[0],
        "9b list": left.paragraphs[1],
    }
    if paper.bases:
        found["6 bases"] = _saying(document, blocks.base_lines(paper.bases)[0])
    if paper.signature.name:
        found["7b name"] = right.paragraphs[-1]
    return {place: _look(paragraph) for place, paragraph in found.items()}


def _saying(document: Any, text: str) -> Paragraph:
    paragraphs: list[Paragraph] = document.paragraphs
    return next(paragraph for paragraph in paragraphs if paragraph.text == text)


def _look(paragraph: Paragraph) -> Look:
    run = paragraph.runs[0]
    size = run.font.size.pt if run.font.size is not None else 0
    alignment = paragraph.alignment.name if paragraph.alignment is not None else "LEFT"
    return size, bool(run.font.bold), bool(run.font.italic), alignment


def measure_pdf(run: Run, name: str, content: bytes, paper: blocks.Paper, pages: int) -> int:
    """Every margin and place of the PDF, from its ink; returns how many were measured."""
    pieces = [piece for page in range(pages) for piece in pdf_pieces(content, page) if piece.text.strip()]
    text = [piece for piece in pieces if piece.top > 15 and "Mã niêm" not in piece.text]
    _within(run, f"{name} pdf margin left mm", min(piece.left for piece in text), MARGINS["left"][0] - PEN, 35)
    _within(run, f"{name} pdf margin right mm", 210 - max(piece.right for piece in text), 15 - LINE_END, 20 + LINE_END)
    _within(run, f"{name} pdf margin top mm", min(piece.top for piece in text), 20 - PEN, 25 + PEN)
    run.at_least(f"{name} pdf margin bottom mm", round(297 - max(piece.bottom for piece in text), 1), 20 - PEN)
    frame = blocks.frame_lines(paper.header)
    begins = {
        "1 nation": frame["nation"],
        "1 motto": frame["motto"],
        "2 parent": frame["parent"][:12],  # a long name runs over two lines
        "2 agency": frame["agency"][:12],
        "3 number": "Số:",
        "4 place and date": f"{paper.header.place}, ngày",
        "5a kind": paper.title.kind.upper(),
        "7a title": paper.signature.titles()[0],
        "9b Nơi nhận": blocks.RECIPIENTS_TITLE,
        "9b list": blocks.recipient_lines(paper.recipients)[0][:10],
    }
    if paper.bases:
        begins["6 bases"] = blocks.base_lines(paper.bases)[0][:20]
    if paper.signature.name:
        begins["7b name"] = paper.signature.name
    for place, beginning in begins.items():
        found = [piece for piece in pieces if piece.text.strip().startswith(beginning)]
        run.at_least(f"{name} pdf ô {place} is printed", len(found), 1)
        for piece in found[:1]:
            look = (piece.size, "Bold" in piece.font, "Italic" in piece.font, DECREE[place][3])
            _judge(run, f"{name} pdf ô {place}", look, place)
    return 4 + len(begins)


def _judge(run: Run, name: str, look: Look, place: str) -> None:
    (least, most), *rest = DECREE[place]
    _within(run, f"{name} size", look[0], least, most)
    run.expect(f"{name} bold, italic, alignment", list(look[1:]), rest)


def _within(run: Run, name: str, got: float, least: float, most: float) -> None:
    run.at_least(name, round(got, 1), least)
    run.at_most(name, round(got, 1), most)
