"""The ledger. An entry is never changed: a correction is a new entry that names the one it corrects."""

from typing import Any

from django.db import models
from django.db.models import Q

from bangvang import vietnamese
from bangvang.kernel.models import AppendOnly, Root
from bangvang.papers.models import Reading, StoredFile
from bangvang.people.models import Household, Person, Unit


class Register(models.TextChoices):
    """The five registers; completeness is declared for each, unit and year by unit and year."""

    GRADES = "grades", "Xếp loại hằng năm"
    TITLES = "titles", "Danh hiệu thi đua"
    AWARDS = "awards", "Hình thức khen thưởng"
    INITIATIVES = "initiatives", "Sáng kiến, đề tài"
    DISCIPLINE = "discipline", "Kỷ luật, việc đang xem xét"


class Fact(models.Model):
    """What an entry says: about whom, which register, which code, for which year or span, by which paper.

    `initiatives_used`: of an award, the results it rests on, one name a line; empty: none, null: nobody said.
    """

    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="%(class)s_set",
        verbose_name="cá nhân",
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="%(class)s_set",
        verbose_name="tập thể",
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="%(class)s_set",
        verbose_name="hộ gia đình",
    )
    register = models.CharField("sổ", max_length=12, choices=Register)
    kind = models.CharField("nội dung", max_length=60)  # an award or title code, a grade, a kind of discipline
    stream = models.CharField("loại hình", max_length=20, blank=True)
    year = models.PositiveSmallIntegerField("năm")
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    paper_number = models.CharField("số văn bản", max_length=60, blank=True)
    paper_on = models.DateField("ngày văn bản", null=True, blank=True)
    issuer = models.CharField("nơi ban hành", max_length=200, blank=True)
    name_then = models.CharField("tên ghi lúc đó", max_length=200)
    unit_then = models.CharField("đơn vị ghi lúc đó", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    initiatives_used = models.TextField("sáng kiến, đề tài đã dùng", null=True, blank=True)  # noqa: DJ001 (null: not said)
    is_verified = models.BooleanField("đã có văn bản chứng minh", default=True)

    class Meta:
        abstract = True


def _by_subject(name: str, subject: str, *more: str) -> models.Index:
    """Every fact is about one of three: an index that holds the two that are empty would only be written, never read."""
    return models.Index(fields=[subject, *more], condition=Q(**{f"{subject}__isnull": False}), name=name)


def _about_one(name: str) -> models.CheckConstraint:
    subjects = ("person", "unit", "household")
    only = [Q(**{f"{other}__isnull": other != one for other in subjects}) for one in subjects]
    return models.CheckConstraint(name=name, condition=only[0] | only[1] | only[2])


class LedgerEntry(Fact, AppendOnly):
    """One line of the ledger in the order it was committed. `withdraws` marks an entry that only takes back another."""

    seq = models.PositiveBigIntegerField("số thứ tự", unique=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    withdraws = models.BooleanField("chỉ để rút lại", default=False)
    entered_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "dòng sổ vàng"
        verbose_name_plural = "dòng sổ vàng"
        indexes = [
            _by_subject("ledger_by_person", "person"),
            _by_subject("ledger_by_unit", "unit"),
            _by_subject("ledger_by_household", "household"),
        ]
        constraints = [_about_one("ledger_entry_is_about_one")]

    def __str__(self) -> str:
        return f"{self.name_then}: {self.kind} {self.year}"


class Standing(Fact):
    """The facts as they stand now: the ledger without what was corrected. Rebuilt from it by `./bv manage honours
    rebuild`."""

    # Copied from entries by one statement: the database need not ask of each copy whether its entry is there.
    entry = models.OneToOneField(
        LedgerEntry, models.PROTECT, primary_key=True, db_constraint=False, related_name="standing"
    )
    search_key = models.CharField(max_length=200, db_index=True, editable=False)

    class Meta:
        verbose_name = "thành tích hiện có"
        verbose_name_plural = "thành tích hiện có"
        indexes = [
            _by_subject("standing_by_person", "person", "register", "year"),
            _by_subject("standing_by_unit", "unit", "register", "year"),
            _by_subject("standing_by_household", "household"),
        ]
        constraints = [
            _about_one("standing_is_about_one"),
            models.UniqueConstraint(
                fields=["person", "kind", "year"],
                condition=Q(register="titles", person__isnull=False),
                name="one_title_of_a_kind_a_year_and_person",
            ),
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=Q(register="grades", person__isnull=False),
                name="one_grade_a_year_and_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_then}: {self.kind} {self.year}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = self.key_of(self.name_then)
        super().save(*args, **kwargs)

    @staticmethod
    def key_of(name: str) -> str:
        return vietnamese.search_key(name)


class Completeness(models.Model):
    """A declaration that a register holds everything of a unit and a year; without it a gap is "missing", never
    "no"."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="completeness", verbose_name="đơn vị")
    register = models.CharField("sổ", max_length=12, choices=Register)
    year = models.PositiveSmallIntegerField("năm")
    declared_by = models.CharField("người xác nhận", max_length=300)
    declared_on = models.DateField("ngày xác nhận")

    class Meta:
        verbose_name = "sổ đã đủ"
        verbose_name_plural = "sổ đã đủ"
        constraints = [
            models.UniqueConstraint(fields=["unit", "register", "year"], name="a_register_year_is_declared_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_register_display()} {self.year}, {self.unit}"


class Claim(Root):
    """What an article says of awards received or of results. It counts for nothing: no finding reads this table.

    An honour becomes a line of the ledger when a person attaches the decision; a result is only noted with its source.
    """

    class Sort(models.TextChoices):
        HONOUR = "honour", "Khen thưởng"
        FACT = "fact", "Kết quả"

    class State(models.TextChoices):
        WAITING = "waiting", "Chưa kiểm chứng"
        PROVEN = "proven", "Đã kiểm chứng"
        DISMISSED = "dismissed", "Không ghi nhận"

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="claims", verbose_name="cơ quan")
    reading = models.ForeignKey(Reading, models.PROTECT, related_name="claims", verbose_name="bản đọc")
    place = models.PositiveSmallIntegerField("thứ tự trong bài")
    sort = models.CharField("loại", max_length=6, choices=Sort)
    kind = models.CharField("mã", max_length=60, blank=True)  # an award's code; blank for a result
    text = models.CharField("nội dung", max_length=400)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)  # an article seldom says it
    quote = models.TextField("câu trong bài")
    line = models.PositiveIntegerField("dòng", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=9, choices=State, default=State.WAITING, editable=False)
    source = models.CharField("căn cứ xác nhận", max_length=300, blank=True)
    decision = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="proven_claims", verbose_name="tệp quyết định"
    )
    entry = models.OneToOneField(
        LedgerEntry, models.PROTECT, null=True, blank=True, related_name="claim", verbose_name="dòng sổ vàng"
    )

    class Meta:
        verbose_name = "nội dung chưa kiểm chứng"
        verbose_name_plural = "nội dung chưa kiểm chứng"
        ordering = ["reading", "place"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "place"], name="an_article_is_taken_in_once"),
            models.CheckConstraint(
                name="proven_honour_has_decision_and_entry",
                condition=~Q(state="proven", sort="honour") | Q(decision__isnull=False, entry__isnull=False),
            ),
            models.CheckConstraint(
                name="proven_fact_names_its_source", condition=~Q(state="proven", sort="fact") | ~Q(source="")
            ),
        ]

    def __str__(self) -> str:
        return self.text
