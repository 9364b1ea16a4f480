"""Telling people. Called inside the action that gives the reason, so the line exists exactly when the act does."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model

from bangvang.kernel import clock, leases
from bangvang.notices.models import Announcement, Mail, Notice

Link = tuple[str, str]  # (view name, public code): an address is made when the page is drawn


def tell(user_ids: Iterable[int], text: str, *, key: str, link: Link = ("", "")) -> None:
    """Tell a few accounts at once; telling the same key twice is no second line."""
    tell_each([(pk, text, key) for pk in user_ids], link=link)


def tell_each(lines: Iterable[tuple[int, str, str]], *, link: Link = ("", "")) -> None:
    """Tell accounts each their own line: (account, text, key)."""
    view, code = link
    now = clock.now()
    Notice.objects.bulk_create(
        [Notice(user_id=pk, key=key, text=text[:600], view=view, code=code, told_at=now) for pk, text, key in lines],
        ignore_conflicts=True,
    )


def announce(user_ids: Iterable[int], text: str, *, key: str, link: Link = ("", ""), subject: str = "") -> Announcement:
    """Tell many accounts in the background; the order rolls back with the act. With a `subject` also by mail, to those
    who gave an address, where the installation has a mail server."""
    view, code = link
    announcement = Announcement.objects.create(
        key=key, text=text[:600], view=view, code=code, users=sorted(user_ids), subject=subject[:120]
    )
    leases.order("notices.deliver", announcement.pk)
    return announcement


def deliver_next(announcement: Announcement, *, most: int) -> bool:
    """Tell the next `most` accounts that do not have the line yet. False when nobody is left."""
    told = set(Notice.objects.filter(key=announcement.key).values_list("user_id", flat=True))
    left = [pk for pk in announcement.users if pk not in told]
    tell(left[:most], announcement.text, key=announcement.key, link=(announcement.view, announcement.code))
    if announcement.subject and settings.EMAIL_HOST:
        _mail(left[:most], announcement)
    return len(left) > most


def _mail(user_ids: list[int], announcement: Announcement) -> None:
    """One letter and one job for each account with an address."""
    reachable = get_user_model().objects.filter(pk__in=user_ids, is_active=True).exclude(email="").order_by("pk")
    for pk in reachable.values_list("pk", flat=True):
        mail, is_new = Mail.objects.get_or_create(
            user_id=pk,
            key=announcement.key,
            defaults={"subject": announcement.subject, "text": announcement.text, "ordered_at": clock.now()},
        )
        if is_new:
            leases.order("notices.post", mail.pk)


def begin(mail: Mail) -> bool:
    """Mark a waiting letter as being sent. False when it is not waiting: then it must not be handed to a mail server."""
    waiting = Mail.objects.filter(pk=mail.pk, outcome=Mail.Outcome.WAITING)
    return bool(waiting.update(outcome=Mail.Outcome.SENDING))


def settle(mail: Mail, outcome: Mail.Outcome) -> None:
    """Write down what came of a letter that was being sent."""
    sending = Mail.objects.filter(pk=mail.pk, outcome=Mail.Outcome.SENDING)
    sending.update(outcome=outcome, settled_at=clock.now())


def mark_read(user_id: int) -> int:
    """The owner has seen the list. Returns how many lines were new."""
    return Notice.objects.filter(user_id=user_id, read_at__isnull=True).update(read_at=clock.now())
