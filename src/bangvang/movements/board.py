"""A movement on its way through the units: who has answered, who has not, and the words to remind the silent ones."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When

from bangvang import vietnamese
from bangvang.movements.models import Assignment, Movement, Registration, RollOut
from bangvang.people.models import Unit

LONGEST_NOTICE = 600  # characters of one line told in the product
R = Registration.State
EVERYBODY = re.compile(r"\b(?:cac|toan the|tat ca)\b.{0,20}\b(?:phong|don vi|ban)\b|\bthuoc so\b")
DAY_IN_WORDS = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")


@dataclass(frozen=True)
class Answer:
    """How one thing asked of a unit stands: kind of chip, word, and what stands small below."""

    kind: str
    word: str
    note: str = ""


@dataclass(frozen=True)
class Tasks:
    """How many duties of the plan a unit was given, how many are done, how many are late."""

    given: int = 0
    done: int = 0
    late: int = 0


@dataclass(frozen=True)
class BoardRow:
    """One unit of the movement on a day (days are calendar days; last days are inclusive). `is_over`: the movement was
    closed or cancelled, so nothing is asked any more."""

    roll_out: RollOut
    registration: Registration | None
    lines: int
    tasks: Tasks
    day: datetime.date
    is_over: bool = False

    @property
    def unit(self) -> Unit:
        return self.roll_out.unit

    @property
    def has_acknowledged(self) -> bool:
        return self.roll_out.state == RollOut.State.ACKNOWLEDGED

    @property
    def has_registered(self) -> bool:
        return self.registration is not None and self.registration.state in {R.SENT, R.ACCEPTED}

    @property
    def has_withdrawn(self) -> bool:
        return self.roll_out.state == RollOut.State.WITHDRAWN

    @property
    def is_silent(self) -> bool:
        return not (self.is_over or self.has_withdrawn) and not (self.has_acknowledged and self.has_registered)

    @property
    def acknowledged(self) -> Answer:
        if self.has_withdrawn:
            return Answer("done", "Đã rút")
        leader = self.roll_out.leader
        if leader is not None:
            return Answer("ok", "Đã xác nhận", f"phụ trách: {leader.full_name}")
        return self._silent("Chưa xác nhận", self.roll_out.acknowledge_by)

    @property
    def registered(self) -> Answer:
        found = self.registration
        if self.has_withdrawn:
            return Answer("done", "Đã rút")
        if found is not None and found.state == R.ACCEPTED:
            return Answer("ok", "Đã tiếp nhận", f"{self.lines} dòng")
        if found is not None and found.state == R.SENT:
            return Answer("ink", "Đã gửi, chờ tiếp nhận", f"{self.lines} dòng")
        if found is not None and found.state == R.RETURNED:
            return Answer("warn", "Bị trả lại", f"{self.lines} dòng, đơn vị đang sửa")
        return self._silent("Chưa gửi", self.roll_out.register_by)

    def _silent(self, word: str, until: datetime.date) -> Answer:
        if self.is_over:
            return Answer("unknown", word, "phong trào đã kết thúc")
        late = (self.day - until).days
        if late > 0:
            return Answer("bad", f"{word}, quá hạn {late} ngày", f"hạn {vietnamese.format_date(until)}{self._extended}")
        told = f"hạn {vietnamese.format_date(until)}, còn {-late} ngày" if late else "hạn hôm nay"
        return Answer("next", word, told + self._extended)

    @property
    def _extended(self) -> str:
        return ", đã gia hạn" if self.roll_out.extended_on else ""

    @property
    def edge(self) -> str:
        """alarm: something is overdue; watch: something is asked; calm: all answered."""
        kinds = {self.acknowledged.kind, self.registered.kind}
        if "bad" in kinds or (self.tasks.late and not (self.is_over or self.has_withdrawn)):
            return "alarm"
        return "watch" if self.is_silent else "calm"


def in_order(movement: Movement, day: datetime.date) -> QuerySet[Any]:
    """The movement before each unit: who is overdue first, then who is asked, each in the order of the agency's list.

    The same order as BoardRow.edge, found by the database: a page of the board reads only its own rows.
    """
    own = {"movement": OuterRef("movement"), "unit": OuterRef("unit")}
    sent = Exists(Registration.objects.filter(**own, state__in=[R.SENT, R.ACCEPTED]))
    late_task = Exists(Assignment.objects.filter(**own, done_on__isnull=True, due_on__lt=day))
    pushed = Q(state=RollOut.State.PUSHED)
    overdue = Q(pushed, acknowledge_by__lt=day) | Q(~sent, register_by__lt=day) | late_task
    weight = Case(
        When(state=RollOut.State.WITHDRAWN, then=2), When(overdue, then=0), When(pushed | ~sent, then=1), default=2
    )
    silent = Case(When(pushed | ~sent, then=True), default=False)
    found = movement.roll_outs.select_related("unit", "leader").annotate(weight=weight, silent=silent)
    answered = Case(When(state=RollOut.State.ACKNOWLEDGED, then=1), default=0)
    return found.order_by("weight", answered, "unit__order", "unit__name", "pk")


def overdue_units(movement: Movement, day: datetime.date) -> int:
    """How many silent units are past a last day, or have a duty that is. Of a movement that is over, none."""
    return (
        0
        if movement.state not in Movement.OPEN_STATES
        else in_order(movement, day).filter(weight=0, silent=True).count()
    )


def rows_of(movement: Movement, roll_outs: Iterable[RollOut], day: datetime.date) -> list[BoardRow]:
    """How these units of the movement stand, in the given order."""
    shown = list(roll_outs)
    units = [row.unit_id for row in shown]
    with_lines = movement.registrations.filter(unit__in=units).annotate(line_count=Count("lines")).order_by("pk")
    registrations = {one.unit_id: (one, one.line_count) for one in with_lines}
    late = Q(done_on__isnull=True, due_on__lt=day)
    counts = {"given": Count("pk"), "done": Count("done_on"), "late": Count("pk", filter=late)}
    given = movement.assignments.filter(unit__in=units).order_by("unit").values_list("unit").annotate(**counts)
    tasks = {unit: Tasks(*counted) for unit, *counted in given}
    rows, is_over = [], movement.state not in Movement.OPEN_STATES
    for row in shown:
        found, lines = registrations.get(row.unit_id, (None, 0))
        rows.append(BoardRow(row, found, lines, tasks.get(row.unit_id, Tasks()), day, is_over))
    return rows


def board(movement: Movement, day: datetime.date) -> list[BoardRow]:
    """Every unit that the movement was pushed to, the silent ones first, then in the order of the agency's list."""
    return rows_of(movement, in_order(movement, day), day)


