"""Every number of the report equals a count made by hand, record by record, on departments made at random."""

import datetime
import random
from collections import Counter

import pytest
from django.test import Client

from bangvang.dossiers.models import Dossier, Nomination
from bangvang.honours import actions as honours
from bangvang.honours.findings import unit_of_year
from bangvang.honours.models import Standing
from bangvang.movements.models import Movement, Registration, RegistrationLine
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from bangvang.statistics.access import may_read_reports, units_reported_to
from bangvang.statistics.reports import LEVELS, awards_by_unit_and_level, level_of
from bangvang.statistics.tables import Column, Table
from tests import factories
from tests.papers.readback import xlsx_sheets
from tests.web.walk import queries_of, read

pytestmark = pytest.mark.django_db
YEAR = 2026
PLACE = "/lam-viec/bao-cao/"
AWARDS = (
    "advanced_worker",
    "grassroots_emulation_fighter",
    "ministry_province_commendation",
    "prime_minister_commendation",
    "unit_commendation",
    "Bằng khen cũ",
)


@pytest.fixture
def busy(lan: Actor, department: Unit, office: Unit, division: Unit) -> list[Movement]:
    """Two movements (this year and last) with registrations, dossiers and a ledger, all by chance."""
    fate = random.Random(11)
    places = [department, office, division]
    people = [factories.person(f"Nguyễn Văn {n}") for n in range(12)]
    for person in people:
        factories.duty(person, fate.choice(places), valid_until=datetime.date(2026, 6, 30))
        if fate.random() < 0.4:
            factories.duty(person, fate.choice(places), valid_from=datetime.date(2026, 7, 1))
    made = []
    for year in (2025, YEAR):
        movement = factories.movement(lan, starts_on=datetime.date(year, 2, 1), ends_on=datetime.date(year, 12, 31))
        numbered = {"state": "issued", "number": year, "issued_on": datetime.date(year, 1, 10), "signer_name": "Minh"}
        Movement.objects.filter(pk=movement.pk).update(**numbered)
        made.append(movement)
        for place in places:
            sent = {
                "state": fate.choice(["draft", "sent", "accepted", "returned"]),
                "sent_on": datetime.date(year, 2, 9),
            }
            registration = Registration.objects.create(movement=movement, unit=place, **sent)
            for person in [*fate.sample(people, 4), None]:
                RegistrationLine.objects.create(
                    registration=registration, person=person, award=fate.choice(AWARDS), entered_by=lan.person
                )
            dossier = Dossier.objects.create(
                unit=place, movement=movement, year=year, drafted_by=lan.person, drafted_on=lan.day,
                state=fate.choice(["draft", "submitted", "accepted"]), submitted_on=lan.day,
            )  # fmt: skip
            for kind in fate.choices(Nomination.Kind.values, k=8):
                about = {"person": fate.choice(people)} if kind == "person" else {}
                about |= {"unit": fate.choice(places)} if kind == "collective" else {}
                Nomination.objects.create(
                    dossier=dossier, kind=kind, award=f"{fate.choice(AWARDS)}", for_year=fate.choice([2025, YEAR]),
                    state=fate.choice(Nomination.State.values), name_then="Ai đó", outside_address="Xã Pha Luông",
                    withdrawn_on=fate.choice([None, None, None, lan.day]), **about,
                ) if not _taken(dossier, about) else None  # fmt: skip
    for person in people:
        honours.enter(factories.award(person, year=fate.choice([2025, YEAR]), kind=fate.choice(AWARDS[:2])), by=lan)
        grade = {"register": "grades", "kind": "HTTNV", "year": YEAR}
        honours.enter(factories.award(person, **grade), by=lan)  # a grade is no award
    for place in places:
        fact = {"unit": place, "name_then": place.name, "register": "awards", "kind": "unit_commendation", "year": YEAR}
        honours.enter(fact, by=lan)
    return made


def _taken(dossier: Dossier, about: dict[str, object]) -> bool:
    return bool(about) and dossier.nominations.filter(**about).exists()


