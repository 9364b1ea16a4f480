"""The demo's movements, one in every state: each plan file tells its story as steps of accounts on days."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.movements import actions as movements
from bangvang.movements.fields import PlannedAward, PlannedMilestone, Superior
from bangvang.movements.models import Movement
from bangvang.movements.queries import PlanFields
from bangvang.people.actor import Actor

PLANS = Path(__file__).parent / "plans"
LISTS = ("purposes", "requirements", "contents", "collective_criteria", "individual_criteria", "duties")


@dataclass
class Campaign:
    """A plan, its steps, and the movement once it was drafted."""

    plan: PlanFields
    steps: list[list[Any]]
    movement: Movement | None = None


def read() -> list[Campaign]:
    """The plans of the folder, in the order of their files."""
    return [_campaign(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in sorted(PLANS.glob("[0-9]*.yaml"))]


def _campaign(row: dict[str, Any]) -> Campaign:
    lists: dict[str, Any] = {name: tuple(row.get(name, [])) for name in LISTS}
    plan = PlanFields(
        title=row["title"],
        theme=row.get("theme", ""),
        kind=row["kind"],
        starts_on=row.get("starts_on"),
        ends_on=row.get("ends_on"),
        end_condition=row.get("end_condition", ""),
        bases=_bases(row["story"][0][0]),
        level=row.get("level", Movement.Level.DEPARTMENT),
        superior=Superior.read(row["superior"]) if "superior" in row else None,
        awards=tuple(PlannedAward(*award) for award in row.get("awards", [])),
        milestones=tuple(PlannedMilestone(name, day) for name, day in row.get("milestones", [])),
        recipients=tuple((name, note) for name, note in row.get("recipients", [])),
        **lists,
    )
    return Campaign(plan, row["story"])


def _bases(day: datetime.date) -> tuple[str, ...]:
    """The legal bases in force when the plan was drafted."""
    versions = yaml.safe_load((PLANS / "bases.yaml").read_text(encoding="utf-8"))
    return tuple(next(version["lines"] for version in reversed(versions) if version["from"] <= day))


def run(department: Department) -> None:
    """Live through the steps of all plans, day by day."""
    steps = [(step[0], place, campaign, step) for place, campaign in enumerate(read()) for step in campaign.steps]
    for day, _, campaign, (_, username, verb, *words) in sorted(steps, key=lambda step: step[:2]):
        with assumed_day.on(day):
            _take(campaign, verb, words, department.actor(username, day))


def _answering(plan: PlanFields, number: int | None = None, year: int | None = None) -> PlanFields:
    """The plan, in answer to another movement of the demo where one is named."""
    if number is None:
        return plan
    return replace(plan, superior_code=Movement.objects.get(number=number, issued_on__year=year).code)


def _take(campaign: Campaign, verb: str, words: list[Any], by: Actor) -> None:
    if verb == "draft":
        campaign.movement = movements.draft(_answering(campaign.plan, *words), by=by)
        return
    movement = campaign.movement
    assert movement is not None
    steps: dict[str, Callable[[], None]] = {
        "submit": lambda: movements.submit(movement, by=by),
        "return": lambda: movements.send_back(movement, reason=words[0], by=by),
        "approve": lambda: movements.approve(movement, by=by),
        "issue": lambda: movements.issue(movement, number=words[0], issued_on=by.day, by=by),
        "publish": lambda: movements.publish(movement, by=by),
        "cancel": lambda: movements.cancel(movement, reason=words[0], by=by),
    }
    steps[verb]()
