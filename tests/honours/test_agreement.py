"""A few generated histories through the database; the proof of agreement runs twenty thousand on both engines."""

from tests.honours.agreement import GROUPS, compare


def test_every_path_says_the_same_of_generated_histories(db: None) -> None:
    found = compare(20 * len(GROUPS), 6)
    assert (found["differences"], found["histories"]) == ([], 20 * len(GROUPS))
    assert set(found["outcomes"]) == {"met", "not_met", "missing_data", "needs_person"}
