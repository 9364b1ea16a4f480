"""A movement after its roll-out: who ends it, closes it, cancels it, and how a signed paper corrects its plan."""

import datetime
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.movements import actions, queries
from bangvang.movements.board import board
from bangvang.movements.changes import shown
from bangvang.movements.models import Assignment, LaterPaper, Movement
from bangvang.notices.models import Announcement
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress import actions as progress
from bangvang.progress.models import Report
from bangvang.progress.periods import Span
from bangvang.progress.queries import ReportFields
from bangvang.progress.standing import owed_on
from tests import factories
from tests.movements import scenes

FIRST, LAST = datetime.date(2026, 4, 1), datetime.date(2026, 12, 31)
ONE_DAY = datetime.timedelta(days=1)


def on(actor: Actor, day: datetime.date) -> Actor:
    return replace(actor, day=day)


@pytest.fixture
def movement(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, office: Unit, division: Unit) -> Movement:
    return scenes.rolled_out(lan, minh, hoa, [division, office])


@pytest.fixture
def open_ended(lan: Actor, minh: Actor, hoa: Actor, mai: Actor, division: Unit) -> Movement:
    return scenes.rolled_out(lan, minh, hoa, [division], ends_on=None, end_condition="hoàn thành số hoá hồ sơ")


def paper(number: str = "120/BC-STC", day: datetime.date = factories.DAY) -> actions.PaperGiven:
    return actions.PaperGiven(number, day)


def signed_paper(by: Actor, number: str = "131/KH-STC") -> actions.PaperGiven:
    return actions.PaperGiven(number, factories.DAY, factories.stored_file(by.user))


# --- reviewed, closed, archived ---------------------------------------------------------------------------------------


def test_the_whole_life_leaves_one_event_for_each_act(movement: Movement, lan: Actor) -> None:
    after = on(lan, LAST + ONE_DAY)
    actions.note_review(movement, paper=paper(), by=after)
    actions.close(movement, by=after)
    actions.archive(movement, by=after)
    assert (movement.state, [one.number for one in movement.later_papers.all()]) == ("archived", ["120/BC-STC"])
    assert factories.verbs_of(movement)[-3:] == ["movement.review", "movement.close", "movement.archive"]


def test_a_movement_is_closed_only_after_its_last_day(movement: Movement, lan: Actor) -> None:
    with pytest.raises(Refused, match="bắt đầu từ ngày 01/04/2026, chưa tổng kết được"):
        actions.note_review(movement, by=on(lan, FIRST - ONE_DAY))
    actions.note_review(movement, by=on(lan, FIRST))
    with pytest.raises(Refused, match="còn chạy đến hết ngày 31/12/2026"):
        actions.close(movement, by=on(lan, LAST))
    actions.close(movement, by=on(lan, LAST + ONE_DAY))
    assert movement.state == "closed"


def test_only_the_standing_clerk_closes(movement: Movement, lan: Actor, minh: Actor, mai: Actor) -> None:
    actions.note_review(movement, by=on(lan, LAST))
    for other in (minh, mai):
        with pytest.raises(Refused, match="do thường trực thi đua, khen thưởng của cơ quan làm"):
            actions.close(movement, by=on(other, LAST + ONE_DAY))


def test_closed_by_mistake_is_reopened_with_a_reason_until_it_is_archived(movement: Movement, lan: Actor) -> None:
    after = on(lan, LAST + ONE_DAY)
    actions.note_review(movement, by=after)
    actions.close(movement, by=after)
    with pytest.raises(Refused, match="cần ghi lý do"):
        actions.reopen(movement, reason=" ", by=after)
    actions.reopen(movement, reason="Còn thiếu báo cáo của Văn phòng", by=after)
    assert movement.state == "rolled_out"
    actions.note_review(movement, by=after)
    actions.close(movement, by=after)
    actions.archive(movement, by=after)
    with pytest.raises(Refused, match="“Mở lại phong trào” không làm được"):
        actions.reopen(movement, reason="Nhầm", by=after)


