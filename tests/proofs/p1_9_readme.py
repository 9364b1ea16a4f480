"""1.9 The README tells the truth: its commands, pictures and paths exist."""

import re
import runpy
import struct
from pathlib import Path

from tests.proofs import ROOT, Figure, Run, proof
from tests.proofs.screens import file_names

COMMANDS = ("./bv demo", "./bv test")
SECTIONS = ("What it is", "What it is not yet", "The map of the house", "In production", "Tiếng Việt", "Licence")
PICTURE = re.compile(r"!\[([^\]]+)\]\(([^)]+\.png)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?!https?:)([^)#]+)")
PATH = re.compile(r"(?<![\w/.-])((?:docs|src|tests|bench)/[\w./-]+[\w/])")
LARGEST = 150_000  # bytes of one picture


@proof(
    "1.9",
    what="README: the two commands, three screenshots of the demo, what it is, what it is not yet, the map of the house",
    bar="two commands that ./bv has and the gate runs; 3 pictures, PNG under 150 kB, of those that proof 1.6 takes; "
    "6 sections; every path and link stands",
    controls={
        "no_test_command": "a copy of README without ./bv test",
        "missing_picture": "a copy of README whose first picture is not there",
        "no_honest_section": "a copy of README without what it is not yet",
        "dead_path": "a copy of README with a path that does not exist",
    },
)
def readme(run: Run) -> dict[str, Figure]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    text = planted(text, run.fault) if run.fault else text
    run.keep("README.md", text)
    commands(run, text)
    pictures = PICTURE.findall(text)
    run.expect("pictures", len(pictures), 3)
    for words, path in pictures:
        picture(run, words, ROOT / path)
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    run.expect("sections", [name for name in SECTIONS if name not in headings], [])
    paths = {*LINK.findall(text), *PATH.findall(text)}
    run.expect("paths that do not stand", sorted(path for path in paths if not (ROOT / path).exists()), [])
    committed = {file.name for file in (ROOT / "docs/screenshots").glob("*.png")}
    run.expect("committed screenshots are those of proof 1.6", sorted(committed ^ file_names()), [])
    return {"commands": len(COMMANDS), "pictures": len(pictures), "sections": len(SECTIONS), "paths": len(paths)}


def planted(text: str, fault: str) -> str:
    changes = {
        "no_test_command": ("./bv test", "./bv prüfe"),
        "missing_picture": ("tasks-1280.png", "nowhere-1280.png"),
        "no_honest_section": ("## What it is not yet", "## Soon"),
        "dead_path": ("docs/how-it-works/map.md", "docs/how-it-works/treasure-map.md"),
    }
    old, new = changes[fault]
    assert old in text, f"README has changed: {fault} cannot be planted"
    return text.replace(old, new)


def commands(run: Run, text: str) -> None:
    """The first block of code is the two commands; ./bv knows both, and the gate and the fresh clone run them."""
    first = re.search(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.split("#")[0].strip() for line in first[1].splitlines()] if first else []
    run.expect("the first block of code", lines, list(COMMANDS))
    known = runpy.run_path(str(ROOT / "bv"))["COMMANDS"]
    run.expect("commands of ./bv", [line for line in COMMANDS if line.split()[1] not in known], [])
    gate = (ROOT / ".ci/run").read_text() + (ROOT / "tests/proofs/p1_1_fresh_clone.py").read_text()
    run.expect("./bv test is run by the gate", "./bv test" in gate, True)
    run.expect("./bv demo is run on a fresh clone", '"./bv", "demo"' in gate, True)


def picture(run: Run, words: str, file: Path) -> None:
    """A PNG with words for those who do not see it, small, committed, one of those that proof 1.6 takes."""
    run.expect(f"{file.name} is one of proof 1.6", file.name in file_names(), True)
    run.expect(f"{file.name} stands", file.is_file(), True)
    if not file.is_file():
        return
    content = file.read_bytes()
    run.expect(f"{file.name} is a PNG", content[:8], b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    run.expect(f"{file.name} width", f"-{width}.png" in file.name, True)
    run.at_least(f"{file.name} height", height, 600)
    run.at_most(f"{file.name} bytes", len(content), LARGEST)
    run.at_least(f"{file.name} words", len(words), 10)
