"""Sealing the chains and checking them: what was changed, cut or removed is named, one finding for each."""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef

from bangvang.kernel import clock, events, triggers
from bangvang.kernel.models import Event, EventBody, EventLink, Expunged, Root, Seal, SealLeaf

PAGE = 2000  # rows held in memory at a time


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written. `code` is stable, `text` a Vietnamese sentence that names the place."""

    code: str
    text: str


def root_models() -> list[type[Root]]:
    """Every model that carries a chain."""
    return sorted((m for m in apps.get_models() if issubclass(m, Root)), key=lambda m: str(m._meta.model_name))


def _heads() -> Iterator[tuple[str, int, int, str]]:
    for model in root_models():
        rows = (
            model._base_manager.filter(chain_length__gt=0)
            .order_by("pk")
            .values_list("pk", "chain_length", "chain_head")
        )
        for pk, length, head in rows.iterator(chunk_size=PAGE):
            yield str(model._meta.model_name), pk, length, head


def _seal_hash(seal: Seal, leaves: Iterable[SealLeaf]) -> str:
    lines = sorted(f"{leaf.root_kind} {leaf.root_id} {leaf.length} {leaf.head}" for leaf in leaves)
    at = seal.at.astimezone(datetime.UTC).isoformat()
    return events.sha256(at, seal.occasion, str(seal.roots), seal.previous, *lines)


@transaction.atomic
def seal(occasion: str) -> Seal:
    """Hash the heads of all chains into a new Seal: every night, and whenever a paper is issued.

    Only chains that grew since the seal before get a leaf, so a nightly seal of a large installation stays small.
    """
    events.one_at_a_time("seal")
    last = Seal.objects.order_by("-pk").first()
    sealed = {
        (kind, root_id): length
        for kind, root_id, length in SealLeaf.objects.values_list("root_kind", "root_id").annotate(models.Max("length"))
    }
    heads = list(_heads())
    made = Seal(at=clock.now(), occasion=occasion, roots=len(heads), previous=last.hash if last else "")
    leaves = [
        SealLeaf(seal=made, root_kind=kind, root_id=pk, length=length, head=head)
        for kind, pk, length, head in heads
        if sealed.get((kind, pk), 0) < length
    ]
    made.hash = _seal_hash(made, leaves)
    made.save(force_insert=True)
    SealLeaf.objects.bulk_create(leaves)
    return made


@events.action
def expunge(event_ids: Iterable[int], *, decision: str, by: events.Doer) -> int:
    """Remove the words of events under a cited decision; hashes, order and who-did-what stay. Returns how many went.

    The removal is itself an event in every story it touches. ValueError without a decision or when there is nothing to
    remove.
    """
    if not decision.strip():
        raise ValueError("Phải ghi số, ngày của văn bản cho phép xoá.")
    bodies = EventBody.objects.filter(event_id__in=list(event_ids))
    gone = sorted(bodies.values_list("event_id", flat=True))
    if not gone:
        raise ValueError("Không có nội dung nào để xoá.")
    Expunged.objects.bulk_create([Expunged(event_id=pk, decision=decision, at=clock.now()) for pk in gone])
    bodies.delete()
    events.record("audit.expunge", by=by, roots=_roots_of(gone), body={"events": gone, "decision": decision})
    return len(gone)


def _roots_of(event_ids: Iterable[int]) -> list[Root]:
    models_by_kind = {str(model._meta.model_name): model for model in root_models()}
    places = EventLink.objects.filter(event_id__in=event_ids).values_list("root_kind", "root_id").distinct()
    return [models_by_kind[kind]._base_manager.get(pk=pk) for kind, pk in places]


def verify(mailed_seals: Iterable[str] = ()) -> list[Finding]:
    """Walk every chain and every seal. An empty list means nothing was changed, cut or removed.

    `mailed_seals` are the first 16 or more hex digits of seals kept outside the installation: what a database owner
    cannot rewrite.
    Everything is read as of one instant, so an act during the walk is no finding.
    """
    with _one_instant():
        findings = [*_lost_triggers(), *_events(), *_chains(), *_seals()]
        hashes = set(Seal.objects.values_list("hash", flat=True))
    for hexdigits in mailed_seals:
        if not any(value.startswith(hexdigits.lower()) for value in hashes):
            findings.append(
                Finding(
                    "foreign_seal", f"Niêm phong {hexdigits} không có trong sổ: sổ này không phải sổ đã niêm phong."
                )
            )
    return findings


@contextmanager
def _one_instant() -> Iterator[None]:
    """A transaction that sees one state: SQLite's holds the only writer's place, PostgreSQL's keeps its first
    snapshot."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _lost_triggers() -> Iterator[Finding]:
    for name in sorted(set(triggers.expected(connection.vendor)) - set(triggers.present(connection))):
        yield Finding("lost_trigger", f"Mất khoá chống sửa trong cơ sở dữ liệu: {name}.")