def test_two_people_close_at_once_and_one_is_told(movement: Movement, lan: Actor) -> None:
    after = on(lan, LAST + ONE_DAY)
    actions.note_review(movement, by=after)
    seen = Movement.objects.get(pk=movement.pk)
    actions.close(movement, by=after, version=movement.version)
    with pytest.raises(Overtaken):
        actions.close(seen, by=after, version=seen.version)


def test_a_paper_is_entered_once_and_never_from_the_future(movement: Movement, lan: Actor) -> None:
    with pytest.raises(Refused, match="ở sau ngày hôm nay"):
        actions.note_review(movement, paper=paper(day=LAST + ONE_DAY), by=on(lan, LAST))
    assert (Movement.objects.get(pk=movement.pk).state, LaterPaper.objects.count()) == ("rolled_out", 0)
    actions.note_review(movement, paper=paper(), by=on(lan, LAST))
    actions.reopen(movement, reason="Ghi nhầm", by=on(lan, LAST))
    with pytest.raises(Refused, match="120/BC-STC đã được ghi"):
        actions.note_review(movement, paper=paper(), by=on(lan, LAST))


# --- an open end ------------------------------------------------------------------------------------------------------


def test_an_open_end_runs_until_somebody_declares_it_met(open_ended: Movement, lan: Actor, mai: Actor) -> None:
    years_on = datetime.date(2028, 6, 30)
    assert open_ended.is_running_on(years_on)
    actions.note_review(open_ended, by=on(lan, years_on))
    with pytest.raises(Refused, match="kết thúc khi hoàn thành số hoá hồ sơ: chưa ai ghi"):
        actions.close(open_ended, by=on(lan, years_on))
    with pytest.raises(Refused):
        actions.declare_end(open_ended, ended_on=years_on, words="Xong", by=on(mai, years_on))
    last = years_on - ONE_DAY
    actions.declare_end(
        open_ended, ended_on=last, words="Đã số hoá 100 % hồ sơ.", paper=paper("9/TB-STC"), by=on(lan, years_on)
    )
    assert (open_ended.is_running_on(last), open_ended.is_running_on(years_on)) == (True, False)
    assert (open_ended.ended_by, LaterPaper.objects.get().purpose) == (lan.person, "ending")
    assert "kết thúc ngày 29/06/2028: Đã số hoá 100 % hồ sơ." in Announcement.objects.latest("pk").text
    actions.close(open_ended, by=on(lan, years_on))
    assert open_ended.state == "closed"


def test_a_declared_day_lies_between_the_first_day_and_today(open_ended: Movement, minh: Actor) -> None:
    for day, words in ((FIRST - ONE_DAY, "sớm hơn ngày bắt đầu"), (LAST, "ở sau ngày hôm nay")):
        with pytest.raises(Refused, match=words):
            actions.declare_end(open_ended, ended_on=day, words="Xong", by=on(minh, LAST - ONE_DAY))
    actions.declare_end(open_ended, ended_on=FIRST, words="Xong", by=on(minh, LAST))
    with pytest.raises(Refused, match="đã được ghi là đạt từ ngày 01/04/2026"):
        actions.declare_end(open_ended, ended_on=FIRST, words="Xong", by=on(minh, LAST))


def test_the_paper_of_an_end_taken_back_proves_the_right_day(open_ended: Movement, lan: Actor) -> None:
    for day in (FIRST, FIRST + ONE_DAY):
        actions.declare_end(open_ended, ended_on=day, words="Xong", paper=paper("9/TB-STC"), by=on(lan, LAST))
        if day == FIRST:
            actions.retract_end(open_ended, reason="Ghi nhầm ngày.", by=on(lan, LAST))
    assert open_ended.ended_on == FIRST + ONE_DAY
    assert [one.number for one in open_ended.later_papers.all()] == ["9/TB-STC"]


def test_a_wrong_declaration_is_taken_back_while_the_movement_is_open(open_ended: Movement, lan: Actor) -> None:
    later = on(lan, LAST)
    actions.declare_end(open_ended, ended_on=FIRST, words="Xong", by=later)
    actions.retract_end(open_ended, reason="Còn một phòng chưa xong", by=later)
    assert (open_ended.last_day, open_ended.is_running_on(LAST)) == (None, True)
    with pytest.raises(Refused, match="Chưa ai ghi"):
        actions.retract_end(open_ended, reason="Nhầm", by=later)


