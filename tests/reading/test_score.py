"""The scorer itself: it must see what is missing, what is wrong, and what is confidently wrong."""

import json

import pytest

from bangvang.reading.score import score_folder
from tests.reading.corpus_builder import build

NEWS = "21-news-own-and-basis"


@pytest.fixture
def folder(tmp_path):
    return build(tmp_path, [NEWS])


def rescored(folder, **changes):
    path = folder / f"{NEWS}.json"
    truth = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps(truth), encoding="utf-8")
    return score_folder(folder)


def test_right_reading_scores_one(folder):
    result = score_folder(folder)

    assert result["news"]["macro_f1"] == 1.0
    assert result["hard_failures"] == []


@pytest.mark.parametrize(
    ("field", "truth", "read"),
    [
        ("number", "15/KH-SAS", "14/KH-SAS"),
        ("date", None, "2024-04-12"),
        (
            "award_forms",
            [{"code": "unit_commendation", "issuer": "unit", "class": None}],
            "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        ),
    ],
)
def test_confident_wrong_value_is_a_hard_failure(folder, field, truth, read):
    result = rescored(folder, **{field: truth})

    assert [(failure["field"], failure["read"]) for failure in result["hard_failures"]] == [(field, read)]
    assert result["news"][field]["f1"] < 1


def test_movement_made_from_a_record_is_a_hard_failure(folder):
    result = rescored(folder, kind="record_article")

    assert [(failure["field"], failure["read"]) for failure in result["hard_failures"]] == [("kind", "plan_news")]


def test_basis_taken_for_the_own_number_is_a_role_failure(folder):
    result = rescored(folder, legal_bases=[{"number": "14/KH-SAS"}])

    assert "role" in [failure["field"] for failure in result["hard_failures"]]


def test_missing_item_costs_recall_only(folder):
    result = rescored(
        folder, contents=["Thi đua tắt điện khi", "Thi đua thay bóng đèn", "Vận động người dân", "Thêm một việc nữa"]
    )

    assert result["news"]["contents"] == {"precision": 1.0, "recall": 0.75, "f1": 0.8571, "n": 4}
