"""Who may see a movement and act on its plan."""

from django.db.models import F, Q, QuerySet

from bangvang import vietnamese
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.movements.models import (
    Assignment,
    Milestone,
    Movement,
    Pact,
    PactSignature,
    PlanReview,
    Registration,
    RollOut,
    UnitTask,
)
from bangvang.people.access import clusters_visible_to, heads_cluster, is_leader, may_keep_cluster, speaks_for
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


def is_before_the_units(movement: Movement) -> Verdict:
    """Whether units still have something to do: before roll-out not yet, after closing or cancelling no longer."""
    if movement.state in Movement.OPEN_STATES:
        return YES
    if movement.state in Movement.BEFORE_UNITS:
        return no(f"Phong trào {movement.get_state_display().lower()}: các đơn vị không còn việc phải làm.")
    return no("Phong trào chưa triển khai đến các đơn vị.")


def may_note_review(actor: Actor, movement: Movement) -> Verdict:
    """The standing clerk, from the movement's first day on: many agencies hold the final review before the last day."""
    if not (verdict := is_clerk_of(actor, movement)):
        return verdict
    if movement.starts_on and actor.day < movement.starts_on:
        return no(f"Phong trào bắt đầu từ ngày {vietnamese.format_date(movement.starts_on)}, chưa tổng kết được.")
    return YES


def may_close(actor: Actor, movement: Movement) -> Verdict:
    """The standing clerk, once the last day is over (it is inclusive); an open end must have been declared met."""
    if not (verdict := is_clerk_of(actor, movement)):
        return verdict
    last = movement.last_day
    if last is None:
        return no(f"Phong trào kết thúc khi {movement.end_condition}: chưa ai ghi điều kiện này đã đạt.")
    if actor.day <= last:
        return no(f"Phong trào còn chạy đến hết ngày {vietnamese.format_date(last)}.")
    return YES


def may_stop(actor: Actor, movement: Movement) -> Verdict:
    """Whoever may approve a plan of the agency may also cancel one that was issued."""
    return may_decide(actor, movement)


def may_declare_end(actor: Actor, movement: Movement) -> Verdict:
    """The standing clerk or a leader says that the condition of an open end is met; once."""
    if not (is_leader(actor) and actor.agency == movement.agency) and not (verdict := is_clerk_of(actor, movement)):
        return verdict
    if movement.ends_on is not None or not movement.end_condition:
        return no("Kế hoạch đã ghi ngày kết thúc, không kết thúc theo điều kiện.")
    if movement.ended_on is not None:
        return no(f"Điều kiện kết thúc đã được ghi là đạt từ ngày {vietnamese.format_date(movement.ended_on)}.")
    return is_before_the_units(movement)


def may_retract_end(actor: Actor, movement: Movement) -> Verdict:
    """Whoever may declare an end takes back one that was declared by mistake, while the movement is not closed."""
    if not (is_leader(actor) and actor.agency == movement.agency) and not (verdict := is_clerk_of(actor, movement)):
        return verdict
    if movement.ended_on is None:
        return no("Chưa ai ghi điều kiện kết thúc đã đạt.")
    return is_before_the_units(movement)


def may_correct(actor: Actor, movement: Movement) -> Verdict:
    """The standing clerk enters a signed paper that changes an issued plan, until the movement is closed."""
    if not (verdict := is_clerk_of(actor, movement)):
        return verdict
    if movement.state in {S.ISSUED, *Movement.OPEN_STATES}:
        return YES
    return no(f"Kế hoạch đang ở trạng thái “{movement.get_state_display()}”, không điều chỉnh bằng văn bản mới.")


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
        return is_before_the_units(roll_out.movement)
    return no(f"Việc này do trưởng {roll_out.unit.name} làm.", who=f"Trưởng {roll_out.unit.name}")


def may_change_units(actor: Actor, movement: Movement) -> Verdict:
    """The standing clerk brings more units in or gives them more time, while the movement is before the units."""
    if not (verdict := is_clerk_of(actor, movement)):
        return verdict
    return is_before_the_units(movement)


def may_withdraw_unit(actor: Actor, roll_out: RollOut) -> Verdict:
    """The standing clerk of the agency records that a unit takes no further part."""
    return is_clerk_of(actor, roll_out.movement)


def may_finish(actor: Actor, assignment: Assignment) -> Verdict:
    """The head of the unit that has the duty, or the standing clerk."""
    if is_head_of(actor, assignment.unit_id) or (
        actor.role == Role.CLERK and actor.agency == assignment.movement.agency
    ):
        return is_before_the_units(assignment.movement)
    return no(f"Việc này do {assignment.unit.name} báo.", who=assignment.unit.name)


def may_reach_milestone(actor: Actor, milestone: Milestone) -> Verdict:
    """The standing clerk, while the movement is before the units."""
    if not (verdict := is_clerk_of(actor, milestone.movement)):
        return verdict
    return is_before_the_units(milestone.movement)


