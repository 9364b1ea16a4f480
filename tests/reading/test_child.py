"""The limits of the child process hold, and whatever happens inside the caller gets an answer."""

import os
import time

import pytest

from bangvang.reading import child
from bangvang.reading.guard import FileFacts
from bangvang.reading.refusal import Refusal, refusal
from tests.reading.hostile_files import HARMLESS, HOSTILE


@pytest.fixture
def misbehaving():
    limited = child.LimitedChild(wall_seconds=4, module="tests.reading.misbehaving_child")
    yield limited
    limited.stop()


@pytest.fixture
def plain_docx(tmp_path):
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes(HARMLESS["plain docx"][1])
    return path


@pytest.mark.parametrize(
    ("trick", "code"),
    [
        ("spin", "too_slow"),
        ("sleep", "too_slow"),
        ("fill", "too_heavy"),
        ("crash", "too_heavy"),
        ("leave", "damaged"),
        ("babble", "damaged"),
        ("raise", "damaged"),
        ("write", "damaged"),
        ("connect", "damaged"),
    ],
)
def test_misbehaviour_becomes_a_refusal_and_the_next_file_is_read(misbehaving, plain_docx, tmp_path, trick, code):
    started = time.monotonic()
    answer = misbehaving.ask("rehearse", tmp_path / "moi.txt", trick=trick)
    following = misbehaving.ask("inspect", plain_docx)

    assert answer == refusal(code)
    assert time.monotonic() - started < 8
    assert sum(path.stat().st_size for path in tmp_path.glob("moi.txt")) == 0  # a name perhaps, never a byte
    assert following["facts"]["kind"] == "docx"


def test_child_has_no_network_and_inherits_no_descriptors(misbehaving, tmp_path):
    with open(os.devnull) as _left_open:
        answer = misbehaving.ask("rehearse", tmp_path, trick="look around")

    assert answer["networks"] == ["lo"]
    assert answer["descriptors"] == 4  # stdin, stdout, stderr and the directory being listed


def test_killed_group_takes_grandchildren_along(misbehaving, tmp_path):
    misbehaving.ask("rehearse", tmp_path, trick="look around")
    group = misbehaving.pid()

    misbehaving.ask("rehearse", tmp_path, trick="sleep")

    until = time.monotonic() + 3  # a killed process is gone a moment later, not at once
    while _members(group) and time.monotonic() < until:
        time.sleep(0.05)
    assert _members(group) == []


def _members(group):
    """Processes of a group that are not merely waiting to be collected."""
    living = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    fields = stat.read().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[2] == str(group) and fields[0] != "Z":
                living.append(entry)
    return living


def test_child_is_kept_between_files_and_replaced_when_killed(plain_docx):
    limited = child.LimitedChild()
    limited.ask("inspect", plain_docx)
    first = limited.pid()
    limited.ask("inspect", plain_docx)
    kept = limited.pid()
    os.kill(first, 9)
    answer = limited.ask("inspect", plain_docx)
    replaced = limited.pid()
    limited.stop()

    assert kept == first
    assert replaced not in (None, first)
    assert answer["facts"]["kind"] == "docx"


def test_inspect_answers_facts_or_refusal(plain_docx, tmp_path):
    hostile = tmp_path / "hoa-don.pdf"
    hostile.write_bytes(HOSTILE["windows program named pdf"][1])

    facts, refused = child.inspect(plain_docx), child.inspect(hostile)

    assert isinstance(facts, FileFacts)
    assert isinstance(refused, Refusal)
    assert (facts.kind, refused.code) == ("docx", "executable")
