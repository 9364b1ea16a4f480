"""A story about one award, and the consents that let it appear."""

from django.db import models
from django.db.models import Q

from bangvang.honours.models import LedgerEntry
from bangvang.kernel.models import Root
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person, Unit


class Story(Root):
    """One story, tied to the ledger's entry of an award: its name, unit and decision come from there."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang viết"
        SUBMITTED = "submitted", "Chờ duyệt đăng"
        PUBLISHED = "published", "Đã đăng"
        WITHDRAWN = "withdrawn", "Đã gỡ"

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="stories", verbose_name="cơ quan")
    entry = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="story", verbose_name="dòng sổ vàng")
    title = models.CharField("tên bài", max_length=150)
    summary = models.CharField("đoạn mở đầu", max_length=600)
    body = models.TextField("nội dung", blank=True)  # paragraphs, an empty line between them
    quote = models.CharField("lời của người được kể", max_length=400, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người viết", editable=False)
    drafted_on = models.DateField("viết từ ngày", editable=False)
    published_on = models.DateField("đăng ngày", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "bài gương điển hình"
        verbose_name_plural = "bài gương điển hình"
        ordering = ["-drafted_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="published_story_has_a_day", condition=~Q(state="published") | Q(published_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.body.replace("\r\n", "\n").split("\n\n") if part.strip()]


class Consent(models.Model):
    """The signed paper by which the person (or the head of the collective) lets the story appear; may be withdrawn."""

    story = models.ForeignKey(Story, models.PROTECT, related_name="consents", verbose_name="bài")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="consent", verbose_name="bản đã ký")
    signed_on = models.DateField("ký ngày")
    recorded_by = models.CharField("người ghi", max_length=300)
    recorded_on = models.DateField("ghi ngày")
    withdrawn_on = models.DateField("rút ngày", null=True, blank=True)
    withdrawal = models.CharField("lý do rút", max_length=400, blank=True)

    class Meta:
        verbose_name = "văn bản đồng ý"
        verbose_name_plural = "văn bản đồng ý"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=Q(withdrawn_on__isnull=True), name="a_story_has_one_standing_consent"
            ),
            models.CheckConstraint(
                name="withdrawn_consent_has_a_reason", condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawal="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story}: {self.signed_on:%d/%m/%Y}"
