"""Two movements on their way through the divisions, two dossiers of one division, and a plan that the machine has read."""

import datetime
from dataclasses import dataclass, replace

from bangvang.demo import assumed_day
from bangvang.demo.campaigns import PLANS
from bangvang.demo.department import Department
from bangvang.dossiers import actions as dossiers
from bangvang.dossiers.models import Dossier
from bangvang.dossiers.queries import NominationFields, members_of
from bangvang.honours import actions as honours
from bangvang.honours.queries import ProvenHonour
from bangvang.movements import actions as movements
from bangvang.movements.models import Movement, Registration, RollOut
from bangvang.papers import actions as stored
from bangvang.papers import jobs
from bangvang.people.actor import Actor
from bangvang.reading.refusal import Refusal

NUMBER, LATER = 63, 44  # of the plans that were rolled out, in the agency's series of 2025
ANSWERS, SILENT = "ns", ("hcsn", "gcs")  # the division that answers, and those that have not yet
LAST_DAY_TO_ANSWER, LAST_DAY_TO_REGISTER = datetime.date(2025, 10, 20), datetime.date(2025, 12, 26)
HEAD, STAFF, CLERK = "truongphong", "chuyenvien", "thuongtruc"
YEAR = 2025
CONFIRMATION = (
    "Uỷ ban nhân dân xã Nậm Lúc xác nhận: bà Lò Thị Pha cho mượn nhà làm điểm hướng dẫn kế toán"
    " từ ngày 06/10/2025 đến ngày 15/12/2025, không lấy tiền thuê.\n"
)

DECISION = (
    "Bản trích dùng thử: Quyết định số 512/QĐ-TTg ngày 30 tháng 3 năm 2017 của Thủ tướng Chính phủ"
    " về việc tặng Cờ thi đua của Chính phủ năm 2016.\n"
)


@dataclass(frozen=True)
class SentIn:
    """A text file as if it were uploaded."""

    name: str
    content: bytes

    def chunks(self) -> list[bytes]:
        return [self.content]


def run(department: Department) -> None:
    """Live through it on the days it happened. Called after the plans, the ledger and the accounts."""
    movement = Movement.objects.get(number=NUMBER, issued_on__year=YEAR)
    _roll_out(department, movement)
    _register(department, movement)
    _ask_again(department)
    _submitted_dossier(department)
    _open_dossier(department, movement)
    _send_in_a_plan(department)
    _send_in_an_article(department)


def _roll_out(department: Department, movement: Movement) -> None:
    """Three divisions are asked; one acknowledges and reports its task, two stay silent."""
    units = [department.units[key] for key in (ANSWERS, *SILENT)]
    with assumed_day.on(day := datetime.date(2025, 10, 7)):
        first, second = movement.lines.filter(section="duties").values_list("text", flat=True)
        charges = [
            movements.Charge(first, units[0], datetime.date(2025, 12, 12)),
            movements.Charge(second, units[1], datetime.date(2025, 12, 19)),
        ]
        movements.roll_out(
            movement,
            units,
            charges,
            acknowledge_by=LAST_DAY_TO_ANSWER,
            register_by=LAST_DAY_TO_REGISTER,
            by=department.actor(CLERK, day),
        )
    with assumed_day.on(day := datetime.date(2025, 10, 9)):
        before = RollOut.objects.get(movement=movement, unit=units[0])
        movements.acknowledge(before, department.people["an"], by=department.actor(HEAD, day))
    with assumed_day.on(day := datetime.date(2025, 12, 12)):
        task = movement.assignments.get(unit=units[0])
        movements.finish_assignment(task, on=day, by=department.actor(HEAD, day))


def _register(department: Department, movement: Movement) -> None:
    """One person registers, the head adds others and the division, and sends it."""
    registration = Registration.objects.get(movement=movement, unit=department.units[ANSWERS])
    with assumed_day.on(day := datetime.date(2025, 10, 10)):
        movements.register(
            registration,
            person=department.people["thao"],
            award="advanced_worker",
            target="Thẩm tra 14 hồ sơ quyết toán trước ngày 12 tháng 12.",
            by=department.actor(STAFF, day),
        )
    with assumed_day.on(day := datetime.date(2025, 10, 14)):
        head = department.actor(HEAD, day)
        rows = [
            (department.people["vinh"], "advanced_worker", "Đối chiếu xong kế hoạch vốn với 32 xã, phường."),
            (department.people["my"], "unit_commendation", "Trả lời kiến nghị trong hai ngày làm việc."),
            (None, "unit_commendation", "Hoàn thành 9 trên 9 chỉ tiêu quý IV của phòng."),
        ]
        movements.register_many(registration, rows, by=head)
        movements.send_registration(registration, by=head)


def _ask_again(department: Department) -> None:
    """A second movement, sent out two days ago: no unit has answered yet, the head finds it among the tasks. One person has
    registered already, and the head two more."""
    with assumed_day.on(day := datetime.date(2025, 12, 18)):
        movements.roll_out(
            Movement.objects.get(number=LATER, issued_on__year=YEAR),
            [department.units[ANSWERS], department.units["th"]],
            [],
            acknowledge_by=datetime.date(2025, 12, 24),
            register_by=datetime.date(2026, 1, 15),
            by=department.actor(CLERK, day),
        )
    registration = Registration.objects.get(movement__number=LATER, unit=department.units[ANSWERS])
    with assumed_day.on(day := datetime.date(2025, 12, 19)):
        target = "Trả lời mọi kiến nghị trong ba ngày làm việc."
        thao = department.people["thao"]
        staff = department.actor(STAFF, day)
        movements.register(registration, person=thao, award="advanced_worker", target=target, by=staff)
        others = [(department.people[key], "advanced_worker", target) for key in ("khang", "vinh")]
        movements.register_many(registration, others, by=department.actor(HEAD, day))


