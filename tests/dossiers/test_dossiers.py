"""A dossier from the unit's review to acceptance: who may what, what is stored, what never disappears."""

import datetime
import json
from dataclasses import replace

import pytest
from django.db import IntegrityError

from bangvang.dossiers import actions, papers, queries
from bangvang.dossiers.access import dossiers_visible_to, nominations_visible_to
from bangvang.dossiers.models import Dossier, Evidence, Nomination
from bangvang.dossiers.workflow import DOSSIER
from bangvang.honours import actions as honours
from bangvang.kernel.models import Event, public_code
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.papers import actions as stored
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from tests import factories

S = Dossier.State


@pytest.fixture
def dossier(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit, media: object) -> Dossier:
    movement = factories.movement(lan)
    factories.roll_out(movement, division, lan, minh, hoa)
    return actions.open_dossier(movement, 2025, by=mai)


def ready(dossier: Dossier, mai: Actor, binh: Actor) -> Nomination:
    """The review recorded and one complete line."""
    actions.record_review(dossier, factories.meeting(mai, binh.person), by=mai)
    return actions.nominate(dossier, factories.nomination(binh.person), by=mai)


def test_dossier_goes_from_draft_to_accepted_and_every_step_is_told(
    dossier: Dossier, lan: Actor, mai: Actor, binh: Actor
) -> None:
    line = ready(dossier, mai, binh)
    actions.submit(dossier, by=mai)
    actions.send_back(dossier, reason="Thiếu số liệu.", by=lan)
    actions.submit(dossier, by=mai)
    actions.accept(dossier, by=lan)
    assert (dossier.state, dossier.submitted_on) == (S.ACCEPTED, factories.DAY)
    assert factories.verbs_of(dossier) == [
        "dossier.open", "dossier.record_review", "nomination.add", "dossier.submit", "dossier.return", "dossier.submit", "dossier.accept",
    ]  # fmt: skip
    assert line.stored_findings.count() == 2


def test_incomplete_dossier_names_what_is_missing(dossier: Dossier, mai: Actor, binh: Actor) -> None:
    actions.nominate(
        dossier, factories.nomination(binh.person, achievement="", votes_for=None, votes_total=None), by=mai
    )
    with pytest.raises(Refused) as refused:
        actions.submit(dossier, by=mai)
    assert refused.value.verdict.reason == (
        "Hồ sơ còn thiếu: biên bản bình xét; tóm tắt thành tích của Trần Văn Bình; số phiếu cho Trần Văn Bình."
    )


def test_what_is_honoured_at_once_goes_up_without_minutes_and_votes(
    dossier: Dossier, mai: Actor, binh: Actor, division: Unit
) -> None:
    """The simplified procedure asks for the proposal and the summary; a line of another kind beside it asks for the rest."""
    quick = factories.nomination(binh.person, award="unit_commendation", stream="dot_xuat")
    actions.nominate(dossier, replace(quick, votes_for=None, votes_total=None), by=mai)
    assert queries.missing_parts(dossier) == []
    other = actions.nominate(dossier, factories.nomination(division, award="advanced_collective"), by=mai)
    assert "biên bản bình xét" in queries.missing_parts(dossier)
    actions.withdraw_nomination(other, reason="Để đợt sau.", by=mai)
    actions.submit(dossier, by=mai)
    assert [order.form for order in stored.papers_of(dossier)] == ["nomination_list"]


def test_more_votes_than_people_present_is_not_complete(dossier: Dossier, mai: Actor, binh: Actor) -> None:
    line = ready(dossier, mai, binh)
    given = replace(queries.fields_of(line), votes_for=3, votes_total=3)
    actions.edit_nomination(line, given, version=1, by=mai)
    assert queries.missing_parts(dossier) == ["số phiếu cho Trần Văn Bình khớp với 2 người dự họp"]


@pytest.mark.parametrize("who", ["lan", "binh", "minh", "quan"])
def test_only_the_head_of_the_unit_nominates(
    dossier: Dossier, binh: Actor, who: str, request: pytest.FixtureRequest
) -> None:
    stranger: Actor = request.getfixturevalue(who)
    with pytest.raises(Refused) as refused:
        actions.nominate(dossier, factories.nomination(binh.person), by=stranger)
    assert refused.value.verdict.reason == "Việc này do trưởng Phòng Quản lý ngân sách làm."


