"""The pact of a cluster for a year: what its members promise one another, signed by all of them."""

from django.db import models
from django.db.models import Q

from bangvang.kernel.models import Root
from bangvang.people.models import Cluster, Person, Unit


class Pact(Root):
    """One cluster's promise for one year. Texts hold one item a line; a target may say its measure and amount after bars."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        SIGNING = "signing", "Đang ký"
        IN_FORCE = "in_force", "Có hiệu lực"

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="pacts", verbose_name="cụm, khối")
    year = models.PositiveSmallIntegerField("năm")
    contents = models.TextField("nội dung thi đua", blank=True)
    targets = models.TextField("chỉ tiêu", blank=True)
    titles = models.TextField("danh hiệu phấn đấu", blank=True)
    state = models.CharField("trạng thái", max_length=8, choices=State, default=State.DRAFT, editable=False)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="người soạn", editable=False)
    in_force_on = models.DateField("có hiệu lực từ", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "giao ước thi đua"
        verbose_name_plural = "giao ước thi đua"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "year"], name="a_cluster_has_one_pact_a_year"),
            models.CheckConstraint(
                name="a_pact_in_force_has_its_day", condition=~Q(state="in_force") | Q(in_force_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Giao ước thi đua năm {self.year} của {self.cluster}"


class PactSignature(models.Model):
    """The place of one member under a pact: empty until it signed. `paper` names the paper when it signed there."""

    pact = models.ForeignKey(Pact, models.CASCADE, related_name="signatures", verbose_name="giao ước")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    signed_on = models.DateField("ký ngày", null=True, blank=True)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=120, blank=True)
    paper = models.CharField("ký trên bản giấy", max_length=200, blank=True)

    class Meta:
        verbose_name = "chữ ký giao ước"
        verbose_name_plural = "chữ ký giao ước"
        ordering = ["unit__order", "unit__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pact", "unit"], name="a_member_signs_a_pact_once"),
            models.CheckConstraint(
                name="a_signature_says_who_signed", condition=Q(signed_on__isnull=True) | ~Q(signer_name="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.signer_name}"
