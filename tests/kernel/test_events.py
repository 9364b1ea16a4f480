"""Chains, several roots, silent verbs, and the two database states that are tried again."""

import json

import psycopg.errors
import pytest
from django.db import OperationalError, transaction

from bangvang.kernel import audit, events
from bangvang.kernel.events import DEADLOCK_TRIES, SilentAction, action
from bangvang.kernel.models import Event, EventLink, Root
from bangvang.kernel.workflow import Refused
from bangvang.movements import actions as movements
from bangvang.movements.models import Movement
from bangvang.movements.workflow import PLAN
from bangvang.people.actor import Actor
from bangvang.people.models import Person
from tests import factories


def test_links_of_a_chain_follow_each_other_and_the_root_holds_the_head(lan: Actor) -> None:
    for _ in range(3):
        events.record("test.act", by=lan, roots=[lan.person])
    links = list(EventLink.objects.order_by("seq"))
    assert [(link.root_kind, link.root_id, link.seq) for link in links] == [
        ("person", lan.person.pk, n) for n in (1, 2, 3)
    ]
    assert [link.previous for link in links] == ["", links[0].hash, links[1].hash]
    stored = Person.objects.get(pk=lan.person.pk)
    assert (stored.chain_length, stored.chain_head) == (3, links[2].hash)


def test_one_event_stands_in_the_chain_of_every_root_once(lan: Actor, hoa: Actor) -> None:
    movement = factories.movement(lan)
    event = events.record("test.act", by=lan, roots=[movement, hoa.person, lan.person, hoa.person])
    places = list(event.links.order_by("pk").values_list("root_kind", "root_id", "seq"))
    # Locked and written in (kind, id) order, so that two acts never wait for each other crosswise.
    people = sorted([hoa.person.pk, lan.person.pk])
    assert places == [("movement", movement.pk, 2), ("person", people[0], 1), ("person", people[1], 1)]


def test_an_event_made_with_a_stale_root_still_joins_the_end_of_the_chain(lan: Actor) -> None:
    stale = Person.objects.get(pk=lan.person.pk)
    events.record("test.one", by=lan, roots=[lan.person])
    events.record("test.two", by=lan, roots=[stale])
    assert factories.verbs_of(lan.person) == ["test.one", "test.two"]
    assert audit.verify() == []


def test_the_body_is_kept_apart_in_one_spelling_under_a_salt_of_its_own(lan: Actor) -> None:
    first, second = (events.record("test.act", by=lan, roots=[lan.person], body={"ý": 1, "a": "b"}) for _ in range(2))
    assert (first.body.words, json.loads(first.body.words)) == ('{"a":"b","ý":1}', {"a": "b", "ý": 1})
    assert first.body_hash != second.body_hash


def test_moving_a_border_between_two_strings_changes_the_hash() -> None:
    assert events.sha256("ab", "c") != events.sha256("a", "bc")


def test_the_machine_has_no_account_but_a_name(lan: Actor) -> None:
    event = events.record("test.act", by=factories.MACHINE, roots=[lan.person])
    assert (event.actor_id, event.duty) == (None, "Kiểm thử")


def test_an_event_outside_a_transaction_is_a_bug(committed: str, lan_committed: Actor) -> None:
    with pytest.raises(AssertionError, match=r"event 'test\.act' outside a transaction"):
        events.record("test.act", by=lan_committed, roots=[lan_committed.person])
    assert Event.objects.count() == 0


def test_a_verb_that_wrote_no_event_is_rolled_back(lan: Actor) -> None:
    @action
    def rename(person: Person) -> None:
        Person.objects.filter(pk=person.pk).update(full_name="Ai đó")

    with pytest.raises(SilentAction, match="rename wrote no event"):
        rename(lan.person)
    assert Person.objects.get(pk=lan.person.pk).full_name == "Nguyễn Thị Lan"


def test_an_event_that_was_rolled_back_inside_does_not_count(lan: Actor) -> None:
    @action
    def fails(person: Person) -> None:
        events.record("test.inner", by=lan, roots=[person])
        raise ValueError

    @action
    def swallows(person: Person) -> None:
        with pytest.raises(ValueError, match=r"^$"):
            fails(person)

    with pytest.raises(SilentAction):
        swallows(lan.person)


def test_what_is_rolled_back_is_rolled_back_in_memory_too(lan: Actor) -> None:
    movement = factories.movement(lan)

    @action
    def submit_and_stumble(movement: Movement) -> None:
        PLAN.take(movement, "submit", by=lan)
        raise OSError("đĩa đầy")

    with pytest.raises(OSError, match="đĩa đầy"):
        submit_and_stumble(movement)
    assert (movement.state, movement.version, movement.chain_length) == ("draft", 1, 1)
    movements.submit(movement, by=lan)
    assert (movement.state, movement.version) == ("submitted", 2)


def _troubled(state: type[Exception], times: int, root: Root, by: Actor) -> list[int]:
    """Run an action whose first `times` attempts die with a database error after they moved the thing. Returns the
    attempts."""
    attempts: list[int] = []

    @action
    def submit(movement: Root) -> None:
        PLAN.take(movement, "submit", by=by)
        attempts.append(1)
        if len(attempts) <= times:
            raise OperationalError from state()

    try:
        submit(root)
    except OperationalError:
        attempts.append(-1)
    return attempts


@pytest.mark.parametrize("state", [psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure])
def test_a_deadlock_is_tried_again_from_the_start(state: type[Exception], committed: str, lan_committed: Actor) -> None:
    movement = factories.movement(lan_committed)
    assert _troubled(state, DEADLOCK_TRIES - 1, movement, lan_committed) == [1] * DEADLOCK_TRIES
    assert Movement.objects.get().state == "submitted"
    assert factories.verbs_of(movement) == ["movement.draft", "movement.submit"]


def test_after_three_deadlocks_the_error_is_shown(committed: str, lan_committed: Actor) -> None:
    movement = factories.movement(lan_committed)
    assert _troubled(psycopg.errors.DeadlockDetected, DEADLOCK_TRIES, movement, lan_committed) == [
        1
    ] * DEADLOCK_TRIES + [-1]
    assert (Movement.objects.get().state, movement.state) == ("draft", "draft")


def test_any_other_database_error_is_not_tried_again(committed: str, lan_committed: Actor) -> None:
    movement = factories.movement(lan_committed)
    assert _troubled(psycopg.errors.DiskFull, 1, movement, lan_committed) == [1, -1]


def test_inside_another_transaction_the_outer_one_must_retry(committed: str, lan_committed: Actor) -> None:
    movement = factories.movement(lan_committed)
    with transaction.atomic():
        attempts = _troubled(psycopg.errors.DeadlockDetected, 1, movement, lan_committed)
    assert attempts == [1, -1]


def test_a_refusal_is_not_tried_again_and_leaves_no_event(committed: str, lan_committed: Actor) -> None:
    movement = factories.movement(lan_committed, duties=())
    with pytest.raises(Refused):
        movements.submit(movement, by=lan_committed)
    assert Event.objects.count() == 1