def test_unit_does_not_accept_its_own_dossier(dossier: Dossier, mai: Actor, binh: Actor) -> None:
    ready(dossier, mai, binh)
    actions.submit(dossier, by=mai)
    assert (
        DOSSIER.verdict(dossier, "accept", mai).reason
        == "Việc này do thường trực thi đua, khen thưởng của cơ quan làm."
    )


def test_second_dossier_of_the_same_round_is_refused(dossier: Dossier, mai: Actor) -> None:
    with pytest.raises(Refused, match="Đơn vị đã có hồ sơ"):
        actions.open_dossier(dossier.movement, 2025, by=mai)


def test_the_next_dossier_of_a_round_is_opened_once_the_last_was_taken_in(
    dossier: Dossier, lan: Actor, mai: Actor, binh: Actor
) -> None:
    """A deed is commended at once; the reviews of the same movement, of the same year, come after it."""
    ready(dossier, mai, binh)
    actions.submit(dossier, by=mai)
    with pytest.raises(Refused, match="chưa được tiếp nhận"):
        actions.open_dossier(dossier.movement, 2025, by=mai)
    assert not queries.rounds_of(mai.unit).exists()
    actions.accept(dossier, by=lan)
    assert [row.movement for row in queries.rounds_of(mai.unit)] == [dossier.movement]
    actions.open_dossier(dossier.movement, 2025, by=mai)
    assert Dossier.objects.filter(unit=mai.unit, movement=dossier.movement).count() == 2


def test_movement_that_was_not_rolled_out_gives_no_dossier(lan: Actor, mai: Actor) -> None:
    with pytest.raises(Refused, match="chưa triển khai đến đơn vị"):
        actions.open_dossier(factories.movement(lan), 2025, by=mai)


def test_second_edit_of_the_same_version_is_overtaken_and_writes_nothing(
    dossier: Dossier, mai: Actor, binh: Actor
) -> None:
    line = ready(dossier, mai, binh)
    twin = Nomination.objects.select_related("dossier").get(pk=line.pk)
    actions.edit_nomination(line, replace(queries.fields_of(line), achievement="Bản thứ nhất."), version=1, by=mai)
    with pytest.raises(Overtaken):
        actions.edit_nomination(twin, replace(queries.fields_of(twin), achievement="Bản thứ hai."), version=1, by=mai)
    assert Nomination.objects.get(pk=line.pk).achievement == "Bản thứ nhất."


def test_same_person_and_award_twice_is_refused(dossier: Dossier, mai: Actor, binh: Actor) -> None:
    actions.nominate(dossier, factories.nomination(binh.person), by=mai)
    with pytest.raises(Refused, match="đã được đề nghị"):
        actions.nominate(dossier, factories.nomination(binh.person), by=mai)


def test_same_form_sent_twice_is_an_integrity_error_of_the_code(dossier: Dossier, mai: Actor, binh: Actor) -> None:
    code = public_code()
    actions.nominate(dossier, factories.nomination(binh.person), code=code, by=mai)
    with pytest.raises(IntegrityError):
        actions.nominate(dossier, factories.nomination(binh.person, year=2024), code=code, by=mai)


def test_dead_person_is_nominated_only_posthumously(dossier: Dossier, mai: Actor, division: Unit) -> None:
    late = factories.person("Đặng Văn Trí", died_on=datetime.date(2025, 8, 14))
    factories.duty(late, division, valid_until=datetime.date(2025, 8, 14))
    with pytest.raises(Refused, match="truy tặng"):
        actions.nominate(dossier, factories.nomination(late), by=mai)
    line = actions.nominate(dossier, factories.nomination(late, is_posthumous=True), by=mai)
    assert (line.is_posthumous, line.name_then, line.title_then) == (True, "Đặng Văn Trí", "Chuyên viên")


def test_donor_from_outside_is_nominated_by_name_and_address(dossier: Dossier, mai: Actor, binh: Actor) -> None:
    outside = {"kind": "outside_person", "who": "", "outside_name": "Bà Lò Thị Pha", "outside_address": "Xã Nậm Lúc"}
    given = replace(factories.nomination(binh.person, award="unit_commendation"), **outside)
    line = actions.nominate(dossier, given, by=mai)
    assert (line.name_then, line.outside_address, line.person_id) == ("Bà Lò Thị Pha", "Xã Nậm Lúc", None)
    with pytest.raises(Refused, match="cần ghi tên và địa chỉ"):
        actions.nominate(dossier, replace(given, outside_address=""), by=mai)


