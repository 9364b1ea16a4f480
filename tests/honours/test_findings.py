"""From ledger rows to the law's facts: what is proven counts, what is not proven leaves its register open."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from bangvang.honours import actions, findings
from bangvang.kernel.workflow import Refused
from bangvang.law.explain import Judgement
from bangvang.law.facts import Held, Initiative, Span
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from tests import factories

DAY = datetime.date(2025, 12, 20)
PAPER: dict[str, Any] = {"paper_number": "22/QĐ-STC", "paper_on": datetime.date(2025, 1, 10)}


def enter(actor: Actor, register: str, kind: str, year: int = 2024, **columns: object) -> None:
    actions.enter(
        factories.award(actor.person, kind=kind, register=register, year=year, **columns), by=factories.MACHINE
    )


def test_registers_become_facts(binh: Actor, division: Unit) -> None:
    enter(binh, "grades", "HTTNV", **PAPER)
    enter(binh, "titles", "LDTT", **PAPER)
    enter(
        binh, "awards", "GIAY_KHEN", starts_on=datetime.date(2023, 1, 1), ends_on=datetime.date(2024, 12, 31), **PAPER
    )
    enter(binh, "initiatives", "co_so", note="Bảng kê chung")
    enter(binh, "discipline", "khien_trach", starts_on=datetime.date(2024, 6, 16), ends_on=datetime.date(2025, 6, 15))
    enter(binh, "discipline", "hold_inspection", starts_on=datetime.date(2025, 10, 6))
    facts = findings.facts_of(binh.person, DAY)
    assert facts.grades == {2024: "HTTNV"}
    assert facts.awards == (
        Held(
            "advanced_worker",
            "cong_trang",
            PAPER["paper_on"],
            (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31)),
            "22/QĐ-STC",
        ),
        Held(
            "unit_commendation",
            "cong_trang",
            PAPER["paper_on"],
            (datetime.date(2023, 1, 1), datetime.date(2024, 12, 31)),
            "22/QĐ-STC",
        ),
    )
    assert facts.initiatives == (Initiative("Bảng kê chung", 2024, "co_so"),)
    assert facts.discipline == (Span("khien_trach", datetime.date(2024, 6, 16), datetime.date(2025, 6, 15)),)
    assert facts.holds == (Span("hold_inspection", datetime.date(2025, 10, 6)),)


def test_unproven_fact_decides_nothing_and_opens_its_register(binh: Actor, division: Unit) -> None:
    enter(binh, "titles", "CSTDCS", is_verified=False)
    actions.declare_complete(division, "titles", 2024, by=factories.MACHINE, on=DAY)
    actions.declare_complete(division, "titles", 2023, by=factories.MACHINE, on=DAY)
    facts = findings.facts_of(binh.person, DAY)
    assert (facts.titles, facts.awards, facts.complete) == ({}, (), {"titles": frozenset({2023})})


def test_title_decided_later_is_not_known_yet_and_is_no_gap(binh: Actor, division: Unit) -> None:
    enter(binh, "titles", "LDTT", **PAPER)
    actions.declare_complete(division, "titles", 2024, by=factories.MACHINE, on=DAY)
    before = findings.facts_of(binh.person, datetime.date(2024, 12, 20))
    assert (before.awards, before.complete) == ((), {"titles": frozenset()})
    assert findings.facts_of(binh.person, PAPER["paper_on"]).complete == {"titles": frozenset({2024})}


def test_the_unit_left_in_a_year_does_not_close_its_registers(binh: Actor, division: Unit, office: Unit) -> None:
    binh.duty.valid_until = datetime.date(2024, 6, 30)
    binh.duty.save()
    factories.duty(binh.person, office, valid_from=datetime.date(2024, 7, 1))
    actions.declare_complete(division, "grades", 2024, by=factories.MACHINE, on=DAY)
    assert findings.facts_of(binh.person, DAY).complete == {}
    actions.declare_complete(office, "grades", 2024, by=factories.MACHINE, on=DAY)
    assert findings.facts_of(binh.person, DAY).complete == {"grades": frozenset({2024})}


def test_members_of_a_unit_without_record_make_its_shares_intervals(binh: Actor, mai: Actor, division: Unit) -> None:
    enter(binh, "grades", "HTTNV", 2025)
    enter(binh, "titles", "LDTT", 2025)
    count = findings.facts_of(division, DAY, year=2025).unit
    assert (count.members, count.unknown, dict(count.grades), dict(count.titles)) == (
        2,
        1,
        {"HTTNV": 1},
        {"advanced_worker": 1},
    )
    for register in ("grades", "titles"):
        actions.declare_complete(division, register, 2025, by=factories.MACHINE, on=DAY)
    assert findings.facts_of(division, DAY, year=2025).unit.unknown == 0


def test_registers_closed_for_other_years_do_not_move_the_year_of_the_head_count(binh: Actor, division: Unit) -> None:
    enter(binh, "grades", "HTTNV", 2024)
    for year in (2023, 2024, 2025):
        actions.declare_complete(division, "grades", year, by=factories.MACHINE, on=DAY)
    facts = findings.facts_of(division, DAY, year=2024)
    assert (dict(facts.unit.grades), facts.complete["unit"]) == ({"HTTNV": 1}, frozenset({2024}))


def test_same_title_under_another_spelling_is_refused(lan: Actor, binh: Actor) -> None:
    enter(binh, "titles", "LDTT", **PAPER)
    with pytest.raises(Refused, match="đã có “Lao động tiên tiến”"):
        actions.enter_proven(factories.award(binh.person, year=2024), by=lan)


def test_only_the_standing_body_writes_the_ledger(mai: Actor, binh: Actor, division: Unit) -> None:
    with pytest.raises(Refused, match="Sổ vàng do thường trực"):
        actions.enter_proven(factories.award(binh.person), by=mai)
    with pytest.raises(Refused, match="Sổ vàng do thường trực"):
        actions.declare(division, "grades", 2025, by=mai)


def test_the_installation_stands_under_its_own_issuers(binh: Actor, settings: Any) -> None:
    facts = findings.facts_of(binh.person, DAY)
    conditions = lambda judged: {leaf.condition for one in judged.findings for leaf in one.flat()}  # noqa: E731
    national = conditions(findings.judge_of(facts, "advanced_worker", year=2025, on=datetime.date(2025, 12, 31)))
    settings.LAW_UNDER = ("vn", "btc")
    local = conditions(findings.judge_of(facts, "advanced_worker", year=2025, on=datetime.date(2025, 12, 31)))
    assert local - national == {"total_absence_months_from:3"}
    settings.LAW_UNDER = ("vn", "nowhere")
    with pytest.raises(ImproperlyConfigured, match="chưa nạp quy định của nowhere"):
        findings.issuers()


def leaf(judged: Any, condition: str) -> Any:
    flat = (item for finding in judged.findings for item in finding.flat())
    return next(item for item in flat if item.condition.startswith(condition))


def test_only_the_head_of_an_agency_of_a_province_holds_a_post_that_the_law_names(
    minh: Actor, tuan: Actor, mai: Actor
) -> None:
    found = dict(findings.facts_of_persons([minh.person, tuan.person, mai.person], DAY))
    assert [found[who.person.pk].service.posts for who in (minh, tuan, mai)] == [
        (Span("giam_doc_so", factories.LONG_AGO),),
        (Span("pho_giam_doc_so", factories.LONG_AGO),),
        (),
    ]


@pytest.mark.parametrize(
    ("since", "outcomes"),
    [
        (datetime.date(2024, 1, 1), ("needs_person", "needs_person")),  # earlier posts may stand in the personnel file
        (datetime.date(2019, 1, 1), ("needs_person", "needs_person")),
        (datetime.date(2014, 1, 1), ("not_met", "needs_person")),  # 11 years: a higher class than 6 to 10
        (datetime.date(2009, 1, 1), ("not_met", "met")),
    ],
)
def test_time_in_a_post_is_a_lower_bound_and_the_rest_is_asked_of_a_person(
    minh: Actor, since: datetime.date, outcomes: tuple[str, str]
) -> None:
    minh.duty.valid_from = since
    minh.duty.save()
    facts = findings.facts_of(minh.person, DAY)
    third = leaf(findings.judge_of(facts, "labour_order_third", year=2025, on=DAY), "in_post:vu_truong:6:10")
    first = leaf(findings.judge_of(facts, "labour_order_first", year=2025, on=DAY), "in_post:vu_truong:15")
    assert (third.outcome, first.outcome) == outcomes


def test_what_no_register_here_tells_says_what_to_open_and_takes_an_answer(mai: Actor) -> None:
    facts = findings.facts_of(mai.person, DAY)
    asked = {"year": 2025, "on": DAY}
    absent = leaf(findings.judge_of(facts, "advanced_worker", under=("vn", "btc"), **asked), "total_absence")
    post = leaf(findings.judge_of(facts, "labour_order_third", **asked), "in_post:tong_cuc_truong")
    assert (absent.outcome, post.outcome) == ("needs_person", "needs_person")
    assert absent.text.endswith("(sổ vàng không ghi: mở sổ theo dõi ngày nghỉ của đơn vị)")
    assert post.text == (
        "Giữ chức vụ (tổng cục trưởng) từ 03 đến dưới 05 năm"
        " (sổ vàng không ghi: mở hồ sơ cán bộ, quá trình giữ chức vụ)"
    )
    for is_yes, outcome in ((True, "met"), (False, "not_met")):
        said = [Judgement(absent.condition, is_yes)]
        judged = findings.judge_of(facts, "advanced_worker", under=("vn", "btc"), judgements=said, **asked)
        assert leaf(judged, "total_absence").outcome == outcome


IDEA = Initiative("Bảng kê chung", 2025, "bo_tinh")


@pytest.mark.parametrize(
    ("said", "used_for", "may_serve", "outcome"),
    [
        ({}, (), ("grassroots_emulation_fighter",), "needs_person"),  # an old decision does not say
        ({"initiatives_used": ""}, (), (), "met"),
        ({"initiatives_used": "Bảng kê chung"}, ("grassroots_emulation_fighter",), (), "not_met"),
        ({"initiatives_used": "Mẫu biểu số hoá\nBảng kê"}, (), (), "met"),
    ],
)
def test_an_initiative_serves_one_award_and_silence_about_it_is_asked_of_a_person(
    binh: Actor,
    division: Unit,
    said: dict[str, str],
    used_for: tuple[str, ...],
    may_serve: tuple[str, ...],
    outcome: str,
) -> None:
    paper = {"paper_number": "22/QĐ-STC", "paper_on": datetime.date(2025, 12, 15)}
    enter(binh, "titles", "CSTDCS", 2025, **paper, **said)
    enter(binh, "titles", "LDTT", 2025, **paper)
    enter(binh, "initiatives", "bo_tinh", 2025, note="Bảng kê chung", **paper)
    for year in (2023, 2024, 2025):
        actions.declare_complete(division, "initiatives", year, by=factories.MACHINE, on=DAY)
    facts = findings.facts_of(binh.person, DAY)
    assert facts.initiatives == (replace(IDEA, used_for=used_for, may_serve=may_serve),)
    judged = findings.judge_of(facts, "ministry_province_emulation_fighter", year=2025, on=DAY)
    assert leaf(judged, "initiative_level:bo_tinh").outcome == outcome
