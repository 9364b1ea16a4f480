"""A unit carries a movement out: adopts or plans by itself, gives tasks to its people, hands on to the units below."""

import datetime

import pytest

from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements import actions
from bangvang.movements.access import registrations_visible_to, roll_outs_visible_to
from bangvang.movements.models import Movement, RollOut, UnitPlan
from bangvang.notices.models import Notice
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from tests import factories
from tests.movements import scenes

DAY = datetime.timedelta(days=1)


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit) -> Movement:
    return scenes.rolled_out(lan, minh, hoa, [division])


@pytest.fixture
def acknowledged(movement: Movement, mai: Actor, binh: Actor, division: Unit) -> RollOut:
    """Bình leads there."""
    row = scenes.roll_out_of(movement, division)
    actions.acknowledge(row, binh.person, by=mai)
    return scenes.roll_out_of(movement, division)


def test_first_acknowledge_then_plan(movement: Movement, mai: Actor, lan: Actor, division: Unit) -> None:
    row = scenes.roll_out_of(movement, division)
    with pytest.raises(Refused, match="Xác nhận phong trào"):
        actions.write_unit_plan(row, kind="adopted", text="", by=mai)
    with pytest.raises(Refused, match="hoặc người phụ trách"):
        actions.write_unit_plan(row, kind="adopted", text="", by=lan)


def test_adopted_whole_or_a_plan_of_its_own(acknowledged: RollOut, mai: Actor, binh: Actor) -> None:
    with pytest.raises(Refused, match="cần ghi nội dung"):
        actions.write_unit_plan(acknowledged, kind="own", text=" ", by=mai)
    plan = actions.write_unit_plan(acknowledged, kind="adopted", text="", by=binh)
    actions.write_unit_plan(acknowledged, kind="own", text="Mỗi tuần một buổi.", version=plan.version, by=mai)
    kept = UnitPlan.objects.get()
    assert (kept.kind, kept.text, kept.written_by) == ("own", "Mỗi tuần một buổi.", mai.person)
    with pytest.raises(Overtaken):
        actions.write_unit_plan(acknowledged, kind="own", text="Khác", version=plan.version, by=binh)


def test_tasks_are_given_to_the_units_people_and_done_by_them(
    acknowledged: RollOut, mai: Actor, binh: Actor, lan: Actor, division: Unit
) -> None:
    plan = actions.write_unit_plan(acknowledged, kind="adopted", text="", by=mai)
    six = factories.actor("Đỗ Văn Sáu", division)
    with pytest.raises(Refused, match="không công tác ở"):
        actions.give_task(plan, lan.person, "Rà soát định mức chi.", due_on=mai.day, by=mai)
    with pytest.raises(Refused, match="đã qua"):
        actions.give_task(plan, six.person, "Rà soát định mức chi.", due_on=mai.day - DAY, by=mai)
    with pytest.raises(Refused):
        actions.give_task(plan, six.person, "Rà soát định mức chi.", due_on=mai.day, by=six)
    task = actions.give_task(plan, six.person, "Rà soát định mức chi.", due_on=mai.day + DAY, by=binh)
    assert Notice.objects.filter(user=six.user, text__contains="Rà soát định mức chi.").count() == 1
    with pytest.raises(Refused):
        actions.finish_task(task, by=lan)
    actions.finish_task(task, by=six)
    with pytest.raises(Refused, match="đã báo xong"):
        actions.finish_task(task, by=mai)


def test_handed_on_to_the_units_below_under_the_same_days(
    acknowledged: RollOut, movement: Movement, mai: Actor, binh: Actor, division: Unit, department: Unit, office: Unit
) -> None:
    team = factories.unit("Tổ Quyết toán", agency=department, parent=division)
    head = factories.actor("Hà Thị Bảy", team, Duty.Role.HEAD)
    with pytest.raises(Refused, match="triển khai tiếp"):
        actions.pass_on(acknowledged, [team], by=binh)
    with pytest.raises(Refused, match="đơn vị trực thuộc"):
        actions.pass_on(acknowledged, [office], by=mai)
    assert actions.pass_on(acknowledged, [team], by=mai) == 1
    with pytest.raises(Refused, match="đã nhận"):
        actions.pass_on(acknowledged, [team], by=mai)
    below = scenes.roll_out_of(movement, team)
    assert (below.acknowledge_by, below.register_by) == (acknowledged.acknowledge_by, acknowledged.register_by)
    actions.acknowledge(below, head.person, by=head)
    registration = scenes.registration_of(movement, team)
    seen = [
        (below in roll_outs_visible_to(actor), registration in registrations_visible_to(actor)) for actor in (mai, binh)
    ]
    assert seen == [(True, True), (False, False)]
    assert acknowledged not in roll_outs_visible_to(head)


def test_a_body_without_a_place_among_the_divisions_takes_part(
    lan: Actor, minh: Actor, hoa: Actor, department: Unit, division: Unit
) -> None:
    """The trade union is told, acknowledges and registers like a division."""
    union = factories.unit("Công đoàn cơ sở", kind=Unit.Kind.BODY, agency=department, parent=department)
    chair = factories.actor("Hồ Trường Sơn", union, Duty.Role.HEAD, title="Chủ tịch Công đoàn")
    movement = scenes.rolled_out(lan, minh, hoa, [division, union])
    assert Notice.objects.filter(user=chair.user, key__startswith="roll_out").count() == 1
    actions.acknowledge(scenes.roll_out_of(movement, union), chair.person, by=chair)
    registration = scenes.registration_of(movement, union)
    actions.register(registration, person=None, award="unit_commendation", target="Vận động 12 suất quà.", by=chair)
    actions.send_registration(registration, by=chair)
    assert registration.state == "sent"
