"""How the cellar's rows name themselves in logs and in the shell."""

import datetime

import pytest

from bangvang.kernel import audit, leases
from bangvang.kernel.models import CODE_ALPHABET, ClockLease, Event, Expunged, SealLeaf, public_code
from bangvang.people.actor import Actor
from tests import factories


def test_a_public_code_has_no_letters_that_sound_or_look_alike() -> None:
    codes = {public_code() for _ in range(200)}
    assert {len(code) for code in codes} == {10}
    assert len(codes) == 200
    assert set("".join(codes)) <= set(CODE_ALPHABET)
    assert set(CODE_ALPHABET) & set("01oil") == set()


@pytest.mark.django_db
def test_every_row_names_itself(lan: Actor, settings: object) -> None:
    movement = factories.movement(lan)
    seal = audit.seal("đêm")
    event = Event.objects.get()
    day = event.at
    named = {
        str(event): f"movement.draft {day:%Y-%m-%d %H:%M}",
        str(event.body): f"nội dung của sự kiện {event.pk}",
        str(event.links.get()): f"movement {movement.pk} #1",
        str(seal): f"{seal.hash[:16]} ({seal.at:%d/%m/%Y})",
        str(SealLeaf.objects.get()): f"movement {movement.pk} @1",
        str(Expunged(event=event, decision="QĐ 5")): f"sự kiện {event.pk}: QĐ 5",
        str(leases.order("papers.check", 3)): "papers.check [3]",
        str(ClockLease(until=datetime.datetime.now(datetime.UTC))): "clock",
        str(factories.draft(lan.user)): f"movement:new của {lan.user.pk}",
    }
    assert list(named) == list(named.values())
