"""What must be read from the seeds (proofs 2.1 and 5.1), and the same from documents of our own."""

import hashlib
import json
import unicodedata

import pytest

from bangvang.reading import child
from bangvang.reading.plan.draft import LISTS, SCALARS


def values(draft, field):
    return [item["value"] for item in draft[field]]


def numbered(draft, field):
    return [(value["number"], value["date"]) for value in values(draft, field)]


@pytest.mark.seeds
def test_seed_002_is_read_as_proof_2_1_asks(seed):
    draft = child.read_plan(seed("002"))

    assert draft["kind"] == "plan_full"
    assert draft["agency"]["value"]["name"] == "Sở Tài chính"
    assert draft["place"]["value"] == "Bắc Ninh"
    assert (draft["number"]["value"], bool(draft["number"]["reason"])) == (None, True)
    assert draft["symbol"]["value"] == "KH-STC"
    assert (draft["date"]["value"], draft["date_partial"]["value"]) == (None, "2021-10")
    assert numbered(draft, "legal_bases") == [("2014/QĐ-BTC", "2021-10-18")]
    assert len(draft["contents"]) == 6
    assert [bool(value["standard"]) for value in values(draft, "award_forms")] == [True, True, True]
    assert [value["note"] for value in values(draft, "recipients")] == ["b/c", "b/c", "t/h", None, None]
    (signer,) = values(draft, "signer")
    name = unicodedata.normalize("NFC", signer["name"])
    assert signer["title"] == "GIÁM ĐỐC"
    assert (
        hashlib.sha256(name.encode()).hexdigest() == "7c62ef9ee021986d2ec43fa802d9448c4a31fb20ff27ac6025a25235494d6876"
    )


def test_blank_serial_and_day_stay_blank_with_a_reason(read):
    draft = read("01")

    assert draft["kind"] == "plan_full"
    assert draft["agency"]["value"]["name"] == "Sở Công trình"
    assert draft["place"]["value"] == "Sông Lam"
    assert draft["number"] == {
        "value": None,
        "quote": None,
        "page": None,
        "line": None,
        "confidence": 0.0,
        "reason": "Số văn bản để trống, văn thư cấp khi ban hành.",
    }
    assert draft["symbol"]["value"] == "KH-SCT"
    assert (draft["date"]["value"], draft["date_partial"]["value"]) == (None, "2024-03")
    assert numbered(draft, "legal_bases")[1:] == [("98/2023/NĐ-CP", "2023-12-31"), ("41/KH-UBND", "2024-02-20")]
    assert len(draft["contents"]) == 3
    assert [bool(value["standard"]) for value in values(draft, "award_forms")] == [True, True]
    assert [value["note"] for value in values(draft, "recipients")] == ["b/c", "b/c", "t/h", None]
    assert values(draft, "signer") == [{"authority": "KT.", "title": "PHÓ GIÁM ĐỐC", "name": "Lò Thị Mẫn"}]


@pytest.mark.seeds
@pytest.mark.parametrize(
    ("number", "kind"),
    [("000", "plan_news"), ("001", "record_article"), ("002", "plan_full"), ("003", "plan_news"), ("004", "plan_news")],
)
def test_kind_of_each_seed(seed, number, kind):
    assert child.read_plan(seed(number))["kind"] == kind


@pytest.mark.seeds
def test_seed_000_has_its_basis_and_five_contents(seed):
    draft = child.read_plan(seed("000"))

    assert numbered(draft, "legal_bases") == [("2014/QĐ-BTC", "2021-10-18")]
    assert (draft["number"]["value"], draft["date"]["value"]) == (None, None)
    assert len(draft["contents"]) == 5


@pytest.mark.seeds
def test_seed_003_own_number_is_told_from_its_basis(seed):
    draft = child.read_plan(seed("003"))

    assert (draft["number"]["value"], draft["date"]["value"]) == ("83/KH-SKHĐT", "2021-09-17")
    assert numbered(draft, "legal_bases") == [("240/KH-UBND", "2021-09-16")]


