"""Awards received become facts to confirm, each with its sentence."""

import pytest

from bangvang.reading import child


def honours(record):
    return [(item["value"]["code"], item["value"]["class"], item["value"]["year"]) for item in record["honours"]]


def test_awards_received_are_told_with_their_sentence(corpus):
    record = child.read_record(corpus / "25-record-article.txt")

    assert honours(record) == [
        ("labour_order_second", 2, None),
        ("government_flag", None, None),
        ("prime_minister_commendation", None, None),
        ("unit_commendation", None, None),
    ]
    assert {item["confidence"] for item in record["honours"]} == {0.45}
    assert record["honours"][0]["reason"] == "Bài không ghi năm được tặng."
    assert "Huân chương Lao động hạng Nhì" in record["honours"][0]["quote"]


def test_results_keep_number_unit_and_decimal_comma(corpus):
    record = child.read_record(corpus / "26-record-that-looks-like-a-plan.txt")

    assert [(item["value"]["number"], item["value"]["unit"]) for item in record["facts"]] == [(2.6, "tỷ đồng")]


@pytest.mark.seeds
def test_seed_001_honours_results_and_commune(seed):
    record = child.read_record(seed("001"))

    assert honours(record)[:3] == [
        ("independence_order_third", 3, None),
        ("government_flag", None, None),
        ("prime_minister_commendation", None, None),
    ]
    figures = [(item["value"]["number"], item["value"]["year"]) for item in record["facts"] if item["value"]["number"]]
    assert figures == [(994.7, 2018), (1033.9, 2019), (597.3, 2020)]
    assert any("Sín Chải" in item["value"]["what"] for item in record["facts"])
