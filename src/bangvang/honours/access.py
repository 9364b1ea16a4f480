"""Who may read and write the ledger."""

from django.db.models import Q, QuerySet

from bangvang.honours.models import Claim, Standing
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.people.access import is_leader, persons_visible_to
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Household, Unit
from bangvang.people.queries import units_of


def standing_visible_to(actor: Actor) -> QuerySet[Standing]:
    """Facts of the persons and households one may see, and of the units of one's agency; nothing for the administrator."""
    if actor.role == Duty.Role.ADMINISTRATOR:
        return Standing.objects.none()
    whole_agency = is_leader(actor) or actor.role == Duty.Role.CLERK
    ours = Q(unit__agency=actor.agency) | Q(unit=actor.agency) if whole_agency else Q(unit=actor.unit)
    return Standing.objects.filter(
        Q(person__in=persons_visible_to(actor)) | ours | Q(household__in=households_visible_to(actor))
    )


def households_visible_to(actor: Actor) -> QuerySet[Household]:
    """Where people live is for the standing clerk and the leaders of the agency that commended them."""
    if actor.role == Duty.Role.CLERK or is_leader(actor):
        return Household.objects.filter(agency=actor.agency)
    return Household.objects.none()


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


def may_sweep(actor: Actor) -> Verdict:
    """Who deserves what, of many persons at once: for those who answer for them."""
    if is_leader(actor) or actor.role in {Duty.Role.CLERK, Duty.Role.HEAD, Duty.Role.DEPUTY_HEAD}:
        return YES
    return no(
        "Rà soát nhiều người dành cho thường trực thi đua, khen thưởng, lãnh đạo và trưởng đơn vị."
        " Mỗi người xem điều kiện của mình ở Sổ vàng.",
        who="Thường trực thi đua, khen thưởng",
    )


def units_swept_by(actor: Actor) -> QuerySet[Unit]:
    """Leaders and the standing clerk sweep the agency; a head the own unit. Party and union bodies keep no registers."""
    if not may_sweep(actor):
        return Unit.objects.none()
    units = units_of(actor.agency).exclude(kind=Unit.Kind.BODY)
    whole_agency = is_leader(actor) or actor.role == Duty.Role.CLERK
    return units if whole_agency else units.filter(pk=actor.unit.pk)


def units_visible_to(actor: Actor) -> QuerySet[Unit]:
    """Whose decades and conditions as a collective one may read: leaders and clerk the agency's units, others their own."""
    if actor.role == Duty.Role.ADMINISTRATOR:
        return Unit.objects.none()
    units = units_of(actor.agency)
    return units if is_leader(actor) or actor.role == Duty.Role.CLERK else units.filter(pk=actor.unit.pk)
