"""What an attacker finds on disk at one moment: every table read from the files alone, and every byte of every file."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from tests import databases

Row = dict[str, object]
TABLES = (  # where anything of a session, a person's page or a job can lie
    "bangvang_session", "bangvang_seat", "bangvang_agendaline", "bangvang_declaration", "bangvang_writtenopinion",
    "bangvang_teller", "bangvang_envelope", "bangvang_wrappedkey", "bangvang_papercount", "bangvang_event",
    "bangvang_eventbody", "bangvang_eventlink", "bangvang_notice", "bangvang_draft", "bangvang_joblease",
    "bangvang_paperorder", "bangvang_nomination", "django_session", "django_tasks_db_dbtaskresult", "bangvang_leakycounter",
)  # fmt: skip


@dataclass
class Moment:
    """The tables as they lie on disk. `who` voted just before is public: everybody sees the roll."""

    tables: dict[str, list[Row]]
    voted: frozenset[int]  # seats with a returned ballot
    files: dict[str, int] = field(default_factory=dict)  # sizes


def moment(address: str) -> Moment:
    """SQLite: copies of the database file and its -wal, opened elsewhere. PostgreSQL: what a reader of the server sees."""
    tables = dict(_from_files(databases.path_of(address)) if address.startswith("sqlite") else _from_server())
    voted = frozenset(int(str(row["seat_id"])) for row in tables["bangvang_envelope"] if row["sealed"] is not None)
    sizes = {}
    if address.startswith("sqlite"):
        sizes = {path.name.partition(".")[2]: path.stat().st_size for path in files_of(address)}
    return Moment(tables, voted, sizes)


def _from_files(path: Path) -> Iterator[tuple[str, list[Row]]]:
    with tempfile.TemporaryDirectory(prefix="bv-thief-") as name:
        for part in files_of(f"sqlite:///{path}"):
            shutil.copyfile(part, Path(name) / part.name)
        thief = sqlite3.connect(Path(name) / path.name)
        thief.row_factory = sqlite3.Row
        known = {row[0] for row in thief.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in TABLES:
            if table in known:
                yield table, [dict(row) for row in thief.execute(f"SELECT * FROM {table}")]  # noqa: S608 (ours)
        thief.close()


def _from_server() -> Iterator[tuple[str, list[Row]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename = ANY(%s)", [list(TABLES)])
        known = {row[0] for row in cursor.fetchall()}
        for table in TABLES:
            if table in known:
                cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 (ours)
                names = [column.name for column in cursor.description]
                yield (
                    table,
                    [
                        {
                            name: bytes(value) if isinstance(value, memoryview) else value
                            for name, value in zip(names, row, strict=True)
                        }
                        for row in cursor.fetchall()
                    ],
                )


def files_of(address: str, since: float = 0) -> list[Path]:
    """Every file that the database keeps: SQLite's file, -wal, -shm, -journal; PostgreSQL's directory of this database and
    the write-ahead log, its segments written `since` (what is older cannot know of the session)."""
    if address.startswith("sqlite"):
        path = databases.path_of(address)
        return sorted(path.parent.glob(f"{path.name}*"))
    with connection.cursor() as cursor:
        cursor.execute("SHOW data_directory")
        home = Path(cursor.fetchone()[0])
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        own = home / "base" / str(cursor.fetchone()[0])
    logs = [home.parent / "log"]
    segments = [path for path in (home / "pg_wal").glob("0*") if path.stat().st_mtime >= since]
    return sorted(path for path in [*own.iterdir(), *segments, *logs] if path.is_file())


def bytes_of(address: str, since: float, *folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte of the database's files, dead rows and log included, and of everything in the folders."""
    if not address.startswith("sqlite"):
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")  # what the server still holds in memory lies on disk too
    for path in files_of(address, since):
        try:
            yield path.name, path.read_bytes()
        except FileNotFoundError:  # the server threw it away since the listing (pg_internal.init, a spent segment)
            continue
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            yield path.name, path.read_bytes()
