"""Every stored file: what came in (checked before anybody relies on it) and what went out (frozen)."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from bangvang.kernel.models import AppendOnly, Root, public_code


class StoredFile(models.Model):
    """A file by its content hash, outside the web root. What came from outside is WAITING until the limited child looked at it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Đang kiểm tra"
        USABLE = "usable", "Dùng được"
        REFUSED = "refused", "Không nhận"

    code = models.CharField("mã", max_length=16, unique=True, default=public_code, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("cỡ (byte)")
    name = models.CharField("tên tệp", max_length=200)
    kind = models.CharField("loại", max_length=20, blank=True)
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.WAITING)
    refusal = models.CharField("lý do không nhận", max_length=400, blank=True)
    received_from = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField("nhận lúc")

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"
        constraints = [
            models.CheckConstraint(name="refused_file_has_a_reason", condition=~Q(state="refused") | ~Q(refusal=""))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return path_of(self.sha256)


def path_of(sha256: str) -> Path:
    """Where the content with this hash lies."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


class PaperOrder(models.Model):
    """An ordered paper: its frozen content as data, waiting for the renderer."""

    code = models.CharField("mã", max_length=16, unique=True, default=public_code, editable=False)
    form = models.CharField("mẫu", max_length=60)
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    name = models.CharField("tên tệp", max_length=120)
    context = models.JSONField("nội dung")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField("đặt lúc")
    refusal = models.CharField("lý do không in được", max_length=400, blank=True)

    class Meta:
        verbose_name = "văn bản được đặt"
        verbose_name_plural = "văn bản được đặt"
        indexes = [models.Index(fields=["about_kind", "about_id"], name="paper_by_subject")]

    def __str__(self) -> str:
        return self.name


class Paper(AppendOnly):
    """A rendered paper in one format. It is never rendered again: a correction is a new paper."""

    class Format(models.TextChoices):
        DOCX = "docx", "Word"
        PDF = "pdf", "PDF"

    order = models.ForeignKey(PaperOrder, models.PROTECT, related_name="papers")
    format = models.CharField("định dạng", max_length=4, choices=Format)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("lập lúc")

    class Meta:
        verbose_name = "văn bản đã lập"
        verbose_name_plural = "văn bản đã lập"
        ordering = ["format"]
        constraints = [models.UniqueConstraint(fields=["order", "format"], name="a_paper_is_made_once_in_a_format")]

    def __str__(self) -> str:
        return f"{self.order} ({self.format})"


class Reading(models.Model):
    """A received file read by the machine: its lines and the draft found in them, kept as they came out of the limited child."""

    class State(models.TextChoices):
        WAITING = "waiting", "Đang đọc"
        READ = "read", "Đã đọc"
        REFUSED = "refused", "Không đọc được"

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="reading", verbose_name="tệp")
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.WAITING)
    lines = models.JSONField("các dòng", default=list)  # [{"number", "page", "text"}, …]
    draft = models.JSONField("bản nháp", default=dict)  # PlanDraft.as_json(), DecisionDraft.as_json()
    refusal = models.CharField("lý do không đọc được", max_length=400, blank=True)

    class Meta:
        verbose_name = "bản đọc bằng máy"
        verbose_name_plural = "bản đọc bằng máy"

    def __str__(self) -> str:
        return self.file.name


class PaperPart(models.Model):
    """Some pages of a long paper that is still being drawn; gone when the whole is kept."""

    order = models.ForeignKey(PaperOrder, models.CASCADE, related_name="parts")
    first = models.PositiveIntegerField("từ tờ")  # place of its first page, counted from 0
    pages = models.PositiveIntegerField("số tờ")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "phần đã vẽ"
        verbose_name_plural = "phần đã vẽ"
        ordering = ["first"]
        constraints = [models.UniqueConstraint(fields=["order", "first"], name="a_part_of_a_paper_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.order}: từ tờ {self.first + 1}"


class CertificateBlank(Root):
    """A pre-printed certificate (phôi) of an agency and where the words go on it, in millimetres.

    The agency is named by its public code: units stand a floor above.
    """

    agency_code = models.CharField("cơ quan", max_length=16, db_index=True)
    name = models.CharField("tên phôi", max_length=120)
    layout: Any = models.JSONField("toạ độ")  # certificates.Layout.as_json()
    retired_on = models.DateField("thôi dùng từ", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "phôi giấy khen"
        verbose_name_plural = "phôi giấy khen"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency_code", "name"],
                condition=Q(retired_on__isnull=True),
                name="a_blank_in_use_has_a_name_of_its_own",
            )
        ]

    def __str__(self) -> str:
        return self.name
