"""The board: who owes stands first, gone units last; figures against targets; as many queries for 60 units as for one."""

import datetime
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangvang.movements import actions as movements
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit, UnitChange
from bangvang.progress import actions
from bangvang.progress.board import PAGE, board
from bangvang.progress.periods import periods
from tests import factories
from tests.movements import scenes as movement_scenes
from tests.progress import scenes

LATER = scenes.DUE + datetime.timedelta(days=3)


def test_who_owes_stands_first_and_who_is_gone_last(
    on_the_day: None, lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit, department: Unit
) -> None:
    silent, gone, ended = (
        factories.unit(name, parent=department, agency=department, order=place)
        for place, name in enumerate(("Phòng Im lặng", "Phòng Đã rút", "Phòng Cũ"), start=1)
    )
    movement = scenes.followed(lan, minh, hoa, [gone, ended, division, silent])
    scenes.sent(movement, mai)
    movements.withdraw_unit(movement_scenes.roll_out_of(movement, gone), reason="Xin rút", by=lan)
    Unit.objects.filter(pk=ended.pk).update(valid_until=scenes.LAST)
    found = board(movement, LATER)
    told = [(row.unit.name, row.situation.word, row.situation.note, row.edge) for row in found.rows]
    assert told == [
        ("Phòng Im lặng", "Nợ 1 báo cáo", "chưa gửi bản đăng ký", "alarm"),
        (division.name, "Đúng hạn", "chưa gửi bản đăng ký", "calm"),
        ("Phòng Đã rút", "Không còn báo cáo", "Phòng Đã rút đã rút khỏi phong trào này, không phải gửi báo cáo nữa.", "calm"),
        ("Phòng Cũ", "Không còn báo cáo", "Phòng Cũ đã kết thúc hoạt động, đến hết ngày 30/06/2026.", "calm"),
    ]  # fmt: skip
    assert (found.units, found.owing, found.counts) == (4, 1, {"draft": 1, "sent": 1})
    assert [answer.word for row in found.rows for _, answer in row.cells] == [
        "Chưa gửi", "Đã gửi", "Không báo cáo", "Không báo cáo",
    ]  # fmt: skip


def test_figures_against_their_targets(
    lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit, department: Unit
) -> None:
    other = factories.unit("Phòng Khác", parent=department, agency=department)
    head = factories.actor("Vi Văn Khải", other, Duty.Role.HEAD)
    movement = scenes.followed(lan, minh, hoa, [division, other])
    nothing = [(row.standing.word, row.sum_words) for row in board(movement, LATER).indicators]
    assert nothing == [("Chưa có số", "–"), ("Chưa có số", "–")]
    scenes.sent(movement, mai, scenes.filled("400.7", "1.5"))
    scenes.sent(movement, head, scenes.filled("594", "1.6"))
    total, each = board(movement, LATER).indicators
    assert (total.total, total.standing.word, total.standing.note) == (Decimal("994.7"), "Đạt", "100 %")
    assert (each.reported, each.standing.kind, each.standing.word) == (2, "warn", "1 trên 2 đơn vị đạt")
    assert (total.target, total.sum_words) == ("994,7 tỷ đồng", "994,7 tỷ đồng")


def test_the_board_costs_as_many_queries_for_many_units_as_for_one(
    lan: Actor, minh: Actor, hoa: Actor, division: Unit, department: Unit
) -> None:
    units = [
        factories.unit(f"Phòng số {n:02}", parent=department, agency=department, order=n + 10) for n in range(PAGE + 9)
    ]
    movement = scenes.followed(lan, minh, hoa, [division, *units])
    for span in periods(datetime.date(2025, 1, 1), datetime.date(2026, 12, 31), "quarter", 5):
        if span.name != scenes.QUARTER.name:
            actions.open_period(movement, span, by=lan)
    merged = UnitChange.objects.create(kind="merge", on=scenes.FIRST, decision="Quyết định số 9/QĐ-STC")
    for unit in units[:5]:
        Unit.objects.filter(pk=unit.pk).update(valid_until=scenes.FIRST)
        merged.before.add(unit)
    merged.after.add(division)
    with CaptureQueriesContext(connection) as met:
        found = board(movement, LATER, page=2)
    assert len(met) <= 12, [query["sql"] for query in met]
    assert (found.units, found.pages, len(found.rows), len(found.window)) == (PAGE + 10, 2, 10, 6)
    names = [row.unit.name for row in found.rows]
    assert names[-5:] == [unit.name for unit in units[:5]]
    assert (
        found.rows[-1].situation.note
        == f"{units[4].name} đã sắp xếp lại thành {division.name} từ ngày 01/04/2026: báo cáo từ đó do {division.name} gửi."
    )
    assert [period.name for period in found.window][-2:] == ["Quý III/2026", "Quý IV/2026"]
