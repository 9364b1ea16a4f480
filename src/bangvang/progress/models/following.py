"""What a movement is followed by: indicators, periods, one report of each unit in each period, and the review of all of them."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from bangvang import vietnamese
from bangvang.kernel.models import Root, public_code
from bangvang.movements.models import Movement
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person, Unit


class Indicator(models.Model):
    """A number that every unit of a movement reports, counted from the movement's first day to the end of the period."""

    class Direction(models.TextChoices):
        UP = "up", "Càng cao càng tốt"
        DOWN = "down", "Càng thấp càng tốt"

    class Reach(models.TextChoices):
        EACH = "each", "Từng đơn vị phải đạt"
        TOTAL = "total", "Cả phong trào cộng lại"

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="indicators", verbose_name="phong trào")
    position = models.PositiveSmallIntegerField("thứ tự")
    label = models.CharField("chỉ tiêu", max_length=300)
    measure = models.CharField("đơn vị tính", max_length=40)
    base = models.DecimalField("mức ban đầu", max_digits=17, decimal_places=4, null=True, blank=True)
    target = models.DecimalField("mức phải đạt", max_digits=17, decimal_places=4, null=True, blank=True)
    direction = models.CharField("chiều", max_length=4, choices=Direction, default=Direction.UP)
    reach = models.CharField("tính cho", max_length=5, choices=Reach, default=Reach.EACH)

    class Meta:
        verbose_name = "chỉ tiêu theo dõi"
        verbose_name_plural = "chỉ tiêu theo dõi"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "position"], name="a_movement_has_one_indicator_at_a_place"),
            models.UniqueConstraint(fields=["movement", "label"], name="an_indicator_stands_once_in_a_movement"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_upward(self) -> bool:
        return self.direction == self.Direction.UP


class PeriodQuerySet(models.QuerySet["Period"]):
    def standing(self) -> Self:
        """Periods that were not called off."""
        return self.filter(called_off_on__isnull=True)


class Period(models.Model):
    """A stretch of a movement that is reported on; a report sent on the last day to send, to its last second, is in time."""

    code = models.CharField("mã", max_length=16, unique=True, default=public_code, editable=False)
    movement = models.ForeignKey(Movement, models.CASCADE, related_name="periods", verbose_name="phong trào")
    name = models.CharField("tên kỳ", max_length=60)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    due_on = models.DateField("hạn gửi")
    extended_on = models.DateField("gia hạn ngày", null=True, blank=True, editable=False)
    called_off_on = models.DateField("bỏ từ ngày", null=True, blank=True, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        ordering = ["due_on", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["movement", "name"],
                condition=Q(called_off_on__isnull=True),
                name="a_period_stands_once_in_a_movement",
            ),
            models.CheckConstraint(name="a_period_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="a_report_is_due_after_its_period_begins", condition=Q(due_on__gte=F("starts_on"))),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Report(Root):
    """What one unit owes for one period. The row stands from the day the period is opened, so who is silent is known.

    `sent_at` counts for the deadline: the first sending that the unit did not take back itself. A report that was
    returned and sent again keeps it; `resent_at` says when it came back.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Chưa gửi"
        SENT = "sent", "Đã gửi"
        RETURNED = "returned", "Bị trả lại"
        ACCEPTED = "accepted", "Đã tiếp nhận"

    OWED = (State.DRAFT, State.RETURNED)  # the unit still has to act
    IN = (State.SENT, State.ACCEPTED)  # its figures count

    period = models.ForeignKey(Period, models.CASCADE, related_name="reports", verbose_name="kỳ")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="progress_reports", verbose_name="đơn vị")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    results = models.TextField("kết quả thực hiện", blank=True)
    difficulties = models.TextField("khó khăn, kiến nghị", blank=True)
    good_examples = models.TextField("cách làm hay, gương tốt", blank=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True, editable=False)
    resent_at = models.DateTimeField("gửi lại lúc", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "báo cáo tiến độ"
        verbose_name_plural = "báo cáo tiến độ"
        ordering = ["period__due_on", "unit__order", "unit__name"]
        indexes = [models.Index(fields=["state", "period", "unit"], name="report_owed")]
        constraints = [
            models.UniqueConstraint(fields=["period", "unit"], name="a_unit_reports_once_for_a_period"),
            models.CheckConstraint(
                name="a_report_has_its_moment_once_sent",
                condition=Q(state="draft", sent_at__isnull=True) | (~Q(state="draft") & Q(sent_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.period}"

    def days_late(self, on: datetime.date) -> int:
        """Days after the last day to send: of the sending, or of `on` while nothing was sent. 0: in time, or not yet due."""
        day = timezone.localdate(self.sent_at) if self.sent_at else on
        return max((day - self.period.due_on).days, 0)


class Figure(models.Model):
    """The number of one indicator in one report, in the indicator's measure."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures", db_index=False)  # the index below serves
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures", verbose_name="chỉ tiêu")
    value = models.DecimalField("số", max_digits=17, decimal_places=4)

    class Meta:
        verbose_name = "số liệu báo cáo"
        verbose_name_plural = "số liệu báo cáo"
        ordering = ["indicator__position"]
        # with the number in it: a board adds 48,000 of them without visiting a row
        indexes = [models.Index(fields=["report", "indicator", "value"], name="figures_of_a_report")]
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="an_indicator_has_one_figure_in_a_report")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class ReportFile(models.Model):
    """A file that proves what a report says."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="files", verbose_name="báo cáo")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="report_file", verbose_name="tệp")
    added_on = models.DateField("gửi ngày")

    class Meta:
        verbose_name = "tệp kèm báo cáo"
        verbose_name_plural = "tệp kèm báo cáo"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name


class ReminderRule(models.Model):
    """When the units that owe a report of a movement are reminded: days before (negative), on, or after the last day."""

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="reminder_rules", verbose_name="phong trào")
    days = models.SmallIntegerField("số ngày so với hạn")
    in_working_days = models.BooleanField("tính ngày làm việc", default=True)
    by_itself = models.BooleanField("tự gửi", default=False)
    made_on = models.DateField("đặt ngày")

    class Meta:
        verbose_name = "lịch nhắc"
        verbose_name_plural = "lịch nhắc"
        ordering = ["days", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["movement", "days", "in_working_days"], name="a_day_of_reminding_is_set_once_in_a_movement"
            )
        ]

    def __str__(self) -> str:
        count = f"{abs(self.days)} ngày{' làm việc' if self.in_working_days else ''}"
        if not self.days:
            return "Vào ngày cuối" + (" (nghỉ thì ngày làm việc liền trước)" if self.in_working_days else "")
        return f"{'Trước' if self.days < 0 else 'Sau'} hạn {count}"


class Reminder(Root):
    """The words for the units that owe a report of one period, drafted once for each occasion: a rule met its day (then
    `rule` is set), or the clerk asked for it. `due_on` is the last day to send as it was then; a later one is another occasion."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "Chờ gửi"
        RELEASED = "released", "Đã gửi"
        DROPPED = "dropped", "Không gửi"
        NEEDLESS = "needless", "Không còn ai nợ"

    period = models.ForeignKey(Period, models.PROTECT, related_name="reminders", verbose_name="kỳ")
    rule = models.ForeignKey(
        ReminderRule, models.SET_NULL, null=True, blank=True, related_name="reminders", verbose_name="lịch"
    )
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.DRAFTED, editable=False)
    day = models.DateField("ngày nhắc")
    due_on = models.DateField("hạn gửi khi nhắc", editable=False)
    is_tentative = models.BooleanField("ngày dự kiến", default=False)
    text = models.TextField("lời nhắc")
    told = models.PositiveIntegerField("số người được báo", default=0, editable=False)

    class Meta:
        verbose_name = "lời nhắc"
        verbose_name_plural = "lời nhắc"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "period", "due_on"], name="an_occasion_has_one_reminder")
        ]

    def __str__(self) -> str:
        return f"{self.period}, {self.day:%d/%m/%Y}"

    @property
    def notice_key(self) -> str:
        """The key of its notices and letters: each person gets one of either."""
        return f"reminder:{self.code}"


