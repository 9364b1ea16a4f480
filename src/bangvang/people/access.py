"""Who may see and change what about people and units."""

from django.db.models import QuerySet

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Person, Unit


def may_keep_accounts(actor: Actor) -> Verdict:
    """Accounts are kept by the administrator, who sees no dossier."""
    if actor.role == Duty.Role.ADMINISTRATOR:
        return YES
    return no("Tài khoản do quản trị hệ thống giữ.", who="Quản trị hệ thống")


def may_see_dossiers(actor: Actor) -> Verdict:
    """The administrator's duty keeps accounts and the machine; plans, honours and dossiers are not part of it."""
    if actor.role == Duty.Role.ADMINISTRATOR:
        return no("Chức trách quản trị hệ thống không xem hồ sơ thi đua, khen thưởng.")
    return YES


def is_leader(actor: Actor) -> bool:
    """The head of the agency or one of the deputies."""
    return actor.role in {Duty.Role.DIRECTOR, Duty.Role.DEPUTY_DIRECTOR}


def persons_visible_to(actor: Actor) -> QuerySet[Person]:
    """Leaders, the standing clerk and the administrator see the agency's people; heads their unit's; others
    themselves."""
    everyone = Person.objects.all()
    if is_leader(actor) or actor.role in {Duty.Role.CLERK, Duty.Role.ADMINISTRATOR}:
        units = Unit.objects.filter(agency=actor.agency) | Unit.objects.filter(pk=actor.agency.pk)
        return everyone.filter(duties__unit__in=units).distinct()
    if actor.role in {Duty.Role.HEAD, Duty.Role.DEPUTY_HEAD}:
        return everyone.filter(duties__unit=actor.unit).distinct()
    return everyone.filter(pk=actor.person.pk)
