"""What leaves with a picture: what it is drawn by and how it is turned; not where, when and by whom it was taken."""

import struct
import zlib

import pytest

from bangvang.papers.pictures import without_traces

PLACE = b"21.0285 N 105.8542 E"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(*extra: bytes, behind: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    drawn = chunk(b"IDAT", zlib.compress(b"\0\x7d\x1a\x1f"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + drawn + chunk(b"IEND", b"") + behind


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int, order: str = ">") -> bytes:
    mark = b"MM\0*" if order == ">" else b"II*\0"
    rows = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    return b"Exif\0\0" + mark + struct.pack(f"{order}IH", 8, 1) + rows + struct.pack(f"{order}I", 0) + PLACE


SCAN = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
JFIF, TABLE = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), segment(0xDB, b"\0" * 65)


def jpeg(*extra: bytes, scan: bytes = SCAN, behind: bytes = b"") -> bytes:
    return b"\xff\xd8" + JFIF + b"".join(extra) + TABLE + scan + b"\xff\xd9" + behind


def test_a_png_keeps_what_it_is_drawn_by() -> None:
    colours = chunk(b"sRGB", b"\0")
    traced = png(colours, *(chunk(name, PLACE) for name in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME")), behind=PLACE)
    assert without_traces(traced) == png(colours)


def test_a_jpeg_keeps_what_it_is_drawn_by() -> None:
    colours, adobe = segment(0xE2, b"ICC_PROFILE\0\1\1profile"), segment(0xEE, b"Adobe")
    traces = [segment(marker, b"http://ns.adobe.com/xap/1.0/\0" + PLACE) for marker in (0xE1, 0xE2, 0xED, 0xEF, 0xFE)]
    traced = jpeg(segment(0xE1, exif(1)), colours, adobe, *traces, behind=PLACE)
    assert without_traces(traced) == jpeg(colours, adobe)


def test_a_second_scan_belongs_to_the_picture() -> None:
    progressive = SCAN + segment(0xC4, b"\0" * 20) + SCAN
    assert without_traces(jpeg(scan=progressive)) == jpeg(scan=progressive)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_picture_stays_turned_as_it_was_taken(order: str) -> None:
    cleaned = without_traces(jpeg(segment(0xE1, exif(6, order))))
    assert PLACE not in cleaned
    assert cleaned == jpeg(segment(0xE1, exif(6)[: -len(PLACE)]))
    assert without_traces(cleaned) == cleaned


@pytest.mark.parametrize("orientation", [0, 9])
def test_an_orientation_that_does_not_exist_is_upright(orientation: int) -> None:
    assert without_traces(jpeg(segment(0xE1, exif(orientation)))) == jpeg()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", jpeg()[:40], jpeg()[:-2], png()[:60], png()[:-4], b"\xff\xd8xx"])
def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"JPEG|PNG|ends too early|marker|not found"):
        without_traces(content)
