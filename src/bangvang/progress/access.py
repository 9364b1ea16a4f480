"""Who sees reports, who writes them, who takes them in."""

from django.db.models import Q, QuerySet

from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.movements.access import (
    is_before_the_units,
    is_clerk_of,
    is_head_of,
    may_decide,
    may_issue,
    may_return,
    movements_visible_to,
    of_unit_or_below,
)
from bangvang.movements.models import Movement
from bangvang.people.access import is_leader, speaks_for
from bangvang.people.actor import Actor, System
from bangvang.people.models import Duty, Unit
from bangvang.progress.models import Mark, Observation, Period, Reminder, Report, Review, ScoreSheet, SocialWork
from bangvang.progress.scoring import stage_of
from bangvang.progress.standing import absence_of, roll_out_of


def reports_visible_to(actor: Actor) -> QuerySet[Report]:
    """The clerk and the leaders see the agency's; a head also those of the units below; everybody else their own unit's."""
    ours = Report.objects.filter(period__movement__agency=actor.agency)
    if actor.role == Duty.Role.ADMINISTRATOR:
        return ours.none()
    return ours if actor.role == Duty.Role.CLERK or is_leader(actor) else ours.filter(of_unit_or_below(actor))


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


def observations_visible_to(actor: Actor) -> QuerySet[Observation]:
    """The clerk and the leaders see the agency's. Facts that were not kept for them: a head the unit's, everybody their own."""
    ours = Observation.objects.filter(movement__agency=actor.agency)
    if actor.role == Duty.Role.ADMINISTRATOR:
        return ours.none()
    if actor.role == Duty.Role.CLERK or is_leader(actor):
        return ours
    open_ones = ours.filter(sight=Observation.Sight.UNIT)
    return open_ones.filter(unit=actor.unit) if actor.role in Duty.HEADS else open_ones.filter(person=actor.person)


def may_observe(actor: Actor, movement: Movement, unit: Unit) -> Verdict:
    """The standing clerk about every unit that takes part; the head of a unit about its own people."""
    if not is_head_of(actor, unit.pk) and not (verdict := is_clerk_of(actor, movement)):
        return verdict
    if movement.roll_outs.filter(unit=unit).exists():
        return YES
    return no(f"Phong trào chưa triển khai đến {unit.name}.")


def may_withdraw_observation(actor: Actor, observation: Observation) -> Verdict:
    """Whoever recorded it, or the standing clerk: a head does not take back what the standing body recorded."""
    if actor.person == observation.recorded_by:
        return YES
    return is_clerk_of(actor, observation.movement)


def sheets_visible_to(actor: Actor) -> QuerySet[ScoreSheet]:
    """The clerk and the leaders see the agency's. A unit its own, and the one it checks across from then on."""
    ours = ScoreSheet.objects.filter(movement__agency=actor.agency)
    if actor.role == Duty.Role.ADMINISTRATOR:
        return ours.none()
    if actor.role == Duty.Role.CLERK or is_leader(actor):
        return ours
    states = [ScoreSheet.State.CHECKED, ScoreSheet.State.CROSSED, ScoreSheet.State.SETTLED]
    return ours.filter(Q(unit=actor.unit) | Q(crosser=actor.unit, state__in=states))


def may_mark(actor: Actor, sheet: ScoreSheet) -> Verdict:
    """The unit's people score it; then the standing clerk checks, the unit of the same cluster checks across, the clerk ends."""
    stage = stage_of(sheet)
    if not stage:
        return no("Kết quả đã có. Muốn chấm lại thì thường trực mở lại, ghi lý do.")
    if stage == Mark.Stage.SELF:
        if actor.unit.pk == sheet.unit_id:
            return YES
        return no(f"{sheet.unit.name} tự chấm.", who=sheet.unit.name)
    return may_cross(actor, sheet) if stage == Mark.Stage.CROSS else is_clerk_of(actor, sheet.movement)


def may_send_sheet(actor: Actor, sheet: ScoreSheet) -> Verdict:
    """Whoever heads the unit; after the last day too, and then it is marked as late."""
    if speaks_for(actor, sheet.unit):
        return YES
    return no("Trưởng đơn vị gửi bảng điểm.", who=f"Trưởng {sheet.unit.name}")


def may_check_sheet(actor: Actor, sheet: ScoreSheet) -> Verdict:
    """The standing clerk of the agency checks, returns, ends and opens again."""
    return is_clerk_of(actor, sheet.movement)


def may_cross(actor: Actor, sheet: ScoreSheet) -> Verdict:
    """Whoever heads the unit that checks across."""
    if sheet.crosser is None:
        return no("Bảng điểm này không có đơn vị chấm chéo.")
    if speaks_for(actor, sheet.crosser):
        return YES
    return no(f"{sheet.crosser.name} chấm chéo.", who=f"Trưởng {sheet.crosser.name}")


def social_works_visible_to(actor: Actor) -> QuerySet[SocialWork]:
    """Whoever sees the movement: what is given to others is nobody's secret."""
    return SocialWork.objects.filter(movement__in=movements_visible_to(actor))


def may_record_social_work(actor: Actor, movement: Movement, unit: Unit) -> Verdict:
    """The head of a unit for the unit; the standing clerk for every unit that takes part and for the agency itself."""
    if not is_head_of(actor, unit.pk) and not (verdict := is_clerk_of(actor, movement)):
        return verdict
    if unit == movement.agency or movement.roll_outs.filter(unit=unit).exists():
        return YES
    return no(f"Phong trào chưa triển khai đến {unit.name}.")


def may_withdraw_social_work(actor: Actor, work: SocialWork) -> Verdict:
    """Whoever recorded it, or the standing clerk."""
    return YES if actor.person == work.recorded_by else is_clerk_of(actor, work.movement)
