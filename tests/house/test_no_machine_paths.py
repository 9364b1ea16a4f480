"""The repository names no machine it was written on and no package registry."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Written in pieces, so that this file does not match itself.
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb" + ".debian.org")
PLACES = ("/ro" + "ot/", "/ho" + "me/", "/wo" + "rk/", "/op" + "t/", "/Us" + "ers/")
ABSOLUTE = re.compile(r"(?<![\w.~/:-])(?:" + "|".join(map(re.escape, PLACES)) + r")\w")


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git clone: the list of committed files is unknown")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def text_of(file: Path) -> str:
    content = file.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def test_no_file_names_a_registry_or_a_place_on_a_machine() -> None:
    found = {}
    for file in committed():
        text = text_of(file)
        met = [host for host in HOSTS if host in text] + ABSOLUTE.findall(text)
        if met:
            found[str(file.relative_to(ROOT))] = met
    assert found == {}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_files_hold_pins_and_hashes_only(name: str) -> None:
    pin = re.compile(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in (ROOT / name).read_text().splitlines() if not pin.fullmatch(line)] == []


def test_a_planted_place_is_found() -> None:
    assert ABSOLUTE.findall("PATH = '" + PLACES[1] + "lan/bangvang'") == [PLACES[1] + "l"]
