"""The measures of an administrative document: NĐ 30/2020/NĐ-CP, Phụ lục I, said once for both writers.

The decree gives ranges (in brackets); the value is our choice inside the range. Lengths are millimetres, sizes of
letters are points.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final

NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
FONT: Final = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Frame:
    """One set of measures, handed whole to the PDF writer and read piece by piece by the Word writer."""

    width: float = 210  # A4
    height: float = 297
    top: float = 20  # [20–25]
    bottom: float = 20  # [20–25]
    left: float = 30  # [30–35]
    right: float = 15  # [15–20]
    page_number_from_top: float = 10  # centred in the top margin, not on the first page
    seal_from_bottom: float = 9

    agency_column: float = 72  # ô 2, 3; the rest of the line is ô 1, 4
    rule_of_agency: float = 0.42  # [1/3–1/2] of the text above it; the rule of the motto is as long as the motto
    gap_above_rule: float = 1.0
    gap_below_frame: float = 6
    first_line_indent: float = 12.7  # [10 or 12.7]
    signature_height: float = 32  # [≥ 30] between the signer's title and name
    signer_column: float = 85

    paragraph_gap: float = 6  # points [≥ 6]
    line_spacing: float = 1.15  # times single [1–1.5]

    nation_size: float = 12  # [12–13] bold capitals
    motto_size: float = 13  # [13–14] bold
    parent_size: float = 12  # [12–13] capitals
    agency_size: float = 12  # [12–13] bold capitals
    number_size: float = 13  # [13]
    date_size: float = 13  # [13–14] italic
    title_size: float = 14  # [13–14] bold
    body_size: float = 14  # [13–14]
    signature_size: float = 14  # [13–14] bold
    recipients_title_size: float = 12  # [12] bold italic
    recipients_size: float = 11  # [11]
    page_number_size: float = 13  # [13–14]
    table_size: float = 12  # not ruled by the decree
    seal_size: float = 8  # ours


FRAME: Final = Frame()

# Advance widths of Times New Roman Bold in thousandths of the letter size. Word has no line "as long as the text
# above", so its writer must know that length. A mark above or below a letter does not widen it.
_BOLD_WIDTHS: Final = {
    letter: width
    for width, letters in {
        250: " .,",
        278: "/'il",
        333: "-():;fjt",
        389: "sI",
        444: "cerz",
        500: "“”–0123456789agovxyJ",
        555: '"ơ',
        556: "bdhknpquSđ",
        600: "ư",
        611: "FP",
        667: "BELTZ",
        722: "wACDNRUVXYĐ",
        778: "GHKOQƠ",
        796: "Ư",
        833: "&m",
        944: "M",
        1000: "W",
    }.items()
    for letter in letters
}
_WIDTH_OF_OTHERS: Final = 600
_MM_PER_POINT: Final = 25.4 / 72
_MARKS: Final = ("\u0300", "\u0301", "\u0302", "\u0303", "\u0306", "\u0309", "\u0323")  # all but the horn


def bold_width(text: str, size: float) -> float:
    """Length in millimetres of `text` on one line in bold Times New Roman of `size` points."""
    without_marks = "".join(c for c in unicodedata.normalize("NFD", text) if c not in _MARKS)
    thousandths = sum(_BOLD_WIDTHS.get(c, _WIDTH_OF_OTHERS) for c in unicodedata.normalize("NFC", without_marks))
    return thousandths / 1000 * size * _MM_PER_POINT
