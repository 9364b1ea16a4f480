"""What an uploaded file really is, by its bytes and never by its name, and whether it may be read (house.md 2.11).

Reads bytes only: nothing is rendered, run or followed. It still opens zip directories made by strangers, so it runs
inside the limited child (child.py) like everything else that touches the file.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from bangvang.reading import archive, compound
from bangvang.reading.refusal import refuse

LARGEST_FILE = 25 * 1024 * 1024  # bytes; house.md 2.11
LARGEST_PICTURE = 100_000_000  # pixels: an A3 page scanned at 600 dpi has 70 million
HEAD = 4096  # bytes looked at for signatures

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "pdf": "application/pdf",
    "html": "text/html",
    "txt": "text/plain",
    "png": "image/png",
    "jpeg": "image/jpeg",
}

# First bytes of programs: Windows, Linux, macOS (four ways), Java, shell scripts, Windows shortcuts.
PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
SHORTCUT = b"L\x00\x00\x00\x01\x14\x02\x00"
BATCH = re.compile(rb"\A\s*(?:@echo\s+(?:off|on)|<\?php|<%@|Set\s+\w+\s*=\s*CreateObject)", re.IGNORECASE)

PDF_ACTIONS = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b(?!\w)")
MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|div|table|p|meta)\b", re.IGNORECASE)

CONTROLS = bytes(code for code in range(1, 32) if code not in b"\t\n\r\f\x0b\x1a")


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the bytes say: kind ("docx", "pdf", …), media type to serve it as, size in bytes, SHA-256 in hex."""

    kind: str
    media_type: str
    size: int
    sha256: str


def identify(path: Path) -> FileFacts:
    """Name the kind of a file and check that it may be read; raises RefusedFile otherwise."""
    if not path.is_file():
        raise refuse("not_found", name=path.name)
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise refuse("too_large", size=-(-size // 2**20), limit=LARGEST_FILE // 2**20)
    content = path.read_bytes()
    kind = kind_of(content)
    return FileFacts(kind, MEDIA_TYPES[kind], size, hashlib.sha256(content).hexdigest())


def kind_of(content: bytes) -> str:
    """The kind of these bytes, one of MEDIA_TYPES; raises RefusedFile when unknown or not allowed."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise refuse("empty")
    head = content[:HEAD]
    if head.startswith(PROGRAMS) or head.startswith(SHORTCUT) or BATCH.match(head):
        raise refuse("executable")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return archive.kind_of_archive(content)
    if head.startswith(compound.SIGNATURE):
        return compound.kind_of_compound(content)
    if b"%PDF-" in head[:1024]:
        return _checked_pdf(content)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _checked_png(content)
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.lstrip().startswith(b"{\\rtf"):
        raise refuse("rtf")
    return _kind_of_characters(content)


def _checked_pdf(content: bytes) -> str:
    # Objects packed in compressed streams are not seen here: pdfium is asked again with the text (pdf_text.py).
    if PDF_ACTIONS.search(content):
        raise refuse("active_content")
    if not any(mark in content for mark in (b"%%EOF", b"startxref", b"endobj")):
        raise refuse("damaged")
    return "pdf"


def _checked_png(content: bytes) -> str:
    width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if content[12:16] != b"IHDR" or not width or not height:
        raise refuse("damaged")
    if width * height > LARGEST_PICTURE:
        raise refuse("archive_bomb")
    return "png"


def _kind_of_characters(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16 as Windows writes it
    plain = content.decode("utf-16", errors="replace").encode() if marked else content
    # Typed text has line ends and tabs but almost no other control characters; anything binary has many. A stretch of
    # zeros is what a failing disk leaves in a text: the words around it are still words.
    plain = plain.replace(b"\x00", b"")
    odd = len(plain) - len(plain.translate(None, CONTROLS))
    if odd > max(3, len(plain) / 100) or len(plain) < len(content) / 4:
        raise refuse("unknown_type")
    head = plain[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not MARKUP.search(head):
        if head.startswith((b"<?xml", b"<svg", b"<!DOCTYPE")):
            raise refuse("unknown_type")
        return "txt"
    # "<!DOCTYPE html>" names the language; a subset in brackets or an ENTITY declares things to expand.
    if re.search(rb"<!ENTITY|<!DOCTYPE[^>]*\[", plain, re.IGNORECASE):
        raise refuse("xml_entities")
    return "html"
