"""Who may see a movement and act on its plan."""

from django.db.models import Q, QuerySet

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.movements.models import Movement
from bangvang.people.access import is_leader
from bangvang.people.actor import Actor
from bangvang.people.models import Duty

S = Movement.State
Role = Duty.Role


def movements_visible_to(actor: Actor) -> QuerySet[Movement]:
    """The agency's movements: all to the standing clerk and the leaders, from approval on to the registry, issued ones
    to everybody.

    The administrator sees none.
    """
    ours = Movement.objects.filter(agency=actor.agency)
    if actor.role == Role.ADMINISTRATOR:
        return ours.none()
    if actor.role == Role.CLERK or is_leader(actor):
        return ours
    if actor.role == Role.REGISTRY:
        return ours.filter(state__in=[S.APPROVED, S.ISSUED])
    return ours.filter(Q(state=S.ISSUED) | Q(drafted_by=actor.person))


def may_draft(actor: Actor) -> Verdict:
    """A plan is drafted by the standing body of the agency."""
    if actor.role == Role.CLERK:
        return YES
    return no("Kế hoạch do thường trực thi đua, khen thưởng soạn.", who="Thường trực thi đua, khen thưởng")


def is_clerk_of(actor: Actor, movement: Movement) -> Verdict:
    """The standing clerk of the agency that launches the movement."""
    if actor.role == Role.CLERK and actor.agency == movement.agency:
        return YES
    return no("Việc này do thường trực thi đua, khen thưởng của cơ quan làm.", who="Thường trực thi đua, khen thưởng")


def may_edit(actor: Actor, movement: Movement) -> Verdict:
    """The standing clerk, while the plan is a draft or was sent back."""
    if not (verdict := is_clerk_of(actor, movement)):
        return verdict
    if movement.state in {S.DRAFT, S.RETURNED}:
        return YES
    return no(f"Kế hoạch đang ở trạng thái “{movement.get_state_display()}”, không sửa được nữa.")


def may_decide(actor: Actor, movement: Movement) -> Verdict:
    """The head of the agency, or who signs for the head; or someone who records that from a signed paper."""
    duty = actor.deciding_duty
    if duty.unit.agency_or_self != movement.agency:
        return no("Việc này do người đứng đầu cơ quan phát động làm.")
    if actor.on_behalf is not None and (actor.role not in {Role.CLERK, Role.REGISTRY} or not actor.paper):
        return no("Chỉ thường trực hoặc văn thư được nhập theo văn bản đã ký, kèm bản có chữ ký.")
    if actor.signing_authority() is None:
        head = movement.agency.head_title or "Người đứng đầu cơ quan"
        return no(f"Việc này do {head} làm, hoặc cấp phó được giao ký thay.", who=head)
    return YES


def may_return(actor: Actor, movement: Movement) -> Verdict:
    """Whoever may decide, in person: a return is never recorded from a paper."""
    if actor.on_behalf is not None:
        return no("Trả lại thì người duyệt tự làm.")
    return may_decide(actor, movement)


def may_issue(actor: Actor, movement: Movement) -> Verdict:
    """The registry clerk of the agency, who keeps its one yearly series of numbers."""
    if actor.role == Role.REGISTRY and actor.agency == movement.agency:
        return YES
    return no("Số và ngày do văn thư ghi theo sổ của cơ quan.", who="Văn thư")
