"""Issuing is one act: an error at any statement, or a killed process, leaves the database as it was."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections

from bangvang.decisions import actions
from bangvang.decisions.models import Certificate, Decision
from bangvang.dossiers.models import Nomination, StoredFinding
from bangvang.honours.models import LedgerEntry, Standing
from bangvang.kernel import audit
from bangvang.kernel.models import Event, EventLink, JobLease
from bangvang.notices.models import Notice
from bangvang.papers.models import PaperOrder
from bangvang.people.models import Duty, Unit
from tests import factories
from tests.decisions import round as rounds

TOUCHED = (
    Decision, Certificate, Nomination, StoredFinding, LedgerEntry, Standing, Event, EventLink, JobLease, Notice, PaperOrder,
)  # fmt: skip


STRIDE = 9  # every ninth statement: all of them take a quarter of a minute


class Stopped(Exception):
    """The planted error."""


@pytest.fixture
def ready(committed: str, media: object) -> tuple[Decision, rounds.Round]:
    """A decision that can be issued, really committed."""
    agency = factories.agency(parent=factories.unit("UBND tỉnh Sông Lam", kind=Unit.Kind.PROVINCE))
    office, division = (factories.unit(name, parent=agency, agency=agency) for name in ("Văn phòng", "Phòng Ngân sách"))
    clerk = factories.actor("Nguyễn Thị Lan", office, Duty.Role.CLERK)
    director = factories.actor("Lê Quang Minh", agency, Duty.Role.DIRECTOR, title="Giám đốc")
    registry = factories.actor("Đỗ Thị Hoà", office, Duty.Role.REGISTRY, title="Văn thư")
    head = factories.actor("Vũ Thanh Mai", division, Duty.Role.HEAD, title="Trưởng phòng")
    round_ = rounds.build(clerk, director, registry, head)
    return rounds.compared(round_), round_


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row that issuing could touch."""
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in TOUCHED}


@contextmanager
def stopping_at(number: int, how: Any) -> Iterator[list[int]]:
    """Do something instead of the n-th statement that writes."""
    seen = [0]

    def between(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            seen[0] += 1
            if seen[0] == number:
                how()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(between):
        yield seen


def _stop() -> None:
    raise Stopped


def test_an_error_at_a_statement_leaves_nothing_half_written(ready: tuple[Decision, rounds.Round]) -> None:
    decision, round_ = ready
    before = everything()
    number = 1 - STRIDE
    while True:
        number += STRIDE
        fresh = Decision.objects.get(pk=decision.pk)
        try:
            with stopping_at(number, _stop) as seen:
                actions.issue(fresh, by=round_.registry)
        except Stopped:
            assert (number, everything()) == (number, before)
        else:
            break
    assert 100 < seen[0] < number
    assert Decision.objects.get(pk=decision.pk).state == Decision.State.ISSUED
    assert Certificate.objects.count() == 5
    assert audit.verify() == []


@pytest.mark.parametrize("number", [3, 50, 100])
def test_a_killed_process_leaves_nothing_half_written(ready: tuple[Decision, rounds.Round], number: int) -> None:
    decision, round_ = ready
    before = everything()
    connections.close_all()
    child = os.fork()
    if child == 0:
        with stopping_at(number, lambda: os.kill(os.getpid(), 9)):
            actions.issue(Decision.objects.get(pk=decision.pk), by=round_.registry)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == 9
    assert everything() == before
    actions.issue(Decision.objects.get(pk=decision.pk), by=round_.registry)
    assert list(Certificate.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_two_decisions_issued_at_once_share_no_number_and_leave_no_gap(ready: tuple[Decision, rounds.Round]) -> None:
    first, round_ = ready
    second_round = rounds.build(
        round_.clerk, round_.director, round_.registry, round_.head, ("Phan Văn Lực", "Lý Thu Trà"), number=8
    )
    second = rounds.numbered(second_round, number=440)
    rounds.seen(second, round_.registry)
    connections.close_all()
    children = []
    for decision in (first, second):
        child = os.fork()
        if child == 0:
            actions.issue(Decision.objects.get(pk=decision.pk), by=round_.registry)
            os._exit(0)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0]
    assert set(Decision.objects.values_list("state", flat=True)) == {Decision.State.ISSUED}
    assert list(Certificate.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 11))
    seqs = list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))
    assert audit.verify() == []
