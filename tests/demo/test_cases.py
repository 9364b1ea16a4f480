"""Every named case is what it claims to be on 20/12/2025."""

import datetime
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db.models import Q

from bangvang.demo import department
from bangvang.demo.cases import CASES
from bangvang.honours.models import Completeness, LedgerEntry, Standing
from bangvang.people.models import Duty, Person

DAY = datetime.date(2025, 12, 20)
NAMES = {row[0]: row[1] for row in department.script()["people"]}
BORN = {row[0]: row[3] for row in department.script()["people"]}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("passwords")]


def person(key: str) -> Person:
    return Person.objects.get(full_name=NAMES[key], birth_year=BORN[key])


def years(key: str, *kinds: str) -> list[int]:
    found = Standing.objects.filter(person=person(key), kind__in=kinds)
    return sorted(set(found.values_list("year", flat=True)))


def grade(key: str, year: int) -> str | None:
    return (
        Standing.objects.filter(person=person(key), register="grades", year=year).values_list("kind", flat=True).first()
    )


def unit_of(someone: Person) -> str:
    duty = someone.duty_on(DAY)
    assert duty is not None
    return duty.unit.name


def is_complete(key: str, year: int, register: str) -> bool:
    duty = person(key).duty_on(datetime.date(year, 12, 10))
    assert duty is not None
    return Completeness.objects.filter(unit=duty.unit, year=year, register=register).exists()


def held(key: str) -> list[tuple[str, bool]]:
    """Measures and holds of a person, with whether they run on the day."""
    found = Standing.objects.filter(person=person(key), register="discipline")
    running = found.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=DAY), starts_on__lte=DAY)
    return [(one.kind, one in running) for one in found]


def longest_run(found: Iterable[int]) -> int:
    best = run = 0
    last = None
    for year in found:
        run = run + 1 if last is not None and year == last + 1 else 1
        best, last = max(best, run), year
    return best


def test_every_case_has_a_test_and_a_line_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs/use/demo.md").read_text(encoding="utf-8")
    assert [case.name for case in CASES if f"test_{case.name}" not in globals()] == []
    assert [case.name for case in CASES if case.shows not in guide] == []
    assert [key for case in CASES for key in case.who if NAMES[key] not in guide] == []


def test_meet_by_initiative() -> None:
    for key in ("thao", "huy"):
        assert (grade(key, 2025), years(key, "co_so")[-1:], held(key)) == ("HTTNV", [2025], [])


def test_meet_by_grade() -> None:
    assert (grade("hanh", 2025), 2025 in years("hanh", "co_so", "bo_tinh"), held("hanh")) == ("HTXSNV", False, [])


def test_meet_province() -> None:
    assert set(years("son", "CSTDCS")) >= {2022, 2023, 2024}
    assert years("son", "bo_tinh") == [2025]


def test_broken_streak() -> None:
    found = [year for year in years("vinh", "CSTDCS") if year >= 2020]
    assert (found, is_complete("vinh", 2023, "titles"), years("vinh", "bo_tinh")) == ([2021, 2022, 2024], True, [2025])


def test_two_of_three() -> None:
    assert [year for year in years("tien", "CSTDCS") if year >= 2022] == [2023, 2024]
    assert (grade("tien", 2025), is_complete("tien", 2022, "titles")) == ("HTTNV", True)


def test_without_initiative() -> None:
    for key in ("my", "dat"):
        assert (grade(key, 2025), is_complete(key, 2025, "initiatives")) == ("HTTNV", True)
        assert 2025 not in years(key, "co_so", "bo_tinh", "toan_quoc")


def test_four_of_five_years() -> None:
    good = [year for year in years("an", "HTTNV", "HTXSNV") if 2020 <= year <= 2025]
    assert (grade("an", 2021), good, years("an", "BANG_KHEN_TINH")) == ("HTNV", [2020, 2022, 2023, 2024, 2025], [2019])
    assert longest_run(good) == 4


def test_missing_grade() -> None:
    for key in ("giang", "suong"):
        assert (grade(key, 2022), is_complete(key, 2022, "grades"), is_complete(key, 2021, "grades")) == (
            None,
            False,
            True,
        )


