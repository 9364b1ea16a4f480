"""Writing events: the one way an act gets into the story, in the transaction of the act itself."""

import datetime
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import OperationalError, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from bangvang.kernel import bulk, clock
from bangvang.kernel.models import Event, EventBody, EventLink, Root

P = ParamSpec("P")
R = TypeVar("R")

DEADLOCK_STATES = {"40P01", "40001"}  # PostgreSQL: deadlock detected, serialization failure
DEADLOCK_TRIES = 3

_written: ContextVar[int] = ContextVar("events written in this context", default=0)


class Doer(Protocol):
    """Whoever acts: the kernel needs the account (None for the machine) and the duty as words."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def duty_text(self) -> str: ...


class SilentAction(AssertionError):
    """An action finished without an event: a bug in the action."""


def canonical(words: dict[str, Any]) -> str:
    """One spelling of a body, so that its hash can be computed again."""
    return json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def sha256(*parts: str) -> str:
    """Hash of several strings; lengths are part of the input, so moving a border changes the value."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode()
        digest.update(f"{len(raw)}:".encode() + raw)
    return digest.hexdigest()


def event_digest(event: Event) -> str:
    """The hash of everything an Event row says."""
    return sha256(
        event.at.astimezone(datetime.UTC).isoformat(),
        str(event.actor_id or ""),
        event.duty,
        event.verb,
        event.body_hash,
    )


def link_hash(link: EventLink, digest: str) -> str:
    """The hash of a place in a chain: which root, which place, what stood before, which event."""
    return sha256(link.root_kind, str(link.root_id), str(link.seq), link.previous, digest)


def lock(roots: Iterable[Root]) -> list[Root]:
    """Lock the rows of the roots in (kind, id) order and read their present chain heads.

    SQLite needs no row lock: the transaction is IMMEDIATE and already holds the only writer's place.
    """
    locked = []
    for root in sorted({(r.root_kind, r.pk): r for r in roots}.values(), key=lambda r: (r.root_kind, r.pk)):
        manager = type(root)._base_manager
        row = manager.select_for_update(of=("self",)).only("chain_length", "chain_head").get(pk=root.pk)
        root.chain_length, root.chain_head = row.chain_length, row.chain_head
        locked.append(root)
    return locked


def one_at_a_time(name: str) -> None:
    """Wait until no other transaction is between here and its end under the same name; what it wrote is then visible.

    SQLite's only writer's place is already that; PostgreSQL holds an advisory lock.
    """
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"bangvang {name}"])


def record(verb: str, *, by: Doer, roots: Iterable[Root], body: dict[str, Any] | None = None) -> Event:
    """Append one event to the chain of every root it concerns. Must run inside the action's transaction.

    `body` holds words and public codes; no personal value where a reference will do.
    """
    if not transaction.get_connection().in_atomic_block:
        raise AssertionError(f"event {verb!r} outside a transaction")
    words, salt = canonical(body or {}), secrets.token_hex(16)
    event = Event(at=clock.now(), actor_id=by.user_id, duty=by.duty_text, verb=verb, body_hash=sha256(salt, words))
    event.digest = event_digest(event)
    event.save(force_insert=True)
    EventBody(event=event, salt=salt, words=words).save(force_insert=True)
    for root in lock(roots):
        link = EventLink(
            event=event,
            root_kind=root.root_kind,
            root_id=root.pk,
            seq=root.chain_length + 1,
            previous=root.chain_head,
        )
        link.hash = link_hash(link, event.digest)
        link.save(force_insert=True)
        root.chain_length, root.chain_head = link.seq, link.hash
        type(root)._base_manager.filter(pk=root.pk).update(chain_length=link.seq, chain_head=link.hash)
    _written.set(_written.get() + 1)
    return event


def begin_chains(event: Event, new: QuerySet[Any]) -> None:
    """Put an event at the head of the chains of many roots that were just made: by two statements, however many they are."""
    kind = str(new.model._meta.model_name)
    digest = event.digest
    links = [
        EventLink(event=event, root_kind=kind, root_id=pk, seq=1, previous="")
        for pk in new.filter(chain_length=0).order_by("pk").values_list("pk", flat=True)
    ]
    for link in links:
        link.hash = link_hash(link, digest)
    bulk.insert_rows(EventLink, links)
    # seq is the chain's first place anyway; naming it lets SQLite find each link by its index and not by the event
    own = EventLink.objects.filter(event=event, root_kind=kind, root_id=OuterRef("pk"), seq=1).values("hash")[:1]
    new.filter(chain_length=0).update(chain_length=1, chain_head=Subquery(own))


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a verb an action: one transaction, at least one event, PostgreSQL deadlocks tried again.

    Raises SilentAction when the verb returns without having recorded an event. Whatever it raises, the roots it was given
    stand in memory as they stand in the database: as before.
    """

    @wraps(function)
    def once(*args: P.args, **kwargs: P.kwargs) -> R:
        before = _written.get()
        given = [(root, dict(vars(root))) for root in (*args, *kwargs.values()) if isinstance(root, Root)]
        try:
            with transaction.atomic():
                result = function(*args, **kwargs)
                if _written.get() == before:
                    raise SilentAction(f"{function.__module__}.{function.__qualname__} wrote no event")
                return result
        except BaseException:
            _written.set(before)
            for root, columns in given:
                vars(root).clear()
                vars(root).update(columns)
            raise

    @wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        if transaction.get_connection().in_atomic_block:  # an inner verb: the outer transaction retries as a whole
            return once(*args, **kwargs)
        for _ in range(DEADLOCK_TRIES - 1):
            try:
                return once(*args, **kwargs)
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", None) not in DEADLOCK_STATES:
                    raise
        return once(*args, **kwargs)

    wrapped.is_action = True  # type: ignore[attr-defined]
    return wrapped
