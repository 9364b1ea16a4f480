"""Recording how criteria and rules are kept: a fact with its day, its words, its source and who may see it."""

import datetime
from dataclasses import dataclass

from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.movements.models import Movement
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.people.models import Person, Unit, User
from bangvang.progress import queries
from bangvang.progress.access import may_observe, may_withdraw_observation
from bangvang.progress.models import Observation
from bangvang.progress.workflow import OBSERVATION


@dataclass(frozen=True)
class Fact:
    """What was seen: `criterion` is a line of the plan, `source` names the paper or the check it was seen in."""

    kind: str
    criterion: str
    happened_on: datetime.date
    what: str
    source: str
    sight: str = Observation.Sight.UNIT


@action
def observe(movement: Movement, unit: Unit, person: Person | None, fact: Fact, *, by: Actor) -> Observation:
    """Record a fact about a person of a unit, or about the unit. Whom it is about is told, where that person may see it."""
    if not (verdict := may_observe(by, movement, unit)):
        raise Refused(verdict)
    if fact.criterion not in queries.criteria_of(movement):
        raise Refused(no("Tiêu chí này không có trong kế hoạch của phong trào."))
    if fact.happened_on > by.day or (movement.starts_on and fact.happened_on < movement.starts_on):
        raise Refused(no("Ngày của sự việc phải nằm trong thời gian phong trào và không sau hôm nay."))
    if not fact.source.strip():
        raise Refused(no("Ghi nhận cần có căn cứ: biên bản, văn bản, lần kiểm tra nào."))
    if person is not None and not person.duties.as_of(fact.happened_on).filter(unit=unit).exists():
        raise Refused(no(f"Ngày đó {person.full_name} không công tác ở {unit.name}."))
    if fact.sight == Observation.Sight.OFFICE and by.unit == unit and by.role in by.duty.HEADS:
        raise Refused(no("Ghi nhận của đơn vị thì người được ghi nhận và trưởng đơn vị xem được."))
    made = Observation(
        movement=movement, unit=unit, person=person, kind=Observation.Kind(fact.kind), criterion=fact.criterion,
        happened_on=fact.happened_on, what=fact.what, source=fact.source, sight=Observation.Sight(fact.sight),
        recorded_by=by.person, recorded_on=by.day,
    )  # fmt: skip
    made.save(force_insert=True)
    # Its own story only: the movement's is read by everybody of the agency.
    events.record("observation.record", by=by, roots=[made], body={"kind": made.kind, "unit": unit.code})
    if person is not None and made.sight == Observation.Sight.UNIT:
        notices.tell(
            User.objects.filter(is_active=True, person=person).exclude(pk=by.user.pk).values_list("pk", flat=True),
            f"Có một ghi nhận “{made.get_kind_display().lower()}” về {person.pronoun} trong phong trào"
            f" “{movement.title}”. Nếu chưa đúng, xin báo trưởng đơn vị hoặc thường trực.",
            key=f"observation:{made.code}",
            link=("conduct:one", made.code),
        )
    return made


@action
def attach_to_observation(observation: Observation, file: StoredFile, *, by: Actor) -> None:
    """Add the paper that the fact rests on, once; it can be opened once it was found in order."""
    if not (verdict := may_withdraw_observation(by, observation)):
        raise Refused(verdict)
    if observation.state != Observation.State.RECORDED or observation.file is not None:
        raise Refused(no("Ghi nhận này không nhận thêm tệp."))
    if not (verdict := stored.is_own(file, by)):
        raise Refused(verdict)
    events.lock([observation])
    bump(observation, version=None, file=file)
    events.record("observation.attach", by=by, roots=[observation], body={"file": file.code})


@action
def withdraw_observation(observation: Observation, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Take a fact back with the reason: it counts no more, and stays readable."""
    OBSERVATION.take(observation, "withdraw", by=by, reason=reason, version=version)
