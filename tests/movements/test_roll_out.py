"""Rolling out, acknowledging, duties, reminding: who may, what is refused, who stays silent."""

import datetime

import pytest

from bangvang.kernel.workflow import Refused
from bangvang.movements import actions
from bangvang.movements.board import board, day_in, is_for_everybody, proposed_owner, proposed_units, reminder
from bangvang.movements.models import Assignment, Movement
from bangvang.notices.models import Notice
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from tests import factories
from tests.movements import scenes


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, office: Unit, division: Unit) -> Movement:
    return scenes.rolled_out(lan, minh, hoa, [division, office])


def test_the_heads_are_told_and_each_unit_has_a_registration(movement: Movement, mai: Actor, division: Unit) -> None:
    assert Notice.objects.filter(user=mai.user, key=f"roll_out:{movement.code}:{division.code}").count() == 1
    assert movement.registrations.count() == movement.roll_outs.count() == 2


def test_only_the_head_of_the_unit_acknowledges(
    movement: Movement, mai: Actor, binh: Actor, lan: Actor, division: Unit
) -> None:
    row = scenes.roll_out_of(movement, division)
    for stranger in (binh, lan):
        with pytest.raises(Refused, match="Việc này do trưởng Phòng Quản lý ngân sách làm"):
            actions.acknowledge(row, binh.person, by=stranger)
    with pytest.raises(Refused, match="không công tác ở"):
        actions.acknowledge(row, lan.person, by=mai)
    actions.acknowledge(row, binh.person, by=mai)
    assert scenes.roll_out_of(movement, division).leader == binh.person
    assert factories.verbs_of(movement)[-1] == "roll_out.acknowledge"


def test_the_silent_stand_first_and_the_reminder_names_them(
    movement: Movement, mai: Actor, binh: Actor, division: Unit, office: Unit
) -> None:
    actions.acknowledge(scenes.roll_out_of(movement, division), binh.person, by=mai)
    rows = board(movement, factories.DAY)
    assert [(row.unit, row.edge, row.acknowledged.word) for row in rows] == [
        (office, "watch", "Chưa xác nhận"),
        (division, "watch", "Đã xác nhận"),
    ]
    late = board(movement, scenes.LATER + datetime.timedelta(days=3))
    assert [row.registered.word for row in late] == ["Chưa gửi, quá hạn 3 ngày"] * 2
    text = reminder(movement, rows)
    assert "Còn 1 đơn vị chưa xác nhận và cử người phụ trách (hạn 07/03/2026): Văn phòng." in text
    assert "Còn 2 đơn vị chưa gửi bản đăng ký thi đua (hạn 22/03/2026): Văn phòng, Phòng Quản lý ngân sách." in text


def test_reminding_tells_the_silent_heads_only_and_is_refused_when_nobody_is(
    movement: Movement, lan: Actor, mai: Actor, minh: Actor
) -> None:
    assert actions.remind(movement, "Xin gửi đăng ký.", by=lan) == 2
    assert list(Notice.objects.filter(text="Xin gửi đăng ký.").values_list("user", flat=True)) == [mai.user.pk]
    with pytest.raises(Refused):
        actions.remind(movement, "Xin gửi đăng ký.", by=minh)


def test_a_duty_is_done_once_by_its_unit(movement: Movement, mai: Actor, binh: Actor) -> None:
    task = Assignment.objects.select_related("unit", "movement").get()
    with pytest.raises(Refused, match="Việc này do Phòng Quản lý ngân sách báo"):
        actions.finish_assignment(task, on=factories.DAY, by=binh)
    actions.finish_assignment(task, on=factories.DAY, by=mai)
    with pytest.raises(Refused, match="đã báo xong trước đó"):
        actions.finish_assignment(task, on=factories.DAY, by=mai)
    assert Assignment.objects.get().done_on == factories.DAY


def test_recipients_and_duties_propose_units_owners_and_days(lan: Actor, division: Unit, office: Unit) -> None:
    units = [division, office]
    everybody = factories.movement(lan)  # t/h: "Các phòng, đơn vị thuộc Sở"
    assert proposed_units(everybody, units) == {division.pk, office.pk}
    one = factories.movement(lan, recipients=(("Phòng Quản lý ngân sách", "t/h"), ("Văn phòng", "b/c")))
    assert proposed_units(one, units) == {division.pk}
    assert proposed_units(factories.movement(lan, recipients=()), units) == set()
    assert proposed_owner("Giao phòng quản lý ngân sách tổng hợp", units) == division
    assert proposed_owner("Giao Ban Giám đốc chỉ đạo", units) is None
    assert is_for_everybody("Trưởng các phòng, đơn vị phổ biến Kế hoạch")
    assert day_in("báo cáo trước ngày 15/11/2026") == datetime.date(2026, 11, 15)
    assert (day_in("ngày 31/02/2026"), day_in("từ 01/01/2026 đến 02/02/2026")) == (None, None)