def test_person_of_another_unit_is_refused(dossier: Dossier, mai: Actor, lan: Actor) -> None:
    with pytest.raises(Refused, match="không công tác ở đơn vị"):
        actions.nominate(dossier, factories.nomination(lan.person), by=mai)


def test_withdrawn_line_leaves_the_dossier_and_stays_readable(dossier: Dossier, mai: Actor, binh: Actor) -> None:
    line = ready(dossier, mai, binh)
    actions.withdraw_nomination(line, reason="Người được đề nghị xin rút.", by=mai)
    assert queries.standing_lines(dossier) == []
    assert Nomination.objects.get(pk=line.pk).withdrawn_on == factories.DAY


def test_staff_see_their_own_line_only_and_the_administrator_none(
    dossier: Dossier, mai: Actor, binh: Actor, quan: Actor, lan: Actor, division: Unit
) -> None:
    own = actions.nominate(dossier, factories.nomination(binh.person), by=mai)
    other = actions.nominate(dossier, factories.nomination(mai.person), by=mai)
    seen = {actor.person.full_name: set(nominations_visible_to(actor)) for actor in (binh, quan, lan, mai)}
    assert seen == {
        "Trần Văn Bình": {own},
        "Hoàng Minh Quân": set(),
        "Nguyễn Thị Lan": {own, other},
        "Vũ Thanh Mai": {own, other},
    }
    outsider = factories.actor("Lý Thu", factories.unit("Phòng Khác", agency=division.agency))
    assert list(dossiers_visible_to(outsider)) == []


def test_evidence_counts_only_when_it_was_found_in_order(dossier: Dossier, mai: Actor, binh: Actor) -> None:
    line = ready(dossier, mai, binh)
    file = factories.stored_file(mai.user, state="waiting", name="bao-cao.pdf")
    evidence = actions.attach(line, file, Evidence.Kind.REPORT, by=mai)
    assert queries.missing_parts(dossier) == ["tệp dùng được thay cho “bao-cao.pdf” (đang kiểm tra)"]
    actions.detach(evidence, by=mai)
    assert queries.missing_parts(dossier) == []


def test_file_of_another_person_cannot_be_attached(dossier: Dossier, mai: Actor, binh: Actor) -> None:
    line = ready(dossier, mai, binh)
    with pytest.raises(Refused, match="do người khác gửi lên"):
        actions.attach(line, factories.stored_file(binh.user), Evidence.Kind.REPORT, by=mai)


def graded(who: Actor, division: Unit) -> None:
    """A grade of 2025 and the register closed: the only thing open is the judgement."""
    who.person.recruited_on = datetime.date(2010, 1, 1)
    who.person.save()
    fact = factories.award(
        who.person, kind="HTTNV", register="grades", paper_number="345/TB-STC", paper_on=datetime.date(2025, 12, 12)
    )
    honours.enter(fact, by=factories.MACHINE)


def answer(condition: str = "takes_part_in_movement", *, yes: bool = True) -> actions.Answer:
    return actions.Answer(condition, yes, "Báo cáo tổng kết 45/BC-STC", "mục II", "", factories.DAY)


def test_judgement_for_a_round_changes_every_line_and_stays(
    dossier: Dossier, lan: Actor, mai: Actor, binh: Actor, division: Unit
) -> None:
    graded(binh, division)
    graded(mai, division)
    line = ready(dossier, mai, binh)
    other = actions.nominate(dossier, factories.nomination(mai.person), by=mai)
    actions.submit(dossier, by=mai)
    assert {one.stored_findings.get().outcome for one in (line, other)} == {"needs_person"}
    made = actions.judge(line, answer(), whole_round=True, by=lan)
    assert [queries.latest_finding(one).outcome for one in (line, other)] == ["met", "met"]  # type: ignore[union-attr]
    actions.judge(line, answer(yes=False), whole_round=False, by=lan)
    assert [queries.latest_finding(one).outcome for one in (line, other)] == ["not_met", "met"]  # type: ignore[union-attr]
    assert list(queries.judgements_for(line)[:1]) == [made]
    assert (queries.judgements_for(line).count(), queries.judgements_for(other).count()) == (2, 1)
    assert made.duty == "Ông Nguyễn Thị Lan, Chuyên viên, Văn phòng"


