"""What the cellar keeps: roots with their chains, events, seals, leases, drafts."""

import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import models

CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: codes are read aloud on the telephone


def public_code() -> str:
    """A random code of 10 characters (49 bits) for addresses; primary keys never stand in an address."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(10))


class Root(models.Model):
    """A thing with a life and a story: it has a version for editors and the head of its own chain of events.

    The row is also the chain's lock: whoever moves it, or appends to its chain, holds it until the transaction ends.
    """

    code = models.CharField("mã", max_length=16, unique=True, default=public_code, editable=False)
    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    chain_length = models.PositiveIntegerField(default=0, editable=False)
    chain_head = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        abstract = True

    @property
    def root_kind(self) -> str:
        return str(self._meta.model_name)


class AppendOnly(models.Model):
    """Rows that are written once: database triggers refuse UPDATE, DELETE and TRUNCATE (see triggers.py)."""

    class Meta:
        abstract = True


class Event(AppendOnly):
    """One act: who, in which duty, when, which verb. The words are in EventBody and only their salted hash is here."""

    at = models.DateTimeField("lúc")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người làm"
    )
    duty = models.CharField("chức trách khi làm", max_length=300)
    verb = models.CharField("việc", max_length=80)
    body_hash = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "sự kiện"
        verbose_name_plural = "sự kiện"
        indexes = [models.Index(fields=["at"], name="event_by_time")]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"


class EventBody(models.Model):
    """The words of an event, apart, so that a cited retention decision can remove them and the chain still verifies."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="body")
    salt = models.CharField(max_length=32)
    words = models.TextField()

    class Meta:
        verbose_name = "nội dung sự kiện"
        verbose_name_plural = "nội dung sự kiện"

    def __str__(self) -> str:
        return f"nội dung của sự kiện {self.event_id}"


class EventLink(AppendOnly):
    """The place of an event in the chain of one root; an event that concerns several roots has a link in each chain."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="links")
    root_kind = models.CharField(max_length=40)
    root_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "mắt xích"
        verbose_name_plural = "mắt xích"
        constraints = [
            models.UniqueConstraint(fields=["root_kind", "root_id", "seq"], name="a_chain_has_one_event_at_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.root_kind} {self.root_id} #{self.seq}"


class Seal(AppendOnly):
    """The heads of all chains at one moment, hashed into one value that can be printed on a paper or mailed out."""

    at = models.DateTimeField("lúc")
    occasion = models.CharField("dịp", max_length=120)
    roots = models.PositiveIntegerField("số chuỗi")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "niêm phong"
        verbose_name_plural = "niêm phong"

    def __str__(self) -> str:
        return f"{self.hash[:16]} ({self.at:%d/%m/%Y})"


class SealLeaf(AppendOnly):
    """The head of one chain that had grown since the seal before."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="leaves")
    root_kind = models.CharField(max_length=40)
    root_id = models.BigIntegerField()
    length = models.PositiveIntegerField()
    head = models.CharField(max_length=64)

    class Meta:
        verbose_name = "đầu chuỗi đã niêm phong"
        verbose_name_plural = "đầu chuỗi đã niêm phong"
        constraints = [
            models.UniqueConstraint(fields=["seal", "root_kind", "root_id"], name="a_seal_names_a_chain_once")
        ]

    def __str__(self) -> str:
        return f"{self.root_kind} {self.root_id} @{self.length}"


class Expunged(AppendOnly):
    """The permit to remove one event's words: which decision, when, by whom. The trigger lets nothing go without it."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="expunged")
    decision = models.CharField("theo văn bản", max_length=300)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "nội dung đã xoá"
        verbose_name_plural = "nội dung đã xoá"

    def __str__(self) -> str:
        return f"sự kiện {self.event_id}: {self.decision}"


class JobLease(models.Model):
    """One ordered job and who may work on it now. The token fences: a worker that slept past `until` can write
    nothing."""

    job = models.CharField("việc", max_length=120)
    arguments = models.JSONField("đối số", default=list)  # ids and short codes only, never a person's words
    task = models.UUIDField(null=True)
    token = models.UUIDField(null=True)
    until = models.DateTimeField("giữ đến", null=True)
    ordered_at = models.DateTimeField("đặt lúc")
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    done_at = models.DateTimeField("xong lúc", null=True)
    dead_at = models.DateTimeField("ngừng thử lúc", null=True)
    trouble = models.CharField("lý do chưa xong", max_length=200, default="", blank=True)

    class Meta:
        verbose_name = "việc nền"
        verbose_name_plural = "việc nền"
        indexes = [models.Index(fields=["done_at", "dead_at", "until"], name="lease_open")]
        constraints = [
            models.CheckConstraint(
                name="a_job_is_not_done_and_dead",
                condition=models.Q(done_at__isnull=True) | models.Q(dead_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.arguments}"


class ClockLease(models.Model):
    """The single row that says which process is the installation's clock."""

    name = models.CharField(max_length=20, primary_key=True, default="clock")
    token = models.UUIDField(default=uuid.uuid4)
    until = models.DateTimeField()
    last_night = models.DateField("đêm đã niêm phong", null=True)

    class Meta:
        verbose_name = "đồng hồ"
        verbose_name_plural = "đồng hồ"

    def __str__(self) -> str:
        return self.name


class Draft(models.Model):
    """A long form as typed so far, seen by its owner only; gone on submit, or after 30 days."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    form = models.CharField(max_length=80)  # which form of which thing, e.g. "movement:k3f9…"
    fields: Any = models.JSONField(default=dict)
    address = models.CharField(max_length=300, default="", blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = "bản nháp"
        verbose_name_plural = "bản nháp"
        constraints = [models.UniqueConstraint(fields=["owner", "form"], name="one_draft_of_a_form_and_owner")]

    def __str__(self) -> str:
        return f"{self.form} của {self.owner_id}"
