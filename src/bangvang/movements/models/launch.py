"""A movement on its way to many units at once."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from bangvang.kernel.models import Event
from bangvang.movements.models.plan import Movement


class Launch(models.Model):
    """One sending of a movement to units. `reached` of `total` have it; for many units a worker goes on in parts.

    `units` are keys in the order of sending. `charges` are duties: {"text", "due_on" (ISO day), "unit": key, or null where
    each of these units has the duty}. Every chain that begins on the way begins with `event`, the clerk's act.
    """

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="launches", verbose_name="phong trào")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", verbose_name="sự kiện")
    day = models.DateField("ngày gửi")
    acknowledge_by = models.DateField("hạn xác nhận")
    register_by = models.DateField("hạn đăng ký")
    units: Any = models.JSONField("đơn vị", default=list)
    charges: Any = models.JSONField("việc giao", default=list)
    total = models.PositiveIntegerField("số đơn vị")
    reached = models.PositiveIntegerField("đã đến", default=0)

    class Meta:
        verbose_name = "đợt triển khai"
        verbose_name_plural = "đợt triển khai"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="a_launch_reaches_no_more_than_its_units", condition=Q(reached__lte=F("total")))
        ]

    def __str__(self) -> str:
        return f"{self.movement}: {self.reached}/{self.total} đơn vị"
