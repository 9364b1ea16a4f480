"""Our own documents, one for each row of noise and hardness; their truths were written before the reader saw them."""

import json
from pathlib import Path

import pytest

from bangvang import reading
from bangvang.reading import child
from bangvang.reading.formats import ocr
from bangvang.reading.score import score_folder
from tests.reading.corpus_builder import CORPUS


@pytest.fixture(scope="module")
def scores(corpus):
    return score_folder(corpus)


def test_corpus_is_large_and_mixed():
    kinds = [json.loads(path.read_text(encoding="utf-8"))["build"] for path in CORPUS.glob("*.json")]

    assert len(kinds) >= 25
    assert {"docx", "pdf", "odt", "html", "txt", "txt-nfd", "txt-tcvn3", "txt-vni", "scan", "stamp"} == set(kinds)


@pytest.mark.parametrize(("stratum", "least"), [("whole_plan", 0.95), ("news", 0.85), ("excerpt", 0.85)])
def test_macro_f1_of_each_stratum(scores, stratum, least):
    assert scores[stratum]["macro_f1"] >= least


def test_nothing_confident_is_wrong(scores):
    sent_back = [
        {"file": name, "field": "file", "read": "needs_ocr", "truth": "plan_full"}
        for name in ("18-scan.pdf", "42-scan-of-a-plan.pdf")
    ]
    assert scores["hard_failures"] == ([] if ocr.program_for_vietnamese() else sent_back)


def test_scan_is_read_with_low_confidence_or_sent_back(read):
    outcome = read("18")

    if ocr.program_for_vietnamese() is None:
        assert outcome.code == "needs_ocr"
    else:
        assert outcome["date"]["value"] == "2022-06-20"
        assert outcome["date"]["confidence"] < 0.5
        assert outcome["number"]["value"] is None


def test_stamp_is_no_text(read):
    assert read("19").message == "Tệp này là bản quét, chưa có chữ để đọc."


def test_text_without_diacritics_is_sent_back(read):
    assert read("20").code == "no_diacritics"


def test_misread_serial_is_never_a_number(read):
    draft = read("17")

    assert draft["number"]["value"] is None
    assert draft["symbol"]["value"] == "KH-STY"
    assert draft["date"]["confidence"] < 0.5


def test_impossible_dates_are_reported_not_repaired(read):
    draft = read("13")

    assert draft["date"]["value"] is None
    assert [(remark["code"], remark["line"]) for remark in draft["warnings"][:2]] == [
        ("no_such_day", 3),
        ("wrong_year", 8),
    ]
    assert "20201" in draft["warnings"][1]["message"]


def test_old_encoding_is_converted_with_a_notice(read):
    assert [read(number)["warnings"][0]["message"] for number in ("10", "11")] == [
        "Tệp dùng bảng mã TCVN3 cũ, đã đổi sang Unicode.",
        "Tệp dùng bảng mã VNI cũ, đã đổi sang Unicode.",
    ]


def test_two_issuers_of_one_award_are_two_forms(read):
    forms = [(item["value"]["code"], item["value"]["issuer"]) for item in read("07")["award_forms"]]

    assert forms[:2] == [("ministry_province_commendation", "ministry"), ("ministry_province_commendation", "province")]


def test_empty_list_says_why(read):
    draft = read("13")
    said = {remark["code"] for remark in draft["warnings"]}

    for name in ("targets", "solutions", "slogans", "award_forms", "quotas"):
        assert draft[name] == []
        assert f"no_{name}" in said


def test_score_table_gives_points_and_leaves_out_the_sums(read):
    criteria = read("36")["criteria"]

    assert [item["value"]["points"] for item in criteria["collective"] + criteria["individual"]] == [40, 35, 25, 30, 20]
    assert criteria["other"] == []


def test_two_signatures_side_by_side_are_two_signers(read):
    assert [item["value"]["name"] for item in read("37")["signer"]] == ["Mạc Thị Chồi", "Trần Thị Suối"]


def test_every_missing_scalar_has_a_reason_and_no_quote(corpus):
    for truth in corpus.glob("*.json"):
        document = next(path for path in corpus.glob(truth.stem + ".*") if path != truth)
        draft = child.read_plan(document)
        if not isinstance(draft, dict):
            continue
        for name in ("agency", "number", "symbol", "date", "date_partial", "place", "title", "theme", "procedure"):
            found = draft[name]
            assert (found["value"] is None) == bool(found["reason"]), (truth.stem, name)
            assert (found["value"] is None) == (found["quote"] is None), (truth.stem, name)


def test_no_name_of_our_documents_is_known_to_the_reader():
    source = Path(reading.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in source.rglob("*.py")).lower()
    names: set[str] = set()
    for path in CORPUS.glob("*.json"):
        truth = json.loads(path.read_text(encoding="utf-8"))
        names |= {truth.get(field) or "" for field in ("theme", "place", "number", "title")}
        names |= {signer["name"] or "" for signer in truth.get("signer", [])}
    names |= {"Sông Lam", "Đèo Sương", "Đồi Chè"}

    assert [name for name in sorted(names) if name and name.lower() in code] == []
