"""A batch, the people it names, its rows, and what we remember of a sender's columns."""

from typing import Any

from django.db import models
from django.db.models import Q

from bangvang.dossiers.models import Dossier
from bangvang.honours.models import Register
from bangvang.kernel.models import Root, public_code
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person, Unit


class Batch(Root):
    """One list on its way in. `heads` is what the reader found (roster.Head), `mapping` what a person agreed to:
    {sheet: {column: meaning}}; `defaults` are words said once for a whole sheet."""

    class Kind(models.TextChoices):
        AWARDS = "awards", "Khen thưởng đã nhận (vào sổ vàng)"
        DECISION = "decision", "Quyết định khen thưởng đã ký (vào sổ vàng)"
        NOMINEES = "nominees", "Người, tập thể được đề nghị (vào hồ sơ)"
        STAFF = "staff", "Danh sách cán bộ (người và chức trách)"

    class State(models.TextChoices):
        RECEIVED = "received", "Đang đọc tệp"
        READ = "read", "Chờ xem các cột"
        CHECKED = "checked", "Chờ xem các dòng"
        CONFIRMED = "confirmed", "Đã ghi"
        DROPPED = "dropped", "Đã bỏ"

    OPEN_STATES = (State.RECEIVED, State.READ, State.CHECKED)

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cơ quan")
    sender = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người gửi")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="batch", verbose_name="tệp")
    kind = models.CharField("loại danh sách", max_length=10, choices=Kind)
    source = models.CharField("nơi lập danh sách", max_length=200, blank=True)
    dossier = models.ForeignKey(
        Dossier, models.PROTECT, null=True, blank=True, related_name="batches", verbose_name="hồ sơ"
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.RECEIVED, editable=False)
    heads: Any = models.JSONField("bảng trong tệp", default=list)
    mapping: Any = models.JSONField("nghĩa của các cột", default=dict)
    defaults: Any = models.JSONField("ghi chung cho cả bảng", default=dict)
    staging = models.BooleanField("đang kiểm tra các dòng", default=False)
    staged = models.PositiveIntegerField("số dòng đã kiểm tra", default=0)
    sent_at = models.DateTimeField("gửi lúc")
    confirmed_on = models.DateField("ghi ngày", null=True, blank=True)
    first_seq = models.PositiveBigIntegerField("số đầu trong sổ", null=True, blank=True)
    written = models.PositiveIntegerField("số dòng đã ghi", default=0)

    class Meta:
        verbose_name = "đợt nhập danh sách"
        verbose_name_plural = "đợt nhập danh sách"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="nominees_go_into_a_dossier",
                condition=Q(kind="nominees", dossier__isnull=False) | (~Q(kind="nominees") & Q(dossier__isnull=True)),
            ),
            models.CheckConstraint(
                name="confirmed_batch_has_a_day", condition=~Q(state="confirmed") | Q(confirmed_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file.name} ({self.get_kind_display()})"

    @property
    def is_for_ledger(self) -> bool:
        return self.kind in (self.Kind.AWARDS, self.Kind.DECISION)


class Identity(models.Model):
    """A human named in a batch: one of ours (`person`), somebody new, or a question that a person must answer.

    `code` is the public code that a new person will bear; two identities with one code are one human."""

    class Outcome(models.TextChoices):
        MATCHED = "matched", "Đã có trong danh sách"
        NEW = "new", "Người mới"
        ASKED = "asked", "Cần người xem"

    batch = models.ForeignKey(Batch, models.CASCADE, db_index=False, related_name="identities")
    key = models.CharField(max_length=420)
    code = models.CharField(max_length=16, default=public_code)
    name = models.CharField("họ và tên", max_length=200)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True)
    sex = models.CharField("giới tính", max_length=6, blank=True)
    title = models.CharField("chức vụ", max_length=120, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="đơn vị")
    unit_text = models.CharField("đơn vị ghi trên danh sách", max_length=200, blank=True)
    search_key = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=900)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="người")
    outcome = models.CharField("kết quả", max_length=8, choices=Outcome)
    why = models.CharField("điều chưa rõ", max_length=300, blank=True)
    candidates: Any = models.JSONField("những người có thể là", default=list)
    answered_by = models.CharField("người trả lời", max_length=300, blank=True)

    class Meta:
        verbose_name = "người trong danh sách"
        verbose_name_plural = "người trong danh sách"
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["batch", "outcome"], name="identity_by_outcome"),
            models.Index(fields=["code"], name="identity_by_code"),
        ]
        constraints = [models.UniqueConstraint(fields=["batch", "key"], name="a_batch_names_a_human_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.birth_year or ''}".strip()


class Row(models.Model):
    """One line of a list: the cells as they came, what was corrected, what it means, and why it cannot be taken."""

    class Standing(models.TextChoices):
        READY = "ready", "Ghi được"
        TROUBLE = "trouble", "Chưa ghi được"
        LEFT_OUT = "left_out", "Để lại"

    batch = models.ForeignKey(Batch, models.CASCADE, db_index=False, related_name="rows")  # its place is indexed
    place = models.PositiveIntegerField("thứ tự")
    sheet = models.PositiveSmallIntegerField("bảng")
    number = models.PositiveIntegerField("dòng trong tệp")
    section = models.CharField("mục", max_length=300, blank=True)
    cells: Any = models.JSONField("các ô", default=list)
    corrected: Any = models.JSONField("đã sửa", default=dict)
    standing = models.CharField("kết quả", max_length=8, choices=Standing)
    reasons: Any = models.JSONField("lý do", default=list)  # [{"field": meaning, "why": sentence}, …]
    remarks: Any = models.JSONField("lưu ý", default=list)
    identity = models.ForeignKey(Identity, models.SET_NULL, null=True, related_name="rows")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name="tập thể")
    register = models.CharField(max_length=12, choices=Register, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    paper_number = models.CharField(max_length=60, blank=True)
    paper_on = models.DateField(null=True)
    issuer = models.CharField(max_length=200, blank=True)
    name_then = models.CharField(max_length=200, blank=True)
    unit_then = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    is_verified = models.BooleanField(default=False)
    search_key = models.CharField(max_length=200, blank=True)
    more: Any = models.JSONField(default=dict)  # what only nominees or staff have: votes, achievement, address, since

    class Meta:
        verbose_name = "dòng danh sách"
        verbose_name_plural = "dòng danh sách"
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["batch", "place"], name="a_row_has_its_place_in_a_batch")]
        indexes = [
            models.Index(fields=["batch", "standing"], name="intake_row_by_standing"),
            models.Index(fields=["unit"], condition=Q(unit__isnull=False), name="intake_row_by_unit"),
        ]

    def __str__(self) -> str:
        return f"dòng {self.number}: {self.name_then}"


class RememberedColumns(models.Model):
    """What a person agreed to for lists with these titles from this sender; offered the next time."""

    agency = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Batch.Kind)
    source_key = models.CharField(max_length=200)
    titles_key = models.CharField(max_length=64)
    mapping: Any = models.JSONField(default=dict)  # {column: meaning}

    class Meta:
        verbose_name = "cột đã nhớ"
        verbose_name_plural = "cột đã nhớ"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "source_key", "titles_key"], name="columns_of_a_sender_are_remembered_once"
            )
        ]

    def __str__(self) -> str:
        return self.source_key
