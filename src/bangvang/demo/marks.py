"""How the criteria of the movement before the units are kept: facts of the standing body and of a head."""

import datetime

from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import ANSWERS, CLERK, HEAD, NUMBER, YEAR, SentIn
from bangvang.movements.models import Movement
from bangvang.papers import actions as stored
from bangvang.progress import actions as progress
from bangvang.progress.queries import criteria_of

CHECKED = "Biên bản kiểm tra kỷ luật giờ làm việc số 11/BB-VP"
MINUTES = f"{CHECKED} ngày 02/12/2025 (bản dùng thử): một trường hợp vào làm muộn 25 phút.\n"


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
