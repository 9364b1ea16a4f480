"""A round on the demo's people for the proofs of dossiers: a movement rolled out to two divisions, and their dossiers."""

import datetime
from dataclasses import dataclass, field
from typing import Any

TODAY = datetime.date(2025, 12, 20)
LINES = (  # account of the head, unit, who is nominated (demo's full names) for which award
    (
        "truongphong",
        "Phòng Quản lý ngân sách",
        ("Đinh Thị Phương Thảo", "Cao Xuân Vinh", "Trần Lê Diễm My", "Ngô Bảo Khang"),
    ),
    ("hanh", "Phòng Tài chính hành chính sự nghiệp", ("Phạm Thị Lan", "Dương Tố Quyên", "Vi Văn Lực")),
)


@dataclass
class Stage:
    """What stands: the movement, dossiers by unit name, lines by name."""

    movement: Any = None
    dossiers: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, Any] = field(default_factory=dict)


def actor(username: str, day: datetime.date = TODAY, *, unit: str = "") -> Any:
    """The account's person in the weightiest duty, or in the one of a unit."""
    from bangvang.people.actor import Actor
    from bangvang.people.models import Duty, User

    user = User.objects.get(username=username)
    held = (
        Duty.objects.as_of(day)
        .filter(person=user.person)
        .select_related("person", "unit__agency")
        .order_by("rank", "pk")
    )
    return Actor(user, (held.filter(unit__name=unit) if unit else held)[0], day)


def head_account(username: str, unit: str, *, role: str = "head") -> Any:
    """An account for the head (or deputy head) of a unit that the demo gives none."""
    from bangvang.people.models import Duty, User

    head = Duty.objects.as_of(TODAY).filter(unit__name=unit, role=role).select_related("person")[0]
    if not User.objects.filter(username=username).exists():
        User.objects.create_user(username, PASSWORD, person=head.person)
    return actor(username, unit=unit)


PASSWORD = "bến nước cây đa 2025"


def build() -> Stage:
    """Through the product's own actions, in the day of the demo."""
    from bangvang.movements import actions as movements
    from bangvang.movements.fields import PlannedAward
    from bangvang.movements.queries import PlanFields
    from bangvang.people.models import Unit

    clerk, director, registry = actor("thuongtruc"), actor("giamdoc"), actor("vanthu")
    plan = PlanFields(
        title="Phong trào thi đua nước rút quý IV năm 2025", theme="Về đích sớm một tuần", kind="regular",
        starts_on=datetime.date(2025, 10, 1), ends_on=datetime.date(2025, 12, 31), end_condition="",
        purposes=("Hoàn thành dự toán năm.",), contents=("Giải ngân hết kế hoạch vốn.",), individual_criteria=("Hoàn thành việc được giao.",),
        awards=(PlannedAward("Giấy khen của Giám đốc Sở", "Dẫn đầu phong trào"),),
        duties=("Văn phòng Sở theo dõi.",), recipients=(("Các phòng", "t/h"),),
    )  # fmt: skip
    movement = movements.draft(plan, by=clerk)
    movements.submit(movement, by=clerk)
    movements.approve(movement, by=director)
    movements.issue(movement, number=9187, issued_on=TODAY, by=registry)
    units = [Unit.objects.get(name=unit) for _, unit, _ in LINES]
    last = TODAY + datetime.timedelta(days=7)
    movements.roll_out(movement, units, [], acknowledge_by=last, register_by=last, by=clerk)
    stage = Stage(movement)
    for username, unit, names in LINES:
        register(stage, username, unit, names)
        open_one(stage, username, unit, names)
    return stage


def register(stage: Stage, username: str, unit: str, names: tuple[str, ...]) -> None:
    """The unit's registration: its people for Lao động tiên tiến, the unit for a Giấy khen; sent."""
    from bangvang.movements import actions
    from bangvang.people.models import Person

    head = head_account(username, unit)
    registration = stage.movement.registrations.get(unit__name=unit)
    people = [Person.objects.filter(full_name=name, duties__unit=registration.unit).distinct().get() for name in names]
    rows = [
        (None, "unit_commendation", "Dẫn đầu phong trào"),
        *((one, "advanced_worker", "Xong trước hạn") for one in people),
    ]
    actions.register_many(registration, rows, by=head)
    actions.send_registration(registration, by=head)


