"""Dossiers, the unit's review, nominations with evidence, stored findings and judgements."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from bangvang.kernel.models import AppendOnly, Root
from bangvang.movements.models import Movement
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person, Unit
from bangvang.progress.models import Observation


class Dossier(Root):
    """What one unit proposes in one movement, or (without a movement) for one year; the next one once the last was taken in."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang lập"
        SUBMITTED = "submitted", "Đã trình"
        RETURNED = "returned", "Bị trả lại"
        ACCEPTED = "accepted", "Đã tiếp nhận"

    OPEN_STATES = (State.DRAFT, State.RETURNED)
    ON_THE_WAY = (State.DRAFT, State.RETURNED, State.SUBMITTED)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dossiers", verbose_name="đơn vị")
    movement = models.ForeignKey(
        Movement, models.PROTECT, null=True, blank=True, related_name="dossiers", verbose_name="phong trào"
    )
    year = models.PositiveSmallIntegerField("năm thành tích")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người lập", editable=False)
    drafted_on = models.DateField("lập ngày", editable=False)
    submitted_on = models.DateField("trình ngày", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "hồ sơ khen thưởng"
        verbose_name_plural = "hồ sơ khen thưởng"
        ordering = ["-drafted_on", "unit__order", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "movement"], condition=Q(movement__isnull=False) & ~Q(state="accepted"),
                name="a_unit_has_one_dossier_at_a_time_in_a_movement",
            ),
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(movement__isnull=True) & ~Q(state="accepted"),
                name="a_unit_has_one_yearly_dossier_at_a_time",
            ),
            models.CheckConstraint(
                name="submitted_dossier_has_a_day",
                condition=Q(state__in=["draft", "returned"]) | Q(submitted_on__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Hồ sơ của {self.unit}, {self.occasion}"

    @property
    def occasion(self) -> str:
        """The movement's name, or the year."""
        return self.movement.title if self.movement else f"khen thưởng năm {self.year}"


class UnitReview(Root):
    """Bình xét: the meeting of the unit on the nominations. Votes on each line stand with the line."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="unit_review", verbose_name="hồ sơ")
    held_on = models.DateField("ngày họp")
    place = models.CharField("địa điểm", max_length=200)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người chủ trì")
    secretary = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="thư ký")
    minutes = models.TextField("diễn biến, ý kiến", blank=True)

    class Meta:
        verbose_name = "cuộc bình xét"
        verbose_name_plural = "cuộc bình xét"

    def __str__(self) -> str:
        return f"Bình xét của {self.dossier.unit} ngày {self.held_on:%d/%m/%Y}"


class Attendance(models.Model):
    """A member of the unit at its review: there, or away with the reason."""

    unit_review = models.ForeignKey(UnitReview, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người")
    is_present = models.BooleanField("có mặt", default=True)
    reason = models.CharField("lý do vắng", max_length=200, blank=True)

    class Meta:
        verbose_name = "dự họp"
        verbose_name_plural = "dự họp"
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit_review", "person"], name="a_person_is_listed_once_at_a_review"),
            models.CheckConstraint(name="absence_has_a_reason", condition=Q(is_present=True) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {'có mặt' if self.is_present else self.reason}"


class Nomination(Root):
    """One line: who is proposed for which award of which year. Name, title and unit are kept as they were that day."""

    class Kind(models.TextChoices):
        PERSON = "person", "Cá nhân trong đơn vị"
        COLLECTIVE = "collective", "Tập thể"
        OUTSIDE_PERSON = "outside_person", "Cá nhân ngoài đơn vị"
        OUTSIDE_COLLECTIVE = "outside_collective", "Tập thể ngoài đơn vị"

        HOUSEHOLD = "household", "Hộ gia đình"

    class Stream(models.TextChoices):
        MERIT = "cong_trang", "Công trạng"
        SUDDEN = "dot_xuat", "Đột xuất"
        MOVEMENT = "phong_trao", "Phong trào"
        THEMATIC = "chuyen_de", "Chuyên đề"
        DEVOTION = "cong_hien", "Quá trình cống hiến"
        TENURE = "nien_han", "Niên hạn"
        FOREIGN = "doi_ngoai", "Đối ngoại"

    class State(models.TextChoices):
        PROPOSED = "proposed", "Đang đề nghị"
        ENDORSED = "endorsed", "Hội đồng thông qua"
        DECLINED = "declined", "Hội đồng không thông qua"
        AWARDED = "awarded", "Đã khen thưởng"
        REFUSED = "refused", "Không khen thưởng"

    OUTSIDE = (Kind.OUTSIDE_PERSON, Kind.OUTSIDE_COLLECTIVE, Kind.HOUSEHOLD)

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="nominations", verbose_name="hồ sơ")
    kind = models.CharField("đối tượng", max_length=20, choices=Kind)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="cá nhân"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name="tập thể"
    )
    outside_address = models.CharField("địa chỉ", max_length=300, blank=True)
    is_posthumous = models.BooleanField("truy tặng", default=False)
    award = models.CharField("danh hiệu, hình thức", max_length=60)
    stream = models.CharField("loại hình", max_length=12, choices=Stream, default=Stream.MERIT)
    for_year = models.PositiveSmallIntegerField("năm thành tích")
    achievement = models.TextField("tóm tắt thành tích", blank=True)
    votes_for = models.PositiveSmallIntegerField("số phiếu đồng ý", null=True, blank=True)
    votes_total = models.PositiveSmallIntegerField("số người bỏ phiếu", null=True, blank=True)
    name_then = models.CharField("tên ghi trên hồ sơ", max_length=200)
    title_then = models.CharField("chức vụ lúc đề nghị", max_length=200, blank=True)
    unit_then = models.CharField("đơn vị lúc đề nghị", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    withdrawn_on = models.DateField("rút ngày", null=True, blank=True, editable=False)
    state = models.CharField("kết quả", max_length=10, choices=State, default=State.PROPOSED, editable=False)

    class Meta:
        verbose_name = "đề nghị"
        verbose_name_plural = "đề nghị"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="nomination_is_about_one",
                condition=Q(kind="person", person__isnull=False, unit__isnull=True)
                | Q(kind="collective", person__isnull=True, unit__isnull=False)
                | Q(kind__in=["outside_person", "outside_collective", "household"], person__isnull=True, unit__isnull=True),
            ),
            models.CheckConstraint(
                name="outside_nominee_has_an_address",
                condition=~Q(kind__in=["outside_person", "outside_collective", "household"]) | ~Q(outside_address=""),
            ),
            models.CheckConstraint(
                name="votes_for_are_not_more_than_votes",
                condition=Q(votes_for__isnull=True, votes_total__isnull=True)
                | Q(votes_for__isnull=False, votes_total__isnull=False, votes_for__lte=F("votes_total")),
            ),
            models.CheckConstraint(
                name="only_a_human_is_honoured_posthumously",
                condition=Q(is_posthumous=False) | Q(kind__in=["person", "outside_person"]),
            ),
            models.UniqueConstraint(
                fields=["dossier", "person", "award", "for_year"],
                condition=Q(withdrawn_on__isnull=True, person__isnull=False),
                name="a_person_is_nominated_once_for_an_award_of_a_year",
            ),
            models.UniqueConstraint(
                fields=["dossier", "unit", "award", "for_year"],
                condition=Q(withdrawn_on__isnull=True, unit__isnull=False),
                name="a_unit_is_nominated_once_for_an_award_of_a_year",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name_then}: {self.award} {self.for_year}"

    @property
    def is_outside(self) -> bool:
        return self.kind in self.OUTSIDE

    @property
    def subject(self) -> str:
        """The book's kind of subject."""
        if self.kind == self.Kind.HOUSEHOLD:
            return "household"
        return "person" if self.kind in (self.Kind.PERSON, self.Kind.OUTSIDE_PERSON) else "collective"


class Evidence(models.Model):
    """A file that proves something said in a nomination. It may be relied on once the limited child found it in order."""

    class Kind(models.TextChoices):
        REPORT = "report", "Báo cáo thành tích"
        GRADE = "grade", "Kết quả xếp loại"
        INITIATIVE = "initiative", "Công nhận sáng kiến"
        DECISION = "decision", "Quyết định tặng trước đây"
        OPINION = "opinion", "Ý kiến, xác nhận"
        OTHER = "other", "Giấy tờ khác"

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="evidence", verbose_name="đề nghị")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="evidence", verbose_name="tệp")
    kind = models.CharField("loại", max_length=12, choices=Kind, default=Kind.OTHER)
    added_on = models.DateField("gửi ngày")

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name


