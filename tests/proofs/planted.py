"""Copies of the product's source with one line changed: the planted faults of controls."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.databases import SRC


def source(folder: Path, file: str = "", right: str = "", wrong: str = "") -> Path:
    """A copy of `src` under `folder` in which `file` says `wrong` where it said `right`. Without a file: the product
    itself."""
    if not file:
        return SRC
    return sources(folder, [(file, right, wrong)])


def sources(folder: Path, changes: Sequence[tuple[str, str, str]]) -> Path:
    """The same with several changes, each (file, what it said, what it says). Without any: the product itself."""
    if not changes:
        return SRC
    copy = copied(folder)
    for file, right, wrong in changes:
        text = (copy / file).read_text(encoding="utf-8")
        if text.count(right) != 1:
            raise ValueError(f"{file}: the line to be changed stands there {text.count(right)} times: {right}")
        (copy / file).write_text(text.replace(right, wrong), encoding="utf-8")
    return copy


def copied(folder: Path) -> Path:
    """A copy of `src` under `folder`."""
    copy = folder / "src"
    shutil.copytree(SRC, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy
