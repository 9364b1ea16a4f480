"""A unit's report: who writes, sends, takes in; the last second of the last day; two clerks at once; units that are gone."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from bangvang.kernel import audit
from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements import actions as movements
from bangvang.movements.models import Movement
from bangvang.notices.models import Announcement, Notice
from bangvang.people.actor import Actor
from bangvang.people.models import Unit, UnitChange
from bangvang.progress import actions, asking, queries
from bangvang.progress.models import Indicator, Report
from bangvang.progress.standing import owed_on, standing_of
from tests import factories
from tests.movements import scenes as movement_scenes
from tests.progress import scenes

DAY = datetime.timedelta(days=1)


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit) -> Movement:
    return scenes.followed(lan, minh, hoa, [division])


@pytest.fixture
def report(movement: Movement, division: Unit) -> Report:
    return scenes.report_of(movement, division)


def test_written_by_the_unit_sent_by_its_head_taken_in_by_the_clerk(
    report: Report, mai: Actor, binh: Actor, lan: Actor, minh: Actor
) -> None:
    for stranger in (lan, minh):
        with pytest.raises(Refused, match="do Phòng Quản lý ngân sách lập"):
            actions.write(report, scenes.filled(), by=stranger)
    with pytest.raises(Refused, match="còn thiếu: kết quả thực hiện; số của chỉ tiêu “Giải ngân”"):
        actions.send(report, by=mai)
    actions.write(report, scenes.filled(), by=binh)
    assert queries.fields_of(report) == scenes.filled()
    with pytest.raises(Refused, match="Trưởng đơn vị gửi"):
        actions.send(report, by=binh)
    actions.send(report, by=mai)
    with pytest.raises(Refused, match="không sửa được nữa"):
        actions.write(report, scenes.filled("1"), by=binh)
    actions.recall(report, by=mai)
    assert report.sent_at is None
    actions.send(report, by=mai)
    first = report.sent_at
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.send_back(report, reason=" ", by=lan)
    actions.send_back(report, reason="Thiếu số tháng 6", by=lan)
    assert Notice.objects.get(user=mai.user, key__startswith="report_returned").text.endswith(
        "bị trả lại: Thiếu số tháng 6"
    )
    actions.write(report, scenes.filled("410"), by=binh)
    actions.send(report, by=mai)
    assert (report.sent_at, report.resent_at is not None) == (first, True)
    with pytest.raises(Refused, match="xin thường trực trả lại"):
        actions.recall(report, by=mai)
    with pytest.raises(Refused):
        actions.accept(report, by=mai)
    actions.accept(report, by=lan)
    stored = Report.objects.get(pk=report.pk)
    assert (stored.state, stored.figures.get(indicator__position=1).value) == ("accepted", Decimal(410))
    steps = ["write", "send", "recall", "send", "return", "write", "send", "accept"]
    assert factories.verbs_of(report) == ["movement.open_period", *(f"report.{step}" for step in steps)]


@pytest.mark.parametrize(
    ("moment", "late", "word"),
    [
        ((2026, 7, 5, 23, 59, 59), 0, ("ink", "Đã gửi", "05/07")),
        ((2026, 7, 6, 0, 0, 0), 1, ("warn", "Đã gửi", "06/07, trễ 1 ngày")),
    ],
)
def test_the_last_second_of_the_last_day_is_in_time(
    report: Report,
    mai: Actor,
    monkeypatch: pytest.MonkeyPatch,
    moment: tuple[int, ...],
    late: int,
    word: tuple[str, ...],
) -> None:
    instant = timezone.make_aware(datetime.datetime(*moment))  # type: ignore[arg-type, misc]
    monkeypatch.setattr(timezone, "now", lambda: instant)
    head = replace(mai, day=instant.date())
    actions.write(report, scenes.filled(), by=head)
    actions.send(report, by=head)
    found = Report.objects.select_related("period").get(pk=report.pk)
    told = standing_of(found, scenes.DUE + 40 * DAY)
    assert (found.sent_at, found.days_late(scenes.DUE), (told.kind, told.word, told.note)) == (instant, late, word)


def test_unsent_it_is_due_today_then_late(report: Report) -> None:
    notes = [standing_of(report, scenes.DUE + days * DAY) for days in (-11, 0, 75)]
    assert [(one.kind, one.note) for one in notes] == [
        ("next", "còn 11 ngày"),
        ("next", "hạn hôm nay"),
        ("bad", "quá 75 ngày"),
    ]


def test_two_clerks_of_one_unit_one_wins_and_nothing_typed_is_lost(report: Report, mai: Actor, binh: Actor) -> None:
    opened = report.version
    mine = Report.objects.select_related("period__movement", "unit").get(pk=report.pk)
    actions.write(report, scenes.filled("400"), version=opened, by=binh)
    with pytest.raises(Overtaken) as told:
        actions.write(mine, scenes.filled("999", words="Bản của tôi"), version=opened, by=mai)
    assert told.value.last is not None
    assert (told.value.last.verb, told.value.last.actor_id) == ("report.write", binh.user.pk)
    stored = queries.fields_of(Report.objects.get(pk=report.pk))
    assert (stored.results, stored.figures[1]) == ("Giải ngân sớm hai tuần.", Decimal(400))


def test_a_figure_is_changed_and_taken_out(report: Report, mai: Actor) -> None:
    actions.write(report, scenes.filled("400"), by=mai)
    actions.write(report, replace(scenes.filled("401,"[:3]), figures={1: Decimal(401), 2: None}), by=mai)
    assert queries.fields_of(report).figures == {1: Decimal(401), 2: None}
    assert queries.missing_parts(report) == ["số của chỉ tiêu “Hồ sơ trễ hẹn”"]


def test_a_unit_that_withdrew_is_told_and_asked_no_more(
    movement: Movement, report: Report, mai: Actor, lan: Actor
) -> None:
    actions.write(report, scenes.filled(), by=mai)
    row = movement_scenes.roll_out_of(movement, report.unit)
    with pytest.raises(Refused, match="do thường trực"):
        movements.withdraw_unit(row, reason="Sáp nhập vào cụm khác", by=mai)
    movements.withdraw_unit(row, reason="Sáp nhập vào cụm khác", by=lan)
    for act in (lambda: actions.send(report, by=mai), lambda: actions.write(report, scenes.filled(), by=mai)):
        with pytest.raises(Refused, match="đã rút khỏi phong trào này, không phải gửi báo cáo nữa"):
            act()
    assert not owed_on(scenes.DUE + DAY).exists()
    later = replace(scenes.QUARTER, name="Quý III/2026")
    assert actions.open_period(movement, later, by=lan).reports.count() == 0


def test_a_unit_that_was_merged_away_is_told_into_what(report: Report, mai: Actor, department: Unit) -> None:
    merged = factories.unit("Phòng Ngân sách và Đầu tư", parent=department, agency=department)
    change = UnitChange.objects.create(kind="merge", on=scenes.DUE, decision="Quyết định số 9/QĐ-STC")
    change.before.add(report.unit)
    change.after.add(merged)
    Unit.objects.filter(pk=report.unit.pk).update(valid_until=scenes.DUE - DAY)
    report.unit.refresh_from_db()
    actions.write(report, scenes.filled(), by=replace(mai, day=scenes.DUE - DAY))
    with pytest.raises(Refused, match="đã sắp xếp lại thành Phòng Ngân sách và Đầu tư từ ngày 05/07/2026"):
        actions.send(report, by=replace(mai, day=scenes.DUE))
    assert not owed_on(scenes.DUE).exists()
    assert owed_on(scenes.DUE - DAY).exists()


def test_indicators_and_periods_change_only_while_nobody_used_them(
    movement: Movement, report: Report, mai: Actor, lan: Actor, binh: Actor
) -> None:
    with pytest.raises(Refused, match="do thường trực"):
        actions.add_indicator(movement, label="Khác", measure="%", by=binh)
    with pytest.raises(Refused, match="đã có trong phong trào này"):
        actions.add_indicator(movement, label="Giải ngân", measure="%", by=lan)
    with pytest.raises(Refused, match="đã có trong phong trào này"):
        actions.open_period(movement, scenes.QUARTER, by=lan)
    extra = actions.add_indicator(movement, label="Thừa", measure="%", by=lan)
    actions.drop_indicator(extra, by=lan)
    mistaken = actions.open_period(movement, replace(scenes.QUARTER, name="Nhầm"), by=lan)
    actions.call_off(mistaken, by=lan)
    with pytest.raises(Refused, match="Kỳ Nhầm đã bỏ, không phải gửi báo cáo"):
        actions.write(Report.objects.get(period=mistaken), scenes.filled(), by=mai)
    assert actions.open_period(movement, replace(scenes.QUARTER, name="Nhầm"), by=lan).reports.count() == 1
    scenes.sent(movement, mai)
    with pytest.raises(Refused, match="báo cáo đã gửi sẽ thiếu số"):
        actions.add_indicator(movement, label="Muộn", measure="%", by=lan)
    with pytest.raises(Refused, match="ghi số cho chỉ tiêu này"):
        actions.drop_indicator(Indicator.objects.get(movement=movement, position=1), by=lan)
    with pytest.raises(Refused, match="gửi báo cáo của kỳ này"):
        actions.call_off(report.period, by=lan)


def test_a_movement_that_is_not_before_the_units_is_not_followed(lan: Actor) -> None:
    with pytest.raises(Refused, match="Triển khai phong trào"):
        actions.add_indicator(factories.movement(lan), label="Sớm", measure="%", by=lan)


def test_a_file_of_ones_own_is_attached_and_taken_out(report: Report, mai: Actor, binh: Actor) -> None:
    with pytest.raises(Refused, match="do người khác gửi lên"):
        actions.attach(report, factories.stored_file(mai.user), by=binh)
    added = actions.attach(report, factories.stored_file(binh.user), by=binh)
    actions.detach(added, by=mai)
    assert (report.files.count(), factories.verbs_of(report)) == (
        0,
        ["movement.open_period", "report.attach", "report.detach"],
    )


def test_thousands_are_asked_in_parts_each_once(
    lan: Actor, minh: Actor, hoa: Actor, department: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 3)
    monkeypatch.setattr(asking, "CHUNK", 4)
    units = [factories.unit(f"Xã số {n:02}", agency=department, order=n) for n in range(10)]
    movement = movement_scenes.rolled_out(lan, minh, hoa, units)
    period = actions.open_period(movement, scenes.QUARTER, by=lan)
    assert (period.reports.count(), asking.is_being_asked([period])) == (0, {period.pk: False})
    late = factories.unit("Xã mới", agency=department, order=99)
    days = {"acknowledge_by": movement_scenes.SOON, "register_by": movement_scenes.LATER}
    movements.add_units(movement, [late], **days, by=lan)
    assert [report.unit for report in period.reports.all()] == [late]
    movement_scenes.work_off(asking.ASK)
    assert (period.reports.count(), asking.is_being_asked([period])) == (11, {})
    assert factories.verbs_of(period.reports.get(unit=units[0])) == ["movement.open_period"]
    assert factories.verbs_of(period.reports.get(unit=late)) == ["movement.add_units"]
    assert list(audit.verify()) == []


def test_a_period_called_off_on_the_way_asks_nobody_more(
    lan: Actor, minh: Actor, hoa: Actor, division: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "AT_ONCE", 0)
    movement = movement_scenes.rolled_out(lan, minh, hoa, [division])
    period = actions.open_period(movement, scenes.QUARTER, by=lan)
    actions.call_off(period, by=lan)
    movement_scenes.work_off(asking.ASK)
    assert period.reports.count() == 0


def test_who_joins_late_owes_only_what_is_still_ahead(
    lan: Actor, minh: Actor, hoa: Actor, division: Unit, office: Unit
) -> None:
    movement = scenes.followed(lan, minh, hoa, [office])
    for day, owed in ((scenes.DUE + datetime.timedelta(days=1), 0), (scenes.DUE, 1)):
        unit = factories.unit(f"Phòng {day}", agency=division.agency_or_self)
        days = {"acknowledge_by": day, "register_by": day}
        movements.add_units(movement, [unit], **days, by=replace(lan, day=day))
        assert unit.progress_reports.count() == owed


def test_a_period_extended_with_a_reason_makes_late_reports_timely_and_is_told(
    lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit, office: Unit
) -> None:
    movement = scenes.followed(lan, minh, hoa, [division, office])
    period = movement.periods.get()
    new = scenes.DUE + datetime.timedelta(days=5)
    for who, day, reason, why in (
        (mai, new, "Bão số 5.", "do thường trực"),
        (lan, new, " ", "ghi lý do"),
        (lan, scenes.DUE, "Bão số 5.", "phải sau ngày 05/07/2026"),
    ):
        with pytest.raises(Refused, match=why):
            actions.extend_period(period, day, reason=reason, by=who)
    report = scenes.sent(movement, mai)
    Report.objects.filter(pk=report.pk).update(sent_at=datetime.datetime(2026, 7, 10, 16, 59, 59, tzinfo=datetime.UTC))
    assert scenes.report_of(movement, division).days_late(new) == 5
    actions.extend_period(period, new, reason="Bão số 5.", by=lan)
    assert (scenes.report_of(movement, division).days_late(new), period.extended_on) == (0, lan.day)
    told = Announcement.objects.get(key__startswith="extend_period:")
    assert (told.users, "lùi đến hết ngày 10/07/2026. Lý do: Bão số 5." in told.text) == ([], True)
    assert factories.verbs_of(movement)[-1] == "movement.extend_period"
