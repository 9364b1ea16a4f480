"""Reads of the ledger for pages: the decades of a person or unit, by year and register, with what nobody has declared complete."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from bangvang.honours.findings import award_label, code_of, complete_years, the_book
from bangvang.honours.models import Claim, Register, Standing
from bangvang.people.models import Household, Person, Unit

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


def clash_of(fact: Mapping[str, Any]) -> str:
    """Why a fact cannot be added: a year has one grade, and each title once under any spelling. Empty when it can."""
    about = Standing.objects.filter(
        person=fact.get("person"), unit=fact.get("unit"), household=fact.get("household"),
        register=fact["register"], year=fact["year"],
    )  # fmt: skip
    known = [row for row in about if code_of(row.kind) == code_of(fact["kind"])]
    if fact["register"] == Register.GRADES:
        known = list(about)
    if known and fact["register"] in (Register.GRADES, Register.TITLES):
        return f"Sổ năm {fact['year']} đã có “{label_of(known[0])}”. Ghi sai thì sửa dòng đó, không ghi thêm."
    return ""


@dataclass(frozen=True)
class YearRow:
    """One year of a person, unit or household: the facts of each register, and the registers whose completeness nobody declared."""

    year: int
    facts: tuple[Standing, ...]
    gaps: tuple[str, ...]


def registers_of(subject: Person | Unit | Household) -> list[Register]:
    """The registers that can hold something of the subject: a household has no grades, and no unit declares for it."""
    return [Register.AWARDS] if isinstance(subject, Household) else list(Register)


def years_of(subject: Person | Unit | Household, facts: QuerySet[Standing], *, until: int) -> list[YearRow]:
    """Every year from the first fact (recruitment, founding) to `until`, newest first. `facts` must be what the reader
    may see. A unit's years include those of the units it came from."""
    began: datetime.date | None
    if isinstance(subject, Person):
        about, began = facts.filter(person=subject), subject.recruited_on
    elif isinstance(subject, Household):
        about, began = facts.filter(household=subject), None
    else:
        about, began = facts.filter(unit__in=lineage(subject)), subject.valid_from
    rows = list(about.select_related("entry").order_by("register", "entry__seq"))
    first = min([row.year for row in rows] + ([began.year] if began else [until]))
    complete = complete_years(subject)
    return [
        YearRow(
            year,
            tuple(row for row in rows if row.year == year),
            tuple(
                register.label for register in registers_of(subject) if year not in complete.get(register.value, set())
            ),
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


@dataclass(frozen=True)
class ProvenHonour:
    """What a decision says of an honour that an article told: whose, which, of which year, by which paper."""

    unit: Unit
    kind: str
    year: int
    paper_number: str
    paper_on: datetime.date
    issuer: str


def claims_in(draft: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Columns of a Claim for each award received and each result that the reader found in an article."""
    record = draft.get("record") or {}
    told = [(Claim.Sort.HONOUR, item) for item in record.get("honours", [])]
    told += [(Claim.Sort.FACT, item) for item in record.get("facts", [])]
    for place, (sort, item) in enumerate(told, start=1):
        value = item["value"]
        yield {
            "place": place,
            "sort": sort,
            "kind": value.get("code", ""),
            "text": (_known(value) or value.get("text") or value.get("what") or "")[:400],
            "year": value.get("year"),
            "quote": item["quote"],
            "line": item["line"],
        }


def _known(value: dict[str, Any]) -> str:
    """The book's name of an award; "" for a result, and for an order without class, which keeps the article's words."""
    label = award_label(value.get("code", ""))
    return "" if label == value.get("code", "") else label
