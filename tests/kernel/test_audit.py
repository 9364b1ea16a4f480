"""What an owner of the database may do to the story, and how `audit verify` names it. The triggers are dropped first,
as an owner would."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from bangvang.kernel import audit, events, triggers
from bangvang.kernel.models import Event, EventBody, EventLink, Expunged, Seal, SealLeaf
from bangvang.movements import actions as movements
from bangvang.movements.models import Movement
from bangvang.people.actor import Actor
from tests import databases, factories


@pytest.fixture
def story(lan: Actor) -> Movement:
    """A movement with four events, sealed after the third."""
    movement = factories.movement(lan)
    movements.submit(movement, by=lan)
    movements.recall(movement, by=lan)
    audit.seal("đêm thứ nhất")
    movements.submit(movement, by=lan)
    return movement


def without_triggers(change: Callable[[], object]) -> list[tuple[str, str]]:
    """Do something no product code can, put the triggers back, and return the findings."""
    with connection.cursor() as cursor:
        for name in triggers.present(connection):
            table = name.rpartition("_no_")[0]
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    change()
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    triggers.remake(connection)
    return [(finding.code, finding.text) for finding in audit.verify()]


def test_an_untouched_story_verifies(story: Movement) -> None:
    seal = audit.seal("đêm thứ hai")
    assert audit.verify([seal.hash[:16].upper(), Seal.objects.earliest("pk").hash]) == []


def test_a_changed_byte_in_an_event_is_named(story: Movement) -> None:
    second = Event.objects.order_by("pk")[1]
    found = without_triggers(lambda: Event.objects.filter(pk=second.pk).update(duty=second.duty + "."))
    assert found == [("changed_event", f"Sự kiện {second.pk} (movement.submit) đã bị sửa sau khi ghi.")]


def test_a_changed_event_with_a_recomputed_hash_breaks_its_link(story: Movement) -> None:
    second = Event.objects.order_by("pk")[1]
    second.verb = "movement.approve"
    digest = events.event_digest(second)
    found = without_triggers(lambda: Event.objects.filter(pk=second.pk).update(verb=second.verb, digest=digest))
    assert found == [("changed_link", f"Mắt xích 2 của chuỗi movement {story.pk} đã bị sửa sau khi ghi.")]


def test_a_changed_byte_in_a_body_is_named(story: Movement) -> None:
    first = Event.objects.earliest("pk")
    found = without_triggers(
        lambda: EventBody.objects.filter(event=first).update(words=first.body.words.replace("Mỗi", "Mọi"))
    )
    assert found == [("changed_body", f"Nội dung của sự kiện {first.pk} (movement.draft) đã bị sửa sau khi ghi.")]


def test_a_body_removed_without_a_decision_is_named(story: Movement) -> None:
    first = Event.objects.earliest("pk")
    found = without_triggers(lambda: EventBody.objects.filter(event=first).delete())
    assert found == [("lost_body", f"Sự kiện {first.pk} (movement.draft) mất nội dung mà không có văn bản cho phép.")]


def test_a_changed_link_is_named_with_the_one_after_it(story: Movement) -> None:
    second = EventLink.objects.get(seq=2)
    found = without_triggers(lambda: EventLink.objects.filter(pk=second.pk).update(hash="0" * 64))
    assert found == [
        ("changed_link", f"Mắt xích 2 của chuỗi movement {story.pk} đã bị sửa sau khi ghi."),
        ("broken_link", f"Mắt xích 3 của chuỗi movement {story.pk} không nối với mắt xích trước."),
    ]


def test_a_link_taken_out_of_the_middle_is_a_gap(story: Movement) -> None:
    second = EventLink.objects.get(seq=2)
    found = without_triggers(lambda: EventLink.objects.filter(pk=second.pk).delete())
    assert found == [
        ("loose_event", f"Sự kiện {second.event_id} không nằm trong chuỗi nào."),
        ("gap", f"Chuỗi movement {story.pk} mất 1 mắt xích trước mắt xích 3."),
    ]


def cut_tail(seq: int) -> None:
    """Remove every trace of the events from one place on."""
    cut = list(EventLink.objects.filter(seq__gte=seq).values_list("event_id", flat=True))
    EventLink.objects.filter(event_id__in=cut).delete()
    EventBody.objects.filter(event_id__in=cut).delete()
    Event.objects.filter(pk__in=cut).delete()


def test_a_cut_tail_is_named_by_the_root(story: Movement) -> None:
    found = without_triggers(lambda: cut_tail(4))
    assert found == [("cut_tail", f"Chuỗi movement {story.pk} phải có 4 mắt xích, chỉ còn 3: đuôi đã bị cắt.")]


def test_a_cut_tail_with_a_rewritten_root_is_named_by_the_seal(story: Movement) -> None:
    def cut() -> None:
        cut_tail(3)
        head = EventLink.objects.get(seq=2).hash
        Movement.objects.update(chain_length=2, chain_head=head)

    short = Seal.objects.get().hash[:16]
    assert without_triggers(cut) == [
        ("unfit_seal", f"Chuỗi movement {story.pk} không khớp niêm phong {short} ở mắt xích 3.")
    ]


def test_a_removed_root_is_named_by_its_chain_and_by_the_seal(story: Movement) -> None:
    short, pk = Seal.objects.get().hash[:16], story.pk
    found = without_triggers(lambda: Movement.objects.filter(pk=pk).delete())
    assert found == [
        ("removed_root", f"Không còn bản ghi movement {pk}, nhưng chuỗi sự kiện của nó vẫn còn."),
        ("removed_root", f"Niêm phong {short} có movement {pk}, nay không còn bản ghi này."),
    ]


def test_a_root_removed_with_its_whole_story_is_named_by_its_oldest_seal(story: Movement) -> None:
    audit.seal("đêm thứ hai")

    def remove() -> None:
        cut_tail(1)
        Movement.objects.filter(pk=pk).delete()

    short, pk = Seal.objects.earliest("pk").hash[:16], story.pk
    assert without_triggers(remove) == [
        ("removed_root", f"Niêm phong {short} có movement {pk}, nay không còn bản ghi này.")
    ]


@pytest.mark.parametrize("column", ["occasion", "previous", "hash"])
def test_a_changed_seal_is_named(story: Movement, column: str) -> None:
    audit.seal("đêm thứ hai")
    codes = {
        code
        for code, _ in without_triggers(lambda: Seal.objects.filter(occasion="đêm thứ nhất").update(**{column: "khác"}))
    }
    assert codes == {"changed_seal"}


def test_a_seal_taken_out_or_stripped_of_a_leaf_is_named(story: Movement) -> None:
    audit.seal("đêm thứ hai")
    first = Seal.objects.earliest("pk")
    sealed = f"ngày {first.at:%d/%m/%Y} không khớp: sổ niêm phong đã bị sửa."
    assert without_triggers(lambda: SealLeaf.objects.filter(seal=first).delete()) == [
        ("changed_seal", f"Niêm phong {first.hash[:16]} {sealed}")
    ]
    following = Seal.objects.latest("pk").hash[:16]
    assert without_triggers(lambda: Seal.objects.filter(pk=first.pk).delete()) == [
        ("changed_seal", f"Niêm phong {following} {sealed}")
    ]


def test_a_seal_mailed_out_that_is_not_in_the_book_means_another_book(story: Movement) -> None:
    assert [(f.code, f.text) for f in audit.verify(["0123456789abcdef"])] == [
        ("foreign_seal", "Niêm phong 0123456789abcdef không có trong sổ: sổ này không phải sổ đã niêm phong.")
    ]


@pytest.mark.django_db
def test_a_lost_trigger_is_named() -> None:
    name = triggers.expected(connection.vendor)[0]
    table = name.rpartition("_no_")[0]
    connection.cursor().execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert [(f.code, f.text) for f in audit.verify()] == [
        ("lost_trigger", f"Mất khoá chống sửa trong cơ sở dữ liệu: {name}.")
    ]


def test_a_seal_has_a_leaf_only_for_chains_that_grew(story: Movement, hoa: Actor) -> None:
    events.record("test.act", by=hoa, roots=[hoa.person])
    second, third = audit.seal("hai"), audit.seal("ba")
    assert sorted(second.leaves.values_list("root_kind", "length")) == [("movement", 4), ("person", 1)]
    assert (third.leaves.count(), third.roots, third.previous) == (0, 2, second.hash)


def test_every_root_model_carries_a_chain() -> None:
    names = [model.__name__ for model in audit.root_models()]
    assert names == [
            "Article", "Batch", "CertificateBlank", "Claim", "Cluster", "Council", "Decision", "Deed", "Dossier", "Household", "Initiative",
            "Movement", "Nomination", "Observation", "Pact", "Person", "PlanReview", "Registration", "Reminder", "Report", "Review", "RollOut",
            "ScoreSheet", "Session", "SocialWork", "Story", "Unit", "UnitPlan", "UnitReview",
        ]  # fmt: skip


def test_expunged_words_are_gone_and_the_chain_still_verifies_and_says_why(story: Movement) -> None:
    first = Event.objects.earliest("pk")
    gone = audit.expunge([first.pk], decision="Quyết định số 5/QĐ-STC", by=factories.MACHINE)
    assert gone == 1
    assert not EventBody.objects.filter(event=first).exists()
    assert Expunged.objects.get().decision == "Quyết định số 5/QĐ-STC"
    assert factories.verbs_of(story)[-1] == "audit.expunge"
    assert audit.verify() == []


@pytest.mark.parametrize(("decision", "message"), [(" ", "Phải ghi số"), ("QĐ 5", "Không có nội dung nào để xoá")])
def test_expunging_needs_a_decision_and_something_to_remove(story: Movement, decision: str, message: str) -> None:
    events_to_remove = [] if decision.strip() else [Event.objects.earliest("pk").pk]
    before = EventBody.objects.count()
    with pytest.raises(ValueError, match=message):
        audit.expunge(events_to_remove, decision=decision, by=factories.MACHINE)
    assert EventBody.objects.count() == before


def test_the_database_lets_no_body_go_without_a_permit(story: Movement) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        EventBody.objects.filter(event=Event.objects.earliest("pk")).delete()


def test_an_act_during_the_walk_is_no_finding(committed: str, lan_committed: Actor, tmp_path: Path) -> None:
    """PostgreSQL: the walk sees one instant. SQLite: the act waits until the walk is over."""
    factories.movement(lan_committed)
    acts: list[str] = []
    act = (
        "import django; django.setup()\nfrom bangvang.movements import actions\n"
        "from bangvang.people.actor import Actor\n"
        "from bangvang.people.models import Duty, User\nfrom tests import factories\n"
        "actions.draft(factories.plan(), by=Actor(User.objects.get(), Duty.objects.get(), factories.DAY))"
    )

    def meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "bangvang_eventlink" in sql and not acts:
            acts.append("written")
            if connection.vendor == "postgresql":
                databases.python(committed, "-c", act, var=tmp_path)
            else:
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    sqlite3.connect(databases.path_of(committed), timeout=0).execute("BEGIN IMMEDIATE")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        assert audit.verify() == []
    assert acts == ["written"]
    assert Movement.objects.count() == (2 if connection.vendor == "postgresql" else 1)


def test_the_command_verifies_seals_and_expunges(story: Movement, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("audit", "seal")
    seal = capsys.readouterr().out.removeprefix("Đã niêm phong: ").strip()
    assert seal == Seal.objects.latest("pk").hash
    first = Event.objects.earliest("pk").pk
    call_command("audit", "expunge", str(first), "--decision", "QĐ 5/QĐ-STC")
    assert capsys.readouterr().out == "Đã xoá nội dung của 1 sự kiện theo QĐ 5/QĐ-STC.\n"
    with pytest.raises(CommandError, match="Không có nội dung nào"):
        call_command("audit", "expunge", str(first), "--decision", "QĐ 5/QĐ-STC")
    call_command("audit", "verify", "--seal", seal[:16])
    assert capsys.readouterr().out == "Các chuỗi và niêm phong đều khớp.\n"
    with pytest.raises(CommandError, match="Có 1 điều không khớp") as caught:
        call_command("audit", "verify", "--seal", "ffff")
    assert (caught.value.returncode, capsys.readouterr().out.split(":")[0]) == (1, "foreign_seal")
