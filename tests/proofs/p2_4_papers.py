"""2.4 Papers from the plan to the nominations: the words of every DOCX equal its PDF, the counts in the text equal the rows of the annex."""

import io
import re
import struct
import zlib
from dataclasses import dataclass

from tests.http_client import Answer, Person
from tests.papers.readback import docx_words, pdf_pages
from tests.proofs import Figure, Run, dossier_site, proof

FAULTS = {
    "row_dropped": ("bangvang/dossiers/papers.py", "Table(columns, rows)", "Table(columns, rows[:-1])"),
    "written_by_hand": ("bangvang/dossiers/papers.py", 'words = f"{len(lines)} đề nghị, gồm', 'words = f"12 đề nghị, gồm'),
    "units_by_hand": ("bangvang/movements/papers.py", 'counted = f"Có {len(sections)} đơn vị', 'counted = f"Có 9 đơn vị'),
    "recipient_lost": (
        "bangvang/papers/pdf.py", "blocks.recipient_lines(paper.recipients),", "blocks.recipient_lines(paper.recipients)[:-1],"
    ),
}  # fmt: skip
TOTAL = re.compile(r"(\d+) đề nghị, gồm (\d+) cho cá nhân và (\d+) cho tập thể")
REGISTERED = re.compile(r"Có (\d+) đơn vị đăng ký, gồm (\d+) cá nhân và (\d+) lượt đăng ký của tập thể")


@proof(
    "2.4",
    what="Plan, registration summary, minutes, lists of nominations: DOCX and PDF say the same words, counts equal rows",
    bar="every word in order; every count in the text = rows of the table; pages as pictures",
    controls={
        "row_dropped": "the annex loses its last row",
        "written_by_hand": "the count of nominations is a number typed into the text",
        "units_by_hand": "the count of units that registered is a number typed into the text",
        "recipient_lost": "the PDF leaves out the last recipient",
    },
)
def papers(run: Run) -> dict[str, Figure]:
    found: list[Compared] = []
    with dossier_site.running(FAULTS.get(run.fault or "", ()), submitted=True) as site:
        clerk = site.live.person("clerk")
        movement = site.codes["movement"]
        plan = papers_at(clerk.get(f"/lam-viec/phong-trao/{movement}/"))
        run.expect("papers of the plan", len(plan), 1)
        found += [compare(run, clerk, link) for link in plan]
        summary = compare(run, clerk, f"/lam-viec/dang-ky/phong-trao/{movement}/tong-hop.docx")
        rows = [row for table in summary.tables for row in table]
        units = len(summary.tables)
        collectives = sum(row[1].startswith("Tập thể ") for row in rows)
        people = len({row[1] for row in rows}) - units
        said = [tuple(map(int, numbers)) for numbers in REGISTERED.findall(summary.text)]
        run.expect("summary: counts", said, [(units, people, collectives)])
        found.append(summary)
        for unit in site.codes["dossiers"]:
            links = papers_at(clerk.get(site.dossier(unit)))
            run.expect(f"{unit}: papers", len(links), 2)
            for link in links:
                paper = compare(run, clerk, link)
                (body,) = paper.tables
                collectives = sum(row[1].startswith("Phòng ") for row in body)
                counts = {tuple(map(int, numbers)) for numbers in TOTAL.findall(paper.text)}
                run.expect(f"{paper.name}: counts", counts, {(len(body), len(body) - collectives, collectives)})
                found.append(paper)
    return {
        "papers": len(found),
        "words compared": sum(len(paper.text.split()) for paper in found),
        "rows": sum(len(table) for paper in found for table in paper.tables),
        "pages": sum(paper.pages for paper in found),
    }


@dataclass(frozen=True)
class Compared:
    """A paper whose two files were held against each other: its words as one text, the cells of its numbered tables."""

    name: str
    text: str
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    pages: int


def papers_at(page: Answer) -> list[str]:
    """The Word files that a page offers."""
    return [link for link in page.page.links if "/van-ban/" in link and link.endswith(".docx")]


def compare(run: Run, person: Person, link: str) -> Compared:
    """Fetch the Word file and the PDF of a paper, keep both and every page as a picture, compare word by word."""
    from docx import Document

    word, pdf = person.get(link).body, person.get(link.removesuffix("docx") + "pdf").body
    name = link.split("/")[-1].removesuffix(".docx")
    run.keep(f"{name}.docx", word)
    run.keep(f"{name}.pdf", pdf)
    numbered = [table for table in Document(io.BytesIO(word)).tables if table.rows[0].cells[0].text == "TT"]
    titles = {tuple(" ".join(cell.text for cell in table.rows[0].cells).split()) for table in numbered}
    words = docx_words(word)
    run.expect(f"{name}: words of DOCX and PDF differ", difference(words, words_of(pdf, titles)), "")
    tables = tuple(tuple(tuple(cell.text for cell in row.cells) for row in table.rows[1:]) for table in numbered)
    for body in tables:
        run.expect(f"{name}: numbers of rows", [row[0] for row in body], [str(n) for n in range(1, len(body) + 1)])
    return Compared(name, " ".join(words), tables, pictures(run, name, pdf))


def difference(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    """The first place where two texts part, with its neighbours; empty when they are the same."""
    if left == right:
        return ""
    place = next(
        (n for n, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), min(len(left), len(right))
    )
    return f"at {place}: {' '.join(left[place - 3 : place + 4])} | {' '.join(right[place - 3 : place + 4])}"


def pictures(run: Run, name: str, pdf: bytes) -> int:
    """Every page as PNG for eyes."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document, start=1):
        bitmap = page.render(scale=1.5, rev_byteorder=True)
        run.keep(
            f"{name}-{number}.png",
            png(bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels, bytes(bitmap.buffer)),
        )
    count = len(document)
    document.close()
    return count


def png(width: int, height: int, stride: int, channels: int, pixels: bytes) -> bytes:
    """A picture of RGB rows (four channels: with alpha), packed as PNG."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + pixels[row * stride : row * stride + width * channels] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2 if channels == 3 else 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def words_of(pdf: bytes, titles: set[tuple[str, ...]]) -> tuple[str, ...]:
    """The words of a PDF without the row of titles that a table repeats at the top of its next pages."""
    found: list[str] = []
    met = ""
    for page in pdf_pages(pdf):
        words = tuple(page.split())
        for row in titles:
            if words[: len(row)] == row and " ".join(row) in met:
                words = words[len(row) :]
        met += " ".join(words)
        found += words
    return tuple(found)
