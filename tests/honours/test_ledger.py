"""The ledger is written once and corrected by new entries; the standing facts follow in the same transaction."""

import datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from bangvang.honours import actions
from bangvang.honours.access import may_enter
from bangvang.honours.models import Completeness, LedgerEntry, Register, Standing
from bangvang.honours.queries import years_of
from bangvang.kernel.models import Event
from bangvang.people.actor import Actor
from tests import factories


def rows() -> list[tuple[object, ...]]:
    return list(
        Standing.objects.order_by("entry__seq").values_list("entry__seq", "person", "kind", "year", "search_key")
    )


def test_an_entry_stands_and_is_told_in_the_persons_story(lan: Actor, binh: Actor) -> None:
    entry = actions.enter(factories.award(binh.person), by=lan)
    assert rows() == [(1, binh.person.pk, "advanced_worker", 2025, "tran van binh")]
    assert (entry.seq, factories.verbs_of(binh.person)) == (1, ["honours.enter"])


def test_a_correction_is_a_new_entry_and_the_wrong_one_stays_readable(lan: Actor, binh: Actor, mai: Actor) -> None:
    wrong = actions.enter(factories.award(binh.person, year=2024), by=lan)
    right = actions.correct(
        wrong, {"year": 2025, "person": mai.person, "name_then": "Vũ Thanh Mai"}, reason="Ghi nhầm", by=lan
    )
    assert (right.corrects, right.withdraws, right.kind) == (wrong, False, "advanced_worker")
    assert rows() == [(2, mai.person.pk, "advanced_worker", 2025, "vu thanh mai")]
    assert LedgerEntry.objects.get(seq=1).year == 2024
    # Both stories tell it: the one that lost the award and the one that got it.
    assert factories.verbs_of(binh.person) == ["honours.enter", "honours.correct"]
    assert factories.verbs_of(mai.person) == ["honours.correct"]


def test_a_withdrawal_leaves_nothing_standing(lan: Actor, binh: Actor) -> None:
    wrong = actions.enter(factories.award(binh.person), by=lan)
    taken_back = actions.correct(wrong, None, reason="Quyết định đã huỷ", by=lan)
    assert (taken_back.withdraws, rows(), LedgerEntry.objects.count()) == (True, [], 2)


def test_an_entry_is_corrected_once(lan: Actor, binh: Actor) -> None:
    wrong = actions.enter(factories.award(binh.person), by=lan)
    actions.correct(wrong, None, reason="một", by=lan)
    with pytest.raises(IntegrityError):
        actions.correct(wrong, None, reason="hai", by=lan)
    assert LedgerEntry.objects.count() == 2


@pytest.mark.parametrize(("register", "kind"), [("titles", "advanced_worker"), ("grades", "good")])
def test_one_title_of_a_kind_and_one_grade_a_year(register: str, kind: str, lan: Actor, binh: Actor) -> None:
    fact = factories.award(binh.person, register=register, kind=kind)
    actions.enter(fact, by=lan)
    with pytest.raises(IntegrityError):
        actions.enter(fact, by=lan)
    assert (LedgerEntry.objects.count(), Event.objects.count()) == (1, 1)


def test_an_entry_is_about_a_person_or_a_unit_never_both(lan: Actor, binh: Actor) -> None:
    with pytest.raises(IntegrityError):
        actions.enter(factories.award(binh.person, unit=binh.unit), by=lan)


def test_a_written_entry_cannot_be_changed(lan: Actor, binh: Actor) -> None:
    actions.enter(factories.award(binh.person), by=lan)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LedgerEntry.objects.update(year=1999)


def test_a_batch_is_one_event_and_numbers_go_on_without_a_gap(lan: Actor, binh: Actor, mai: Actor) -> None:
    actions.enter(factories.award(binh.person, year=2023), by=lan)
    facts = [factories.award(actor.person, year=2024) for actor in (binh, mai)]
    assert actions.enter_many(facts, by=lan, roots=[binh.unit], batch="Năm 2024") == 2
    assert list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    assert factories.verbs_of(binh.unit) == ["honours.enter_many"]
    assert len(rows()) == 3


def test_rebuilding_from_the_ledger_gives_the_same_rows(lan: Actor, binh: Actor, mai: Actor) -> None:
    wrong = actions.enter(factories.award(binh.person, year=2023), by=lan)
    actions.correct(wrong, {"year": 2024}, reason="nhầm năm", by=lan)
    actions.correct(actions.enter(factories.award(mai.person), by=lan), None, reason="huỷ", by=lan)
    actions.enter(factories.award(mai.person, kind="grassroots_emulation_fighter"), by=lan)
    before = rows()
    assert actions.rebuild() == 2
    assert rows() == before


def test_a_year_is_complete_only_when_somebody_says_so(lan: Actor, binh: Actor) -> None:
    actions.enter(factories.award(binh.person, year=2024), by=lan)
    for _ in range(2):
        actions.declare_complete(binh.unit, Register.TITLES, 2025, by=lan, on=factories.DAY)
    assert Completeness.objects.get().declared_by == lan.duty_text
    newest, oldest = years_of(binh.person, Standing.objects.all(), until=2025)
    assert (newest.year, newest.facts, "Danh hiệu thi đua" in newest.gaps) == (2025, (), False)
    assert (oldest.year, [fact.kind for fact in oldest.facts], len(oldest.gaps)) == (2024, ["advanced_worker"], 5)


def test_years_begin_with_recruitment_and_without_either_with_the_asked_year(binh: Actor, mai: Actor) -> None:
    binh.person.recruited_on = datetime.date(2023, 9, 1)
    assert [row.year for row in years_of(binh.person, Standing.objects.all(), until=2025)] == [2025, 2024, 2023]
    assert [row.year for row in years_of(mai.person, Standing.objects.all(), until=2025)] == [2025]


def test_only_the_standing_body_writes_the_ledger(lan: Actor, minh: Actor) -> None:
    assert bool(may_enter(lan)) is True
    assert may_enter(minh).reason == "Sổ vàng do thường trực thi đua, khen thưởng ghi."