def reminder(movement: Movement, rows: Iterable[BoardRow]) -> str:
    """The words to remind the silent units with: who still owes what, until when."""
    silent = [row for row in rows if row.is_silent]
    if not silent:
        return ""
    owed = [row for row in silent if not row.has_acknowledged]
    unsent = [row for row in silent if not row.has_registered]
    sentences = [f"Phong trào “{movement.title}”."]
    for asked, words, until in (
        (owed, "xác nhận và cử người phụ trách", max((row.roll_out.acknowledge_by for row in owed), default=None)),
        (unsent, "gửi bản đăng ký thi đua", max((row.roll_out.register_by for row in unsent), default=None)),
    ):
        if until is not None:
            sentences.append(
                f"{_count(len(asked))} chưa {words} (hạn {vietnamese.format_date(until)}): {_names(asked)}."
            )
    sentences.append("Xin các đơn vị hoàn thành, vướng chỗ nào xin báo thường trực thi đua, khen thưởng.")
    text = " ".join(sentences)
    if len(text) <= LONGEST_NOTICE:
        return text
    return " ".join(re.sub(r": [^:]*\.$", ".", sentence) if "chưa" in sentence else sentence for sentence in sentences)


def _names(rows: list[BoardRow]) -> str:
    return ", ".join(row.unit.name for row in rows)


def _count(number: int) -> str:
    return f"Còn {number} đơn vị"


def proposed_units(movement: Movement, units: Iterable[Unit]) -> set[int]:
    """The units that the plan's recipients "to carry out" (t/h) name, one by one or as all of the agency's."""
    named = [vietnamese.search_key(one.name) for one in movement.recipients.all() if "t/h" in one.note]
    if any(EVERYBODY.search(name) for name in named):
        return {unit.pk for unit in units if unit.kind in {Unit.Kind.DIVISION, Unit.Kind.CENTRE}}
    return {unit.pk for unit in units if any(unit.search_key in name for name in named)}


def proposed_owner(duty: str, units: Iterable[Unit]) -> Unit | None:
    """The unit whose name stands in a duty's words (the longest name), or None."""
    key = vietnamese.search_key(duty)
    named = [unit for unit in units if unit.search_key and unit.search_key in key]
    return max(named, key=lambda unit: len(unit.search_key), default=None)


def is_for_everybody(duty: str) -> bool:
    """Whether a duty speaks to all units: "Trưởng các phòng, đơn vị …"."""
    return bool(EVERYBODY.search(vietnamese.search_key(duty)))


def day_in(duty: str) -> datetime.date | None:
    """The one day that a duty's words name, or None."""
    days = DAY_IN_WORDS.findall(duty)
    if len(days) != 1:
        return None
    try:
        return vietnamese.parse_date(days[0])
    except ValueError:
        return None
