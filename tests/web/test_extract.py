"""Trích lục and the decades of a unit: what stands, what nobody declared complete, who may have it."""

import datetime

import pytest
from django.test import Client

from bangvang.honours import actions
from bangvang.people.actor import Actor
from bangvang.people.models import Unit, UnitChange
from tests import factories
from tests.papers.readback import docx_words, pdf_words
from tests.web.walk import read

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
