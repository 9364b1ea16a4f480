"""A file is read in one sitting: 600 lines at most."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMITS = {"bv": 400}


def test_no_python_file_is_longer_than_a_sitting() -> None:
    files = [file for folder in ("src", "tests", "bench") for file in (ROOT / folder).rglob("*.py")]
    too_long = {}
    for file in [*files, ROOT / "bv"]:
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > LIMITS.get(file.name, 600) and "migrations" not in file.parts:  # Django writes those
            too_long[str(file.relative_to(ROOT))] = lines
    assert too_long == {}
