"""Registering: people and units say which titles they aim at and with which targets."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.movements.access import may_register, may_register_for
from bangvang.movements.models import Registration, RegistrationLine
from bangvang.movements.workflow import REGISTRATION
from bangvang.people.actor import Actor
from bangvang.people.models import Person


@action
def register(
    registration: Registration, *, person: Person | None, award: str, target: str, by: Actor
) -> RegistrationLine:
    """Add a line: a person's own, or (by the head) another's or the unit's. The same title twice is refused."""
    if not (verdict := may_register_for(by, registration, person)):
        raise Refused(verdict)
    line = RegistrationLine(registration=registration, person=person, award=award, target=target, entered_by=by.person)
    try:
        with transaction.atomic():
            line.save(force_insert=True)
    except IntegrityError:
        raise Refused(no("Danh hiệu này đã đăng ký rồi. Muốn đổi chỉ tiêu thì bỏ dòng cũ rồi ghi lại.")) from None
    roots = [registration, *([person] if person else [])]
    events.record("registration.register", by=by, roots=roots, body={"award": award})
    return line


@action
def register_many(registration: Registration, rows: Sequence[tuple[Person | None, str, str]], *, by: Actor) -> int:
    """Add a pasted list of (person or None for the unit, award, target), all or none. Returns how many."""
    for person, award, target in rows:
        register(registration, person=person, award=award, target=target, by=by)
    return len(rows)


@action
def unregister(line: RegistrationLine, *, by: Actor) -> None:
    """Take a line back while the registration is still open."""
    registration = line.registration
    if not (verdict := may_register_for(by, registration, line.person)):
        raise Refused(verdict)
    roots = [registration, *([line.person] if line.person else [])]
    events.record("registration.unregister", by=by, roots=roots, body={"award": line.award})
    line.delete()


@action
def send_registration(registration: Registration, *, by: Actor, version: int | None = None) -> None:
    """The head sends the unit's registration to the standing body."""
    REGISTRATION.take(registration, "send", by=by, version=version, also=[registration.movement], sent_on=by.day)


@action
def recall_registration(registration: Registration, *, by: Actor, version: int | None = None) -> None:
    """Until the last day a sent registration can be taken back and amended."""
    if not (verdict := may_register(by, registration)):
        raise Refused(verdict)
    REGISTRATION.take(registration, "recall", by=by, version=version, also=[registration.movement], sent_on=None)


@action
def return_registration(registration: Registration, *, reason: str, by: Actor, version: int | None = None) -> None:
    REGISTRATION.take(
        registration, "return", by=by, reason=reason, version=version, also=[registration.movement], sent_on=None
    )


@action
def accept_registration(registration: Registration, *, by: Actor, version: int | None = None) -> None:
    REGISTRATION.take(registration, "accept", by=by, version=version, also=[registration.movement])
