"""Following a movement and writing reports. A report's acts stand in its own story and not in the movement's: on a last evening thousands of
units send at once, and none waits for another."""

import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max

from bangvang import vietnamese
from bangvang.kernel import clock, events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.movements.models import Movement
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from bangvang.progress import asking
from bangvang.progress.access import may_set_up, may_write
from bangvang.progress.models import Figure, Indicator, Period, Report, ReportFile
from bangvang.progress.periods import Span
from bangvang.progress.queries import ReportFields, owing_units
from bangvang.progress.workflow import REPORT


@action
def add_indicator(
    movement: Movement,
    *,
    label: str,
    measure: str,
    base: Decimal | None = None,
    target: Decimal | None = None,
    direction: str = Indicator.Direction.UP,
    reach: str = Indicator.Reach.EACH,
    by: Actor,
) -> Indicator:
    """Ask for one more number in every report. Refused once a report was sent: it would lack the number."""
    if not (verdict := may_set_up(by, movement)):
        raise Refused(verdict)
    if Report.objects.filter(period__movement=movement).exclude(state=Report.State.DRAFT).exists():
        raise Refused(no("Đã có đơn vị gửi báo cáo, nên không thêm chỉ tiêu được nữa: báo cáo đã gửi sẽ thiếu số."))
    last = movement.indicators.aggregate(last=Max("position"))["last"] or 0
    made = Indicator(
        movement=movement, position=last + 1, label=label, measure=measure, base=base, target=target,
        direction=Indicator.Direction(direction), reach=Indicator.Reach(reach),
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refused(no(f"Chỉ tiêu “{label}” đã có trong phong trào này.")) from None
    body = {"label": label, "measure": measure, "target": str(target or "")}
    events.record("movement.add_indicator", by=by, roots=[movement], body=body)
    return made


@action
def drop_indicator(indicator: Indicator, *, by: Actor) -> None:
    """Ask no longer for a number, while nobody has written it."""
    movement = indicator.movement
    if not (verdict := may_set_up(by, movement)):
        raise Refused(verdict)
    if indicator.figures.exists():
        raise Refused(no("Đã có đơn vị ghi số cho chỉ tiêu này, nên không bỏ được."))
    events.record("movement.drop_indicator", by=by, roots=[movement], body={"label": indicator.label})
    indicator.delete()


@action
def open_period(movement: Movement, span: Span, *, by: Actor) -> Period:
    """Open a period: every unit that still takes part owes a report for it from now on; where there are thousands, the worker
    writes their rows."""
    if not (verdict := may_set_up(by, movement)):
        raise Refused(verdict)
    period = Period(
        movement=movement, name=span.name, starts_on=span.starts_on, ends_on=span.ends_on, due_on=span.due_on
    )
    try:
        with transaction.atomic():
            period.save(force_insert=True)
    except IntegrityError:
        raise Refused(no(f"Kỳ “{span.name}” đã có trong phong trào này.")) from None
    asked = asking.left_to_ask(period, by.day).count()
    body = {"name": span.name, "due_on": span.due_on.isoformat(), "units": asked}
    event = events.record("movement.open_period", by=by, roots=[movement], body=body)
    asking.order(period, event, by.day, units=asked)
    return period


@action
def call_off(period: Period, *, by: Actor) -> None:
    """No longer ask for a period opened by mistake, while no unit has sent its report. What was typed stays readable."""
    movement = period.movement
    if not (verdict := may_set_up(by, movement)):
        raise Refused(verdict)
    if period.reports.exclude(state=Report.State.DRAFT).exists():
        raise Refused(no("Đã có đơn vị gửi báo cáo của kỳ này, nên không bỏ được."))
    period.called_off_on = by.day
    period.save(update_fields=["called_off_on"])
    events.record("movement.call_off_period", by=by, roots=[movement], body={"name": period.name})


@action
def extend_period(period: Period, due_on: datetime.date, *, reason: str, by: Actor) -> None:
    """A later last day to send, for every unit: what was late until then is in time. The heads of those that owe are told."""
    movement = period.movement
    if not (verdict := may_set_up(by, movement)):
        raise Refused(verdict)
    if not reason.strip():
        raise Refused(no("Gia hạn thì ghi lý do."))
    before = period.due_on
    if due_on <= before or due_on < by.day:
        raise Refused(no(f"Hạn mới phải sau ngày {vietnamese.format_date(before)} và không sớm hơn hôm nay."))
    moved = Period.objects.standing().filter(pk=period.pk, due_on=before).update(due_on=due_on, extended_on=by.day)
    if not moved:
        raise Refused(no("Trong lúc xem, kỳ này đã được gia hạn hoặc đã bỏ. Xin tải lại trang."))
    period.due_on, period.extended_on = due_on, by.day
    body = {"name": period.name, "before": before.isoformat(), "due_on": due_on.isoformat(), "reason": reason.strip()}
    event = events.record("movement.extend_period", by=by, roots=[movement], body=body)
    notices.announce(
        people.users_of_units(owing_units(period, by.day).values("pk"), Duty.HEADS, on=by.day),
        f"Hạn gửi báo cáo {period.name} của phong trào “{movement.title}” được lùi đến hết ngày"
        f" {vietnamese.format_date(due_on)}. Lý do: {reason.strip()}",
        key=f"extend_period:{period.code}:{event.pk}",
        link=("movements:one", movement.code),
    )


@action
def write(report: Report, given: ReportFields, *, version: int | None = None, by: Actor) -> None:
    """Save a report as typed, under the version it was opened with. Overtaken when a colleague saved in between."""
    if not (verdict := may_write(by, report)):
        raise Refused(verdict)
    texts = {"results": given.results, "difficulties": given.difficulties, "good_examples": given.good_examples}
    events.lock([report])
    bump(report, version=version, **texts)
    before = dict(report.figures.values_list("indicator", "value"))
    typed = {one: given.figures.get(one.position) for one in report.period.movement.indicators.order_by("position")}
    changed = {one: value for one, value in typed.items() if value != before.get(one.pk)}
    report.figures.filter(indicator__in=changed).delete()
    Figure.objects.bulk_create(
        Figure(report=report, indicator=one, value=value) for one, value in changed.items() if value is not None
    )
    told = {
        str(one.position): "" if value is None else vietnamese.format_number(value) for one, value in changed.items()
    }
    events.record("report.write", by=by, roots=[report], body={"figures": told})


@action
def attach(report: Report, file: StoredFile, *, by: Actor) -> ReportFile:
    """Add a file one has just sent in; it can be opened once it was found in order."""
    if not (verdict := may_write(by, report)):
        raise Refused(verdict)
    if not (verdict := stored.is_own(file, by)):
        raise Refused(verdict)
    added = ReportFile(report=report, file=file, added_on=by.day)
    added.save(force_insert=True)
    events.record("report.attach", by=by, roots=[report], body={"file": file.code})
    return added


@action
def detach(added: ReportFile, *, by: Actor) -> None:
    """Take a file out of the report; the event keeps its code."""
    report = added.report
    if not (verdict := may_write(by, report)):
        raise Refused(verdict)
    events.record("report.detach", by=by, roots=[report], body={"file": added.file.code})
    added.delete()


@action
def send(report: Report, *, by: Actor, version: int | None = None) -> None:
    """Send the unit's report. What was returned before keeps its first moment for the deadline."""
    now = clock.now()
    if report.sent_at is None:
        REPORT.take(report, "send", by=by, version=version, sent_at=now)
    else:
        REPORT.take(report, "send", by=by, version=version, resent_at=now)


@action
def recall(report: Report, *, by: Actor, version: int | None = None) -> None:
    """Take back a report nobody has taken in; the deadline then counts from the next sending."""
    REPORT.take(report, "recall", by=by, version=version, sent_at=None)


@action
def send_back(report: Report, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Return a report with the reason; the heads of the unit are told."""
    REPORT.take(report, "return", by=by, reason=reason, version=version)
    notices.tell(
        people.users_with_role(report.unit, Duty.HEADS, on=by.day),
        f"Báo cáo {report.period.name} của {report.unit.name} bị trả lại: {reason.strip()}",
        key=f"report_returned:{report.code}:{report.version}",
        link=("progress:one", report.code),
    )


@action
def accept(report: Report, *, by: Actor, version: int | None = None) -> None:
    """Take a report in: its figures stand."""
    REPORT.take(report, "accept", by=by, version=version)