def test_missing_year() -> None:
    for key in ("kieu", "thang"):
        assert grade(key, 2025) is None
        assert not is_complete(key, 2025, "grades")
        assert not is_complete(key, 2025, "initiatives")


def test_unproven_title() -> None:
    title = Standing.objects.get(person=person("khoa"), kind="CSTDCS", year=2021)
    assert (title.is_verified, title.paper_number) == (False, "")


def test_under_inspection() -> None:
    assert (held("loc"), grade("loc", 2025)) == ([("hold_inspection", True)], "HTTNV")


def test_under_complaint() -> None:
    assert (held("xuan"), grade("xuan", 2025)) == ([("hold_complaint", True)], "HTXSNV")


def test_discipline_ended() -> None:
    assert (held("thinh"), grade("thinh", 2024), grade("thinh", 2025)) == (
        [("khien_trach", False)],
        "KHONG_HTNV",
        "HTTNV",
    )
    assert Standing.objects.get(person=person("thinh"), register="discipline").ends_on == datetime.date(2025, 6, 15)


def test_discipline_running() -> None:
    assert held("hau") == [("canh_cao", True)]


def test_namesakes() -> None:
    both = Person.objects.filter(full_name="Phạm Thị Lan").order_by("birth_year")
    assert [one.birth_year for one in both] == [1984, 1991]
    assert {unit_of(one) for one in both} == {
        "Phòng Tài chính hành chính sự nghiệp",
        "Trung tâm Dịch vụ tài chính và Đấu giá tài sản",
    }
    assert (2024 in years("lan84", "CSTDCS"), 2024 in years("lan91", "CSTDCS")) == (True, False)


def test_members_of_the_merged_unit() -> None:
    for key, old in (("dung", "Phòng Tài chính đầu tư"), ("yen", "Phòng Đăng ký kinh doanh")):
        titles = Standing.objects.filter(person=person(key), kind="CSTDCS", year__in=[2023, 2024])
        assert list(titles.values_list("unit_then", flat=True)) == [old, old]
        assert unit_of(person(key)) == "Phòng Đầu tư và Đăng ký kinh doanh"


def test_posthumous() -> None:
    died = person("tri")
    assert (died.died_on, died.duty_on(DAY), grade("tri", 2025)) == (datetime.date(2025, 8, 14), None, None)
    assert years("tri", "BANG_KHEN_TINH") == [2022]


def test_new_recruit() -> None:
    new = person("tu")
    assert new.recruited_on == datetime.date(2025, 8, 18)
    assert not Standing.objects.filter(person=new).exists()


def test_moved() -> None:
    for key in ("hien", "vuong"):
        units = set(Standing.objects.filter(person=person(key)).values_list("unit_then", flat=True))
        worked = set(Duty.objects.filter(person=person(key)).values_list("unit__name", flat=True))
        assert units == worked
        assert len(units) == 2


def test_holder_of_the_high_commendation() -> None:
    assert list(Standing.objects.filter(kind="BKTTG").values_list("person__full_name", "year")) == [
        ("Lê Hoàng Đức", 2022)
    ]
    assert longest_run(years("duc", "CSTDCS")) >= 5


def test_holders_of_the_provincial_title() -> None:
    for key in ("uyen", "cuong"):
        assert years(key, "CSTD_TINH") == [2023]
        assert set(years(key, "CSTDCS")) >= {2021, 2022, 2023}


def test_holders_of_the_provincial_commendation() -> None:
    found = {key: years(key, "BANG_KHEN_TINH") for key in ("nghia", "quang", "nga", "tuyet", "nhan")}
    assert found == {"nghia": [2018], "quang": [2019], "nga": [2020], "tuyet": [2021], "nhan": [2022]}


def test_corrected_entry() -> None:
    right = LedgerEntry.objects.get(corrects__isnull=False)
    assert right.standing == Standing.objects.get(person=person("nguyet"), kind="GIAY_KHEN", year=2023)
    assert right.corrects is not None
    assert (right.corrects.paper_number, right.paper_number) == ("33/QĐ-STC", "47/QĐ-STC")
