"""3.5 A thousand certificates in one PDF over the real job: every page says its own words, its square leads to its page."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bangvang.papers.certificates import USUAL_BLANK, CertificateFacts
from bangvang.papers.frame import MOTTO, NATION
from bangvang.vietnamese import long_date
from tests import databases
from tests.papers.certificate_samples import many
from tests.proofs import Figure, Run, proof
from tests.proofs.p2_4_papers import png
from tests.proofs.planted import source

COUNT, COUNT_OF_A_CONTROL = 1000, 400
MM = 72 / 25.4
PAGE = (297, 210)
FAULTS = {
    "shifted_by_2_mm": (
        "bangvang/papers/certificate.typ",
        "dx: mm(of.x - left + dx), dy: mm(of.y + dy) - above * size",
        "dx: mm(of.x - left + dx + 2), dy: mm(of.y + dy) - above * size",
    ),
    "page_lost": ("bangvang/papers/jobs.py", "certificates.draw(pages, layout)", "certificates.draw(pages[1:], layout)"),
    "code_of_another": ("bangvang/papers/certificates.py", "_qr(of.verify_url)", "_qr(SAMPLE.verify_url)"),
    "name_without_marks": (
        "bangvang/papers/certificates.py",
        'lambda of: clean(f"{of.honorific} {of.honoured_name}")',
        'lambda of: clean(f"{of.honorific} {of.honoured_name}").replace("ễ", "ê")',
    ),
}  # fmt: skip


@proof(
    "3.5",
    what="1,000 certificates to one PDF over the real job, the first worker killed half-way; and words on a blank",
    bar="words of every page = data; every square read = its address; words inside the page; on blanks ≤ 0.5 mm off; "
    "≥ 300 pages a second of one core",
    controls={
        "shifted_by_2_mm": "words on a blank stand 2 mm too far right",
        "page_lost": "a part of the batch loses its first page",
        "code_of_another": "every square leads to the page of another certificate",
        "name_without_marks": "one Vietnamese mark is lost in names",
    },
    alone=True,
)
def certificates(run: Run) -> dict[str, Figure]:
    count = COUNT_OF_A_CONTROL if run.fault else COUNT
    given = many(count)
    with tempfile.TemporaryDirectory(prefix="bv-certificates-") as name:
        folder = Path(name)
        src = source(folder, *FAULTS[run.fault]) if run.fault else source(folder)
        with databases.template(folder) as template, template.copy() as address:
            stage = ("-m", "tests.proofs.certificate_stage", str(count), str(folder))
            told = json.loads(databases.python(address, *stage, var=folder, src=src).strip().splitlines()[-1])
        drawn = {kind: (folder / f"{kind}.pdf").read_bytes() for kind in ("batch", "blank", "test", "longest")}
    run.write(f"     {told}")
    run.expect("first worker killed, second finished", told["ends"], [-9, 0])
    run.expect("progress only grows, up to all", told["seen"], sorted({*told["seen"], told["total"]}))
    run.at_least("moments at which people saw another progress", len(told["seen"]), min(4, count // 200 + 1))
    run.expect("kept whole, parts gone", (told["kept"], told["parts left"]), (True, 0))
    figures = judge_pages(run, drawn["batch"], given)
    worst = judge_blank(run, drawn["blank"], given[:60])
    if not run.fault:
        pictures(run, drawn)
        from bench.papers import certificates_per_s

        speed = certificates_per_s(given)
        run.at_least("pages a second of one core", speed, 300)
        figures["pages a second"] = speed
    return figures | {"moments of progress": len(told["seen"]), "off on blanks (mm)": round(worst, 3)}


def words_of(of: CertificateFacts) -> list[str]:
    """What a full page must say, from the facts alone and not with the product's own list of pieces."""
    on_behalf, _, own = of.signer_title.upper().rpartition("\n")
    office = on_behalf.removeprefix("KT. ") or own
    award = of.award_words.upper()
    given = ("TẶNG DANH HIỆU", award.removeprefix("DANH HIỆU ")) if award.startswith("DANH HIỆU ") else ("TẶNG", award)
    post = f"{of.title}, {of.unit}" if of.title else of.unit
    day = long_date(of.decided_on)
    lines = (
        *(NATION, MOTTO, f"{office} {of.agency.upper()}", *given, f"{of.honorific} {of.honoured_name}", post),
        *(of.achievement, f"{of.place}, {day}", on_behalf, own, of.signer_name),
        *(f"Quyết định số {of.decision_number}, {day}", f"Số sổ vàng: {of.register_number}"),
        *("Kiểm tra tại thidua.songlam.example/kiem-tra", of.code),
    )
    return " ".join(lines).split()


