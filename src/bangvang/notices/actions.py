"""Telling people. Called inside the action that gives the reason, so the line exists exactly when the act does."""

from collections.abc import Iterable

from bangvang.kernel import clock, leases
from bangvang.notices.models import Announcement, Notice

Link = tuple[str, str]  # (view name, public code): an address is made when the page is drawn


def tell(user_ids: Iterable[int], text: str, *, key: str, link: Link = ("", "")) -> None:
    """Tell a few accounts at once; telling the same key twice is no second line."""
    view, code = link
    Notice.objects.bulk_create(
        [Notice(user_id=pk, key=key, text=text[:600], view=view, code=code, told_at=clock.now()) for pk in user_ids],
        ignore_conflicts=True,
    )


def announce(user_ids: Iterable[int], text: str, *, key: str, link: Link = ("", "")) -> Announcement:
    """Tell many accounts in the background; the order rolls back with the act."""
    view, code = link
    announcement = Announcement.objects.create(key=key, text=text[:600], view=view, code=code, users=sorted(user_ids))
    leases.order("notices.deliver", announcement.pk)
    return announcement


def deliver_next(announcement: Announcement, *, most: int) -> bool:
    """Tell the next `most` accounts that do not have the line yet. False when nobody is left."""
    told = set(Notice.objects.filter(key=announcement.key).values_list("user_id", flat=True))
    left = [pk for pk in announcement.users if pk not in told]
    tell(left[:most], announcement.text, key=announcement.key, link=(announcement.view, announcement.code))
    return len(left) > most


def mark_read(user_id: int) -> int:
    """The owner has seen the list. Returns how many lines were new."""
    return Notice.objects.filter(user_id=user_id, read_at__isnull=True).update(read_at=clock.now())
