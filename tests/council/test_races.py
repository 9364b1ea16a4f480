"""Two at the same time, on a database where transactions really commit: two ballots of one member, two openers, a late ballot."""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

from bangvang.council import actions as council
from bangvang.council import queries
from bangvang.council.models import Envelope, Session
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.people.actor import Actor
from tests import factories
from tests.council import scenes

FORK = multiprocessing.get_context("fork")


def race(*acts: Callable[[], None]) -> Counter[str]:
    """Run the acts in processes of their own, started together; how each ended."""
    connection.close()  # a child must not inherit it
    start, answers = FORK.Barrier(len(acts)), FORK.SimpleQueue()

    def run(act: Callable[[], None]) -> None:
        start.wait(timeout=30)
        try:
            act()
            answers.put("done")
        except (Overtaken, Refused) as stopped:
            answers.put(type(stopped).__name__)
        except Exception as error:  # (any other end fails the test by its name)
            answers.put(repr(error))
        connection.close()

    racers = [FORK.Process(target=run, args=(act,)) for act in acts]
    for racer in racers:
        racer.start()
    ends = Counter(answers.get() for _ in racers)
    for racer in racers:
        racer.join()
    return ends


def ballot_of(found: scenes.Scene, member: Actor, letter: str) -> Callable[[], None]:
    session = Session.objects.select_related("council__agency").get(pk=found.session.pk)
    choices = {line.pk: letter for line in found.lines}
    return lambda: council.cast(session, choices, by=member)


def test_two_ballots_of_one_member_leave_one(committed: str, media: Path) -> None:
    found = scenes.voting(scenes.scene(members=4, lines=2))
    ends = race(*(ballot_of(found, found.members[0], letter) for letter in "10"))
    assert ends == Counter({"done": 1, "Refused": 1})
    assert Envelope.objects.exclude(sealed=None).count() == 1


def test_members_voting_in_the_same_instant_all_get_in(committed: str, media: Path) -> None:
    found = scenes.voting(scenes.scene(members=4, lines=2))
    ends = race(*(ballot_of(found, member, "1") for member in found.members))
    assert ends == Counter({"done": 4})
    council.close(found.fresh(), by=found.clerk)
    council.open_box(found.session, (found.codes[0], found.codes[1]), by=found.tellers[0])
    assert [line.agreed for line in found.lines] == [4, 4]


def test_two_openers_open_once(committed: str, media: Path) -> None:
    found = scenes.closed(scenes.scene(members=4, lines=2), dict.fromkeys(range(4), "10"))

    def opener(one: int, other: int) -> Callable[[], None]:
        session = Session.objects.select_related("council__agency").get(pk=found.session.pk)
        return lambda: council.open_box(session, (found.codes[one], found.codes[other]), by=found.tellers[one])

    ends = race(opener(0, 1), opener(2, 1))
    assert (ends["done"], ends["Refused"] + ends["Overtaken"]) == (1, 1)
    assert factories.verbs_of(found.session).count("session.open") == 1
    assert [line.agreed for line in found.lines] == [4, 0]


def test_a_ballot_and_the_close_in_the_same_instant_agree(committed: str, media: Path) -> None:
    found = scenes.voting(scenes.scene(members=4, lines=2))
    for place in range(3):
        scenes.cast(found, place, "11")
    session = Session.objects.select_related("council__agency").get(pk=found.session.pk)
    close: Any = lambda: council.close_early(session, reason="Hết giờ.", by=found.chair)  # noqa: E731
    ends = race(ballot_of(found, found.members[3], "1"), close)
    counted = queries.returned_envelopes(found.session)
    told = 4 if ends == Counter({"done": 2}) else 3
    assert (counted, sum(ends.values())) == (told, 2)
    council.open_box(found.fresh(), (found.codes[0], found.codes[1]), by=found.tellers[0])
    assert [line.returned for line in found.lines] == [told, told]
