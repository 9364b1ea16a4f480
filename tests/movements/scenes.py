"""Movements brought as far as a test needs them: a plan that was read, a movement before the units, a registration."""

import datetime
from functools import cache
from pathlib import Path
from typing import Any

from bangvang.kernel import leases
from bangvang.kernel.models import JobLease
from bangvang.movements import actions, launching
from bangvang.movements.models import Movement, PlanReview, Registration, RollOut
from bangvang.papers.models import Reading
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.reading import child
from bangvang.reading.refusal import Refusal
from tests import factories

PLAN = Path(__file__).resolve().parents[1] / "journeys" / "plan.txt"
ARTICLE = Path(__file__).resolve().parents[1] / "reading" / "corpus" / "39-record-with-plans.src"
SOON = factories.DAY + datetime.timedelta(days=5)
LATER = factories.DAY + datetime.timedelta(days=20)


@cache
def read(path: Path = PLAN) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Lines and draft of a plan document, really read in the limited child."""
    text, draft = child.extract(path), child.read_plan(path)
    assert not isinstance(text, Refusal)
    assert not isinstance(draft, Refusal)
    return [{"number": line.number, "page": line.page, "text": line.text} for line in text.lines], draft


def review(by: Actor, **draft: Any) -> PlanReview:
    """Our own plan document read and open for review; `draft` changes parts of what was read."""
    lines, found = read()
    file = factories.stored_file(by.user, name="ke-hoach.docx")
    reading = Reading.objects.create(file=file, state=Reading.State.READ, lines=lines, draft={**found, **draft})
    return actions.open_review(reading, by=by)


def rolled_out(clerk: Actor, director: Actor, registry: Actor, units: list[Unit], **changes: Any) -> Movement:
    """An issued movement pushed to the units, its one duty given to the first of them."""
    movement = factories.movement(clerk, **changes)
    actions.submit(movement, by=clerk)
    actions.approve(movement, by=director)
    actions.issue(movement, number=9, issued_on=factories.DAY, by=registry)
    charges = [actions.Charge("Theo dõi, tổng hợp.", units[0], LATER)]
    actions.roll_out(movement, units, charges, acknowledge_by=SOON, register_by=LATER, by=clerk)
    work_off(launching.LAUNCH)
    return movement


def work_off(job: str) -> None:
    """The jobs of this name that wait, as a worker does them."""
    for lease in JobLease.objects.filter(job=job, done_at=None, dead_at=None).order_by("pk"):
        leases.work.call(lease.pk)
        lease.refresh_from_db()
        assert lease.done_at is not None, lease.trouble


def roll_out_of(movement: Movement, unit: Unit) -> RollOut:
    return movement.roll_outs.select_related("unit", "movement").get(unit=unit)


def registration_of(movement: Movement, unit: Unit) -> Registration:
    return movement.registrations.select_related("unit", "movement").get(unit=unit)


@cache
def read_article() -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Lines and draft of our own article about awards received, with what it tells to be proven."""
    text, draft, record = child.extract(ARTICLE), child.read_plan(ARTICLE), child.read_record(ARTICLE)
    assert not isinstance(text, Refusal)
    assert not isinstance(draft, Refusal)
    lines = [{"number": line.number, "page": line.page, "text": line.text} for line in text.lines]
    return lines, {**draft, "record": record}


def record_review(by: Actor) -> PlanReview:
    """An article about awards received, read and open for review."""
    lines, found = read_article()
    file = factories.stored_file(by.user, name="bai-viet.txt")
    reading = Reading.objects.create(file=file, state=Reading.State.READ, lines=lines, draft=found)
    return actions.open_review(reading, by=by)
