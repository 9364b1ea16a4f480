"""Facts about criteria: who records, who sees, and how a violation holds a nomination until it is answered."""

import datetime

import pytest

from bangvang.dossiers import actions as dossiers
from bangvang.dossiers.access import may_answer_breach
from bangvang.dossiers.conduct import observations_about, open_breaches
from bangvang.dossiers.models import Dossier, Nomination
from bangvang.dossiers.queries import missing_parts
from bangvang.dossiers.workflow import NOMINATION
from bangvang.kernel.workflow import Refused
from bangvang.movements.models import Movement
from bangvang.notices.models import Notice
from bangvang.people.actor import Actor
from bangvang.people.models import Person, Unit
from bangvang.progress import actions
from bangvang.progress.access import observations_visible_to
from bangvang.progress.actions import Fact
from bangvang.progress.models import Observation
from tests import factories
from tests.movements import scenes

CRITERION = "Có ít nhất một việc làm tiết kiệm được xác nhận."
SEEN_ON = datetime.date(2026, 3, 1)


def fact(kind: str = "broken", **changes: object) -> Fact:
    known = {
        "criterion": CRITERION, "happened_on": SEEN_ON, "what": "Về sớm 40 phút, không báo.",
        "source": "Biên bản kiểm tra số 4/BB-VP",
    }  # fmt: skip
    return Fact(kind=kind, **{**known, **changes})  # type: ignore[arg-type]


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit) -> Movement:
    return scenes.rolled_out(lan, minh, hoa, [division], starts_on=datetime.date(2026, 2, 1))


@pytest.fixture
def line(movement: Movement, mai: Actor, binh: Actor) -> Nomination:
    """Bình proposed by his division, everything there but an answer to what is recorded later."""
    dossier = dossiers.open_dossier(movement, 2026, by=mai)
    dossiers.record_review(dossier, factories.meeting(mai, binh.person), by=mai)
    return dossiers.nominate(
        dossier, factories.nomination(binh.person, award="unit_commendation", year=2026, stream="phong_trao"), by=mai
    )


def test_a_fact_needs_a_criterion_of_the_plan_a_source_and_a_day_of_the_movement(
    movement: Movement, lan: Actor, binh: Actor, division: Unit, office: Unit
) -> None:
    for wrong, words in (
        (fact(criterion="Không có trong kế hoạch"), "không có trong kế hoạch"),
        (fact(source=" "), "cần có căn cứ"),
        (fact(happened_on=datetime.date(2026, 1, 31)), "trong thời gian phong trào"),
        (fact(happened_on=factories.DAY + datetime.timedelta(days=1)), "không sau hôm nay"),
    ):
        with pytest.raises(Refused, match=words):
            actions.observe(movement, division, binh.person, wrong, by=lan)
    with pytest.raises(Refused, match="chưa triển khai đến Văn phòng"):
        actions.observe(movement, office, None, fact(), by=lan)
    with pytest.raises(Refused, match="không công tác ở"):
        actions.observe(movement, division, lan.person, fact(), by=lan)
    assert not Observation.objects.exists()


def test_who_records_and_who_sees(
    movement: Movement, lan: Actor, minh: Actor, mai: Actor, binh: Actor, hoa: Actor, quan: Actor, division: Unit
) -> None:
    with pytest.raises(Refused, match="thường trực"):
        actions.observe(movement, division, binh.person, fact(), by=binh)
    with pytest.raises(Refused, match="trưởng đơn vị xem được"):
        actions.observe(movement, division, binh.person, fact(sight="office"), by=mai)
    open_one = actions.observe(movement, division, binh.person, fact("kept"), by=mai)
    secret = actions.observe(movement, division, binh.person, fact(sight="office"), by=lan)
    of_unit = actions.observe(movement, division, None, fact(), by=lan)
    seen = {actor: set(observations_visible_to(actor)) for actor in (lan, minh, mai, binh, hoa, quan)}
    everything = {open_one, secret, of_unit}
    assert seen == {
        lan: everything, minh: everything, mai: {open_one, of_unit}, binh: {open_one}, hoa: set(), quan: set(),
    }  # fmt: skip
    assert Notice.objects.filter(user=binh.user, key__startswith="observation").count() == 1
    assert "observation.record" not in factories.verbs_of(movement)


def test_only_the_recorder_or_the_clerk_withdraws_and_then_it_counts_no_more(
    line: Nomination, movement: Movement, lan: Actor, mai: Actor, binh: Actor, division: Unit
) -> None:
    made = actions.observe(movement, division, binh.person, fact(), by=lan)
    with pytest.raises(Refused):
        actions.withdraw_observation(made, reason="Không đúng", by=mai)
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.withdraw_observation(made, reason=" ", by=lan)
    assert open_breaches([line]) == {line.pk: [made]}
    actions.withdraw_observation(made, reason="Có giấy nghỉ phép", by=lan)
    assert (open_breaches([line]), made.state) == ({}, "withdrawn")


