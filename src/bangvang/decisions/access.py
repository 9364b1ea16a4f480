"""Who sees decisions and who does each step of one."""

from django.db.models import Q, QuerySet

from bangvang.decisions.models import Certificate, Decision, DecisionLine
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.people.access import is_leader
from bangvang.people.actor import Actor
from bangvang.people.models import Duty

S = Decision.State
Role = Duty.Role
STANDING_BODY = "Thường trực thi đua, khen thưởng"


def sees_whole(actor: Actor) -> bool:
    """Whoever sees every line of a decision, refusals too: the standing clerk, the leaders, the registry."""
    return actor.role in {Role.CLERK, Role.REGISTRY} or is_leader(actor)


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    """All of the agency to the standing clerk and the leaders, from approval on to the registry, issued ones to everybody.

    The administrator sees none.
    """
    ours = Decision.objects.filter(agency=actor.agency)
    if actor.role == Role.ADMINISTRATOR:
        return ours.none()
    if actor.role == Role.CLERK or is_leader(actor):
        return ours
    if actor.role == Role.REGISTRY:
        return ours.filter(state__in=Decision.SIGNED_STATES)
    return ours.filter(state=S.ISSUED)


def lines_visible_to(actor: Actor) -> QuerySet[DecisionLine]:
    """Awards of the decisions one sees; a refusal only to who sees the whole, the head of its unit and the person."""
    lines = DecisionLine.objects.filter(decision__in=decisions_visible_to(actor))
    if sees_whole(actor):
        return lines
    mine = Q(nomination__person=actor.person)
    if actor.role in Duty.HEADS:
        mine |= Q(nomination__dossier__unit=actor.unit)
    return lines.filter(Q(outcome=DecisionLine.Outcome.AWARD) | mine)


def certificates_visible_to(actor: Actor) -> QuerySet[Certificate]:
    """The register is kept by the standing clerk and the registry, and read by the leaders."""
    return Certificate.objects.filter(agency=actor.agency) if sees_whole(actor) else Certificate.objects.none()


def may_draft(actor: Actor) -> Verdict:
    """A decision is drafted by the standing body of the agency."""
    if actor.role == Role.CLERK:
        return YES
    return no("Quyết định khen thưởng do thường trực thi đua, khen thưởng soạn.", who=STANDING_BODY)


def is_clerk_of(actor: Actor, decision: Decision) -> Verdict:
    """The standing clerk of the agency that decides."""
    if actor.role == Role.CLERK and actor.agency == decision.agency:
        return YES
    return no("Việc này do thường trực thi đua, khen thưởng của cơ quan làm.", who=STANDING_BODY)


def may_edit(actor: Actor, decision: Decision) -> Verdict:
    """The standing clerk, while the decision is a draft or was sent back."""
    if not (verdict := is_clerk_of(actor, decision)):
        return verdict
    if decision.state in Decision.OPEN_STATES:
        return YES
    return no(f"Quyết định đang ở trạng thái “{decision.get_state_display()}”, không sửa được nữa.")


def may_decide(actor: Actor, decision: Decision) -> Verdict:
    """The head of the agency, or who signs for the head."""
    if actor.agency != decision.agency or actor.signing_authority() is None:
        head = decision.agency.head_title or "Người đứng đầu cơ quan"
        return no(f"Việc này do {head} làm, hoặc cấp phó được giao ký thay.", who=head)
    return YES


def may_number(actor: Actor, decision: Decision) -> Verdict:
    """The registry clerk of the agency, who keeps its one yearly series of numbers."""
    if actor.role == Role.REGISTRY and actor.agency == decision.agency:
        return YES
    return no("Số và ngày do văn thư ghi theo sổ của cơ quan.", who="Văn thư")


def may_compare(actor: Actor, decision: Decision) -> Verdict:
    """The signed copy is received and compared by the registry or the standing clerk, until the decision is issued."""
    if actor.role not in {Role.REGISTRY, Role.CLERK} or actor.agency != decision.agency:
        return no("Bản đã ký do văn thư hoặc thường trực nhận và đối chiếu.", who="Văn thư")
    if decision.state in {S.APPROVED, S.NUMBERED}:
        return YES
    return no(f"Quyết định đang ở trạng thái “{decision.get_state_display()}”, không đối chiếu nữa.")


def may_print(actor: Actor, decision: Decision) -> Verdict:
    """Certificates are printed by the standing clerk once the decision is issued."""
    if not (verdict := is_clerk_of(actor, decision)):
        return verdict
    return YES if decision.state == S.ISSUED else no("Giấy khen in sau khi quyết định đã ban hành.")
