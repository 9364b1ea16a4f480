"""Scores: the scale, one sheet for each unit, marks stage by stage, the result. No mark is ever changed: a new one follows it."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.db.models import Max

from bangvang import vietnamese
from bangvang.kernel import bulk, clock, events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.movements.models import Movement, RollOut
from bangvang.notices import actions as notices
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Unit
from bangvang.progress.access import may_check_sheet, may_mark, may_set_up
from bangvang.progress.models import Mark, ScoreItem, ScoreSheet
from bangvang.progress.scoring import by_stage, earlier, is_current, stage_of, words
from bangvang.progress.standing import absence_of
from bangvang.progress.workflow import SCORE_SHEET

Given = Mapping[int, tuple[Decimal | None, str]]  # position of the item → points (None: left out) and reason


@action
def add_score_item(movement: Movement, *, text: str, most: Decimal, guide: str = "", by: Actor) -> ScoreItem:
    """One more criterion of the scale, until scoring begins."""
    _ask_scale(movement, by)
    if most <= 0:
        raise Refused(no("Điểm tối đa phải lớn hơn 0."))
    last = movement.score_items.aggregate(last=Max("position"))["last"] or 0
    made = ScoreItem(movement=movement, position=last + 1, text=text, most=most, guide=guide)
    made.save(force_insert=True)
    events.record("movement.add_score_item", by=by, roots=[movement], body={"text": text, "most": words(most)})
    return made


@action
def drop_score_item(item: ScoreItem, *, by: Actor) -> None:
    """Take a criterion out of the scale, until scoring begins."""
    _ask_scale(item.movement, by)
    events.record("movement.drop_score_item", by=by, roots=[item.movement], body={"text": item.text})
    item.delete()


def _ask_scale(movement: Movement, by: Actor) -> None:
    if not (verdict := may_set_up(by, movement)):
        raise Refused(verdict)
    events.lock([movement])
    if movement.score_sheets.exists():
        raise Refused(no("Các đơn vị đang chấm điểm, nên thang điểm không đổi được nữa."))


@action
def open_scoring(movement: Movement, *, due_on: datetime.date, by: Actor) -> int:
    """A sheet for every unit that takes part and has none yet. In a cluster each is checked across by the next member of it.

    Returns how many sheets were opened.
    """
    if not (verdict := may_set_up(by, movement)):
        raise Refused(verdict)
    events.lock([movement])
    if not movement.score_items.exists():
        raise Refused(no("Chưa có tiêu chí chấm điểm nào."))
    if due_on < by.day:
        raise Refused(no("Hạn tự chấm đã qua."))
    rows = movement.roll_outs.exclude(state=RollOut.State.WITHDRAWN).select_related("unit")
    units = [
        row.unit for row in rows.order_by("unit__order", "unit__name", "pk") if not absence_of(row.unit, row, by.day)
    ]
    have = set(movement.score_sheets.values_list("unit_id", flat=True))
    crossers = _crossers(units, movement.agency, by.day)
    new = [unit for unit in units if unit.pk not in have]
    if not new:
        raise Refused(no("Mọi đơn vị tham gia đã có bảng điểm."))
    sheets = [ScoreSheet(movement=movement, unit=unit, crosser=crossers.get(unit.pk), due_on=due_on) for unit in new]
    bulk.insert_rows(ScoreSheet, sheets)
    body = {"due_on": due_on.isoformat(), "units": len(new)}
    event = events.record("movement.open_scoring", by=by, roots=[movement], body=body)
    events.begin_chains(event, ScoreSheet.objects.filter(movement=movement, unit__in=new))
    notices.tell(
        people.users_of_units([unit.pk for unit in new], Duty.HEADS, on=by.day),
        f"Phong trào “{movement.title}”: đơn vị tự chấm điểm trước hết ngày {vietnamese.format_date(due_on)}.",
        key=f"scoring:{movement.code}",
        link=("scores:ranking", movement.code),
    )
    return len(new)


def _crossers(units: list[Unit], agency: Unit, on: datetime.date) -> dict[int, Unit]:
    """Unit → the next one of its cluster that takes part, in a ring; nobody where it is alone there."""
    clusters = people.clusters_of([unit.pk for unit in units], agency, on)
    rings: dict[int, list[Unit]] = {}
    for unit in units:
        if unit.pk in clusters:
            rings.setdefault(clusters[unit.pk].pk, []).append(unit)
    following = (pair for ring in rings.values() for pair in zip(ring, [*ring[1:], ring[0]], strict=True))
    return {unit.pk: after for unit, after in following if unit != after}


@action
def name_crosser(sheet: ScoreSheet, unit: Unit | None, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Let another unit check across, or nobody: when the one named does not, or stands too near. With the reason."""
    if not (verdict := may_check_sheet(by, sheet)):
        raise Refused(verdict)
    if sheet.state in {ScoreSheet.State.CROSSED, ScoreSheet.State.SETTLED}:
        raise Refused(no("Đã chấm chéo xong."))
    if unit == sheet.unit or not reason.strip():
        raise Refused(no("Đơn vị không tự chấm chéo cho mình, và đổi thì phải ghi lý do."))
    events.lock([sheet])
    bump(sheet, version=version, crosser=unit)
    body = {"unit": unit.code if unit else "", "reason": reason.strip()}
    events.record("score_sheet.name_crosser", by=by, roots=[sheet], body=body)