def test_a_violation_holds_the_dossier_until_the_head_says_why(
    line: Nomination, movement: Movement, lan: Actor, mai: Actor, binh: Actor, division: Unit
) -> None:
    dossier = line.dossier
    assert missing_parts(dossier) == []
    made = actions.observe(movement, division, binh.person, fact(), by=lan)
    actions.observe(movement, division, binh.person, fact("kept"), by=lan)
    with pytest.raises(Refused, match=r"lý do vẫn đề nghị .* vi phạm ngày 01/03/2026"):
        dossiers.submit(dossier, by=mai)
    colleague = factories.actor("Đỗ Văn Sáu", division)
    for nobody, words in ((binh, "không tự trả lời"), (colleague, "do trưởng"), (mai, "Xin ghi lý do")):
        with pytest.raises(Refused, match=words):
            dossiers.answer_breach(line, made, " ", by=nobody)
    answer = dossiers.answer_breach(line, made, "Đã rút kinh nghiệm, việc chung không chậm.", by=mai)
    assert (answer.duty, open_breaches([line])) == (mai.duty_text, {})
    with pytest.raises(Refused, match="đã được trả lời"):
        dossiers.answer_breach(line, made, "Lần nữa", by=mai)
    dossiers.submit(dossier, by=mai)
    assert dossier.state == Dossier.State.SUBMITTED


def test_what_only_the_standing_body_sees_holds_the_acceptance_and_is_not_told_below(
    line: Nomination, movement: Movement, lan: Actor, mai: Actor, binh: Actor, division: Unit
) -> None:
    secret = actions.observe(movement, division, binh.person, fact(sight="office"), by=lan)
    dossiers.submit(line.dossier, by=mai)
    assert not may_answer_breach(mai, line, secret)
    with pytest.raises(Refused, match="còn thiếu: lý do vẫn đề nghị"):
        dossiers.accept(line.dossier, by=lan)
    dossiers.answer_breach(line, secret, "Đã kết luận không có lỗi.", by=lan)
    dossiers.accept(line.dossier, by=lan)
    assert "nomination.answer_breach" not in factories.verbs_of(line)
    assert "nomination.answer_breach" in factories.verbs_of(secret)


def test_one_recorded_after_acceptance_holds_the_line(
    line: Nomination, movement: Movement, lan: Actor, mai: Actor, binh: Actor, division: Unit
) -> None:
    dossiers.submit(line.dossier, by=mai)
    dossiers.accept(line.dossier, by=lan)
    late = actions.observe(movement, division, binh.person, fact(), by=lan)
    found = Nomination.objects.select_related("dossier__unit").get(pk=line.pk)
    assert "đang tạm dừng" in NOMINATION.verdict(found, "award", lan).reason
    dossiers.answer_breach(found, late, "Lỗi nhẹ, đã nhắc.", by=lan)
    assert NOMINATION.verdict(found, "award", lan)


def test_a_namesake_is_not_held(line: Nomination, movement: Movement, lan: Actor, division: Unit) -> None:
    other: Person = factories.person("Trần Văn Bình", birth_year=1990)
    factories.duty(other, division)
    actions.observe(movement, division, other, fact(), by=lan)
    assert open_breaches([line]) == {}


def test_the_head_does_not_answer_for_the_own_violation(
    line: Nomination, movement: Movement, lan: Actor, mai: Actor, division: Unit
) -> None:
    own = dossiers.nominate(
        line.dossier,
        factories.nomination(mai.person, award="unit_commendation", year=2026, stream="phong_trao"),
        by=mai,
    )
    made = actions.observe(movement, division, mai.person, fact(), by=lan)
    with pytest.raises(Refused, match="không tự trả lời"):
        dossiers.answer_breach(own, made, "Không đáng kể.", by=mai)
    dossiers.answer_breach(own, made, "Đã kiểm điểm, việc chung không chậm.", by=lan)


def test_one_rule_for_one_line_and_for_many(
    line: Nomination, movement: Movement, lan: Actor, mai: Actor, binh: Actor, division: Unit
) -> None:
    """Of another year and of the unit as a whole: the query and the list agree."""
    whole = dossiers.nominate(
        line.dossier, factories.nomination(division, award="unit_commendation", year=2025), by=mai
    )
    made = actions.observe(movement, division, binh.person, fact(), by=lan)
    of_unit = actions.observe(movement, division, None, fact(), by=lan)
    lines = list(Nomination.objects.select_related("dossier").order_by("pk"))
    assert open_breaches(lines) == {line.pk: [made], whole.pk: [of_unit]}
    assert {one.pk: list(observations_about(one)) for one in lines} == open_breaches(lines)
    later = dossiers.open_dossier(None, 2025, by=mai)
    past = dossiers.nominate(later, factories.nomination(binh.person), by=mai)
    assert (open_breaches([past]), list(observations_about(past))) == ({}, [])
