"""INSERT … SELECT: rows that stand in the database already go into another table by one statement, without coming here."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models


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
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({into}) {select}", params)  # noqa: S608
        return cursor.rowcount