def judge_pages(run: Run, pdf: bytes, given: list[CertificateFacts]) -> dict[str, Figure]:
    """Words, squares and borders of every page of the batch."""
    import numpy
    import pypdfium2
    import zxingcpp

    document = pypdfium2.PdfDocument(pdf)
    run.expect("pages", len(document), len(given))
    wrong_words, wrong_codes, outside, words_seen = [], [], 0, 0
    for number, (page, of) in enumerate(zip(document, given, strict=False), start=1):
        text = page.get_textpage()
        met = text.get_text_range().split()
        words_seen += len(met)
        if met != words_of(of):
            wrong_words.append(number)
        outside += sum(not inside(box) for box in boxes(text))
        bitmap = page.render(scale=1.6, crop=(20 * MM, 10 * MM, (297 - 52) * MM, (210 - 44) * MM), grayscale=True)
        found = zxingcpp.read_barcodes(numpy.ascontiguousarray(bitmap.to_numpy()))
        if [code.text for code in found] != [of.verify_url]:
            wrong_codes.append(number)
        text.close()
        page.close()
    document.close()
    run.expect("pages whose words differ from the data", wrong_words, [])
    run.expect("squares that do not lead to their own page", wrong_codes, [])
    run.expect("letters outside the frame", outside, 0)
    return {"pages": len(given), "words": words_seen, "squares read": len(given) - len(wrong_codes)}


def boxes(text: Any) -> Iterator[tuple[float, float, float, float]]:
    """Rectangles around the words of a page, mm from the left and bottom edge."""
    for place in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(place)
        yield left / MM, bottom / MM, right / MM, top / MM


def inside(box: tuple[float, float, float, float], border: float = 12) -> bool:
    left, bottom, right, top = box
    return border <= left < right <= PAGE[0] - border and border <= bottom < top <= PAGE[1] - border


def judge_blank(run: Run, pdf: bytes, given: list[CertificateFacts]) -> float:
    """The largest distance between a coordinate and where the ink of that piece stands, mm."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    run.expect("pages on blanks", len(document), len(given))
    worst = 0.0
    for page, of in zip(document, given, strict=False):
        text = page.get_textpage()
        whole = text.get_text_range()
        for name, first_words in anchors(of).items():
            spot = dict(USUAL_BLANK.spots)[name]
            start = whole.index(first_words)
            line = whole[start:].split("\r\n")[0].rstrip()
            alone = name in {"signer_title", "signer_name", "code"}  # these share a line with another piece
            left, foot, right = extent(text, start, len(first_words if alone else line))
            x = {"left": left, "center": (left + right) / 2, "right": right}[spot.align]
            worst = max(worst, abs(x - spot.x), abs(PAGE[1] - foot - spot.y))
        text.close()
        page.close()
    document.close()
    run.at_most("mm between coordinate and ink", worst, 0.5)
    return worst


def anchors(of: CertificateFacts) -> dict[str, str]:
    """The first word (or more) of each piece on the blank, by which it is found."""
    return {
        "name": f"{of.honorific} {of.honoured_name}".split()[0] + " " + f"{of.honorific} {of.honoured_name}".split()[1],
        "achievement": of.achievement.split()[0] + " " + of.achievement.split()[1],
        "decision": "Quyết định số",
        "register": "Số sổ vàng",
        "place_date": "Sông Lam, ngày",
        "signer_title": of.signer_title.upper().split("\n")[0],
        "signer_name": of.signer_name,
        "code": of.code,
    }


def extent(text: Any, start: int, length: int) -> tuple[float, float, float]:
    """(left, foot of the letters, right) of a run of characters, mm from the left and bottom edge."""
    import ctypes

    import pypdfium2.raw as pdfium

    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, start, x, y)
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, start + length - 1, box)
    return x.value / MM, y.value / MM, box.right / MM


def pictures(run: Run, drawn: dict[str, bytes]) -> None:
    """First pages as PNG for eyes."""
    import pypdfium2

    for kind, pdf in drawn.items():
        document = pypdfium2.PdfDocument(pdf)
        for number in range(min(3, len(document))):
            bitmap = document[number].render(scale=1.5, rev_byteorder=True)
            size = (bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)
            run.keep(f"{kind}-{number + 1}.png", png(*size, bytes(bitmap.buffer)))
        document.close()
