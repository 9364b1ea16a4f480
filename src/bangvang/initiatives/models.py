"""An initiative with what its authors wrote, what the council's minutes say of it and the certificate; its authors; its files."""

from django.db import models
from django.db.models import F, Q

from bangvang.honours.models import LedgerEntry
from bangvang.kernel.models import Root
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person, Unit

# What a list leaves in the database.
TEXTS = ("before", "novelty", "effect", "appraisal", "supplement", "refusal", "sketch")


class Initiative(Root):
    """One application for recognition and its result. A council of initiatives votes on paper: here stand its minutes."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang viết"
        SUBMITTED = "submitted", "Chờ thẩm định"
        RETURNED = "returned", "Chờ bổ sung"
        TABLED = "tabled", "Chờ Hội đồng sáng kiến"
        ENDORSED = "endorsed", "Chờ giấy chứng nhận"
        RECOGNISED = "recognised", "Được công nhận"
        DECLINED = "declined", "Không được công nhận"
        WITHDRAWN = "withdrawn", "Đã rút"
        ANNULLED = "annulled", "Đã huỷ công nhận"

    class Scope(models.TextChoices):
        """How far it has effect: the codes of the law book (`law.facts.SCOPES`)."""

        UNIT = "co_so", "Cơ sở"
        PROVINCE = "bo_tinh", "Bộ, ngành, tỉnh"
        NATION = "toan_quoc", "Toàn quốc"

    OPEN_STATES = (State.DRAFT, State.RETURNED)

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cơ quan")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="initiatives", verbose_name="đơn vị của người viết đơn")
    title = models.CharField("tên sáng kiến", max_length=300)
    field = models.CharField("lĩnh vực", max_length=120)
    for_year = models.PositiveSmallIntegerField("năm thành tích")
    first_applied_on = models.DateField("áp dụng lần đầu ngày", null=True, blank=True)
    applied_at = models.CharField("nơi áp dụng", max_length=300, blank=True)
    before = models.TextField("trước khi có sáng kiến", blank=True)
    novelty = models.TextField("điểm mới", blank=True)
    effect = models.TextField("hiệu quả", blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    drafted_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="người viết đơn", editable=False
    )
    drafted_on = models.DateField("viết từ ngày", editable=False)
    submitted_on = models.DateField("gửi lần đầu ngày", null=True, blank=True, editable=False)
    supplement = models.TextField("nội dung cần bổ sung", blank=True, editable=False)
    supplement_by = models.DateField("bổ sung đến hết ngày", null=True, blank=True, editable=False)
    appraisal = models.TextField("ý kiến thẩm định", blank=True, editable=False)
    minutes_number = models.CharField("số biên bản Hội đồng", max_length=60, blank=True, editable=False)
    minutes_on = models.DateField("ngày biên bản Hội đồng", null=True, blank=True, editable=False)
    votes_for = models.PositiveSmallIntegerField("số phiếu công nhận", null=True, blank=True, editable=False)
    votes_total = models.PositiveSmallIntegerField("số thành viên bỏ phiếu", null=True, blank=True, editable=False)
    scope = models.CharField("phạm vi ảnh hưởng", max_length=10, choices=Scope, blank=True, editable=False)
    refusal = models.TextField("lý do không công nhận", blank=True, editable=False)
    certificate_number = models.PositiveIntegerField("số giấy chứng nhận", null=True, blank=True, editable=False)
    certified_on = models.DateField("ngày giấy chứng nhận", null=True, blank=True, editable=False)
    certified_year = models.PositiveSmallIntegerField("năm cấp", null=True, blank=True, editable=False)
    signer_name = models.CharField("người ký", max_length=120, blank=True, editable=False)
    signer_title = models.CharField("chức vụ người ký", max_length=120, blank=True, editable=False)
    signer_authority = models.CharField(
        "quyền hạn ký", max_length=4, blank=True, editable=False
    )  # "" for the head, "KT."
    search_key = models.TextField(default="", editable=False)  # name and authors, without marks
    sketch = models.BinaryField("dấu so sánh", blank=True, default=b"", editable=False)  # similarity.sketch of the text

    class Meta:
        verbose_name = "sáng kiến"
        verbose_name_plural = "sáng kiến"
        ordering = ["-drafted_on", "-pk"]
        indexes = [models.Index(fields=["agency", "-drafted_on", "-id"], name="initiative_newest_first")]
        constraints = [
            models.CheckConstraint(
                name="sent_initiative_has_a_day",
                condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="decided_initiative_has_minutes_and_votes",
                condition=~Q(state__in=["endorsed", "recognised", "declined", "annulled"])
                | (~Q(minutes_number="") & Q(minutes_on__isnull=False, votes_for__lte=F("votes_total"))),
            ),
            models.CheckConstraint(
                name="endorsed_initiative_has_a_scope",
                condition=~Q(state__in=["endorsed", "recognised", "annulled"]) | ~Q(scope=""),
            ),
            models.CheckConstraint(
                name="recognised_initiative_has_a_certificate",
                condition=~Q(state__in=["recognised", "annulled"])
                | Q(certificate_number__isnull=False, certified_on__isnull=False, certified_year__isnull=False)
                & ~Q(signer_name=""),
            ),
            models.CheckConstraint(
                name="declined_initiative_has_a_reason", condition=~Q(state="declined") | ~Q(refusal="")
            ),
            models.UniqueConstraint(
                fields=["agency", "certified_year", "certificate_number"],
                condition=Q(certificate_number__isnull=False),
                name="a_certificate_number_is_given_once_a_year",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def certificate_symbol(self) -> str:
        return f"GCN-{self.agency.symbol}".strip("-")


class Author(models.Model):
    """Somebody who made it, with a share; one of our people, or somebody from outside with an address. `name` as on that day."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="authors", verbose_name="sáng kiến")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="authorships", verbose_name="cá nhân"
    )
    name = models.CharField("họ và tên", max_length=200)
    place = models.CharField("đơn vị hoặc địa chỉ", max_length=300)
    share = models.PositiveSmallIntegerField("tỷ lệ đóng góp (%)")
    position = models.PositiveSmallIntegerField("thứ tự")
    entry = models.OneToOneField(
        LedgerEntry, models.PROTECT, null=True, blank=True, related_name="authorship", verbose_name="dòng sổ vàng"
    )

    class Meta:
        verbose_name = "tác giả sáng kiến"
        verbose_name_plural = "tác giả sáng kiến"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "person"],
                condition=Q(person__isnull=False),
                name="a_person_is_an_author_once",
            ),
            models.CheckConstraint(name="a_share_is_a_percentage", condition=Q(share__gte=1, share__lte=100)),
            models.CheckConstraint(name="author_has_a_unit_or_an_address", condition=~Q(place="")),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.share} %"


class Exhibit(models.Model):
    """A file that shows what the application tells. It may be relied on once the limited child found it in order."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="exhibits", verbose_name="sáng kiến")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="exhibit", verbose_name="tệp")
    added_on = models.DateField("gửi ngày")

    class Meta:
        verbose_name = "tệp kèm đơn sáng kiến"
        verbose_name_plural = "tệp kèm đơn sáng kiến"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
