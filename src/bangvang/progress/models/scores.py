"""Scores of units in a movement: the scale, one sheet for each unit, and every mark that was ever given."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from bangvang.kernel.models import AppendOnly, Root
from bangvang.movements.models import Movement
from bangvang.people.models import Unit


class ScoreItem(models.Model):
    """One criterion of the scale with the most points it gives. The scale is closed once units score themselves."""

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="score_items", verbose_name="phong trào")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("tiêu chí", max_length=500)
    most = models.DecimalField("điểm tối đa", max_digits=7, decimal_places=2)
    guide = models.TextField("hướng dẫn chấm", blank=True)

    class Meta:
        verbose_name = "tiêu chí chấm điểm"
        verbose_name_plural = "tiêu chí chấm điểm"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "position"], name="a_scale_has_one_item_at_a_place"),
            models.CheckConstraint(name="an_item_gives_points", condition=Q(most__gt=0)),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class ScoreSheet(Root):
    """The scores of one unit. `crosser` is the unit that checks them across, of the same cluster; without one nobody does.
    `sent_at`: the first sending that the unit did not take back itself."""

    class State(models.TextChoices):
        OPEN = "open", "Đang tự chấm"
        SENT = "sent", "Chờ kiểm tra"
        RETURNED = "returned", "Bị trả lại"
        CHECKED = "checked", "Đã kiểm tra"
        CROSSED = "crossed", "Đã chấm chéo"
        SETTLED = "settled", "Đã có kết quả"

    movement = models.ForeignKey(Movement, models.PROTECT, related_name="score_sheets", verbose_name="phong trào")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="score_sheets", verbose_name="đơn vị")
    crosser = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị chấm chéo"
    )
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.OPEN, editable=False)
    due_on = models.DateField("hạn tự chấm")
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "bảng điểm"
        verbose_name_plural = "bảng điểm"
        ordering = ["unit__order", "unit__name"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "unit"], name="a_unit_has_one_score_sheet_in_a_movement"),
            models.CheckConstraint(
                name="nobody_checks_across_themselves", condition=Q(crosser__isnull=True) | ~Q(crosser=models.F("unit"))
            ),
        ]

    def __str__(self) -> str:
        return f"Bảng điểm của {self.unit}"

    def days_late(self, on: datetime.date) -> int:
        """Days after the last day: of the sending, or of `on` while nothing was sent. 0: in time, or not yet due."""
        day = timezone.localdate(self.sent_at) if self.sent_at else on
        return max((day - self.due_on).days, 0)


class Mark(AppendOnly):
    """Points for one item at one stage. Given anew it is another row: the newest counts, all others are the history."""

    class Stage(models.TextChoices):
        SELF = "self", "Tự chấm"
        CHECK = "check", "Kiểm tra"
        CROSS = "cross", "Chấm chéo"
        RESULT = "result", "Kết quả"

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="marks", verbose_name="bảng điểm")
    item = models.ForeignKey(ScoreItem, models.PROTECT, related_name="marks", verbose_name="tiêu chí")
    stage = models.CharField("bước", max_length=6, choices=Stage)
    points = models.DecimalField("điểm", max_digits=7, decimal_places=2)
    reason = models.CharField("lý do", max_length=500, blank=True)
    duty = models.CharField("người chấm", max_length=300)
    made_at = models.DateTimeField("chấm lúc")

    class Meta:
        verbose_name = "điểm đã chấm"
        verbose_name_plural = "điểm đã chấm"
        ordering = ["pk"]
        indexes = [models.Index(fields=["sheet", "item", "stage"], name="mark_of_stage")]
        constraints = [models.CheckConstraint(name="points_are_not_below_nothing", condition=Q(points__gte=0))]

    def __str__(self) -> str:
        return f"{self.item}: {self.points}"
