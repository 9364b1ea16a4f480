"""What the machine read becomes proposals; only what was agreed becomes a movement."""

import json

import pytest
from django.core.management import call_command

from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements import actions, queries
from bangvang.movements.fields import PlannedAward
from bangvang.movements.models import AwardOffer, Movement, PlanReview
from bangvang.movements.proposals import Proposal, agreed_texts, codes_in, proposals
from bangvang.people.actor import Actor
from tests import factories
from tests.movements import scenes


def by_field(review: PlanReview) -> dict[str, Proposal]:
    return {one.field: one for one in proposals(review)}


def missing(reason: str = "") -> dict[str, object]:
    return {"value": None, "quote": None, "page": None, "line": None, "confidence": 0.0, "reason": reason}


def test_each_value_has_its_quote_and_one_of_three_words(lan: Actor) -> None:
    found = by_field(scenes.review(lan))
    assert (found["title"].standing, found["number"].standing, found["date"].standing) == ("sure", "missing", "look")
    assert found["date"].text == "12/2025"
    assert found["number"].reason == "Số văn bản để trống, văn thư cấp khi ban hành."
    assert len(found["contents"].quotes) == len(found["contents"].text.splitlines()) == 3
    assert [one.field for one in found.values() if one.text and not one.quotes] == []
    assert [one.field for one in found.values() if not one.text and not one.reason] == []


def test_a_month_is_proposed_as_its_edge_and_must_be_looked_at(lan: Actor) -> None:
    end = {
        "value": "2026-02",
        "precision": "month",
        "condition": None,
        "quote": "tháng 02",
        "page": None,
        "line": 1,
        "confidence": 0.9,
    }
    start = {**end, "value": "2026", "precision": "year"}
    found = by_field(scenes.review(lan, period={"start": start, "end": end, "phases": []}))
    assert (found["starts_on"].text, found["ends_on"].text) == ("01/01/2026", "28/02/2026")
    assert {found["starts_on"].standing, found["ends_on"].standing} == {"look"}
    assert found["ends_on"].reason == "Văn bản chỉ ghi 02/2026; ngày này do máy đề xuất."


def test_criteria_without_a_subject_are_asked_on_both_sides(lan: Actor) -> None:
    item = {
        "value": {"text": "Làm xong việc khó", "points": None},
        "quote": "Làm xong việc khó",
        "page": None,
        "line": 3,
        "confidence": 0.9,
    }
    found = by_field(scenes.review(lan, criteria={"collective": [], "individual": [], "other": [item]}))
    assert [found[f"{side}_criteria"].standing for side in ("collective", "individual")] == ["look", "look"]


def test_answers_are_kept_beside_the_reading(lan: Actor) -> None:
    review = scenes.review(lan)
    before = review.reading.draft
    actions.answer(review, {"title": ("corrected", "Tên khác")}, by=lan, version=review.version)
    actions.answer(review, {"number": ("blank", "")}, by=lan, version=review.version)
    fresh = PlanReview.objects.get(pk=review.pk)
    assert agreed_texts(proposals(fresh)) == {"title": "Tên khác", "number": ""}
    assert fresh.reading.draft == before
    assert factories.verbs_of(review) == ["review.open", "review.answer", "review.answer"]


def test_a_second_clerk_with_an_old_page_is_overtaken(lan: Actor) -> None:
    review = scenes.review(lan)
    actions.answer(review, {"title": ("right", "A")}, by=lan, version=1)
    with pytest.raises(Overtaken):
        actions.answer(PlanReview.objects.get(pk=review.pk), {"title": ("right", "B")}, by=lan, version=1)
    assert PlanReview.objects.get(pk=review.pk).answers["title"]["text"] == "A"


def test_awards_confirmed_as_read_keep_code_and_issuer_through_an_edit(lan: Actor) -> None:
    review = scenes.review(lan)
    text = by_field(review)["awards"].text
    awards = tuple(PlannedAward.read(line) for line in text.splitlines())
    movement = actions.use_review(review, factories.plan(awards=awards), symbol="KH-ABC", by=lan)
    codes = ["unit_commendation", "ministry_province_commendation"]
    assert list(movement.awards.values_list("award", flat=True)) == codes
    assert list(movement.awards.values_list("issuer", flat=True)) == ["unit", "province"]
    plan = queries.current_plan(movement)
    actions.edit(movement, plan, version=movement.version, by=lan)
    actions_codes = list(AwardOffer.objects.filter(movement=movement).values_list("award", flat=True))
    assert actions_codes == codes
    assert movement.symbol == "KH-ABC"
    assert PlanReview.objects.get(pk=review.pk).movement == movement


def test_a_record_of_achievements_never_becomes_a_movement(lan: Actor) -> None:
    review = scenes.review(lan, kind="record_article")
    with pytest.raises(Refused, match="nói về thành tích đã đạt"):
        actions.use_review(review, factories.plan(), by=lan)
    assert Movement.objects.count() == 0


@pytest.mark.parametrize("who", ["minh", "hoa", "mai", "binh", "quan"])
def test_only_the_clerks_of_the_agency_review(who: str, lan: Actor, request: pytest.FixtureRequest) -> None:
    review, stranger = scenes.review(lan), request.getfixturevalue(who)
    for act in (
        lambda: actions.answer(review, {"title": ("right", "A")}, by=stranger),
        lambda: actions.use_review(review, factories.plan(), by=stranger),
        lambda: actions.drop_review(review, reason="Nhầm tệp", by=stranger),
        lambda: actions.open_review(review.reading, by=stranger),
    ):
        with pytest.raises(Refused):
            act()
    assert factories.verbs_of(review) == ["review.open"]


def test_the_awards_in_words_are_known() -> None:
    assert codes_in("Giấy khen của Giám đốc Sở") == ["unit_commendation"]
    assert codes_in("Một lời cảm ơn") == []


def test_what_clerks_corrected_measures_the_reader_in_use(lan: Actor, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = scenes.review(lan), scenes.review(lan)
    read = by_field(first)
    actions.answer(first, {"title": ("right", read["title"].text), "number": ("corrected", "83/KH-STC")}, by=lan)
    actions.answer(
        second, {"title": ("corrected", "Tên khác"), "date": ("left_out", ""), "number": ("blank", "")}, by=lan
    )
    uses = {one.field: one for one in queries.uses_of_reading(PlanReview.objects.all())}
    assert (uses["title"].right, uses["title"].corrected, uses["title"].share_right) == (1, 1, 0.5)
    assert uses["title"].sure_but_wrong == 1
    assert (uses["number"].missed, uses["number"].share_right) == (1, None)
    assert (uses["date"].left_out, uses["date"].sure_but_wrong) == (1, 0)
    # The reading itself stays as it was, to compare.
    assert by_field(second)["title"].text == read["title"].text
    call_command("reading_in_use")
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("Tên phong trào"))
    assert line.split()[3:] == ["1", "1", "0", "0", "1", "50%"]
    call_command("reading_in_use", "--json")
    assert json.loads(capsys.readouterr().out)[5]["field"] == "title"
