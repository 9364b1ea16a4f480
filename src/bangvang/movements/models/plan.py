"""The movement and its plan."""

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear

from bangvang import vietnamese
from bangvang.kernel.models import Root
from bangvang.people.models import Person, Unit

NUMBERED = ["issued", "rolled_out", "reviewed", "closed", "archived", "stopped"]  # states with number and day
SIGNED = ["approved", *NUMBERED]


class Movement(Root):
    """One movement of one agency, with the plan that launches it.

    `ended_on`, `ended_words` and `ended_by` say how it ended where the plan names no last day, or ended early: the last
    day on which it ran (inclusive), in which words, declared by whom.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        SUBMITTED = "submitted", "Chờ duyệt"
        RETURNED = "returned", "Bị trả lại"
        APPROVED = "approved", "Đã duyệt, chờ cấp số"
        ISSUED = "issued", "Đã ban hành"
        ROLLED_OUT = "rolled_out", "Đang triển khai"
        REVIEWED = "reviewed", "Đã tổng kết"
        CLOSED = "closed", "Đã kết thúc"
        ARCHIVED = "archived", "Đã lưu trữ"
        STOPPED = "stopped", "Đã huỷ sau ban hành"
        CANCELLED = "cancelled", "Đã huỷ bản thảo"

    class Publicity(models.TextChoices):
        HIDDEN = "hidden", "Chưa đưa lên trang công khai"
        SHOWN = "shown", "Đang hiện trên trang công khai"

    ISSUED_STATES = tuple(NUMBERED)  # everybody of the agency may read it
    OPEN_STATES = (State.ROLLED_OUT, State.REVIEWED)  # units still register, report and carry out
    OVER_STATES = (State.CLOSED, State.ARCHIVED, State.STOPPED)
    BEFORE_UNITS = (*OPEN_STATES, *OVER_STATES)  # has, or may have, a board of units

    class Kind(models.TextChoices):
        REGULAR = "regular", "Thường xuyên"
        THEMATIC = "thematic", "Theo chuyên đề"

    class Level(models.TextChoices):
        NATION = "nation", "Toàn quốc"
        MINISTRY = "ministry", "Bộ, ngành"
        PROVINCE = "province", "Tỉnh, thành phố"
        CLUSTER = "cluster", "Cụm, khối thi đua"
        DEPARTMENT = "department", "Cơ quan, đơn vị"

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="movements", verbose_name="cơ quan phát động")
    title = models.CharField("tên phong trào", max_length=300)
    theme = models.CharField("chủ đề", max_length=300, blank=True)
    kind = models.CharField("loại", max_length=10, choices=Kind, default=Kind.REGULAR)
    starts_on = models.DateField("bắt đầu", null=True, blank=True)
    ends_on = models.DateField("kết thúc", null=True, blank=True)
    end_condition = models.CharField("kết thúc khi", max_length=300, blank=True)
    level = models.CharField("phạm vi phát động", max_length=10, choices=Level, default=Level.DEPARTMENT)
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answered_by", verbose_name="hưởng ứng phong trào"
    )
    superior_kind = models.CharField("loại văn bản cấp trên", max_length=60, blank=True)
    superior_number = models.CharField("số văn bản cấp trên", max_length=60, blank=True)
    superior_on = models.DateField("ngày văn bản cấp trên", null=True, blank=True)
    superior_issuer = models.CharField("nơi ban hành", max_length=200, blank=True)
    superior_title = models.CharField("trích yếu văn bản cấp trên", max_length=600, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    publicity = models.CharField(
        "công khai", max_length=10, choices=Publicity, default=Publicity.HIDDEN, editable=False
    )
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người soạn", editable=False)
    drafted_at = models.DateTimeField("soạn từ", editable=False)

    symbol = models.CharField("ký hiệu", max_length=40)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer_authority = models.CharField("quyền hạn ký", max_length=4, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=120, blank=True)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    ended_on = models.DateField("thực tế kết thúc ngày", null=True, blank=True, editable=False)
    ended_words = models.CharField("kết thúc vì", max_length=1000, blank=True, editable=False)
    ended_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người ghi kết thúc",
        editable=False,
    )
    search_key = models.CharField(max_length=700, editable=False, db_index=True)

    class Meta:
        verbose_name = "phong trào"
        verbose_name_plural = "phong trào"
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                F("agency"), F("symbol"), ExtractYear("issued_on"), F("number"),
                condition=Q(number__isnull=False),
                name="a_number_is_given_once_a_year",
            ),
            models.CheckConstraint(
                name="issued_movement_has_number_and_day",
                condition=~Q(state__in=NUMBERED) | Q(number__isnull=False, issued_on__isnull=False),
            ),
            models.CheckConstraint(
                name="approved_movement_has_signer", condition=~Q(state__in=SIGNED) | ~Q(signer_name="")
            ),
            models.CheckConstraint(name="only_an_issued_movement_is_public", condition=Q(publicity="hidden") | Q(state__in=NUMBERED)),
            models.CheckConstraint(
                name="movement_ends_after_it_begins",
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="a_movement_answers_one_superior", condition=Q(answers__isnull=True) | Q(superior_on__isnull=True)
            ),
            models.CheckConstraint(
                name="an_end_is_declared_by_somebody_in_words",
                condition=Q(ended_on__isnull=True, ended_by__isnull=True, ended_words="")
                | (Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(ended_words="")),
            ),
            models.CheckConstraint(
                name="a_stopped_movement_has_its_last_day", condition=~Q(state="stopped") | Q(ended_on__isnull=False)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = self.key_of(self.title, self.theme)
        super().save(*args, **kwargs)

    @staticmethod
    def key_of(title: str, theme: str) -> str:
        return vietnamese.search_key(f"{title} {theme}")[:700]

    @property
    def document_number(self) -> str:
        """The number as printed: 12/KH-STC, or the symbol with a blank serial in a draft."""
        return vietnamese.document_number(self.number, self.symbol)

    @property
    def period_words(self) -> str:
        """The span in one phrase, as the portal and the plan say it."""
        begins = f"từ ngày {vietnamese.format_date(self.starts_on)}" if self.starts_on else ""
        if self.ends_on:
            ends = f"đến hết ngày {vietnamese.format_date(self.ends_on)}"
        else:
            ends = f"đến khi {self.end_condition}" if self.end_condition else ""
        return f"{begins} {ends}".strip()

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which the movement runs (inclusive): as declared, else as planned; None while the end is open."""
        return self.ended_on or self.ends_on

    def is_running_on(self, day: datetime.date) -> bool:
        """First and last day are inclusive; an open end runs until somebody declares its condition met."""
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.last_day is None or day <= self.last_day)


