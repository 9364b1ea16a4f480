"""What the law asks of a plan, by the day: each part met, not seen, or for a person; and how long a movement must last."""

import datetime
from typing import Any

import pytest

from bangvang.law import book
from bangvang.law.plans import PARTS
from bangvang.movements.checklist import LOOKS, Checklist, checklist
from bangvang.movements.models import Movement
from tests import factories

NOW, BEFORE, AMENDED = factories.DAY, datetime.date(2021, 10, 20), datetime.date(2026, 11, 1)
WHOLE: dict[str, Any] = {
    "targets": ("Công chức Sở",),
    "solutions": ("Kiểm tra mỗi quý một lần.", "Tuyên truyền, nhân rộng điển hình trên trang của Sở."),
    "duties": ("Văn phòng Sở tổng hợp, trình tổng kết.",),
}


def looked(day: datetime.date = NOW, **changes: Any) -> Checklist:
    plan = factories.plan(**changes)
    return checklist(Movement(), plan, book.load(), day)


def kinds(found: Checklist) -> dict[str, str]:
    return {item.label: item.kind for item in found.items}


def test_every_part_of_the_book_has_a_way_to_look_and_the_other_way_round() -> None:
    assert sorted(LOOKS) == sorted(PARTS)
    assert {demand.part for demand in book.load().plans.demands} == set(PARTS)


def test_a_whole_plan_meets_article_17() -> None:
    found = looked(**WHOLE)
    assert set(kinds(found).values()) == {"ok"}
    assert (len(found.items), found.not_met, found.to_look_at, found.unread) == (11, 0, 0, ())
    assert {item.cite for item in found.items} == {
        f"khoản {clause} Điều 17 Luật Thi đua, khen thưởng 2022" for clause in (1, 2, 3, 4, 5)
    }


@pytest.mark.parametrize(
    ("changes", "label", "kind", "reason"),
    [
        ({"targets": ()}, "Đối tượng", "bad", "chưa ghi đối tượng"),
        ({"individual_criteria": ()}, "Tiêu chí thi đua", "human", "Mới có tiêu chí đối với tập thể"),
        ({"collective_criteria": (), "individual_criteria": ()}, "Tiêu chí thi đua", "bad", "chưa ghi tiêu chí nào"),
        ({"ends_on": None, "end_condition": "hết dịch"}, "Thời gian", "human", "Kết thúc khi hết dịch"),
        ({"starts_on": None}, "Thời gian", "bad", "ngày bắt đầu"),
        ({"solutions": ("Theo dõi, đôn đốc các phòng.",)}, "Kiểm tra, giám sát", "human", "xin xem có phải kiểm tra"),
        ({"solutions": ()}, "Tuyên truyền, nhân rộng điển hình", "bad", "Không có câu nào"),
        ({"awards": ()}, "Sơ kết, tổng kết, khen thưởng", "bad", "chưa ghi hình thức khen thưởng"),
        ({"duties": ()}, "Phát động, triển khai", "bad", "tổ chức thực hiện"),
    ],
)
def test_a_part_that_is_missing_or_unclear_says_why(
    changes: dict[str, Any], label: str, kind: str, reason: str
) -> None:
    item = next(item for item in looked(**{**WHOLE, **changes}).items if item.label == label)
    assert (item.kind, reason in item.reason) == (kind, True)


def test_an_older_plan_is_looked_at_by_the_law_of_2003() -> None:
    found = looked(BEFORE, **WHOLE)
    assert {item.cite for item in found.items} == {"Điều 16 Luật Thi đua, khen thưởng 2003"}
    told = kinds(found)
    assert (told["Khẩu hiệu"], told["Chỉ tiêu"], told["Đăng ký thi đua"]) == ("ok", "human", "bad")
    assert "Kiểm tra, giám sát" not in told


def test_the_last_day_of_one_law_and_the_first_of_the_next() -> None:
    days = (datetime.date(2023, 12, 31), datetime.date(2024, 1, 1))
    assert ["Khẩu hiệu" in kinds(looked(day)) for day in days] == [True, False]


def test_law_that_nobody_has_loaded_is_said() -> None:
    assert looked(AMENDED, **WHOLE).unread == ("Luật 06/2026/QH16",)


@pytest.mark.parametrize(
    ("ends_on", "told"),
    [
        (datetime.date(2029, 3, 30), ["bad", "bad", "bad"]),
        (datetime.date(2029, 3, 31), ["ok", "bad", "bad"]),
        (datetime.date(2031, 3, 31), ["ok", "ok", "ok"]),
        (None, ["human", "human", "human"]),
    ],
)
def test_years_are_full_with_the_last_day_inclusive(ends_on: datetime.date | None, told: list[str]) -> None:
    found = looked(starts_on=datetime.date(2026, 4, 1), ends_on=ends_on)
    assert [item.kind for item in found.lengths] == told


def test_only_a_thematic_movement_has_lengths() -> None:
    assert looked(kind=Movement.Kind.REGULAR).lengths == ()
