"""States move only through a table. The table joins permission, guard, move and audit line, and draws buttons and
docs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from bangvang.kernel import events
from bangvang.kernel.models import Event, EventLink, Root
from bangvang.kernel.verdict import YES, Verdict, no


class Refused(Exception):
    """An act that may not happen now; carries the Verdict with its reason."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


class Overtaken(Exception):
    """Somebody else was first. Nothing was written; `last` is what they did (None when unknown)."""

    def __init__(self, root: Root, last: Event | None = None) -> None:
        super().__init__("overtaken")
        self.root = root
        self.last = last


def _always(thing: Any) -> Verdict:
    return YES


@dataclass(frozen=True)
class Step:
    """One row of a workflow table.

    `may(actor, thing)` says who may; `ready(thing)` says whether the thing is complete enough; `hint` is the line
    under the
    button; `password` asks for the password again before the step (approve, sign, freeze, open).
    """

    name: str
    label: str
    sources: frozenset[str]
    target: str
    may: Callable[[Any, Any], Verdict]
    ready: Callable[[Any], Verdict] = _always
    hint: str = ""
    reason_required: bool = False
    password: bool = False
    main: bool = False


@dataclass(frozen=True)
class Offer:
    """A step as a person sees it now: possible, or not and why."""

    step: Step
    verdict: Verdict


@dataclass(frozen=True)
class Workflow:
    """The table of one room. `name` prefixes the verbs of its events; `field` is the state column it owns."""

    name: str
    steps: tuple[Step, ...]
    field: str = "state"

    def step(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)

    def verdict(self, thing: Any, name: str, by: Any, *, reason: str = "") -> Verdict:
        """One answer for view, list of buttons and `take` itself: right state, right person, thing ready, reason
        given."""
        step = self.step(name)
        if getattr(thing, self.field) not in step.sources:
            state = getattr(thing, f"get_{self.field}_display")()
            return no(f"Bước “{step.label}” không làm được khi đang ở trạng thái “{state}”.")
        if not (allowed := step.may(by, thing)):
            return allowed
        if not (complete := step.ready(thing)):
            return complete
        if step.reason_required and not reason.strip():
            return no(f"Bước “{step.label}” cần ghi lý do.")
        return YES

    def offers(self, thing: Any, by: Any) -> list[Offer]:
        """The steps that start from the present state, possible ones first; the reason field is asked for later."""
        state = getattr(thing, self.field)
        offers = [
            Offer(step, self.verdict(thing, step.name, by, reason="…")) for step in self.steps if state in step.sources
        ]
        return sorted(offers, key=lambda offer: not offer.verdict)

    def take(
        self,
        thing: Root,
        name: str,
        *,
        by: Any,
        reason: str = "",
        version: int | None = None,
        also: Iterable[Root] = (),
        body: dict[str, Any] | None = None,
        **changes: Any,
    ) -> Event:
        """Move `thing` by one step and record it. Raises Refused (with the reason) or Overtaken (somebody was first).

        The move is a compare-and-swap on state and version, so two people can press the same button: one wins.
        `changes` are columns set in the same statement; `also` are other roots whose story the event belongs to.
        """
        if version is not None and thing.version != version:
            raise Overtaken(thing, latest_event(thing))
        if not (verdict := self.verdict(thing, name, by, reason=reason)):
            raise Refused(verdict)
        step = self.step(name)
        source = getattr(thing, self.field)
        roots = [thing, *also]
        expected = thing.version if version is None else version
        with transaction.atomic():
            events.lock(roots)
            moved = (
                type(thing)
                ._base_manager.filter(pk=thing.pk, version=expected, **{self.field: source})
                .update(version=F("version") + 1, **{self.field: step.target}, **changes)
            )
            if not moved:
                raise Overtaken(thing, latest_event(thing))
            words = dict(body or {})
            if reason:
                words["reason"] = reason.strip()
            words |= {"from": source, "to": step.target}
            event = events.record(f"{self.name}.{name}", by=by, roots=roots, body=words)
        thing.version = expected + 1
        setattr(thing, self.field, step.target)
        for column, value in changes.items():
            setattr(thing, column, value)
        return event


def latest_event(root: Root) -> Event | None:
    """The newest event in a root's story, or None."""
    link = (
        EventLink.objects.filter(root_kind=root.root_kind, root_id=root.pk)
        .select_related("event__actor", "event__body")
        .order_by("-seq")
        .first()
    )
    return link.event if link else None


def bump(root: Root, *, version: int | None, **changes: Any) -> None:
    """Edit columns of an editable root under its version: Overtaken when somebody saved in between."""
    expected = root.version if version is None else version
    moved = type(root)._base_manager.filter(pk=root.pk, version=expected).update(version=F("version") + 1, **changes)
    if not moved:
        raise Overtaken(root, latest_event(root))
    root.version = expected + 1
    for column, value in changes.items():
        setattr(root, column, value)
