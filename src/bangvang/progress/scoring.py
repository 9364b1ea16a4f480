"""How scores stand: which stage is at work, the marks that count, totals and the order of the units."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, QuerySet

from bangvang import vietnamese
from bangvang.movements.models import Movement
from bangvang.people.models import Cluster
from bangvang.people.queries import clusters_of
from bangvang.progress.models import Mark, ScoreItem, ScoreSheet

S = ScoreSheet.State
Stage = Mark.Stage
BEFORE: dict[str, tuple[str, ...]] = {
    Stage.CHECK: (Stage.SELF,),
    Stage.CROSS: (Stage.CHECK,),
    Stage.RESULT: (Stage.CROSS, Stage.CHECK),
}


def stage_of(sheet: ScoreSheet) -> str:
    """The stage whose marks are given now; empty when the result stands."""
    if sheet.state in {S.OPEN, S.RETURNED}:
        return Stage.SELF
    if sheet.state == S.SENT:
        return Stage.CHECK
    if sheet.state == S.CHECKED and sheet.crosser_id:
        return Stage.CROSS
    return Stage.RESULT if sheet.state in {S.CHECKED, S.CROSSED} else ""


def standing_marks(sheets: QuerySet[ScoreSheet]) -> QuerySet[Mark]:
    """The newest mark of each item at each stage of these sheets."""
    newest = Mark.objects.filter(sheet__in=sheets).order_by().values("sheet", "item", "stage").annotate(last=Max("pk"))
    return Mark.objects.filter(pk__in=newest.values("last"))


def by_stage(sheet: ScoreSheet) -> dict[str, dict[int, Mark]]:
    """Stage → item → the mark that counts."""
    found: dict[str, dict[int, Mark]] = defaultdict(dict)
    for mark in standing_marks(ScoreSheet.objects.filter(pk=sheet.pk)):
        found[mark.stage][mark.item_id] = mark
    return found


def earlier(marks: dict[str, dict[int, Mark]], stage: str, item: int, *, has_crosser: bool) -> Mark | None:
    """The mark that this stage looks at: of the stage before it; a result rests on the cross-check where there is one."""
    for before in BEFORE.get(stage, ()):
        if before == Stage.CROSS and not has_crosser:
            continue
        if (mark := marks.get(before, {}).get(item)) is not None:
            return mark
    return None


def is_current(mark: Mark | None, before: Mark | None) -> bool:
    """Whether a mark stands: given, and not older than the mark it was meant to look at."""
    return mark is not None and (before is None or mark.pk > before.pk)


def unmarked(sheet: ScoreSheet) -> list[ScoreItem]:
    """The items that the present stage has still to mark, or to mark again because what it looked at was changed."""
    stage, marks = stage_of(sheet), by_stage(sheet)
    crossed = sheet.crosser_id is not None
    return [
        item
        for item in sheet.movement.score_items.all()
        if not is_current(marks.get(stage, {}).get(item.pk), earlier(marks, stage, item.pk, has_crosser=crossed))
    ]


def words(points: Decimal | None) -> str:
    """Points as officials write them: "98,5"; a dash where there are none."""
    return "–" if points is None else vietnamese.format_number(points)


@dataclass(frozen=True)
class Ranked:
    """One unit in the table. `place` only once its result stands; equal totals share a place and the next one is left out."""

    sheet: ScoreSheet
    cluster: Cluster | None
    totals: dict[str, Decimal]
    place: int | None = None

    def total(self, stage: str) -> str:
        return words(self.totals.get(stage))


def ranking(sheets: QuerySet[ScoreSheet], movement: Movement) -> list[Ranked]:
    """These sheets, results first and best first; then those still at work in the agency's order. Three queries."""
    found = list(sheets.select_related("unit", "crosser").order_by("unit__order", "unit__name", "pk"))
    totals: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for sheet, stage, points in standing_marks(sheets).values_list("sheet", "stage", "points"):
        totals[sheet][stage] += points
    opened = min((sheet.due_on for sheet in found), default=None)
    clusters = clusters_of([one.unit_id for one in found], movement.agency, opened) if opened else {}
    rows = [Ranked(one, clusters.get(one.unit_id), dict(totals[one.pk])) for one in found]
    return [
        *_placed(row for row in rows if row.sheet.state == S.SETTLED),
        *(r for r in rows if r.sheet.state != S.SETTLED),
    ]


def _placed(rows: Iterable[Ranked]) -> list[Ranked]:
    ordered = sorted(rows, key=lambda row: -row.totals.get(Stage.RESULT, Decimal(0)))
    placed: list[Ranked] = []
    for number, row in enumerate(ordered, start=1):
        last = placed[-1] if placed else None
        same = last is not None and last.totals.get(Stage.RESULT) == row.totals.get(Stage.RESULT)
        placed.append(Ranked(row.sheet, row.cluster, row.totals, last.place if same and last else number))
    return placed
