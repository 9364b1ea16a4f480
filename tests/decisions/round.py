"""A round whose nominations the council has seen: a collective, persons with and without a second title, a donor, a declined line."""

import datetime
from dataclasses import dataclass, field, replace
from typing import Any

from bangvang.decisions import actions, comparing
from bangvang.decisions.models import Decision, SignedCopy
from bangvang.decisions.queries import fields_of
from bangvang.dossiers import actions as dossiers
from bangvang.dossiers.models import Dossier, Nomination
from bangvang.honours import actions as honours
from bangvang.papers.models import Reading
from bangvang.people.actor import Actor
from bangvang.people.models import Person, Unit
from tests import factories

DAY = factories.DAY
WELL = ("HTXSNV", "HTTNV")


@dataclass
class Round:
    """Who acts, and the lines by name and award."""

    clerk: Actor
    director: Actor
    registry: Actor
    head: Actor
    dossier: Dossier
    lines: dict[str, Nomination] = field(default_factory=dict)

    def nominations(self) -> list[Nomination]:
        found = self.dossier.nominations.select_related("dossier__movement", "dossier__unit", "person", "unit")
        return list(found.order_by("pk"))


def graded(person: Person, grade: str = "HTXSNV", *, year: int = 2025) -> None:
    """A yearly grade with its paper, and the day of recruitment: LĐTT and CSTĐCS then meet their conditions."""
    person.recruited_on = datetime.date(2010, 1, 1)
    person.save()
    fact = factories.award(
        person,
        kind=grade,
        register="grades",
        year=year,
        paper_number="345/TB-STC",
        paper_on=datetime.date(2025, 12, 12),
    )
    honours.enter(fact, by=factories.MACHINE)


def build(
    clerk: Actor,
    director: Actor,
    registry: Actor,
    head: Actor,
    names: tuple[str, ...] = ("Trần Văn Bình", "Đặng Thị Én"),
    *,
    number: int = 7,
) -> Round:
    """Through the product's own actions up to the council's result, typed as the council room will."""
    division: Unit = head.unit
    movement = factories.movement(clerk)
    factories.roll_out(movement, division, clerk, director, registry, number=number)
    dossier = dossiers.open_dossier(movement, 2025, by=head)
    people = [factories.actor(name, division).person for name in names]
    made = Round(clerk, director, registry, head, dossier)
    dossiers.record_review(dossier, factories.meeting(head, *people), by=head)
    votes = {"votes_for": 1 + len(people), "votes_total": 1 + len(people)}
    for person in people:
        graded(person)
        made.lines[f"{person.full_name}: LĐTT"] = dossiers.nominate(
            dossier, factories.nomination(person, **votes), by=head
        )
    second = factories.nomination(people[-1], award="grassroots_emulation_fighter", **votes)
    made.lines[f"{names[-1]}: CSTĐCS"] = dossiers.nominate(dossier, second, by=head)
    giay_khen: dict[str, Any] = {"award": "unit_commendation", "stream": "phong_trao", **votes}
    made.lines["collective"] = dossiers.nominate(dossier, factories.nomination(division, **giay_khen), by=head)
    donor = replace(
        factories.nomination(people[0], **giay_khen),
        kind="outside_person", who="", outside_name="Bà Lò Thị Pha", outside_address="Bản Nà Hin, xã Nậm Lúc",
    )  # fmt: skip
    made.lines["donor"] = dossiers.nominate(dossier, donor, by=head)
    made.lines["declined"] = dossiers.nominate(dossier, factories.nomination(people[0], **giay_khen), by=head)
    dossiers.submit(dossier, by=head)
    dossiers.accept(dossier, by=clerk)
    for name, line in made.lines.items():
        line.dossier = dossier
        dossiers.settle(line, "decline" if name == "declined" else "endorse", source="Biên bản 05/BB-HĐ", by=clerk)
    return made


def drafted(round_: Round, **changes: Any) -> Decision:
    """A complete draft; the declined line is refused."""
    lines = round_.nominations()
    minutes = ("05/BB-HĐ", DAY - datetime.timedelta(days=3))
    given = replace(actions.suggested(lines, minutes=minutes, by=round_.clerk), **changes)
    refusals = {line.pk: "Hội đồng không thông qua" for line in lines if line.state == Nomination.State.DECLINED}
    return actions.draft(lines, given, refusals, by=round_.clerk)


def approved(round_: Round) -> Decision:
    decision = drafted(round_)
    actions.submit(decision, by=round_.clerk)
    actions.approve(decision, by=round_.director)
    return decision


def numbered(round_: Round, *, number: int = 431, on: datetime.date = DAY) -> Decision:
    decision = approved(round_)
    actions.number(decision, number=number, issued_on=on, by=round_.registry)
    return decision


def with_copy(decision: Decision, found: dict[str, Any] | None = None) -> SignedCopy:
    """A signed copy as the reader would have read it (`found`), or one that no machine could read, compared by eye."""
    state = Reading.State.READ if found else Reading.State.REFUSED
    file = factories.stored_file(factories.user())
    refusal = "" if found else "Tệp này là bản quét, chưa có chữ để đọc."
    reading = Reading.objects.create(file=file, state=state, draft=found or {}, refusal=refusal)
    return SignedCopy.objects.create(decision=decision, reading=reading, received_on=DAY)


def compared(round_: Round) -> Decision:
    """Numbered, and the copy compared by eye."""
    decision = numbered(round_)
    seen(decision, round_.registry)
    return decision


def seen(decision: Decision, registry: Actor) -> None:
    """A copy that no machine could read, every field compared by eye."""
    copy = with_copy(decision)
    actions.confirm_copy(copy, {key for key, _ in comparing.fields_to_see(decision)}, by=registry)


def issued(round_: Round) -> Decision:
    decision = compared(round_)
    actions.issue(decision, by=round_.registry)
    return decision


__all__ = [
    "Round",
    "approved",
    "build",
    "compared",
    "drafted",
    "fields_of",
    "graded",
    "issued",
    "numbered",
    "seen",
    "with_copy",
]