def test_a_movement_with_a_last_day_ends_by_no_condition(movement: Movement, lan: Actor) -> None:
    with pytest.raises(Refused, match="Kế hoạch đã ghi ngày kết thúc"):
        actions.declare_end(movement, ended_on=FIRST, words="Xong", by=on(lan, LAST))


def test_the_database_wants_words_and_a_name_for_an_end(open_ended: Movement) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.filter(pk=open_ended.pk).update(ended_on=FIRST)


# --- cancelled --------------------------------------------------------------------------------------------------------


def test_who_approves_cancels_and_nothing_is_owed_any_more(
    movement: Movement, lan: Actor, minh: Actor, mai: Actor, division: Unit
) -> None:
    span = Span("Quý II/2026", FIRST, datetime.date(2026, 6, 30), datetime.date(2026, 7, 5))
    progress.open_period(movement, span, by=lan)
    late = datetime.date(2026, 8, 1)
    assert owed_on(late).count() == 2
    with pytest.raises(Refused, match="Việc này do Giám đốc làm"):
        actions.stop(movement, reason="Trùng với phong trào của tỉnh", by=on(lan, late))
    actions.stop(movement, reason="Trùng với phong trào của tỉnh", by=on(minh, late))
    assert (movement.state, movement.ended_on, movement.is_running_on(late), movement.is_running_on(late + ONE_DAY)) == (
        "stopped", late, True, False,
    )  # fmt: skip
    told = Announcement.objects.latest("pk")
    assert (told.users, told.text.endswith("Trùng với phong trào của tỉnh")) == ([mai.user.pk], True)
    assert owed_on(late).count() == 0
    assert {row.edge for row in board(movement, late)} == {"calm"}


def test_after_cancelling_a_unit_can_do_nothing_and_is_told_why(
    movement: Movement, lan: Actor, minh: Actor, mai: Actor, division: Unit
) -> None:
    progress.open_period(movement, Span("Tháng 4/2026", FIRST, FIRST, FIRST), by=lan)
    actions.stop(movement, reason="Trùng nội dung", by=minh)
    told = "các đơn vị không còn việc phải làm"
    registration = movement.registrations.select_related("movement", "unit").get(unit=division)
    report = Report.objects.select_related("period__movement", "unit").get(unit=division)
    task = Assignment.objects.select_related("movement", "unit").get()
    roll_out = movement.roll_outs.select_related("movement", "unit").get(unit=division)
    acts = [
        lambda: actions.acknowledge(roll_out, mai.person, by=mai),
        lambda: actions.register(registration, person=mai.person, award="advanced_worker", target="", by=mai),
        lambda: actions.finish_assignment(task, on=factories.DAY, by=mai),
        lambda: progress.send(report, by=mai),
        lambda: progress.open_period(movement, Span("Mới", FIRST, LAST, LAST), by=lan),
    ]
    for act in acts:
        with pytest.raises(Refused, match=told):
            act()


def test_cancelling_is_recorded_from_a_signed_paper(movement: Movement, hoa: Actor, minh: Actor) -> None:
    given = signed_paper(hoa, "130/QĐ-STC")
    actions.record_stop(movement, reason="Trùng nội dung", paper=given, signed_by=minh.duty, by=hoa)
    assert (movement.state, movement.ended_by) == ("stopped", minh.person)
    assert LaterPaper.objects.get().purpose == "stopping"
    with pytest.raises(Refused):
        actions.record_stop(movement, reason="Lần nữa", paper=given, signed_by=minh.duty, by=hoa)


# --- corrected --------------------------------------------------------------------------------------------------------


