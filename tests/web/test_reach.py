"""Beside each title aimed at: within reach this year or not, what is missing; only to those who may see the ledger of the person."""

import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from bangvang.honours import actions as honours
from bangvang.movements import actions
from bangvang.movements.models import Registration
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.web.staff import reach
from tests import factories
from tests.movements import scenes
from tests.web.walk import queries_of, read

HIGHER = "ministry_province_emulation_fighter"


@pytest.fixture
def registration(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit) -> Registration:
    """Bình aims at this year's title and at one that needs three years in a row, of which a closed register lacks one."""
    made = scenes.registration_of(scenes.rolled_out(lan, minh, hoa, [division]), division)
    for award in ("advanced_worker", HIGHER):
        actions.register(made, person=binh.person, award=award, target="", by=mai)
    for year in (2023, 2024, 2025):
        honours.declare_complete(division, "titles", year, by=factories.MACHINE, on=datetime.date(2026, 1, 15))
    return made


def page_of(registration: Registration) -> str:
    return f"/lam-viec/dang-ky/{registration.code}/"


def test_what_is_still_to_come_is_within_reach_and_what_is_past_is_not(
    registration: Registration, binh: Actor, minh: Actor
) -> None:
    lines = {line.award: line for line in registration.lines.select_related("registration")}
    for reader in (binh, minh):
        found = reach.reach_of(registration.movement, lines.values(), reader)
        near, far = found[lines["advanced_worker"].pk], found[lines[HIGHER].pk]
        assert (near.word, "2026" in near.missing) == ("Trong tầm", True)
        assert (far.word, far.missing.startswith("Chưa có")) == ("Ngoài tầm năm nay", True)


def test_a_colleague_reads_the_line_and_not_the_answer(
    as_binh: Client, as_mai: Client, registration: Registration, mai: Actor, division: Unit
) -> None:
    actions.register(registration, person=mai.person, award="advanced_worker", target="", by=mai)
    own = reach.reach_of(registration.movement, registration.lines.all(), mai)
    assert len(own) == 3
    words = read(as_binh.get(page_of(registration))).words
    assert ("Trong tầm năm 2026" in words, words.count("Ngoài tầm"), "Vũ Thanh Mai" in words) == (True, 1, True)
    colleague = factories.actor("Đỗ Văn Sáu", division)
    assert reach.reach_of(registration.movement, registration.lines.all(), colleague) == {}


def test_in_the_table_of_all_units_and_in_its_file(as_lan: Client, registration: Registration) -> None:
    summary = f"/lam-viec/dang-ky/phong-trao/{registration.movement.code}/"
    assert "Ngoài tầm năm nay" in read(as_lan.get(summary)).words
    file = as_lan.get(f"{summary}tong-hop.xlsx")
    with ZipFile(BytesIO(file.content)) as book:
        assert "Ngoài tầm năm nay" in book.read("xl/sharedStrings.xml").decode()


def test_more_people_cost_no_more_questions(
    as_lan: Client, registration: Registration, mai: Actor, division: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    summary = f"/lam-viec/dang-ky/phong-trao/{registration.movement.code}/"
    queries_of(as_lan, summary)  # the first page of a session writes it
    few = queries_of(as_lan, summary)
    for number in range(8):
        other = factories.person(f"Người Thứ {number}")
        factories.duty(other, division)
        actions.register(registration, person=other, award="advanced_worker", target="", by=mai)
    assert queries_of(as_lan, summary) == few
    monkeypatch.setattr(reach, "MOST_LINES", 9)
    assert "Trong tầm" not in read(as_lan.get(summary)).words
