"""Letters to a real mail server on loopback: at most once on the wire, and a row that says what is known."""

import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from bangvang.kernel import leases
from bangvang.kernel.models import JobLease
from bangvang.notices import actions
from bangvang.notices.models import Mail, Notice
from bangvang.notices.queries import outcomes
from bangvang.people.actor import Actor
from bangvang.people.models import User
from tests import databases, factories
from tests.notices import mail_server

ADDRESS = "lan@coquan.example"


@pytest.fixture
def server(settings: Any) -> Iterator[mail_server.Server]:
    with mail_server.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = False
        settings.EMAIL_TIMEOUT = 5
        yield server


def ordered(reader: User, key: str = "nhac", subject: str = "Nhắc gửi báo cáo Quý II/2026") -> JobLease:
    """An announcement delivered in the product; gives the job of its letter."""
    announcement = actions.announce([reader.pk], "Hôm nay là ngày cuối.", key=key, subject=subject)
    while actions.deliver_next(announcement, most=50):
        pass
    return JobLease.objects.get(job="notices.post")


def run(lease: JobLease) -> JobLease:
    leases.work.func(lease.pk)
    lease.refresh_from_db()
    return lease


@pytest.fixture
def reader(lan: Actor) -> User:
    User.objects.filter(pk=lan.user.pk).update(email=ADDRESS)
    return lan.user


def test_a_letter_is_sent_once_in_vietnamese(reader: User, server: mail_server.Server) -> None:
    lease = run(ordered(reader))
    letter = message_from_bytes(server.taken[0], policy=policy.default)
    assert (letter["To"], letter["Subject"]) == (ADDRESS, "Nhắc gửi báo cáo Quý II/2026")
    assert "Hôm nay là ngày cuối." in letter.get_content()
    assert (Mail.objects.get().outcome, lease.done_at is not None) == ("sent", True)
    leases.work.func(factories.lease("notices.post", arguments=[Mail.objects.get().pk]).pk)
    assert (len(server.taken), outcomes("nhac")) == (1, [("Đã gửi", 1)])


def test_without_an_address_a_subject_or_a_mail_server_there_is_no_letter(
    reader: User, hoa: Actor, server: mail_server.Server, settings: Any
) -> None:
    actions.deliver_next(actions.announce([hoa.user.pk], "x", key="a", subject="X"), most=5)
    actions.deliver_next(actions.announce([reader.pk], "x", key="b"), most=5)
    settings.EMAIL_HOST = ""
    actions.deliver_next(actions.announce([reader.pk], "x", key="c", subject="X"), most=5)
    assert (Mail.objects.count(), Notice.objects.count()) == (0, 3)


def test_a_server_that_does_not_answer_is_tried_again_and_nothing_was_sent(
    reader: User, server: mail_server.Server, settings: Any
) -> None:
    settings.EMAIL_PORT = 9  # nobody listens
    lease = run(ordered(reader))
    assert (Mail.objects.get().outcome, lease.done_at, lease.trouble[:9]) == ("waiting", None, "Lần thử 1")
    settings.EMAIL_PORT = server.port
    JobLease.objects.filter(pk=lease.pk).update(until=None)
    run(lease)
    assert (Mail.objects.get().outcome, len(server.taken)) == ("sent", 1)


@pytest.mark.parametrize(
    ("answer", "outcome"), [("550 no such person", "refused"), ("451 later", "refused"), ("", "unsure")]
)
def test_a_no_is_a_refusal_and_silence_is_unsure(
    reader: User, server: mail_server.Server, answer: str, outcome: str
) -> None:
    server.answer = answer
    lease = run(ordered(reader))
    assert (Mail.objects.get().outcome, lease.done_at is not None, len(server.taken)) == (outcome, True, 1)


def test_killed_between_the_answer_and_our_commit_leaves_one_letter_and_a_row_that_says_so(
    committed: str, lan_committed: Actor, server: mail_server.Server, tmp_path: Path
) -> None:
    User.objects.filter(pk=lan_committed.user.pk).update(email=ADDRESS)
    lease = ordered(lan_committed.user)
    program = (
        f"import django; django.setup(); from bangvang.kernel import leases; input(); leases.work.func({lease.pk})"
    )
    environment = databases.environment(committed, var=tmp_path) | {
        "BV_SMTP_HOST": "127.0.0.1",
        "BV_SMTP_PORT": str(server.port),
        "BV_SMTP_SECURITY": "",
    }
    with subprocess.Popen([sys.executable, "-c", program], env=environment, stdin=subprocess.PIPE) as worker:
        server.kills = worker.pid
        assert worker.stdin is not None
        worker.stdin.write(b"\n")
        worker.stdin.close()
        assert worker.wait(timeout=60) == -9
    assert (Mail.objects.get().outcome, len(server.taken)) == ("sending", 1)
    server.kills = 0
    JobLease.objects.filter(pk=lease.pk).update(until=None)
    run(lease)
    assert (Mail.objects.get().outcome, len(server.taken), outcomes("nhac")) == ("unsure", 1, [("Không rõ đã gửi", 1)])
