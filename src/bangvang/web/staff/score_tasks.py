"""What scores ask of people: a unit scores itself or another one across, the standing body checks and ends."""

from django.db.models import Q
from django.urls import reverse

from bangvang.movements.models import Movement
from bangvang.people.access import speaks_for
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from bangvang.progress.access import sheets_visible_to
from bangvang.progress.models import ScoreSheet
from bangvang.web.staff.unit_tasks import Task, due

S = ScoreSheet.State


def of_scores(actor: Actor) -> list[Task]:
    """The sheets that wait for this duty."""
    if actor.role == Duty.Role.CLERK:
        return _of_standing_body(actor)
    if not speaks_for(actor, actor.unit):
        return []
    mine = sheets_visible_to(actor).select_related("movement", "unit").order_by("due_on", "pk")
    own = mine.filter(unit=actor.unit, state__in=[S.OPEN, S.RETURNED])
    across = mine.filter(crosser=actor.unit, state=S.CHECKED)
    return [
        *(due("Tự chấm điểm", one.movement, _address(one), "Mở bảng điểm", one.due_on, actor) for one in own),
        *(
            Task("Chưa có hạn", "", f"Chấm chéo cho {one.unit.name}", one.movement.title, _address(one), "Chấm chéo")
            for one in across
        ),
    ]


def _address(sheet: ScoreSheet) -> str:
    return reverse("scores:one", args=[sheet.code])


def _of_standing_body(actor: Actor) -> list[Task]:
    """One line for a movement and an act, however many units."""
    sheets = sheets_visible_to(actor)
    waits_for_result = Q(state=S.CROSSED) | Q(state=S.CHECKED, crosser__isnull=True)
    return [
        Task(
            "Chưa có hạn", "", f"{act}: {sheets.filter(asked, movement=movement).count()} đơn vị", movement.title,
            reverse("scores:ranking", args=[movement.code]), "Xem",
        )
        for act, asked in (("Kiểm tra điểm tự chấm", Q(state=S.SENT)), ("Chốt kết quả chấm điểm", waits_for_result))
        for movement in Movement.objects.filter(pk__in=sheets.filter(asked).values("movement")).order_by("pk")
    ]  # fmt: skip
