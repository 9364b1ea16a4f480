"""A line told to one account."""

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """`key` makes telling repeatable: the same thing is told to a person once, however often a job is run again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="người nhận"
    )
    key = models.CharField(max_length=120)
    text = models.CharField("nội dung", max_length=600)
    view = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=16, blank=True)
    told_at = models.DateTimeField("báo lúc")
    read_at = models.DateTimeField("đã đọc lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lời báo"
        verbose_name_plural = "lời báo"
        ordering = ["-told_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="a_thing_is_told_once_to_a_person")]

    def __str__(self) -> str:
        return self.text[:60]


class Announcement(models.Model):
    """The same line for many people; a job tells it in chunks."""

    key = models.CharField(max_length=120, unique=True)
    text = models.CharField("nội dung", max_length=600)
    view = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=16, blank=True)
    subject = models.CharField("tiêu đề thư", max_length=120, blank=True)  # empty: told in the product only
    users = models.JSONField("tài khoản nhận", default=list)  # ids; accounts are few thousand at most

    class Meta:
        verbose_name = "thông báo chung"
        verbose_name_plural = "thông báo chung"

    def __str__(self) -> str:
        return self.text[:60]


class Mail(models.Model):
    """One letter to one account, at most once on the wire: SENDING is committed before the mail server is told, what came
    of it after. A row found SENDING later is UNSURE, and is never sent again by itself."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENDING = "sending", "Đang gửi"
        SENT = "sent", "Đã gửi"
        UNSURE = "unsure", "Không rõ đã gửi"
        REFUSED = "refused", "Máy chủ thư không nhận"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mails", verbose_name="người nhận")
    key = models.CharField(max_length=120)
    subject = models.CharField("tiêu đề", max_length=120)
    text = models.CharField("nội dung", max_length=600)
    outcome = models.CharField("kết quả gửi", max_length=8, choices=Outcome, default=Outcome.WAITING)
    ordered_at = models.DateTimeField("đặt lúc")
    settled_at = models.DateTimeField("có kết quả lúc", null=True, blank=True)

    class Meta:
        verbose_name = "thư"
        verbose_name_plural = "thư"
        indexes = [models.Index(fields=["key", "outcome"], name="mail_by_key")]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="a_thing_is_mailed_once_to_a_person")]

    def __str__(self) -> str:
        return self.subject
