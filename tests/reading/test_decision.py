"""Decisions on awards: our own documents against their truths, which were written before the reader existed."""

import json

import docx
import pytest
import typst

from bangvang.reading import child
from bangvang.reading.decision.__main__ import main
from bangvang.reading.decision.columns import heading
from bangvang.reading.decision.people import amount_in, entry_of, title_and_unit
from bangvang.reading.formats import ocr
from bangvang.reading.text_cleaning import squeeze
from tests.reading.corpus_builder import DECISIONS, build

SCALARS = ("number", "symbol", "date", "place", "title")
NAMES = sorted(path.stem for path in DECISIONS.glob("*.json"))


@pytest.fixture(scope="session")
def decisions(tmp_path_factory):
    return build(tmp_path_factory.mktemp("decisions"), corpus=DECISIONS)


@pytest.fixture(scope="session")
def read_decision(decisions):
    """Truth and draft (or refusal) of one of our decisions, by the start of its name."""
    known = {}

    def reader(number):
        if number not in known:
            path = next(path for path in decisions.glob(f"{number}*") if path.suffix != ".json")
            known[number] = child.read_decision(path)
        truth = next(DECISIONS.glob(f"{number}*.json"))
        return json.loads(truth.read_text(encoding="utf-8")), known[number]

    return reader


def _row(row):
    award = row["award"]["code"] if row["award"] else None
    return [row["ordinal"], row["honorific"], row["name"], row["title"], row["unit"], award, row["amount"]]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("15")])
def test_head_and_articles(read_decision, name):
    truth, draft = read_decision(name)

    assert draft["kind"] == truth.get("kind", "award_decision")
    assert squeeze(draft["agency"]["value"]["name"]) == squeeze(truth["agency"])
    assert {field: draft[field]["value"] for field in SCALARS} == {field: truth[field] for field in SCALARS}
    assert [item["value"] for item in draft["signer"]] == truth["signer"]
    assert [item["value"]["number"] for item in draft["legal_bases"] if item["value"]["number"]] == truth["bases"]
    assert [[item["value"]["what"], item["value"]["number"]] for item in draft["counts"]] == truth["counts"]
    assert [[item["value"]["code"], item["value"]["issuer"]] for item in draft["awards"]] == truth["awards"]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("15")])
def test_list_of_the_honoured(read_decision, name):
    truth, draft = read_decision(name)

    assert [_row(row) for row in draft["rows"]] == truth["rows"]
    assert [row["name"] for row in draft["rows"] if row["posthumous"]] == truth.get("posthumous", [])
    assert all(row["quote"] and row["line"] and row["confidence"] >= 0.5 for row in draft["rows"])


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith("15")])
def test_disagreements_are_told(read_decision, name):
    truth, draft = read_decision(name)
    told = [one["code"] for one in draft["warnings"] if one["code"] == "no_award" or not one["code"].startswith("no")]

    assert sorted(told) == sorted(truth["warnings"])


def test_a_count_that_differs_is_shown_with_its_place_and_not_repaired(read_decision):
    _truth, draft = read_decision("04")
    told = {one["code"]: one for one in draft["warnings"]}

    assert told["count_differs"]["message"] == "Điều 1 ghi 5 cá nhân, danh sách có 4."
    assert told["count_differs"]["line"] == draft["counts"][1]["line"]
    assert told["annex_number_differs"]["message"] == (
        "Danh sách ghi kèm theo Quyết định số 53/QĐ-SGT, quyết định này số 55/QĐ-SGT."
    )
    assert told["ordinal_gap"]["message"] == "Số thứ tự đi từ 2 sang 4."
    assert [row["ordinal"] for row in draft["rows"][1:]] == ["1", "2", "4", "5"]


def test_a_blank_number_has_a_reason(read_decision):
    _truth, draft = read_decision("05")

    assert draft["number"]["reason"] == "Số văn bản để trống, văn thư cấp khi ban hành."
    assert draft["date_partial"]["value"] == "2025-11"


