"""The round that decisions are made of."""

import pytest

from bangvang.people.actor import Actor
from tests.decisions import round as rounds


@pytest.fixture
def council_done(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, media: object) -> rounds.Round:
    """Nominations of one division that the council has endorsed or declined."""
    return rounds.build(lan, minh, hoa, mai)
