"""The department's council: one session under way, in which the accounts of the demo that sit in it may vote.

The codes of the counting board are thrown away here, as codes are: whoever wants to open the vote lets the chair hold it again,
and the counting board takes codes anew.
"""

import datetime

from bangvang.council import actions as council
from bangvang.council import queries
from bangvang.council.actions.meeting import CouncilFields, Seating
from bangvang.council.actions.roll import Called
from bangvang.demo import assumed_day
from bangvang.demo.department import Department
from bangvang.demo.rounds import CLERK, HEAD

MEMBERS = (("duc", "chair"), ("uyen", "vice"), ("nghia", "member"), ("son", "member"), ("ksor", "member"))
PRESENT = {"duc": "giamdoc", "uyen": "phogiamdoc", "son": HEAD}  # members with an account of the demo
TELLERS = {"thuy": CLERK, "luu": "vanthu", "son": HEAD}
RULE = "Quy chế Hội đồng Thi đua, khen thưởng Sở, Điều 6"


def run(department: Department) -> None:
    """Live through the council's days: made in March, convened and frozen on the day before the demo's own."""
    with assumed_day.on(day := datetime.date(2025, 3, 20)):
        given = CouncilFields(
            name="Hội đồng Thi đua, khen thưởng Sở Tài chính",
            decision="Quyết định số 58/QĐ-STC",
            decided_on=day,
            valid_from=day,
            valid_until=None,
            issuer="",
            same_unit_recuses=False,
        )
        members = [Seating(department.people[key], role) for key, role in MEMBERS]
        made = council.establish(given, members, by=department.actor(CLERK, day))
    with assumed_day.on(day := datetime.date(2025, 12, 19)):
        clerk = department.actor(CLERK, day)
        session = council.open_session(made, day, "phòng họp tầng 3", "online", by=clerk)
        council.add_lines(session, queries.candidates(session), by=clerk)
        council.confirm_share(session, "advanced_worker", RULE, by=clerk)
        council.name_tellers(session, [department.people[key] for key in TELLERS], by=clerk)
        council.convene(session, by=clerk)
        for username in PRESENT.values():
            council.declare(session, {}, by=department.actor(username, day))
        here = {department.people[key].pk for key in PRESENT}
        called = {
            seat.pk: Called(is_present=True) if seat.person.pk in here else Called(False, absence="đi công tác")
            for seat in queries.seats_of(session)
        }
        council.call_roll(session, called, by=clerk)
        for username in TELLERS.values():
            council.take_code(session, by=department.actor(username, day))
        council.freeze(session, by=clerk)
