"""Hostile and broken files, made here byte by byte so that none has to be stored."""

import io
import struct
import zipfile

DOCX_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARAGRAPH = (
    f"<w:document {WORD}><w:body><w:p><w:r><w:t>Kế hoạch thi đua của đơn vị</w:t></w:r></w:p></w:body></w:document>"
)


def zipped(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


def docx(document: str = PARAGRAPH, **extra: str | bytes) -> bytes:
    """A minimal docx; `extra` names further members with __ for / and _DOT_ for a dot."""
    members: dict[str, str | bytes] = {"[Content_Types].xml": DOCX_TYPES, "word/document.xml": document}
    for name, content in extra.items():
        members[name.replace("__", "/").replace("_DOT_", ".")] = content
    return zipped(members)


def relationships(kind: str, target: str, *, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
        f' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/>'
        "</Relationships>"
    )


def compound(names: list[str]) -> bytes:
    """An old Office file whose directory holds these stream names (at most 7) and nothing else."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HH", header, 30, 9, 6)
    struct.pack_into("<II", header, 44, 1, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 2, 0xFFFFFFFE, *[0xFFFFFFFF] * 125)
    directory = bytearray(1024)
    for position, name in enumerate(["Root Entry", *names]):
        encoded = name.encode("utf-16-le")
        directory[position * 128 : position * 128 + len(encoded)] = encoded
        struct.pack_into("<H", directory, position * 128 + 64, len(encoded) + 2)
    return bytes(header) + fat + bytes(directory)


def overlapping_bomb() -> bytes:
    """Two directory entries that share the bytes of one member."""
    content = bytearray(zipped({"[Content_Types].xml": DOCX_TYPES, "word/document.xml": "0" * 100_000}))
    end = content.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<I", content, end + 16)[0]
    directory = bytes(content[start:end])
    twin = directory[directory.rfind(b"PK\x01\x02") :].replace(b"word/document.xml", b"word/document.xm2")
    return bytes(content[:end]) + twin + _end_record(3, len(directory) + len(twin), start)


def _end_record(members: int, size: int, start: int) -> bytes:
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, members, members, size, start, 0)


HOSTILE: dict[str, tuple[str, bytes]] = {
    # name: (code of the expected refusal, bytes)
    "nothing": ("empty", b""),
    "only blanks": ("empty", b" \r\n\t\x00\x00"),
    "windows program named pdf": ("executable", b"MZ\x90\x00" + b"\x00" * 200),
    "linux program": ("executable", b"\x7fELF" + b"\x00" * 200),
    "shell script": ("executable", b"#!/bin/sh\nrm -rf /\n"),
    "batch file": ("executable", b"@echo off\r\nformat c:\r\n"),
    "rtf": ("rtf", b"{\\rtf1\\ansi K\\'ea ho\\'b9ch}"),
    "random bytes": ("unknown_type", bytes(range(256)) * 40),
    "svg": ("unknown_type", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>"),
    "docm": ("macros", docx(word__vbaProject_DOT_bin=b"\x00")),
    "docm by content type": (
        "macros",
        zipped(
            {
                "[Content_Types].xml": DOCX_TYPES.replace("application/xml", "macroEnabled.main+xml"),
                "word/document.xml": PARAGRAPH,
            }
        ),
    ),
    "activex": ("macros", docx(word__activeX__activeX1_DOT_xml="<x/>")),
    "ole object": ("embedded_object", docx(word__embeddings__oleObject1_DOT_bin=b"\x00")),
    "ole object under another name": ("embedded_object", docx(word__media__picture_DOT_png=compound(["Package"]))),
    "program inside a docx": ("executable", docx(word__media__picture_DOT_png=b"MZ\x90\x00")),
    "attached template": (
        "external_link",
        docx(word___rels__settings_DOT_xml_DOT_rels=relationships("attachedTemplate", "http://example.test/a.dotm")),
    ),
    "remote picture": (
        "external_link",
        docx(word___rels__document_DOT_xml_DOT_rels=relationships("image", "http://example.test/p.png")),
    ),
    "link to a file server": (
        "external_link",
        docx(word___rels__document_DOT_xml_DOT_rels=relationships("hyperlink", "file://server/share")),
    ),
    "dde field": (
        "external_link",
        docx(PARAGRAPH.replace("<w:t>", "<w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe</w:instrText><w:t>")),
    ),
    "entity declaration": ("xml_entities", docx('<!DOCTYPE a [<!ENTITY b "c">]>' + PARAGRAPH)),
    "entity declaration in UTF-16": (
        "xml_entities",
        docx(word__x_DOT_xml='<!DOCTYPE a [<!ENTITY b "c">]><a/>'.encode("utf-16")),
    ),
    "html with entities": ("xml_entities", b'<!DOCTYPE html [<!ENTITY a "b">]><html><body>x</body></html>'),
    "blank bomb": ("archive_bomb", docx(word__media__a_DOT_png=b"\x00" * 30_000_000)),
    "many members": ("archive_bomb", docx(**{f"word__m{n}_DOT_xml": "" for n in range(2100)})),
    "overlapping members": ("archive_bomb", overlapping_bomb()),
    "path that climbs": ("damaged", zipped({"[Content_Types].xml": DOCX_TYPES, "../../etc/passwd": "x"})),
    "cut zip": ("damaged", docx()[:-30]),
    "some other zip": ("unknown_type", zipped({"a.txt": "x"})),
    "encrypted docx": ("encrypted", compound(["EncryptionInfo", "EncryptedPackage"])),
    "doc with macros": ("macros", compound(["WordDocument", "Macros", "VBA"])),
    "old excel": ("old_excel", compound(["Workbook"])),
    "doc cut after its header": ("damaged", compound(["WordDocument"])[:600]),
    "pdf that runs": (
        "active_content",
        b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
    ),
    "pdf with a file inside": ("active_content", b"%PDF-1.4\n1 0 obj<</Names<</EmbeddedFiles 2 0 R>>>>endobj\n%%EOF"),
    "pdf cut": ("damaged", b"%PDF-1.4\n1 0 obj<<"),
    "png as large as a wall": (
        "archive_bomb",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 60000, 60000) + b"\x00" * 20,
    ),
    "png cut": ("damaged", b"\x89PNG\r\n\x1a\n\x00"),
}

HARMLESS: dict[str, tuple[str, bytes]] = {
    "plain docx": ("docx", docx()),
    "docx with web and mail addresses": (
        "docx",
        docx(word___rels__document_DOT_xml_DOT_rels=relationships("hyperlink", "https://example.test/ke-hoach")),
    ),
    "xlsx": ("xlsx", zipped({"[Content_Types].xml": DOCX_TYPES, "xl/workbook.xml": "<workbook/>"})),
    "odt": ("odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})),
    "doc": ("doc", compound(["WordDocument", "ObjectPool", "\x01CompObj"])),
    "pdf": ("pdf", b"%PDF-1.4\n%%EOF"),
    "txt": ("txt", "KẾ HOẠCH\nTổ chức thi đua".encode()),
    "txt with mark": ("txt", "\ufeffKẾ HOẠCH".encode()),
    "txt in UTF-16": ("txt", "KẾ HOẠCH thi đua".encode("utf-16")),
    "html": ("html", "<!DOCTYPE html><html><body>Kế hoạch</body></html>".encode()),
    "png": ("png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 600, 800) + b"\x00" * 20),
    "jpeg": ("jpeg", b"\xff\xd8\xff\xe0" + b"\x00" * 40),
}
