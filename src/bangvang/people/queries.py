"""Reads about people that several rooms need: whom to tell, whom to list."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bangvang import vietnamese
from bangvang.people.models import Cluster, ClusterHead, ClusterMember, Delegation, Duty, Household, Person, Unit, User


def users_with_role(agency: Unit, roles: Iterable[str], *, on: datetime.date) -> list[int]:
    """Accounts of the people who hold one of the roles in the agency (or its units) on a day."""
    return _users(Duty.objects.as_of(on).filter(unit__in=units_of(agency), role__in=list(roles)))


def users_of_units(units: Iterable[int] | QuerySet[Unit, Any], roles: Iterable[str], *, on: datetime.date) -> list[int]:
    """Accounts of whoever holds one of the roles in these very units (keys, or a query of keys) on a day; one query."""
    return _users(Duty.objects.as_of(on).filter(unit__in=units, role__in=list(roles)))


def users_by_unit(units: Iterable[int], roles: Iterable[str], *, on: datetime.date) -> list[tuple[int, int]]:
    """(unit, account) of whoever holds one of the roles in these very units on a day, by keys; one query."""
    held = Duty.objects.as_of(on).filter(unit__in=units, role__in=list(roles), person__user__is_active=True)
    return list(held.values_list("unit_id", "person__user").order_by("pk"))


def users_of_agency(agency: Unit, *, on: datetime.date) -> list[int]:
    """Every active account of the agency on a day, administrators left out: what is told is not their business."""
    return _users(Duty.objects.as_of(on).filter(unit__in=units_of(agency)).exclude(role=Duty.Role.ADMINISTRATOR))


def _users(duties: QuerySet[Duty]) -> list[int]:
    """Active accounts of whoever holds these very duties; one join, so an ended duty of the same person cannot slip
    in."""
    return list(User.objects.filter(is_active=True, person__duties__in=duties).values_list("pk", flat=True).distinct())


def units_of(agency: Unit) -> QuerySet[Unit]:
    """The agency and everything that belongs to it, ended units included."""
    return Unit.objects.filter(agency=agency) | Unit.objects.filter(pk=agency.pk)


def owner_of_calendar(token: str) -> User | None:
    """The account whose calendar address has this secret part, while the account is open and has its own password."""
    hashed = hashlib.sha256(token.encode()).hexdigest()
    return User.objects.filter(calendar_feed__token_hash=hashed, is_active=True, must_change_password=False).first()


def household_of(agency: Unit, name: str, address: str) -> Household | None:
    """The household of this name and address, however they are accented, if the agency has commended it before."""
    keys = {"search_key": vietnamese.search_key(name), "address_key": vietnamese.search_key(address)}
    return Household.objects.filter(agency=agency, **keys).first()


def head_of(agency: Unit, *, on: datetime.date) -> Duty | None:
    """The duty of the agency's head on a day."""
    found = Duty.objects.as_of(on).filter(unit=agency, role=Duty.Role.DIRECTOR)
    return found.select_related("person", "unit").first()


def staff_of(unit: Unit, *, on: datetime.date) -> list[Duty]:
    """Who works in a unit on a day, as officials sort: by rank, then by given name."""
    held = Duty.objects.as_of(on).filter(unit=unit).select_related("person", "unit")
    return list(held.order_by("rank", "person__sort_key"))


def namesakes(person: Person) -> QuerySet[Person]:
    """Others of the same name: lists then show the birth year."""
    return Person.objects.filter(search_key=person.search_key).exclude(pk=person.pk)


@dataclass(frozen=True)
class Namesake:
    """Somebody of the agency with the typed name, and the unit that tells namesakes apart."""

    person: Person
    unit: Unit


def people_named(agency: Unit, name: str, on: datetime.date) -> list[Namesake]:
    """Who of the agency has this name on a day, written with or without marks; exact marks before others."""
    held = Duty.objects.as_of(on).filter(
        unit__in=units_of(agency), person__search_key=vietnamese.search_key(name), person__died_on__isnull=True
    )
    rows = held.exclude(role=Duty.Role.ADMINISTRATOR).select_related("person", "unit").order_by("-rank", "-pk")
    found = {duty.person_id: Namesake(duty.person, duty.unit) for duty in rows}  # the weightiest duty comes last
    exact = [one for one in found.values() if one.person.full_name.casefold() == vietnamese.clean(name).casefold()]
    return exact or list(found.values())


@dataclass(frozen=True)
class Signer:
    """Who may sign for the agency: the head (no authority), or somebody the head gave it to ("KT.", "TL.", "TUQ.")."""

    duty: Duty
    authority: str

    @property
    def code(self) -> str:
        return str(self.duty.person.code)

    @property
    def words(self) -> str:
        return f"{self.authority} {self.duty.person.full_name}, {self.duty.title}".strip()


def signers(agency: Unit, on: datetime.date) -> list[Signer]:
    """The head first, then whoever holds the head's written delegation on the day."""
    head = head_of(agency, on=on)
    given = Delegation.objects.as_of(on).filter(giver__unit=agency, giver__role=Duty.Role.DIRECTOR)
    rows = given.select_related("taker__person").order_by("taker__rank", "pk")
    return [*([Signer(head, "")] if head else []), *(Signer(row.taker, str(row.kind)) for row in rows)]


def may_join_cluster_of(agency: Unit, on: datetime.date) -> QuerySet[Unit]:
    """Whom an agency can put into a cluster on a day: its own units, the agencies below it, and its sisters and itself."""
    own = Unit.objects.filter(agency=agency)
    below = Unit.objects.filter(parent=agency, agency__isnull=True)
    beside = Unit.objects.filter(parent=agency.parent_id, kind=Unit.Kind.AGENCY) if agency.parent_id else own.none()
    return (own | below | beside).as_of(on).distinct().order_by("order", "name", "pk")


def members_of(cluster: Cluster, on: datetime.date) -> list[Unit]:
    """The units in a cluster on a day, in the agency's order."""
    found = cluster.members.as_of(on).select_related("unit").order_by("unit__order", "unit__name", "pk")
    return [member.unit for member in found]


def lead_of(cluster: Cluster, year: int) -> Unit | None:
    """The member that heads the cluster in a year, or None when nobody was named."""
    found = cluster.heads.filter(year=year, role=ClusterHead.Role.LEAD).select_related("unit").first()
    return found.unit if found else None


def clusters_of(units: Iterable[int], agency: Unit, on: datetime.date) -> dict[int, Cluster]:
    """Unit → the cluster of the agency in which it is on a day."""
    rows = ClusterMember.objects.as_of(on).filter(cluster__agency=agency, unit__in=units).select_related("cluster")
    return {row.unit_id: row.cluster for row in rows.order_by("pk")}


def spokesman_of(unit: Unit, on: datetime.date) -> Duty | None:
    """Who heads a unit or an agency on a day: signs a pact for it."""
    heads = [Duty.Role.DIRECTOR, Duty.Role.HEAD, Duty.Role.DEPUTY_HEAD]
    found = Duty.objects.as_of(on).filter(unit=unit, role__in=heads).select_related("person", "unit")
    return found.order_by("rank", "pk").first()