def test_a_signed_paper_corrects_the_plan_and_the_old_words_stay_readable(movement: Movement, lan: Actor) -> None:
    new_last = datetime.date(2027, 3, 31)
    plan = factories.plan(ends_on=new_last, contents=("Rà soát định mức chi.", "Công khai kết quả hằng tháng."))
    entered = actions.correct(movement, plan, paper=signed_paper(lan), by=lan)
    assert (movement.ends_on, queries.current_plan(movement).contents) == (new_last, plan.contents)
    assert [(change.label, change.gone, change.new) for change in shown(entered.changes)] == [
        ("Ngày kết thúc", ("31/12/2026",), ("31/03/2027",)),
        ("Nội dung thi đua", ("Công khai kết quả hằng quý.",), ("Công khai kết quả hằng tháng.",)),
    ]
    assert factories.verbs_of(movement)[-1] == "movement.correct"
    assert "được điều chỉnh bằng văn bản 131/KH-STC" in Announcement.objects.latest("pk").text


def test_a_correction_needs_its_paper_a_change_and_a_whole_plan(movement: Movement, lan: Actor, mai: Actor) -> None:
    changed = factories.plan(theme="Chủ đề khác")
    with pytest.raises(Refused, match="cần bản đã ký"):
        actions.correct(movement, changed, paper=paper(), by=lan)
    with pytest.raises(Refused, match="Chưa có chỗ nào khác"):
        actions.correct(movement, factories.plan(), paper=signed_paper(lan), by=lan)
    with pytest.raises(Refused, match="Kế hoạch còn thiếu: nội dung thi đua"):
        actions.correct(movement, factories.plan(contents=()), paper=signed_paper(lan), by=lan)
    with pytest.raises(Refused, match="do người khác gửi lên"):
        actions.correct(movement, changed, paper=signed_paper(mai), by=lan)
    with pytest.raises(Refused, match="do thường trực"):
        actions.correct(movement, changed, paper=signed_paper(mai), by=mai)
    assert queries.current_plan(Movement.objects.get(pk=movement.pk)) == factories.plan()


def test_a_correction_under_an_old_version_is_overtaken(movement: Movement, lan: Actor) -> None:
    with pytest.raises(Overtaken):
        actions.correct(movement, factories.plan(theme="Khác"), paper=signed_paper(lan), version=1, by=lan)


def test_where_a_movement_stands_is_derived_from_its_days(movement: Movement) -> None:
    told = [queries.phase(movement, day) for day in (factories.DAY, FIRST, LAST, LAST + ONE_DAY)]
    assert told == [
        "Bắt đầu từ ngày 01/04/2026", "Đang thực hiện", "Đang thực hiện", "Đã hết thời gian từ ngày 31/12/2026",
    ]  # fmt: skip
    begun = Movement.objects.get(pk=movement.pk)
    begun.starts_on = factories.DAY
    assert queries.phase(begun, scenes.LATER) == "Đang đăng ký, đến hết ngày 22/03/2026"


def test_after_closing_what_came_in_is_taken_in_but_not_sent_back(
    movement: Movement, lan: Actor, mai: Actor, division: Unit
) -> None:
    registration = movement.registrations.select_related("movement", "unit").get(unit=division)
    actions.register(registration, person=mai.person, award="advanced_worker", target="", by=mai)
    actions.send_registration(registration, by=mai)
    span = Span("Tháng 4/2026", FIRST, FIRST, FIRST)
    progress.open_period(movement, span, by=lan)
    report = Report.objects.select_related("period__movement__agency", "unit").get(unit=division)
    progress.write(report, ReportFields("Xong."), by=mai)
    progress.send(report, by=mai)
    after = on(lan, LAST + ONE_DAY)
    actions.note_review(movement, by=after)
    actions.close(movement, by=after)
    report = Report.objects.select_related("period__movement__agency", "unit").get(unit=division)
    registration.movement.refresh_from_db()
    for act in (
        lambda: progress.send_back(report, reason="Thiếu số", by=after),
        lambda: progress.recall(report, by=on(mai, after.day)),
        lambda: actions.return_registration(registration, reason="Thiếu", by=after),
    ):
        with pytest.raises(Refused, match="không còn việc phải làm"):
            act()
    progress.accept(report, by=after)
    actions.accept_registration(registration, by=after)
    assert (report.state, registration.state) == ("accepted", "accepted")
