"""Copies of the product in which the law book, or what reads it, has one line changed; and the `law` command run on them."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.databases import ROOT, SRC
from tests.proofs import planted

DATA = "bangvang/law/data/"
Change = tuple[str, str, str]
"""A file below src, the text that stands there (its first occurrence counts), and the text instead."""


@contextmanager
def changed(*changes: Change) -> Iterator[Path]:
    """The product's source with these changes; without any, the product itself."""
    if not changes:
        yield SRC
        return
    with tempfile.TemporaryDirectory(prefix="bv-law-") as name:
        copy = planted.copied(Path(name))
        for file, right, wrong in changes:
            text = (copy / file).read_text(encoding="utf-8")
            if right not in text:
                raise ValueError(f"{file} does not say: {right}")
            (copy / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
        yield copy


def law(src: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """``./bv law …`` from this source."""
    return subprocess.run(
        [sys.executable, "-m", "bangvang.law", *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(src)},
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
    )


def printed(src: Path, *words: str | Path) -> Any:
    """What it prints as JSON; nothing when it did not come so far."""
    done = law(src, *words, "--json")
    return json.loads(done.stdout) if done.stdout else None