def open_one(stage: Stage, username: str, unit: str, names: tuple[str, ...]) -> None:
    """One division's dossier with its review and lines for CSTĐCS, a Giấy khen and a donor; not submitted."""
    from bangvang.dossiers import actions
    from bangvang.dossiers.actions import Meeting
    from bangvang.dossiers.conduct import open_breaches
    from bangvang.dossiers.queries import NominationFields, members_of
    from bangvang.people.models import Person

    head = head_account(username, unit)
    dossier = actions.open_dossier(stage.movement, 2025, by=head)
    members = tuple(duty.person for duty in members_of(dossier, TODAY))
    away = {members[-1].pk: "đi công tác"}
    said = "Từng người báo cáo kết quả năm.\nCác ý kiến nhất trí với danh sách đề nghị."
    meeting = Meeting(TODAY, "phòng họp tầng 2", head.person, members[1], members, away, said)
    actions.record_review(dossier, meeting, by=head)
    present = len(members) - 1
    for name in names:
        person = Person.objects.filter(full_name=name, duties__unit=dossier.unit).distinct().get()
        for award, stream in (
            ("advanced_worker", "cong_trang"),
            ("grassroots_emulation_fighter", "cong_trang"),
            ("unit_commendation", "phong_trao"),
        ):
            given = NominationFields(
                "person", person.code, "", "", False, award, stream, 2025,
                f"{name} hoàn thành 100 % việc được giao, trong đó 12 việc trước hạn.", present, present,
            )  # fmt: skip
            stage.lines[f"{name}: {award}"] = actions.nominate(dossier, given, by=head)
    donor = NominationFields(
        "outside_person", "", "Bà Lò Thị Pha", "Bản Nà Hin, xã Nậm Lúc", False, "unit_commendation", "phong_trao", 2025,
        "Ủng hộ 20 triệu đồng cho điểm tiếp dân lưu động.", present, present,
    )  # fmt: skip
    stage.lines[f"{unit}: donor"] = actions.nominate(dossier, donor, by=head)
    own = NominationFields(
        "collective",
        dossier.unit.code,
        "",
        "",
        False,
        "unit_commendation",
        "phong_trao",
        2025,
        "Đơn vị dẫn đầu phong trào.",
        present,
        present,
    )
    stage.lines[f"{unit}: collective"] = actions.nominate(dossier, own, by=head)
    # The demo's movement knows a violation of one of them: without an answer nobody could submit.
    for line, breaches in open_breaches(dossier.nominations.all()).items():
        for breach in breaches:
            actions.answer_breach(dossier.nominations.get(pk=line), breach, "Đã nhắc nhở, đã khắc phục.", by=head)
    stage.dossiers[unit] = dossier


def submit(stage: Stage) -> None:
    """Both heads submit."""
    from bangvang.dossiers import actions

    for username, unit, _ in LINES:
        actions.submit(stage.dossiers[unit], by=actor(username, unit=unit))


def main() -> None:
    """For a process of its own on a site's database: build (and with "submit" submit), print the codes as JSON."""
    import json
    import os
    import sys

    import django

    os.environ |= {"BV_DEMO": "1", "BV_TODAY": TODAY.isoformat()}
    django.setup()
    from bangvang.people.models import Person

    stage = build()
    head_account("ankhe", "Phòng Quản lý ngân sách", role="deputy_head")
    if "submit" in sys.argv:
        submit(stage)
    print(
        json.dumps(
            {
                "movement": stage.movement.code,
                "dossiers": {unit: dossier.code for unit, dossier in stage.dossiers.items()},
                "lines": {name: [line.dossier.code, line.code] for name, line in stage.lines.items()},
                "people": {one.full_name: one.code for one in Person.objects.order_by("pk")},
            }
        )
    )


if __name__ == "__main__":
    main()
