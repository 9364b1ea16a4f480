"""Reads about people that several rooms need: whom to tell, whom to list."""

import datetime
from collections.abc import Iterable

from django.db.models import QuerySet

from bangvang.people.models import Duty, Person, Unit, User


def users_with_role(agency: Unit, roles: Iterable[str], *, on: datetime.date) -> list[int]:
    """Accounts of the people who hold one of the roles in the agency (or its units) on a day."""
    return list(_users(agency, on).filter(person__duties__role__in=list(roles)).values_list("pk", flat=True).distinct())


def users_of_agency(agency: Unit, *, on: datetime.date) -> list[int]:
    """Every active account of the agency on a day, administrators left out: what is told is not their business."""
    members = _users(agency, on).exclude(person__duties__role=Duty.Role.ADMINISTRATOR)
    return list(members.values_list("pk", flat=True).distinct())


def _users(agency: Unit, on: datetime.date) -> QuerySet[User]:
    valid = Duty.objects.as_of(on).filter(unit__in=units_of(agency))
    return User.objects.filter(is_active=True, person__duties__in=valid)


def units_of(agency: Unit) -> QuerySet[Unit]:
    """The agency and everything that belongs to it, ended units included."""
    return Unit.objects.filter(agency=agency) | Unit.objects.filter(pk=agency.pk)


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
