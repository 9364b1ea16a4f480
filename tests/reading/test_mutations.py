"""A small run of damaged files; the run of 2,000 belongs to the proofs (mutations.run)."""

import time

import pytest

from bangvang.reading import child
from tests.reading import mutations


def test_damaged_files_get_an_answer_each(tmp_path):
    outcome = mutations.run(tmp_path, count=120, seed=11)

    assert outcome["faults"] == []
    assert outcome["slowest_s"] < 10
    assert outcome["peak_mb"] < 500
    assert outcome["with_text"] > 20
    assert min(outcome["right"].values()) >= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{number}.{number}. Nội dung: việc" for number in range(8000)),
        mutations.SOURCE.replace("\n", " ") * 100,
        mutations.SOURCE + "“" * 20000 + " thi đua ",
        mutations.SOURCE + "ngày " * 40000,
        mutations.SOURCE + "từ việc đến " * 20000,
        mutations.SOURCE + "1/" * 50000,
    ],
    ids=["numbers", "one line", "quotes", "days", "ranges", "slashes"],
)
def test_long_odd_text_is_read_in_time(tmp_path, text):
    path = tmp_path / "dai.txt"
    path.write_text(text, encoding="utf-8")

    started = time.monotonic()
    answer = child.read_plan(path)

    assert isinstance(answer, dict)
    assert time.monotonic() - started < 8
