"""What the public may know: these fields, of issued plans that the clerk put there, and nothing else."""

import datetime
from dataclasses import fields

import pytest

from bangvang.movements import actions, public
from bangvang.movements.models import Movement
from bangvang.people.actor import Actor
from tests import factories

TODAY = datetime.date(2026, 5, 1)


@pytest.fixture
def shown(lan: Actor, minh: Actor, hoa: Actor) -> Movement:
    movement = factories.movement(lan)
    actions.submit(movement, by=lan)
    actions.approve(movement, by=minh)
    actions.issue(movement, number=15, issued_on=factories.DAY, by=hoa)
    actions.publish(movement, by=lan)
    return movement


def test_these_fields_leave_the_house_and_no_other() -> None:
    assert [field.name for field in fields(public.PublicMovement)] == [
        "code", "title", "theme", "agency", "number", "issued_on", "period", "is_running", "ended_on",
        "is_stopped", "later_papers", "superior", "above", "below", "milestones", "purposes", "contents",
        "collective_criteria", "individual_criteria", "awards",
    ]  # fmt: skip


def test_a_published_plan_shows_what_it_says_and_no_persons_name(shown: Movement) -> None:
    found = public.one(shown.code, today=TODAY)
    assert found is not None
    assert (found.number, found.period) == ("15/KH-STC", "từ ngày 01/04/2026 đến hết ngày 31/12/2026")
    assert found.awards == (("Giấy khen của Giám đốc Sở", "Dẫn đầu phong trào"),)
    told = repr(found)
    assert [name for name in ("Nguyễn Thị Lan", "Lê Quang Minh", "Đỗ Thị Hoà") if name in told] == []


@pytest.mark.parametrize(
    ("day", "running"),
    [
        (datetime.date(2026, 3, 31), False),
        (datetime.date(2026, 4, 1), True),
        (datetime.date(2026, 12, 31), True),
        (datetime.date(2027, 1, 1), False),
    ],
)
def test_a_movement_runs_from_its_first_to_its_last_day(day: datetime.date, running: bool, shown: Movement) -> None:
    found = public.one(shown.code, today=day)
    assert found is not None
    assert found.is_running == running


def test_search_needs_no_diacritics_and_prefers_them(shown: Movement) -> None:
    for words, hits in (("mỗi đồng", 1), ("moi dong ngan sach", 1), ("TIET KIEM", 1), ("", 1), ("giao thông", 0)):
        assert (words, len(public.search(words, today=TODAY))) == (words, hits)


def test_what_is_not_published_cannot_be_found(shown: Movement, lan: Actor) -> None:
    hidden = factories.movement(lan, title="Chưa công bố")
    assert public.one(hidden.code, today=TODAY) is None
    assert public.one("khongco", today=TODAY) is None
    actions.hide(shown, reason="Đăng nhầm", by=lan)
    assert public.search("", today=TODAY) == []
    assert public.one(shown.code, today=TODAY) is None
