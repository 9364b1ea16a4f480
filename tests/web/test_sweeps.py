"""Rà soát over HTTP: who may, whom they see, what the numbers say, the Excel file."""

import datetime
import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from bangvang.honours import actions
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from tests import factories
from tests.web import walk

PAGE = "/lam-viec/ra-soat/"
ASKED = {"nam": "2025", "ngay": "20/12/2025"}
REGISTERS = ("grades", "titles", "initiatives", "awards", "discipline")


def read(answer: Any) -> str:
    return walk.read(answer).words


@pytest.fixture
def graded(binh: Actor, mai: Actor, division: Unit, department: Unit) -> None:
    """Bình is excellent, Mai good; the division's registers of the years are complete."""
    for actor, grade in ((binh, "HTXSNV"), (mai, "HTTNV")):
        actor.person.recruited_on = datetime.date(2016, 9, 1)
        actor.person.save()
        fact = factories.award(
            actor.person, kind=grade, register="grades", paper_number="345/TB-STC",
            paper_on=datetime.date(2025, 12, 12),
        )  # fmt: skip
        actions.enter(fact, by=factories.MACHINE)
    for register in REGISTERS:
        for year in range(2016, 2026):
            actions.declare_complete(division, register, year, by=factories.MACHINE, on=mai.day)


def test_the_clerk_sees_the_agency_and_a_head_the_own_unit(
    as_lan: Client, as_mai: Client, graded: None, office: Unit
) -> None:
    whole, own = read(as_lan.get(PAGE, ASKED)), read(as_mai.get(PAGE, ASKED))
    assert ("3 người." in whole, "Nguyễn Thị Lan" in whole) == (True, True)
    assert ("2 người." in own, "Nguyễn Thị Lan" in own) == (True, False)


def test_staff_and_administrator_are_refused_with_the_reason(as_binh: Client, as_quan: Client) -> None:
    for client in (as_binh, as_quan):
        answer = client.get(PAGE)
        assert answer.status_code == 409
        assert "Rà soát nhiều người dành cho thường trực" in read(answer)
        assert client.get(f"{PAGE}ra-soat.xlsx").status_code == 409


def test_filters_narrow_the_list_and_name_the_one_condition(as_lan: Client, graded: None, division: Unit) -> None:
    asked = {**ASKED, "hinh-thuc": "grassroots_emulation_fighter", "ket-qua": "thieu-1", "don-vi": division.code}
    words = read(as_lan.get(PAGE, asked))
    assert "1 đến 1 trên 1 người" in words
    assert ("Vũ Thanh Mai" in words, "Trần Văn Bình" in words) == (True, False)
    assert "Chưa có: “Hoàn thành xuất sắc nhiệm vụ” trở lên (năm 2025)." in words


def test_collectives_have_their_own_awards(as_lan: Client, graded: None) -> None:
    words = read(as_lan.get(PAGE, {**ASKED, "doi-tuong": "tap-the"}))
    assert ("Tập thể lao động tiên tiến" in words, "Chiến sĩ thi đua toàn quốc" in words) == (True, False)


def test_another_agency_is_not_swept(as_lan: Client, graded: None) -> None:
    other = factories.agency("Sở Xây dựng")
    factories.duty(factories.person("Người Ngoài"), other)
    assert "Người Ngoài" not in read(as_lan.get(PAGE, {**ASKED, "ket-qua": "tat-ca", "don-vi": other.code}))


def test_a_day_that_cannot_be_read_is_said(as_lan: Client) -> None:
    answer = as_lan.get(PAGE, {"nam": "1990", "ngay": "31/02/2026"})
    assert (answer.status_code, "Ngày 31/02/2026 không có" in read(answer)) == (422, True)


def test_the_list_as_excel_has_every_award(as_lan: Client, graded: None) -> None:
    answer = as_lan.get(f"{PAGE}ra-soat.xlsx", {**ASKED, "ket-qua": "tat-ca"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        words = book.read("xl/sharedStrings.xml").decode()
        rows = len(re.findall("<row ", book.read("xl/worksheets/sheet1.xml").decode()))
    named = ("Lao động tiên tiến", "Huân chương Lao động hạng Nhất", "Trần Văn Bình", "Vũ Thanh Mai", "Nguyễn Thị Lan")
    assert (rows, [name for name in named if name not in words]) == (4, [])


def test_a_cap_says_candidates_and_places(as_lan: Client, binh: Actor, mai: Actor, division: Unit) -> None:
    for actor in (binh, mai):
        fact = factories.award(
            actor.person, kind="LDTT", year=2021, paper_number="1/QĐ", paper_on=datetime.date(2021, 12, 1)
        )
        actions.enter(fact, by=factories.MACHINE)
    words = read(as_lan.get(PAGE, {"nam": "2021", "ngay": "20/12/2021"}))
    said = (
        "0 người đủ điều kiện cho 0 chỗ, tính trên số người đạt hoặc được đề nghị “Lao động tiên tiến”: 2 × 15 % = 0,3"
    )
    assert said in words
