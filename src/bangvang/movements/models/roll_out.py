"""A movement on its way through the divisions: pushed, acknowledged, its duties assigned, people and units registered."""

from django.db import models
from django.db.models import Q

from bangvang.kernel.models import Root
from bangvang.movements.models.plan import Movement
from bangvang.people.models import Person, Unit


class RollOut(Root):
    """A movement before one unit: the head acknowledges it and names who leads."""

    class State(models.TextChoices):
        PUSHED = "pushed", "Chưa xác nhận"
        ACKNOWLEDGED = "acknowledged", "Đã xác nhận"
        WITHDRAWN = "withdrawn", "Đã rút"

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="roll_outs", verbose_name="phong trào")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roll_outs", verbose_name="đơn vị")
    state = models.CharField("trạng thái", max_length=12, choices=State, default=State.PUSHED, editable=False)
    leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người phụ trách"
    )
    acknowledge_by = models.DateField("hạn xác nhận")
    register_by = models.DateField("hạn đăng ký")
    extended_on = models.DateField("gia hạn ngày", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "triển khai đến đơn vị"
        verbose_name_plural = "triển khai đến đơn vị"
        ordering = ["unit__order", "unit__name"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "unit"], name="a_movement_is_pushed_once_to_a_unit"),
            models.CheckConstraint(
                name="acknowledged_roll_out_has_a_leader", condition=~Q(state="acknowledged") | Q(leader__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.movement}: {self.unit}"


class Assignment(models.Model):
    """A duty of the plan as a task with an owner and a day."""

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="assignments", verbose_name="phong trào")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments", verbose_name="đơn vị làm")
    text = models.TextField("việc")
    due_on = models.DateField("hạn")
    done_on = models.DateField("xong ngày", null=True, blank=True)

    class Meta:
        verbose_name = "việc được giao"
        verbose_name_plural = "việc được giao"
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Registration(Root):
    """What a unit and its people sign up for in a movement; sent by the head, amended until the last day."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang lập"
        SENT = "sent", "Đã gửi"
        RETURNED = "returned", "Bị trả lại"
        ACCEPTED = "accepted", "Đã tiếp nhận"

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="registrations", verbose_name="phong trào")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="registrations", verbose_name="đơn vị")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    sent_on = models.DateField("gửi ngày", null=True, blank=True)

    class Meta:
        verbose_name = "bản đăng ký thi đua"
        verbose_name_plural = "bản đăng ký thi đua"
        ordering = ["unit__order", "unit__name"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "unit"], name="a_unit_registers_once_for_a_movement"),
            models.CheckConstraint(
                name="sent_registration_has_a_day",
                condition=Q(state__in=["draft", "returned"]) | Q(sent_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Đăng ký của {self.unit}"


class RegistrationLine(models.Model):
    """One target and one title aimed at, of a person or (person empty) of the unit as a collective."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cá nhân")
    award = models.CharField("danh hiệu, hình thức", max_length=60)
    target = models.TextField("chỉ tiêu", blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người ghi")

    class Meta:
        verbose_name = "dòng đăng ký"
        verbose_name_plural = "dòng đăng ký"
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "person", "award"], name="a_title_is_registered_once"),
            models.UniqueConstraint(
                fields=["registration", "award"],
                condition=Q(person__isnull=True),
                name="a_title_is_registered_once_for_the_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.registration.unit}: {self.award}"