@action
def mark(sheet: ScoreSheet, given: Given, *, by: Actor, version: int | None = None) -> int:
    """Give points at the stage at work, under the version the sheet was opened with. Returns how many marks were written.

    Points that differ from those of the stage before need a reason. What did not change is not written again.
    """
    if not (verdict := may_mark(by, sheet)):
        raise Refused(verdict)
    stage, marks = stage_of(sheet), by_stage(sheet)
    new = []
    for item in sheet.movement.score_items.order_by("position"):
        points, reason = given.get(item.position, (None, ""))
        if points is None:
            continue
        if not 0 <= points <= item.most:
            raise Refused(no(f"“{item.text}”: điểm từ 0 đến {words(item.most)}."))
        before = earlier(marks, stage, item.pk, has_crosser=sheet.crosser_id is not None)
        if before is not None and points != before.points and not reason.strip():
            raise Refused(no(f"“{item.text}”: điểm khác bước trước ({words(before.points)}) thì phải ghi lý do."))
        own = marks.get(stage, {}).get(item.pk)
        if own is not None and is_current(own, before) and (own.points, own.reason) == (points, reason.strip()):
            continue
        new.append(
            Mark(sheet=sheet, item=item, stage=stage, points=points, reason=reason.strip(), duty=by.duty_text,
                 made_at=clock.now())
        )  # fmt: skip
    events.lock([sheet])
    bump(sheet, version=version)
    Mark.objects.bulk_create(new)
    told = {str(one.item.position): words(one.points) for one in new}
    events.record("score_sheet.mark", by=by, roots=[sheet], body={"stage": stage, "points": told})
    return len(new)


@action
def send_scores(sheet: ScoreSheet, *, by: Actor, version: int | None = None) -> None:
    """Send the unit's own scores; what was returned before keeps its first moment."""
    SCORE_SHEET.take(sheet, "send", by=by, version=version, sent_at=sheet.sent_at or clock.now())


@action
def recall_scores(sheet: ScoreSheet, *, by: Actor, version: int | None = None) -> None:
    SCORE_SHEET.take(sheet, "recall", by=by, version=version, sent_at=None)


@action
def return_scores(sheet: ScoreSheet, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Return the scores with the reason; the heads of the unit are told."""
    SCORE_SHEET.take(sheet, "return", by=by, reason=reason, version=version)
    _tell(sheet, sheet.unit, f"Bảng điểm của {sheet.unit.name} bị trả lại: {reason.strip()}", by)


@action
def check_scores(sheet: ScoreSheet, *, by: Actor, version: int | None = None) -> None:
    """End the check; the unit that checks across is told."""
    SCORE_SHEET.take(sheet, "check", by=by, version=version)
    if sheet.crosser is not None:
        _tell(sheet, sheet.crosser, f"Bảng điểm của {sheet.unit.name} chờ {sheet.crosser.name} chấm chéo.", by)


@action
def cross_scores(sheet: ScoreSheet, *, by: Actor, version: int | None = None) -> None:
    SCORE_SHEET.take(sheet, "cross", by=by, version=version)


@action
def settle_scores(sheet: ScoreSheet, *, by: Actor, version: int | None = None) -> None:
    """The result stands; the unit is told."""
    SCORE_SHEET.take(sheet, "settle", by=by, version=version)
    _tell(sheet, sheet.unit, f"Đã có kết quả chấm điểm của {sheet.unit.name}.", by)


@action
def reopen_scores(sheet: ScoreSheet, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Take a result back to be marked again; the unit is told the reason."""
    SCORE_SHEET.take(sheet, "reopen", by=by, reason=reason, version=version)
    _tell(sheet, sheet.unit, f"Kết quả chấm điểm của {sheet.unit.name} được mở lại: {reason.strip()}", by)


def _tell(sheet: ScoreSheet, unit: Unit, text: str, by: Actor) -> None:
    heads = people.users_of_units([unit.pk], [Duty.Role.DIRECTOR, *Duty.HEADS], on=by.day)
    notices.tell(heads, text, key=f"score_sheet:{sheet.code}:{sheet.version}", link=("scores:one", sheet.code))
