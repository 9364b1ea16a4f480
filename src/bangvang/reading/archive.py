"""Zip packages (docx, xlsx, odt) before any library opens them: sizes, names, macros, links, declarations.

Declared sizes can lie, so every member is unpacked once here in small steps with the limits counted on real bytes.
"""

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from bangvang.reading.refusal import RefusedFile, refuse

MOST_MEMBERS = 2000
LARGEST_PACKAGE = 200 * 1024 * 1024  # bytes when unpacked, all members together
LARGEST_RATIO = 200  # unpacked : packed; Word's own XML reaches about 40
RATIO_MATTERS_FROM = 2 * 1024 * 1024  # bytes: a small member of blanks may well shrink a thousandfold
LARGEST_XML = 60 * 1024 * 1024  # bytes of one XML member; xlsx sheets of 100,000 rows have about 40 MB
STEP = 1 << 16

PROGRAM_PARTS = re.compile(
    r"vbaproject|vbadata|activex|macrosheets|(^|/)basic/|(^|/)scripts/|\.(?:exe|dll|js|vbs)$", re.I
)
EMBEDDED_PARTS = re.compile(r"(^|/)embeddings/|oleobject|(^|/)object ?\d+/|objectreplacements/", re.I)
LINKED_PARTS = re.compile(r"(^|/)externallinks/", re.I)

# <Relationship ... TargetMode="External" .../> in any attribute order.
RELATIONSHIP = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>", re.I)
EXTERNAL = re.compile(r"""TargetMode\s*=\s*["']External["']""", re.I)
HYPERLINK = re.compile(r"""Type\s*=\s*["'][^"']*/hyperlink["']""", re.I)
# A hyperlink is only followed when a person clicks it; web and mail addresses are ordinary in office papers.
CLICKABLE = re.compile(r"""Target\s*=\s*["'](?:https?:|mailto:|tel:|#)""", re.I)
# Field codes that fetch or run something when the document is opened.
FETCHING_FIELD = re.compile(r"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\b")
FIELD_CODE = re.compile(r"<w:instrText\b[^>]*>([^<]*)|w:instr\s*=\s*\"([^\"]*)\"")

NEEDED = ("[Content_Types].xml", "word/document.xml", "xl/workbook.xml", "content.xml", "mimetype")
MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def kind_of_archive(content: bytes) -> str:
    """docx, xlsx or odt; raises RefusedFile for any other package and for everything house.md 2.11 forbids."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise refuse("damaged") from error
    with package:
        members = package.infolist()
        _check_directory(members, len(content))
        kind = _kind_of_package(package, members)
        _check_members(package, members)
    return kind


def _check_directory(members: list[zipfile.ZipInfo], size: int) -> None:
    if any(member.flag_bits & 0x1 for member in members):
        raise refuse("encrypted")
    if len(members) > MOST_MEMBERS or len({member.filename for member in members}) != len(members):
        raise refuse("archive_bomb")
    if sum(member.file_size for member in members) > LARGEST_PACKAGE:
        raise refuse("archive_bomb")
    ends = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < ends or member.header_offset + member.compress_size > size:
            raise refuse("archive_bomb")  # members that share bytes: the classic small bomb
        ends = member.header_offset + max(member.compress_size, 1)
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in PurePosixPath(name).parts:
            raise refuse("damaged")
        if PROGRAM_PARTS.search(name):
            raise refuse("macros")
        if EMBEDDED_PARTS.search(name):
            raise refuse("embedded_object")
        if LINKED_PARTS.search(name):
            raise refuse("external_link")


def _kind_of_package(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str:
    names = {member.filename for member in members}
    if "[Content_Types].xml" in names:
        if b"macroEnabled" in _unpack(package, package.getinfo("[Content_Types].xml")):
            raise refuse("macros")
        for main, kind in MAIN_PARTS.items():
            if main in names:
                return kind
    if "mimetype" in names and "content.xml" in names:
        declared = _unpack(package, package.getinfo("mimetype")).strip()
        if declared in (
            b"application/vnd.oasis.opendocument.text",
            b"application/vnd.oasis.opendocument.text-template",
        ):
            return "odt"
    raise refuse("unknown_type")


def _check_members(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    total = 0
    for member in members:
        try:
            content = _unpack(package, member)
        except RefusedFile as refused:
            if refused.refusal.code == "damaged" and member.filename not in NEEDED:
                continue  # a broken picture or theme: nobody will read it, and the words may still be whole
            raise
        total += len(content)
        if total > LARGEST_PACKAGE:
            raise refuse("archive_bomb")
        name = member.filename.lower()
        if name.endswith((".xml", ".rels", ".vml", ".xhtml", ".html", ".rdf")):
            _check_xml(name, content)
        elif content.startswith((b"MZ", b"\x7fELF")):
            raise refuse("executable")
        elif content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) and not name.endswith(".odttf"):
            raise refuse("embedded_object")


def _unpack(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """One member's bytes, counted while they come out; raises RefusedFile beyond the limits."""
    parts: list[bytes] = []
    size = 0
    try:
        with package.open(member) as stream:
            while step := stream.read(STEP):
                parts.append(step)
                size += len(step)
                packed = max(member.compress_size, 1)
                if size > LARGEST_PACKAGE or (size > RATIO_MATTERS_FROM and size / packed > LARGEST_RATIO):
                    raise refuse("archive_bomb")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise refuse("damaged") from error
    return b"".join(parts)


def _check_xml(name: str, content: bytes) -> None:
    if len(content) > LARGEST_XML:
        raise refuse("archive_bomb")
    text = _xml_text(content)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise refuse("xml_entities")
    if name.endswith(".rels"):
        for relationship in RELATIONSHIP.findall(text):
            external = EXTERNAL.search(relationship)
            if external and not (HYPERLINK.search(relationship) and CLICKABLE.search(relationship)):
                raise refuse("external_link")
    elif name.startswith("word/") and "w:instr" in text:
        codes = "".join(first or second for first, second in FIELD_CODE.findall(text))
        if FETCHING_FIELD.search(codes):
            raise refuse("external_link")
    if name in ("content.xml", "styles.xml") and re.search(r"<(?:office:scripts>|script:|office:dde-source)", text):
        raise refuse("macros")


def _xml_text(content: bytes) -> str:
    """XML in the encoding an XML parser would take: the byte order mark, or the pattern of zero bytes, else UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if content[:2] == b"<\x00":
        return content.decode("utf-16-le", errors="replace")
    if content[:2] == b"\x00<":
        return content.decode("utf-16-be", errors="replace")
    return content.decode("utf-8", errors="replace")
