"""The sweep from the database: what it says of everybody is what is said of each, and it is never old."""

import datetime
from typing import Any

import pytest

from bangvang.honours import actions, findings, planes
from bangvang.honours.models import LedgerEntry
from bangvang.honours.planes import MET, MISSING_DATA, ONE_SHORT, Planes, people_of, sweep, sweep_units
from bangvang.law.explain import NOT_MET, steps_short
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from tests import factories

DAY = datetime.date(2025, 12, 20)
REGISTERS = ("grades", "titles", "initiatives", "awards", "discipline")
PAPER: dict[str, Any] = {"paper_number": "22/QĐ-STC", "paper_on": datetime.date(2025, 12, 10)}


def enter(actor: Actor, register: str, kind: str, year: int = 2025, **columns: object) -> LedgerEntry:
    fact = factories.award(actor.person, kind=kind, register=register, year=year, **columns)
    return actions.enter(fact, by=factories.MACHINE)


def declare(unit: Unit, years: range, *registers: str) -> None:
    for register in registers or REGISTERS:
        for year in years:
            actions.declare_complete(unit, register, year, by=factories.MACHINE, on=DAY)


def told(swept: planes.Swept, place: int) -> dict[str, str]:
    """The classes of one subject, from the explained answers."""
    found = {}
    for award, judged in swept.judged(place).items():
        outcome = judged.provisional or judged.outcome
        short = outcome == NOT_MET and steps_short(judged.findings) == 1
        found[award] = ONE_SHORT if short else outcome
    return found


def test_sweep_says_what_each_answer_says(binh: Actor, mai: Actor, division: Unit) -> None:
    binh.person.recruited_on = datetime.date(2016, 9, 1)
    binh.person.save()
    enter(binh, "grades", "HTXSNV", **PAPER)
    enter(mai, "grades", "HTTNV", **PAPER)
    declare(division, range(2015, 2026))
    people = people_of([division], 2025, DAY)
    swept = sweep(people, year=2025, on=DAY)
    assert [swept.classes_of(place) for place in range(2)] == [told(swept, place) for place in range(2)]
    assert {
        person.full_name: swept.classes_of(place)["grassroots_emulation_fighter"] for place, person in enumerate(people)
    } == {"Trần Văn Bình": "needs_person", "Vũ Thanh Mai": ONE_SHORT}
    for award in swept.awards:
        assert swept.count(award, *planes.CLASSES) == 2


def test_collectives_are_swept_as_each_is_judged(mai: Actor, division: Unit, office: Unit) -> None:
    enter(mai, "titles", "LDTT", **PAPER)
    declare(division, range(2020, 2026))
    swept = sweep_units([division, office], year=2025, on=DAY)
    assert [swept.classes_of(place) for place in range(2)] == [told(swept, place) for place in range(2)]


def test_planes_read_on_to_what_a_fresh_reading_gives(binh: Actor, mai: Actor, division: Unit, office: Unit) -> None:
    people = people_of([division], 2025, DAY)
    kept = Planes(people, 2025, DAY)

    def rows(of: Planes) -> dict[Any, list[int]]:
        return {key: row.tolist() for key, row in of.crowd.rows.items()}

    assert kept.read_on() == 0
    grade = enter(binh, "grades", "HTXSNV", **PAPER)
    assert (kept.read_on(), rows(kept)) == (1, rows(Planes(people, 2025, DAY)))
    actions.correct(grade, {"kind": "HTTNV"}, reason="ghi nhầm", by=factories.MACHINE)
    assert (kept.read_on(), rows(kept)) == (1, rows(Planes(people, 2025, DAY)))
    declare(division, range(2025, 2026), "titles")
    assert (kept.read_on(), rows(kept)) == (2, rows(Planes(people, 2025, DAY)))
    binh.duty.valid_until = datetime.date(2025, 6, 30)
    binh.duty.save()
    factories.duty(binh.person, office, valid_from=datetime.date(2025, 7, 1))
    assert (kept.read_on(), rows(kept)) == (2, rows(Planes(people, 2025, DAY)))


def test_a_large_group_is_kept_and_never_old(binh: Actor, division: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planes, "KEPT_FROM", 1)
    people = people_of([division], 2025, DAY)
    before = sweep(people, year=2025, on=DAY).classes_of(0)["advanced_worker"]
    enter(binh, "grades", "HTXSNV", **PAPER)
    enter(binh, "titles", "LDTT", **PAPER)
    after = sweep(people, year=2025, on=DAY).classes_of(0)
    assert before == MISSING_DATA
    assert after == told(sweep(people, year=2025, on=DAY), 0)
    assert planes._kept[2025, DAY, findings.issuers()].facts[0].grades == {2025: "HTXSNV"}


def test_years_of_declarations_do_not_shift_the_year_of_a_unit(mai: Actor, division: Unit) -> None:
    enter(mai, "grades", "HTTNV", 2025, **PAPER)
    declare(division, range(2021, 2023), "grades")
    assert dict(findings.facts_of(division, DAY, year=2025).unit.grades) == {"HTTNV": 1}


def test_a_unit_has_its_own_grade_or_none_on_record(mai: Actor, division: Unit) -> None:
    declare(division, range(2025, 2026))
    judged = sweep_units([division], year=2025, on=DAY).judged(0)["advanced_collective"]
    outcomes = {leaf.condition: leaf.outcome for finding in judged.findings for leaf in finding.flat()}
    assert outcomes["grade_at_least:HTTNV"] == MISSING_DATA
    fact = {"unit": division, "register": "grades", "kind": "HTNV", "year": 2025, "name_then": division.name, **PAPER}
    actions.enter(fact, by=factories.MACHINE)
    facts = findings.facts_of(division, DAY, year=2025)
    assert (dict(facts.grades), facts.is_complete("grades", 2025)) == ({2025: "HTNV"}, False)


def test_people_of_a_year_are_those_who_served_in_it(binh: Actor, mai: Actor, quan: Actor, division: Unit) -> None:
    binh.duty.valid_until = datetime.date(2024, 12, 31)
    binh.duty.save()
    assert [person.full_name for person in people_of([division], 2025, DAY)] == ["Vũ Thanh Mai"]
    assert len(people_of([division], 2024, DAY)) == 2


def test_facts_of_many_ask_three_questions(
    binh: Actor, mai: Actor, division: Unit, django_assert_num_queries: Any
) -> None:
    people = people_of([division], 2025, DAY)
    with django_assert_num_queries(3):
        list(findings.facts_of_persons(people, DAY))
    assert MET in planes.CLASSES
