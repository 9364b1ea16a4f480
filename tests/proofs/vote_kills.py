"""Processes that vote or open, killed by signal 9 at a statement of theirs. An envelope is there whole, or not at all."""

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection

from bangvang.council import actions as council
from bangvang.council.models import Envelope, Session
from tests.proofs.council_sessions import Play

FORK = multiprocessing.get_context("fork")
ENVELOPE = 'UPDATE "bangvang_envelope"'
CASTING = ((ENVELOPE, "before"), (ENVELOPE, "after"))
OPENING = (('UPDATE "bangvang_agendaline"', "after"), ('DELETE FROM "bangvang_envelope"', "after"))


def killed(act: Callable[[], None], words: str, when: str) -> bool:
    """Run the act in a process that dies at the first statement with these words. True when it did die there."""

    def victim() -> None:
        def struck(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            if words in sql and when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            answer = execute(sql, params, many, context)
            if words in sql:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        with connection.execute_wrapper(struck):
            act()

    connection.close()  # nothing of the parent's connection may reach the child
    process = FORK.Process(target=victim)
    process.start()
    process.join()
    return process.exitcode == -signal.SIGKILL


def while_casting(play: Play, place: int) -> Counter[str]:
    """The member's vote, killed before and after its statement: nothing of it is there, and the others' envelopes are."""
    met: Counter[str] = Counter()
    before = Envelope.objects.exclude(sealed=None).count()
    for words, when in CASTING:
        died = killed(lambda: council.cast(play.session, play.choices(place), by=play.members[place]), words, when)
        met["kills"] += died
        met["lost"] += Envelope.objects.exclude(sealed=None).count() != before
    return met


def while_opening(play: Play) -> Counter[str]:
    """The opening, killed in the middle of its transaction: the box is as it was, and can be opened."""
    met: Counter[str] = Counter()
    before = Envelope.objects.exclude(sealed=None).count()
    if play.plan.paper:
        return met
    codes = (play.codes[0], play.codes[1])
    for words, when in OPENING:
        met["kills"] += killed(lambda: council.open_box(play.session, codes, by=play.tellers[0]), words, when)
        same = Envelope.objects.exclude(sealed=None).count() == before
        met["lost"] += not (same and Session.objects.get(pk=play.session.pk).state == Session.State.CLOSED)
    return met
