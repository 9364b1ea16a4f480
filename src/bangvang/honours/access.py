"""Who may read and write the ledger."""

from django.db.models import Q, QuerySet

from bangvang.honours.models import Standing
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.people.access import is_leader, persons_visible_to
from bangvang.people.actor import Actor
from bangvang.people.models import Duty


def standing_visible_to(actor: Actor) -> QuerySet[Standing]:
    """Facts of the persons one may see, and of the units of one's agency; nothing for the administrator."""
    if actor.role == Duty.Role.ADMINISTRATOR:
        return Standing.objects.none()
    whole_agency = is_leader(actor) or actor.role == Duty.Role.CLERK
    ours = Q(unit__agency=actor.agency) | Q(unit=actor.agency) if whole_agency else Q(unit=actor.unit)
    return Standing.objects.filter(Q(person__in=persons_visible_to(actor)) | ours)


def may_enter(actor: Actor) -> Verdict:
    """The ledger is written by the standing body of emulation."""
    if actor.role == Duty.Role.CLERK:
        return YES
    return no("Sổ vàng do thường trực thi đua, khen thưởng ghi.", who="Thường trực thi đua, khen thưởng")
