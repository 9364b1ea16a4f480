import pytest

from bangvang.kernel import leases
from bangvang.kernel.models import JobLease
from bangvang.notices import actions, jobs
from bangvang.notices.models import Announcement, Notice
from bangvang.people.actor import Actor
from tests import factories


def test_the_same_thing_is_told_to_a_person_once(lan: Actor, hoa: Actor) -> None:
    actions.tell([lan.user.pk], "Chờ duyệt.", key="a", link=("movements:one", "k3f9"))
    actions.tell([lan.user.pk, hoa.user.pk], "Chờ duyệt.", key="a")
    assert sorted(Notice.objects.values_list("user", "view", "code")) == sorted(
        [(lan.user.pk, "movements:one", "k3f9"), (hoa.user.pk, "", "")]
    )


def test_a_long_line_is_cut_to_what_the_column_holds(lan: Actor) -> None:
    actions.tell([lan.user.pk], "ă" * 700, key="a")
    assert Notice.objects.get().text == "ă" * 600


def test_an_announcement_reaches_everybody_in_chunks(lan: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "CHUNK", 2)
    readers = [factories.user().pk for _ in range(5)]
    announcement = actions.announce(readers, "Đã ban hành.", key="tin")
    assert [actions.deliver_next(announcement, most=2) for _ in range(3)] == [True, True, False]
    assert actions.deliver_next(announcement, most=2) is False
    leases.work.func(JobLease.objects.get().pk)
    assert sorted(Notice.objects.values_list("user", flat=True)) == sorted(readers)
    assert JobLease.objects.get().done_at is not None


def test_an_announcement_is_ordered_as_one_job_with_an_id(lan: Actor) -> None:
    announcement = actions.announce([lan.user.pk], "x", key="tin")
    assert (JobLease.objects.get().job, JobLease.objects.get().arguments) == ("notices.deliver", [announcement.pk])
    assert str(Announcement.objects.get()) == "x"


def test_reading_marks_only_ones_own_new_lines(lan: Actor, hoa: Actor) -> None:
    actions.tell([lan.user.pk, hoa.user.pk], "x", key="a")
    assert (actions.mark_read(lan.user.pk), actions.mark_read(lan.user.pk)) == (1, 0)
    assert Notice.objects.filter(read_at=None).get().user == hoa.user
