"""Who sees dossiers and nominations, and who may write them."""

from django.db.models import QuerySet

from bangvang.dossiers.models import Dossier, Nomination
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.people.access import is_leader
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from bangvang.progress.models import Observation

Role = Duty.Role
STANDING_BODY = "Thường trực thi đua, khen thưởng"


def is_head_of(actor: Actor, unit: Unit) -> bool:
    """The head of the unit, or the deputy."""
    return actor.role in Duty.HEADS and actor.unit.pk == unit.pk


def sees_agency(actor: Actor) -> bool:
    """Whoever sees the whole agency's dossiers: the standing clerk and the leaders."""
    return actor.role == Role.CLERK or is_leader(actor)


def dossiers_visible_to(actor: Actor) -> QuerySet[Dossier]:
    """The standing clerk and the leaders see the agency's, a head the unit's; staff those in which they are nominated."""
    ours = Dossier.objects.filter(unit__agency=actor.agency) | Dossier.objects.filter(unit=actor.agency)
    if actor.role == Role.ADMINISTRATOR:
        return ours.none()
    if sees_agency(actor):
        return ours
    if is_head_of(actor, actor.unit):
        return ours.filter(unit=actor.unit)
    mine = Nomination.objects.filter(person=actor.person, withdrawn_on__isnull=True)
    return ours.filter(pk__in=mine.values("dossier"))


def nominations_visible_to(actor: Actor) -> QuerySet[Nomination]:
    """The lines of the dossiers one sees; staff see their own line only."""
    lines = Nomination.objects.filter(dossier__in=dossiers_visible_to(actor))
    if sees_agency(actor) or is_head_of(actor, actor.unit):
        return lines
    return lines.filter(person=actor.person)


def may_open(actor: Actor) -> Verdict:
    """A dossier is opened by the head of the unit."""
    if actor.role in Duty.HEADS:
        return YES
    return no("Hồ sơ khen thưởng do trưởng đơn vị lập.", who="Trưởng đơn vị")


def owns(actor: Actor, dossier: Dossier) -> Verdict:
    """The head of the unit whose dossier it is, or the deputy."""
    if is_head_of(actor, dossier.unit):
        return YES
    return no(f"Việc này do trưởng {dossier.unit.name} làm.", who=f"Trưởng {dossier.unit.name}")


def may_write(actor: Actor, dossier: Dossier) -> Verdict:
    """The head of the unit, while the dossier is open."""
    if not (verdict := owns(actor, dossier)):
        return verdict
    if dossier.state in Dossier.OPEN_STATES:
        return YES
    return no(f"Hồ sơ {dossier.get_state_display().lower()}, không sửa được. Chưa tiếp nhận thì còn rút về được.")


def is_in_charge(actor: Actor, dossier: Dossier) -> Verdict:
    """The standing clerk of the agency takes dossiers in or returns them."""
    if actor.role == Role.CLERK and actor.agency == dossier.unit.agency_or_self:
        return YES
    return no("Việc này do thường trực thi đua, khen thưởng của cơ quan làm.", who=STANDING_BODY)


def may_judge(actor: Actor, dossier: Dossier) -> Verdict:
    """What the machine may not decide is answered by the standing body or a leader, by name and with the text opened."""
    if actor.agency == dossier.unit.agency_or_self and sees_agency(actor):
        return YES
    return no("Nhận định do thường trực thi đua, khen thưởng hoặc lãnh đạo cơ quan ghi.", who=STANDING_BODY)


def settles(actor: Actor, line: Nomination) -> Verdict:
    """Council and decisions bring their result to a line after asking their own questions; here: only for their own agency."""
    if actor.agency == line.dossier.unit.agency_or_self:
        return YES
    return no("Đề nghị này thuộc cơ quan khác.")


def may_answer_breach(actor: Actor, line: Nomination, observation: Observation) -> Verdict:
    """The head while the dossier is open, of what the head may see; the standing body or a leader at any time; nobody for
    themselves."""
    if line.person == actor.person:
        return no("Người được đề nghị không tự trả lời về vi phạm của mình.", who=STANDING_BODY)
    if may_judge(actor, line.dossier):
        return YES
    if observation.sight == Observation.Sight.UNIT:
        return may_write(actor, line.dossier)
    return no("Vi phạm này do thường trực thi đua, khen thưởng hoặc lãnh đạo cơ quan trả lời.", who=STANDING_BODY)
