"""Who sees reports, who writes them, who takes them in."""

from django.db.models import QuerySet

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.movements.access import is_before_the_units, is_clerk_of, is_head_of, may_decide, may_issue, may_return
from bangvang.movements.models import Movement
from bangvang.people.access import is_leader
from bangvang.people.actor import Actor, System
from bangvang.people.models import Duty
from bangvang.progress.models import Period, Reminder, Report, Review
from bangvang.progress.standing import absence_of, roll_out_of


def reports_visible_to(actor: Actor) -> QuerySet[Report]:
    """The clerk and the leaders see the agency's; everybody else their own unit's; the administrator none."""
    ours = Report.objects.filter(period__movement__agency=actor.agency)
    if actor.role == Duty.Role.ADMINISTRATOR:
        return ours.none()
    return ours if actor.role == Duty.Role.CLERK or is_leader(actor) else ours.filter(unit=actor.unit)


def may_set_up(actor: Actor, movement: Movement) -> Verdict:
    """The standing clerk says what a movement is followed by, once it is before the units."""
    if not (verdict := is_clerk_of(actor, movement)):
        return verdict
    if movement.state in Movement.BEFORE_UNITS:
        return is_before_the_units(movement)
    return no("Triển khai phong trào đến các đơn vị rồi mới đặt chỉ tiêu và kỳ báo cáo.")


def may_see_board(actor: Actor, movement: Movement) -> Verdict:
    """The standing clerk and the leaders of the agency; a unit has its own page."""
    if is_leader(actor) and actor.agency == movement.agency:
        return YES
    return is_clerk_of(actor, movement)


def takes_part(actor: Actor, report: Report) -> Verdict:
    """Whether the unit still reports on the actor's day: the movement is open, the period stands, the unit was asked, not
    withdrawn, not merged."""
    if not (verdict := is_before_the_units(report.period.movement)):
        return verdict
    if report.period.called_off_on is not None:
        return no(f"Kỳ {report.period.name} đã bỏ, không phải gửi báo cáo.", who="Thường trực thi đua, khen thưởng")
    absence = absence_of(report.unit, roll_out_of(report.period.movement, report.unit), actor.day)
    return no(absence, who="Thường trực thi đua, khen thưởng") if absence else YES


def may_write(actor: Actor, report: Report) -> Verdict:
    """Whoever works in the unit, until the report is sent; also after the last day, and then it is marked as late."""
    if actor.unit.pk != report.unit_id:
        return no(f"Báo cáo này do {report.unit.name} lập.", who=report.unit.name)
    if report.state not in Report.OWED:
        return no(f"Báo cáo {report.get_state_display().lower()}, không sửa được nữa.")
    return takes_part(actor, report)


def may_send(actor: Actor, report: Report) -> Verdict:
    """The head of the unit or the deputy."""
    if not is_head_of(actor, report.unit_id):
        return no("Trưởng đơn vị gửi báo cáo.", who=f"Trưởng {report.unit.name}")
    return takes_part(actor, report)


def may_recall(actor: Actor, report: Report) -> Verdict:
    """The head, while nobody took the report in; one that was returned before keeps its first day and is not taken back."""
    if not is_head_of(actor, report.unit_id):
        return no("Trưởng đơn vị rút báo cáo.", who=f"Trưởng {report.unit.name}")
    if not (verdict := is_before_the_units(report.period.movement)):
        return verdict
    if report.resent_at is not None:
        return no(
            "Báo cáo này gửi lại sau khi bị trả. Muốn sửa nữa thì xin thường trực trả lại, để ngày gửi lần đầu còn được tính.",
            who="Thường trực thi đua, khen thưởng",
        )
    return YES


def may_take_in(actor: Actor, report: Report) -> Verdict:
    """The standing clerk of the agency."""
    return is_clerk_of(actor, report.period.movement)


def may_send_back(actor: Actor, report: Report) -> Verdict:
    """The standing clerk, while the unit can still send it again."""
    if not (verdict := is_clerk_of(actor, report.period.movement)):
        return verdict
    return is_before_the_units(report.period.movement)


def may_release(actor: Actor | System, reminder: Reminder) -> Verdict:
    """The standing clerk; the machine only where the rule says that it sends by itself."""
    if isinstance(actor, System):
        by_itself = reminder.rule is not None and reminder.rule.by_itself
        return (
            YES if by_itself else no("Lời nhắc này do thường trực xem rồi gửi.", who="Thường trực thi đua, khen thưởng")
        )
    return is_clerk_of(actor, reminder.period.movement)


def may_drop_reminder(actor: Actor | System, reminder: Reminder) -> Verdict:
    """The standing clerk."""
    if isinstance(actor, System):
        return no("Máy không tự bỏ lời nhắc.")
    return is_clerk_of(actor, reminder.period.movement)


def may_lapse(actor: Actor | System, reminder: Reminder) -> Verdict:
    """Only the machine, on a day when nobody owes."""
    return YES if isinstance(actor, System) else no("Bước này máy tự làm.")


def reminders_visible_to(actor: Actor) -> QuerySet[Reminder]:
    """Drafts of reminders are the standing clerk's business; the leaders read them."""
    ours = Reminder.objects.filter(period__movement__agency=actor.agency)
    return ours if actor.role == Duty.Role.CLERK or is_leader(actor) else ours.none()


def movement_reviews_visible_to(actor: Actor) -> QuerySet[Review]:
    """The clerk and the leaders see the agency's; from approval on the registry; when issued everybody; the administrator none."""
    ours = Review.objects.filter(agency=actor.agency)
    if actor.role == Duty.Role.ADMINISTRATOR:
        return ours.none()
    if actor.role == Duty.Role.CLERK or is_leader(actor):
        return ours
    return ours.filter(state__in=Review.SIGNED_STATES if actor.role == Duty.Role.REGISTRY else [Review.State.ISSUED])


def may_draft_review(actor: Actor, period: Period) -> Verdict:
    """The standing clerk, once a report of the period was taken in; a period is reviewed once."""
    if not (verdict := is_clerk_of(actor, period.movement)):
        return verdict
    if period.called_off_on is not None:
        return no(f"Kỳ {period.name} đã bỏ, không có gì để sơ kết.")
    if Review.objects.filter(period=period).exists():
        return no(f"Báo cáo của kỳ {period.name} đã có. Xin mở báo cáo đó.")
    if not period.reports.filter(state=Report.State.ACCEPTED).exists():
        return no(f"Chưa tiếp nhận báo cáo nào của kỳ {period.name}, nên chưa có gì để tổng hợp.")
    return YES


def writes_review(actor: Actor, review: Review) -> Verdict:
    """The standing clerk of the agency."""
    return is_clerk_of(actor, review.period.movement)


def may_edit_review(actor: Actor, review: Review) -> Verdict:
    """The standing clerk, while the review is being written or was sent back."""
    if not (verdict := writes_review(actor, review)):
        return verdict
    if review.state in Review.OPEN_STATES:
        return YES
    return no(f"Báo cáo đang ở trạng thái “{review.get_state_display()}”, không sửa được nữa.")


def may_approve_review(actor: Actor, review: Review) -> Verdict:
    """The head of the agency, or who signs for the head."""
    return may_decide(actor, review.period.movement)


def may_return_review(actor: Actor, review: Review) -> Verdict:
    """Whoever may approve it, in person."""
    return may_return(actor, review.period.movement)


def may_issue_review(actor: Actor, review: Review) -> Verdict:
    """The registry clerk of the agency."""
    return may_issue(actor, review.period.movement)
