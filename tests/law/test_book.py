"""The book loads strictly, says which rule holds on which day under whom, and where it does not know."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bangvang.law.book import DATA, Book, load, load_from
from bangvang.law.nodes import BookError
from bangvang.law.sources import Days, NoLaw, Unsettled, cited

CS = "grassroots_emulation_fighter"


@pytest.fixture(scope="module")
def book() -> Book:
    return load()


def on(*parts: int) -> Days:
    return Days.all_on(date(*parts))


# Loading.


def damaged(tmp_path: Path, file: str, old: str, new: str) -> str:
    """The complaint about a copy of the book in which one text was replaced."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BookError) as raised:
        load_from(copy, (copy / "local",))
    return str(raised.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("cap.yaml", "at_most_percent: 15", "at_most_percentage: 15", "cap.yaml:2: unknown key 'at_most_percentage'"),
        (
            "cap.yaml",
            "at_most_percent: 15",
            "at_most_percent: 15, at_most_percent: 20",
            "cap.yaml:2: key 'at_most_percent' stands twice",
        ),
        (
            "cap.yaml",
            ", cite: nd-91-2017 Đ9.3, mark: V, delegated",
            ", mark: V, delegated",
            "cap.yaml:2: a version without citation",
        ),
        (
            "cap.yaml",
            "until: 2023-12-31",
            "until: 2023-12-30",
            "cap.yaml:3: grassroots_emulation_fighter: gap after the version at cap.yaml:2",
        ),
        (
            "cap.yaml",
            "until: 2023-12-31",
            "until: 2024-01-01",
            "cap.yaml:3: grassroots_emulation_fighter: overlaps the version at cap.yaml:2",
        ),
        ("cap.yaml", "cite: nd-91-2017 Đ9.3,", "cite: nd-92-2017 Đ9.3,", "cap.yaml:2: unknown instrument 'nd-92-2017'"),
        ("cap.yaml", "mark: V,", "mark: sure,", "cap.yaml:2: unknown mark 'sure'"),
        ("cap.yaml", "[grassroots_emulation_fighter]", "[best_worker]", "cap.yaml:2: unknown award 'best_worker'"),
        ("cap.yaml", "until: 2023-12-31", "until: 2016-12-31", "cap.yaml:2: the version ends before it begins"),
        ("cap.yaml", "from: 2017-10-01", "from: 1/10/2017", "cap.yaml:2: expected a day as YYYY-MM-DD"),
        ("titles.yaml", "rule: years_with", "rule: has_years", "titles.yaml:19: unknown rule 'has_years'"),
        ("titles.yaml", "grade: HTNV", "grade: GOOD", "titles.yaml:19: unknown grade 'GOOD'"),
        (
            "titles.yaml",
            "award: advanced_worker}",
            "award: best_worker}",
            "titles.yaml:62: unknown award 'best_worker'",
        ),
        ("titles.yaml", "kind: title", "kind: medal", "titles.yaml:7: unknown kind of award 'medal'"),
        ("titles.yaml", "level: unit", "level: &here unit", "titles.yaml:8: anchors and aliases are not allowed"),
        ("titles.yaml", "level: unit", "level: !str unit", "titles.yaml:8: tags are not allowed"),
        ("titles.yaml", "months: 10", "months: ten", "titles.yaml:21: expected a whole number, found 'ten'"),
        (
            "principles.yaml",
            "until: 2023-12-31",
            "until: 2023-12-30",
            "principles.yaml:4: one_achievement_one_award: gap after",
        ),
        ("base_salary.yaml", "until: 2019-06-30", "until: 2019-07-01", "base_salary.yaml:3: base salary: overlaps"),
        ("holidays.yaml", "2025-01-01", "2024-01-01", "holidays.yaml:2: a day outside 2025"),
        (
            "instruments.yaml",
            "replaced_by: tt-12-2019-bnv",
            "replaced_by: tt-13",
            "instruments.yaml:9: unknown instrument 'tt-13'",
        ),
        ("governing.yaml", "days: [decided]", "days: [printed]", "governing.yaml:19: unknown day 'printed'"),
        (
            "local/bac_ninh.yaml",
            "[ministry_province_emulation_fighter, grass",
            "[national_emulation_fighter, grass",
            "bac_ninh.yaml:8: national_emulation_fighter: vote is not delegated",
        ),
        (
            "local/bac_ninh.yaml",
            "issuer: bac_ninh",
            "issuer: bac_ninh\nmoney: []\nissuers: 2",
            "bac_ninh.yaml:4: unknown key 'issuers'",
        ),
        (
            "local/finance.yaml",
            "award: advanced_worker",
            "award: grassroots_emulation_fighter",
            "finance.yaml:16: grassroots_emulation_fighter: criteria:person is not delegated",
        ),
    ],
)
def test_a_damaged_book_does_not_load(tmp_path: Path, file: str, old: str, new: str, complaint: str) -> None:
    assert damaged(tmp_path, file, old, new).startswith(complaint)