def movements_readable_by(actor: Actor) -> QuerySet[Movement]:
    """Those that a page may name: what the actor sees, and what everybody sees on the public pages."""
    ours = movements_visible_to(actor).values("pk")
    return Movement.objects.filter(Q(pk__in=ours) | Q(publicity=Movement.Publicity.SHOWN))


def registrations_visible_to(actor: Actor) -> QuerySet[Registration]:
    """The clerk and the leaders see the agency's; a head also those of the units below; everybody else their own unit's."""
    ours = Registration.objects.filter(movement__agency=actor.agency)
    if actor.role == Role.ADMINISTRATOR:
        return ours.none()
    return ours if actor.role == Role.CLERK or is_leader(actor) else ours.filter(of_unit_or_below(actor))


def of_unit_or_below(actor: Actor) -> Q:
    """What stands under the actor's unit, and for its head under the units below it."""
    own = Q(unit=actor.unit)
    return own | Q(unit__parent=actor.unit) if actor.role in Duty.HEADS else own


def may_register(actor: Actor, registration: Registration) -> Verdict:
    """Whoever works in the unit, until the last day of registration (inclusive)."""
    if actor.unit.pk != registration.unit_id:
        return no(f"Bản đăng ký này của {registration.unit.name}.")
    if not (verdict := is_before_the_units(registration.movement)):
        return verdict
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
    """The standing clerk of the agency."""
    return is_clerk_of(actor, registration.movement)


def may_return_registration(actor: Actor, registration: Registration) -> Verdict:
    """The standing clerk, while the unit can still send it again."""
    if not (verdict := is_clerk_of(actor, registration.movement)):
        return verdict
    return is_before_the_units(registration.movement)


def pacts_visible_to(actor: Actor) -> QuerySet[Pact]:
    """Whoever sees the cluster; a draft only those who may write it."""
    seen = Pact.objects.filter(cluster__in=clusters_visible_to(actor))
    if actor.role == Role.CLERK:
        return seen.filter(Q(cluster__agency=actor.agency) | ~Q(state=Pact.State.DRAFT))
    if not speaks_for(actor, actor.unit):
        return seen.exclude(state=Pact.State.DRAFT)
    headed = Q(cluster__heads__unit=actor.unit, cluster__heads__role="lead", cluster__heads__year=F("year"))
    return seen.filter(Q(pk__in=Pact.objects.filter(headed).values("pk")) | ~Q(state=Pact.State.DRAFT))


def may_write_pact(actor: Actor, pact: Pact) -> Verdict:
    """The head of the cluster in the pact's year, or the standing clerk of the agency that set the cluster up."""
    return YES if heads_cluster(actor, pact.cluster, pact.year) else may_keep_cluster(actor, pact.cluster)


def may_sign(actor: Actor, signature: PactSignature) -> Verdict:
    """Whoever speaks for the member; the standing clerk records a signature given on paper."""
    if speaks_for(actor, signature.unit):
        return YES
    if may_keep_cluster(actor, signature.pact.cluster):
        return YES
    return no(f"Người đứng đầu {signature.unit.name} ký.", who=signature.unit.name)


def may_conclude_pact(actor: Actor, pact: Pact) -> Verdict:
    """Whoever gives or records the last signature: the pact is then in force by itself."""
    places = pact.signatures.select_related("unit")
    if any(speaks_for(actor, place.unit) for place in places) or may_keep_cluster(actor, pact.cluster):
        return YES
    return no("Giao ước có hiệu lực khi mọi thành viên đã ký.")


def roll_outs_visible_to(actor: Actor) -> QuerySet[RollOut]:
    """How units carry a movement out: the clerk and the leaders see all; a unit its own, its head also those below."""
    ours = RollOut.objects.filter(movement__in=movements_visible_to(actor))
    return ours if actor.role == Role.CLERK or is_leader(actor) else ours.filter(of_unit_or_below(actor))


def may_plan(actor: Actor, roll_out: RollOut) -> Verdict:
    """The head of the unit, or whoever leads the movement there, once it was acknowledged."""
    leads = roll_out.leader_id is not None and roll_out.leader == actor.person and actor.unit.pk == roll_out.unit_id
    if not leads and not is_head_of(actor, roll_out.unit_id):
        return no(f"Trưởng {roll_out.unit.name} hoặc người phụ trách làm việc này.", who=f"Trưởng {roll_out.unit.name}")
    if roll_out.state == RollOut.State.ACKNOWLEDGED:
        return YES
    return no("Xác nhận phong trào và cử người phụ trách trước.", who=f"Trưởng {roll_out.unit.name}")


def may_pass_on(actor: Actor, roll_out: RollOut) -> Verdict:
    """The head of the unit hands the movement on to the units below it."""
    if not is_head_of(actor, roll_out.unit_id):
        return no(f"Trưởng {roll_out.unit.name} triển khai tiếp.", who=f"Trưởng {roll_out.unit.name}")
    return may_plan(actor, roll_out)


def may_finish_task(actor: Actor, task: UnitTask) -> Verdict:
    """Whoever was given it, or who may plan for the unit."""
    return YES if actor.person == task.person else may_plan(actor, task.plan.roll_out)
