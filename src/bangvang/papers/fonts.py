"""Which font the PDF writer draws with: one that has the widths of Times New Roman and every Vietnamese letter.

The project carries no font file. Tinos and Liberation Serif 2 have both; Liberation Serif 1 has the same name as its
successor and lacks ơ, ư and all letters with two marks, so a name proves nothing and the file itself is read.
"""

import struct
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    import typst

WITH_TIMES_WIDTHS: Final = ("Times New Roman", "Tinos", "Liberation Serif")
VIETNAMESE_LETTERS: Final = frozenset(
    unicodedata.normalize("NFC", letter + tone)
    for vowel in "aăâeêioôơuưy"
    for letter in (vowel, vowel.upper())
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
) | {"đ", "Đ"}


@dataclass(frozen=True, slots=True)
class Face:
    """A family that can be drawn with, and the folder that holds it (nothing else on the system is looked at)."""

    family: str
    files: tuple[Path, ...]

    @property
    def folder(self) -> Path:
        return self.files[0].parent


@lru_cache(maxsize=1)
def chosen_face() -> Face:
    """The first family with Times widths whose files have every Vietnamese letter; else Noto Serif from its package.

    Read once in the life of the program: looking through the system's fonts takes a tenth of a second.
    """
    import typst

    installed = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts()
    for family in WITH_TIMES_WIDTHS:
        for folder in sorted({Path(font.path).parent for font in installed if font.family == family and font.path}):
            files = tuple(
                sorted(
                    Path(f.path) for f in installed if f.family == family and f.path and Path(f.path).parent == folder
                )
            )
            if len(files) >= 4 and letters_of_face(Face(family, files)) >= VIETNAMESE_LETTERS:
                return Face(family, files)
    return packaged_face()


def packaged_face() -> Face:
    """Noto Serif, which pip installs with us: other widths than Times, but complete wherever the program runs."""
    import fontpkg_noto_serif  # noqa: PLC0415 - asked for only where no Times-like font is installed

    folder = Path(fontpkg_noto_serif.__file__).parent / "files"
    return Face("Noto Serif", tuple(sorted(folder.glob("*.ttf"))))


@lru_cache(maxsize=4)
def collection(face: Face) -> "typst.Fonts":
    """The fonts of the face for the typst compiler."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[face.folder])


@lru_cache(maxsize=8)
def letters_of_face(face: Face) -> frozenset[str]:
    """The characters that every style of the face can draw."""
    first, *others = (letters_of(file) for file in face.files)
    return first.intersection(*others)


def require(text: str, face: Face) -> None:
    """ValueError for a character that the face lacks: an empty box in a name would be seen only after the signature."""
    missing = sorted(set(text) - letters_of_face(face) - {"\n"})
    if missing:
        raise ValueError(
            f"Phông chữ {face.family} không có ký tự {' '.join(missing)}. Xin thay bằng ký tự khác rồi in lại."
        )


def letters_of(file: Path) -> frozenset[str]:
    """The characters below U+10000 that a TrueType or OpenType file can draw (its "cmap", format 4)."""
    content = file.read_bytes()
    tables = dict(_tables(content))
    start = tables.get(b"cmap")
    if start is None:
        return frozenset()
    (count,) = struct.unpack_from(">H", content, start + 2)
    for position in range(count):
        _, _, offset = struct.unpack_from(">HHI", content, start + 4 + 8 * position)
        if struct.unpack_from(">H", content, start + offset) == (4,):
            return frozenset(_format_4(content, start + offset))
    return frozenset()


def _tables(content: bytes) -> "Iterable[tuple[bytes, int]]":
    if content[:4] not in (b"\0\1\0\0", b"OTTO", b"true"):
        return
    (count,) = struct.unpack_from(">H", content, 4)
    for position in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", content, 12 + 16 * position)
        yield tag, offset


def _format_4(content: bytes, start: int) -> "Iterable[str]":
    (doubled,) = struct.unpack_from(">H", content, start + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", content, start + 14)
    begins = struct.unpack_from(f">{count}H", content, start + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", content, start + 16 + 2 * doubled)
    ranges_at = start + 16 + 3 * doubled
    ranges = struct.unpack_from(f">{count}H", content, ranges_at)
    for segment in range(count):
        for code in range(begins[segment], ends[segment] + 1):
            if ranges[segment] == 0:
                glyph = (code + deltas[segment]) & 0xFFFF
            else:
                at = ranges_at + 2 * segment + ranges[segment] + 2 * (code - begins[segment])
                (glyph,) = struct.unpack_from(">H", content, at) if at + 2 <= len(content) else (0,)
            if glyph and not 0xD800 <= code <= 0xDFFF:
                yield chr(code)
