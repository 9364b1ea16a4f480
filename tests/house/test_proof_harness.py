"""The proof harness on tiny proofs: it must tell a proof that proves from one that only looks like it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.proofs import load, order
from tests.proofs.__main__ import KNOWN, docs

ROOT = Path(__file__).resolve().parents[2]
PROOFS = """
import os
from pathlib import Path
from tests.proofs import Run, proof


@proof("9.1", what="passes", bar="2", controls={"short": "one is taken away"})
def passes(run: Run):
    run.keep("page.txt", "evidence")
    run.expect("count", 1 if run.fault == "short" else 2, 2)
    return {"count": 2}


@proof("9.2", what="fails", bar="5 s", controls={"any": "-"})
def fails(run: Run):
    run.at_most("seconds", 7, 5)
    run.at_least("rows", 3, 1)
    return {"seconds": 7}


@proof("9.3", what="blind", bar="2", controls={"unseen": "a fault that the proof does not look at"})
def blind(run: Run):
    run.expect("count", 2, 2)
    return {"count": 2}


@proof("9.4", what="without control", bar="2", controls={})
def bare(run: Run):
    return {"count": 2}


@proof("9.5", what="lacks something", bar="-", controls={"any": "-"})
def lacks(run: Run):
    run.not_run("no printer")


@proof("9.6", what="crashes", bar="-", controls={"crash": "the proof itself breaks"})
def crashes(run: Run):
    if run.fault:
        raise KeyError("mine")
    return {}


@proof("9.7", what="runs commands alone", bar="-", controls={"exit": "the command exits 3"})
def commands(run: Run):
    done = run.sh(["sh", "-c", "echo said; sleep 60 & exit " + ("3" if run.fault else "0")])
    run.expect("exit", done.returncode, 0)
    run.expect("output", done.stdout, "said\\n")
    run.expect("timeout", run.sh(["sleep", "60"], timeout=0.2).returncode, 124)
    run.expect("own data directory", Path(os.environ["BV_VAR"]).is_dir(), True)
    return {}


@proof("9.10", what="dies", bar="-", controls={"any": "-"})
def dies(run: Run):
    os._exit(9)
"""


def prove(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    package = folder / "tiny_proofs"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text("")
    (package / "p9.py").write_text(PROOFS)
    command = [sys.executable, "-m", "tests.proofs", "--package", "tiny_proofs", "--evidence", str(folder / "evidence")]
    environment = {key: value for key, value in os.environ.items() if key not in {"CI", "BV_PROVE_SKIP"}}
    environment["PYTHONPATH"] = str(folder)
    return subprocess.run(
        [*command, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    ("id_", "verdict", "code"),
    [
        ("9.1", "9.1 | passes | count 2, controls 1 caught | 2 | ok", 0),
        ("9.2", "9.2 | fails | seconds 7 | 5 s | FAIL: seconds: 7, at most 5", 1),
        ("9.3", "9.3 | blind | count 2 | 2 | FAIL: đối chứng unseen không bị phát hiện (ok)", 1),
        ("9.4", "9.4 | without control | count 2 | 2 | not run: no control", 3),
        ("9.5", "9.5 | lacks something | - | - | not run: no printer", 3),
        (
            "9.6",
            "9.6 | crashes | - | - | FAIL: đối chứng crash không bị phát hiện (FAIL KeyError: 'mine')",
            1,
        ),
        ("9.7", "9.7 | runs commands alone | controls 1 caught | - | ok", 0),
    ],
)
def test_each_kind_of_proof_gets_its_verdict(tmp_path: Path, id_: str, verdict: str, code: int) -> None:
    done = prove(tmp_path, id_)
    assert (done.stdout.splitlines(), done.stderr, done.returncode) == ([verdict], "", code)


def test_evidence_of_the_last_run_only_is_kept(tmp_path: Path) -> None:
    old = tmp_path / "evidence" / "9.1" / "old.png"
    old.parent.mkdir(parents=True)
    old.touch()
    prove(tmp_path, "9.1")
    kept = sorted(str(path.relative_to(old.parent)) for path in old.parent.rglob("*") if path.is_file())
    one_run = ["answer.json", "log.txt", "output.txt", "page.txt"]
    assert kept == sorted([*one_run, *(f"control-short/{name}" for name in one_run), "result.json"])
    assert (old.parent / "log.txt").read_text() == "ok   count: 2, expected 2\n"


def test_a_dead_proof_fails(tmp_path: Path) -> None:
    (result,) = json.loads(prove(tmp_path, "9.10", "--json").stdout)
    assert (result["verdict"], result["why"].split(",")[0]) == ("FAIL", "died with code 9")


def test_a_prefix_selects_whole_numbers_in_order(tmp_path: Path) -> None:
    listed = prove(tmp_path, "9", "--list").stdout.splitlines()
    assert [line.split(" | ")[0] for line in listed] == ["9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "9.7", "9.10"]
    assert prove(tmp_path, "9.1", "--list").stdout == "9.1 | passes\n"


def test_an_unknown_id_is_refused(tmp_path: Path) -> None:
    done = prove(tmp_path, "8")
    assert (done.returncode, done.stderr.split(".")[0]) == (1, "Không có chứng minh “8”")


def test_without_controls_nothing_counts(tmp_path: Path) -> None:
    done = prove(tmp_path, "9.1", "--no-controls")
    assert (done.returncode, done.stdout) == (3, "9.1 | passes | count 2 | 2 | not run: controls left out\n")


def test_the_page_of_proofs_equals_the_registry() -> None:
    registry = load()
    known = sorted({*KNOWN, *registry}, key=order)
    assert (ROOT / "docs" / "proofs.md").read_text(encoding="utf-8") == docs(registry, known)
