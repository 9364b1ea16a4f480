"""Outcomes with their reasons: proofs, missing data, judgements, holds, governing days, the unread law."""

from __future__ import annotations

from datetime import date

import pytest

from bangvang.law.book import Book, load
from bangvang.law.explain import Finding, Judged, Judgement, Teller, compiled, judge
from bangvang.law.facts import Facts, Held, Initiative, Service, Span
from bangvang.law.sources import Days, NoLaw
from bangvang.law.view import View

CS = "grassroots_emulation_fighter"


@pytest.fixture(scope="module")
def book() -> Book:
    return load()


def days_of(year: int, received: date | None = None) -> Days:
    return Days((date(year, 1, 1), date(year, 12, 31)), received or date(year, 12, 20))


def finding(judged: Judged, condition: str) -> Finding:
    return next(item for top in judged.findings for item in top.flat() if item.condition == condition)


def test_a_met_condition_shows_its_records_and_article(book: Book) -> None:
    facts = Facts(titles={2021: ("advanced_worker",)}, initiatives=(Initiative("SK-7", 2021, "co_so"),))
    judged = judge(book, CS, facts, days_of(2021))
    assert judged.outcome == "met"
    assert finding(judged, "initiative_level:co_so") == Finding(
        "initiative_level:co_so",
        "met",
        "01 sáng kiến cấp cơ sở (năm 2021)",
        "khoản 3 Điều 9 NĐ 91/2017/NĐ-CP",
        "V",
        ({"kind": "initiative", "id": "SK-7", "year": 2021, "scope": "co_so"},),
    )


def test_the_decision_of_an_award_is_its_proof(book: Book) -> None:
    award = Held(
        "grassroots_emulation_fighter",
        "cong_trang",
        date(2022, 1, 12),
        (date(2021, 1, 1), date(2021, 12, 31)),
        "18/QĐ-STC",
    )
    judged = judge(book, "ministry_province_emulation_fighter", Facts(awards=(award,)), days_of(2022))
    assert finding(judged, "consecutive_titles:grassroots_emulation_fighter:3").records == (
        {"kind": "award", "award": CS, "year": 2021, "decided_on": "2022-01-12", "number": "18/QĐ-STC"},
    )


def test_missing_data_is_named_and_not_called_a_failure(book: Book) -> None:
    facts = Facts(grades={2025: "HTXSNV"}, service=Service(date(2010, 1, 1)))
    judged = judge(book, "ministry_province_commendation", facts, days_of(2025), stream="cong_trang")
    assert judged.outcome == "missing_data"
    assert judged.missing[-1] == "Chưa có sổ đề tài, đề án được nghiệm thu năm 2025"
    assert "Chưa có kết quả xếp loại năm 2024" in judged.missing


def test_an_answered_judgement_is_shown_as_such(book: Book) -> None:
    facts = Facts(grades={2024: "HTTNV"})
    answer = Judgement("takes_part_in_movement", True, "Trưởng phòng TĐKT", "Luật 2022 Đ24.1", date(2024, 12, 19))
    asked, confirmed = (
        judge(book, "LDTT", facts, days_of(2024)),
        judge(book, "LDTT", facts, days_of(2024), judgements=[answer]),
    )
    refused = judge(book, "LDTT", facts, days_of(2024), judgements=[Judgement("takes_part_in_movement", False)])
    assert [asked.outcome, confirmed.outcome, refused.outcome] == ["needs_person", "met", "not_met"]
    assert finding(asked, "takes_part_in_movement").text.endswith("(đây là nhận định, máy không kết luận thay)")
    assert finding(confirmed, "takes_part_in_movement").text.endswith("(đã có người xác nhận)")
    assert (asked.judgements, confirmed.judgements) == (("takes_part_in_movement",), ("takes_part_in_movement",))


def test_a_rule_that_was_not_read_asks_a_person_and_says_so(book: Book) -> None:
    judged = judge(book, "LDTT", Facts(grades={2021: "HTXSNV"}), days_of(2021))
    leaf = finding(judged, "grade_at_least:HTNV")
    assert (leaf.outcome, leaf.mark) == ("needs_person", "M")
    assert leaf.text.endswith("(quy định theo trí nhớ; cần người mở văn bản)")