class PlanLine(models.Model):
    """One item of one section of the plan, in order."""

    class Section(models.TextChoices):
        BASIS = "bases", "Căn cứ"
        PURPOSE = "purposes", "Mục đích"
        REQUIREMENT = "requirements", "Yêu cầu"
        TARGET = "targets", "Đối tượng"
        CONTENT = "contents", "Nội dung thi đua"
        SOLUTION = "solutions", "Giải pháp"
        COLLECTIVE_CRITERION = "collective_criteria", "Tiêu chí đối với tập thể"
        INDIVIDUAL_CRITERION = "individual_criteria", "Tiêu chí đối với cá nhân"
        PROCEDURE = "procedure", "Trình tự, thủ tục khen thưởng"
        DUTY = "duties", "Tổ chức thực hiện"

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="lines")
    section = models.CharField("mục", max_length=20, choices=Section)
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.TextField("nội dung")

    class Meta:
        verbose_name = "ý của kế hoạch"
        verbose_name_plural = "ý của kế hoạch"
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "section", "position"], name="a_plan_has_one_line_at_a_place")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class AwardOffer(models.Model):
    """A form of award the plan promises, with the standard it names, how many are foreseen and the money for all of them in
    đồng. `award` and `issuer` are codes once somebody confirmed them."""

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="awards")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("hình thức", max_length=300)
    standard = models.TextField("tiêu chuẩn", blank=True)
    collectives = models.PositiveIntegerField("số tập thể", null=True, blank=True)
    people = models.PositiveIntegerField("số cá nhân", null=True, blank=True)
    money = models.PositiveBigIntegerField("kinh phí dự kiến", null=True, blank=True)
    award = models.CharField("mã hình thức", max_length=60, blank=True)
    issuer = models.CharField("cấp tặng", max_length=20, blank=True)

    class Meta:
        verbose_name = "hình thức khen thưởng dự kiến"
        verbose_name_plural = "hình thức khen thưởng dự kiến"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["movement", "position"], name="a_plan_has_one_award_at_a_place")]

    def __str__(self) -> str:
        return self.text


class Milestone(models.Model):
    """A stage of the plan: what is done by which last day (inclusive)."""

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("mốc", max_length=200)
    last_day = models.DateField("đến hết ngày")
    done_on = models.DateField("xong ngày", null=True, blank=True)

    class Meta:
        verbose_name = "mốc của kế hoạch"
        verbose_name_plural = "mốc của kế hoạch"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "position"], name="a_plan_has_one_milestone_at_a_place")
        ]

    def __str__(self) -> str:
        return self.name


class Recipient(models.Model):
    """A line of "Nơi nhận", with its note (b/c: to report, t/h: to carry out)."""

    movement = models.ForeignKey(Movement, models.CASCADE, related_name="recipients")
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("nơi nhận", max_length=200)
    note = models.CharField("ghi chú", max_length=20, blank=True)

    class Meta:
        verbose_name = "nơi nhận"
        verbose_name_plural = "nơi nhận"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["movement", "position"], name="a_plan_has_one_recipient_at_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.note})" if self.note else self.name
