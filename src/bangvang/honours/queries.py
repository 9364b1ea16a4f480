"""Reads of the ledger for pages: the decades of a person or unit, by year and register, with what nobody has declared complete."""

from dataclasses import dataclass

from django.db.models import QuerySet

from bangvang.honours.findings import award_label, complete_years, the_book
from bangvang.honours.models import Register, Standing
from bangvang.people.models import Person, Unit

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
    "research_co_so": "Đề tài, đề án nghiệm thu ở cơ sở",
    "research_bo_tinh": "Đề tài, đề án nghiệm thu cấp bộ, tỉnh",
    "research_toan_quoc": "Đề tài, đề án nghiệm thu cấp quốc gia",
}
DISCIPLINE = {
    "khien_trach": "Kỷ luật khiển trách",
    "canh_cao": "Kỷ luật cảnh cáo",
    "ha_bac_luong": "Kỷ luật hạ bậc lương",
    "giang_chuc": "Kỷ luật giáng chức",
    "cach_chuc": "Kỷ luật cách chức",
}
HOLDS = {
    "hold_inspection": "Đang chờ kết luận thanh tra, kiểm tra",
    "hold_complaint": "Đang xác minh đơn khiếu nại, tố cáo",
    "hold_discipline": "Đang xem xét kỷ luật",
    "hold_prosecution": "Đang bị điều tra, truy tố, xét xử",
}


def label_of(fact: Standing) -> str:
    """A fact in words: the law book's name of an award or title, the words of a grade, a scope, a kind of discipline."""
    words = {
        Register.GRADES: GRADES,
        Register.INITIATIVES: INITIATIVES,
        Register.DISCIPLINE: DISCIPLINE,
    }.get(Register(fact.register))
    if words is None:
        return award_label(fact.kind)
    return words.get(fact.kind) or HOLDS.get(fact.kind, fact.kind)


@dataclass(frozen=True)
class YearRow:
    """One year of a person or unit: the facts of each register, and the registers whose completeness nobody declared."""

    year: int
    facts: tuple[Standing, ...]
    gaps: tuple[str, ...]


def years_of(subject: Person | Unit, facts: QuerySet[Standing], *, until: int) -> list[YearRow]:
    """Every year from the first fact (recruitment, founding) to `until`, newest first. `facts` must be what the reader
    may see. A unit's years include those of the units it came from."""
    if isinstance(subject, Person):
        about, began = facts.filter(person=subject), subject.recruited_on
    else:
        about, began = facts.filter(unit__in=lineage(subject)), subject.valid_from
    rows = list(about.select_related("entry").order_by("register", "entry__seq"))
    first = min([row.year for row in rows] + ([began.year] if began else [until]))
    complete = complete_years(subject)
    return [
        YearRow(
            year,
            tuple(row for row in rows if row.year == year),
            tuple(register.label for register in Register if year not in complete.get(register.value, set())),
        )
        for year in range(until, first - 1, -1)
    ]


def lineage(unit: Unit) -> set[Unit]:
    """The unit and all that it came from by mergers, splits and new names."""
    found, fresh = {unit}, {unit}
    while fresh:
        before = Unit.objects.filter(changed_into__after__in=fresh)
        fresh = set(before) - found
        found |= fresh
    return found


def kinds_of(register: str, subject: str = "person") -> list[tuple[str, str]]:
    """What may be entered into a register: (code, words)."""
    if register in (Register.TITLES, Register.AWARDS):
        return [
            (code, award.label)
            for code, award in the_book().awards.items()
            if the_book().register_of(code) == register and (code, f"criteria:{subject}") in the_book().rows
        ]
    words = {
        Register.GRADES: GRADES,
        Register.INITIATIVES: INITIATIVES,
        Register.DISCIPLINE: DISCIPLINE | HOLDS,
    }[Register(register)]
    return list(words.items())
