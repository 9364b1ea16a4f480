"""Reads of the ledger for pages: one person's decades, by year and register, with what nobody has declared complete."""

from dataclasses import dataclass

from django.db.models import QuerySet

from bangvang.honours.models import Completeness, Register, Standing
from bangvang.people.models import Person


@dataclass(frozen=True)
class YearRow:
    """One year of a person: the facts of each register, and the registers whose completeness nobody declared."""

    year: int
    facts: tuple[Standing, ...]
    gaps: tuple[str, ...]


def years_of(person: Person, facts: QuerySet[Standing], *, until: int) -> list[YearRow]:
    """Every year from the first fact (or recruitment) to `until`, newest first. `facts` must be what the reader may
    see."""
    rows = list(facts.filter(person=person).select_related("entry").order_by("register", "entry__seq"))
    first = min([row.year for row in rows] + ([person.recruited_on.year] if person.recruited_on else [until]))
    units = {duty.unit_id for duty in person.duties.all()}
    declared = set(Completeness.objects.filter(unit__in=units).values_list("year", "register"))
    return [
        YearRow(
            year,
            tuple(row for row in rows if row.year == year),
            tuple(register.label for register in Register if (year, register.value) not in declared),
        )
        for year in range(until, first - 1, -1)
    ]
