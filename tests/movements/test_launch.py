"""Sending a movement to many units: part by part, each unit once; units that join later; more time."""

import datetime
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangvang.kernel import audit, leases
from bangvang.kernel.models import JobLease
from bangvang.kernel.workflow import Refused
from bangvang.movements import actions, launching, queries
from bangvang.movements.board import board, overdue_units
from bangvang.movements.models import Assignment, Launch, Movement
from bangvang.notices.models import Announcement, Notice
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from tests import factories
from tests.movements import scenes

DAYS = {"acknowledge_by": scenes.SOON, "register_by": scenes.LATER}
MANY = launching.AT_ONCE + 7
DAY = datetime.timedelta(days=1)


@pytest.fixture
def crowd(department: Unit) -> list[Unit]:
    return [factories.unit(f"Xã số {n:03}", kind="commune", agency=department, order=n) for n in range(MANY)]


@pytest.fixture
def issued(lan: Actor, minh: Actor, hoa: Actor) -> Movement:
    movement = factories.movement(lan)
    actions.submit(movement, by=lan)
    actions.approve(movement, by=minh)
    actions.issue(movement, number=9, issued_on=factories.DAY, by=hoa)
    return movement


def test_many_units_get_it_in_parts_and_a_part_that_failed_leaves_nothing(
    issued: Movement, crowd: list[Unit], lan: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = factories.actor("Vi Văn Khải", crowd[3], Duty.Role.HEAD)
    everybodys = actions.Charge("Phổ biến kế hoạch.", None, scenes.LATER)
    monkeypatch.setattr(launching, "CHUNK", 20)
    launch = actions.roll_out(issued, crowd, [everybodys], **DAYS, by=lan)
    assert (launch.reached, issued.roll_outs.count(), issued.state) == (0, 0, "rolled_out")
    assert launching.progress_of(issued) == launching.Progress(0, MANY, is_stuck=False)
    parts: list[int] = []

    @launching.welcome
    def stumbles(launch: Launch, units: object) -> None:
        parts.append(launch.reached)
        if len(parts) == 2:
            raise RuntimeError

    lease = JobLease.objects.get(job=launching.LAUNCH)
    leases.work.call(lease.pk)
    monkeypatch.setattr(launching, "_welcomes", [one for one in launching._welcomes if one is not stumbles])
    assert (parts, issued.roll_outs.count(), Launch.objects.get().reached) == ([0, 20], 20, 20)
    JobLease.objects.update(until=None)
    leases.work.call(lease.pk)
    assert launching.progress_of(issued) is None
    counts = issued.roll_outs.count(), issued.registrations.count(), Assignment.objects.count()
    assert counts == (MANY, MANY, MANY)
    assert Notice.objects.filter(user=head.user, text__contains="gửi đến Xã số 003: xin xác nhận").count() == 1
    assert factories.verbs_of(scenes.roll_out_of(issued, crowd[-1])) == ["movement.roll_out"]
    assert list(audit.verify()) == []


def test_a_unit_that_has_the_movement_is_passed_over(issued: Movement, crowd: list[Unit], lan: Actor) -> None:
    launch = actions.roll_out(issued, crowd, [], **DAYS, by=lan)
    actions.add_units(issued, crowd[:2], **DAYS, by=lan)
    assert launching.missing_units(issued) == {unit.pk for unit in crowd[2:]}
    scenes.work_off(launching.LAUNCH)
    launch.refresh_from_db()
    assert (issued.roll_outs.count(), launch.reached, launching.progress_of(issued)) == (MANY, MANY, None)


def test_what_a_launch_that_gave_up_did_not_reach_is_shown_and_can_be_added(
    issued: Movement, crowd: list[Unit], lan: Actor
) -> None:
    actions.roll_out(issued, crowd, [], **DAYS, by=lan)
    JobLease.objects.filter(job=launching.LAUNCH).update(dead_at=datetime.datetime.now(datetime.UTC))
    assert launching.progress_of(issued) == launching.Progress(0, MANY, is_stuck=True)
    actions.add_units(issued, crowd, **DAYS, by=lan)
    scenes.work_off(launching.LAUNCH)
    assert (issued.roll_outs.count(), launching.progress_of(issued)) == (MANY, None)


def test_a_part_costs_as_many_queries_for_forty_units_as_for_two(
    issued: Movement, crowd: list[Unit], lan: Actor
) -> None:
    launch = actions.roll_out(issued, crowd, [], **DAYS, by=lan)
    met = []
    for most in (2, 40):
        with CaptureQueriesContext(connection) as queries:
            launching.push_next(launch, most=most)
        met.append(len(queries))
    assert met[0] == met[1]


def test_a_unit_joins_with_its_own_days_and_the_duties_that_are_ahead(
    lan: Actor, minh: Actor, mai: Actor, issued: Movement, division: Unit, office: Unit
) -> None:
    charges = [
        actions.Charge("Phổ biến kế hoạch.", None, scenes.SOON),
        actions.Charge("Báo cáo kết quả.", None, scenes.LATER),
        actions.Charge("Tổng hợp.", office, scenes.LATER),
    ]
    with pytest.raises(Refused, match="chưa triển khai"):
        actions.add_units(issued, [division], **DAYS, by=lan)
    actions.roll_out(issued, [office], charges, **DAYS, by=lan)
    later = replace(lan, day=scenes.SOON + datetime.timedelta(days=1))
    days = {"acknowledge_by": scenes.LATER, "register_by": scenes.LATER + datetime.timedelta(days=9)}
    with pytest.raises(Refused, match="do thường trực"):
        actions.add_units(issued, [division], **days, by=minh)
    actions.add_units(issued, [office, division], **days, by=later)
    row = scenes.roll_out_of(issued, division)
    assert (row.acknowledge_by, row.register_by) == (days["acknowledge_by"], days["register_by"])
    assert list(issued.assignments.filter(unit=division).values_list("text", flat=True)) == ["Báo cáo kết quả."]
    assert Notice.objects.filter(user=mai.user, text__contains=f"gửi đến {division.name}").count() == 1
    assert factories.verbs_of(issued)[-1] == "movement.add_units"
    with pytest.raises(Refused, match="từ trước"):
        actions.add_units(issued, [division], **days, by=later)


def test_the_database_puts_units_in_the_order_that_their_rows_tell(
    lan: Actor, minh: Actor, hoa: Actor, department: Unit
) -> None:
    names = ("Bảy", "Sáu", "Năm", "Tư", "Ba", "Hai", "Một")
    units = [factories.unit(f"Phòng {name}", agency=department, order=n) for n, name in enumerate(names)]
    heads = [factories.actor(f"Trưởng {unit.name}", unit, Duty.Role.HEAD) for unit in units]
    movement = scenes.rolled_out(lan, minh, hoa, units)
    for head in heads[2:5]:
        actions.acknowledge(scenes.roll_out_of(movement, head.unit), head.person, by=head)
    for head in heads[3:6]:
        registration = scenes.registration_of(movement, head.unit)
        actions.register(registration, person=head.person, award="advanced_worker", target="Xong sớm.", by=head)
        actions.send_registration(registration, by=head)
    actions.withdraw_unit(scenes.roll_out_of(movement, units[6]), reason="Sang cụm khác", by=lan)
    Assignment.objects.create(movement=movement, unit=units[3], text="Tổng hợp.", due_on=factories.DAY)
    weight = {"alarm": 0, "watch": 1, "calm": 2}
    for day in (factories.DAY, scenes.SOON + DAY, scenes.LATER + DAY):
        rows = board(movement, day)
        assert [row.unit for row in rows] == [
            row.unit for row in sorted(rows, key=lambda row: (weight[row.edge], row.has_acknowledged, row.unit.order))
        ]
        assert overdue_units(movement, day) == sum(row.is_silent and row.edge == "alarm" for row in rows)
        silent = {row.unit.pk for row in rows if row.is_silent}
        assert set(queries.silent_units(movement).values_list("pk", flat=True)) == silent


def test_more_time_is_given_with_a_reason_told_and_seen_on_the_board(
    lan: Actor, minh: Actor, hoa: Actor, mai: Actor, binh: Actor, division: Unit, office: Unit
) -> None:
    movement = scenes.rolled_out(lan, minh, hoa, [division, office])
    week = datetime.timedelta(days=7)
    given = {"acknowledge_by": None, "register_by": scenes.LATER + week, "reason": "Bão số 5."}
    with pytest.raises(Refused, match="do thường trực"):
        actions.extend(movement, None, **given, by=minh)
    with pytest.raises(Refused, match="ghi lý do"):
        actions.extend(movement, None, **{**given, "reason": " "}, by=lan)
    with pytest.raises(Refused, match="từ hôm nay"):
        actions.extend(movement, None, **{**given, "register_by": None}, by=lan)
    assert actions.extend(movement, division, **given, by=lan) == 1
    with pytest.raises(Refused, match="không rút ngắn"):
        actions.extend(movement, None, **{**given, "register_by": scenes.LATER + week / 7}, by=lan)
    assert scenes.roll_out_of(movement, office).register_by == scenes.LATER
    assert actions.extend(movement, None, **given, by=lan) == 2
    told = Announcement.objects.filter(key__startswith="extend:").order_by("pk").first()
    assert told is not None
    assert (told.users, told.text) == (
        [mai.user.pk],
        f"Phong trào “{movement.title}” được gia hạn: hạn đăng ký đến hết ngày 29/03/2026. Lý do: Bão số 5.",
    )
    assert [row.registered.note for row in board(movement, factories.DAY)] == [
        "hạn 29/03/2026, còn 27 ngày, đã gia hạn"
    ] * 2
    assert factories.verbs_of(movement)[-1] == "movement.extend"
