"""How people and units keep the criteria and rules of a movement: facts, each with its day and its source."""

from django.db import models
from django.db.models import Q

from bangvang.kernel.models import Root
from bangvang.movements.models import Movement
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person, Unit


class Observation(Root):
    """One fact about a person, or (person empty) about a unit as a whole. The words of the criterion are kept as the plan
    had them that day. It is never changed: what was wrong is withdrawn with the reason and recorded anew."""

    class Kind(models.TextChoices):
        KEPT = "kept", "Làm tốt"
        BROKEN = "broken", "Vi phạm"

    class Sight(models.TextChoices):
        UNIT = "unit", "Người được ghi nhận, trưởng đơn vị, thường trực và lãnh đạo"
        OFFICE = "office", "Chỉ thường trực và lãnh đạo cơ quan"

    class State(models.TextChoices):
        RECORDED = "recorded", "Đang được tính"
        WITHDRAWN = "withdrawn", "Đã rút"

    movement = models.ForeignKey(Movement, models.PROTECT, related_name="observations", verbose_name="phong trào")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="observations", verbose_name="đơn vị")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="observations", verbose_name="cá nhân"
    )
    kind = models.CharField("loại", max_length=6, choices=Kind)
    criterion = models.TextField("tiêu chí, quy định")
    happened_on = models.DateField("ngày")
    what = models.TextField("sự việc")
    source = models.CharField("căn cứ", max_length=300)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="observation", verbose_name="tệp kèm"
    )
    sight = models.CharField("ai được xem", max_length=6, choices=Sight, default=Sight.UNIT)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.RECORDED, editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người ghi", editable=False)
    recorded_on = models.DateField("ghi ngày", editable=False)

    class Meta:
        verbose_name = "ghi nhận"
        verbose_name_plural = "ghi nhận"
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="an_observation_names_its_source", condition=~Q(source="")),
            models.CheckConstraint(name="an_observation_names_its_criterion", condition=~Q(criterion="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on:%d/%m/%Y}: {self.person or self.unit}"

    @property
    def about(self) -> str:
        """Whom the fact is about, in words."""
        return self.person.full_name if self.person else self.unit.name
