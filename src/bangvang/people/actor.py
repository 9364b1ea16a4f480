"""Who is acting: a person in a duty of a unit on a day, perhaps recording for someone else from a signed paper."""

import datetime
from dataclasses import dataclass, replace

from bangvang.people.models import Delegation, Duty, Person, Unit, User


@dataclass(frozen=True)
class Actor:
    """A signed-in person in one of the duties held today. `on_behalf` and `paper` are set together: the duty whose act
    is
    recorded, and the code of the stored signed paper it is recorded from."""

    user: User
    duty: Duty
    day: datetime.date
    on_behalf: Duty | None = None
    paper: str = ""

    @property
    def user_id(self) -> int | None:
        return self.user.pk

    @property
    def person(self) -> Person:
        return self.duty.person

    @property
    def unit(self) -> Unit:
        return self.duty.unit

    @property
    def agency(self) -> Unit:
        return self.duty.unit.agency_or_self

    @property
    def role(self) -> str:
        return self.duty.role

    @property
    def duty_text(self) -> str:
        """The duty as snapshot text for the event; names both when the act is someone else's."""
        if self.on_behalf is None:
            return self.duty.words
        return f"{self.duty.words} (nhập theo văn bản thay {self.on_behalf.words})"

    @property
    def deciding_duty(self) -> Duty:
        """The duty whose power the act uses."""
        return self.on_behalf or self.duty

    def recording_for(self, duty: Duty, paper: str) -> "Actor":
        """The same person, recording the act of another duty from a signed paper."""
        return replace(self, on_behalf=duty, paper=paper)

    def signing_authority(self) -> str | None:
        """How the deciding duty signs for the agency: "" as head, "KT." and so on by delegation, None when it may
        not."""
        duty = self.deciding_duty
        if not duty.is_valid_on(self.day):
            return None
        if duty.role == Duty.Role.DIRECTOR:
            return ""
        delegation = Delegation.objects.as_of(self.day).filter(
            taker=duty, giver__role=Duty.Role.DIRECTOR, giver__unit=duty.unit
        )
        return next((str(row.kind) for row in delegation), None)


@dataclass(frozen=True)
class System:
    """The machine itself: the clock, an import, the demo load. There is no act without an actor."""

    purpose: str = "Hệ thống"

    @property
    def user_id(self) -> int | None:
        return None

    @property
    def duty_text(self) -> str:
        return self.purpose


def duties_of(user: User, day: datetime.date) -> list[Duty]:
    """The duties a person holds on a day, weightiest first; none for an account without a person."""
    if user.person_id is None:
        return []
    found = Duty.objects.as_of(day).filter(person_id=user.person_id)
    return list(found.select_related("person", "unit__agency", "unit__parent").order_by("rank", "pk"))
