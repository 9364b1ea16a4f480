"""INSERT … SELECT: rows that stand in the database already go into another table by one statement, without coming here."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from django.db import connection, models

JSON = json.JSONEncoder(ensure_ascii=False)  # made once: a hundred thousand rows have five such fields each


def insert_selected(model: type[models.Model], source: models.QuerySet[Any], columns: Mapping[str, str]) -> int:
    """Insert one row for each of `source`; `columns` maps the model's fields to fields or annotations of the source.

    A column that is not named takes the database's default, which for Django's tables is NULL. Returns how many.
    """
    sql, params = source.values_list(*columns.values()).query.sql_with_params()
    return insert_by(model, list(columns), sql, params)


def insert_by(model: type[models.Model], fields: list[str], select: str, params: Any) -> int:
    """Insert what a SELECT gives into these fields, in its order; see insert_selected. Returns how many."""
    quote = connection.ops.quote_name
    into = ", ".join(quote(str(model._meta.get_field(name).column)) for name in fields)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({into}) {select}", params)
        return int(cursor.rowcount)


def insert_rows(model: type[models.Model], rows: Sequence[models.Model], *, at_once: int = 500) -> None:
    """Insert new rows many at a time; their keys are not read back. SQLite: statements of many rows, twice as fast as
    bulk_create. PostgreSQL: COPY, whose rows need no statement to be written and understood."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), ", ".join(quote(str(field.column)) for field in fields)
    ready = _values_of(rows, fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for values in ready:
                    copy.write_row(values)
            return
        one = f"({', '.join(['%s'] * len(fields))})"
        into = f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608 (names of our own tables)
        while part := list(islice(ready, at_once)):
            cursor.execute(into + ", ".join([one] * len(part)), list(chain.from_iterable(part)))


def _values_of(rows: Sequence[models.Model], fields: Sequence[models.Field[Any, Any]]) -> Iterator[list[Any]]:
    """What each row holds, as either database takes it."""
    held = attrgetter(*(field.attname for field in fields))
    as_json = [at for at, field in enumerate(fields) if isinstance(field, models.JSONField)]
    as_day = [at for at, field in enumerate(fields) if isinstance(field, models.DateField)]
    for row in rows:
        values = list(held(row))
        for at in as_json:
            values[at] = JSON.encode(values[at])
        for at in as_day:
            values[at] = values[at] and values[at].isoformat()
        yield values


def renew_statistics(*loaded: type[models.Model]) -> None:
    """Tell the planner of PostgreSQL what these tables hold, after many rows came in at once.

    Its own watcher looks once a minute; until then it plans for an empty table, and a join of 100,000 rows takes
    minutes instead of a second. SQLite plans by its indexes and needs nothing.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(connection.ops.quote_name(model._meta.db_table) for model in loaded)}")
