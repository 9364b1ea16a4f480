"""What an article tells of honours: unverified, counting for nothing until a decision is attached; results only noted."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from bangvang.honours import actions, findings
from bangvang.honours.access import claims_visible_to
from bangvang.honours.models import Claim, LedgerEntry, Standing
from bangvang.honours.queries import ProvenHonour
from bangvang.kernel.workflow import Refused
from bangvang.movements import actions as movements
from bangvang.movements.models import Movement, PlanReview
from bangvang.people.actor import Actor
from tests import factories
from tests.movements import scenes

PAPER_ON = datetime.date(2020, 5, 21)


@pytest.fixture
def claims(lan: Actor, media: object) -> list[Claim]:
    review = scenes.record_review(lan)
    movements.report_record(review, by=lan)
    return list(Claim.objects.order_by("place"))


def honour(unit: object, **changes: object) -> ProvenHonour:
    known = {
        "unit": unit,
        "kind": "labour_order_second",
        "year": 2020,
        "paper_number": "918/QĐ-CTN",
        "paper_on": PAPER_ON,
        "issuer": "Chủ tịch nước",
    }
    return ProvenHonour(**{**known, **changes})  # type: ignore[arg-type]


def held(lan: Actor) -> list[tuple[str, str]]:
    facts = findings.facts_of(lan.agency, factories.DAY, year=2020)
    return [(one.award, one.number) for one in facts.awards]


def test_an_article_becomes_claims_and_no_line_of_the_ledger(claims: list[Claim], lan: Actor) -> None:
    told = [(claim.sort, claim.kind, claim.year) for claim in claims]
    assert told == [
        ("honour", "labour_order_second", 2020),
        ("honour", "government_flag", 2021),
        ("honour", "ministry_province_commendation", None),
        ("fact", "", None),
        ("fact", "", None),
        ("fact", "", None),
    ]
    assert (Standing.objects.count(), LedgerEntry.objects.count(), Movement.objects.count()) == (0, 0, 0)
    assert held(lan) == []
    assert factories.verbs_of(claims[0]) == ["claim.report"]


def test_an_article_is_taken_in_once(claims: list[Claim], lan: Actor) -> None:
    with pytest.raises(Refused):
        actions.report(claims[0].reading, by=lan)
    with pytest.raises(Refused):
        movements.report_record(PlanReview.objects.get(), by=lan)


def test_claims_leave_what_is_declared_complete_as_it_is(claims: list[Claim], lan: Actor) -> None:
    actions.declare(lan.agency, "awards", 2020, by=lan)
    assert findings.facts_of(lan.agency, factories.DAY, year=2020).complete["awards"] == frozenset({2020})


def test_a_decision_makes_it_count(claims: list[Claim], lan: Actor) -> None:
    entry = actions.prove_honour(
        claims[0], honour(lan.agency), decision=factories.stored_file(lan.user), by=lan, version=claims[0].version
    )
    claims[0].refresh_from_db()
    assert (claims[0].state, claims[0].entry, entry.is_verified) == ("proven", entry, True)
    assert held(lan) == [("labour_order_second", "918/QĐ-CTN")]
    assert factories.verbs_of(claims[0]) == ["claim.report", "claim.prove"]
    assert "claim.prove" in factories.verbs_of(lan.agency)


def test_a_file_that_is_not_in_order_proves_nothing(claims: list[Claim], lan: Actor, minh: Actor) -> None:
    for file in (
        factories.stored_file(lan.user, state="waiting"),
        factories.stored_file(lan.user, state="refused", refusal="Tệp hỏng."),
        factories.stored_file(minh.user),
    ):
        with pytest.raises(Refused):
            actions.prove_honour(claims[0], honour(lan.agency), decision=file, by=lan)
    assert (Standing.objects.count(), Claim.objects.filter(state="waiting").count()) == (0, 6)


def test_the_database_keeps_a_proven_honour_with_its_decision(claims: list[Claim]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claims[0].pk).update(state="proven")
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claims[3].pk).update(state="proven")


def test_a_result_is_noted_with_its_source_and_never_enters_the_ledger(claims: list[Claim], lan: Actor) -> None:
    actions.note_fact(claims[3], source="Báo cáo 120/BC-SLS ngày 05/01/2023", by=lan)
    claims[3].refresh_from_db()
    assert (claims[3].state, claims[3].source) == ("proven", "Báo cáo 120/BC-SLS ngày 05/01/2023")
    assert Standing.objects.count() == 0
    for wrong in (
        lambda: actions.note_fact(claims[4], source=" ", by=lan),
        lambda: actions.note_fact(claims[0], source="Báo", by=lan),
        lambda: actions.prove_honour(claims[4], honour(lan.agency), decision=factories.stored_file(lan.user), by=lan),
    ):
        with pytest.raises(Refused):
            wrong()


def test_dismissing_needs_a_reason_and_is_the_end(claims: list[Claim], lan: Actor) -> None:
    with pytest.raises(Refused):
        actions.dismiss(claims[1], reason=" ", by=lan)
    actions.dismiss(claims[1], reason="Cờ của năm khác.", by=lan)
    with pytest.raises(Refused):
        actions.prove_honour(claims[1], honour(lan.agency), decision=factories.stored_file(lan.user), by=lan)


def test_only_the_clerk_and_leaders_of_the_agency_see_and_only_the_clerk_settles(
    claims: list[Claim], lan: Actor, minh: Actor, binh: Actor, quan: Actor
) -> None:
    assert [claims_visible_to(actor).count() for actor in (lan, minh, binh, quan)] == [6, 6, 0, 0]
    with pytest.raises(Refused):
        actions.dismiss(claims[0], reason="Không rõ.", by=minh)


def test_a_plan_is_no_article(lan: Actor, media: object) -> None:
    with pytest.raises(Refused):
        movements.report_record(scenes.review(lan), by=lan)
    assert Claim.objects.count() == 0