class Judgement(AppendOnly):
    """A person's answer to what the machine may not decide, for one line or for every line of a round. Never an override."""

    nomination = models.ForeignKey(
        Nomination, models.PROTECT, null=True, blank=True, related_name="judgements", verbose_name="đề nghị"
    )
    movement = models.ForeignKey(
        Movement, models.PROTECT, null=True, blank=True, related_name="judgements", verbose_name="đợt xét"
    )
    award = models.CharField("danh hiệu, hình thức", max_length=60)
    condition = models.CharField("điều kiện", max_length=120)
    question = models.CharField("nội dung điều kiện", max_length=500)
    is_yes = models.BooleanField("trả lời")
    duty = models.CharField("người trả lời", max_length=300)
    instrument = models.CharField("văn bản đã mở", max_length=200)
    article = models.CharField("điều, khoản", max_length=100, blank=True)
    address = models.CharField("địa chỉ hoặc mã tệp", max_length=300, blank=True)
    opened_on = models.DateField("ngày mở văn bản")
    made_at = models.DateTimeField("trả lời lúc")

    class Meta:
        verbose_name = "nhận định"
        verbose_name_plural = "nhận định"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="judgement_is_for_a_line_or_a_round",
                condition=Q(nomination__isnull=False, movement__isnull=True)
                | Q(nomination__isnull=True, movement__isnull=False),
            ),
            models.CheckConstraint(name="judgement_names_the_text_opened", condition=~Q(instrument="")),
        ]

    def __str__(self) -> str:
        return f"{self.condition}: {'có' if self.is_yes else 'không'}"


