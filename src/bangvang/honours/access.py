"""Who may read and write the ledger."""

from django.db.models import Q, QuerySet

from bangvang.honours.models import Claim, Standing
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


def claims_visible_to(actor: Actor) -> QuerySet[Claim]:
    """What articles say of the agency: for its standing clerk and its leaders."""
    if actor.role == Duty.Role.CLERK or is_leader(actor):
        return Claim.objects.filter(agency=actor.agency)
    return Claim.objects.none()


def may_settle(actor: Actor, claim: Claim) -> Verdict:
    """The standing clerk of the agency proves or lets go of what an article says."""
    return may_enter(actor) if actor.agency == claim.agency else no("Nội dung này của cơ quan khác.")
