"""The design that was refused (house.md 2.4), kept as the control of 3.2: the roll is marked and a counter goes up in one
transaction. Whoever keeps the disk reads every ballot from it."""

from collections.abc import Mapping

from django.db import connection, transaction

from bangvang.council import queries
from bangvang.council.models import Envelope, Session
from bangvang.kernel import events
from bangvang.people.actor import Actor

COLUMNS = {"1": "agreed", "0": "against", "-": "invalid"}


def prepare(session: Session) -> None:
    """A counter for every line of the session."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bangvang_leakycounter")
        cursor.execute(
            "CREATE TABLE bangvang_leakycounter (line_id bigint PRIMARY KEY, agreed integer, against integer, invalid integer)"
        )
        for line in queries.lines_of(session):
            cursor.execute("INSERT INTO bangvang_leakycounter VALUES (%s, 0, 0, 0)", [line.pk])


def cast(session: Session, choices: Mapping[int, str], *, by: Actor) -> None:
    """Mark that the member voted, and count at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        events.lock([session])
        seat = queries.seat_of(session, by.person)
        assert seat is not None
        aside = queries.recusals(session)
        Envelope.objects.filter(seat=seat).update(sealed=bytes(80))
        for line in queries.lines_of(session):
            if seat.pk not in aside.get(line.pk, set()):
                column = COLUMNS[choices.get(line.pk, "-")]
                cursor.execute(
                    f"UPDATE bangvang_leakycounter SET {column} = {column} + 1 WHERE line_id = %s",  # noqa: S608 (ours)
                    [line.pk],
                )
