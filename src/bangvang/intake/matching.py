"""Which human a row names: one of ours, somebody new, or a question. What is not certain is asked, never guessed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from bangvang import vietnamese
from bangvang.intake.meanings import Said, folded
from bangvang.intake.models import Batch, Identity
from bangvang.people.models import Person, Unit

Outcome = Identity.Outcome
MOST_CANDIDATES = 8


@dataclass(frozen=True)
class Place:
    """A unit as lists are compared with it."""

    unit_id: int
    parent_id: int | None
    name: str
    key: str


@dataclass(frozen=True)
class Known:
    """One of ours, and the units he or she ever served in."""

    person: Person
    units: frozenset[int]


def places_of(units: Iterable[Unit]) -> dict[str, Place]:
    """Units by the key of their name; of two with one name the one that still stands."""
    ordered = sorted(units, key=lambda unit: (unit.valid_until is None, unit.valid_from))
    return {unit.search_key: Place(unit.pk, unit.parent_id, unit.name, unit.search_key) for unit in ordered}


def place_of(text: str, places: Mapping[str, Place]) -> Place | None:
    """The unit that a list names: the whole name, or the name with that of the agency behind it."""
    key = folded(text)
    if not key or key in places:
        return places.get(key)
    longer = [place for place in places.values() if key.startswith(f"{place.key} ")]
    return max(longer, key=lambda place: len(place.key), default=None)


def key_of(said: Said, places: Mapping[str, Place]) -> str:
    """One key for one human of a batch: name as spelled, year of birth, unit."""
    place = place_of(said.unit_text, places)
    unit = place.key if place else folded(said.unit_text)
    return f"{said.name.casefold()}|{said.birth_year or ''}|{unit}"[:420]


def looks_like(said: Said, known: Sequence[Known]) -> list[Known]:
    """Our people of (nearly) this name whom the year of birth does not exclude."""
    return [
        one
        for one in known
        if not (said.birth_year and one.person.birth_year and said.birth_year != one.person.birth_year)
    ]


def resolve(batch: Batch, key: str, said: Said, known: Sequence[Known], places: Mapping[str, Place]) -> Identity:
    """The identity of a row, not yet saved, with the question that must be answered if there is one."""
    place = place_of(said.unit_text, places)
    made = Identity(
        batch=batch,
        key=key,
        name=said.name[:120],
        birth_year=said.birth_year,
        sex=said.sex,
        title=said.title,
        unit_id=place.unit_id if place else None,
        unit_text=said.unit_text,
        search_key=folded(said.name),
        sort_key=vietnamese.name_sort_key(said.name)[:600],
    )
    alike = looks_like(said, known)
    spelled = [one for one in alike if one.person.full_name.casefold() == said.name.casefold()]
    made.candidates = [{"person": one.person.pk} for one in alike[:MOST_CANDIDATES]]
    if not alike:
        made.outcome = (Outcome.NEW if said.sex else Outcome.ASKED).value
        made.why = "" if said.sex else "Người mới, danh sách không ghi nam hay nữ."
        return made
    if len(spelled) == len(alike) == 1 and (batch.dossier_id or _is_sure(said, spelled[0], place)):
        return matched(made, spelled[0].person)
    made.outcome, made.why = Outcome.ASKED.value, _question(said, alike, spelled, place)
    return made


def _is_sure(said: Said, one: Known, place: Place | None) -> bool:
    """The unit agrees; or no unit is said and the year of birth agrees. (Nominees are sought in their unit only.)"""
    if said.unit_text:
        return place is not None and place.unit_id in one.units
    return said.birth_year is not None and said.birth_year == one.person.birth_year


def _question(said: Said, alike: Sequence[Known], spelled: Sequence[Known], place: Place | None) -> str:
    if len(alike) > 1:
        return f"Có {len(alike)} người gần giống."
    if not spelled:
        return f"Gần giống tên “{alike[0].person.full_name}” trong sổ."
    if said.birth_year and alike[0].person.birth_year:
        return f"Cùng họ tên, năm sinh; đơn vị trên danh sách là “{said.unit_text}”, khác đơn vị trong sổ."
    if said.unit_text:
        return (
            f"Cùng họ tên; đơn vị trên danh sách là “{said.unit_text}”, khác đơn vị trong sổ; không đủ năm sinh để so."
        )
    return "Cùng họ tên; danh sách không ghi đơn vị, không đủ năm sinh để so."


def matched(identity: Identity, person: Person) -> Identity:
    """The identity is this person; it bears the person's code, so that one human has one code in a batch."""
    identity.person, identity.code, identity.outcome = person, person.code, Outcome.MATCHED.value
    identity.why = ""
    return identity


def ask_about_twins(batch: Batch) -> None:
    """New people of one batch whose names are alike and whose years of birth do not exclude it: the later one is asked."""
    new = batch.identities.filter(outcome=Outcome.NEW)
    shared = new.order_by().values("search_key").annotate(times=Count("pk")).filter(times__gt=1)
    alike = new.filter(search_key__in=shared.values("search_key")).order_by("search_key", "pk")
    for _, group in groupby(list(alike), key=lambda one: one.search_key):
        seen: list[Identity] = []
        for one in group:
            twins = [
                twin for twin in seen if not (twin.birth_year and one.birth_year and twin.birth_year != one.birth_year)
            ]
            seen.append(one)
            if twins:
                one.outcome, one.why = Outcome.ASKED.value, "Danh sách này có một người khác gần giống."
                one.candidates = [{"identity": twin.pk} for twin in twins[:MOST_CANDIDATES]]
                one.save(update_fields=["outcome", "why", "candidates"])
