"""Builds our own documents from small text sources, in the format, encoding and disorder that each truth asks for.

A source is lines of text. `<<<`, `|||` and `>>>` hold two columns (header and foot); "= " centres; "@caps " makes Word
draw capitals; "@num " lets Word number the item; "@box " is a text box; "@table a | b" a table of one row;
"@row a | b" in succession are the rows of one table; "@page" begins a page; "@menu", "@meta" are the noise of a portal.
"""

import io
import json
import struct
import unicodedata
import zipfile
import zlib
from html import escape
from itertools import groupby
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
DECISIONS = Path(__file__).parent / "decisions"
EXTENSIONS = {
    "docx": "docx",
    "pdf": "pdf",
    "pdf-unruled": "pdf",
    "scan": "pdf",
    "stamp": "pdf",
    "odt": "odt",
    "html": "html",
}


def build(folder: Path, names: list[str] | None = None, corpus: Path = CORPUS) -> Path:
    """Write every document of a corpus with its truth beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for truth_path in sorted(corpus.glob("*.json")):
        if names is not None and truth_path.stem not in names:
            continue
        kind = json.loads(truth_path.read_text(encoding="utf-8"))["build"]
        source = truth_path.with_suffix(".src").read_text(encoding="utf-8")
        extension = EXTENSIONS.get(kind, "txt")
        (folder / f"{truth_path.stem}.{extension}").write_bytes(document(source, kind))
        truth = json.loads(truth_path.read_text(encoding="utf-8"))
        del truth["build"]
        (folder / truth_path.name).write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    return folder


def document(source: str, kind: str) -> bytes:
    """The bytes of one document."""
    lines = source.split("\n")
    if kind == "docx":
        return as_docx(lines)
    if kind in ("pdf", "pdf-unruled"):
        return as_pdf(lines, ruled=kind == "pdf")
    if kind == "scan":
        return as_scan(lines)
    if kind == "stamp":
        return as_pdf(["Ký bởi: Sở Ánh sáng", "Thời gian ký: 03.04.2024 10:11:12"])
    if kind == "odt":
        return as_odt(lines)
    if kind == "html":
        return as_html(lines)
    text = plain(lines)
    if kind == "txt-nfd":
        return unicodedata.normalize("NFD", text).replace(" ", " \u00a0", 40).encode()
    if kind in ("txt-tcvn3", "txt-vni"):
        return in_old_encoding(text, kind.removeprefix("txt-"))
    return text.encode()


def blocks(lines: list[str]) -> list[tuple[str, list[str], list[str]]]:
    """("line", [text], []), ("table", rows, []) or ("columns", left, right)."""
    found: list[tuple[str, list[str], list[str]]] = []
    rows = iter(lines)
    for line in rows:
        if line.startswith("@row "):
            if not found or found[-1][0] != "table":
                found.append(("table", [], []))
            found[-1][1].append(line[5:])
            continue
        if line != "<<<":
            found.append(("line", [line], []))
            continue
        left, right = list[str](), list[str]()
        side = left
        for row in rows:
            if row == ">>>":
                break
            if row == "|||":
                side = right
            else:
                side.append(row)
        found.append(("columns", left, right))
    return found


def plain(lines: list[str]) -> str:
    text: list[str] = []
    for _kind, left, right in blocks(lines):
        text += [*left, *right]
    return "\n".join(line for line in text if line != "@page")


def as_docx(lines: list[str]) -> bytes:
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    paper = docx.Document()
    for kind, left, right in blocks(lines):
        if kind == "columns":
            cells = paper.add_table(rows=1, cols=2).rows[0].cells
            cells[0].text, cells[1].text = "\n".join(left), "\n".join(right)
            continue
        if kind == "table":
            table = paper.add_table(rows=0, cols=max(row.count("|") for row in left) + 1)
            for row in left:
                for cell, words in zip(table.add_row().cells, row.split("|"), strict=False):
                    cell.text = words.strip()
            continue
        line = left[0]
        if line == "@page":
            paper.add_page_break()
        elif line.startswith("@num "):
            paper.add_paragraph(line[5:], style="List Number")
        elif line.startswith("@caps "):
            paper.add_paragraph().add_run(line[6:]).font.all_caps = True
        elif line.startswith("@table "):
            cells = paper.add_table(rows=1, cols=line.count("|") + 1).rows[0].cells
            for cell, words in zip(cells, line[7:].split("|"), strict=True):
                cell.text = words.strip()
        elif line.startswith("@box "):
            box = (
                f"<w:r {nsdecls('w')}><w:pict><v:shape "
                f'xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
                f"<w:p><w:r><w:t>{line[5:]}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            )
            paper.add_paragraph()._p.append(parse_xml(box))
        else:
            paper.add_paragraph(line)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def as_typst(lines: list[str], *, ruled: bool = True) -> str:
    def words(line: str) -> str:
        return "#" + json.dumps(line, ensure_ascii=False)

    parts = [
        '#set page(paper: "a4", margin: (left: 30mm, rest: 20mm))',
        "#set text(size: 13pt, hyphenate: false)",
        "#set par(justify: true)",
    ]
    for kind, left, right in blocks(lines):
        if kind == "columns":
            one, two = (" \\ ".join(words(line) for line in side) for side in (left, right))
            parts.append(
                f"#grid(columns: (1fr, 1.5fr), column-gutter: 6mm, align(center)[{one}], align(center)[{two}])"
            )
        elif kind == "table":
            columns = max(row.count("|") for row in left) + 1
            cells = ", ".join(f"[{words(cell.strip())}]" for row in left for cell in row.split("|"))
            stroke = "0.5pt" if ruled else "none"
            parts.append(f"#table(columns: (auto,) + (1fr,) * {columns - 1}, stroke: {stroke}, {cells})")
        elif left[0] == "@page":
            parts.append("#pagebreak()")
        elif left[0].startswith("= "):
            parts.append(f"#align(center)[{words(left[0][2:])}]")
        else:
            parts.append(words(left[0]))
    return "\n\n".join(parts)


def as_pdf(lines: list[str], *, ruled: bool = True) -> bytes:
    import typst

    return typst.compile(as_typst(lines, ruled=ruled).encode())


def as_scan(lines: list[str]) -> bytes:
    """Pages as pictures: what a copier makes."""
    import pypdfium2
    import typst

    pages = pypdfium2.PdfDocument(as_pdf(lines))
    pictures = [_png(page.render(scale=200 / 72, grayscale=True)) for page in pages]
    pages.close()
    source = ["#set page(paper: 'a4', margin: 0pt)".replace("'", '"')]
    source += [f"#image(bytes(({', '.join(str(byte) for byte in picture)})), width: 100%)" for picture in pictures[:1]]
    return typst.compile("\n".join(source).encode())


def _png(bitmap) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    memory = memoryview(bitmap.buffer).cast("B")
    rows = b"".join(
        b"\x00" + bytes(memory[row * bitmap.stride : row * bitmap.stride + bitmap.width])
        for row in range(bitmap.height)
    )
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, 0, 0, 0, 0)
    picture = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + picture


def as_odt(lines: list[str]) -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in plain(lines).split("\n"))
    content = (
        f'<office:document-content xmlns:office="{names}office:1.0" xmlns:text="{names}text:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def as_html(lines: list[str]) -> bytes:
    parts = ["<!DOCTYPE html><html><head><title>Cổng thông tin</title><style>p{}</style></head><body>"]
    for is_menu, group in groupby(lines, key=lambda line: line[:5] if line.startswith(("@menu ", "@row ")) else ""):
        if is_menu == "@row ":
            rows = "".join(
                "<tr>" + "".join(f"<td>{escape(cell.strip())}</td>" for cell in line[5:].split("|")) + "</tr>"
                for line in group
            )
            parts.append(f"<table>{rows}</table>")
        elif is_menu:
            parts.append("<ul>" + "".join(f"<li><a href='#'>{escape(line[6:])}</a></li>" for line in group) + "</ul>")
        else:
            parts += [f"<p>{escape(line.removeprefix('@meta '))}</p>" for line in group]
    return ("\n".join(parts) + "<script>var a = 'Số: 1/KH-JS';</script></body></html>").encode()


def in_old_encoding(text: str, name: str) -> bytes:
    """Text in TCVN3 or VNI bytes; letters without a capital of their own are written small, as those fonts did."""
    from viparse.normalize.encodings import CHARMAPS

    letters = {modern: old for old, modern in CHARMAPS[name].pairs}
    written = []
    for letter in unicodedata.normalize("NFC", text):
        written.append(letters.get(letter) or letters.get(letter.lower()) or letter)
    return "".join(written).replace("“", '"').replace("”", '"').encode("cp1252", "replace")
