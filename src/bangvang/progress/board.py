"""The board of a movement: which units owe reports, how the figures stand; few queries however many units there are."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Case, Count, F, Q, Sum, When

from bangvang.movements.board import Answer
from bangvang.movements.models import Movement, Registration, RollOut
from bangvang.people.models import Person, Unit
from bangvang.progress import figures
from bangvang.progress.models import Figure, Indicator, Period, Report
from bangvang.progress.standing import absence_of, owed_on, standing_of

PAGE = 50  # units on one page
COLUMNS = 6  # periods side by side
R = Registration.State


@dataclass(frozen=True)
class BoardRow:
    """One unit: who leads there, how it stands, and a cell for each period of the window (None: nothing is asked)."""

    unit: Unit
    leader: Person | None
    absence: str
    is_registered: bool
    overdue: int
    reports: tuple[Report | None, ...]
    day: datetime.date

    @cached_property
    def situation(self) -> Answer:
        """In one chip: gone, owing, answering late, in time; below it that the unit has not registered."""
        note = "" if self.is_registered else "chưa gửi bản đăng ký"
        if self.absence:
            return Answer("done", "Không còn báo cáo", self.absence)
        if self.overdue:
            return Answer("bad", f"Nợ {self.overdue} báo cáo", note)
        late = sum(bool(report and report.sent_at and report.days_late(self.day)) for report in self.reports)
        if late or any(report and report.state == Report.State.RETURNED for report in self.reports):
            return Answer("warn", "Cần chú ý", note or (f"{late} lần trễ" if late else "đang sửa"))
        return Answer("ok", "Đúng hạn", note)

    @property
    def edge(self) -> str:
        return {"bad": "alarm", "warn": "watch"}.get(self.situation.kind, "calm")

    @property
    def cells(self) -> list[tuple[Report | None, Answer]]:
        """Each period's report and how it stands; of a unit that is gone only what it had sent is told."""
        nothing = Answer("done", "Không báo cáo")
        return [
            (one, nothing if one is None or (self.absence and one.sent_at is None) else standing_of(one, self.day))
            for one in self.reports
        ]


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator in one period: the sum of what came in, or how many units reached the target."""

    indicator: Indicator
    reported: int
    met: int
    total: Decimal | None

    @property
    def target(self) -> str:
        return figures.words(self.indicator.target, self.indicator.measure)

    @property
    def sum_words(self) -> str:
        return figures.words(self.total, self.indicator.measure)

    @property
    def standing(self) -> Answer:
        """Against the target: of all units together, or unit by unit."""
        target = self.indicator.target
        if target is None or not self.reported or self.total is None:
            return Answer("unknown", "Chưa có số" if not self.reported else "Không đặt mức")
        if self.indicator.reach == Indicator.Reach.TOTAL:
            done = figures.is_met(self.total, target, upward=self.indicator.is_upward)
            return Answer("ok" if done else "warn", "Đạt" if done else "Chưa đạt", figures.share(self.total, target))
        every = self.met == self.reported
        return Answer("ok" if every else "warn", f"{self.met} trên {self.reported} đơn vị đạt")


@dataclass(frozen=True)
class Board:
    """What the page shows. `window` are the periods side by side, `chosen` the one whose figures are told."""

    periods: list[Period]
    window: list[Period]
    chosen: Period | None
    rows: list[BoardRow]
    indicators: list[IndicatorRow]
    units: int
    owing: int
    counts: dict[str, int]
    page: int
    pages: int


def board(movement: Movement, day: datetime.date, *, chosen: str = "", page: int = 1) -> Board:
    """The board on a day. `chosen` is a period's code (else the last one begun); units that owe most stand first."""
    periods = list(movement.periods.standing().select_related("review"))
    begun = [period for period in periods if period.starts_on <= day] or periods[:1]
    named = next((period for period in periods if period.code == chosen), None)
    period = named or (begun[-1] if begun else None)
    window = _window(periods, period)
    is_open = movement.state in Movement.OPEN_STATES  # of a closed or cancelled movement nothing is owed
    standing = [row for row in periods if is_open and row.due_on < day]
    owed = _overdue(standing)
    order = _in_order(movement, owed, day)
    pages = max((len(order) + PAGE - 1) // PAGE, 1)
    page = min(max(page, 1), pages)
    shown = [roll_out for roll_out, _ in order[(page - 1) * PAGE : page * PAGE]]
    return Board(
        periods=periods,
        window=window,
        chosen=period,
        rows=_rows(movement, shown, window, owed, day),
        indicators=indicator_rows(period) if period else [],
        units=len(order),
        owing=sum(owes for _, owes in order),
        counts=_counts(period, day) if period else {},
        page=page,
        pages=pages,
    )


def _window(periods: list[Period], period: Period | None) -> list[Period]:
    """At most COLUMNS periods, the chosen one among them, ending with the one after it if there is one."""
    if period is None:
        return []
    after = min(periods.index(period) + 2, len(periods))
    return periods[max(after - COLUMNS, 0) : after]


def _overdue(periods: list[Period]) -> dict[int, int]:
    """Unit → how many reports of these periods it never sent. Returned ones were sent: they wait, they are no debt."""
    unsent = Report.objects.filter(state=Report.State.DRAFT, period__in=[period.pk for period in periods])
    return dict(unsent.order_by("unit").values_list("unit").annotate(Count("pk")))


def _in_order(movement: Movement, owed: dict[int, int], day: datetime.date) -> list[tuple[int, bool]]:
    """(roll-out, owes) of every unit: who owes most first, then in the agency's order; who is gone stands last."""
    gone = Case(When(Q(state=RollOut.State.WITHDRAWN) | Q(unit__valid_until__lt=day), then=1), default=0)
    found = movement.roll_outs.annotate(gone=gone).order_by("unit__order", "unit__name", "pk")
    rows = found.values_list("pk", "unit_id", "gone")
    weighted = [(0 if gone else owed.get(unit, 0), gone, pk) for pk, unit, gone in rows]
    weighted.sort(key=lambda row: (row[1], -row[0]))
    return [(pk, bool(count)) for count, _, pk in weighted]


def _counts(period: Period, day: datetime.date) -> dict[str, int]:
    """State → how many reports of the period; what a unit that is gone never sent is not asked for and not counted."""
    owed = owed_on(day).filter(period=period).values("pk")
    asked = period.reports.filter(Q(state__in=Report.IN) | Q(pk__in=owed))
    return dict(asked.order_by("state").values_list("state").annotate(Count("pk")))


def _rows(
    movement: Movement, shown: list[int], window: list[Period], owed: dict[int, int], day: datetime.date
) -> list[BoardRow]:
    found = RollOut.objects.filter(pk__in=shown).select_related("unit", "leader")
    roll_outs = {row.pk: row for row in found.prefetch_related("unit__changed_into__after").order_by("pk")}
    units = [row.unit_id for row in roll_outs.values()]
    reports: dict[tuple[int, int], Report] = {}
    by_pk = {period.pk: period for period in window}
    shown_reports = Report.objects.filter(unit__in=units, period__in=by_pk).order_by("pk")
    for report in shown_reports.defer("results", "difficulties", "good_examples"):
        report.period = by_pk[report.period_id]
        reports[report.unit_id, report.period_id] = report
    registered = set(
        movement.registrations.filter(unit__in=units, state__in=[R.SENT, R.ACCEPTED]).values_list("unit_id", flat=True)
    )
    rows = []
    for pk in shown:
        row = roll_outs[pk]
        absence = absence_of(row.unit, row, day)
        rows.append(
            BoardRow(
                unit=row.unit,
                leader=row.leader,
                absence=absence,
                is_registered=row.unit_id in registered,
                overdue=0 if absence else owed.get(row.unit_id, 0),
                reports=tuple(reports.get((row.unit_id, period.pk)) for period in window),
                day=day,
            )
        )
    return rows


def indicator_rows(period: Period, states: Collection[str] = Report.IN) -> list[IndicatorRow]:
    """Every indicator of the movement with the figures of the period's reports in these states."""
    sent = Figure.objects.filter(report__period=period, report__state__in=states)
    met = Q(indicator__direction="up", value__gte=F("indicator__target")) | Q(
        indicator__direction="down", value__lte=F("indicator__target")
    )
    told = {
        row["indicator"]: row
        for row in sent.order_by("indicator")
        .values("indicator")
        .annotate(reported=Count("pk"), met=Count("pk", filter=met), total=Sum("value"))
    }
    rows = [(indicator, told.get(indicator.pk)) for indicator in period.movement.indicators.all()]
    return [
        IndicatorRow(one, row["reported"], row["met"], row["total"]) if row else IndicatorRow(one, 0, 0, None)
        for one, row in rows
    ]