def test_text_that_is_not_yaml_is_named(tmp_path: Path) -> None:
    assert damaged(tmp_path, "cap.yaml", "- {awards", "- {{awards").startswith("cap.yaml:")


def test_digest_changes_with_any_file(tmp_path: Path, book: Book) -> None:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    assert load_from(copy, (copy / "local",)).digest == book.digest
    (copy / "cap.yaml").write_text((copy / "cap.yaml").read_text() + "# one more word\n")
    assert load_from(copy, (copy / "local",)).digest != book.digest


# Asking.


def test_grassroots_fighter_under_the_decree_of_2017(book: Book) -> None:
    cap, money, vote = (book.at(CS, aspect, on(2021, 12, 1)) for aspect in ("cap", "money", "vote"))
    assert (cap.says.at_most_percent, cited(cap.cites), cap.decides) == (15, "khoản 3 Điều 9 NĐ 91/2017/NĐ-CP", True)
    assert (str(money.says.times), money.decides) == ("1.0", True)
    assert (vote.says.at_least_percent, vote.mark, vote.decides) == (None, "unknown", False)


def test_delegated_vote_is_kept_until_the_end_of_2025(book: Book) -> None:
    kept = book.at(CS, "vote", on(2025, 12, 31))
    assert (kept.says.at_least_percent, kept.source, kept.decides) == (80, "kept", True)
    assert cited(kept.cites) == "khoản 7 Điều 30 NĐ 98/2023/NĐ-CP; khoản 2 Điều 60 NĐ 152/2025/NĐ-CP"


def test_delegated_vote_is_only_a_suggestion_from_2026(book: Book) -> None:
    left_open = book.at(CS, "vote", on(2026, 1, 1))
    assert (left_open.says.at_least_percent, left_open.source, left_open.decides) == (80, "open", False)


def test_the_nearest_issuer_with_a_rule_wins(book: Book) -> None:
    found = [
        (local.source, local.issuer, local.says.at_least_percent, local.says.more_than_percent)
        for under in (("vn", "bac_ninh"), ("vn", "bac_ninh", "btc"), ("vn", "bac_ninh", "stc"))
        for local in [book.at(CS, "vote", on(2026, 3, 1), under)]
    ]
    assert found == [("local", "bac_ninh", None, 50), ("local", "btc", 80, None), ("local", "bac_ninh", None, 50)]


def test_local_criteria_are_added_where_the_law_lets_them(book: Book) -> None:
    alone = book.at("advanced_worker", "criteria", on(2025, 12, 20)).says.doors[0]
    finance = book.at("advanced_worker", "criteria", on(2025, 12, 20), ("vn", "btc")).says.doors[0]
    assert [part.id for part in finance.requires] == [
        *(part.id for part in alone.requires),
        "total_absence_months_from:3",
    ]


def test_local_criteria_answer_what_the_issuer_sets(book: Book) -> None:
    alone = book.at("KNC", "criteria", on(2026, 6, 1)).says.doors[0]
    finance = book.at("KNC", "criteria", on(2026, 6, 1), ("vn", "btc")).says.doors[0]
    assert [part.id for part in alone.requires] == ["issuers_own_criteria"]
    assert [part.id for part in finance.requires] == ["years_in_sector:20:15", "spacing:once:commemorative_medal"]


def test_two_governing_days_without_transition_text_are_both_candidates(book: Book) -> None:
    days = Days((date(2023, 1, 1), date(2023, 12, 31)), date(2024, 1, 10))
    with pytest.raises(Unsettled) as raised:
        book.at(CS, "criteria", days)
    assert [(item.on, item.by) for item in raised.value.candidates] == [
        (date(2023, 12, 31), ("achieved",)),
        (date(2024, 1, 10), ("received",)),
    ]


def test_receipt_decides_from_2025_on(book: Book) -> None:
    late = Days((date(2025, 1, 1), date(2025, 12, 31)), date(2026, 1, 10))
    assert book.at(CS, "criteria", late).by == ("received",)


def test_short_names_are_codes_too(book: Book) -> None:
    assert book.code_of("CSTDCS") == CS
    with pytest.raises(NoLaw):
        book.code_of("XYZ")


def test_a_day_before_the_book_has_no_law(book: Book) -> None:
    with pytest.raises(NoLaw, match="Chưa có quy định"):
        book.at(CS, "criteria", on(2016, 1, 1))


def test_amending_law_without_text_is_unread_from_its_first_day(book: Book) -> None:
    assert [item.code for item in book.unread(date(2026, 9, 30))] == []
    assert [item.code for item in book.unread(date(2026, 10, 1))] == ["law-2026-amendment"]


def test_citations_are_written_as_an_office_writes_them(book: Book) -> None:
    ladder = book.at("prime_minister_commendation", "criteria", on(2025, 12, 20)).says.doors[0].requires[0]
    assert cited(ladder.cites) == "điểm b khoản 1 Điều 73 Luật Thi đua, khen thưởng 2022"