def test_pages_of_a_long_list_are_kept(read_decision):
    _truth, draft = read_decision("02")

    assert [row["page"] for row in draft["rows"]] == sorted(row["page"] for row in draft["rows"])
    assert {row["page"] for row in draft["rows"]} >= {2, 3, 4}


def test_awards_carry_the_money_of_one_and_not_of_many(read_decision):
    assert read_decision("06")[1]["awards"][0]["value"]["amount"] == 300_000
    assert read_decision("01")[1]["awards"][0]["value"]["amount"] is None
    assert [item["value"]["per"] for item in read_decision("01")[1]["money"]] == ["total"]


def test_scan_is_read_low_or_sent_back(read_decision):
    _truth, outcome = read_decision("15")

    if ocr.program_for_vietnamese() is None:
        assert outcome.code == "needs_ocr"
    else:
        assert outcome["number"]["value"] is None
        assert [row["confidence"] < 0.5 for row in outcome["rows"]] == [True]


def test_every_missing_scalar_has_a_reason_and_no_quote(read_decision):
    for name in NAMES:
        draft = read_decision(name)[1]
        if not isinstance(draft, dict):
            continue
        for field in ("agency", *SCALARS, "date_partial"):
            found = draft[field]
            assert (found["value"] is None) == bool(found["reason"]), (name, field)
            assert (found["value"] is None) == (found["quote"] is None), (name, field)


def test_a_plan_is_no_decision(corpus):
    draft = child.read_decision(corpus / "06-flattened-head-and-foot.txt")

    assert (draft["kind"], draft["rows"]) == ("other", [])
    assert draft["number"]["reason"] == "Văn bản này không phải quyết định: không có dòng “QUYẾT ĐỊNH”."


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Phó Trưởng phòng, Phòng Quản lý bến", ("Phó Trưởng phòng", "Phòng Quản lý bến")),
        ("Chuyên viên Văn phòng Sở", ("Chuyên viên", "Văn phòng Sở")),
        ("Giám đốc Sở Gieo trồng, tỉnh Sông Lam", ("Giám đốc", "Sở Gieo trồng, tỉnh Sông Lam")),
        ("Trưởng thôn Đầu Dốc, xã Thượng Nguồn", ("Trưởng thôn Đầu Dốc", "xã Thượng Nguồn")),
        ("Văn phòng Sở", (None, "Văn phòng Sở")),
        ("Kế toán viên", ("Kế toán viên", None)),
        ("", (None, None)),
    ],
)
def test_title_and_unit_in_one_cell(cell, expected):
    assert title_and_unit(cell) == expected


@pytest.mark.parametrize(
    ("words", "unit", "amount"),
    [
        ("1.404.000", 1, 1_404_000),
        ("702", 1_000, 702_000),
        ("1,5 triệu đồng", 1, 1_500_000),
        ("300 000 đồng", 1, 300_000),
        ("0,3 lần mức lương cơ sở", 1, None),
        ("", 1, None),
    ],
)
def test_money(words, unit, amount):
    assert amount_in(words, unit) == amount


def test_entries_in_running_words():
    person = entry_of("Đ/c Lò Văn Páo - Trưởng thôn Đầu Dốc;")
    body = entry_of("Phòng Quản lý bến, Sở Cầu phà.")

    assert (person.honorific, person.name, person.title) == ("Đồng chí", "Lò Văn Páo", "Trưởng thôn Đầu Dốc")
    assert (body.is_person, body.name, body.unit) == (False, "Phòng Quản lý bến", "Sở Cầu phà")


def test_headings_are_found_by_meaning():
    assert heading(["TT", "Đơn vị", "Họ và tên", "Tiền thưởng (nghìn đồng)"]).roles == [
        "ordinal",
        "unit",
        "name",
        "amount",
    ]
    assert heading(["TT", "Ông (Bà)", "Chức vụ"]).roles == ["ordinal", "name", "title"]
    assert heading(["1", "Nguyễn Văn An", "Chuyên viên"]) is None


