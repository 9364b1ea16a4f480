"""Receiving files, and ordering papers. Rendering and checking happen in jobs."""

import datetime
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.db import IntegrityError, transaction

from bangvang import vietnamese
from bangvang.kernel import clock, events, leases
from bangvang.kernel.events import Doer, action
from bangvang.kernel.models import Root
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.kernel.workflow import Refused, bump
from bangvang.papers import blocks, certificates, frozen
from bangvang.papers.access import Clerk, may_keep_blank, may_keep_blanks
from bangvang.papers.models import CertificateBlank, Paper, PaperOrder, PaperPart, Reading, StoredFile, path_of


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


def is_own(file: StoredFile, by: Doer) -> Verdict:
    """A received file may be attached by the one who sent it, also while it is still being checked."""
    return YES if file.received_from_id == by.user_id else no("Tệp này do người khác gửi lên.")


def is_usable(file: StoredFile, by: Doer) -> Verdict:
    """A received file may be relied on by the one who sent it, once it was found in order."""
    if not (verdict := is_own(file, by)):
        return verdict
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


PAGES_OF_A_PART = 200  # under a second to draw: a kill costs little, and the progress moves


def order_certificates(
    given: Sequence[certificates.CertificateFacts],
    layout: certificates.Layout,
    *,
    name: str,
    about: Root,
    by: Doer,
) -> PaperOrder:
    """Order certificates as one PDF, a page each, in this order: frozen now, drawn in parts by a job."""
    made = PaperOrder.objects.create(
        form="certificates",
        about_kind=about.root_kind,
        about_id=about.pk,
        name=name[:120],
        context={"layout": layout.as_json(), "certificates": [of.as_json() for of in given]},
        made_by_id=by.user_id,
        ordered_at=clock.now(),
    )
    leases.order("papers.draw_certificates", made.pk)
    return made


def keep_part(made: PaperOrder, first: int, pages: int, content: bytes) -> PaperPart:
    """Store some drawn pages of a long paper until the whole is joined."""
    sha256, _ = store([content])
    return PaperPart.objects.create(order=made, first=first, pages=pages, sha256=sha256)


def drop_parts(made: PaperOrder) -> None:
    """The whole is kept: its parts and their files are not needed any more."""
    for part in made.parts.all():
        part.delete()
        if not StoredFile.objects.filter(sha256=part.sha256).exists():
            transaction.on_commit(partial(path_of(part.sha256).unlink, missing_ok=True))


def refuse_order(made: PaperOrder, refusal: str) -> None:
    """The paper cannot be drawn: the reason in words, for whoever ordered it."""
    PaperOrder.objects.filter(pk=made.pk, papers__isnull=True).update(refusal=refusal[:400])


@dataclass(frozen=True)
class Progress:
    """How far a batch of certificates is. `refusal` says why it will not be drawn."""

    done: int
    total: int
    is_kept: bool
    refusal: str


def progress_of(made: PaperOrder) -> Progress:
    """Pages drawn so far, of how many."""
    total = len(made.context["certificates"])
    is_kept = made.papers.exists()
    done = total if is_kept else sum(made.parts.values_list("pages", flat=True))
    return Progress(done, total, is_kept, made.refusal)


@action
def open_blank(name: str, layout: certificates.Layout, *, by: Clerk) -> CertificateBlank:
    """Enter a blank of the agency with its coordinates."""
    if not (verdict := may_keep_blanks(by)):
        raise Refused(verdict)
    _inside(layout)
    blank = CertificateBlank(agency_code=by.agency.code, name=name, layout=layout.as_json())
    _save_named(lambda: blank.save(force_insert=True), name)
    events.record("certificate_blank.open", by=by, roots=[blank])
    return blank


@action
def edit_blank(blank: CertificateBlank, name: str, layout: certificates.Layout, *, version: int, by: Clerk) -> None:
    """Move the words on a blank; Overtaken when somebody saved in between. Certificates already ordered stay as they were."""
    if not (verdict := may_keep_blank(by, blank)):
        raise Refused(verdict)
    _inside(layout)
    events.lock([blank])
    _save_named(lambda: bump(blank, version=version, name=name, layout=layout.as_json()), name)
    events.record("certificate_blank.edit", by=by, roots=[blank])


@action
def retire_blank(blank: CertificateBlank, *, on: datetime.date, version: int, by: Clerk) -> None:
    """The blank is not used any more; it stays readable."""
    if not (verdict := may_keep_blank(by, blank)):
        raise Refused(verdict)
    events.lock([blank])
    bump(blank, version=version, retired_on=on)
    events.record("certificate_blank.retire", by=by, roots=[blank])


def _inside(layout: certificates.Layout) -> None:
    if outside := layout.outside():
        raise Refused(no(f"Chữ sẽ ra ngoài tờ giấy: {', '.join(outside)}. Xin xem lại toạ độ và bề rộng."))


def _save_named(save: Callable[[], None], name: str) -> None:
    try:
        with transaction.atomic():
            save()
    except IntegrityError:
        raise Refused(no(f"Đã có phôi đang dùng tên “{name}”. Xin đặt tên khác.")) from None


def papers_of(root: Root) -> list[PaperOrder]:
    """The papers ordered for a root, newest first, with what is already drawn."""
    found = PaperOrder.objects.filter(about_kind=root.root_kind, about_id=root.pk)
    return list(found.prefetch_related("papers__file").order_by("-pk"))
