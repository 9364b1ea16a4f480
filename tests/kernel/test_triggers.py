"""The database itself refuses to change what is written once; on both engines, and after Django rebuilt a table."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, models, transaction

from bangvang.kernel import audit, triggers
from bangvang.kernel.models import Event, EventBody, EventLink, Seal, SealLeaf
from bangvang.people.actor import Actor
from tests import databases, factories

WRITTEN_ONCE = [
    "breachanswer",
    "event",
    "eventbody",
    "eventlink",
    "expunged",
    "judgement",
    "ledgerentry",
    "mark",
    "paper",
    "seal",
    "sealleaf",
    "storedfinding",
]


@pytest.mark.django_db
def test_every_table_written_once_has_its_two_triggers() -> None:
    acts = ("delete", "update") if connection.vendor == "sqlite" else ("change", "truncate")
    expected = sorted(f"bangvang_{table}_no_{act}" for table in WRITTEN_ONCE for act in acts)
    assert triggers.expected(connection.vendor) == expected
    assert triggers.present(connection) == expected


@pytest.mark.parametrize("model", [Event, EventBody, EventLink, Seal, SealLeaf])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_a_written_row_can_be_neither_changed_nor_removed(model: type[models.Model], act: str, lan: Actor) -> None:
    factories.movement(lan)
    audit.seal("thử")
    table, column = model._meta.db_table, model._meta.pk.column
    statement = f"UPDATE {table} SET {column} = {column}" if act == "update" else f"DELETE FROM {table}"  # noqa: S608
    with pytest.raises(DatabaseError, match=f"{table} is append-only"), transaction.atomic():
        connection.cursor().execute(statement)


def test_emptying_a_whole_table_is_refused_too(committed: str, lan_committed: Actor) -> None:
    factories.movement(lan_committed)
    table = Event._meta.db_table
    empty = f"TRUNCATE {table} CASCADE" if connection.vendor == "postgresql" else f"DELETE FROM {table}"  # noqa: S608
    with pytest.raises(DatabaseError, match="is append-only"):
        connection.cursor().execute(empty)
    assert Event.objects.count() == 1


def test_triggers_are_back_after_a_table_was_rebuilt_and_migrate_ran(committed: str, tmp_path: Path) -> None:
    field = Event._meta.get_field("duty")
    longer = models.CharField(max_length=301)
    longer.set_attributes_from_name("duty")
    with connection.schema_editor() as editor:
        editor.alter_field(Event, field, longer)
    lost = set(triggers.expected(connection.vendor)) - set(triggers.present(connection))
    # SQLite rebuilds the table and silently loses them; PostgreSQL alters it in place.
    assert lost == (
        {"bangvang_event_no_delete", "bangvang_event_no_update"} if connection.vendor == "sqlite" else set()
    )
    assert [finding.code for finding in audit.verify()] == ["lost_trigger"] * len(lost)
    connection.close()
    databases.python(committed, "-m", "django", "migrate", "--verbosity", "0", var=tmp_path)
    assert triggers.present(connection) == triggers.expected(connection.vendor)
