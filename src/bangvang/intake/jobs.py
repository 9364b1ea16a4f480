"""The background work of a batch: read the head of the file, then stage its rows chunk by chunk. Both can be repeated."""

from collections.abc import Generator
from contextlib import closing
from itertools import islice
from typing import Any

from bangvang.intake import actions, decided, staging
from bangvang.intake.models import Batch, Identity, Row
from bangvang.kernel import bulk, clock
from bangvang.kernel.leases import Held, job
from bangvang.reading.refusal import Refusal, refusal

CHUNK = 2000  # rows; holds the write lock far below a second


@job("intake.read")
def read(held: Held, batch_id: int) -> None:
    """The columns of every list in the file, found in the limited child."""
    batch = Batch.objects.select_related("file", "agency", "dossier").get(pk=batch_id)
    if batch.state != Batch.State.RECEIVED:
        return
    heads = _heads(batch)
    with held.chunk():
        if isinstance(heads, Refusal):
            actions.refuse(batch, f"{heads.message} {heads.what_to_do}")
        else:
            actions.keep_heads(batch, heads)


def _heads(batch: Batch) -> list[dict[str, Any]] | Refusal:
    from bangvang.reading import child  # noqa: PLC0415 (starts a process: only a worker needs it)

    if batch.kind != Batch.Kind.DECISION:
        return child.read_heads(batch.file.path)
    draft = child.read_decision(batch.file.path)
    if isinstance(draft, Refusal):
        return draft
    return [decided.head_of(draft)] if draft["rows"] else refusal("no_rows_decided")


@job("intake.stage")
def stage(held: Held, batch_id: int) -> None:
    """Rows into the staging tables. A successor of a killed worker goes on after the last chunk that was committed."""
    batch = Batch.objects.select_related("file", "agency", "dossier__unit").get(pk=batch_id)
    if batch.state != Batch.State.READ or not batch.staging:
        return
    desk = staging.Desk(batch, clock.today())
    stream = _raws(batch)
    rows = islice(stream, batch.staged, None)
    try:
        while chunk := list(islice(rows, CHUNK)):
            prepared = staging.prepare(desk, chunk, first=batch.staged + 1)
            with held.chunk():
                staging.write(prepared)
                batch.staged += len(chunk)
                Batch.objects.filter(pk=batch.pk).update(staged=batch.staged)
    except _Unreadable as unreadable:
        with held.chunk():
            actions.refuse(batch, str(unreadable))
        return
    finally:
        stream.close()
    bulk.renew_statistics(Row, Identity)
    with held.chunk():
        staging.mark_repeats(batch)
    with held.chunk():
        actions.finish_check(batch)


class _Unreadable(Exception):
    """The file stopped being readable on the way; carries the reason in words."""


def _raws(batch: Batch) -> Generator[staging.Raw, None, None]:
    """The rows of the file, from the limited child."""
    from bangvang.reading import child  # noqa: PLC0415 (starts a process: only a worker needs it)

    if batch.kind == Batch.Kind.DECISION:
        draft = child.read_decision(batch.file.path)
        if isinstance(draft, Refusal):
            raise _Unreadable(f"{draft.message} {draft.what_to_do}")
        yield from decided.raws_of(draft)
        return
    with closing(child.stream_rows(batch.file.path)) as parts:
        for part in parts:
            if isinstance(part, Refusal):
                raise _Unreadable(f"{part.message} {part.what_to_do}")
            for number, section, cells in part["rows"]:
                yield part["sheet"], number, section, cells
