"""How the criteria of the movement before the units are kept: facts, and the scores that units give themselves."""

import datetime
from decimal import Decimal

from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import ANSWERS, CLERK, HEAD, LATER, NUMBER, STAFF, YEAR, SentIn
from bangvang.movements import actions as movements
from bangvang.movements.models import Movement, RollOut
from bangvang.papers import actions as stored
from bangvang.progress import actions as progress
from bangvang.progress.models import ScoreSheet
from bangvang.progress.queries import criteria_of

CHECKED = "Biên bản kiểm tra kỷ luật giờ làm việc số 11/BB-VP"
MINUTES = f"{CHECKED} ngày 02/12/2025 (bản dùng thử): một trường hợp vào làm muộn 25 phút.\n"

TASKS = (
    ("thao", "Thẩm tra bảy hồ sơ quyết toán của các xã.", datetime.date(2025, 12, 12)),
    ("vinh", "Đối chiếu kế hoạch vốn với 32 xã, phường.", datetime.date(2025, 12, 24)),
    ("thao", "Lập bảng hỏi chung cho các xã năm 2026.", datetime.date(2025, 12, 30)),
)
FIGURES = (
    (2023, "540", "552.8", "Báo cáo số 102/BC-STC"),
    (2024, "590", "611.4", "Báo cáo số 98/BC-STC"),
    (2025, "640.5", "503.2", "đến ngày 15/12/2025"),
)
HANDED_OVER = "Biên bản giao nhận 40 bộ bàn ghế với Uỷ ban nhân dân xã Nậm Lúc ngày 12/11/2025 (bản dùng thử).\n"
GIFTS = (
    progress.Gift(
        "Xã Nậm Lúc", "Tặng 40 bộ bàn ghế học sinh.", datetime.date(2025, 11, 12),
        "Biên bản giao nhận ngày 12/11/2025", Decimal(38_000_000),
    ),
    progress.Gift(
        "Xã Nậm Lúc", "Góp vật liệu làm 300 m đường bản Nà Hin.", datetime.date(2025, 10, 25),
        "Biên bản giao nhận ngày 25/10/2025", Decimal(52_500_000),
    ),
)  # fmt: skip
SCALE = (
    ("Hồ sơ trả đúng hạn", Decimal(40), "Mỗi hồ sơ trễ trừ 0,5 điểm"),
    ("Hoàn thành dự toán và kế hoạch vốn", Decimal(40), "Theo tỷ lệ hoàn thành"),
    ("Sáng kiến, việc làm hay", Decimal(20), ""),
)


def run(department: Department) -> None:
    """Called after the reports of the movement."""
    movement = Movement.objects.get(number=NUMBER, issued_on__year=YEAR)
    unit, criteria = department.units[ANSWERS], criteria_of(movement)
    with assumed_day.on(day := datetime.date(2025, 12, 2)):
        clerk = department.actor(CLERK, day)
        late = progress.Fact("broken", criteria[0], day, "Vào làm muộn 25 phút, không báo trước.", CHECKED)
        made = progress.observe(movement, unit, department.people["thao"], late, by=clerk)
        file = stored.receive(SentIn("Bien ban kiem tra 02-12.txt", MINUTES.encode()), by=clerk)
        stored.settle(file, kind="txt")
        progress.attach_to_observation(made, file, by=clerk)
    with assumed_day.on(day := datetime.date(2025, 12, 9)):
        helped = progress.Fact(
            "kept", criteria[-1], day, "Ở lại hướng dẫn kế toán của năm xã hoàn thành đối chiếu trong ngày.",
            "Sổ theo dõi của phòng, ngày 09/12/2025",
        )  # fmt: skip
        progress.observe(movement, unit, department.people["vinh"], helped, by=department.actor(HEAD, day))
    _plan(movement, department)
    _score(movement, department)
    _years(movement, department)


def _plan(movement: Movement, department: Department) -> None:
    """The division's own plan with its paper, and who does what."""
    with assumed_day.on(day := datetime.date(2025, 10, 10)):
        head = department.actor(HEAD, day)
        row = RollOut.objects.get(movement=movement, unit=department.units[ANSWERS])
        text = "Chia 14 hồ sơ cho bốn người, mỗi thứ Sáu báo số đã xong.\nHồ sơ vướng quá ba ngày thì trưởng phòng gọi chủ đầu tư."
        plan = movements.write_unit_plan(row, kind="own", text=text, by=head)
        file = stored.receive(SentIn("Ke hoach cua phong.txt", f"{text}\n".encode()), by=head)
        stored.settle(file, kind="txt")
        movements.attach_to_unit_plan(plan, file, by=head)
        for person, words, due_on in TASKS:
            movements.give_task(plan, department.people[person], words, due_on=due_on, by=head)
    with assumed_day.on(day := datetime.date(2025, 12, 12)):
        first = plan.tasks.order_by("pk")[0]
        movements.finish_task(first, by=department.actor(STAFF, day))


def _years(movement: Movement, department: Department) -> None:
    """Figures of three years, and what the department did for a commune it sponsors."""
    with assumed_day.on(day := datetime.date(2025, 12, 11)):
        clerk = department.actor(CLERK, day)
        indicator = movement.indicators.select_related("movement").get(position=1)
        for year, target, reached, note in FIGURES:
            progress.write_year(
                indicator,
                year,
                target=Decimal(target),
                reached=Decimal(reached) if reached else None,
                note=note,
                by=clerk,
            )
        made = [progress.record_social_work(movement, department.agency, gift, by=clerk) for gift in GIFTS]
        file = stored.receive(SentIn("Bien ban giao nhan 12-11.txt", HANDED_OVER.encode()), by=clerk)
        stored.settle(file, kind="txt")
        progress.attach_to_social_work(made[0], file, by=clerk)
    with assumed_day.on(day := datetime.date(2025, 12, 15)):
        lessons = progress.Gift(
            "Xã Nậm Lúc", "Hai buổi hướng dẫn quyết toán cho kế toán xã.", day, "Sổ theo dõi của phòng, ngày 15/12/2025"
        )
        progress.record_social_work(movement, department.units[ANSWERS], lessons, by=department.actor(HEAD, day))


def _score(movement: Movement, department: Department) -> None:
    """One division has scored itself and waits for the check, two have not; the later movement has only a scale."""
    with assumed_day.on(day := datetime.date(2025, 12, 10)):
        clerk = department.actor(CLERK, day)
        for text, most, guide in SCALE:
            progress.add_score_item(movement, text=text, most=most, guide=guide, by=clerk)
        progress.open_scoring(movement, due_on=datetime.date(2025, 12, 22), by=clerk)
    with assumed_day.on(day := datetime.date(2025, 12, 18)):
        head = department.actor(HEAD, day)
        sheet = ScoreSheet.objects.get(movement=movement, unit=department.units[ANSWERS])
        given = {1: (Decimal("38.5"), "Ba hồ sơ trả chậm một ngày"), 2: (Decimal(30), ""), 3: (Decimal(20), "")}
        progress.mark(sheet, given, by=head)
        progress.send_scores(sheet, by=head)
    with assumed_day.on(day := datetime.date(2025, 12, 19)):
        later = Movement.objects.get(number=LATER, issued_on__year=YEAR)
        for text, most, guide in SCALE[:2]:
            progress.add_score_item(later, text=text, most=most, guide=guide, by=department.actor(CLERK, day))
