"""What one period does not hold: an indicator over several years, and social work that goes on for years."""

from django.db import models
from django.db.models import Q

from bangvang.kernel.models import Root
from bangvang.movements.models import Movement
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person, Unit
from bangvang.progress.models.following import Indicator


class IndicatorYear(models.Model):
    """An indicator in one year, for the whole movement: what was to be reached and what was. `note`: of a part of a year, or by
    which paper."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="years", verbose_name="chỉ tiêu")
    year = models.PositiveSmallIntegerField("năm")
    target = models.DecimalField("mức phải đạt", max_digits=17, decimal_places=4, null=True, blank=True)
    reached = models.DecimalField("thực hiện", max_digits=17, decimal_places=4, null=True, blank=True)
    note = models.CharField("ghi chú, căn cứ", max_length=300, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu của một năm"
        verbose_name_plural = "chỉ tiêu của một năm"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="an_indicator_has_one_row_a_year"),
            models.CheckConstraint(
                name="a_year_says_something", condition=Q(target__isnull=False) | Q(reached__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"


class SocialWork(Root):
    """One thing given or done for a place or people in need, such as a sponsored commune. Never changed: withdrawn, recorded anew."""

    class State(models.TextChoices):
        RECORDED = "recorded", "Đang được tính"
        WITHDRAWN = "withdrawn", "Đã rút"

    movement = models.ForeignKey(Movement, models.PROTECT, related_name="social_works", verbose_name="phong trào")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="social_works", verbose_name="đơn vị")
    beneficiary = models.CharField("nơi được giúp", max_length=200)
    what = models.TextField("đã giúp gì")
    given_on = models.DateField("ngày")
    worth = models.DecimalField("trị giá (đồng)", max_digits=15, decimal_places=0, null=True, blank=True)
    source = models.CharField("minh chứng", max_length=300)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="social_work", verbose_name="tệp kèm"
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.RECORDED, editable=False)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người ghi", editable=False)
    recorded_on = models.DateField("ghi ngày", editable=False)

    class Meta:
        verbose_name = "việc an sinh xã hội"
        verbose_name_plural = "việc an sinh xã hội"
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="social_work_names_its_evidence", condition=~Q(source="")),
            models.CheckConstraint(name="social_work_is_not_worth_less_than_nothing", condition=Q(worth__isnull=True) | Q(worth__gte=0)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.beneficiary}, {self.given_on:%d/%m/%Y}"
