"""Movements that have gone further in the demo: archived, closed, cancelled, and one corrected by paper and reviewed."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import ANSWERS, CLERK, HEAD, SentIn
from bangvang.movements import actions as movements
from bangvang.movements.models import Movement, Registration, RollOut
from bangvang.movements.queries import current_plan
from bangvang.papers import actions as stored
from bangvang.people.actor import Actor

# Number and year of each plan.
ARCHIVED, CLOSED, STOPPED, CORRECTED = (14, 2024), (41, 2024), (33, 2025), (35, 2025)
OPEN_ENDED, MET = (27, 2025), (54, 2025)
DIRECTOR = "giamdoc"
PAPER = "Bản trích dùng thử: kéo dài phong trào tiết kiệm điện, nước, giấy in đến hết ngày 31 tháng 12 năm 2025.\n"


def run(department: Department) -> None:
    """Live through it on the days it happened. Called after the plans."""
    _archived(department)
    _closed(department)
    _stopped(department)
    _corrected(department)
    _open_ends(department)


@contextmanager
def _on(department: Department, username: str, year: int, month: int, day: int) -> Iterator[Actor]:
    with assumed_day.on(date := datetime.date(year, month, day)):
        yield department.actor(username, date)


def _of(plan: tuple[int, int]) -> Movement:
    number, year = plan
    return Movement.objects.get(number=number, issued_on__year=year)


def _push(department: Department, movement: Movement, clerk: Actor) -> None:
    """To one division, which has a week to answer and two to register."""
    week = datetime.timedelta(days=7)
    movements.roll_out(
        movement, [department.units[ANSWERS]], [],
        acknowledge_by=clerk.day + week, register_by=clerk.day + 2 * week, by=clerk,
    )  # fmt: skip


def _archived(department: Department) -> None:
    """An open end: the condition was met after a year, the movement reviewed, closed and put away."""
    movement = _of(ARCHIVED)
    with _on(department, CLERK, 2024, 2, 26) as clerk:
        _push(department, movement, clerk)
    with _on(department, CLERK, 2025, 2, 17) as clerk:
        notice = movements.PaperGiven("19/TB-STC", datetime.date(2025, 2, 14))
        words = "Đã số hoá và đối chiếu xong 1.284 hồ sơ dự án, biên bản nghiệm thu ngày 12/02/2025."
        movements.declare_end(movement, ended_on=datetime.date(2025, 2, 12), words=words, paper=notice, by=clerk)
    with _on(department, CLERK, 2025, 2, 28) as clerk:
        report = movements.PaperGiven("24/BC-STC", datetime.date(2025, 2, 28))
        movements.note_review(movement, paper=report, by=clerk)
        movements.close(movement, by=clerk)
    with _on(department, CLERK, 2025, 6, 30) as clerk:
        movements.archive(movement, by=clerk)


def _closed(department: Department) -> None:
    movement = _of(CLOSED)
    with _on(department, CLERK, 2024, 6, 20) as clerk:
        _push(department, movement, clerk)
    with _on(department, CLERK, 2024, 12, 20) as clerk:
        movements.note_review(movement, by=clerk)
    with _on(department, CLERK, 2025, 1, 6) as clerk:
        movements.close(movement, by=clerk)


def _stopped(department: Department) -> None:
    movement = _of(STOPPED)
    with _on(department, CLERK, 2025, 4, 21) as clerk:
        _push(department, movement, clerk)
    with _on(department, DIRECTOR, 2025, 5, 12) as director:
        paper = movements.PaperGiven("38/QĐ-STC", datetime.date(2025, 5, 12))
        reason = "Tỉnh tổ chức hội thi cùng nội dung cho mọi sở, ngành: Sở cử đội dự thi của tỉnh, không thi riêng."
        movements.stop(movement, reason=reason, paper=paper, by=director)


def _corrected(department: Department) -> None:
    """Acknowledged and registered, made a month longer by a signed paper, reviewed before its last day."""
    movement = _of(CORRECTED)
    with _on(department, CLERK, 2025, 4, 28) as clerk:
        _push(department, movement, clerk)
    with _on(department, HEAD, 2025, 5, 2) as head:
        movements.acknowledge(RollOut.objects.get(movement=movement), department.people["an"], by=head)
        registration = Registration.objects.select_related("movement", "unit").get(movement=movement)
        target = "Giảm 6 % tiền điện so với cùng kỳ."
        movements.register(registration, person=None, award="unit_commendation", target=target, by=head)
        movements.send_registration(registration, by=head)
    with _on(department, CLERK, 2025, 5, 6) as clerk:
        movements.accept_registration(registration, by=clerk)
    with _on(department, CLERK, 2025, 11, 20) as clerk:
        file = stored.receive(SentIn("Ke hoach dieu chinh.txt", PAPER.encode()), by=clerk)
        stored.settle(file, kind="txt")
        file.refresh_from_db()
        longer = replace(current_plan(movement), ends_on=datetime.date(2025, 12, 31))
        paper = movements.PaperGiven("71/KH-STC", datetime.date(2025, 11, 19), file)
        movements.correct(movement, longer, paper=paper, by=clerk)
    with _on(department, CLERK, 2025, 12, 18) as clerk:
        movements.note_review(movement, by=clerk)


def _open_ends(department: Department) -> None:
    """Two movements that end when a condition is met: of one nobody has said so yet, of the other the clerk has."""
    for movement, day in ((_of(OPEN_ENDED), (2025, 3, 18)), (_of(MET), (2025, 8, 8))):
        with _on(department, CLERK, *day) as clerk:
            _push(department, movement, clerk)
        with _on(department, HEAD, *day) as head:
            movements.acknowledge(RollOut.objects.get(movement=movement), department.people["an"], by=head)
            registration = Registration.objects.select_related("movement", "unit").get(movement=movement)
            movements.register(
                registration, person=None, award="unit_commendation", target="Xong phần việc được giao.", by=head
            )
            movements.send_registration(registration, by=head)
        with _on(department, CLERK, *day) as clerk:
            movements.accept_registration(registration, by=clerk)
    with _on(department, CLERK, 2025, 12, 16) as clerk:
        words = "Cả 58 xã, phường mới đã được giao dự toán năm 2026, xã cuối cùng ngày 12/12/2025."
        movements.declare_end(movement, ended_on=datetime.date(2025, 12, 12), words=words, by=clerk)
