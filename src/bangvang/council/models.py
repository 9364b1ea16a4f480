"""Councils and their sessions: agenda, roll, declarations, written opinions, the counting board, sealed envelopes."""

from django.db import models
from django.db.models import F, Q

from bangvang.council.counting import Rule, Sums
from bangvang.dossiers.models import Nomination
from bangvang.kernel.models import Root
from bangvang.papers.models import StoredFile
from bangvang.people.models import Dated, DatedQuerySet, Person, Unit


class Council(Root, Dated):
    """A council made by a decision. Whoever belongs to it stands in its members; a later decision makes a new council."""

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="councils", verbose_name="cơ quan lập")
    name = models.CharField("tên Hội đồng", max_length=200)
    decision = models.CharField("theo quyết định", max_length=200)
    decided_on = models.DateField("ngày quyết định")
    issuer = models.CharField(
        "quy định riêng áp dụng", max_length=40, blank=True
    )  # a code of the law book's local rules
    same_unit_recuses = models.BooleanField("uỷ viên không bỏ phiếu cho đơn vị mình", default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "Hội đồng"
        verbose_name_plural = "Hội đồng"
        ordering = ["-valid_from", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="council_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CouncilMember(models.Model):
    """A person in a council, in the order of its decision. A secretary may have no vote."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Chủ tịch"
        VICE = "vice", "Phó Chủ tịch"
        SECRETARY = "secretary", "Thư ký"
        MEMBER = "member", "Uỷ viên"

    council = models.ForeignKey(Council, models.PROTECT, related_name="members", verbose_name="Hội đồng")
    person = models.ForeignKey(Person, models.PROTECT, related_name="council_memberships", verbose_name="người")
    role = models.CharField("vai trò", max_length=10, choices=Role, default=Role.MEMBER)
    has_vote = models.BooleanField("có quyền bỏ phiếu", default=True)
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "thành viên Hội đồng"
        verbose_name_plural = "thành viên Hội đồng"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "person"], name="a_person_sits_once_in_a_council"),
            models.UniqueConstraint(fields=["council"], condition=Q(role="chair"), name="a_council_has_one_chair"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class Session(Root):
    """One meeting of a council. `vote_round` counts votes held again; `frozen_hash` names what was frozen before a vote."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang chuẩn bị"
        CONVENED = "convened", "Đã triệu tập"
        REHEARSING = "rehearsing", "Đang bỏ phiếu thử"
        VOTING = "voting", "Đang bỏ phiếu"
        CLOSED = "closed", "Đã đóng, chờ mở phiếu"
        COUNTED = "counted", "Đã kiểm phiếu"
        CONCLUDED = "concluded", "Đã kết luận"
        CANCELLED = "cancelled", "Đã huỷ"

    class Mode(models.TextChoices):
        ONLINE = "online", "Phiếu kín trên hệ thống"
        PAPER = "paper", "Phiếu giấy"
        MIXED = "mixed", "Trên hệ thống và phiếu giấy"

    UNFROZEN = (State.DRAFT, State.CONVENED)
    FROZEN = (State.REHEARSING, State.VOTING, State.CLOSED)
    ENDED = (State.CONCLUDED, State.CANCELLED)

    council = models.ForeignKey(Council, models.PROTECT, related_name="sessions", verbose_name="Hội đồng")
    number = models.PositiveSmallIntegerField("phiên thứ")
    held_on = models.DateField("ngày họp")
    place = models.CharField("địa điểm", max_length=200)
    mode = models.CharField("cách bỏ phiếu", max_length=6, choices=Mode, default=Mode.ONLINE)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT, editable=False)
    vote_round = models.PositiveSmallIntegerField("lần bỏ phiếu", default=0, editable=False)
    frozen_hash = models.CharField("mã của danh sách đã khoá", max_length=64, blank=True, editable=False)
    public_key = models.BinaryField(null=True, editable=False)
    discussion = models.TextField("diễn biến, ý kiến", blank=True)
    conclusion = models.TextField("kết luận", blank=True)

    class Meta:
        verbose_name = "phiên họp Hội đồng"
        verbose_name_plural = "phiên họp Hội đồng"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="sessions_of_a_council_are_numbered"),
            models.CheckConstraint(
                name="a_frozen_session_has_its_hash",
                condition=~Q(state__in=["rehearsing", "voting", "closed", "counted", "concluded"]) | ~Q(frozen_hash=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council}, phiên {self.number}"

    @property
    def uses_envelopes(self) -> bool:
        return self.mode != self.Mode.PAPER


class Seat(models.Model):
    """A member's place in one session, with name, post and right to vote as they are that day: the roll."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="seats", verbose_name="phiên họp")
    member = models.ForeignKey(CouncilMember, models.PROTECT, related_name="seats", verbose_name="thành viên")
    position = models.PositiveSmallIntegerField("thứ tự")
    post_then = models.CharField("chức vụ lúc họp", max_length=200, blank=True)
    has_vote = models.BooleanField("có quyền bỏ phiếu")
    is_present = models.BooleanField("có mặt", default=False)
    arrived_at = models.TimeField("đến lúc", null=True, blank=True)
    absence = models.CharField("lý do vắng", max_length=200, blank=True)
    on_paper = models.BooleanField("bỏ phiếu giấy", default=False)

    class Meta:
        verbose_name = "ghế trong phiên họp"
        verbose_name_plural = "ghế trong phiên họp"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="a_member_has_one_seat_in_a_session"),
            models.CheckConstraint(
                name="who_is_present_has_no_reason_to_be_away", condition=Q(is_present=False) | Q(absence="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ({self.session})"

    @property
    def person(self) -> Person:
        return self.member.person

    @property
    def votes(self) -> bool:
        """Gets a ballot: present, with a vote."""
        return self.has_vote and self.is_present


class AgendaLine(models.Model):
    """One nomination before a session: the share it needs, as frozen, and what was counted. Counts stay empty until opened."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="lines", verbose_name="phiên họp")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="agenda_lines", verbose_name="đề nghị")
    position = models.PositiveSmallIntegerField("thứ tự")
    at_least = models.PositiveSmallIntegerField("từ (%)", null=True, blank=True)
    more_than = models.PositiveSmallIntegerField("trên (%)", null=True, blank=True)
    rule_source = models.CharField("nguồn tỷ lệ", max_length=10, blank=True)
    rule_cite = models.CharField("căn cứ tỷ lệ", max_length=600, blank=True)
    confirmed_by = models.CharField("người xác nhận tỷ lệ", max_length=300, blank=True)
    confirmed_text = models.CharField("văn bản đã mở", max_length=300, blank=True)
    members = models.PositiveSmallIntegerField("tổng số thành viên có quyền bỏ phiếu", null=True, editable=False)
    handed_out = models.PositiveSmallIntegerField("phát ra", null=True, editable=False)
    returned = models.PositiveSmallIntegerField("thu về", null=True, editable=False)
    agreed = models.PositiveSmallIntegerField("đồng ý", null=True, editable=False)
    against = models.PositiveSmallIntegerField("không đồng ý", null=True, editable=False)
    invalid = models.PositiveSmallIntegerField("không hợp lệ", null=True, editable=False)
    written_for = models.PositiveSmallIntegerField("ý kiến bằng văn bản đồng ý", null=True, editable=False)
    written_against = models.PositiveSmallIntegerField("ý kiến bằng văn bản không đồng ý", null=True, editable=False)
    passed = models.BooleanField("đạt", null=True, editable=False)

    class Meta:
        verbose_name = "trường hợp trong chương trình"
        verbose_name_plural = "trường hợp trong chương trình"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "nomination"], name="a_nomination_stands_once_on_an_agenda"),
            models.CheckConstraint(
                name="a_line_has_one_share", condition=Q(at_least__isnull=True) | Q(more_than__isnull=True)
            ),
            models.CheckConstraint(
                name="counted_ballots_agree",
                condition=Q(returned__isnull=True)
                | Q(returned=F("agreed") + F("against") + F("invalid"), returned__lte=F("handed_out")),
            ),
            models.CheckConstraint(
                name="a_line_is_counted_whole",
                condition=Q(
                    members__isnull=True, handed_out__isnull=True, returned__isnull=True, agreed__isnull=True,
                    against__isnull=True, invalid__isnull=True, written_for__isnull=True, written_against__isnull=True,
                    passed__isnull=True,
                )
                | Q(
                    members__isnull=False, handed_out__isnull=False, returned__isnull=False, agreed__isnull=False,
                    against__isnull=False, invalid__isnull=False, written_for__isnull=False,
                    written_against__isnull=False, passed__isnull=False,
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.position}. {self.nomination}"

    @property
    def rule(self) -> Rule:
        """The share that was frozen with the line."""
        return Rule(self.at_least, self.more_than, True, self.rule_source, self.rule_cite, decides=True)

    @property
    def total_for(self) -> int:
        """Ballots and written opinions in favour, once counted."""
        return (self.agreed or 0) + (self.written_for or 0)


class Declaration(models.Model):
    """A member's word on one line, before its file opens: no conflict, or one (then there is no ballot for that line)."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="declarations", verbose_name="ghế")
    line = models.ForeignKey(AgendaLine, models.CASCADE, related_name="declarations", verbose_name="trường hợp")
    has_conflict = models.BooleanField("có xung đột lợi ích")
    reason = models.CharField("lý do", max_length=200, blank=True)
    is_automatic = models.BooleanField("do hệ thống ghi", default=False)

    class Meta:
        verbose_name = "bản khai xung đột lợi ích"
        verbose_name_plural = "bản khai xung đột lợi ích"
        ordering = ["line__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "line"], name="a_member_declares_once_on_a_line"),
            models.CheckConstraint(name="a_conflict_has_a_reason", condition=Q(has_conflict=False) | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.reason or 'không có xung đột'}"


class WrittenOpinion(models.Model):
    """An absent member's opinion on one line, from a signed paper. It is no secret ballot: counted and shown apart."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="opinions", verbose_name="ghế")
    line = models.ForeignKey(AgendaLine, models.CASCADE, related_name="opinions", verbose_name="trường hợp")
    agrees = models.BooleanField("đồng ý")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="bản đã ký")

    class Meta:
        verbose_name = "ý kiến bằng văn bản"
        verbose_name_plural = "ý kiến bằng văn bản"
        constraints = [models.UniqueConstraint(fields=["seat", "line"], name="an_absent_member_writes_once_on_a_line")]

    def __str__(self) -> str:
        return f"{self.seat}: {'đồng ý' if self.agrees else 'không đồng ý'}"