def test_merged_cells_of_word_keep_their_columns(tmp_path):
    paper = docx.Document()
    for line in (
        "SỞ CẦU PHÀ",
        "Số: 9/QĐ-SCP",
        "Sông Lam, ngày 02 tháng 3 năm 2026",
        "QUYẾT ĐỊNH",
        "Về việc khen thưởng",
        "GIÁM ĐỐC SỞ CẦU PHÀ",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "QUYẾT ĐỊNH:",
        "Điều 1. Khen thưởng 03 cá nhân được tặng Giấy khen (danh sách kèm theo).",
        "DANH SÁCH",
    ):
        paper.add_paragraph(line)
    table = paper.add_table(rows=5, cols=5)
    for row, words in zip(
        table.rows,
        (
            ("STT", "Họ và tên", "Năm sinh", "", "Đơn vị"),
            ("", "", "Nam", "Nữ", ""),
            ("1", "Ngô Văn Lái", "1980", "", "Đội Tuần tra"),
            ("2", "Hà Thị Thóc", "", "1991", ""),
            ("3", "Ma Văn Đá", "1975", "", "Văn phòng Sở"),
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(2, 4).merge(table.cell(3, 4))
    paper.save(tmp_path / "gop-o.docx")

    draft = child.read_decision(tmp_path / "gop-o.docx")

    assert [(row["ordinal"], row["name"], row["unit"]) for row in draft["rows"]] == [
        ("1", "Ngô Văn Lái", "Đội Tuần tra"),
        ("2", "Hà Thị Thóc", "Đội Tuần tra"),
        ("3", "Ma Văn Đá", "Văn phòng Sở"),
    ]
    assert [one["code"] for one in draft["warnings"] if one["code"] == "count_differs"] == []


def test_merged_cells_of_pdf_keep_their_columns(tmp_path):
    words = [
        *("STT", "Họ và tên", "Đơn vị"),
        *("1", "Ngô Văn Lái", "@Đội Tuần tra"),
        *("2", "Hà Thị Thóc"),
        *("3", "Ma Văn Đá", "Văn phòng Sở"),
    ]
    cells = ", ".join(f"table.cell(rowspan: 2)[{word[1:]}]" if word.startswith("@") else f"[{word}]" for word in words)
    text = " \\\n\\\n".join(
        [
            "SỞ CẦU PHÀ",
            "Số: 9/QĐ-SCP",
            "QUYẾT ĐỊNH",
            "Về việc khen thưởng",
            "QUYẾT ĐỊNH:",
            "Điều 1. Tặng Giấy khen cho 03 cá nhân có tên sau:",
        ]
    )
    source = f"{text}\n\n#table(columns: 3, {cells})\n"
    (tmp_path / "gop-o.pdf").write_bytes(typst.compile(source.encode()))

    draft = child.read_decision(tmp_path / "gop-o.pdf")

    assert [(row["ordinal"], row["name"], row["unit"]) for row in draft["rows"]] == [
        ("1", "Ngô Văn Lái", "Đội Tuần tra"),
        ("2", "Hà Thị Thóc", "Đội Tuần tra"),
        ("3", "Ma Văn Đá", "Văn phòng Sở"),
    ]


def test_command_prints_json_and_words(decisions, capsys):
    path = str(decisions / "07-one-person-tcvn3.txt")

    assert main(["read", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["name"] == "Ngô Văn Lái"
    assert main(["read", path]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[0] == "Quyết định khen thưởng"
    assert "  - Ông Ngô Văn Lái, Thuyền viên, Đội Tuần tra đường sông [dòng 13]" in lines


def test_command_refuses_in_words(tmp_path, capsys):
    assert main(["read", str(tmp_path / "khong-co.pdf"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "not_found"