def by_hand(units: list[Unit], movement: Movement | None = None) -> Counter[tuple[str, str, int]]:
    """(unit, level, column) counted record by record with plain conditions."""
    found: Counter[tuple[str, str, int]] = Counter()

    def count(unit: Unit | None, award: str, column: int) -> None:
        if unit in units:
            assert unit is not None
            found[unit.name, LEVELS[level_of(award)], column] += 1

    for line in RegistrationLine.objects.all():
        registration = line.registration
        of_year = registration.movement == movement if movement else registration.movement.starts_on.year == YEAR  # type: ignore[union-attr]
        if of_year and registration.state in {"sent", "accepted"}:
            count(registration.unit, line.award, 0 if line.person else 1)
    for nomination in Nomination.objects.all():
        dossier = nomination.dossier
        if (
            dossier.state == "draft"
            or nomination.withdrawn_on
            or nomination.for_year != YEAR
            or (movement is not None and dossier.movement != movement)
        ):
            continue
        count(dossier.unit, nomination.award, 2 if nomination.subject == "person" else 3)
        results = {"endorsed": 4, "awarded": 5, "declined": 6, "refused": 6}
        if nomination.state in results:
            count(dossier.unit, nomination.award, results[nomination.state])
    if movement is None:
        for fact in Standing.objects.all():
            if fact.register in {"titles", "awards"} and fact.year == YEAR:
                count(unit_of_year(fact.person, YEAR) if fact.person else fact.unit, fact.kind, 7 if fact.person else 8)
    return found


def of_table(table: Table) -> Counter[tuple[str, str, int]]:
    cells = [(str(row[0]), str(row[1]), place, int(cell)) for row in table.rows for place, cell in enumerate(row[2:])]
    return Counter({(unit, level, place): number for unit, level, place, number in cells if number})


def test_the_report_equals_a_count_by_hand(busy: list[Movement], lan: Actor, division: Unit) -> None:
    everything = list(units_reported_to(lan))
    for units in (everything, [division]):
        assert of_table(awards_by_unit_and_level(units, year=YEAR)) == by_hand(units)
        for movement in busy:
            table = awards_by_unit_and_level(units, year=YEAR, movement=movement)
            assert (of_table(table), len(table.columns)) == (by_hand(units, movement), 9)
    assert len(by_hand(everything)) > 20


def test_totals_are_the_sums_of_the_columns(busy: list[Movement], lan: Actor) -> None:
    table = awards_by_unit_and_level(units_reported_to(lan), year=YEAR)
    sums = [sum(int(row[place]) for row in table.rows) for place in range(2, 11)]
    assert table.totals == ("Tổng cộng", "", *sums)
    with pytest.raises(ValueError, match="đủ số cột"):
        Table("Sai", (Column("Một", "một"),), ((1, 2),))


def test_the_excel_file_says_the_same_as_the_page(busy: list[Movement], as_lan: Client, lan: Actor) -> None:
    table = awards_by_unit_and_level(units_reported_to(lan), year=YEAR)
    sheet, notes = xlsx_sheets(as_lan.get(f"{PLACE}so-lieu.xlsx?nam={YEAR}").content)
    titles = tuple(column.title for column in table.columns)
    assert sheet == [titles, *table.rows, table.totals]
    assert notes == [(column.title, column.meaning) for column in table.columns]
    page = read(as_lan.get(f"{PLACE}?nam={YEAR}")).words
    for row in table.rows:
        assert " ".join(str(cell) for cell in row) in page


def test_heads_read_their_unit_and_others_are_refused(
    busy: list[Movement], mai: Actor, binh: Actor, quan: Actor, minh: Actor, division: Unit, as_binh: Client
) -> None:
    assert list(units_reported_to(mai)) == [division]
    assert units_reported_to(minh).count() == 3
    assert [bool(may_read_reports(actor)) for actor in (mai, minh, binh, quan)] == [True, True, False, False]
    assert units_reported_to(binh).count() == units_reported_to(quan).count() == 0
    answer = as_binh.get(PLACE)
    assert (answer.status_code, "trưởng đơn vị xem" in read(answer).words) == (409, True)


def test_filters_live_in_the_address(busy: list[Movement], as_lan: Client) -> None:
    page = read(as_lan.get(f"{PLACE}?nam={YEAR}&phong-trao={busy[1].code}")).words
    assert "Sổ vàng không ghi khen thưởng thuộc phong trào nào" in page
    assert as_lan.get(f"{PLACE}?phong-trao=k3f9abcdef").status_code == 404
    empty = read(as_lan.get(f"{PLACE}?nam=1999")).words
    assert "Chưa có đăng ký, đề nghị hay khen thưởng nào" in empty


def test_the_page_costs_the_same_for_few_and_many_people(
    busy: list[Movement], as_lan: Client, lan: Actor, division: Unit
) -> None:
    queries_of(as_lan, PLACE)  # the first page of a session costs more
    before = queries_of(as_lan, f"{PLACE}?nam={YEAR}")
    for number in range(5):
        person = factories.person(f"Lê Văn {number}")
        factories.duty(person, division, Duty.Role.STAFF)
        honours.enter(factories.award(person, year=YEAR), by=lan)
    assert queries_of(as_lan, f"{PLACE}?nam={YEAR}") == before


def test_reports_write_nothing() -> None:
    from tests.house.test_doors import SRC, writes

    assert [file.name for file in (SRC / "statistics").glob("*.py") if writes(file.read_text(encoding="utf-8"))] == []