def test_an_unread_rule_can_be_answered_too(book: Book) -> None:
    names = ("grade_at_least", "conduct_good", "recruited_less_than_months", "disciplined_from")
    judged = judge(book, "LDTT", Facts(), days_of(2021), judgements=[Judgement(name, True) for name in names])
    assert judged.outcome == "met"


def test_a_pending_case_is_a_hold_and_not_a_failure(book: Book) -> None:
    facts = Facts(
        grades={2025: "HTXSNV"}, titles={2025: ("advanced_worker",)}, holds=(Span("thanh_tra", date(2025, 11, 1)),)
    )
    judged = judge(book, CS, facts, days_of(2025))
    assert judged.outcome == "needs_person"
    assert judged.findings[0].text == "Có việc đang chờ kết luận từ 01/11/2025: tạm dừng xét đến khi có kết luận."
    assert judged.findings[0].cite == "khoản 4 Điều 4 NĐ 152/2025/NĐ-CP"
    lifted = judge(book, CS, facts, days_of(2025), judgements=[Judgement("no_pending_case", True)])
    assert lifted.outcome == "met"


def test_a_hold_never_turns_a_failure_into_a_question(book: Book) -> None:
    facts = Facts(
        grades={2025: "HTNV"},
        titles={2025: ("advanced_worker",)},
        holds=(Span("thanh_tra", date(2025, 11, 1)),),
        complete={"initiatives": frozenset({2025})},
    )
    assert judge(book, CS, facts, days_of(2025)).outcome == "not_met"


def test_two_possible_days_with_two_answers_show_both(book: Book) -> None:
    facts = Facts(
        grades={2023: "HTXSNV"}, titles={2023: ("advanced_worker",)}, complete={"initiatives": frozenset({2023})}
    )
    judged = judge(book, CS, facts, days_of(2023, date(2024, 1, 10)))
    assert (judged.outcome, judged.governing["criteria"]) == ("needs_person", "2023-12-31, 2024-01-10")
    assert [item.text for item in judged.findings] == [
        "Nếu xét theo thời gian lập thành tích (31/12/2023): chưa đạt. Chưa có văn bản nói rõ ngày nào quyết định.",
        "Nếu xét theo ngày nhận hồ sơ (10/01/2024): đạt. Chưa có văn bản nói rõ ngày nào quyết định.",
    ]


def test_the_unread_law_keeps_the_old_answer_as_provisional(book: Book) -> None:
    facts = Facts(grades={2025: "HTXSNV"}, titles={2025: ("advanced_worker",)})
    judged = judge(book, CS, facts, days_of(2025, date(2026, 10, 1)))
    assert (judged.outcome, judged.provisional) == ("needs_person", "met")
    assert judged.findings[0].text == (
        "Luật 06/2026/QH16 đã có hiệu lực nhưng chưa được nạp; kết quả theo quy định trước đó. Cần người mở văn bản."
    )


def test_an_award_without_criteria_is_a_question(book: Book) -> None:
    judged = judge(book, "hero", Facts(), days_of(2025))
    assert (judged.outcome, judged.findings[0].condition) == ("needs_person", "no_law")


def test_an_unknown_award_is_an_error(book: Book) -> None:
    with pytest.raises(NoLaw):
        judge(book, "best_worker", Facts(), days_of(2025))


def test_the_answer_names_the_book_it_was_made_with(book: Book) -> None:
    assert judge(book, CS, Facts(), days_of(2025)).book == book.digest


def test_an_award_decided_after_receipt_is_not_yet_seen(book: Book) -> None:
    award = Held("advanced_worker", "cong_trang", date(2021, 12, 31), (date(2021, 1, 1), date(2021, 12, 31)))
    facts = Facts(awards=(award,), initiatives=(Initiative("SK", 2021, "co_so"),))
    outcomes = [
        judge(book, CS, facts, days_of(2021, received)).outcome for received in (date(2021, 12, 30), date(2021, 12, 31))
    ]
    assert outcomes == ["missing_data", "met"]


def test_a_plane_that_lies_stops_the_explanation(book: Book) -> None:
    """Control of the assertion that bits and records agree: a stale bit is caught and never shown."""
    made = compiled(book, CS, 2021, date(2021, 12, 20), "person", ("vn",), None, False)
    stale = {("held", "advanced_worker", 0, 2021): 1}
    with pytest.raises(AssertionError):
        Teller(made, View(Facts(), 2021, date(2021, 12, 20), _seen=stale)).door(made.doors[0])
