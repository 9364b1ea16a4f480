"""1.1 A fresh clone works with the two commands of the README, with `shared` beside it and without."""

import os
import re
import shutil
import tempfile
from pathlib import Path

from tests.proofs import ROOT, Figure, Run, proof

LAST_LINE = re.compile(r"^(\d+) passed, (\d+) failed, (\d+) skipped$")
BROKEN_TEST = "def test_planted() -> None:\n    assert 1 == 2\n"
# The control needs no other test than the planted one: the rest would only cost time.
PLANTED = "tests/test_planted.py"


@proof(
    "1.1",
    what="A fresh clone sets itself up, loads the demo, passes tests and gate; without shared it names what it skipped",
    bar="./bv demo --no-serve, ./bv test, .ci/run exit 0 with shared; ./bv test exits 0 without and names the skipped",
    controls={
        "broken_test": "a test that fails is added to the clone",
        "crashing_demo": "manage.py of the clone raises on its first line",
    },
)
def fresh_clone(run: Run) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="bv-fresh-") as name:
        beside = Path(name)
        clone = clone_into(run, beside)
        if run.fault and (ROOT / ".venv").is_dir():
            # Installing is what the plain run shows; a control only needs the installed result.
            shutil.copytree(ROOT / ".venv", clone / ".venv", symlinks=True)
        if run.fault == "broken_test":
            (clone / PLANTED).write_text(BROKEN_TEST)
            return tested(run, clone, "--quick", PLANTED)
        if run.fault == "crashing_demo":
            manage = clone / "manage.py"
            manage.write_text("raise SystemExit(1)\n" + manage.read_text())
            return demonstrated(run, clone)
        if (ROOT.parent / "shared").is_dir():
            (beside / "shared").symlink_to(ROOT.parent / "shared")
        figures = demonstrated(run, clone)
        if os.environ.get("CI"):
            figures["test"] = figures["gate"] = "the gate, in a fresh clone, is what runs this proof"
        else:
            figures |= tested(run, clone)
            gate = run.sh(["bash", ".ci/run"], cwd=clone, env=outside(BV_PROVE_SKIP="1.1"), timeout=3000, name="ci")
            run.expect(".ci/run exit", gate.returncode, 0)
            figures["gate"] = last_line(gate.stdout)
    with tempfile.TemporaryDirectory(prefix="bv-alone-") as name:
        clone = clone_into(run, Path(name))
        alone = tested(run, clone)
        figures["without shared"] = alone["test"]
    return figures


def clone_into(run: Run, folder: Path) -> Path:
    made = run.sh(["git", "clone", "-q", str(ROOT), str(folder / "fresh")], name="clone")
    run.expect("git clone exit", made.returncode, 0)
    return folder / "fresh"


def demonstrated(run: Run, clone: Path) -> dict[str, Figure]:
    done = run.sh(["./bv", "demo", "--no-serve"], cwd=clone, env=outside(), timeout=600, name="demo")
    run.expect("demo exit", done.returncode, 0)
    run.expect("demo prints a summary with numbers", bool(re.search(r"\d", last_line(done.stdout))), True)
    run.expect("no traceback in the demo", "Traceback" in done.stdout, False)
    return {"demo": last_line(done.stdout)}


def tested(run: Run, clone: Path, *arguments: str) -> dict[str, Figure]:
    done = run.sh(["./bv", "test", *arguments], cwd=clone, env=outside(), timeout=3000, name="test")
    run.expect("test exit", done.returncode, 0)
    counts = LAST_LINE.match(last_line(done.stdout))
    run.expect("the last line has the counts", bool(counts), True)
    if counts:
        run.expect("failed tests", int(counts[2]), 0)
        named = sum(int(number) for number in re.findall(r"^  skipped in .*?: (\d+) ×", done.stdout, re.MULTILINE))
        run.expect("every skipped test is named with its reason", named, int(counts[3]))
    return {"test": last_line(done.stdout)}


def last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1]


def outside(**extra: str) -> dict[str, str | None]:
    """The environment of a person at a shell: nothing of this run's .venv or data leads into the clone."""
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if part != str(ROOT / ".venv" / "bin"))
    return {"PATH": path, "VIRTUAL_ENV": None, "PYTHONPATH": None, "BV_VAR": None, "BV_DATABASE": None, **extra}
