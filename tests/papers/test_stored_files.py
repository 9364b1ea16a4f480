"""Receiving, settling, ordering and drawing papers."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from bangvang.kernel import leases
from bangvang.kernel.models import JobLease
from bangvang.papers import actions
from bangvang.papers.models import Paper, PaperOrder, StoredFile
from bangvang.people.actor import Actor
from tests import factories
from tests.papers.samples import PLAN


class Upload:
    """A file as a browser sends it."""

    def __init__(self, name: str | None, *parts: bytes) -> None:
        self.name, self.parts = name, parts

    def chunks(self) -> Iterable[bytes]:
        return iter(self.parts)


def test_a_received_file_lies_under_its_hash_and_waits_for_its_check(lan: Actor, media: Path) -> None:
    file = actions.receive(Upload("../../thư mục/bản ký.pdf", b"%PDF", b"-1.7"), by=lan)
    sha256 = hashlib.sha256(b"%PDF-1.7").hexdigest()
    assert (file.name, file.sha256, file.size, file.state) == ("bản ký.pdf", sha256, 8, "waiting")
    assert file.path == media / sha256[:2] / sha256
    assert file.path.read_bytes() == b"%PDF-1.7"
    assert (JobLease.objects.get().job, JobLease.objects.get().arguments) == ("papers.check", [file.pk])
    assert [path for path in media.rglob("coming-*")] == []


def test_a_nameless_file_gets_a_name(lan: Actor, media: Path) -> None:
    assert actions.receive(Upload(None, b"x"), by=lan).name == "tệp"


def test_a_file_is_settled_once(lan: Actor, media: Path) -> None:
    file = actions.receive(Upload("a.pdf", b"x"), by=lan)
    actions.settle(file, kind="pdf")
    actions.settle(file, kind="", refusal="Muộn rồi.")
    stored = StoredFile.objects.get()
    assert (stored.state, stored.kind, stored.refusal) == ("usable", "pdf", "")
    assert stored.path.exists()


def test_refused_content_is_removed_once_nobody_else_has_it(
    lan: Actor, hoa: Actor, media: Path, django_capture_on_commit_callbacks: object
) -> None:
    first, second = (actions.receive(Upload("a.exe", b"MZ"), by=actor) for actor in (lan, hoa))
    for file, still_there in ((first, True), (second, False)):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            actions.settle(file, kind="", refusal="Đây là chương trình, không phải văn bản.")
        assert file.path.exists() is still_there
    assert set(StoredFile.objects.values_list("state", "refusal")) == {
        ("refused", "Đây là chương trình, không phải văn bản.")
    }


def test_a_file_may_be_relied_on_by_its_sender_once_found_in_order(lan: Actor, hoa: Actor, media: Path) -> None:
    file = factories.stored_file(lan.user)
    assert bool(actions.is_usable(file, lan)) is True
    assert actions.is_usable(file, hoa).reason == "Tệp này do người khác gửi lên."


def test_an_order_is_frozen_drawn_once_and_never_again(lan: Actor, media: Path) -> None:
    movement = factories.movement(lan)
    with transaction.atomic():
        order = actions.order("movement_plan", PLAN, name="Ke-hoach-15-KH-STC", about=movement, by=lan)
    lease = JobLease.objects.get()
    leases.work.func(lease.pk)
    papers = list(Paper.objects.select_related("file"))
    assert [(paper.format, paper.file.name, paper.file.state) for paper in papers] == [
        ("docx", "Ke-hoach-15-KH-STC.docx", "usable"),
        ("pdf", "Ke-hoach-15-KH-STC.pdf", "usable"),
    ]
    assert [paper.file.path.read_bytes()[:4] for paper in papers] == [b"PK\x03\x04", b"%PDF"]
    # A successor after a kill draws only what is missing: here, nothing.
    JobLease.objects.update(done_at=None)
    leases.work.func(lease.pk)
    assert [paper.pk for paper in Paper.objects.all()] == [paper.pk for paper in papers]
    assert actions.papers_of(movement) == [order]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Paper.objects.update(format="pdf")


def test_an_order_rolls_back_with_its_act(lan: Actor, media: Path) -> None:
    movement = factories.movement(lan)
    with pytest.raises(ValueError, match=r"^$"), transaction.atomic():  # noqa: PT012
        actions.order("movement_plan", PLAN, name="x", about=movement, by=lan)
        raise ValueError
    assert (PaperOrder.objects.count(), JobLease.objects.count()) == (0, 0)


def test_the_check_job_refuses_what_is_no_document_and_accepts_a_real_one(lan: Actor, media: Path) -> None:
    from bangvang.papers import docx

    bad = actions.receive(Upload("ban-ky.pdf", b"MZ\x90\x00" + b"\0" * 200), by=lan)
    good = actions.receive(Upload("ban-ky.docx", docx.write(PLAN)), by=lan)
    for lease in JobLease.objects.order_by("pk"):
        leases.work.func(lease.pk)
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.state, bool(bad.refusal)) == ("refused", True)
    assert (good.state, good.kind, good.refusal) == ("usable", "docx", "")


def test_a_plan_that_the_check_refused_says_why_though_its_content_is_gone(lan: Actor, media: Path) -> None:
    reading = actions.read_plan(Upload("ke-hoach.pdf", b"MZ\x90\x00" + b"\0" * 200), by=lan)
    reading.file.state, reading.file.refusal = "refused", "Tệp này là một chương trình máy tính."
    reading.file.save()
    reading.file.path.unlink()
    leases.work.func(JobLease.objects.get(job="papers.read_plan").pk)
    reading.refresh_from_db()
    assert (reading.state, reading.refusal) == ("refused", "Tệp này là một chương trình máy tính.")
