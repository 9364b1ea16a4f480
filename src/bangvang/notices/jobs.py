"""Announcements reach people in chunks; a killed worker's successor goes on where it stopped. A letter is never sent twice."""

from bangvang.kernel.leases import Held, job
from bangvang.notices import actions, mailing
from bangvang.notices.models import Announcement, Mail

CHUNK = 200


@job("notices.deliver")
def deliver(held: Held, announcement_id: int) -> None:
    announcement = Announcement.objects.get(pk=announcement_id)
    more = True
    while more:
        with held.chunk():
            more = actions.deliver_next(announcement, most=CHUNK)


@job("notices.post")
def post(held: Held, mail_id: int) -> None:
    """Send one letter. The mail server is reached first: while it does not answer nothing was sent, and the job is tried
    again. From `begin` on there is one try."""
    mail = Mail.objects.select_related("user").get(pk=mail_id)
    if mail.outcome == Mail.Outcome.SENDING:  # a worker vanished on the way: it may have been sent
        with held.chunk():
            actions.settle(mail, Mail.Outcome.UNSURE)
        return
    with mailing.reached() as server:
        with held.chunk():
            begun = actions.begin(mail)
        if begun:
            outcome = mailing.hand_over(server, mail)
            with held.chunk():
                actions.settle(mail, outcome)
