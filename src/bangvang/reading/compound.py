"""Compound files of old Office (.doc, .xls), and of encrypted .docx: only the directory of stream names is read.

Layout: [MS-CFB], header of 512 bytes, sectors chained by a table (FAT), directory entries of 128 bytes.
"""

import struct

from bangvang.reading.refusal import refuse

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END_OF_CHAIN = 0xFFFFFFFE
MOST_ENTRIES = 4000

ENCRYPTED = {"EncryptedPackage", "EncryptionInfo"}
MACROS = {"Macros", "VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "PROJECT"}
EMBEDDED = {"ObjectPool", "\x01Ole10Native"}


def kind_of_compound(content: bytes) -> str:
    """ "doc", or raises RefusedFile: encrypted, macros, embedded objects, Excel, something else."""
    try:
        names = _stream_names(content)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise refuse("damaged") from error
    if names & ENCRYPTED:
        raise refuse("encrypted")
    if names & MACROS:
        raise refuse("macros")
    if ("ObjectPool" in names and _has_stream_below_pool(names)) or "\x01Ole10Native" in names:
        raise refuse("embedded_object")
    if "WordDocument" in names:
        if _word_is_encrypted(content):
            raise refuse("encrypted")
        return "doc"
    if names & {"Workbook", "Book"}:
        raise refuse("old_excel")
    raise refuse("unknown_type")


def _stream_names(content: bytes) -> set[str]:
    sector_size = 1 << struct.unpack_from("<H", content, 30)[0]
    if sector_size not in (512, 4096):
        raise refuse("damaged")
    first_directory = struct.unpack_from("<I", content, 48)[0]
    fat: list[int] = []
    for fat_sector in struct.unpack_from("<109I", content, 76):
        if fat_sector < END_OF_CHAIN - 2:
            fat.extend(struct.unpack_from(f"<{sector_size // 4}I", content, (fat_sector + 1) * sector_size))
    names: set[str] = set()
    sector, seen = first_directory, set[int]()
    while sector < END_OF_CHAIN - 2 and sector not in seen and len(seen) * sector_size // 128 < MOST_ENTRIES:
        seen.add(sector)
        for entry in range(sector_size // 128):
            start = (sector + 1) * sector_size + entry * 128
            length = struct.unpack_from("<H", content, start + 64)[0]
            if 2 < length <= 64:
                names.add(content[start : start + length - 2].decode("utf-16-le"))
        sector = fat[sector]
    return names


def _has_stream_below_pool(names: set[str]) -> bool:
    # Word leaves an empty ObjectPool behind; a real object has a storage named "_" and digits, and these streams.
    return bool(
        names & {"\x03ObjInfo", "\x01Ole", "\x01CompObj", "Package"}
        and any(n[:1] == "_" and n[1:].isdigit() for n in names)
    )


def _word_is_encrypted(content: bytes) -> bool:
    # The file information block starts with 0xA5EC; bit 8 of the flags at offset 10 says "encrypted" ([MS-DOC] 2.5.2).
    start = content.find(b"\xec\xa5", 512)
    return start >= 0 and bool(struct.unpack_from("<H", content, start + 10)[0] & 0x0100)
