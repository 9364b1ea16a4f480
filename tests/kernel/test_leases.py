"""Jobs under a fenced lease: who may write, what is tried again, what becomes a dead letter."""

import datetime
import uuid
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bangvang.kernel import clock, leases
from bangvang.kernel.leases import HELD, MOST_TRIES, Held, LeaseLost
from bangvang.kernel.models import JobLease
from bangvang.notices.models import Notice
from bangvang.people.models import User
from tests import databases, factories

START = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return factories.user(factories.person())


def run(lease: JobLease) -> JobLease:
    """What the queue's worker does with one order."""
    leases.work.func(lease.pk)
    lease.refresh_from_db()
    return lease


def taken(lease: JobLease) -> Held:
    """Somebody else takes the lease over after it ran out."""
    token = uuid.uuid4()
    JobLease.objects.filter(pk=lease.pk).update(token=token, until=clock.true_now() + HELD)
    return Held(lease.pk, token)


def test_an_order_is_one_lease_and_one_queued_task() -> None:
    lease = leases.order("test.any", 7, "a")
    lease.refresh_from_db()
    queued = DBTaskResult.objects.get()
    assert (lease.job, lease.arguments, lease.task) == ("test.any", [7, "a"], queued.pk)
    assert (queued.status, queued.args_kwargs) == (TaskResultStatus.READY, {"args": [lease.pk], "kwargs": {}})


def test_an_order_rolls_back_with_the_act_that_gave_it() -> None:
    with pytest.raises(ValueError, match=r"^$"), transaction.atomic():  # noqa: PT012 (the act itself fails after the order)
        leases.order("test.any")
        raise ValueError
    assert (JobLease.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_a_job_runs_with_its_arguments_and_is_done_once() -> None:
    ran: list[tuple[Any, ...]] = []

    @leases.job("test.runs")
    def runs(held: Held, *arguments: Any) -> None:
        ran.append(arguments)

    lease = run(leases.order("test.runs", 1, "b"))
    assert (ran, lease.tries, lease.token, lease.until) == ([(1, "b")], 1, None, None)
    assert lease.done_at is not None
    run(lease)
    assert ran == [(1, "b")]


def test_a_held_lease_is_left_to_its_holder() -> None:
    @leases.job("test.never")
    def never(held: Held) -> None:
        raise AssertionError

    lease = leases.order("test.never")
    holder = taken(lease)
    assert (run(lease).token, lease.tries) == (holder.token, 0)


@time_machine.travel(START, tick=False)
def test_a_chunk_renews_the_lease_and_writes_in_one_transaction(reader: User) -> None:
    lease = leases.order("test.any")
    holder = taken(lease)
    with time_machine.travel(START + 50 * SECOND, tick=False):
        with holder.chunk():
            factories.notice(reader)
        lease.refresh_from_db()
        assert lease.until == START + 50 * SECOND + HELD
        with pytest.raises(ValueError, match=r"^$"), holder.chunk():  # noqa: PT012
            factories.notice(reader, key="khác")
            raise ValueError
    assert Notice.objects.count() == 1


def test_a_worker_that_slept_past_its_lease_writes_nothing(reader: User) -> None:
    ends: list[str] = []

    @leases.job("test.sleeps")
    def sleeps(held: Held) -> None:
        first = not ends
        with held.chunk():
            factories.notice(reader, key="sleeper" if first else "successor")
        ends.append("begun")
        if first:
            with time_machine.travel(clock.true_now() + HELD + SECOND):
                leases.work.func(held.lease_id)
            with held.chunk():
                factories.notice(reader, key="sleeper, too late")
            ends.append("never reached")

    lease = run(leases.order("test.sleeps"))
    assert sorted(Notice.objects.values_list("key", flat=True)) == ["sleeper", "successor"]
    assert (ends, lease.tries, lease.done_at is not None, lease.trouble) == (["begun", "begun"], 2, True, "")


def test_a_failed_try_waits_longer_each_time_and_the_fifth_is_a_dead_letter() -> None:
    @leases.job("test.fails")
    def fails(held: Held) -> None:
        raise OSError("Trần Văn Bình, sinh năm 1980")

    now = START
    lease = leases.order("test.fails")
    waits = []
    for tried in range(1, MOST_TRIES):
        with time_machine.travel(now, tick=False):
            run(lease)
        assert (lease.tries, lease.token, lease.trouble) == (tried, None, f"Lần thử {tried} dừng vì OSError.")
        assert lease.until is not None
        waits.append((lease.until - now).total_seconds())
        now = lease.until
    assert waits == [2, 4, 8, 16]
    with time_machine.travel(now, tick=False):
        assert run(lease).dead_at == now
    assert (lease.tries, lease.until, lease.trouble) == (MOST_TRIES, None, f"Lần thử {MOST_TRIES} dừng vì OSError.")
    with time_machine.travel(now + HELD, tick=False):
        assert (run(lease).tries, leases.reap()) == (MOST_TRIES, 0)


@time_machine.travel(START, tick=False)
def test_a_lease_taken_over_is_not_finished_nor_given_back_by_the_old_hand() -> None:
    @leases.job("test.loses")
    def loses(held: Held, fails: bool) -> None:
        taken(JobLease.objects.get(pk=held.lease_id))
        if fails:
            raise OSError

    for fails in (True, False):
        lease = run(leases.order("test.loses", fails))
        assert (lease.done_at, lease.dead_at, lease.trouble, lease.until) == (None, None, "", START + HELD)
        assert lease.token is not None


def test_a_chunk_of_a_finished_job_is_refused() -> None:
    lease = leases.order("test.any")
    holder = taken(lease)
    holder.finish()
    with pytest.raises(LeaseLost, match=f"lease {lease.pk}"), holder.chunk():
        pass


def claimed(lease: JobLease) -> None:
    """A worker took the task from the queue and then vanished."""
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)


