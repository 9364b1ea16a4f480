"""The database itself refuses to change what is written once. Remade after every migrate: SQLite loses triggers when
Django rebuilds a table."""

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from bangvang.kernel.models import AppendOnly, EventBody

EXPUNGE_ONLY = "EXISTS (SELECT 1 FROM {expunged} WHERE event_id = OLD.event_id)"


def append_only_tables() -> list[str]:
    """Tables of every AppendOnly model of the application, in a fixed order."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly))


def expected(vendor: str) -> list[str]:
    """Names of the triggers that must exist; the house test counts them, `audit verify` names a lost one."""
    acts = ["update", "delete"] if vendor == "sqlite" else ["change", "truncate"]
    return sorted(f"{table}_no_{act}" for table in [*append_only_tables(), EventBody._meta.db_table] for act in acts)


def present(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the refusing triggers that exist in the database now."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        return sorted(name for (name,) in cursor.fetchall() if "_no_" in name)


def remake(connection: BaseDatabaseWrapper) -> None:
    """Drop and create every trigger. Idempotent."""
    tables = append_only_tables()
    body = EventBody._meta.db_table
    expunged = apps.get_model("bangvang", "Expunged")._meta.db_table
    permit = EXPUNGE_ONLY.format(expunged=expunged)
    with connection.cursor() as cursor:
        statements = (
            _sqlite(tables, body, permit) if connection.vendor == "sqlite" else _postgresql(tables, body, permit)
        )
        for statement in statements:
            cursor.execute(statement)


def _sqlite(tables: list[str], body: str, permit: str) -> list[str]:
    statements = []
    for table in [*tables, body]:
        for act in ("update", "delete"):
            name = f"{table}_no_{act}"
            guard = f"WHEN NOT {permit} " if (table, act) == (body, "delete") else ""
            statements += [
                f"DROP TRIGGER IF EXISTS {name}",
                f"CREATE TRIGGER {name} BEFORE {act.upper()} ON {table} FOR EACH ROW {guard}"
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
            ]
    return statements


def _postgresql(tables: list[str], body: str, permit: str) -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION bangvang_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
        "CREATE OR REPLACE FUNCTION bangvang_refuse_body() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'DELETE' AND {permit} THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
    ]
    for table in [*tables, body]:
        refuse = "bangvang_refuse_body" if table == body else "bangvang_refuse"
        statements += [
            f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {refuse}()",
            f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION bangvang_refuse()",
        ]
    return statements
