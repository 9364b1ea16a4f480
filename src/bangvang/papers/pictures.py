"""JPEG and PNG as others may have them: without place, time and owner that cameras and programs write into a file."""

import struct

PNG = b"\x89PNG\r\n\x1a\n"
# Chunks that a PNG is drawn by; critical ones have a capital first letter. Words, times and Exif are not among them.
PNG_DRAWN = {b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs", b"cICP", b"acTL", b"fcTL", b"fdAT"}
JPEG = b"\xff\xd8"
SOS, EOI, APP0, APP1, APP2, APP14, APP15, COM = 0xDA, 0xD9, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
ORIENTATION = 0x0112
BYTE_ORDERS = {b"II": "<", b"MM": ">"}


def without_traces(content: bytes) -> bytes:
    """The same picture; how it is turned is kept. Raises ValueError for anything that is no whole JPEG or PNG."""
    try:
        if content.startswith(PNG):
            return _png(content)
        if content.startswith(JPEG):
            return _jpeg(content)
    except (struct.error, IndexError) as error:
        raise ValueError("a picture that ends too early") from error
    raise ValueError("neither JPEG nor PNG")


def _png(content: bytes) -> bytes:
    kept, at = [PNG], len(PNG)
    while True:
        (length,), name = struct.unpack_from(">I", content, at), content[at + 4 : at + 8]
        if len(name) < 4 or at + 12 + length > len(content):
            raise ValueError("a PNG that ends too early")
        if name[:1].isupper() or name in PNG_DRAWN:
            kept.append(content[at : at + 12 + length])
        if name == b"IEND":
            return b"".join(kept)  # what some programs hang on behind is left out
        at += 12 + length


def _jpeg(content: bytes) -> bytes:
    kept, at = [JPEG], len(JPEG)
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker where one must stand")
        marker = content[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == EOI:
            kept.append(b"\xff\xd9")
            return b"".join(kept)  # a second picture behind the first is left out
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if end > len(content):
            raise ValueError("a JPEG that ends too early")
        segment = content[at:end]
        kept.append(_segment(marker, segment))
        at = end
        if marker == SOS:
            end = _end_of_scan(content, at)
            kept.append(content[at:end])
            at = end


def _segment(marker: int, segment: bytes) -> bytes:
    """What of a segment is kept."""
    if marker == APP1 and segment[4:10] == b"Exif\0\0":
        return _turned(_orientation(segment[10:]))
    if marker == APP2:
        return segment if segment[4:16] == b"ICC_PROFILE\0" else b""
    if marker in {APP0, APP14}:
        return segment
    return b"" if APP1 <= marker <= APP15 or marker == COM else segment


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands behind the drawn bytes; FF00 and restarts belong to them."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    """How the camera was held, 1 to 8; 1 (upright) where that is not told."""
    order = BYTE_ORDERS.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for place in range(count):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * place)
            if tag == ORIENTATION:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _turned(orientation: int) -> bytes:
    """An Exif segment that says how the picture is turned and nothing else; empty for an upright one."""
    if orientation == 1:
        return b""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
