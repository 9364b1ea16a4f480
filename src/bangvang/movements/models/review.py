"""A plan document on its way to a movement: what the machine read, and what a person says about each value."""

from django.db import models

from bangvang.kernel.models import Root
from bangvang.movements.models.plan import Movement
from bangvang.papers.models import Reading
from bangvang.people.models import Person, Unit


class PlanReview(Root):
    """One uploaded plan under review. `answers` keeps, for each field, what the person decided and the text then agreed;
    the reading itself stays as it was, so that what was corrected can be compared later."""

    class State(models.TextChoices):
        OPEN = "open", "Đang xem"
        USED = "used", "Đã lập phong trào"
        DROPPED = "dropped", "Đã bỏ"
        REPORTED = "reported", "Đã ghi chờ kiểm chứng"

    class Answer(models.TextChoices):
        RIGHT = "right", "Đúng"
        CORRECTED = "corrected", "Đã sửa"
        LEFT_OUT = "left_out", "Bỏ"
        BLANK = "blank", "Để trống"

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cơ quan")
    reading = models.OneToOneField(Reading, models.PROTECT, related_name="review", verbose_name="bản đọc")
    reviewer = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người xem")
    opened_at = models.DateTimeField("mở lúc")
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.OPEN, editable=False)
    answers = models.JSONField("câu trả lời", default=dict)
    movement = models.OneToOneField(
        Movement, models.PROTECT, null=True, blank=True, related_name="review", verbose_name="phong trào"
    )

    class Meta:
        verbose_name = "bản đọc kế hoạch"
        verbose_name_plural = "bản đọc kế hoạch"
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                name="used_review_has_its_movement",
                condition=~models.Q(state="used") | models.Q(movement__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"bản đọc {self.reading}"
