"""Trích lục and the decades of a unit: what stands, what nobody declared complete, who may have it."""

import datetime

import pytest
from django.test import Client

from bangvang.honours import actions
from bangvang.honours.access import households_visible_to
from bangvang.honours.findings import award_label
from bangvang.honours.models import Standing
from bangvang.people.actions import enter_household
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Household, Unit, UnitChange
from tests import factories
from tests.papers.readback import docx_words, pdf_words
from tests.web.walk import press, read

PAPER = {"paper_number": "22/QĐ-STC", "paper_on": datetime.date(2025, 1, 10)}


@pytest.fixture
def recorded(binh: Actor, division: Unit) -> None:
    binh.person.recruited_on = datetime.date(2022, 5, 1)
    binh.person.save()
    enter = factories.award(binh.person, kind="CSTDCS", year=2024, **PAPER)
    actions.enter(enter, by=factories.MACHINE)
    actions.enter(factories.award(binh.person, kind="LDTT", year=2023, is_verified=False), by=factories.MACHINE)
    for year in (2022, 2023, 2024):
        actions.declare_complete(division, "titles", year, by=factories.MACHINE, on=binh.day)


def test_the_extract_says_what_stands_and_what_is_missing(as_binh: Client, binh: Actor, recorded: None) -> None:
    address = f"/lam-viec/so-vang/{binh.person.code}/trich-luc"
    word = docx_words(as_binh.get(f"{address}.docx").content)
    assert word == pdf_words(as_binh.get(f"{address}.pdf").content)
    text = " ".join(word)
    said = (
        "TRÍCH LỤC Thành tích thi đua, khen thưởng của ông Trần Văn Bình",
        "Sổ có 2 bản ghi, trong đó 1 bản ghi chưa có văn bản chứng minh.",
        "2024 Chiến sĩ thi đua cơ sở 22/QĐ-STC, 10/01/2025 Trần Văn Bình",
        "2023 Lao động tiên tiến Chưa có văn bản chứng minh",
        "Danh hiệu thi đua: 2025 đến 2026;",
        "Xếp loại hằng năm: 2022 đến 2026;",
    )
    assert [part for part in said if part not in text] == []


def test_extracts_are_for_those_who_may_see_the_subject(
    as_binh: Client, as_mai: Client, as_lan: Client, as_quan: Client, mai: Actor, office: Unit
) -> None:
    person, unit = (f"/lam-viec/so-vang/{one.code}/trich-luc.docx" for one in (mai.person, office))
    assert [client.get(person).status_code for client in (as_binh, as_mai, as_lan, as_quan)] == [404, 200, 200, 409]
    assert [client.get(unit).status_code for client in (as_binh, as_mai, as_lan, as_quan)] == [404, 404, 200, 409]
    assert as_mai.get(person.replace("docx", "exe")).status_code == 404


def test_a_unit_has_its_decades_and_those_of_the_units_it_came_from(as_lan: Client, lan: Actor, division: Unit) -> None:
    old = factories.unit(
        "Phòng Ngân sách cũ", parent=division.parent, agency=division.agency, valid_from=datetime.date(2005, 1, 1)
    )
    change = UnitChange.objects.create(kind="merge", on=datetime.date(2015, 1, 1), decision="QĐ 9")
    change.before.add(old)
    change.after.add(division)
    fact = {"unit": old, "register": "titles", "kind": "TTLDXS", "year": 2010, "name_then": old.name, **PAPER}
    actions.enter(fact, by=factories.MACHINE)
    words = read(as_lan.get(f"/lam-viec/so-vang/tap-the/{division.code}/")).words
    assert [
        part
        for part in ("Gồm cả thành tích của Phòng Ngân sách cũ", "Tập thể lao động xuất sắc", "2010")
        if part not in words
    ] == []
    assert f"/lam-viec/so-vang/tap-the/{division.code}/" in read(as_lan.get(f"/lam-viec/don-vi/{division.code}/")).links


@pytest.fixture
def home(lan: Actor) -> Household:
    """A household commended in 2024."""
    made = enter_household(lan.agency, "Hộ ông Lò Văn Pha", "Bản Nà Hin, xã Nậm Lúc", by=factories.MACHINE)
    fact = {
        "household": made, "register": "awards", "kind": "unit_commendation", "year": 2024, "name_then": made.name,
        "unit_then": made.address, **PAPER,
    }  # fmt: skip
    actions.enter(fact, by=factories.MACHINE)
    return made


def test_a_household_is_found_by_name_or_address_and_has_its_years_conditions_and_extract(
    as_lan: Client, home: Household
) -> None:
    assert "1 hộ gia đình được khen thưởng" in read(as_lan.get("/lam-viec/so-vang/")).words
    asked = [
        read(as_lan.get("/lam-viec/so-vang/ho-gia-dinh/", {"q": q})).words for q in ("lo van pha", "na hin", "xyz")
    ]
    assert ["Hộ ông Lò Văn Pha" in words for words in asked] == [True, True, False]
    page = read(as_lan.get(f"/lam-viec/so-vang/ho-gia-dinh/{home.code}/")).words
    assert ("22/QĐ-STC" in page, "3 năm chưa ai xác nhận đã ghi đủ" in page) == (True, True)
    judged = read(
        as_lan.get(f"/lam-viec/dieu-kien/ho-gia-dinh/{home.code}/", {"nam": 2025, "ngay": "20/12/2025"})
    ).words
    assert award_label("ministry_province_commendation") in judged
    text = " ".join(docx_words(as_lan.get(f"/lam-viec/so-vang/{home.code}/trich-luc.docx").content))
    said = (
        "TRÍCH LỤC Thành tích thi đua, khen thưởng của Hộ ông Lò Văn Pha",
        "Hộ ông Lò Văn Pha, Bản Nà Hin, xã Nậm Lúc.",
        "2024 Giấy khen 22/QĐ-STC, 10/01/2025",
        "Hình thức khen thưởng: 2024 đến 2026.",
    )
    assert [part for part in said if part not in text] == []


def test_an_old_award_of_a_household_is_entered_from_its_paper(as_lan: Client, home: Household) -> None:
    paper = {"kind": "unit_commendation", "year": "2019", "paper_number": "9/QĐ-UBND", "paper_on": "12/12/2019"}
    done = press(as_lan, f"/lam-viec/ghi-so/{home.code}/", issuer="Chủ tịch UBND xã", **paper)
    assert done["Location"] == f"/lam-viec/so-vang/ho-gia-dinh/{home.code}/"
    assert sorted(Standing.objects.filter(household=home).values_list("year", flat=True)) == [2019, 2024]
    assert as_lan.get(f"/lam-viec/ghi-so/{home.code}/?so=grades").status_code == 404


def test_where_a_household_lives_is_for_the_clerk_and_the_leaders(
    as_lan: Client, as_minh: Client, as_mai: Client, as_binh: Client, as_quan: Client, home: Household
) -> None:
    rest = (
        f"so-vang/ho-gia-dinh/{home.code}/",
        f"dieu-kien/ho-gia-dinh/{home.code}/",
        f"so-vang/{home.code}/trich-luc.docx",
    )
    clients = (as_lan, as_minh, as_mai, as_binh, as_quan)
    found = [[client.get(f"/lam-viec/{one}").status_code for client in clients] for one in rest]
    assert found == [[200, 200, 404, 404, 409]] * 3
    assert home.name not in read(as_mai.get("/lam-viec/so-vang/ho-gia-dinh/")).words
    other = factories.agency("Sở Xây dựng")
    clerk = factories.actor("Người Khác", other, Duty.Role.CLERK)
    assert list(households_visible_to(clerk)) == []
