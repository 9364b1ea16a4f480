"""Papers that come after the plan was issued: what they correct, note, end or cancel."""

from typing import Any

from django.db import models
from django.db.models import Q

from bangvang.kernel.models import public_code
from bangvang.movements.models.plan import Movement
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person


class LaterPaper(models.Model):
    """One document about an issued plan. A correction keeps what it changed, the old words beside the new ones:
    `changes` is a list of {field, before, after}, texts as a form holds them."""

    class Purpose(models.TextChoices):
        CORRECTION = "correction", "Điều chỉnh kế hoạch"
        REVIEW = "review", "Tổng kết"
        ENDING = "ending", "Kết thúc"
        STOPPING = "stopping", "Huỷ kế hoạch"

    code = models.CharField("mã", max_length=16, unique=True, default=public_code, editable=False)
    movement = models.ForeignKey(Movement, models.PROTECT, related_name="later_papers", verbose_name="phong trào")
    purpose = models.CharField("để", max_length=10, choices=Purpose)
    number = models.CharField("số, ký hiệu", max_length=60)
    issued_on = models.DateField("ngày văn bản")
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="later_paper", verbose_name="bản đã ký"
    )
    changes: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        "những chỗ thay đổi", default=list
    )
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người ghi")
    entered_on = models.DateField("ghi ngày")

    class Meta:
        verbose_name = "văn bản sau kế hoạch"
        verbose_name_plural = "văn bản sau kế hoạch"
        ordering = ["issued_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["movement", "number", "issued_on"], name="a_later_paper_is_entered_once_for_a_movement"
            ),
            models.CheckConstraint(
                name="a_correction_has_its_signed_paper_and_says_what_changed",
                condition=~Q(purpose="correction") | (Q(file__isnull=False) & ~Q(changes=[])),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.issued_on:%d/%m/%Y}"