def _events() -> Iterator[Finding]:
    expunged = set(Expunged.objects.values_list("event_id", flat=True))
    unlinked = Event.objects.filter(links__isnull=True).values_list("pk", flat=True)
    for pk in unlinked:
        yield Finding("loose_event", f"Sự kiện {pk} không nằm trong chuỗi nào.")
    for event in Event.objects.select_related("body").order_by("pk").iterator(chunk_size=PAGE):
        if event.digest != events.event_digest(event):
            yield Finding("changed_event", f"Sự kiện {event.pk} ({event.verb}) đã bị sửa sau khi ghi.")
        body = getattr(event, "body", None)
        if body is None:
            if event.pk not in expunged:
                yield Finding(
                    "lost_body", f"Sự kiện {event.pk} ({event.verb}) mất nội dung mà không có văn bản cho phép."
                )
        elif events.sha256(body.salt, body.words) != event.body_hash:
            yield Finding("changed_body", f"Nội dung của sự kiện {event.pk} ({event.verb}) đã bị sửa sau khi ghi.")


def _chains() -> Iterator[Finding]:
    ends: dict[tuple[str, int], tuple[int, str]] = {}
    links = EventLink.objects.select_related("event").order_by("root_kind", "root_id", "seq")
    for link in links.iterator(chunk_size=PAGE):
        key = (link.root_kind, link.root_id)
        length, head = ends.get(key, (0, ""))
        where = f"{link.root_kind} {link.root_id}"
        if link.seq != length + 1:
            yield Finding("gap", f"Chuỗi {where} mất {link.seq - length - 1} mắt xích trước mắt xích {link.seq}.")
        elif link.previous != head:
            yield Finding("broken_link", f"Mắt xích {link.seq} của chuỗi {where} không nối với mắt xích trước.")
        if link.hash != events.link_hash(link, link.event.digest):
            yield Finding("changed_link", f"Mắt xích {link.seq} của chuỗi {where} đã bị sửa sau khi ghi.")
        ends[key] = (link.seq, link.hash)
    for kind, pk, length, head in _heads():
        found = ends.pop((kind, pk), (0, ""))
        if found != (length, head):
            yield Finding(
                "cut_tail", f"Chuỗi {kind} {pk} phải có {length} mắt xích, chỉ còn {found[0]}: đuôi đã bị cắt."
            )
    for kind, pk in ends:
        yield Finding("removed_root", f"Không còn bản ghi {kind} {pk}, nhưng chuỗi sự kiện của nó vẫn còn.")


def _seals() -> Iterator[Finding]:
    previous = ""
    standing = {(kind, pk) for kind, pk, _, _ in _heads()}
    named: set[tuple[str, int]] = set()  # a root that is gone is named by its oldest seal only
    same_place = EventLink.objects.filter(
        root_kind=OuterRef("root_kind"), root_id=OuterRef("root_id"), seq=OuterRef("length"), hash=OuterRef("head")
    )
    for seal_ in Seal.objects.order_by("pk"):
        leaves = list(seal_.leaves.annotate(fits=Exists(same_place)).order_by("pk"))
        short = seal_.hash[:16]
        if seal_.previous != previous or seal_.hash != _seal_hash(seal_, leaves):
            yield Finding(
                "changed_seal", f"Niêm phong {short} ngày {seal_.at:%d/%m/%Y} không khớp: sổ niêm phong đã bị sửa."
            )
        previous = seal_.hash
        for leaf in leaves:
            root, where = (leaf.root_kind, leaf.root_id), f"{leaf.root_kind} {leaf.root_id}"
            if root in named:
                continue
            if root not in standing:
                named.add(root)
                yield Finding("removed_root", f"Niêm phong {short} có {where}, nay không còn bản ghi này.")
            elif not leaf.fits:
                yield Finding("unfit_seal", f"Chuỗi {where} không khớp niêm phong {short} ở mắt xích {leaf.length}.")
