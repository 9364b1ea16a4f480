"""Writing a confirmed batch by the verbs of the rooms it goes to; called inside the transaction of `confirm`."""

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from bangvang.dossiers import actions as dossiers
from bangvang.dossiers.models import Nomination
from bangvang.dossiers.queries import NominationFields
from bangvang.honours import actions as honours
from bangvang.intake import queries
from bangvang.intake.models import Batch, Identity, Row
from bangvang.people import actions as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Person

NO_TITLE = "Công chức, viên chức"
OTHER_RANK = 9
PERSON = {
    "code": "code", "version": "as_one", "chain_length": "as_none", "chain_head": "as_empty", "full_name": "name",
    "sex": "sex", "birth_year": "birth_year", "search_key": "search_key", "sort_key": "sort_key",
}  # fmt: skip
DUTY = {
    "person": "as_person", "unit": "as_unit", "role": "as_role", "title": "as_title", "rank": "as_rank",
    "valid_from": "as_begin", "valid_until": "as_end",
}  # fmt: skip
FACTS = {
    "person": "as_person",
    "search_key": "search_key",
    **{name: name for name in ("unit", "register", "kind", "year", "paper_number", "paper_on", "issuer")},
    **{name: name for name in ("name_then", "unit_then", "note", "is_verified")},
}


def write(batch: Batch, *, by: Actor) -> tuple[int | None, int]:
    """Write every row that is ready. Returns (first number in the ledger or None, how many)."""
    if batch.kind == Batch.Kind.NOMINEES:
        return None, _nominate(batch, by)
    _enter_newcomers(batch, by)
    if batch.kind == Batch.Kind.STAFF:
        return None, _give_duties(batch, by)
    rows = queries.with_person(batch)
    return honours.enter_selected(rows, FACTS, order="place", by=by, roots=[batch.agency], batch=batch.code)


def _enter_newcomers(batch: Batch, by: Actor) -> None:
    new = queries.newcomers(batch)
    if new.exists():
        enter_people(new, batch, by)


def enter_people(new: QuerySet[Identity], batch: Batch, by: Actor) -> None:
    """New people, each with one duty without power: on the days in which the list saw them, or from today for staff."""
    people.enter_selected(_with_duty(new, batch, by), PERSON, DUTY, agency=batch.agency, by=by)


def _with_duty(found: QuerySet[Identity], batch: Batch, by: Actor) -> QuerySet[Identity]:
    """The columns of a new person and of the duty, as annotations."""
    is_staff = batch.kind == Batch.Kind.STAFF
    person = Person.objects.filter(code=OuterRef("code")).values("pk")[:1]
    return found.order_by("pk").annotate(
        as_person=Subquery(person),
        as_begin=Coalesce(F("since"), Value(by.day, output_field=DateField())),
        as_end=Value(None, output_field=DateField()) if is_staff else F("until"),
        as_one=Value(1),
        as_none=Value(0),
        as_empty=Value(""),
        as_title=Coalesce(NullIf(F("title"), Value("")), Value(NO_TITLE)),
        as_unit=Coalesce(F("unit_id"), Value(batch.agency_id)),
        as_role=Value(Duty.Role.STAFF.value),
        as_rank=Value(OTHER_RANK),
    )


def _give_duties(batch: Batch, by: Actor) -> int:
    """People whom we knew already get the duty of the list, when they do not hold one in that unit."""
    known = queries.without_duty(batch, by.day)
    new = queries.newcomers(batch).count()
    return new + (
        people.give_selected(_with_duty(known, batch, by), DUTY, agency=batch.agency, by=by) if known.exists() else 0
    )


def _nominate(batch: Batch, by: Actor) -> int:
    assert batch.dossier is not None
    rows = batch.rows.filter(standing=Row.Standing.READY).select_related("identity__person", "unit")
    return dossiers.nominate_listed(batch.dossier, [_fields(row) for row in rows.order_by("place")], by=by)


def _fields(row: Row) -> NominationFields:
    kinds = Nomination.Kind
    person = row.identity.person if row.identity is not None else None
    if row.unit is not None:
        kind, who = kinds.COLLECTIVE, row.unit.code
    elif person is not None:
        kind, who = kinds.PERSON, person.code
    else:
        kind, who = kinds.OUTSIDE_PERSON, ""
    return NominationFields(
        kind=kind.value,
        who=who,
        outside_name=row.name_then if not who else "",
        outside_address=row.more.get("address", "") if not who else "",
        is_posthumous=bool(person is not None and person.died_on),
        award=row.kind,
        stream=Nomination.Stream.MERIT.value,
        for_year=row.year or 0,
        achievement=row.more.get("achievement", ""),
        votes_for=row.more.get("votes_for"),
        votes_total=row.more.get("votes_total"),
    )