def test_judgement_of_a_closed_condition_or_by_the_unit_is_refused(
    dossier: Dossier, lan: Actor, mai: Actor, binh: Actor, division: Unit
) -> None:
    graded(binh, division)
    line = ready(dossier, mai, binh)
    with pytest.raises(Refused, match="không còn chờ người trả lời"):
        actions.judge(line, answer("grade_at_least:HTTNV"), whole_round=False, by=lan)
    with pytest.raises(Refused, match="thường trực thi đua"):
        actions.judge(line, answer(), whole_round=False, by=mai)


def test_stored_finding_keeps_book_days_and_inputs(dossier: Dossier, mai: Actor, binh: Actor, division: Unit) -> None:
    graded(binh, division)
    line = ready(dossier, mai, binh)
    actions.submit(dossier, by=mai)
    kept = line.stored_findings.get()
    assert kept.days["received"] == "2026-03-02"
    assert kept.inputs["facts"]["grades"] == {"2025": "HTTNV"}
    assert len(kept.book) == 16
    with pytest.raises(Exception, match="append-only"):
        type(kept).objects.filter(pk=kept.pk).update(outcome="met")


def test_result_of_council_and_decision_stands_with_the_line_and_in_both_stories(
    dossier: Dossier, lan: Actor, mai: Actor, binh: Actor
) -> None:
    line = ready(dossier, mai, binh)
    with pytest.raises(Refused, match="Hồ sơ chưa được thường trực tiếp nhận"):
        actions.settle(line, "endorse", source="Biên bản 1", by=lan)
    actions.submit(dossier, by=mai)
    actions.accept(dossier, by=lan)
    line = Nomination.objects.get(pk=line.pk)
    actions.settle(line, "endorse", source="Biên bản 1", by=lan)
    actions.settle(line, "award", source="Quyết định 1", by=lan)
    assert line.state == Nomination.State.AWARDED
    assert factories.verbs_of(line)[-2:] == ["nomination.endorse", "nomination.award"]
    assert factories.verbs_of(dossier)[-2:] == ["nomination.endorse", "nomination.award"]


def test_line_that_is_not_commended_needs_a_reason(dossier: Dossier, lan: Actor, mai: Actor, binh: Actor) -> None:
    line = ready(dossier, mai, binh)
    actions.submit(dossier, by=mai)
    actions.accept(dossier, by=lan)
    line = Nomination.objects.get(pk=line.pk)
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.settle(line, "refuse", source="Quyết định 1", by=lan)
    assert line.state == Nomination.State.PROPOSED


def test_a_household_is_judged_by_the_criteria_for_households_and_counted_as_one(
    dossier: Dossier, mai: Actor, division: Unit
) -> None:
    given = {"kind": "household", "who": "", "outside_name": "Hộ ông Lò Văn Pha", "outside_address": "Xã Nậm Lúc"}
    asked = replace(factories.nomination(division, award="ministry_province_commendation", stream="cong_hien"), **given)
    line = actions.nominate(dossier, asked, by=mai)
    judged = queries.judged(line, mai.day)
    assert (line.subject, judged.outcome, judged.governing["criteria"]) == ("household", "needs_person", "2026-03-02")
    assert [finding.condition for finding in judged.findings] == ["door:contribution"]
    assert papers.counts([line]) == "1 đề nghị, gồm 0 cho cá nhân và 0 cho tập thể, 1 cho hộ gia đình"
    with pytest.raises(Refused, match="Chưa có quy định về danh hiệu, hình thức này cho hộ gia đình"):
        actions.nominate(dossier, replace(asked, award="grassroots_emulation_fighter"), by=mai)
    with pytest.raises(Refused, match="hộ gia đình cần ghi tên và địa chỉ"):
        actions.nominate(dossier, replace(asked, outside_address=""), by=mai)


def test_a_kind_of_commendation_that_the_law_of_the_day_does_not_word_is_judged_by_what_it_does(
    dossier: Dossier, mai: Actor, binh: Actor
) -> None:
    """Before 2024 the book has one way to a Giấy khen: a thematic result went “not met” there, with nothing to say why."""
    asked = factories.nomination(binh.person, award="unit_commendation", stream="chuyen_de")
    line = actions.nominate(dossier, replace(asked, for_year=2021), by=mai)
    judged = queries.judged(line, datetime.date(2021, 12, 31))
    assert judged.outcome == "needs_person"
    assert [finding.condition for finding in judged.findings] == ["door:merit"]
    line.for_year = 2025
    assert [finding.condition for finding in queries.judged(line, mai.day).findings] == ["door:movement"]


FIGHTER = "grassroots_emulation_fighter"


