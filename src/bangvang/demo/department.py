"""Units, people, duties, delegation and accounts of the demo, from department.yaml."""

import datetime
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bangvang.demo import assumed_day
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.people import actions as people
from bangvang.people.actor import Actor, System
from bangvang.people.models import Delegation, Duty, Person, Unit, UnitChange, User

LOADER = System("Nạp dữ liệu minh hoạ")
FIRST_DAY = datetime.date(2024, 1, 2)  # the department "began to use" the product
LONG_AGO = datetime.date(1997, 1, 1)  # units that existed before anything told here


@dataclass
class Department:
    """What was founded, by the short names of department.yaml."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    @property
    def agency(self) -> Unit:
        return self.units["stc"]

    def actor(self, username: str, day: datetime.date) -> Actor:
        """The account's person in the weightiest duty held on a day."""
        user = self.users[username]
        duty = Duty.objects.as_of(day).filter(person=user.person).select_related("person", "unit__agency")
        return Actor(user, duty.order_by("rank", "pk")[0], day)


@cache
def script() -> dict[str, Any]:
    """department.yaml as data."""
    return dict(yaml.safe_load((Path(__file__).parent / "department.yaml").read_text(encoding="utf-8")))


def found() -> Department:
    """Write the whole department with its events. Must stand in a transaction of the caller."""
    department = Department()
    for place, (key, row) in enumerate(script()["units"].items()):
        with assumed_day.on(max(FIRST_DAY, row.get("from", FIRST_DAY))):
            department.units[key] = open_unit(department, row, place)
    for row in script()["changes"]:
        change = UnitChange.objects.create(kind=row["kind"], on=row["day"], decision=row["decision"])
        change.before.set(department.units[key] for key in row["before"])
        change.after.set(department.units[key] for key in row["after"])
    for key, name, sex, born, recruited, posts, *died in script()["people"]:
        person = Person(
            full_name=name, sex=sex, birth_year=born, recruited_on=recruited, died_on=died[0] if died else None
        )
        with assumed_day.on(max(FIRST_DAY, recruited)):
            department.people[key] = enter_person(department, person, posts)
    for row in script()["delegations"]:
        delegate(department, *row)
    return department


@action
def open_unit(department: Department, row: dict[str, Any], place: int) -> Unit:
    agency = None if row["kind"] in {"province", "agency"} else department.agency
    parent = department.units[row["parent"]] if "parent" in row else agency
    unit = Unit.objects.create(
        name=row["name"],
        symbol=row["symbol"],
        kind=row["kind"],
        parent=parent,
        agency=agency,
        place=row.get("place", ""),
        head_title=row["head_title"],
        order=place,
        valid_from=row.get("from", LONG_AGO),
        valid_until=row.get("until"),
    )
    events.record("unit.open", by=LOADER, roots=[unit])
    return unit


@action
def enter_person(department: Department, person: Person, posts: list[list[Any]]) -> Person:
    """A person with all duties, past and present."""
    person.save(force_insert=True)
    for unit, title, role, begins, *ends in posts:
        Duty.objects.create(
            person=person,
            unit=department.units[unit],
            title=title,
            role=role,
            valid_from=begins,
            valid_until=ends[0] if ends else None,
        )
    events.record("person.enter", by=LOADER, roots=[person])
    return person


def delegate(
    department: Department,
    giver: str,
    taker: str,
    kind: str,
    begins: datetime.date,
    ends: datetime.date,
    decision: str,
) -> None:
    def duty_of(key: str) -> Duty:
        held: Duty = Duty.objects.as_of(begins).get(person=department.people[key], unit=department.agency)
        return held

    Delegation.objects.create(
        giver=duty_of(giver),
        taker=duty_of(taker),
        kind=kind,
        decision=decision,
        valid_from=begins,
        valid_until=ends,
    )


def open_accounts(department: Department) -> dict[str, str]:
    """The demo accounts with their random passwords, by username. They need no change at first login."""
    passwords = {}
    with assumed_day.on(FIRST_DAY):
        for username, key, _ in script()["accounts"]:
            user, password = open_account(department.people[key], username)
            department.users[username] = user
            passwords[username] = password
    return passwords


@action
def open_account(person: Person, username: str) -> tuple[User, str]:
    """people.open_account needs an administrator; here the first one is only coming."""
    password = people.random_password()
    user = User.objects.create_user(username, password, person=person)
    events.record("account.open", by=LOADER, roots=[person], body={"username": user.username})
    return user, password