@time_machine.travel(START, tick=False)
def test_a_job_whose_worker_vanished_is_ordered_again_when_its_lease_ran_out() -> None:
    lease = leases.order("test.any")
    claimed(lease)
    taken(lease)
    with time_machine.travel(START + HELD - SECOND, tick=False):
        assert leases.reap() == 0
    with time_machine.travel(START + HELD, tick=False):
        assert leases.reap() == 1
        assert leases.reap() == 0
    old = lease.task
    lease.refresh_from_db()
    assert (lease.token, lease.until) == (None, None)
    assert lease.task != old
    assert DBTaskResult.objects.filter(pk__in=[lease.task], status=TaskResultStatus.READY).exists()


@time_machine.travel(START, tick=False)
def test_a_worker_killed_between_the_queue_and_the_lease_loses_no_order() -> None:
    claimed(leases.order("test.any"))
    assert leases.reap() == 0
    with time_machine.travel(START + HELD, tick=False):
        assert leases.reap() == 1


@time_machine.travel(START, tick=False)
def test_an_order_still_waiting_in_the_queue_is_not_ordered_twice() -> None:
    leases.order("test.any")
    with time_machine.travel(START + 10 * HELD, tick=False):
        assert leases.reap() == 0
    assert DBTaskResult.objects.count() == 1


@time_machine.travel(START, tick=False)
def test_a_job_that_takes_its_worker_down_five_times_is_a_dead_letter() -> None:
    lease = leases.order("test.any")
    claimed(lease)
    taken(lease)
    JobLease.objects.update(tries=MOST_TRIES)
    with time_machine.travel(START + HELD, tick=False):
        assert leases.reap() == 0
    lease.refresh_from_db()
    assert (lease.dead_at, lease.trouble) == (START + HELD, "Máy xử lý dừng giữa chừng nhiều lần.")


@time_machine.travel(START, tick=False)
def test_a_lease_renewed_while_it_is_being_reaped_stays_with_its_holder() -> None:
    lease = leases.order("test.any")
    claimed(lease)
    holder = taken(lease)

    def renewed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "django_tasks" in sql and sql.startswith("SELECT"):
            JobLease.objects.filter(pk=lease.pk).update(until=START + 3 * HELD)
        return execute(sql, params, many, context)

    with time_machine.travel(START + HELD, tick=False), connection.execute_wrapper(renewed):
        assert leases.reap() == 0
    with holder.chunk():
        pass


def test_a_real_worker_stores_no_words_of_an_error(committed: str, tmp_path: Path) -> None:
    lease = leases.order("papers.check", 4242)
    connection.close()
    databases.python(committed, "-m", "django", "db_worker", "--batch", "--no-startup-delay", var=tmp_path)
    lease.refresh_from_db()
    queued = DBTaskResult.objects.get()
    assert (lease.tries, lease.trouble) == (1, "Lần thử 1 dừng vì DoesNotExist.")
    assert (queued.status, queued.exception_class_path, queued.traceback) == (TaskResultStatus.SUCCESSFUL, "", "")