def _submitted_dossier(department: Department) -> None:
    """The division's dossier of the year, with the standing body."""
    day = datetime.date(2025, 12, 17)
    with assumed_day.on(day):
        head = department.actor(HEAD, day)
        dossier = dossiers.open_dossier(None, YEAR, by=head)
        present = review_of(dossier, head, day)
        for key, award in (
            ("thao", "grassroots_emulation_fighter"),
            ("vinh", "advanced_worker"),
            ("my", "grassroots_emulation_fighter"),
        ):
            person = department.people[key]
            dossiers.nominate(dossier, line_of(person.code, award, present), by=head)
    with assumed_day.on(day := datetime.date(2025, 12, 18)):
        dossiers.submit(dossier, by=department.actor(HEAD, day))


def _open_dossier(department: Department, movement: Movement) -> None:
    """The division's dossier in the movement, still being written: a person, the division, a donor from outside."""
    day = datetime.date(2025, 12, 18)
    with assumed_day.on(day):
        head = department.actor(HEAD, day)
        dossier = dossiers.open_dossier(movement, YEAR, by=head)
        present = review_of(dossier, head, day)
        quick = line_of(department.people["thao"].code, "unit_commendation", present, stream="phong_trao")
        collective = replace(
            quick,
            kind="collective",
            who=dossier.unit.code,
            achievement="Hoàn thành 9 trên 9 chỉ tiêu quý IV, sớm 16 ngày.",
        )
        donor = replace(
            quick,
            kind="outside_person",
            who="",
            outside_name="Bà Lò Thị Pha",
            outside_address="Bản Nà Hin, xã Nậm Lúc",
            achievement="Cho mượn nhà làm điểm hướng dẫn kế toán xã trong suốt quý IV.",
        )
        lines = [dossiers.nominate(dossier, given, by=head) for given in (quick, collective, donor)]
        proof = SentIn("Xac nhan cua xa Nam Luc.txt", CONFIRMATION.encode())
        dossiers.attach(lines[-1], stored.receive(proof, by=head), "opinion", by=head)


def review_of(dossier: Dossier, head: Actor, day: datetime.date) -> int:
    """The division's meeting, one member away; returns how many were present."""
    members = tuple(duty.person for duty in members_of(dossier, day))
    said = "Từng người báo cáo kết quả.\nCuộc họp nhất trí với danh sách đề nghị."
    meeting = dossiers.Meeting(
        day, "phòng họp tầng 2", head.person, members[1], members, {members[-1].pk: "đi công tác"}, said
    )
    dossiers.record_review(dossier, meeting, by=head)
    return len(members) - 1


def line_of(
    code: str, award: str, votes: int, *, stream: str = "cong_trang", kind: str = "person", year: int = YEAR
) -> NominationFields:
    """A nomination of somebody of the division, or of the division itself, on which everybody present agreed."""
    achievement = "Hoàn thành 100% việc đã đăng ký, trong đó 12 việc trước hạn; hướng dẫn hai đồng nghiệp mới."
    return NominationFields(kind, code, "", "", False, award, stream, year, achievement, votes, votes)


def _send_in_a_plan(department: Department) -> None:
    """A plan document waits for the clerk's answers, value by value; the worker reads it after the load."""
    day = datetime.date(2025, 12, 19)
    with assumed_day.on(day):
        clerk = department.actor(CLERK, day)
        content = (PLANS / "van-ban-gui-den.txt").read_bytes()
        reading = stored.read_plan(SentIn("Ke hoach Du lieu dung 2026.txt", content), by=clerk)
        movements.open_review(reading, by=clerk)


def _send_in_an_article(department: Department) -> None:
    """An article about awards received: read at once, taken in to be proven; one honour has its decision, one is let go."""
    day = datetime.date(2025, 12, 19)
    with assumed_day.on(day):
        clerk = department.actor(CLERK, day)
        content = (PLANS / "bai-ve-thanh-tich.txt").read_bytes()
        reading = stored.read_plan(SentIn("Bai ve Ket qua thi dua.txt", content), by=clerk)
        found = jobs.read_file(reading.file.path)
        assert not isinstance(found, Refusal)
        stored.keep_reading(reading, lines=found[0], draft=found[1])
        stored.settle(reading.file, kind="txt")
        reading.refresh_from_db()
        movements.report_record(movements.open_review(reading, by=clerk), by=clerk)
        flag, order, *_rest = reading.claims.filter(sort="honour").order_by("place")
        decision = stored.receive(SentIn("Quyet dinh tang Co thi dua 2016.txt", DECISION.encode()), by=clerk)
        stored.settle(decision, kind="txt")
        decision.refresh_from_db()
        proven = ProvenHonour(
            clerk.agency, "government_flag", 2016, "512/QĐ-TTg", datetime.date(2017, 3, 30), "Thủ tướng Chính phủ"
        )
        honours.prove_honour(flag, proven, decision=decision, by=clerk)
        honours.dismiss(order, reason="Huân chương của đơn vị trước khi hợp nhất, đã có trong hồ sơ lưu.", by=clerk)
