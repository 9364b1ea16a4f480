"""Scores: the scale, self-score, check, cross-check, result; every mark is kept; ties share a place."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements.models import Movement
from bangvang.notices.models import Notice
from bangvang.people import actions as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from bangvang.progress import actions
from bangvang.progress.access import sheets_visible_to
from bangvang.progress.models import Mark, ScoreSheet
from bangvang.progress.scoring import ranking, stage_of
from tests import factories
from tests.movements import scenes

DUE = factories.DAY + datetime.timedelta(days=3)
START = datetime.date(2026, 1, 1)


def points(first: str, second: str = "10", reason: str = "") -> dict[int, tuple[Decimal | None, str]]:
    return {1: (Decimal(first), reason), 2: (Decimal(second), reason)}


@pytest.fixture
def khanh(office: Unit) -> Actor:
    """Heads the office."""
    return factories.actor("Trịnh Quốc Khánh", office, Duty.Role.HEAD, title="Chánh Văn phòng")


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, khanh: Actor, office: Unit, division: Unit) -> Movement:
    """Before two units of one cluster, with a scale of 20 and 10 points."""
    cluster = people.open_cluster("Khối các phòng", "QĐ 15", since=START, by=lan)
    for unit in (office, division):
        people.join_cluster(cluster, unit, since=START, by=lan)
    made = scenes.rolled_out(lan, minh, hoa, [division, office])
    actions.add_score_item(made, text="Hồ sơ đúng hạn", most=Decimal(20), by=lan)
    actions.add_score_item(made, text="Sáng kiến", most=Decimal(10), by=lan)
    return made


def sheet_of(movement: Movement, unit: Unit) -> ScoreSheet:
    return ScoreSheet.objects.select_related("unit", "crosser", "movement__agency").get(movement=movement, unit=unit)


@pytest.fixture
def sheet(movement: Movement, lan: Actor, division: Unit) -> ScoreSheet:
    actions.open_scoring(movement, due_on=DUE, by=lan)
    return sheet_of(movement, division)


def test_the_scale_closes_when_scoring_opens(
    movement: Movement, lan: Actor, mai: Actor, division: Unit, office: Unit
) -> None:
    with pytest.raises(Refused):
        actions.add_score_item(movement, text="Khác", most=Decimal(5), by=mai)
    with pytest.raises(Refused, match="lớn hơn 0"):
        actions.add_score_item(movement, text="Khác", most=Decimal(0), by=lan)
    with pytest.raises(Refused, match="đã qua"):
        actions.open_scoring(movement, due_on=START, by=lan)
    assert actions.open_scoring(movement, due_on=DUE, by=lan) == 2
    assert {s.unit: s.crosser for s in ScoreSheet.objects.select_related("unit", "crosser")} == {
        division: office, office: division,
    }  # fmt: skip
    for late in (
        lambda: actions.add_score_item(movement, text="Khác", most=Decimal(5), by=lan),
        lambda: actions.drop_score_item(movement.score_items.select_related("movement").get(position=1), by=lan),
    ):
        with pytest.raises(Refused, match="thang điểm không đổi"):
            late()
    with pytest.raises(Refused, match="đã có bảng điểm"):
        actions.open_scoring(movement, due_on=DUE, by=lan)


def test_self_score_check_cross_check_result(
    sheet: ScoreSheet, movement: Movement, lan: Actor, mai: Actor, binh: Actor, khanh: Actor
) -> None:
    with pytest.raises(Refused, match="Phòng Quản lý ngân sách tự chấm"):
        actions.mark(sheet, points("18"), by=lan)
    with pytest.raises(Refused, match="điểm từ 0 đến 20"):
        actions.mark(sheet, points("20.5"), by=binh)
    actions.mark(sheet, {1: (Decimal(18), "")}, by=binh)
    with pytest.raises(Refused, match="Còn 1 tiêu chí chưa chấm ở bước này, bắt đầu từ “Sáng kiến”"):
        actions.send_scores(sheet, by=mai)
    actions.mark(sheet, points("18"), by=binh)
    with pytest.raises(Refused, match="Trưởng đơn vị gửi"):
        actions.send_scores(sheet, by=binh)
    actions.send_scores(sheet, by=mai)

    assert (stage_of(sheet), sheet in sheets_visible_to(khanh)) == ("check", False)
    with pytest.raises(Refused, match="phải ghi lý do"):
        actions.mark(sheet, points("15"), by=lan)
    actions.mark(sheet, points("15", "10", "Ba hồ sơ trễ"), by=lan)
    actions.check_scores(sheet, by=lan)

    assert (stage_of(sheet), sheet in sheets_visible_to(khanh)) == ("cross", True)
    assert Notice.objects.filter(user=khanh.user, text__contains="chấm chéo").exists()
    with pytest.raises(Refused, match="Còn chờ Văn phòng chấm chéo"):
        actions.settle_scores(sheet, by=lan)
    for other in (mai, lan):
        with pytest.raises(Refused, match="Văn phòng chấm chéo"):
            actions.mark(sheet, points("15"), by=other)
    actions.mark(sheet, points("16", "10", "Một hồ sơ do bên ngoài"), by=khanh)
    actions.cross_scores(sheet, by=khanh)

    actions.mark(sheet, points("16"), by=lan)
    actions.settle_scores(sheet, by=lan)
    with pytest.raises(Refused, match="Kết quả đã có"):
        actions.mark(sheet, points("17", reason="Lại"), by=lan)
    (row, _) = ranking(ScoreSheet.objects.filter(movement=movement), movement)
    assert {stage: int(total) for stage, total in row.totals.items()} == {
        "self": 28, "check": 25, "cross": 26, "result": 26,
    }  # fmt: skip
    assert (row.place, row.cluster and row.cluster.name) == (1, "Khối các phòng")


def test_what_was_returned_keeps_its_day_and_is_checked_anew(
    sheet: ScoreSheet, lan: Actor, mai: Actor, khanh: Actor
) -> None:
    actions.mark(sheet, points("18"), by=mai)
    actions.send_scores(sheet, by=mai)
    first = sheet.sent_at
    actions.mark(sheet, points("18"), by=lan)
    actions.return_scores(sheet, reason="Thiếu minh chứng", by=lan)
    assert Notice.objects.filter(user=mai.user, text__contains="Thiếu minh chứng").exists()
    actions.mark(sheet, points("12"), by=mai)
    actions.send_scores(sheet, by=mai)
    assert sheet.sent_at == first
    with pytest.raises(Refused, match="Còn 1 tiêu chí chưa chấm"):
        actions.check_scores(sheet, by=lan)  # the check of 18 looked at another mark
    actions.mark(sheet, points("12"), by=lan)
    actions.check_scores(sheet, by=lan)
    kept = Mark.objects.filter(sheet=sheet, item__position=1).order_by("pk").values_list("stage", "points")
    assert [(stage, int(value)) for stage, value in kept] == [("self", 18), ("check", 18), ("self", 12), ("check", 12)]


def test_a_result_is_taken_back_with_a_reason_and_its_marks_stay(sheet: ScoreSheet, lan: Actor, mai: Actor) -> None:
    actions.name_crosser(sheet, None, reason="Khối chỉ có hai đơn vị", by=lan)
    actions.mark(sheet, points("18"), by=mai)
    actions.send_scores(sheet, by=mai)
    for finish in (actions.check_scores, actions.settle_scores):
        actions.mark(sheet, points("18"), by=lan)
        finish(sheet, by=lan)
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.reopen_scores(sheet, reason="", by=lan)
    actions.reopen_scores(sheet, reason="Có kết luận thanh tra", by=lan)
    actions.mark(sheet, points("11", "10", "Trừ theo kết luận"), by=lan)
    actions.settle_scores(sheet, by=lan)
    kept = Mark.objects.filter(sheet=sheet, stage="result", item__position=1).order_by("pk")
    assert [int(mark.points) for mark in kept] == [18, 11]


def test_marks_cannot_be_changed_by_anybody(sheet: ScoreSheet, mai: Actor) -> None:
    actions.mark(sheet, points("18"), by=mai)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Mark.objects.update(points=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScoreSheet.objects.filter(pk=sheet.pk).update(crosser=sheet.unit)


def test_two_at_one_sheet_and_nothing_written_twice(sheet: ScoreSheet, mai: Actor, binh: Actor) -> None:
    opened = sheet.version
    assert actions.mark(sheet, points("18"), version=opened, by=mai) == 2
    assert actions.mark(sheet, points("18"), by=binh) == 0
    with pytest.raises(Overtaken):
        actions.mark(sheet, points("17"), version=opened, by=binh)


def test_sent_after_the_last_day_is_late(sheet: ScoreSheet, mai: Actor) -> None:
    assert (sheet.days_late(DUE), sheet.days_late(DUE + datetime.timedelta(days=2))) == (0, 2)


def test_equal_totals_share_a_place_and_the_next_is_left_out(
    movement: Movement, lan: Actor, minh: Actor, hoa: Actor, department: Unit
) -> None:
    units = [factories.unit(f"Phòng {name}", agency=department, parent=department) for name in "ABC"]
    heads = [factories.actor(f"Trưởng {unit.name}", unit, Duty.Role.HEAD) for unit in units]
    other = _another(lan, minh, hoa, units)
    actions.add_score_item(other, text="Một việc", most=Decimal(10), by=lan)
    actions.open_scoring(other, due_on=DUE, by=lan)
    for unit, head, given in zip(units, heads, ("9", "9", "7"), strict=True):
        sheet = sheet_of(other, unit)
        assert sheet.crosser is None
        for step, by in ((actions.send_scores, head), (actions.check_scores, lan), (actions.settle_scores, lan)):
            actions.mark(sheet, {1: (Decimal(given), "")}, by=by)
            step(sheet, by=by)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        rows = ranking(ScoreSheet.objects.filter(movement=other), other)
    assert ([row.place for row in rows], len(asked)) == ([1, 1, 3], 3)


def _another(lan: Actor, minh: Actor, hoa: Actor, units: list[Unit]) -> Movement:
    """A second movement, under the next number."""
    from bangvang.movements import actions as movements

    made = factories.movement(lan, title="Phong trào thứ hai")
    movements.submit(made, by=lan)
    movements.approve(made, by=minh)
    movements.issue(made, number=10, issued_on=factories.DAY, by=hoa)
    movements.roll_out(made, units, [], acknowledge_by=scenes.SOON, register_by=scenes.LATER, by=lan)
    return made


def test_the_actor_of_a_later_day_is_late(sheet: ScoreSheet, mai: Actor) -> None:
    """Sending is never refused for being late."""
    late = replace(mai, day=DUE + datetime.timedelta(days=10))
    actions.mark(sheet, points("18"), by=late)
    actions.send_scores(sheet, by=late)
    assert sheet.state == ScoreSheet.State.SENT
