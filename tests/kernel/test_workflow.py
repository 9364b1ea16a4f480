"""The table itself, tried on the movement's plan: who, when, complete, and who was first."""

import json

import pytest

from bangvang.kernel.models import Event
from bangvang.kernel.verdict import YES, no
from bangvang.kernel.workflow import Offer, Overtaken, Refused, bump, latest_event
from bangvang.movements.models import Movement
from bangvang.movements.workflow import PLAN
from bangvang.people.actor import Actor
from tests import factories


def words_of(event: Event) -> dict[str, str]:
    return json.loads(event.body.words)  # type: ignore[no-any-return]


def test_a_step_moves_the_state_and_leaves_one_event(lan: Actor) -> None:
    movement = factories.movement(lan)
    event = PLAN.take(movement, "submit", by=lan, body={"note": "gấp"})
    stored = Movement.objects.get()
    assert (movement.state, movement.version) == ("submitted", 2)
    assert (stored.state, stored.version, stored.chain_length) == ("submitted", 2, 2)
    assert (event.verb, event.actor_id, event.duty) == ("movement.submit", lan.user.pk, lan.duty_text)
    assert words_of(event) == {"note": "gấp", "from": "draft", "to": "submitted"}


def test_the_wrong_state_is_refused_with_the_state_named(lan: Actor, minh: Actor) -> None:
    movement = factories.movement(lan)
    assert PLAN.verdict(movement, "approve", minh) == no(
        "Bước “Duyệt kế hoạch” không làm được khi đang ở trạng thái “Đang soạn”."
    )


def test_the_wrong_person_an_incomplete_thing_and_a_missing_reason_are_refused_in_this_order(
    lan: Actor, minh: Actor
) -> None:
    movement = factories.movement(lan, duties=())
    assert PLAN.verdict(movement, "submit", minh).who == "Thường trực thi đua, khen thưởng"
    assert PLAN.verdict(movement, "submit", lan) == no("Kế hoạch còn thiếu: tổ chức thực hiện.")
    assert PLAN.verdict(movement, "cancel", lan, reason="  ") == no("Bước “Huỷ bản thảo” cần ghi lý do.")
    assert PLAN.verdict(movement, "cancel", lan, reason="Trùng") == YES


def test_a_refused_step_changes_nothing(lan: Actor, minh: Actor) -> None:
    movement = factories.movement(lan)
    with pytest.raises(Refused, match="không làm được") as caught:
        PLAN.take(movement, "approve", by=minh)
    assert caught.value.verdict.reason == str(caught.value)
    assert (Movement.objects.get().state, Event.objects.count()) == ("draft", 1)


def test_the_reason_is_kept_trimmed_in_the_event(lan: Actor) -> None:
    movement = factories.movement(lan)
    event = PLAN.take(movement, "cancel", by=lan, reason=" Trùng kế hoạch khác ")
    assert words_of(event) == {"reason": "Trùng kế hoạch khác", "from": "draft", "to": "cancelled"}


def test_the_second_of_two_hands_is_overtaken_and_told_by_whom(lan: Actor) -> None:
    movement = factories.movement(lan)
    same = Movement.objects.get()
    first = PLAN.take(movement, "submit", by=lan)
    with pytest.raises(Overtaken) as caught:
        PLAN.take(same, "submit", by=lan)
    assert (caught.value.root, caught.value.last) == (same, first)
    assert (same.state, same.version) == ("draft", 1)
    assert factories.verbs_of(movement) == ["movement.draft", "movement.submit"]


def test_a_step_from_a_page_that_shows_an_old_version_is_overtaken(lan: Actor) -> None:
    movement = factories.movement(lan)
    bump(movement, version=1, title="Tên khác")
    with pytest.raises(Overtaken):
        PLAN.take(movement, "submit", by=lan, version=1)
    PLAN.take(movement, "submit", by=lan, version=2)
    assert movement.version == 3


def test_columns_move_with_the_state_and_other_roots_get_the_event(lan: Actor) -> None:
    movement = factories.movement(lan)
    event = PLAN.take(movement, "submit", by=lan, also=[lan.person], theme="Chủ đề mới")
    assert (movement.theme, Movement.objects.get().theme) == ("Chủ đề mới", "Chủ đề mới")
    assert sorted(event.links.values_list("root_kind", "root_id")) == [
        ("movement", movement.pk),
        ("person", lan.person.pk),
    ]


def test_offers_are_the_steps_of_this_state_possible_ones_first(lan: Actor, minh: Actor) -> None:
    movement = factories.movement(lan)
    PLAN.take(movement, "submit", by=lan)
    offers = PLAN.offers(movement, minh)
    assert [(offer.step.name, bool(offer.verdict)) for offer in offers] == [
        ("approve", True),
        ("return", True),
        ("recall", False),
    ]
    assert offers[0] == Offer(PLAN.step("approve"), YES)


def test_bump_is_an_edit_under_the_version_it_was_opened_with(lan: Actor) -> None:
    movement = factories.movement(lan)
    bump(movement, version=None, title="Một")
    assert (movement.title, movement.version) == ("Một", 2)
    with pytest.raises(Overtaken) as caught:
        bump(movement, version=1, title="Hai")
    assert caught.value.last == latest_event(movement)
    assert Movement.objects.get().title == "Một"


def test_a_thing_without_a_story_has_no_latest_event(lan: Actor) -> None:
    assert latest_event(lan.person) is None
