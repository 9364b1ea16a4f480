"""The clock without waiting: the lease, the night, lost jobs."""

import datetime
import uuid

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from bangvang.kernel import clock, drafts, leases, ticking
from bangvang.kernel.models import ClockLease, Draft, JobLease, Seal
from bangvang.people.models import User

MONDAY = datetime.date(2025, 12, 22)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_monday(settings: Settings) -> None:
    settings.ASSUMED_TODAY = MONDAY


def test_second_process_waits_for_the_lease() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    assert ticking.tick(first) is not None
    assert ticking.tick(second) is None
    assert ticking.tick(first) is not None


def test_vanished_clock_is_replaced_when_its_lease_is_over() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    ticking.tick(first)
    ClockLease.objects.update(until=clock.true_now() - datetime.timedelta(seconds=1))
    assert ticking.tick(second) is not None
    assert ticking.tick(first) is None


def test_clock_that_rests_leaves_its_place_at_once() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    ticking.tick(first)
    ticking.rest(first)
    assert ticking.tick(second) is not None


def test_each_night_is_sealed_once(settings: Settings) -> None:
    token = uuid.uuid4()
    seals = [ticking.tick(token), ticking.tick(token)]
    settings.ASSUMED_TODAY = MONDAY + datetime.timedelta(days=1)
    seals += [ticking.tick(token), ticking.tick(token)]
    assert [one is not None and one.seal is not None for one in seals] == [True, False, True, False]
    assert list(Seal.objects.values_list("occasion", flat=True)) == ["Hằng đêm", "Hằng đêm"]
    assert ClockLease.objects.get().last_night == MONDAY + datetime.timedelta(days=1)


def test_another_clock_does_not_seal_the_same_night() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    ticking.tick(first)
    ticking.rest(first)
    ticked = ticking.tick(second)
    assert ticked is not None
    assert ticked.seal is None


def test_lost_job_is_ordered_again() -> None:
    lease = leases.order("notices.deliver", 0)
    DBTaskResult.objects.all().delete()
    JobLease.objects.update(ordered_at=clock.true_now() - leases.HELD)
    lost = lease.task
    ticked = ticking.tick(uuid.uuid4())
    assert ticked is not None
    assert ticked.revived == 1
    lease.refresh_from_db()
    assert (lease.task != lost, DBTaskResult.objects.filter(pk__in=[lease.task]).count()) == (True, 1)


def test_night_forgets_old_drafts_and_old_results() -> None:
    owner = User.objects.create_user("nguoi-soan")
    drafts.keep(owner.pk, "old", {"title": "cũ"})
    Draft.objects.update(saved_at=clock.true_now() - drafts.KEPT - datetime.timedelta(hours=1))
    drafts.keep(owner.pk, "new", {"title": "mới"})
    leases.order("notices.deliver", 0)
    leases.order("notices.deliver", 1)
    oldest = DBTaskResult.objects.order_by("enqueued_at")[0]
    long_ago = clock.true_now() - ticking.RESULTS_KEPT - datetime.timedelta(hours=1)
    DBTaskResult.objects.filter(pk=oldest.pk).update(status="SUCCESSFUL", finished_at=long_ago)
    ticking.tick(uuid.uuid4())
    assert list(Draft.objects.values_list("form", flat=True)) == ["new"]
    daily = JobLease.objects.exclude(job="notices.deliver").values_list("task", flat=True)
    left = DBTaskResult.objects.exclude(pk__in=list(daily))
    assert (left.count(), left.filter(pk=oldest.pk).exists()) == (1, False)
