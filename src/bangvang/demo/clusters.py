"""Two clusters of the department: a pact in force, one that waits for signatures, one still being written."""

import datetime

from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import ANSWERS, CLERK, HEAD
from bangvang.movements import actions as movements
from bangvang.movements.models import Pact
from bangvang.people import actions as people
from bangvang.people.models import Cluster

DIVISIONS, CENTRES = (ANSWERS, "hcsn", "gcs", "th"), ("ttdv", "ttxt")
SINCE = datetime.date(2025, 1, 15)
DECISION = "Quyết định số 9/QĐ-STC ngày 14/01/2025 của Giám đốc Sở"
ON_PAPER = "Bản ký tươi lưu ở Văn phòng Sở"


def run(department: Department) -> None:
    with assumed_day.on(SINCE):
        clerk = department.actor(CLERK, SINCE)
        made = []
        for name, keys in (("Khối thi đua các phòng nghiệp vụ", DIVISIONS), ("Khối thi đua các trung tâm", CENTRES)):
            cluster = people.open_cluster(name, DECISION, since=SINCE, by=clerk)
            for key in keys:
                people.join_cluster(cluster, department.units[key], since=SINCE, by=clerk)
            made.append(cluster)
        divisions, centres = made
        lead, deputy = (department.units[key] for key in DIVISIONS[:2])
        people.name_cluster_heads(divisions, 2025, lead, [deputy], by=clerk)
        pact = _written(divisions, 2025, department, SINCE)
        movements.offer_pact(pact, by=clerk)
    with assumed_day.on(day := datetime.date(2025, 1, 20)):
        head, clerk = department.actor(HEAD, day), department.actor(CLERK, day)
        for place in pact.signatures.select_related("unit", "pact__cluster__agency__parent"):
            if place.unit == lead:
                movements.sign_pact(place, by=head)
            else:
                movements.sign_pact(place, signed_on=day, paper=ON_PAPER, by=clerk)
    with assumed_day.on(day := datetime.date(2025, 12, 18)):
        clerk = department.actor(CLERK, day)
        people.name_cluster_heads(divisions, 2026, deputy, [lead], by=clerk)
        movements.offer_pact(_written(divisions, 2026, department, day), by=clerk)
        people.name_cluster_heads(centres, 2026, department.units["ttdv"], [], by=clerk)
        _written(centres, 2026, department, day)


def _written(cluster: Cluster, year: int, department: Department, day: datetime.date) -> Pact:
    clerk = department.actor(CLERK, day)
    pact = movements.draft_pact(cluster, year, by=clerk)
    movements.edit_pact(
        pact,
        contents="Trả lời kiến nghị trong ba ngày làm việc.\nMỗi quý giúp một đơn vị bạn một việc cụ thể.",
        targets="Hồ sơ trả đúng hạn | % | 98,5\nSáng kiến được công nhận | sáng kiến | 2",
        titles="Tập thể Lao động tiên tiến",
        by=clerk,
    )
    return pact
