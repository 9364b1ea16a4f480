"""Announcements reach people in chunks; a killed worker's successor goes on where it stopped."""

from bangvang.kernel.leases import Held, job
from bangvang.notices import actions
from bangvang.notices.models import Announcement

CHUNK = 200


@job("notices.deliver")
def deliver(held: Held, announcement_id: int) -> None:
    announcement = Announcement.objects.get(pk=announcement_id)
    more = True
    while more:
        with held.chunk():
            more = actions.deliver_next(announcement, most=CHUNK)
