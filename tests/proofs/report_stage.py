"""Run by proof 6.5 in a process of its own: a movement before seven divisions, each with a head, one quarter to report on.

Usage: python -m tests.proofs.report_stage. Prints unit → code of its report as JSON, and the movement's code under "movement".
"""

import datetime
import json

import django

django.setup()

from bangvang.movements import actions as movements  # noqa: E402 (after the applications are loaded)
from bangvang.people.actor import Actor  # noqa: E402
from bangvang.people.models import Duty, Unit, UnitChange, User  # noqa: E402
from bangvang.progress.models import Report  # noqa: E402
from tests import factories  # noqa: E402
from tests.movements import scenes as movement_scenes  # noqa: E402
from tests.progress import scenes  # noqa: E402

# user name of the head → the division's name
DIVISIONS = {
    "kip": "Phòng Kịp hạn", "cham": "Phòng Chậm một giây", "muon": "Phòng Muộn ba ngày", "chua": "Phòng Chưa đăng ký",
    "rut": "Phòng Đã rút", "cu": "Phòng Cũ", "hai": "Phòng Hai người",
}  # fmt: skip
MERGED_INTO = "Phòng Mới hợp nhất"
MERGED_ON = datetime.date(2026, 7, 1)


def a_head(username: str, unit: Unit, role: str = Duty.Role.HEAD) -> Actor:
    made = factories.actor(f"Lò Văn {username.capitalize()}", unit, role)
    User.objects.filter(pk=made.user.pk).update(username=username)
    return made


def main() -> dict[str, str]:
    agency = factories.agency(
        "Sở Xây dựng", symbol="SXD", parent=factories.unit("UBND tỉnh Mường Then", kind="province")
    )
    clerk, director, registry = (
        a_head(name, agency, role)
        for name, role in (("thu", Duty.Role.CLERK), ("giam", Duty.Role.DIRECTOR), ("vanthu", Duty.Role.REGISTRY))
    )
    units = {name: factories.unit(title, parent=agency, agency=agency) for name, title in DIVISIONS.items()}
    heads = {name: a_head(name, unit) for name, unit in units.items()}
    a_head("haib", units["hai"], Duty.Role.STAFF)
    movement = scenes.followed(clerk, director, registry, list(units.values()))
    for name, head in heads.items():
        if name != "chua":
            registration = movement_scenes.registration_of(movement, head.unit)
            movements.register(registration, person=head.person, award="advanced_worker", target="Xong sớm.", by=head)
            movements.send_registration(registration, by=head)
    movements.withdraw_unit(movement_scenes.roll_out_of(movement, units["rut"]), reason="Sang cụm khác", by=clerk)
    change = UnitChange.objects.create(kind="merge", on=MERGED_ON, decision="Quyết định số 9/QĐ-SXD")
    change.before.add(units["cu"])
    change.after.add(factories.unit(MERGED_INTO, parent=agency, agency=agency, valid_from=MERGED_ON))
    Unit.objects.filter(pk=units["cu"].pk).update(valid_until=MERGED_ON - datetime.timedelta(days=1))
    reports = {name: Report.objects.get(unit=unit).code for name, unit in units.items()}
    return {**reports, "movement": movement.code}


if __name__ == "__main__":
    print(json.dumps(main()))
