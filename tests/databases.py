"""Throw-away databases: one migrated template, copied for every test or proof that must really commit.

pytest-django's `flush` cannot be used for that: the triggers refuse it. Both engines; no argument beyond a BV_DATABASE
address.
"""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"


@dataclass(frozen=True)
class Template:
    """A migrated, empty database at `address`; copies lie in `folder` (SQLite) or on the same server (PostgreSQL)."""

    address: str
    folder: Path

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Yield the address of a fresh copy; it is gone afterwards."""
        name = f"bv_copy_{uuid.uuid4().hex[:12]}"
        if self.address.startswith("sqlite"):
            path = self.folder / f"{name}.sqlite3"
            shutil.copyfile(path_of(self.address), path)
            try:
                yield f"sqlite:///{path}"
            finally:
                for left in self.folder.glob(f"{name}*"):
                    left.unlink()
        else:
            _on_server(self.address, f'CREATE DATABASE "{name}" TEMPLATE "{_name(self.address)}"')
            try:
                yield _renamed(self.address, name)
            finally:
                _on_server(self.address, f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def template(folder: Path, server: str = "") -> Iterator[Template]:
    """A migrated template: a SQLite file in `folder`, or a database on the PostgreSQL `server` (an address of any
    database on it)."""
    if server.startswith("postgres"):
        name = f"bv_template_{uuid.uuid4().hex[:12]}"
        _on_server(server, f'CREATE DATABASE "{name}"')
        made = Template(_renamed(server, name), folder)
    else:
        made = Template(f"sqlite:///{folder / 'template.sqlite3'}", folder)
    try:
        python(made.address, "-m", "django", "migrate", "--verbosity", "0", var=folder)
        yield made
    finally:
        if server.startswith("postgres"):
            _on_server(server, f'DROP DATABASE "{_name(made.address)}" WITH (FORCE)')


def environment(address: str, *, var: Path, src: Path = SRC) -> dict[str, str]:
    """The environment of a process of the product that works on this database; `src` may be a copy with a planted
    fault."""
    return {
        **os.environ,
        "BV_DATABASE": address,
        "BV_VAR": str(var),
        "BV_SECRET_KEY": "only for tests " * 5,
        "BV_HTTPS": "0",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": os.pathsep.join([str(src), str(ROOT)]),
    }


def python(
    address: str,
    *arguments: str,
    var: Path,
    src: Path = SRC,
    check: bool = True,
    timeout: float = 120,
    also: Mapping[str, str] | None = None,
) -> str:
    """Run Python on a database and return what it printed; `also` is laid over its environment. A failure raises with its
    last words."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**environment(address, var=var, src=src), **(also or {})},
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
        timeout=timeout,
    )
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(arguments)[:200]}\n{done.stderr[-3000:]}")
    return done.stdout


@contextmanager
def opened(address: str) -> Iterator[None]:
    """Let this very process work on another database: Django's default connection points to it inside the block."""
    from django.db import connections
    from django.db.utils import load_backend

    from config import database

    kept = connections["default"]
    entry = {**kept.settings_dict, **database.entry(address, Path())}
    wrapper = load_backend(entry["ENGINE"]).DatabaseWrapper(entry, "default")
    connections["default"] = wrapper
    try:
        yield
    finally:
        wrapper.close()
        connections["default"] = kept


def path_of(address: str) -> Path:
    """The file of a SQLite address."""
    return Path(address.removeprefix("sqlite:///"))


def as_owner(address: str, *statements: str) -> None:
    """Run SQL with the refusing triggers and foreign keys out of the way and put back: what an owner of the database
    can do."""
    if address.startswith("sqlite"):
        import sqlite3

        from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]

        connection = sqlite3.connect(path_of(address))
        register(connection)  # indexes may be built on Django's own functions
        with connection:
            kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in kept:
                connection.execute(f"DROP TRIGGER {name}")
            for statement in [*statements, *(sql for _, sql in kept)]:
                connection.execute(statement)
        connection.close()
    else:
        _on_server(address, "SET session_replication_role = replica", *statements)


def ask(address: str, question: str) -> list[tuple[object, ...]]:
    """The rows of one SELECT."""
    if address.startswith("sqlite"):
        import sqlite3

        connection = sqlite3.connect(path_of(address))
        try:
            return connection.execute(question).fetchall()
        finally:
            connection.close()
    import psycopg

    with psycopg.connect(_for_psycopg(address)) as postgresql:
        return postgresql.execute(question).fetchall()


def _on_server(address: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(_for_psycopg(address), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def _for_psycopg(address: str) -> str:
    return address.replace("postgres://", "postgresql://", 1)


def _name(address: str) -> str:
    return urlsplit(address).path.lstrip("/")


def _renamed(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
