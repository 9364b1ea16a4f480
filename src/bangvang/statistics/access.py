"""Who reads reports, and of which units."""

from django.db.models import QuerySet

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.people.access import is_leader
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from bangvang.people.queries import units_of

Role = Duty.Role


def may_read_reports(actor: Actor) -> Verdict:
    """The standing clerk and the leaders (the agency), heads of units and their deputies (their unit)."""
    if actor.role == Role.CLERK or is_leader(actor) or actor.role in Duty.HEADS:
        return YES
    return no("Báo cáo số liệu do thường trực, lãnh đạo cơ quan và trưởng đơn vị xem.")


def units_reported_to(actor: Actor) -> QuerySet[Unit]:
    """The units whose numbers somebody reads: the agency's, or the head's own."""
    ours = units_of(actor.agency)
    if actor.role == Role.CLERK or is_leader(actor):
        return ours
    return ours.filter(pk=actor.unit.pk) if may_read_reports(actor) else ours.none()
