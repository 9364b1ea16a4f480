"""A council, its members and accepted nominations, brought to each state of a session through their own actions."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from bangvang.council import actions as council
from bangvang.council import ballot, queries
from bangvang.council.actions.meeting import CouncilFields, Seating
from bangvang.council.actions.roll import Called
from bangvang.council.models import AgendaLine, Council, CouncilMember, Session
from bangvang.dossiers import actions as dossiers
from bangvang.dossiers.models import Nomination
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from tests import factories

Role = CouncilMember.Role
DAY = factories.DAY
FINANCE = "btc"  # local rules of the finance sector: 80% for CSTĐCS, so that nothing waits for a person
FIGHTER = "grassroots_emulation_fighter"
NAMES = (
    "Nguyễn Đình Khải", "Lâm Thị Bích Thuỷ", "Đặng Hữu Phước", "Cao Thị Thu", "Phạm Thị Lan", "Bùi Đức Thắng",
    "Lương Minh Đạo", "Tạ Bích Ngọc", "Trịnh Quốc Bảo", "Vũ Hải Yến", "Đỗ Quang Trung", "Hồ Thị Mây", "Mai Văn Sáng",
    "Kim Ngọc Ánh", "Y Blao Niê",
)  # fmt: skip


@dataclass
class Scene:
    """Who is at work and what stands before them."""

    agency: Unit
    clerk: Actor
    head: Actor  # of the division that proposes
    members: list[Actor]
    tellers: list[Actor]
    council: Council
    nominations: list[Nomination]
    session: Session = field(init=False)
    codes: list[str] = field(default_factory=list)

    @property
    def chair(self) -> Actor:
        return self.members[0]

    @property
    def lines(self) -> list[AgendaLine]:
        return queries.lines_of(self.session)

    def fresh(self) -> Session:
        """The session as it stands in the database."""
        self.session = Session.objects.select_related("council__agency").get(pk=self.session.pk)
        return self.session


def fields(**changes: object) -> CouncilFields:
    known: dict[str, object] = {
        "name": "Hội đồng Thi đua, khen thưởng Sở Tài chính",
        "decision": "Quyết định số 15/QĐ-STC",
        "decided_on": datetime.date(2026, 1, 15),
        "valid_from": datetime.date(2026, 1, 15),
        "valid_until": None,
        "issuer": FINANCE,
        "same_unit_recuses": False,
    }
    return CouncilFields(**{**known, **changes})  # type: ignore[arg-type]


def scene(
    members: int = 9, lines: int = 3, *, award: str = FIGHTER, agency: Unit | None = None, **changes: object
) -> Scene:
    """A council of `members` with a vote (the first one in the chair) and an accepted dossier of `lines` nominations."""
    agency = agency or factories.agency(parent=factories.unit("UBND tỉnh Sông Lam", kind=Unit.Kind.PROVINCE))
    office = factories.unit("Văn phòng", parent=agency, agency=agency)
    division = factories.unit("Phòng Quản lý ngân sách", parent=agency, agency=agency)
    clerk = factories.actor("Nguyễn Thị Lan", office, Duty.Role.CLERK)
    head = factories.actor("Vũ Thanh Mai", division, Duty.Role.HEAD, title="Trưởng phòng")
    seated = [factories.actor(NAMES[place], agency) for place in range(members)]
    tellers = [factories.actor(f"Kiểm Phiếu {name}", office) for name in ("Một", "Hai", "Ba")]
    roles = [Role.CHAIR, Role.VICE, *[Role.MEMBER] * members]
    seatings = [Seating(one.person, role.value) for one, role in zip(seated, roles, strict=False)]
    made = council.establish(fields(**changes), seatings, by=clerk)
    return Scene(agency, clerk, head, seated, tellers, made, nominated(head, clerk, division, lines, award))


def nominated(head: Actor, clerk: Actor, division: Unit, lines: int, award: str = FIGHTER) -> list[Nomination]:
    """An accepted dossier of the division with so many persons."""
    people = [factories.person(f"Người Được Đề Nghị {number}") for number in range(1, lines + 1)]
    for one in people:
        factories.duty(one, division)
    dossier = dossiers.open_dossier(None, 2025, by=head)
    dossiers.record_review(dossier, factories.meeting(head, *people[:1]), by=head)
    made = [dossiers.nominate(dossier, factories.nomination(one, award=award), by=head) for one in people]
    dossiers.submit(dossier, by=head)
    dossiers.accept(dossier, by=clerk)
    return made


def opened(found: Scene, mode: str = "online") -> Scene:
    """A session with every nomination on its agenda and its counting board."""
    found.session = council.open_session(found.council, DAY, "Phòng họp tầng 3", mode, by=found.clerk)
    council.add_lines(found.session, found.nominations, by=found.clerk)
    council.name_tellers(found.session, [one.person for one in found.tellers], by=found.clerk)
    return found


def convened(found: Scene, mode: str = "online") -> Scene:
    council.convene(opened(found, mode).session, by=found.clerk)
    return found


def ready(
    found: Scene,
    *,
    away: Sequence[int] = (),
    conflicts: dict[int, Sequence[int]] | None = None,
    on_paper: Sequence[int] = (),
    mode: str = "online",
) -> Scene:
    """Everything done that must be done before the roll is frozen. `away`, `on_paper`: places of members (from 0);
    `conflicts`: place of a member → places of lines."""
    convened(found, mode)
    lines = found.lines
    for place, member in enumerate(found.members):
        told = {lines[line].pk: "Là người thân" for line in (conflicts or {}).get(place, ())}
        council.declare(found.session, told, by=member)
    seats = queries.seats_of(found.session)
    called = {
        seat.pk: Called(place not in away, absence="Đi công tác" if place in away else "", on_paper=place in on_paper)
        for place, seat in enumerate(seats)
    }
    council.call_roll(found.session, called, by=found.clerk)
    found.codes = [] if mode == "paper" else [council.take_code(found.session, by=teller) for teller in found.tellers]
    return found


def voting(found: Scene, **given: object) -> Scene:
    ready(found, **given)  # type: ignore[arg-type]
    council.freeze(found.session, by=found.clerk)
    return found


def cast(found: Scene, place: int, letters: str) -> None:
    """One member votes: a letter for each line, "-" leaves it blank."""
    lines = found.lines
    choices = {line.pk: letter for line, letter in zip(lines, letters, strict=True) if letter != ballot.BLANK}
    council.cast(found.session, choices, by=found.members[place])


def closed(found: Scene, ballots: dict[int, str], **given: object) -> Scene:
    """The vote is over; `ballots`: place of a member → letters."""
    voting(found, **given)
    for place, letters in ballots.items():
        cast(found, place, letters)
    council.close(found.session, by=found.clerk)
    return found


def counted(found: Scene, ballots: dict[int, str], **given: object) -> Scene:
    closed(found, ballots, **given)
    council.open_box(found.session, (found.codes[0], found.codes[2]), by=found.tellers[1])
    return found
