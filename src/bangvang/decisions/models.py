"""Decisions with their lines, the signed copy that came back, and the register of certificates."""

import datetime
import secrets
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear

from bangvang import vietnamese
from bangvang.dossiers.models import Nomination
from bangvang.kernel.models import CODE_ALPHABET, Root
from bangvang.movements.models import Movement
from bangvang.papers.models import Reading
from bangvang.people.models import Person, Unit

CODE_LENGTH = 26  # letters of an alphabet of 31: 128.8 bits


def certificate_code() -> str:
    """A random code of more than 128 bits: nobody finds a certificate by trying codes."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


class Decision(Root):
    """One decision on awards, from its first draft to the public page. Papers are made from it and its lines only."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        SUBMITTED = "submitted", "Chờ duyệt"
        RETURNED = "returned", "Bị trả lại"
        APPROVED = "approved", "Đã duyệt, chờ ký và ghi số"
        NUMBERED = "numbered", "Đã ghi số, chờ đối chiếu bản ký"
        ISSUED = "issued", "Đã ban hành"
        CANCELLED = "cancelled", "Đã huỷ bản thảo"

    class Publicity(models.TextChoices):
        HIDDEN = "hidden", "Chưa đưa lên trang công khai"
        SHOWN = "shown", "Đang hiện trên trang công khai"

    OPEN_STATES = (State.DRAFT, State.RETURNED)
    SIGNED_STATES = (State.APPROVED, State.NUMBERED, State.ISSUED)

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="decisions", verbose_name="cơ quan quyết định")
    movement = models.ForeignKey(
        Movement, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="phong trào"
    )
    year = models.PositiveSmallIntegerField("năm thành tích")
    title = models.CharField("trích yếu", max_length=300)
    merit = models.CharField("thành tích ghi ở Điều 1", max_length=500)
    planned_on = models.DateField("ngày dự kiến ký")
    minutes_number = models.CharField("số biên bản Hội đồng", max_length=60, blank=True)
    minutes_on = models.DateField("ngày biên bản Hội đồng", null=True, blank=True)
    bases: Any = models.JSONField("căn cứ", default=list)
    fund = models.CharField("nguồn chi", max_length=300)
    executors = models.CharField("nơi thi hành", max_length=500)
    recipients: Any = models.JSONField("nơi nhận", default=list)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    publicity = models.CharField(
        "công khai", max_length=10, choices=Publicity, default=Publicity.HIDDEN, editable=False
    )
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người soạn", editable=False)
    drafted_at = models.DateTimeField("soạn từ", editable=False)

    base_salary = models.PositiveIntegerField("mức lương cơ sở (đồng)", default=0)
    money_cite = models.CharField("căn cứ mức thưởng", max_length=500, blank=True)
    money_is_sure = models.BooleanField("mức thưởng đã rõ trong văn bản", default=False)
    money_checked = models.CharField("người xem mức thưởng và văn bản đã mở", max_length=500, blank=True)

    symbol = models.CharField("ký hiệu", max_length=40)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer_authority = models.CharField("quyền hạn ký", max_length=4, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=120, blank=True)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    search_key = models.CharField(max_length=700, editable=False, db_index=True)

    class Meta:
        verbose_name = "quyết định khen thưởng"
        verbose_name_plural = "quyết định khen thưởng"
        ordering = ["-drafted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                F("agency"), F("symbol"), ExtractYear("issued_on"), F("number"),
                condition=Q(number__isnull=False), name="a_decision_number_is_given_once_a_year",
            ),
            models.CheckConstraint(
                name="issued_decision_has_number_and_day",
                condition=~Q(state__in=["numbered", "issued"]) | Q(number__isnull=False, issued_on__isnull=False),
            ),
            models.CheckConstraint(
                name="approved_decision_has_signer",
                condition=~Q(state__in=["approved", "numbered", "issued"]) | ~Q(signer_name=""),
            ),
            models.CheckConstraint(
                name="only_an_issued_decision_is_public", condition=Q(publicity="hidden") | Q(state="issued")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = self.key_of(self.title)
        super().save(*args, **kwargs)

    @staticmethod
    def key_of(title: str) -> str:
        return vietnamese.search_key(title)[:700]

    @property
    def document_number(self) -> str:
        """The number as printed: 431/QĐ-STC, with a blank serial in a draft."""
        return vietnamese.document_number(self.number, self.symbol)

    @property
    def decided_on(self) -> datetime.date:
        """The day whose base salary and instruments count: the day of issue, before that the planned one."""
        return self.issued_on or self.planned_on

    @property
    def occasion(self) -> str:
        """The movement's name, or the year."""
        return self.movement.title if self.movement else f"đợt khen thưởng năm {self.year}"

    @property
    def authority_words(self) -> str:
        """Whose decision it is: Giám đốc Sở Tài chính."""
        return f"{self.agency.head_title or 'Thủ trưởng'} {self.agency.name}"


class DecisionLine(models.Model):
    """One nomination in a decision: awarded at a place of the annex, or refused with the reason. Words as of that day."""

    class Outcome(models.TextChoices):
        AWARD = "award", "Khen thưởng"
        REFUSE = "refuse", "Không khen thưởng"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="lines", verbose_name="quyết định")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="decision_lines", verbose_name="đề nghị")
    is_live = models.BooleanField("còn giữ đề nghị này", default=True)  # a cancelled draft lets its nominations go
    outcome = models.CharField("kết quả", max_length=6, choices=Outcome, default=Outcome.AWARD)
    reason = models.CharField("lý do không khen thưởng", max_length=500, blank=True)
    place = models.PositiveSmallIntegerField("thứ tự trong danh sách", default=0)
    honorific = models.CharField("ông, bà", max_length=10, blank=True)
    name = models.CharField("tên", max_length=200)
    title = models.CharField("chức vụ", max_length=200, blank=True)
    unit = models.CharField("đơn vị hoặc địa chỉ", max_length=300, blank=True)
    award_words = models.CharField("danh hiệu, hình thức", max_length=200)
    raw = models.PositiveBigIntegerField("tiền thưởng trước làm tròn (đồng)", default=0)
    amount = models.PositiveBigIntegerField("tiền thưởng (đồng)", default=0)
    search_key = models.CharField(max_length=600, editable=False, db_index=True)

    class Meta:
        verbose_name = "dòng của quyết định"
        verbose_name_plural = "dòng của quyết định"
        ordering = ["outcome", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination"], condition=Q(is_live=True), name="a_nomination_is_in_one_live_decision"
            ),
            models.UniqueConstraint(
                fields=["decision", "place"], condition=Q(outcome="award", is_live=True), name="an_annex_has_one_line_at_a_place"
            ),
            models.CheckConstraint(name="refusal_has_a_reason", condition=~Q(outcome="refuse") | ~Q(reason="")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}: {self.award_words}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = vietnamese.search_key(f"{self.name} {self.unit}")[:600]
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        """The name as papers print it: Bà Nguyễn Thị Lan."""
        return f"{self.honorific} {self.name}".strip()

    @property
    def is_collective(self) -> bool:
        return self.nomination.subject == "collective"


