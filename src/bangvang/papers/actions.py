"""Receiving files, and ordering papers. Rendering and checking happen in jobs."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction

from bangvang import vietnamese
from bangvang.kernel import clock, leases
from bangvang.kernel.events import Doer
from bangvang.kernel.models import Root
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.papers import blocks, frozen
from bangvang.papers.models import Paper, PaperOrder, Reading, StoredFile, path_of


class Incoming(Protocol):
    """What a web upload looks like to this room."""

    @property
    def name(self) -> str | None: ...

    def chunks(self) -> Iterable[bytes]: ...


def store(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write content to its place by hash. Returns (sha256, size). Whole or not at all: a kill leaves only a temporary file."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, prefix="coming-", delete=False) as coming:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            coming.write(chunk)
        coming.flush()
        os.fsync(coming.fileno())
    target = path_of(digest.hexdigest())
    target.parent.mkdir(parents=True, exist_ok=True)
    Path(coming.name).replace(target)
    return digest.hexdigest(), size


def receive(upload: Incoming, *, by: Doer) -> StoredFile:
    """Keep an uploaded file and order its check; nobody may rely on it before."""
    sha256, size = store(upload.chunks())
    name = vietnamese.clean(Path(upload.name or "tệp").name)[:200]
    with transaction.atomic():
        file = StoredFile.objects.create(
            sha256=sha256, size=size, name=name, received_from_id=by.user_id, received_at=clock.now()
        )
        leases.order("papers.check", file.pk)
    return file


def read_plan(upload: Incoming, *, by: Doer) -> Reading:
    """Keep an uploaded plan and order its check and its reading."""
    with transaction.atomic():
        reading = Reading.objects.create(file=receive(upload, by=by))
        leases.order("papers.read_plan", reading.pk)
    return reading


def read_decision(upload: Incoming, *, by: Doer) -> Reading:
    """Keep an uploaded decision (a signed copy, an old one) and order its check and its reading."""
    with transaction.atomic():
        reading = Reading.objects.create(file=receive(upload, by=by))
        leases.order("papers.read_decision", reading.pk)
    return reading


def keep_reading(reading: Reading, *, lines: list[dict[str, Any]], draft: dict[str, Any]) -> None:
    """Store what the limited child read."""
    waiting = Reading.objects.filter(pk=reading.pk, state=Reading.State.WAITING)
    waiting.update(state=Reading.State.READ, lines=lines, draft=draft)


def refuse_reading(reading: Reading, refusal: str) -> None:
    """The file cannot be read: the reason and what to do, in words."""
    waiting = Reading.objects.filter(pk=reading.pk, state=Reading.State.WAITING)
    waiting.update(state=Reading.State.REFUSED, refusal=refusal[:400])


def settle(file: StoredFile, *, kind: str, refusal: str = "") -> None:
    """Record what the limited child found: usable, or refused with the reason. A refused content is removed."""
    state = StoredFile.State.REFUSED if refusal else StoredFile.State.USABLE
    waiting = StoredFile.objects.filter(pk=file.pk, state=StoredFile.State.WAITING)
    waiting.update(state=state, kind=kind, refusal=refusal[:400])
    shared = StoredFile.objects.filter(sha256=file.sha256).exclude(state=StoredFile.State.REFUSED)
    if refusal and not shared.exists():
        transaction.on_commit(lambda: file.path.unlink(missing_ok=True))


def is_usable(file: StoredFile, by: Doer) -> Verdict:
    """A received file may be relied on by the one who sent it, once it was found in order."""
    if file.received_from_id != by.user_id:
        return no("Tệp này do người khác gửi lên.")
    if file.state == StoredFile.State.WAITING:
        return no("Tệp đang được kiểm tra, xin đợi vài giây.")
    if file.state == StoredFile.State.REFUSED:
        return no(file.refusal)
    return YES


def order(form: str, paper: blocks.Paper, *, name: str, about: Root, by: Doer) -> PaperOrder:
    """Order a paper from a tree of blocks: frozen now, drawn as DOCX and PDF by a job, never drawn again."""
    made = PaperOrder.objects.create(
        form=form,
        about_kind=about.root_kind,
        about_id=about.pk,
        name=name[:120],
        context=frozen.to_json(paper),
        made_by_id=by.user_id,
        ordered_at=clock.now(),
    )
    leases.order("papers.render", made.pk)
    return made


def keep(made: PaperOrder, format_: str, content: bytes, *, kind: str) -> Paper:
    """Store one rendered format of an order."""
    sha256, size = store([content])
    file = StoredFile.objects.create(
        sha256=sha256,
        size=size,
        name=f"{made.name}.{format_}",
        kind=kind,
        state=StoredFile.State.USABLE,
        received_from_id=made.made_by_id,
        received_at=clock.now(),
    )
    paper = Paper(order=made, format=format_, file=file, made_at=clock.now())
    paper.save(force_insert=True)
    return paper


def papers_of(root: Root) -> list[PaperOrder]:
    """The papers ordered for a root, newest first, with what is already drawn."""
    found = PaperOrder.objects.filter(about_kind=root.root_kind, about_id=root.pk)
    return list(found.prefetch_related("papers__file").order_by("-pk"))
