"""``./bv bench papers [PAGES]``: pages a second of one core, as JSON (proof 3.5).

Certificates in one PDF (full page, and words on a blank), the whole job's way of parts and joining, and a long paper in
the frame of NĐ 30/2020. Processor time of all threads is counted, so other work on the machine does not change it; the
best of three rounds counts. Loading the font is measured apart: a worker does it once in its life.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence

from bangvang.papers import certificates, fonts, pdf
from bangvang.papers.blocks import Column, Paragraph, Section, Table
from bangvang.papers.certificates import FULL_PAGE, USUAL_BLANK
from tests.papers.certificate_samples import many
from tests.papers.readback import pdf_pages
from tests.papers.samples import SENTENCE, plan_with

ROUNDS = 3
PART = 200  # pages of a part, as papers.actions.PAGES_OF_A_PART


def seconds_of(work: Callable[[], object]) -> float:
    """Processor seconds of the quickest round."""
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def certificates_per_s(
    given: Sequence[certificates.CertificateFacts], layout: certificates.Layout = FULL_PAGE
) -> float:
    """Pages a second of one core, all in one PDF."""
    return round(len(given) / seconds_of(lambda: certificates.draw(given, layout)), 1)


def measure(pages: int = 1000) -> dict[str, float]:
    """Figures of one run; every rate is pages a second of one core."""
    started = time.process_time()
    face = fonts.chosen_face()
    fonts.collection(face)
    font_seconds = time.process_time() - started
    given = many(pages)

    def in_parts() -> bytes:
        return certificates.join([certificates.draw(given[n : n + PART]) for n in range(0, pages, PART)])

    rows = tuple((str(n), f"Đơn vị {n}", SENTENCE) for n in range(400))
    table = Table((Column("STT"), Column("Đơn vị", 3), Column("Nội dung", 6)), rows)
    paper = plan_with(*(Section(f"Phần {n}", (Paragraph(SENTENCE * 30),)) for n in range(1, 16)), table)
    return {
        "pages": pages,
        "font_s": round(font_seconds, 3),
        "certificates_per_s": certificates_per_s(given),
        "certificates_in_parts_per_s": round(pages / seconds_of(in_parts), 1),
        "on_blanks_per_s": certificates_per_s(given, USUAL_BLANK),
        "nd30_pages": len(pdf_pages(pdf.write(paper))),
        "nd30_pages_per_s": round(len(pdf_pages(pdf.write(paper))) / seconds_of(lambda: pdf.write(paper)), 1),
        "file_kb_a_page": round(len(certificates.draw(given)) / 1024 / pages, 1),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)))
