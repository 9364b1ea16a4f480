"""What a unit makes of a movement that was rolled out to it: its own plan or the whole as it is, and who does what until when."""

from django.db import models
from django.db.models import Q

from bangvang.kernel.models import Root, public_code
from bangvang.movements.models.roll_out import RollOut
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person


class UnitPlan(Root):
    """The unit's answer: the movement's plan as it is, or a plan of its own (text, and the signed paper if there is one)."""

    class Kind(models.TextChoices):
        ADOPTED = "adopted", "Thực hiện nguyên kế hoạch của phong trào"
        OWN = "own", "Có kế hoạch riêng của đơn vị"

    roll_out = models.OneToOneField(RollOut, models.CASCADE, related_name="plan", verbose_name="triển khai đến đơn vị")
    kind = models.CharField("cách thực hiện", max_length=7, choices=Kind)
    text = models.TextField("nội dung", blank=True)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="unit_plan", verbose_name="tệp kèm"
    )
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người ghi", editable=False)
    written_on = models.DateField("ghi ngày", editable=False)

    class Meta:
        verbose_name = "kế hoạch của đơn vị"
        verbose_name_plural = "kế hoạch của đơn vị"
        constraints = [
            models.CheckConstraint(name="a_plan_of_its_own_says_something", condition=Q(kind="adopted") | ~Q(text=""))
        ]

    def __str__(self) -> str:
        return f"Kế hoạch của {self.roll_out.unit}"


class UnitTask(models.Model):
    """A content or an indicator that one person of the unit is in charge of, to its last day (inclusive)."""

    code = models.CharField("mã", max_length=16, unique=True, default=public_code, editable=False)
    plan = models.ForeignKey(UnitPlan, models.CASCADE, related_name="tasks", verbose_name="kế hoạch")
    person = models.ForeignKey(Person, models.PROTECT, related_name="unit_tasks", verbose_name="người làm")
    text = models.TextField("việc")
    due_on = models.DateField("hạn")
    done_on = models.DateField("xong ngày", null=True, blank=True)

    class Meta:
        verbose_name = "việc giao trong đơn vị"
        verbose_name_plural = "việc giao trong đơn vị"
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
