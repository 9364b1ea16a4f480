"""A story about one award or person, with the consents that let it appear; news about something the agency did, with its pictures."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from bangvang.decisions.models import Decision
from bangvang.honours.models import LedgerEntry
from bangvang.kernel.models import Root
from bangvang.movements.models import Movement
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person, Unit
from bangvang.progress.models import Report, Review


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text: an empty line stands between two of them."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


class Story(Root):
    """One story: of an award in the ledger, whose name, unit and decision come from there, or of a person whom no decision honours yet.

    The second kind is marked “chưa có quyết định” wherever it stands, and tied to the award when there is one.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Đang viết"
        SUBMITTED = "submitted", "Chờ duyệt đăng"
        PUBLISHED = "published", "Đã đăng"
        WITHDRAWN = "withdrawn", "Đã gỡ"

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="stories", verbose_name="cơ quan")
    entry = models.OneToOneField(
        LedgerEntry, models.PROTECT, null=True, blank=True, related_name="story", verbose_name="dòng sổ vàng"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="stories", verbose_name="người được kể"
    )
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
            ),
            models.CheckConstraint(
                name="a_story_is_of_an_award_or_of_a_person",
                condition=Q(entry__isnull=False, person__isnull=True) | Q(entry__isnull=True, person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs_of(self.body)

    @property
    def is_decided(self) -> bool:
        """Whether it stands on an award with its decision."""
        return self.entry is not None

    @property
    def subject(self) -> Person | Unit:
        """Whom it is about."""
        found = self.person or (self.entry and (self.entry.person or self.entry.unit))
        assert isinstance(found, Person | Unit)
        return found


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


SOURCES = ("movement", "decision", "report", "review")


def _one_source() -> Q:
    """Exactly one of the sources is given."""
    one_each = [Q(**{f"{name}__isnull": name != given for name in SOURCES}) for given in SOURCES]
    return reduce(or_, one_each)


class Article(Root):
    """News of one thing that happened here: a plan, a decision or a review issued, a good example told in a report.

    `named` are the awards by which persons may be named in its text; they are looked up whenever the text is saved.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Đang viết"
        SUBMITTED = "submitted", "Chờ duyệt đăng"
        PUBLISHED = "published", "Đã đăng"
        WITHDRAWN = "withdrawn", "Đã gỡ"

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="articles", verbose_name="cơ quan")
    movement = models.ForeignKey(
        Movement, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name="kế hoạch"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name="quyết định"
    )
    report = models.ForeignKey(
        Report, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name="báo cáo có cách làm hay"
    )
    review = models.ForeignKey(
        Review, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name="báo cáo sơ kết, tổng kết"
    )
    named = models.ManyToManyField(LedgerEntry, related_name="articles", verbose_name="lần khen được nêu tên")
    title = models.CharField("tên tin", max_length=200)
    lead = models.CharField("đoạn mở đầu", max_length=600)
    body = models.TextField("nội dung", blank=True)  # paragraphs, an empty line between them
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người viết", editable=False)
    drafted_on = models.DateField("viết từ ngày", editable=False)
    published_on = models.DateField("đăng ngày", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "tin"
        verbose_name_plural = "tin"
        ordering = ["-drafted_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="an_article_has_one_source", condition=_one_source()),
            models.CheckConstraint(
                name="published_article_has_a_day", condition=~Q(state="published") | Q(published_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def source(self) -> Movement | Decision | Report | Review:
        """What the news is about."""
        found = next(one for name in SOURCES if (one := getattr(self, name)) is not None)
        assert isinstance(found, Movement | Decision | Report | Review)
        return found

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs_of(self.body)


class Picture(models.Model):
    """A picture of an article, with the words for whoever does not see it."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="pictures", verbose_name="tin")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="picture", verbose_name="tệp ảnh")
    alt = models.CharField("lời tả ảnh", max_length=300)
    added_on = models.DateField("gửi ngày")

    class Meta:
        verbose_name = "ảnh của tin"
        verbose_name_plural = "ảnh của tin"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="a_picture_is_told_in_words", condition=~Q(alt=""))]

    def __str__(self) -> str:
        return self.alt


class Deed(Root):
    """A good deed that somebody of the agency puts forward with evidence, so that it is seen at once and not at the year's end.

    `person` is who did it where the name meets exactly one person of the agency; a deed of somebody from outside has the name only.
    """

    class State(models.TextChoices):
        PUT_FORWARD = "put_forward", "Chờ xem"
        CONFIRMED = "confirmed", "Đã xác nhận"
        DISMISSED = "dismissed", "Không xác nhận"

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="deeds", verbose_name="cơ quan")
    title = models.CharField("việc gì", max_length=200)
    doer = models.CharField("ai làm", max_length=120)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="deeds", verbose_name="người làm việc tốt"
    )
    happened_on = models.DateField("ngày xảy ra")
    account = models.TextField("kể lại")
    state = models.CharField("trạng thái", max_length=11, choices=State, default=State.PUT_FORWARD, editable=False)
    put_forward_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="người phát hiện", editable=False
    )
    put_forward_on = models.DateField("nêu ngày", editable=False)

    class Meta:
        verbose_name = "việc tốt"
        verbose_name_plural = "việc tốt"
        ordering = ["-put_forward_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class DeedFile(models.Model):
    """A file that proves a deed."""

    deed = models.ForeignKey(Deed, models.PROTECT, related_name="files", verbose_name="việc tốt")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="deed_file", verbose_name="tệp")
    added_on = models.DateField("gửi ngày")

    class Meta:
        verbose_name = "minh chứng việc tốt"
        verbose_name_plural = "minh chứng việc tốt"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
