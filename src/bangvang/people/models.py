"""Units, persons, duties, delegation, accounts. Everything that changes with time carries its days (both inclusive)."""

import datetime
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q

from bangvang import vietnamese
from bangvang.kernel.models import Root


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with `valid_from` and `valid_until`, both inclusive; an empty end means still valid."""

    def as_of(self, day: datetime.date) -> Self:
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


class Dated(models.Model):
    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        abstract = True

    def is_valid_on(self, day: datetime.date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Unit(Root, Dated):
    """A place in the tree of state bodies for a span of days. After a merger the old unit stays, ended, with its
    history."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "Tỉnh, thành phố"
        AGENCY = "agency", "Cơ quan, sở"
        DIVISION = "division", "Phòng"
        CENTRE = "centre", "Đơn vị sự nghiệp"
        COMMUNE = "commune", "Xã, phường, đặc khu"
        BODY = "body", "Cấp uỷ, đoàn thể"

    name = models.CharField("tên", max_length=200)
    symbol = models.CharField("chữ viết tắt trong ký hiệu văn bản", max_length=30, blank=True)
    kind = models.CharField("loại", max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="cấp trên"
    )
    agency = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members", verbose_name="thuộc cơ quan"
    )
    place = models.CharField("địa danh ghi trên văn bản", max_length=80, blank=True)
    head_title = models.CharField("chức danh người đứng đầu", max_length=80, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự trong danh sách", default=0)
    search_key = models.CharField(max_length=200, editable=False, db_index=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                name="unit_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(name="unit_is_not_its_own_parent", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = vietnamese.search_key(self.name)
        super().save(*args, **kwargs)

    @property
    def agency_or_self(self) -> "Unit":
        """The body whose head decides and whose symbol stands on papers."""
        return self.agency or self


class Cluster(Root, Dated):
    """Units that compete with one another. It has no place in the tree, no staff and no seal: members and heads are dated."""

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="clusters", verbose_name="cơ quan tổ chức")
    name = models.CharField("tên", max_length=200)
    decision = models.CharField("theo văn bản", max_length=200)

    class Meta:
        verbose_name = "cụm, khối thi đua"
        verbose_name_plural = "cụm, khối thi đua"
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class ClusterMember(Dated):
    """A unit in a cluster from a day to a day."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="members", verbose_name="cụm, khối")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name="đơn vị")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên cụm, khối"
        verbose_name_plural = "thành viên cụm, khối"
        ordering = ["unit__order", "unit__name", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "unit"], condition=Q(valid_until__isnull=True), name="a_unit_is_in_a_cluster_once"
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.cluster}"


class ClusterHead(models.Model):
    """The member that heads a cluster in a year, or stands in for the head."""

    class Role(models.TextChoices):
        LEAD = "lead", "Trưởng cụm, khối"
        DEPUTY = "deputy", "Phó cụm, khối"

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="heads", verbose_name="cụm, khối")
    year = models.PositiveSmallIntegerField("năm")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=6, choices=Role)

    class Meta:
        verbose_name = "trưởng, phó cụm, khối"
        verbose_name_plural = "trưởng, phó cụm, khối"
        ordering = ["-year", "-role", "unit__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "year", "unit"], name="a_member_heads_a_cluster_once_a_year"),
            models.UniqueConstraint(
                fields=["cluster", "year"], condition=Q(role="lead"), name="a_cluster_has_one_head_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.year}: {self.unit}"


class UnitChange(models.Model):
    """A merger, split or renaming, with the decision that made it; awards of the past stay with the unit of their
    day."""

    class Kind(models.TextChoices):
        MERGE = "merge", "Hợp nhất, sáp nhập"
        SPLIT = "split", "Chia, tách"
        RENAME = "rename", "Đổi tên"

    kind = models.CharField("việc", max_length=8, choices=Kind)
    on = models.DateField("từ ngày")
    decision = models.CharField("theo văn bản", max_length=200)
    before = models.ManyToManyField(Unit, related_name="changed_into", verbose_name="đơn vị cũ")
    after = models.ManyToManyField(Unit, related_name="came_from", verbose_name="đơn vị mới")

    class Meta:
        verbose_name = "thay đổi tổ chức"
        verbose_name_plural = "thay đổi tổ chức"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"


class Person(Root):
    """A human being, once, across units and names. Birth day and id number are not kept: the year tells two namesakes
    apart."""

    class Sex(models.TextChoices):
        FEMALE = "female", "Nữ"
        MALE = "male", "Nam"

    full_name = models.CharField("họ và tên", max_length=120)
    sex = models.CharField("giới tính", max_length=6, choices=Sex)
    birth_year = models.PositiveSmallIntegerField("năm sinh", null=True, blank=True)
    recruited_on = models.DateField("ngày tuyển dụng", null=True, blank=True)
    died_on = models.DateField("ngày mất", null=True, blank=True)
    search_key = models.CharField(max_length=120, editable=False, db_index=True)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True)

    class Meta:
        verbose_name = "cá nhân"
        verbose_name_plural = "cá nhân"
        ordering = ["sort_key", "birth_year"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.full_name = vietnamese.clean(self.full_name)
        self.search_key = vietnamese.search_key(self.full_name)
        self.sort_key = vietnamese.name_sort_key(self.full_name)
        super().save(*args, **kwargs)

    @property
    def honorific(self) -> str:
        """Ông or Bà, as papers and stories name a person."""
        return "Bà" if self.sex == self.Sex.FEMALE else "Ông"

    @property
    def pronoun(self) -> str:
        """chị or anh, as the product speaks to a person."""
        return "chị" if self.sex == self.Sex.FEMALE else "anh"

    def duty_on(self, day: datetime.date) -> "Duty | None":
        """The duty held on a day (the weightiest one when there are several)."""
        return self.duties.as_of(day).select_related("unit").order_by("rank", "pk").first()


class Household(Root):
    """A household that an agency has commended, told from others by its name and address. Who lives in it is not kept."""

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="households", verbose_name="cơ quan")
    name = models.CharField("tên hộ", max_length=200)
    address = models.CharField("địa chỉ", max_length=300)
    search_key = models.CharField(max_length=200, editable=False, db_index=True)
    address_key = models.CharField(max_length=300, editable=False)

    class Meta:
        verbose_name = "hộ gia đình"
        verbose_name_plural = "hộ gia đình"
        ordering = ["search_key", "address_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "search_key", "address_key"], name="a_household_is_known_once_by_name_and_address"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = vietnamese.search_key(self.name)
        self.address_key = vietnamese.search_key(self.address)
        super().save(*args, **kwargs)


class Duty(Dated):
    """A person in a post of a unit from a day to a day; the role says what the post may do in this product."""

    class Role(models.TextChoices):
        DIRECTOR = "director", "Người đứng đầu cơ quan"
        DEPUTY_DIRECTOR = "deputy_director", "Cấp phó của người đứng đầu"
        HEAD = "head", "Trưởng đơn vị"
        DEPUTY_HEAD = "deputy_head", "Phó trưởng đơn vị"
        CLERK = "clerk", "Thường trực thi đua, khen thưởng"
        REGISTRY = "registry", "Văn thư"
        STAFF = "staff", "Công chức, viên chức"
        ADMINISTRATOR = "administrator", "Quản trị hệ thống"

    HEADS = (Role.HEAD, Role.DEPUTY_HEAD)  # of a unit of the agency
    RANKS = {Role.DIRECTOR: 1, Role.DEPUTY_DIRECTOR: 2, Role.HEAD: 3, Role.DEPUTY_HEAD: 4}

    person = models.ForeignKey(Person, models.PROTECT, related_name="duties", verbose_name="người")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=16, choices=Role, default=Role.STAFF)
    title = models.CharField("chức vụ", max_length=120)
    rank = models.PositiveSmallIntegerField("bậc khi xếp danh sách", default=9, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "chức trách"
        verbose_name_plural = "chức trách"
        constraints = [
            models.CheckConstraint(
                name="duty_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}, {self.unit}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.rank = self.RANKS.get(self.Role(self.role), 9)
        super().save(*args, **kwargs)

    @property
    def words(self) -> str:
        """Who in which post, as the story of a thing tells it."""
        return f"{self.person.honorific} {self.person.full_name}, {self.title}, {self.unit.name}"


class Delegation(Dated):
    """Signing for someone else: KT. (deputy for head), TL. (by order), TUQ. (written authority with an end)."""

    class Kind(models.TextChoices):
        DEPUTY = "KT.", "KT. (ký thay)"
        BY_ORDER = "TL.", "TL. (thừa lệnh)"
        AUTHORISED = "TUQ.", "TUQ. (thừa uỷ quyền)"

    giver = models.ForeignKey(Duty, models.PROTECT, related_name="given", verbose_name="người giao")
    taker = models.ForeignKey(Duty, models.PROTECT, related_name="taken", verbose_name="người được giao")
    kind = models.CharField("hình thức", max_length=4, choices=Kind)
    subject = models.CharField("việc được giao", max_length=200, default="Thi đua, khen thưởng")
    decision = models.CharField("theo văn bản", max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "uỷ quyền ký"
        verbose_name_plural = "uỷ quyền ký"
        constraints = [
            models.CheckConstraint(
                name="written_authority_has_an_end", condition=~Q(kind="TUQ.") | Q(valid_until__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.giver} → {self.taker}"


class Accounts(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """An account. What it may do comes only from the duties of its person, on the day."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name="người"
    )
    email = models.EmailField("thư điện tử", blank=True)  # given by the owner, for reminders only
    is_active = models.BooleanField("đang dùng", default=True)
    must_change_password = models.BooleanField("phải đổi mật khẩu khi đăng nhập", default=False)

    USERNAME_FIELD = "username"
    objects = Accounts()

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def __str__(self) -> str:
        return self.username


class CalendarFeed(models.Model):
    """The address at which a calendar program reads an account's deadlines: only the hash of its secret part is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed", verbose_name="tài khoản")
    token_hash = models.CharField(max_length=64, unique=True)
    made_on = models.DateField("lập ngày")

    class Meta:
        verbose_name = "địa chỉ lịch"
        verbose_name_plural = "địa chỉ lịch"

    def __str__(self) -> str:
        return f"lịch của {self.user}"
