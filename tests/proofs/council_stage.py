"""The round of dossier_stage before a real council: sealed ballots opened with two codes, concluded by its chair.

Members vote against whoever does not meet the conditions, so what passes is what the decision may award.
"""

import datetime
from typing import Any

from tests.proofs.dossier_stage import PASSWORD, TODAY, actor

SECRETARY = "Đoàn Thanh Thuỷ"
MEMBERS = (
    ("Lê Hoàng Đức", "chair"), ("Phạm Ngọc Uyên", "vice"), ("Đặng Hữu Nghĩa", "member"), ("Ksor H’Nhan", "member"),
    ("Trịnh Quốc Khánh", "member"), ("Võ Thị Ngọc Bích", "member"), (SECRETARY, "secretary"),
)  # fmt: skip
ABSENT = {"Võ Thị Ngọc Bích": "đi công tác"}
TELLERS = ("Bùi Thị Lựu", "Hồ Trường Sơn", "Đinh Thị Phương Thảo")
RULE = "Quy chế Hội đồng Thi đua, khen thưởng Sở, Điều 6"
SAID = (
    "Thường trực trình danh sách và kết quả thẩm định.\nCác thành viên trao đổi về từng trường hợp, rồi bỏ phiếu kín."
)
CONCLUSION = "Trình Giám đốc Sở khen thưởng những trường hợp đạt tỷ lệ."


def as_actor(person: Any) -> Any:
    """The person at work, through an account that is made where the demo gives none."""
    from bangvang.people.models import User

    user = User.objects.filter(person=person).first() or User.objects.create_user(
        f"hd-{person.code}", PASSWORD, person=person
    )
    return actor(user.username)


def fails(line: Any) -> bool:
    """Whether the book stops this award today."""
    from bangvang.decisions import queries

    answer = queries.dossiers.judged(line, TODAY, known_on=TODAY)
    return queries.stops(answer.outcome, answer.provisional, [item.condition for item in answer.findings])


def hold(movement: Any) -> Any:
    """Establish a council, bring every accepted nomination of the movement before it, vote, open, conclude."""
    from bangvang.council import actions as council
    from bangvang.council import queries
    from bangvang.council.actions.meeting import CouncilFields, Seating
    from bangvang.council.actions.roll import Called
    from bangvang.people.models import Person

    clerk = actor("thuongtruc")
    people = {one.full_name: one for one in Person.objects.filter(full_name__in=[*dict(MEMBERS), *TELLERS])}
    day = datetime.date(2025, 3, 20)
    given = CouncilFields(
        name="Hội đồng Thi đua, khen thưởng Sở Tài chính", decision="Quyết định số 58/QĐ-STC", decided_on=day,
        valid_from=day, valid_until=None, issuer="", same_unit_recuses=False,
    )  # fmt: skip
    seatings = [Seating(people[name], role, has_vote=role != "secretary") for name, role in MEMBERS]
    body = council.establish(given, seatings, by=clerk)
    session = council.open_session(body, TODAY, "phòng họp tầng 3", "online", by=clerk)
    council.add_lines(session, queries.candidates(session).filter(dossier__movement=movement), by=clerk)
    for award in sorted({line.nomination.award for line in queries.lines_of(session) if not decides(line, session)}):
        council.confirm_share(session, award, RULE, by=clerk)
    council.name_tellers(session, [people[name] for name in TELLERS], by=clerk)
    council.convene(session, by=clerk)
    voters = [as_actor(people[name]) for name, role in MEMBERS if role != "secretary" and name not in ABSENT]
    for voter in voters:
        council.declare(session, {}, by=voter)
    called = {
        seat.pk: Called(seat.person.full_name not in ABSENT, absence=ABSENT.get(seat.person.full_name, ""))
        for seat in queries.seats_of(session)
    }
    council.call_roll(session, called, by=clerk)
    codes = [council.take_code(session, by=as_actor(people[name])) for name in TELLERS]
    council.freeze(session, by=clerk)
    choices = {line.pk: "0" if fails(line.nomination) else "1" for line in queries.lines_of(session)}
    for voter in voters:
        council.cast(session, choices, by=voter)
    council.close(session, by=clerk)
    council.open_box(session, (codes[0], codes[2]), by=as_actor(people[TELLERS[0]]))
    council.write_minutes(session, SAID, CONCLUSION, by=clerk)
    council.conclude(session, by=as_actor(people[MEMBERS[0][0]]))
    return session


def decides(line: Any, session: Any) -> bool:
    """Whether the book itself gives the share of a line; else a person confirms it from the council's rules."""
    from bangvang.council import queries

    line.session = session
    return bool(queries.book_rule(line).decides)