class BreachAnswer(AppendOnly):
    """Why a line is proposed although a violation of the movement's rules is recorded. Without it the line is held."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="breach_answers", verbose_name="đề nghị")
    observation = models.ForeignKey(
        Observation, models.PROTECT, related_name="breach_answers", verbose_name="ghi nhận vi phạm"
    )
    reason = models.TextField("lý do vẫn đề nghị")
    duty = models.CharField("người trả lời", max_length=300)
    made_at = models.DateTimeField("trả lời lúc")

    class Meta:
        verbose_name = "trả lời về vi phạm"
        verbose_name_plural = "trả lời về vi phạm"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="a_breach_is_answered_with_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return self.reason[:60]


class StoredFinding(AppendOnly):
    """What the book said about a nomination at one moment: enough to read it again in ten years."""

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="stored_findings", verbose_name="đề nghị")
    occasion = models.CharField("dịp", max_length=40)
    award = models.CharField("danh hiệu, hình thức", max_length=60)
    outcome = models.CharField("kết quả", max_length=14)
    provisional = models.CharField("kết quả theo quy định trước", max_length=14, blank=True)
    book = models.CharField("bản của bộ quy định", max_length=64)
    days: Any = models.JSONField("các ngày")
    inputs: Any = models.JSONField("dữ kiện")
    findings: Any = models.JSONField("giải thích")
    made_at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "kết quả xét điều kiện"
        verbose_name_plural = "kết quả xét điều kiện"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.award}: {self.outcome}"