def outcomes(dossier: Dossier, day: datetime.date) -> list[tuple[str, int, str, str]]:
    found = queries.list_findings(dossier, day)
    return [(one.award, one.year, one.found.outcome, one.found.text) for one in found]


def declare_titles(division: Unit, year: int) -> None:
    honours.declare_complete(division, "titles", year, by=factories.MACHINE, on=factories.DAY)


def test_a_ratio_cap_speaks_of_the_list_and_leaves_every_line_as_it_was(
    dossier: Dossier, mai: Actor, binh: Actor, division: Unit
) -> None:
    declare_titles(division, 2021)
    line = actions.nominate(dossier, factories.nomination(binh.person, award=FIGHTER, year=2021), by=mai)
    before = queries.judged(line, mai.day)
    for who in (binh, mai):
        actions.nominate(dossier, factories.nomination(who.person, year=2021), by=mai)
    assert outcomes(dossier, mai.day) == [
        (
            FIGHTER,
            2021,
            "needs_person",
            "2 × 15 % = 0,3; đề nghị 1, vượt 1 so với 0 (Số được đề nghị không vượt tỷ lệ: bỏ phần lẻ).",
        )
    ]
    assert queries.judged(line, mai.day) == before


def test_a_list_in_an_open_register_waits_for_the_record(
    dossier: Dossier, mai: Actor, binh: Actor, division: Unit
) -> None:
    for place in range(12):
        factories.duty(factories.person(f"Người thứ {place}"), division, valid_from=datetime.date(2019, 1, 1))
    for who in (binh, mai):
        actions.nominate(dossier, factories.nomination(who.person, award=FIGHTER, year=2021), by=mai)
    open_ones = outcomes(dossier, mai.day)
    declare_titles(division, 2021)
    assert [row[2] for row in (*open_ones, *outcomes(dossier, mai.day))] == ["missing_data", "not_met"]


def test_lines_that_were_turned_down_or_withdrawn_are_no_part_of_the_list(
    dossier: Dossier, mai: Actor, binh: Actor, lan: Actor, division: Unit
) -> None:
    declare_titles(division, 2021)
    first = actions.nominate(dossier, factories.nomination(binh.person, award=FIGHTER, year=2021), by=mai)
    second = actions.nominate(dossier, factories.nomination(mai.person, award=FIGHTER, year=2021), by=mai)
    actions.withdraw_nomination(second, reason="Xin rút.", by=mai)
    assert "đề nghị 1," in outcomes(dossier, mai.day)[0][3]
    Nomination.objects.filter(pk=first.pk).update(state=Nomination.State.DECLINED)
    assert outcomes(dossier, mai.day)[0][2:] == ("met", "0 × 15 % = 0; đề nghị 0.")


def test_a_year_without_a_cap_has_no_finding_of_the_list(dossier: Dossier, mai: Actor, binh: Actor) -> None:
    actions.nominate(dossier, factories.nomination(binh.person, award=FIGHTER), by=mai)
    assert outcomes(dossier, mai.day) == []


def test_a_cap_on_a_group_that_nobody_counts_needs_a_person(dossier: Dossier, mai: Actor, division: Unit) -> None:
    actions.nominate(dossier, factories.nomination(division, award="government_flag"), by=mai)
    assert [row[:3] for row in outcomes(dossier, mai.day)] == [("government_flag", 2025, "needs_person")]


def test_submitting_over_the_ratio_is_warned_of_and_kept_in_the_story(
    dossier: Dossier, mai: Actor, binh: Actor, division: Unit
) -> None:
    declare_titles(division, 2021)
    actions.record_review(dossier, factories.meeting(mai, binh.person), by=mai)
    actions.nominate(dossier, factories.nomination(binh.person, award=FIGHTER, year=2021), by=mai)
    actions.nominate(dossier, factories.nomination(mai.person, award=FIGHTER, year=2021), by=mai)
    actions.submit(dossier, by=mai)
    event = Event.objects.get(verb="dossier.submit")
    assert json.loads(event.body.words)["lists"] == [
        {
            "award": FIGHTER,
            "year": 2021,
            "outcome": "not_met",
            "text": "2 × 15 % = 0,3; đề nghị 2, vượt 2 so với 0 (Số được đề nghị không vượt tỷ lệ: bỏ phần lẻ).",
            "cite": "khoản 3 Điều 9 NĐ 91/2017/NĐ-CP",
        }
    ]
