"""Reads of the ledger for pages: one person's decades, by year and register, with what nobody has declared complete."""

from dataclasses import dataclass
from functools import cache

from django.db.models import QuerySet

from bangvang.honours.models import Completeness, Register, Standing
from bangvang.law import book
from bangvang.law.sources import NoLaw
from bangvang.people.models import Person

GRADES = {
    "HTXSNV": "Hoàn thành xuất sắc nhiệm vụ",
    "HTTNV": "Hoàn thành tốt nhiệm vụ",
    "HTNV": "Hoàn thành nhiệm vụ",
    "KHONG_HTNV": "Không hoàn thành nhiệm vụ",
}
INITIATIVES = {
    "co_so": "Sáng kiến được công nhận ở cơ sở",
    "bo_tinh": "Sáng kiến có ảnh hưởng trong bộ, tỉnh",
    "toan_quoc": "Sáng kiến có ảnh hưởng toàn quốc",
}
DISCIPLINE = {
    "khien_trach": "Kỷ luật khiển trách",
    "canh_cao": "Kỷ luật cảnh cáo",
    "ha_bac_luong": "Kỷ luật hạ bậc lương",
    "giang_chuc": "Kỷ luật giáng chức",
    "cach_chuc": "Kỷ luật cách chức",
}


@cache
def _book() -> book.Book:
    return book.load()


def label_of(fact: Standing) -> str:
    """A fact in words: the law book's name of an award or title, the words of a grade, a scope, a kind of discipline."""
    words = {
        Register.GRADES: GRADES,
        Register.INITIATIVES: INITIATIVES,
        Register.DISCIPLINE: DISCIPLINE,
    }.get(Register(fact.register))
    if words is None:
        try:  # a fact names its award by code or by the customary short name
            return _book().awards[_book().code_of(fact.kind)].label
        except NoLaw:
            return fact.kind
    return words.get(fact.kind, "Việc đang xem xét" if fact.kind.startswith("hold_") else fact.kind)


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
