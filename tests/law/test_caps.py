"""What a ratio cap says of a list: kept, surely broken, broken only by a rounding or in an open register, not known."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from bangvang.law.book import DATA, Book, load, load_from
from bangvang.law.caps import CapFinding, Listed, cap_of, check_cap
from bangvang.law.sources import Days

CS = "grassroots_emulation_fighter"
FLAG = "government_flag"
IN_2021 = Days.all_on(date(2021, 12, 1))


@pytest.fixture(scope="module")
def book() -> Book:
    return load()


def check(book: Book, code: str, listed: Listed, days: Days, under: tuple[str, ...] = ("vn",)) -> CapFinding | None:
    provision = cap_of(book, code, days, under)
    return check_cap(book, provision, listed) if provision else None


def said(found: CapFinding | None) -> tuple[str, str, str] | None:
    return (found.outcome, found.text, found.remark) if found else None


def test_one_too_many_by_the_rounding_alone_needs_a_person(book: Book) -> None:
    found = check(book, CS, Listed(472, 71), IN_2021)
    assert found is not None
    assert (found.share, found.places) == (Fraction(354, 5), 70)
    assert (found.cite, found.mark) == ("khoản 3 Điều 9 NĐ 91/2017/NĐ-CP", "V")
    assert said(found) == (
        "needs_person",
        "472 × 15 % = 70,8; đề nghị 71, vượt 1 so với 70 (Số được đề nghị không vượt tỷ lệ: bỏ phần lẻ).",
        "Chưa thấy văn bản nói cách làm tròn: người lập danh sách mở quy định của bộ, tỉnh.",
    )


@pytest.mark.parametrize(
    ("listed", "outcome"),
    [
        (Listed(472, 70), "met"),
        (Listed(472, 71), "needs_person"),
        (Listed(472, 72), "not_met"),
        (Listed(100, 15), "met"),
        (Listed(100, 16), "not_met"),  # 15 % of 100 has no fraction: no rounding could let it pass
        (Listed(466, 71, unknown=7), "needs_person"),  # 473 × 15 % = 70,95
        (Listed(466, 71, unknown=8), "missing_data"),  # 474 × 15 % = 71,1
        (Listed(0, 1), "not_met"),
        (Listed(0, 0), "met"),
    ],
)
def test_outcome_of_a_list_is_sure_only_where_no_rounding_and_no_open_register_could_change_it(
    book: Book, listed: Listed, outcome: str
) -> None:
    found = check(book, CS, listed, IN_2021)
    assert found is not None
    assert found.outcome == outcome


def test_a_cap_that_is_kept_says_so_shortly(book: Book) -> None:
    assert said(check(book, CS, Listed(100, 15), IN_2021)) == ("met", "100 × 15 % = 15; đề nghị 15.", "")


@pytest.mark.parametrize("code", [CS, "ministry_province_commendation"])
def test_no_cap_no_finding(book: Book, code: str) -> None:
    assert check(book, code, Listed(472, 400), Days.all_on(date(2025, 12, 1))) is None


def test_a_group_that_no_register_counts_needs_a_person(book: Book) -> None:
    assert said(check(book, FLAG, Listed(None, 2), Days.all_on(date(2026, 6, 1)))) == (
        "needs_person",
        "Tối đa 20 % tập thể dẫn đầu cụm, khối đạt tiêu chuẩn Cờ thi đua của bộ, tỉnh; đề nghị 2.",
        "Sổ không đếm được số đó: người lập danh sách đối chiếu.",
    )


def test_a_cap_whose_text_nobody_has_seen_needs_a_person(book: Book) -> None:
    found = check(book, FLAG, Listed(None, 2), Days.all_on(date(2024, 6, 1)))
    assert said(found) == (
        "needs_person",
        "Tỷ lệ khống chế: chưa thấy văn bản.",
        "Quy định này chưa đọc được văn bản: mở văn bản trước khi chốt danh sách.",
    )


@pytest.mark.parametrize(("mark", "outcome"), [("V", "met"), ("M", "needs_person")])
def test_an_issuer_sets_its_own_cap_and_only_a_text_that_was_seen_decides(
    tmp_path: Path, mark: str, outcome: str
) -> None:
    own = f"  - {{awards: [{CS}], at_most_percent: 20, holders_of: advanced_worker, until: 2027-02-28, cite: law-2022 Đ23, mark: {mark}}}"
    (tmp_path / "song_lam.yaml").write_text(
        f"issuer: song_lam\nlabel: Sông Lam\ndecision: tt-118-2025-btc\nfrom: 2025-12-15\ncap:\n{own}\n", "utf-8"
    )
    book = load_from(DATA, [tmp_path])
    found = check(book, CS, Listed(50, 10), Days.all_on(date(2026, 1, 15)), ("vn", "song_lam"))
    assert found is not None
    assert (found.outcome, found.text) == (outcome, "50 × 20 % = 10; đề nghị 10.")
