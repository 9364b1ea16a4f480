"""The set that a person may see equals the single things that the person may see, on a department made at random."""

import random
from typing import Any

import pytest

from bangvang.decisions.access import decisions_visible_to
from bangvang.decisions.models import Decision
from bangvang.honours import actions as honours
from bangvang.honours.access import standing_visible_to
from bangvang.honours.models import Standing
from bangvang.initiatives.access import initiatives_visible_to
from bangvang.initiatives.models import Author, Initiative
from bangvang.movements.access import movements_visible_to
from bangvang.movements.models import Movement
from bangvang.people.access import persons_visible_to
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Person, Unit
from tests import factories

Role = Duty.Role


def may_see_person(actor: Actor, person: Person) -> bool:
    """One person, read from the sentence in persons_visible_to and not from its query."""
    units = [duty.unit for duty in person.duties.all()]
    if actor.role in {Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.CLERK, Role.ADMINISTRATOR}:
        return any(unit.agency_or_self == actor.agency for unit in units)
    if actor.role in {Role.HEAD, Role.DEPUTY_HEAD}:
        return actor.unit in units
    return person == actor.person


NUMBERED = {"issued", "rolled_out", "reviewed", "closed", "archived", "stopped"}


def may_see_movement(actor: Actor, movement: Movement) -> bool:
    if movement.agency != actor.agency or actor.role == Role.ADMINISTRATOR:
        return False
    if actor.role in {Role.CLERK, Role.DIRECTOR, Role.DEPUTY_DIRECTOR}:
        return True
    if actor.role == Role.REGISTRY:
        return movement.state in {"approved", *NUMBERED}
    return movement.state in NUMBERED or movement.drafted_by == actor.person


def may_see_decision(actor: Actor, decision: Decision) -> bool:
    if decision.agency != actor.agency or actor.role == Role.ADMINISTRATOR:
        return False
    if actor.role in {Role.CLERK, Role.DIRECTOR, Role.DEPUTY_DIRECTOR}:
        return True
    if actor.role == Role.REGISTRY:
        return decision.state in {"approved", "numbered", "issued"}
    return decision.state == "issued"


def may_see_initiative(actor: Actor, initiative: Initiative) -> bool:
    if initiative.agency != actor.agency or actor.role == Role.ADMINISTRATOR:
        return False
    authors = [author.person for author in initiative.authors.all()]
    if initiative.state == "recognised" or actor.person in [initiative.drafted_by, *authors]:
        return True
    if actor.role in {Role.CLERK, Role.DIRECTOR, Role.DEPUTY_DIRECTOR}:
        return initiative.submitted_on is not None
    if actor.role in {Role.HEAD, Role.DEPUTY_HEAD}:
        return initiative.submitted_on is not None and initiative.unit == actor.unit
    return actor.role == Role.REGISTRY and initiative.state in {"endorsed", "annulled"}


def may_see_standing(actor: Actor, standing: Standing) -> bool:
    if actor.role == Role.ADMINISTRATOR:
        return False
    if standing.person is not None:
        return may_see_person(actor, standing.person)
    assert standing.unit is not None
    if actor.role in {Role.CLERK, Role.DIRECTOR, Role.DEPUTY_DIRECTOR}:
        return standing.unit.agency_or_self == actor.agency
    return standing.unit == actor.unit


def _stopped(actor: Actor) -> dict[str, Any]:
    return {"ended_on": factories.DAY, "ended_words": "Trùng nội dung", "ended_by": actor.person}


@pytest.fixture
def crowd(db: None) -> list[Actor]:
    """Two agencies, people of every role, movements in every state, honours of persons and units."""
    fate = random.Random(7)
    places: list[Unit] = []
    for name in ("Sở Tài chính", "Sở Nội vụ"):
        agency = factories.agency(name)
        places += [agency, *(factories.unit(f"{name} {n}", parent=agency, agency=agency) for n in (1, 2))]
    actors = [factories.actor(f"Người {role} {n}", fate.choice(places), role) for role in Role.values for n in range(2)]
    for actor in actors:
        if fate.random() < 0.3:
            factories.duty(actor.person, fate.choice(places), valid_until=factories.DAY)
    for place, state in enumerate(Movement.State.values, start=1):
        for agency in (places[0], places[3]):
            Movement(
                agency=agency,
                title=f"{state}",
                state=state,
                symbol="KH",
                drafted_by=fate.choice(actors).person,
                drafted_at="2026-03-02T00:00Z",
                signer_name="Lê Quang Minh",
                number=place if state in NUMBERED else None,
                issued_on=factories.DAY if state in NUMBERED else None,
                **(_stopped(actors[0]) if state == "stopped" else {}),
            ).save()
    for state in Decision.State.values:
        for agency in (places[0], places[3]):
            Decision(
                agency=agency,
                year=2025,
                title=state,
                merit="",
                planned_on=factories.DAY,
                fund="Quỹ",
                executors="Văn phòng",
                state=state,
                symbol="QĐ",
                drafted_by=fate.choice(actors).person,
                drafted_at="2026-03-02T00:00Z",
                signer_name="Lê Quang Minh",
                number=len(state) if state in {"numbered", "issued"} else None,
                issued_on=factories.DAY if state in {"numbered", "issued"} else None,
            ).save()
    for state in Initiative.State.values:
        for place, writer, other in ((place, fate.choice(actors), fate.choice(actors)) for place in places[1:]):
            sent = state not in {"draft", "withdrawn"} or (state == "withdrawn" and fate.random() < 0.5)
            certified = {
                "certificate_number": fate.randrange(10**6),
                "certified_on": factories.DAY,
                "certified_year": 2026,
                "signer_name": "Lê Quang Minh",
            }
            initiative = Initiative(
                agency=place.agency_or_self,
                unit=place,
                title=state,
                field="",
                for_year=2025,
                state=state,
                drafted_by=writer.person,
                drafted_on=factories.DAY,
                submitted_on=factories.DAY if sent else None,
                minutes_number="5",
                minutes_on=factories.DAY,
                votes_for=5,
                votes_total=7,
                scope="co_so",
                refusal="Không mới.",
                **(certified if state in {"recognised", "annulled"} else {}),
            )
            initiative.save()
            Author(initiative=initiative, person=other.person, name="A", place="B", share=100, position=1).save()
    for actor in actors:
        honours.enter(factories.award(actor.person), by=factories.MACHINE)
    for place in places:
        fact = {
            "unit": place,
            "register": "titles",
            "kind": "advanced_collective",
            "year": 2025,
            "name_then": place.name,
        }
        honours.enter(fact, by=factories.MACHINE)
    return actors


def test_what_is_listed_is_what_may_be_seen(crowd: list[Actor]) -> None:
    seen = 0
    for actor in crowd:
        rules: list[tuple[Any, Any, Any]] = [
            (persons_visible_to, may_see_person, Person),
            (movements_visible_to, may_see_movement, Movement),
            (decisions_visible_to, may_see_decision, Decision),
            (standing_visible_to, may_see_standing, Standing),
            (initiatives_visible_to, may_see_initiative, Initiative),
        ]
        for listed, single, model in rules:
            expected = {thing.pk for thing in model.objects.all() if single(actor, thing)}
            found = list(listed(actor).values_list("pk", flat=True))
            assert (actor.role, model, sorted(set(found))) == (actor.role, model, sorted(expected))
            seen += len(found)
    assert seen > 100