class Teller(models.Model):
    """A code-holder of the counting board; the first is its head. Of the code only the public key made of it is kept."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="tellers", verbose_name="phiên họp")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người")
    position = models.PositiveSmallIntegerField("thứ tự")
    public_key = models.BinaryField(null=True, editable=False)

    class Meta:
        verbose_name = "thành viên ban kiểm phiếu"
        verbose_name_plural = "thành viên ban kiểm phiếu"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="a_person_counts_once_in_a_session"),
            models.UniqueConstraint(fields=["session", "position"], name="a_counting_board_has_three_places"),
            models.CheckConstraint(name="a_teller_has_place_one_to_three", condition=Q(position__in=[1, 2, 3])),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.position})"


class Envelope(models.Model):
    """A member's sealed ballot. The row is made when the roll is frozen, in the order of the list, and stays empty until the
    ballot comes: neither its place nor anything in it says when. Gone when the vote is opened or given up."""

    seat = models.OneToOneField(Seat, models.CASCADE, related_name="envelope", verbose_name="ghế")
    sealed = models.BinaryField(null=True, editable=False)
    was_voided = models.BooleanField("đã đổi phiếu một lần", default=False)

    class Meta:
        verbose_name = "phong bì phiếu kín"
        verbose_name_plural = "phong bì phiếu kín"

    def __str__(self) -> str:
        return f"phong bì của ghế {self.seat_id}"


class WrappedKey(models.Model):
    """The session's private key, sealed so that only these two code-holders together can take it out."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="wrapped_keys")
    one = models.PositiveSmallIntegerField()
    other = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        verbose_name = "khoá phiên bọc kín"
        verbose_name_plural = "khoá phiên bọc kín"
        constraints = [
            models.UniqueConstraint(fields=["session", "one", "other"], name="a_pair_has_one_wrapped_key"),
            models.CheckConstraint(name="a_pair_is_two", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"khoá cho {self.one} và {self.other}"


class PaperCount(models.Model):
    """What the counting board counted of the paper ballots of one line."""

    line = models.OneToOneField(AgendaLine, models.CASCADE, related_name="paper_count", verbose_name="trường hợp")
    handed_out = models.PositiveSmallIntegerField("phát ra")
    returned = models.PositiveSmallIntegerField("thu về")
    agreed = models.PositiveSmallIntegerField("đồng ý")
    against = models.PositiveSmallIntegerField("không đồng ý")
    invalid = models.PositiveSmallIntegerField("không hợp lệ")

    class Meta:
        verbose_name = "kết quả phiếu giấy"
        verbose_name_plural = "kết quả phiếu giấy"
        constraints = [
            models.CheckConstraint(
                name="paper_ballots_agree",
                condition=Q(returned=F("agreed") + F("against") + F("invalid"), returned__lte=F("handed_out")),
            )
        ]

    def __str__(self) -> str:
        return f"phiếu giấy: {self.line}"

    @property
    def sums(self) -> Sums:
        return Sums(self.handed_out, self.returned, self.agreed, self.against, self.invalid)
