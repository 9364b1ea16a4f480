"""Run by proof 5.6 in a process of its own: workers and writers of a list are killed at named instants; what is left is
nothing or everything, and a successor finishes.

Usage: python -m tests.proofs.list_killings. Prints one JSON object. Processes are forked with their own connection, as in
killings.py; the chunk and the lease are made small.
"""

import datetime
import json
import multiprocessing
import os
import signal
import time
from collections import Counter
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 (after the applications are loaded)

from bangvang.honours.models import LedgerEntry, Standing  # noqa: E402
from bangvang.intake import actions, jobs  # noqa: E402
from bangvang.intake.models import Batch  # noqa: E402
from bangvang.kernel import audit, leases  # noqa: E402
from bangvang.kernel.models import Event, JobLease  # noqa: E402
from bangvang.people.actor import Actor  # noqa: E402
from bangvang.people.models import Duty, Person  # noqa: E402
from tests import factories  # noqa: E402
from tests.intake.lists import Upload, award_rows  # noqa: E402

PEOPLE = 60
jobs.CHUNK = 10
CHUNKS = PEOPLE // jobs.CHUNK
leases.HELD = datetime.timedelta(seconds=1)
FORK = multiprocessing.get_context("fork")
IDENTITY, TOLD = 'INTO "bangvang_identity"', 'UPDATE "bangvang_batch" SET "staged"'
At = tuple[str, int, str]  # words in a statement, which time, before or after it ran

STAGING: dict[str, At] = {
    "before the first chunk": (IDENTITY, 1, "before"),
    # Its rows stand by then; the statement before would do, but PostgreSQL takes rows by COPY, which no wrapper sees.
    "within the first chunk": (TOLD, 1, "before"),
    "within a later chunk": (IDENTITY, 4, "after"),
    "after a chunk, before its commit": (TOLD, 3, "after"),
    "after the last chunk": (TOLD, CHUNKS, "after"),
    "while it is called checked": ("bangvang_event", 1, "after"),
}
CONFIRM: dict[str, At] = {
    "before the first new person": ('INTO "bangvang_person"', 1, "before"),
    "after the new people": ('INTO "bangvang_duty"', 1, "after"),
    "after the ledger": ('INTO "bangvang_ledgerentry"', 1, "after"),
    "after the standing facts": ('INTO "bangvang_standing"', 1, "after"),
    "before the commit": ('UPDATE "bangvang_batch" SET "first_seq"', 1, "after"),
}


def struck_at(at: At | None, work: Any) -> Any:
    """A process that does `work` and is killed at its own statement; returns it, ended."""
    connection.close()

    def body() -> None:
        connection.close()
        seen = 0

        def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal seen
            hit = at is not None and at[0] in sql
            seen += hit
            strike = hit and at is not None and seen == at[1]
            if strike and at is not None and at[2] == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            answer = execute(sql, params, many, context)
            if strike:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        with connection.execute_wrapper(watch):
            work()
        connection.close()

    process = FORK.Process(target=body)
    process.start()
    process.join()
    return process


def killed(process: Any) -> bool:
    return bool(process.exitcode == -signal.SIGKILL)


def a_batch(clerk: Actor, turn: int) -> Batch:
    """A list of people nobody knows yet, its columns agreed on, its rows ordered to be checked."""
    names = [
        (f"{chr(65 + turn)}{chr(97 + at // 26)}{chr(97 + at % 26)} Văn Người", "Nam", 1980) for at in range(PEOPLE)
    ]
    content = award_rows(*((name, sex, born, "Phòng cũ", "LĐTT", 2023) for name, sex, born in names))
    batch = actions.receive(Upload(content), Batch.Kind.AWARDS, source="", dossier=None, by=clerk)
    leases.work.func(JobLease.objects.get(job="intake.read", arguments=[batch.pk]).pk)
    batch.refresh_from_db()
    actions.agree(batch, batch.mapping, batch.defaults, version=batch.version, by=clerk)
    return batch


def stage(batch: Batch) -> None:
    leases.work.func(JobLease.objects.get(job="intake.stage", arguments=[batch.pk]).pk)


def finish_staging(batch: Batch) -> None:
    """The clock finds the abandoned job again once its lease ran out, and another worker takes it."""
    for _ in range(3):
        time.sleep(leases.HELD.total_seconds() + 0.05)
        leases.reap(started_before=leases.HELD)
        struck_at(None, lambda: stage(batch))
        batch.refresh_from_db()
        if batch.state == Batch.State.CHECKED:
            return


def staging(clerk: Actor, at: At, turn: int) -> Counter[str]:
    """A worker killed while it stages; whole chunks or nothing of them stand, and the successor completes the list once."""
    batch = a_batch(clerk, turn)
    died = killed(struck_at(at, lambda: stage(batch)))
    batch.refresh_from_db()
    whole = batch.rows.count() == batch.staged and batch.rows.count() % jobs.CHUNK == 0
    untouched = LedgerEntry.objects.count() == 0
    finish_staging(batch)
    places = list(batch.rows.order_by("place").values_list("place", flat=True))
    right = (batch.state, places, batch.identities.count()) == ("checked", list(range(1, PEOPLE + 1)), PEOPLE)
    checks = Event.objects.filter(verb="batch.check", links__root_id=batch.pk, links__root_kind="batch").count()
    return Counter(
        {
            "killed by signal 9": died,
            "a chunk in parts": not whole,
            "ledger touched": not untouched,
            "list complete once": right and checks == 1,
        }
    )


def world() -> tuple[int, ...]:
    """Everything that a confirmation writes."""
    return (
        LedgerEntry.objects.count(), Standing.objects.count(), Person.objects.count(), Duty.objects.count(),
        Event.objects.count(), Batch.objects.filter(state="confirmed").count(),
    )  # fmt: skip


def confirm(clerk: Actor, at: At, turn: int) -> Counter[str]:
    """A writer killed while it confirms: the database stands as before, and the next try writes everything."""
    batch = a_batch(clerk, turn)
    finish_staging(batch)
    before, entries, people = world(), LedgerEntry.objects.count(), Person.objects.count()
    died = killed(struck_at(at, lambda: actions.confirm(Batch.objects.get(pk=batch.pk), by=clerk)))
    nothing = world() == before
    again = "nothing left to write"
    if nothing:
        actions.confirm(Batch.objects.get(pk=batch.pk), by=clerk)
        again = "everything"
    written = LedgerEntry.objects.count() - entries, Person.objects.count() - people
    return Counter(
        {
            "killed by signal 9": died,
            "nothing left of it": nothing,
            "written whole by the next": again == "everything" and written == (PEOPLE, PEOPLE),
        }
    )


def main() -> dict[str, Any]:
    agency = factories.agency()
    clerk = factories.actor("Chu Phương Thảo", agency, Duty.Role.CLERK)
    staged, confirmed, turn = Counter[str](), Counter[str](), 0
    for at in STAGING.values():
        staged += staging(clerk, at, turn)
        turn += 1
    for at in CONFIRM.values():
        confirmed += confirm(clerk, at, turn)
        turn += 1
    seqs = list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True))
    return {
        "staging": dict(staged),
        "confirm": dict(confirmed),
        "instants": [len(STAGING), len(CONFIRM)],
        "seq without gaps": seqs == list(range(1, len(seqs) + 1)),
        "audit findings": [str(found) for found in audit.verify()],
    }


if __name__ == "__main__":
    print(json.dumps(main()))