class Review(Root):
    """The preliminary or final review of a period: figures of the reports taken in, and what the agency says of them.

    `facts` are the parts the machine assembles, frozen as blocks when the review is submitted: who approves, and the paper that is issued,
    have what was submitted even if a report is taken in later. None while it is being written.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        SUBMITTED = "submitted", "Chờ duyệt"
        RETURNED = "returned", "Bị trả lại"
        APPROVED = "approved", "Đã duyệt, chờ ghi số"
        ISSUED = "issued", "Đã ban hành"

    OPEN_STATES = (State.DRAFT, State.RETURNED)
    SIGNED_STATES = (State.APPROVED, State.ISSUED)

    period = models.OneToOneField(Period, models.PROTECT, related_name="review", verbose_name="kỳ")
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="movement_reviews", verbose_name="cơ quan")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    results = models.TextField("kết quả", blank=True)
    good_examples = models.TextField("cách làm hay, gương tốt", blank=True)
    shortcomings = models.TextField("hạn chế", blank=True)
    causes = models.TextField("nguyên nhân", blank=True)
    next_tasks = models.TextField("nhiệm vụ thời gian tới", blank=True)
    facts: Any = models.JSONField("phần máy tổng hợp", null=True, blank=True, editable=False)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người soạn", editable=False)
    drafted_on = models.DateField("soạn từ ngày", editable=False)

    symbol = models.CharField("ký hiệu", max_length=40)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer_authority = models.CharField("quyền hạn ký", max_length=4, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=120, blank=True)
    signer_name = models.CharField("người ký", max_length=120, blank=True)

    class Meta:
        verbose_name = "báo cáo sơ kết, tổng kết"
        verbose_name_plural = "báo cáo sơ kết, tổng kết"
        ordering = ["-drafted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                F("agency"), F("symbol"), ExtractYear("issued_on"), F("number"),
                condition=Q(number__isnull=False), name="a_review_number_is_given_once_a_year",
            ),
            models.CheckConstraint(
                name="issued_review_has_number_and_day",
                condition=~Q(state="issued") | Q(number__isnull=False, issued_on__isnull=False),
            ),
            models.CheckConstraint(
                name="approved_review_has_signer", condition=~Q(state__in=["approved", "issued"]) | ~Q(signer_name="")
            ),
            models.CheckConstraint(
                name="submitted_review_has_its_facts",
                condition=~Q(state__in=["submitted", "approved", "issued"]) | Q(facts__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def is_final(self) -> bool:
        """The period that reaches the movement's last day ends it."""
        ends_on = self.period.movement.ends_on
        return ends_on is not None and self.period.ends_on >= ends_on

    @property
    def kind_words(self) -> str:
        return "Tổng kết" if self.is_final else "Sơ kết"

    @property
    def title(self) -> str:
        """What the paper is about: Sơ kết phong trào “…”, Quý II/2026."""
        return f"{self.kind_words} phong trào “{self.period.movement.title}”, {self.period.name}"

    @property
    def document_number(self) -> str:
        """The number as printed: 57/BC-STC, with a blank serial in a draft."""
        return vietnamese.document_number(self.number, self.symbol)