class SignedCopy(models.Model):
    """A signed copy of a decision that came back, with what the limited child read in it and what people said to differences.

    `answers` maps a difference to who accepted it and why. `seen_by` is set when a person compared every field by eye,
    because the machine could not read the copy.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="copies", verbose_name="quyết định")
    reading = models.OneToOneField(Reading, models.PROTECT, related_name="signed_copy", verbose_name="bản đọc")
    answers: Any = models.JSONField("khác biệt đã chấp nhận", default=dict)
    seen_by = models.CharField("người đối chiếu bằng mắt", max_length=300, blank=True)
    seen_key = models.CharField("nội dung lúc đối chiếu", max_length=64, blank=True)
    received_on = models.DateField("nhận ngày")

    class Meta:
        verbose_name = "bản đã ký"
        verbose_name_plural = "bản đã ký"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.reading)


class Certificate(models.Model):
    """One entry of the agency's register of certificates: numbered without gaps in a year, found by its public code."""

    code = models.CharField(
        "mã kiểm tra", max_length=CODE_LENGTH, unique=True, default=certificate_code, editable=False
    )
    line = models.OneToOneField(DecisionLine, models.PROTECT, related_name="certificate", verbose_name="dòng")
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cơ quan")
    year = models.PositiveSmallIntegerField("năm vào sổ")
    number = models.PositiveIntegerField("số vào sổ")
    annulled_on = models.DateField("huỷ ngày", null=True, blank=True)
    annulled_by = models.CharField("huỷ theo quyết định", max_length=200, blank=True)

    class Meta:
        verbose_name = "dòng sổ giấy khen"
        verbose_name_plural = "sổ giấy khen"
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="a_register_number_is_given_once_a_year"),
            models.CheckConstraint(
                name="annulment_names_its_decision",
                condition=Q(annulled_on__isnull=True, annulled_by="") | (Q(annulled_on__isnull=False) & ~Q(annulled_by="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.register_number

    @property
    def register_number(self) -> str:
        """As printed: 2026/093."""
        return f"{self.year}/{self.number:03d}"

    @property
    def is_valid(self) -> bool:
        return self.annulled_on is None
