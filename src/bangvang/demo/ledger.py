"""From careers to the ledger: one batch for each unit and year, with papers, and what was declared complete."""

import datetime
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from bangvang.demo import assumed_day, careers
from bangvang.demo.careers import Career, Year
from bangvang.demo.department import LOADER, Department
from bangvang.honours import actions as honours
from bangvang.honours.models import Register
from bangvang.people.actions import enter_household
from bangvang.people.models import Person, Unit

ENTERED_ON = datetime.date(2025, 12, 16)  # after the last grades of the year, before the day of the demo
DEPARTMENT, PROVINCE, GOVERNMENT = "Giám đốc Sở Tài chính", "Chủ tịch UBND tỉnh Sông Lam", "Thủ tướng Chính phủ"

# (register, months and day in the next year or this one, number's last part, issuer) by code
HIGHER = {
    "CSTD_TINH": (PROVINCE, "QĐ-UBND", 4, 15),
    "BANG_KHEN_TINH": (PROVINCE, "QĐ-UBND", 5, 12),
    "BKTTG": (GOVERNMENT, "QĐ-TTg", 8, 21),
}

# Unit and year whose register nobody has declared complete: "missing", never "no".
OPEN_REGISTERS = {
    ("dn", 2022): (Register.GRADES, Register.TITLES),
    ("dk_cu", 2018): tuple(Register),
    ("dk_cu", 2019): tuple(Register),
    ("ttxt", 2021): (Register.INITIATIVES,),
    ("ttxt", 2025): (Register.GRADES, Register.INITIATIVES),
    ("ttdv", 2025): (Register.GRADES,),
}
UNDECIDED = (Register.TITLES, Register.AWARDS)  # of the running year, everywhere


def enter(department: Department, lives: dict[str, Career]) -> int:
    """Write everything; returns the number of entries."""
    written = 0
    with assumed_day.on(ENTERED_ON):
        for (key, year), group in groupby(careers.rows(lives), key=lambda row: (row[0], row[1])):
            unit = department.units[key]
            facts = [
                fact for _, _, who, content in group for fact in _facts(department.people[who], unit, year, content)
            ]
            facts += _collective_facts(unit, year)
            written += honours.enter_many(facts, by=LOADER, roots=[unit], batch=f"{unit.name}, năm {year}")
            _declare(unit, key, year)
        written += _commend_a_household(department)
    return written


def _commend_a_household(department: Department) -> int:
    """A household outside the department that lends its house as a help point, commended twice."""
    home = enter_household(department.agency, "Hộ ông Quàng Văn Ín", "Bản Nà Hin, xã Nậm Lúc", by=LOADER)
    about = {"household": home, "name_then": home.name, "unit_then": home.address, "register": Register.AWARDS}
    facts = [
        about | {"kind": "GIAY_KHEN", "year": year} | _paper_of("GIAY_KHEN", year, proven=True) for year in (2021, 2024)
    ]
    return honours.enter_many(facts, by=LOADER, roots=[home], batch=f"{home.name}, năm 2021, 2024")


def _declare(unit: Unit, key: str, year: int) -> None:
    open_registers = OPEN_REGISTERS.get((key, year), ()) + (UNDECIDED if year == careers.LAST_YEAR else ())
    for register in Register:
        if register not in open_registers:
            honours.declare_complete(unit, register.value, year, by=LOADER, on=ENTERED_ON)


def _facts(person: Person, unit: Unit, year: int, content: Year) -> Iterator[dict[str, Any]]:
    about = {"person": person, "year": year, "name_then": person.full_name, "unit_then": unit.name}
    if content.grade:
        yield about | {"register": Register.GRADES, "kind": content.grade} | _department_paper(year, "TB-STC", 12, 12)
    for register, codes in ((Register.TITLES, content.titles), (Register.AWARDS, content.awards)):
        for code in codes:
            yield (
                about
                | {"register": register, "kind": code}
                | _paper_of(code, year, proven=code not in content.unverified)
            )
    for scope, name in content.initiatives:
        paper = _department_paper(year, "QĐ-STC", 11, 20)
        if scope != "co_so":
            paper = _paper(f"{1600 + year % 100}/QĐ-UBND", datetime.date(year, 11, 28), PROVINCE)
        yield about | {"register": Register.INITIATIVES, "kind": scope, "note": name} | paper
    for measure in content.measures:
        yield (
            about
            | {
                "register": Register.DISCIPLINE,
                "kind": measure.kind,
                "starts_on": measure.starts_on,
                "ends_on": measure.ends_on,
                "note": measure.note,
            }
            | _paper(measure.paper, measure.starts_on, DEPARTMENT if measure.paper else "")
        )


def _collective_facts(unit: Unit, year: int) -> Iterator[dict[str, Any]]:
    """A division's own title of the year: advanced as a rule, excellent in a good year."""
    if year == careers.LAST_YEAR or unit.kind == Unit.Kind.AGENCY:
        return
    code = "TTLDXS" if (unit.order + year) % 4 == 0 else "TTLDTT"
    about = {"unit": unit, "year": year, "name_then": unit.name, "unit_then": unit.name}
    paper = _paper_of("BANG_KHEN_TINH" if code == "TTLDXS" else code, year, proven=True)
    yield about | {"register": Register.TITLES, "kind": code} | paper
    if (unit.order * 3 + year) % 5 == 0:
        yield about | {"register": Register.AWARDS, "kind": "GIAY_KHEN"} | _paper_of("GIAY_KHEN", year, proven=True)


def _paper_of(code: str, year: int, *, proven: bool) -> dict[str, Any]:
    """The decision that gave a title or award for a year; without proof there is no number to show."""
    if not proven:
        return {"is_verified": False, "note": "Theo bản khai, chưa có văn bản chứng minh"}
    if code in HIGHER:
        issuer, symbol, month, day = HIGHER[code]
        return _paper(f"{900 + 7 * (year % 100) + month}/{symbol}", datetime.date(year + 1, month, day), issuer)
    if year == careers.LAST_YEAR:
        return _department_paper(year, "QĐ-STC", 9, 2)  # given in the running year itself
    return _department_paper(year, "QĐ-STC", 1, 20, next_year=True)


def _department_paper(year: int, symbol: str, month: int, day: int, *, next_year: bool = False) -> dict[str, Any]:
    on = datetime.date(year + next_year, month, day)
    return _paper(f"{month * 30 + year % 10}/{symbol}", on, DEPARTMENT)


def _paper(number: str, on: datetime.date, issuer: str) -> dict[str, Any]:
    return {"paper_number": number, "paper_on": on if number else None, "issuer": issuer}
