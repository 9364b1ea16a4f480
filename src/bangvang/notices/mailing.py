"""Handing one letter to the mail server, and what its answer means."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.mail import EmailMessage, get_connection

from bangvang.notices.models import Mail

FOOT = "Thư này do phần mềm Bảng Vàng của cơ quan gửi tự động, xin không trả lời thư."
SAID_NO = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)  # the server answered, and its answer is no


@contextmanager
def reached() -> Iterator[Any]:
    """A mail server that has greeted us; whatever is raised before that means that nothing was sent."""
    server = get_connection()
    server.open()
    try:
        yield server
    finally:
        server.close()


def hand_over(server: Any, mail: Mail) -> Mail.Outcome:
    """Send once. A yes is SENT, a no is REFUSED; silence or a broken line after we began is UNSURE."""
    message = EmailMessage(mail.subject, f"{mail.text}\n\n{FOOT}", to=[mail.user.email], connection=server)
    try:
        message.send()
    except SAID_NO:
        return Mail.Outcome.REFUSED
    except (OSError, smtplib.SMTPException):
        return Mail.Outcome.UNSURE
    return Mail.Outcome.SENT
