"""Word files of before 2007, through antiword where the server has it (catdoc loses the words of tables)."""

import re
import shutil
import subprocess
from pathlib import Path

from bangvang.reading.formats.plain import RawLine
from bangvang.reading.refusal import refuse

SECONDS = 10
# Tails of stray memory come out as runs of letters no Vietnamese text has (CJK, private use).
GARBAGE = re.compile("[\u2e80-\ua4cf\uac00-\ud7ff\ue000-\uf8ff]{2,}")


def lines_of(path: Path) -> list[RawLine]:
    """The document's lines; raises RefusedFile when antiword is missing or fails."""
    antiword = shutil.which("antiword")
    if antiword is None:
        raise refuse("no_antiword")
    # -w 0: one line a paragraph; antiword gets the same limits as this process, which it inherits.
    outcome = subprocess.run(  # noqa: S603 - a fixed program and the path of the file under inspection, no shell
        [antiword, "-m", "UTF-8.txt", "-w", "0", str(path)], capture_output=True, timeout=SECONDS, check=False
    )
    text = outcome.stdout.decode("utf-8", errors="replace")
    if outcome.returncode != 0 or not text.strip():
        raise refuse("damaged")
    lines: list[RawLine] = []
    for line in GARBAGE.sub("", text).replace("\f", "\n").split("\n"):
        if line.startswith("|") and line.rstrip().endswith("|"):
            lines.extend((None, cell, "cell") for cell in line.strip("| ").split("|"))
        else:
            lines.append((None, line, "body"))
    return lines
