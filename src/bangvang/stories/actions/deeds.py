"""Good deeds: put forward by anybody, looked at by the standing body, told to whoever can have them honoured."""

from dataclasses import asdict

from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Person, User
from bangvang.stories.access import may_add_to_deed, may_put_forward
from bangvang.stories.models import Deed, DeedFile
from bangvang.stories.queries import DeedFields
from bangvang.stories.workflow import DEED


@action
def put_forward(given: DeedFields, *, by: Actor) -> Deed:
    """Tell of a good deed. The name meets a person where exactly one of the agency has it."""
    if not (verdict := may_put_forward(by)):
        raise Refused(verdict)
    if given.happened_on > by.day:
        raise Refused(no("Ngày xảy ra ở sau ngày hôm nay."))
    serving = Duty.objects.as_of(by.day).filter(unit__in=people.units_of(by.agency)).values("person")
    met = list(Person.objects.filter(pk__in=serving, full_name__iexact=given.doer).order_by("pk")[:2])
    person = met[0] if len(met) == 1 else None
    if person == by.person:
        raise Refused(no("Việc do chính mình làm thì người khác nêu, hoặc đề nghị trong hồ sơ khen thưởng."))
    deed = Deed(agency=by.agency, person=person, put_forward_by=by.person, put_forward_on=by.day, **asdict(given))
    deed.save(force_insert=True)
    events.record("deed.put_forward", by=by, roots=[deed, *([person] if person else [])])
    _tell(deed, people.users_with_role(by.agency, (Duty.Role.CLERK,), on=by.day), f"Có việc tốt chờ xem: {deed.title}.")
    return deed


@action
def add_proof(deed: Deed, file: StoredFile, *, by: Actor) -> DeedFile:
    """Add a file one has just sent in; it can be opened once it was found in order."""
    if not (verdict := may_add_to_deed(by, deed)):
        raise Refused(verdict)
    if not (verdict := stored.is_own(file, by)):
        raise Refused(verdict)
    added = DeedFile(deed=deed, file=file, added_on=by.day)
    added.save(force_insert=True)
    events.record("deed.add_proof", by=by, roots=[deed], body={"file": file.code})
    return added


@action
def confirm_deed(deed: Deed, *, by: Actor, version: int | None = None) -> None:
    """It is so. The heads of the unit where the person works are told that an award may be proposed at once."""
    DEED.take(deed, "confirm", by=by, version=version, also=[deed.person] if deed.person else [])
    _tell(deed, _account_of(deed.put_forward_by), f"Việc tốt “{deed.title}” đã được xác nhận.")
    if deed.person is not None:
        units = Duty.objects.as_of(by.day).filter(person=deed.person).values_list("unit", flat=True)
        heads = people.users_of_units(list(units), Duty.HEADS, on=by.day)
        _tell(deed, heads, f"{deed.doer}: “{deed.title}”. Có thể đề nghị khen đột xuất theo thủ tục đơn giản.", "heads")


@action
def dismiss_deed(deed: Deed, *, reason: str, by: Actor, version: int | None = None) -> None:
    """It is not taken up, with the reason."""
    DEED.take(deed, "dismiss", by=by, version=version, reason=reason)
    _tell(deed, _account_of(deed.put_forward_by), f"Việc tốt “{deed.title}” chưa được xác nhận: {reason.strip()}")


def _account_of(person: Person) -> list[int]:
    return list(User.objects.filter(person=person, is_active=True).order_by("pk").values_list("pk", flat=True))


def _tell(deed: Deed, users: list[int], text: str, whom: str = "") -> None:
    notices.tell(users, text, key=f"deed{whom}:{deed.code}:{deed.version}", link=("deeds:one", deed.code))
