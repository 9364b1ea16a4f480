"""Who may see a movement and act on its plan."""

from django.db.models import Q, QuerySet

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.movements.models import Assignment, Movement, PlanReview, Registration, RollOut
from bangvang.people.access import is_leader
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Person

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
        return ours.filter(state__in=[S.APPROVED, *Movement.ISSUED_STATES])
    return ours.filter(Q(state__in=Movement.ISSUED_STATES) | Q(drafted_by=actor.person))


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


def is_head_of(actor: Actor, unit_id: int) -> bool:
    """The head of the unit, or the deputy."""
    return actor.role in Duty.HEADS and actor.unit.pk == unit_id


def reviews_visible_to(actor: Actor) -> QuerySet[PlanReview]:
    """Plans under review are the standing clerks' business."""
    ours = PlanReview.objects.filter(agency=actor.agency)
    return ours if actor.role == Role.CLERK else ours.none()


def may_review(actor: Actor, review: PlanReview) -> Verdict:
    """The standing clerks of the agency, while the review is open."""
    if actor.role != Role.CLERK or actor.agency != review.agency:
        return no("Bản đọc kế hoạch do thường trực thi đua, khen thưởng xem.", who="Thường trực thi đua, khen thưởng")
    if review.state != PlanReview.State.OPEN:
        return no(f"Bản đọc này {review.get_state_display().lower()}, không sửa được nữa.")
    return YES


def may_acknowledge(actor: Actor, roll_out: RollOut) -> Verdict:
    """The head of the unit that the movement was pushed to."""
    if is_head_of(actor, roll_out.unit_id):
        return YES
    return no(f"Việc này do trưởng {roll_out.unit.name} làm.", who=f"Trưởng {roll_out.unit.name}")


def may_change_units(actor: Actor, movement: Movement) -> Verdict:
    """The standing clerk brings more units in or gives them more time, while the movement is before the units."""
    if not (verdict := is_clerk_of(actor, movement)):
        return verdict
    if movement.state == S.ROLLED_OUT:
        return YES
    return no("Phong trào chưa triển khai đến đơn vị nào.")


def may_withdraw_unit(actor: Actor, roll_out: RollOut) -> Verdict:
    """The standing clerk of the agency records that a unit takes no further part."""
    return is_clerk_of(actor, roll_out.movement)


def may_finish(actor: Actor, assignment: Assignment) -> Verdict:
    """The head of the unit that has the duty, or the standing clerk."""
    if is_head_of(actor, assignment.unit_id) or (
        actor.role == Role.CLERK and actor.agency == assignment.movement.agency
    ):
        return YES
    return no(f"Việc này do {assignment.unit.name} báo.", who=assignment.unit.name)


def registrations_visible_to(actor: Actor) -> QuerySet[Registration]:
    """The clerk and the leaders see the agency's; everybody else their own unit's."""
    ours = Registration.objects.filter(movement__agency=actor.agency)
    if actor.role == Role.ADMINISTRATOR:
        return ours.none()
    return ours if actor.role == Role.CLERK or is_leader(actor) else ours.filter(unit=actor.unit)


def may_register(actor: Actor, registration: Registration) -> Verdict:
    """Whoever works in the unit, until the last day of registration (inclusive)."""
    if actor.unit.pk != registration.unit_id:
        return no(f"Bản đăng ký này của {registration.unit.name}.")
    roll_out = registration.movement.roll_outs.filter(unit=registration.unit_id).first()
    if roll_out is None:
        return no("Phong trào chưa triển khai đến đơn vị này.")
    if roll_out.state == RollOut.State.WITHDRAWN:
        return no(f"{registration.unit.name} đã rút khỏi phong trào này.", who="Thường trực thi đua, khen thưởng")
    if actor.day > roll_out.register_by:
        return no(
            "Đã hết hạn đăng ký. Xin báo thường trực thi đua, khen thưởng.", who="Thường trực thi đua, khen thưởng"
        )
    return YES


def may_register_for(actor: Actor, registration: Registration, person: Person | None) -> Verdict:
    """One's own line; the head also the lines of others and of the unit."""
    if not (verdict := may_register(actor, registration)):
        return verdict
    if registration.state not in {Registration.State.DRAFT, Registration.State.RETURNED}:
        return no(f"Bản đăng ký {registration.get_state_display().lower()}. Trưởng đơn vị rút về thì mới sửa được.")
    if person != actor.person and not is_head_of(actor, registration.unit_id):
        return no("Ghi cho người khác hoặc cho tập thể thì trưởng đơn vị ghi.", who="Trưởng đơn vị")
    if person is not None and not person.duties.as_of(actor.day).filter(unit=registration.unit_id).exists():
        return no(f"{person.full_name} không công tác ở {registration.unit.name}.")
    return YES


def may_send_registration(actor: Actor, registration: Registration) -> Verdict:
    """The head of the unit, until the last day of registration."""
    if not is_head_of(actor, registration.unit_id):
        return no("Trưởng đơn vị gửi bản đăng ký.", who="Trưởng đơn vị")
    return may_register(actor, registration)


def may_take_in_registration(actor: Actor, registration: Registration) -> Verdict:
    """The standing clerk of the agency takes in or returns."""
    return is_clerk_of(actor, registration.movement)
