"""Scans, through tesseract with its Vietnamese model where the server has both; the result is never trusted much."""

import io
import shutil
import subprocess
import time
from collections.abc import Iterator
from functools import cache

from bangvang.reading.formats.plain import RawLine
from bangvang.reading.refusal import refuse

DOTS_AN_INCH = 200
SECONDS = 11.0  # for the whole file; pages beyond are left out and said so


@cache
def program_for_vietnamese() -> str | None:
    """The path of tesseract where it is installed with its Vietnamese model; else None."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    languages = subprocess.run(  # noqa: S603 - fixed program and arguments
        [program, "--list-langs"], capture_output=True, timeout=10, check=False
    )
    return program if b"vie" in languages.stdout.split() else None


def lines_of(content: bytes, kind: str) -> tuple[list[RawLine], int]:
    """Recognised lines and the number of pages recognised; raises RefusedFile needs_ocr where it cannot be done."""
    program = program_for_vietnamese()
    if program is None:
        raise refuse("needs_ocr")
    started, lines, pages = time.monotonic(), list[RawLine](), 0
    for picture in _pictures(content, kind):
        left = SECONDS - (time.monotonic() - started)
        if left < 1:
            break
        try:
            outcome = subprocess.run(  # noqa: S603 - fixed program; the picture goes in through a pipe
                [program, "stdin", "stdout", "-l", "vie", "--psm", "4"],
                input=picture,
                capture_output=True,
                timeout=left,
                check=False,
            )
        except subprocess.TimeoutExpired:
            break
        if outcome.returncode != 0:
            break
        pages += 1
        lines += [(pages, line, "ocr") for line in outcome.stdout.decode("utf-8", "replace").split("\n")]
    if sum(letter.isalnum() for _page, line, _source in lines for letter in line) < 60:
        raise refuse("needs_ocr")
    return lines, pages


def _pictures(content: bytes, kind: str) -> Iterator[bytes]:
    if kind != "pdf":
        yield content
        return
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            if next(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is None:
                continue  # nothing was scanned onto this page
            bitmap = page.render(scale=DOTS_AN_INCH / 72, grayscale=True)
            header = b"P5 %d %d 255\n" % (bitmap.width, bitmap.height)
            rows = io.BytesIO(header)
            rows.seek(0, io.SEEK_END)
            memory = memoryview(bitmap.buffer).cast("B")
            for row in range(bitmap.height):
                rows.write(memory[row * bitmap.stride : row * bitmap.stride + bitmap.width])
            yield rows.getvalue()
    finally:
        document.close()
