"""Numbers of a read plan become indicators only through a person."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from bangvang.movements import actions as movements
from bangvang.movements.models import Movement
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress import actions
from bangvang.progress.models import Indicator
from bangvang.progress.suggestions import suggested
from tests import factories
from tests.movements import scenes as movement_scenes
from tests.web.walk import press, read


def number(text: str, value: float | None, unit: str | None, operator: str = "=") -> dict[str, Any]:
    told = {"text": text, "operator": operator, "number": value, "unit": unit}
    return {"value": told, "quote": text, "line": 1, "page": None, "confidence": 0.9}


NUMBERS = [
    number("Ít nhất 98,5% hồ sơ trả đúng hạn.", 98.5, "%"),
    number("Không quá 3 ngày một hồ sơ.", 3.0, "ngày"),
    number("Nhiều việc hơn năm trước.", None, None),
    number("Lắp mới 1.250 thuê bao", 1250.0, "thuê bao"),
]


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit) -> Movement:
    review = movement_scenes.review(lan, indicators=NUMBERS)
    made = movements.use_review(review, factories.plan(), by=lan)
    movements.submit(made, by=lan)
    movements.approve(made, by=minh)
    movements.issue(made, number=9, issued_on=factories.DAY, by=hoa)
    days = {"acknowledge_by": movement_scenes.SOON, "register_by": movement_scenes.LATER}
    movements.roll_out(made, [division], [], **days, by=lan)
    return made


def test_numbers_with_a_measure_are_offered_with_their_direction(movement: Movement) -> None:
    assert [(one.place, one.label, one.measure, one.target, one.direction) for one in suggested(movement)] == [
        (1, "Ít nhất 98,5% hồ sơ trả đúng hạn", "%", Decimal("98.5"), "up"),
        (2, "Không quá 3 ngày một hồ sơ", "ngày", Decimal(3), "down"),
        (4, "Lắp mới 1.250 thuê bao", "thuê bao", Decimal(1250), "up"),
    ]
    assert Indicator.objects.count() == 0


def test_what_is_asked_already_is_not_offered_again(movement: Movement, lan: Actor) -> None:
    actions.add_indicator(movement, label="Lắp mới 1.250 thuê bao", measure="thuê bao", by=lan)
    assert [one.place for one in suggested(movement)] == [1, 2]


def test_a_typed_plan_offers_nothing(lan: Actor) -> None:
    assert suggested(factories.movement(lan)) == []


def test_an_offer_fills_the_form_and_is_added_when_it_is_sent(as_lan: Client, movement: Movement) -> None:
    setup = f"/lam-viec/tien-do/phong-trao/{movement.code}/cach-theo-doi/"
    address = f"/lam-viec/tien-do/phong-trao/{movement.code}/chi-tieu-moi/?so=4"
    assert address in read(as_lan.get(setup)).links
    press(as_lan, address, measure="thuê bao")
    made = Indicator.objects.get()
    assert (made.label, made.target, made.direction) == ("Lắp mới 1.250 thuê bao", Decimal(1250), "up")
    assert address not in read(as_lan.get(setup)).links
