"""A small run of damaged files; the run of 2,000 belongs to the proofs (mutations.run)."""

from tests.reading import mutations


def test_damaged_files_get_an_answer_each(tmp_path):
    outcome = mutations.run(tmp_path, count=120, seed=11)

    assert outcome["faults"] == []
    assert outcome["slowest_s"] < 10
    assert outcome["peak_mb"] < 500
    assert outcome["with_text"] > 20
    assert min(outcome["right"].values()) >= 0.6
