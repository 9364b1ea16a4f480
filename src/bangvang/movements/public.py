"""What the public may know of movements: frozen facts of issued plans that the clerk put on the portal, nothing
else."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from bangvang.movements import queries
from bangvang.movements.changes import Change, shown
from bangvang.movements.models import Movement


@dataclass(frozen=True)
class PublicPaper:
    """A paper that came after the plan: what it is for, number, day, and what it changed."""

    purpose: str
    number: str
    issued_on: datetime.date
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class PublicLink:
    """Another movement of the chain that stands on the portal too."""

    code: str
    title: str
    agency: str
    number: str


@dataclass(frozen=True)
class PublicMovement:
    """A movement on the portal. No person's name stands in it but the signer's is left out too: the paper has it."""

    code: str
    title: str
    theme: str
    agency: str
    number: str
    issued_on: datetime.date
    period: str
    is_running: bool
    ended_on: datetime.date | None
    is_stopped: bool
    later_papers: tuple[PublicPaper, ...]
    superior: str
    above: tuple[PublicLink, ...]
    below: tuple[PublicLink, ...]
    milestones: tuple[str, ...]
    purposes: tuple[str, ...]
    contents: tuple[str, ...]
    collective_criteria: tuple[str, ...]
    individual_criteria: tuple[str, ...]
    awards: tuple[tuple[str, str], ...]


def _public(movement: Movement, today: datetime.date) -> PublicMovement:
    sections = queries.plan_by_section(movement)
    assert movement.issued_on is not None
    return PublicMovement(
        code=movement.code,
        title=movement.title,
        theme=movement.theme,
        agency=movement.agency.name,
        number=movement.document_number,
        issued_on=movement.issued_on,
        period=movement.period_words,
        is_running=movement.is_running_on(today) and movement.state not in Movement.OVER_STATES,
        ended_on=movement.ended_on,
        is_stopped=movement.state == Movement.State.STOPPED,
        later_papers=tuple(
            PublicPaper(paper.get_purpose_display(), paper.number, paper.issued_on, shown(paper.changes))
            for paper in movement.later_papers.all()
        ),
        superior=str(queries.superior_document(movement) or ""),
        above=tuple(_link(one) for one in reversed(queries.chain_above(movement)) if _is_shown(one)),
        below=tuple(_link(one) for one in movement.answered_by.all() if _is_shown(one)),
        milestones=tuple(str(one) for one in queries.current_milestones(movement)),
        purposes=tuple(sections["purposes"]),
        contents=tuple(sections["contents"]),
        collective_criteria=tuple(sections["collective_criteria"]),
        individual_criteria=tuple(sections["individual_criteria"]),
        awards=tuple((offer.text, offer.standard) for offer in movement.awards.all()),
    )


def _is_shown(movement: Movement) -> bool:
    return movement.publicity == Movement.Publicity.SHOWN


def _link(movement: Movement) -> PublicLink:
    return PublicLink(movement.code, movement.title, movement.agency.name, movement.document_number)


def _shown() -> QuerySet[Movement]:
    shown = Movement.objects.filter(publicity=Movement.Publicity.SHOWN, state__in=Movement.ISSUED_STATES)
    return (
        shown.select_related("agency", "answers__agency")
        .prefetch_related("lines", "awards", "later_papers", "milestones", "answered_by__agency")
        .order_by("-issued_on", "-pk")
    )


def search(words: str, *, today: datetime.date, limit: int = 50) -> list[PublicMovement]:
    """Published movements whose title or theme holds the words (diacritics optional); all of them for empty words."""
    found = queries.accents_first(list(queries.matching(_shown(), words)[:limit]), words)
    return [_public(movement, today) for movement in found]


def one(code: str, *, today: datetime.date) -> PublicMovement | None:
    """One published movement, or None: unpublished and unknown look the same."""
    movement = _shown().filter(code=code).first()
    return _public(movement, today) if movement else None
