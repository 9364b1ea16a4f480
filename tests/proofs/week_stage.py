"""Run by proof 6.4 in a process of its own: a department of six divisions with heads, and an issued plan not yet sent to them.

Usage: python -m tests.proofs.week_stage. Prints the movement's code.
"""

import datetime

import django

django.setup()

from bangvang.movements import actions as movements  # noqa: E402 (after the applications are loaded)
from bangvang.people.models import Duty  # noqa: E402
from tests import factories  # noqa: E402

# user name of the head → the head, the division
DIVISIONS = {
    "datdai": ("Nông Thị Hảo", "Phòng Đất đai"),
    "dangky": ("Triệu Văn Khánh", "Văn phòng Đăng ký đất đai"),
    "moitruong": ("Ma Thị Duyên", "Phòng Môi trường"),
    "congnghe": ("Lương Đình Phúc", "Trung tâm Công nghệ thông tin"),
    "thuyloi": ("Hoàng Văn Sáu", "Phòng Thuỷ lợi"),
    "vanphong": ("Bế Thị Thơm", "Văn phòng Sở"),
}
OFFICE = {
    "thuong": ("Đàm Thị Nga", Duty.Role.CLERK, "Chuyên viên"),
    "giam": ("Vi Văn Toàn", Duty.Role.DIRECTOR, "Giám đốc"),
    "so": ("Lục Thị Bích", Duty.Role.REGISTRY, "Văn thư"),
}
TITLE = "Đợt thi đua cao điểm 30 ngày làm sạch hồ sơ đất đai"
ISSUED_ON = datetime.date(2026, 2, 27)


def main() -> str:
    province = factories.unit("UBND tỉnh Mường Then", kind="province")
    agency = factories.agency("Sở Nông nghiệp và Môi trường", symbol="SNNMT", place="Mường Then", parent=province)
    clerk, director, registry = (
        factories.actor(name, agency, role, title=title, day=ISSUED_ON) for name, role, title in OFFICE.values()
    )
    people = dict(zip(OFFICE, (clerk, director, registry), strict=True))
    for username, (name, division) in DIVISIONS.items():
        unit = factories.unit(division, parent=agency, agency=agency)
        people[username] = factories.actor(name, unit, Duty.Role.HEAD, title="Trưởng đơn vị", day=ISSUED_ON)
    for username, actor in people.items():
        actor.user.username = username
        actor.user.save()
        if " Thị " in actor.person.full_name:
            actor.person.sex = "female"
            actor.person.save()
    movement = factories.movement(
        clerk,
        title=TITLE,
        theme="Hồ sơ sạch, người dân đỡ một lần đi",
        starts_on=datetime.date(2026, 3, 2),
        ends_on=datetime.date(2026, 3, 31),
        contents=("Rà soát, số hoá hồ sơ đất đai còn trên giấy.", "Không để hồ sơ trễ hẹn mới phát sinh."),
        duties=("Các phòng, đơn vị thuộc Sở báo cáo kết quả từng tuần.",),
    )
    movements.submit(movement, by=clerk)
    movements.approve(movement, by=director)
    movements.issue(movement, number=21, issued_on=ISSUED_ON, by=registry)
    return movement.code


if __name__ == "__main__":
    print(main())