@pytest.mark.seeds
def test_seed_004_period_ends_with_a_condition(seed):
    draft = child.read_plan(seed("004"))

    assert (draft["number"]["value"], draft["date"]["value"]) == ("57/KH-SNV", "2021-11-11")
    assert numbered(draft, "legal_bases") == [("3510/KH-UBND", "2021-09-30")]
    assert (draft["period"]["start"]["value"], draft["period"]["start"]["precision"]) == ("2021-11", "month")
    assert draft["period"]["end"]["value"] is None
    assert draft["period"]["end"]["condition"].startswith("khi ")
    assert [(value["code"], value["issuer"]) for value in values(draft, "award_forms")] == [
        ("labour_order", None),
        ("prime_minister_commendation", None),
        ("ministry_province_commendation", "province"),
        ("unit_commendation", "unit"),
    ]


def test_news_own_number_is_told_from_its_basis(read):
    draft = read("21")

    assert draft["kind"] == "plan_news"
    assert (draft["number"]["value"], draft["date"]["value"]) == ("14/KH-SAS", "2024-04-12")
    assert numbered(draft, "legal_bases") == [("95/KH-UBND", "2024-03-28")]
    assert draft["theme"]["value"] == "Mỗi công chức một ngọn đèn"


def test_news_without_own_number_leaves_it_empty(read):
    draft = read("23")

    assert (draft["number"]["value"], draft["date"]["value"]) == (None, None)
    assert "căn cứ" in draft["number"]["reason"]
    assert draft["period"]["start"]["condition"] == "nay"
    assert draft["period"]["end"]["condition"] == "khi hoàn thành việc chuyển kho mới"


@pytest.mark.parametrize("number", ["25", "26"])
def test_record_of_awards_received_never_becomes_a_movement(read, number):
    draft = read(number)

    assert draft["kind"] == "record_article"
    assert [draft[name] for name in ("contents", "award_forms", "duties", "legal_bases")] == [[], [], [], []]
    assert [draft[name]["value"] for name in ("number", "date", "theme")] == [None, None, None]
    assert [remark["code"] for remark in draft["warnings"]] == ["record_article"]


@pytest.mark.seeds
def test_seed_001_offers_nothing(seed):
    draft = child.read_plan(seed("001"))

    assert [draft[name] for name in ("contents", "award_forms", "duties")] == [[], [], []]


def test_draft_has_the_format_of_the_issue(read):
    draft = read("03")

    assert list(draft) == ["kind", *SCALARS, *LISTS, "criteria", "period", "warnings"]
    assert list(draft["agency"]) == ["value", "quote", "page", "line", "confidence", "reason"]
    assert list(draft["period"]["start"]) == ["value", "precision", "condition", "quote", "page", "line", "confidence"]
    assert list(values(draft, "legal_bases")[0]) == ["type", "number", "date", "issuer", "title"]
    assert list(values(draft, "award_forms")[0]) == ["code", "issuer", "class", "text", "standard"]
    assert list(values(draft, "quotas")[0]) == ["who", "collective", "individual", "ratio"]
    assert list(values(draft, "deadlines")[0]) == ["what", "value", "precision", "condition"]
    assert json.loads(json.dumps(draft, ensure_ascii=False)) == draft


def test_every_value_stands_in_the_document_where_it_says(read, corpus):
    path = next(path for path in corpus.glob("03*") if path.suffix == ".pdf")
    pages = {line.number: line.page for line in child.extract(path).lines}
    draft = read("03")

    for name in ("number", "date", "place", "title", "theme"):
        assert draft[name]["quote"]
        assert pages[draft[name]["line"]] == draft[name]["page"] == 1
    for item in draft["contents"] + draft["duties"] + draft["recipients"]:
        assert pages[item["line"]] == item["page"]
