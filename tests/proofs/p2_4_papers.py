"""2.4 Papers of a round: the words of every DOCX equal its PDF, the counts in the text equal the rows of the annex."""

import io
import re
import struct
import zlib

from tests.papers.readback import docx_words, pdf_pages
from tests.proofs import Figure, Run, dossier_site, proof

FAULTS = {
    "row_dropped": ("bangvang/dossiers/papers.py", "Table(columns, rows)", "Table(columns, rows[:-1])"),
    "written_by_hand": ("bangvang/dossiers/papers.py", 'words = f"{len(lines)} đề nghị, gồm', 'words = f"12 đề nghị, gồm'),
}  # fmt: skip
TOTAL = re.compile(r"(\d+) đề nghị, gồm (\d+) cho cá nhân và (\d+) cho tập thể")


@proof(
    "2.4",
    what="Minutes and lists of nominations: DOCX and PDF say the same words, counts equal rows",
    bar="every word in order; every count in the text = rows of the table; pages as pictures",
    controls={
        "row_dropped": "the annex loses its last row",
        "written_by_hand": "the count is a number typed into the text",
    },
)
def papers(run: Run) -> dict[str, Figure]:
    from docx import Document

    compared = rows_seen = pages = 0
    with dossier_site.running(FAULTS.get(run.fault or "", ()), submitted=True) as site:
        clerk = site.live.person("clerk")
        for unit in site.codes["dossiers"]:
            links = [link for link in clerk.get(site.dossier(unit)).page.links if "/van-ban/" in link]
            run.expect(f"{unit}: papers", len(links), 4)
            for link in [link for link in links if link.endswith(".docx")]:
                word, pdf = clerk.get(link).body, clerk.get(link.removesuffix("docx") + "pdf").body
                name = f"{link.split('/')[-1].removesuffix('.docx')}"
                run.keep(f"{name}.docx", word)
                run.keep(f"{name}.pdf", pdf)
                document = Document(io.BytesIO(word))
                table = next(one for one in document.tables if one.rows[0].cells[0].text == "TT")
                titles = tuple(" ".join(cell.text for cell in table.rows[0].cells).split())
                run.expect(
                    f"{name}: words of DOCX and PDF differ", difference(docx_words(word), words_of(pdf, titles)), ""
                )
                compared += len(docx_words(word))
                body = [[cell.text for cell in row.cells] for row in table.rows[1:]]
                said = [tuple(map(int, found)) for found in TOTAL.findall(" ".join(docx_words(word)))]
                collectives = sum(row[1].startswith("Phòng ") for row in body)
                run.expect(f"{name}: counts", set(said), {(len(body), len(body) - collectives, collectives)})
                run.expect(
                    f"{name}: numbers of rows", [row[0] for row in body], [str(n) for n in range(1, len(body) + 1)]
                )
                rows_seen += len(body)
                pages += pictures(run, name, pdf)
    return {"words compared": compared, "rows": rows_seen, "pages": pages}


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


def words_of(pdf: bytes, titles: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a PDF without the row of titles that a table repeats at the top of its next pages."""
    found: list[str] = []
    met = False
    for page in pdf_pages(pdf):
        words = tuple(page.split())
        if met and words[: len(titles)] == titles:
            words = words[len(titles) :]
        met = met or " ".join(titles) in " ".join(words)
        found += words
    return tuple(found)
