"""Which result an award rests on by its findings, and which award may have used a result up."""

from __future__ import annotations

from datetime import date

import pytest

from bangvang.law.book import Book, load
from bangvang.law.explain import MET, MISSING_DATA, NEEDS_PERSON, NOT_MET, Finding, Judgement, judge
from bangvang.law.facts import Facts, Held, Initiative
from bangvang.law.sources import Days
from bangvang.law.uses import may_rest_on, results_used

CS = "grassroots_emulation_fighter"
PROVINCE = "ministry_province_emulation_fighter"


@pytest.fixture(scope="module")
def book() -> Book:
    return load()


def title(code: str, year: int, *, decided_on: date | None = None) -> Held:
    period = (date(year, 1, 1), date(year, 12, 31))
    return Held(code, "cong_trang", decided_on or date(year, 12, 20), period)


def leaf(condition: str, outcome: str, *names: str) -> Finding:
    records = tuple({"kind": "initiative", "id": name} for name in names)
    return Finding(condition, outcome, "", "", "V", records)


def group(need: str, outcome: str, *parts: Finding, name: str = "") -> Finding:
    return Finding(name or f"{need}_of", outcome, "", "", "V", (), (), need, parts)


def door(outcome: str, *parts: Finding) -> Finding:
    return group("all", outcome, *parts, name="door:yearly")


GRADE = "years_with:HTXSNV"


@pytest.mark.parametrize(
    ("limbs", "used"),
    [
        ((leaf(GRADE, NOT_MET), leaf("initiative_level:co_so", MET, "A")), ("A",)),
        ((leaf(GRADE, MET), leaf("initiative_level:co_so", MET, "A")), ()),
        ((leaf(GRADE, NEEDS_PERSON), leaf("initiative_level:co_so", MET, "A")), ("A",)),
        ((leaf(GRADE, NEEDS_PERSON), leaf("initiative_level:co_so", MISSING_DATA)), None),
        ((leaf(GRADE, NOT_MET), leaf("initiative_level:co_so", MET, "A", "B")), None),
        ((leaf(GRADE, NOT_MET), leaf("initiatives:bo_tinh:2", MET, "B", "A")), ("A", "B")),
        ((leaf(GRADE, NOT_MET), leaf("initiative_level:co_so", MISSING_DATA)), None),
        ((leaf("initiative_level:co_so", MET, "A"), leaf("research_accepted:co_so", MET, "D")), None),
    ],
)
def test_an_award_rests_on_the_result_that_is_proven_and_on_none_where_another_way_is_met(
    limbs: tuple[Finding, ...], used: tuple[str, ...] | None
) -> None:
    one_of = group("any", MET, *limbs)
    assert results_used([door(MET, leaf("takes_part", NEEDS_PERSON), one_of)]) == used


def test_a_closed_way_says_nothing_and_an_award_of_many_conditions_rests_on_all_their_results() -> None:
    first, second = leaf("initiative_level:bo_tinh", MET, "A"), leaf("research_accepted:bo_tinh", MET, "D")
    assert results_used([door(NOT_MET, leaf("initiative_level:co_so", MISSING_DATA)), door(MET, first, second)]) == (
        "A",
        "D",
    )
    assert results_used([door(MET, first, leaf("research_accepted:bo_tinh", MISSING_DATA))]) is None


def test_without_a_way_that_is_open_nobody_knows() -> None:
    assert results_used([leaf("no_law", NEEDS_PERSON)]) is None


def test_findings_of_the_engine_name_the_initiative(book: Book) -> None:
    facts = Facts(
        grades={2024: "HTTNV"},
        titles={2024: ("advanced_worker",)},
        initiatives=(Initiative("Bảng kê chung", 2024, "co_so"),),
        complete={name: frozenset({2024}) for name in ("grades", "titles", "initiatives")},
    )
    days = Days((date(2024, 1, 1), date(2024, 12, 31)), received=date(2024, 12, 20))
    assert results_used(judge(book, CS, facts, days).findings) == ("Bảng kê chung",)


@pytest.mark.parametrize(
    ("held", "item", "may"),
    [
        (title(CS, 2024), Initiative("A", 2024, "co_so"), True),
        (title(CS, 2024), Initiative("A", 2024, "bo_tinh"), True),  # a wider one serves the narrower award too
        (title(CS, 2024), Initiative("A", 2023, "co_so"), False),  # of another year
        (title(CS, 2023), Initiative("A", 2023, "co_so"), False),  # results served several times then
        (title(PROVINCE, 2025), Initiative("A", 2025, "co_so"), False),  # too narrow
        (title(PROVINCE, 2025), Initiative("A", 2023, "bo_tinh"), True),
        (title(PROVINCE, 2025), Initiative("A", 2022, "bo_tinh"), False),
        (title(PROVINCE, 2025), Initiative("A", 2026, "bo_tinh"), False),
        (title("advanced_worker", 2024), Initiative("A", 2024, "co_so"), False),
        (title("Bằng khen cũ", 2024), Initiative("A", 2024, "co_so"), False),
    ],
)
def test_an_award_may_have_used_what_its_criteria_of_that_day_ask_for(
    book: Book, held: Held, item: Initiative, may: bool
) -> None:
    assert (("initiatives", item.scope, item.year) in may_rest_on(book, held)) == may


def test_a_result_in_doubt_is_a_question_that_names_the_award_and_takes_an_answer(book: Book) -> None:
    item = Initiative("Bảng kê chung", 2025, "bo_tinh", may_serve=(CS,))
    facts = Facts(initiatives=(item,), complete={"initiatives": frozenset({2023, 2024, 2025})})
    days = Days((date(2025, 1, 1), date(2025, 12, 31)), received=date(2025, 12, 20))

    def found(*judgements: Judgement) -> Finding:
        flat = [one for top in judge(book, PROVINCE, facts, days, judgements=judgements).findings for one in top.flat()]
        return next(one for one in flat if one.condition == "initiative_level:bo_tinh")

    open_one = found()
    assert (open_one.outcome, open_one.text) == (
        NEEDS_PERSON,
        "01 sáng kiến cấp bộ, tỉnh (năm 2023–2025); “Bảng kê chung” năm 2025 có thể đã dùng cho “Chiến sĩ thi đua cơ sở”"
        " (sổ vàng không ghi: mở hồ sơ của lần khen trước)",
    )
    assert [record["id"] for record in open_one.records] == ["Bảng kê chung"]
    answered = [found(Judgement("initiative_level:bo_tinh", yes)) for yes in (True, False)]
    assert [one.outcome for one in answered] == [MET, NOT_MET]
    assert answered[0].text.endswith("(đã có người xác nhận)")
