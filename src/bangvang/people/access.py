"""Who may see and change what about people and units."""

from django.db.models import Q, QuerySet

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.people.actor import Actor
from bangvang.people.models import Cluster, ClusterHead, ClusterMember, Duty, Person, Unit


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


def speaks_for(actor: Actor, unit: Unit) -> bool:
    """Whoever heads the unit or stands in: of a division its head, of an agency its leaders."""
    return actor.unit == unit and (actor.role in Duty.HEADS or is_leader(actor))


def clusters_visible_to(actor: Actor) -> QuerySet[Cluster]:
    """Everybody of the agency that set a cluster up, and of its members of any time; the administrator none."""
    if actor.role == Duty.Role.ADMINISTRATOR:
        return Cluster.objects.none()
    joined = ClusterMember.objects.filter(unit__in=[actor.unit, actor.agency])
    return Cluster.objects.filter(Q(agency=actor.agency) | Q(pk__in=joined.values("cluster")))


def may_set_up_clusters(actor: Actor) -> Verdict:
    """The standing clerk of an agency, under its decision."""
    if actor.role == Duty.Role.CLERK:
        return YES
    return no("Cụm, khối do thường trực thi đua, khen thưởng ghi.", who="Thường trực thi đua, khen thưởng")


def may_keep_cluster(actor: Actor, cluster: Cluster) -> Verdict:
    """The standing clerk of the agency that set it up."""
    if cluster.agency == actor.agency:
        return may_set_up_clusters(actor)
    return no(f"Cụm, khối này do {cluster.agency.name} tổ chức.", who=cluster.agency.name)


def heads_cluster(actor: Actor, cluster: Cluster, year: int) -> bool:
    """Whoever speaks for the member that heads the cluster in the year."""
    lead = ClusterHead.objects.filter(cluster=cluster, year=year, role=ClusterHead.Role.LEAD, unit=actor.unit)
    return speaks_for(actor, actor.unit) and lead.exists()
