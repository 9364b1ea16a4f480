"""The demo as a running site for proofs: loaded once, served by granian, with its accounts and their passwords.

A fault is planted in a copy of `src`; the database is always built by the unplanted code.
"""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.proofs import ROOT, Run, end_group

TODAY = "2025-12-20"
Plant = Callable[[Path], None]  # changes the copy of src that is given


@dataclass
class Site:
    """Where it answers, and who may log in: password by account name."""

    address: str
    passwords: dict[str, str] = field(default_factory=dict)

    def url(self, path: str) -> str:
        return self.address + path


def open_django() -> None:
    """Django in this process, on the proof's own data folder, as the demo runs it."""
    os.environ |= {
        "BV_SECRET_KEY": "only for proofs " * 4,
        "BV_DEMO": "1",
        "BV_TODAY": TODAY,
        "BV_HTTPS": "0",
        "BV_IDLE_MINUTES": "240",  # a walk through every page may take longer than a person may be away
        "BV_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright's loop runs in this thread; nothing here is asynchronous
    }
    import django

    django.setup()


def manage(run: Run, *words: str, source: Path = ROOT / "src") -> None:
    """A management command on the proof's data, with the code of `source`."""
    program = "import sys; from django.core.management import execute_from_command_line as run; run(sys.argv)"
    done = run.sh([sys.executable, "-c", program, *words], env={"PYTHONPATH": str(source)}, name=words[0], timeout=120)
    if done.returncode:
        raise RuntimeError(f"{words[0]}: {done.stdout[-800:]}")


def load(run: Run) -> dict[str, str]:
    """Load the demo department as `./bv demo --no-serve` does; returns the passwords by account name."""
    from bangvang.demo import accounts_file

    manage(run, "demo", "--no-serve")
    lines = accounts_file.text().splitlines()[1:]
    return {line.split()[0]: line.split()[1] for line in lines}


@contextmanager
def served(run: Run, *, plant: Plant | None = None, people: bool = True) -> Iterator[Site]:
    """The demo, loaded (without `people`: only migrated) and answering on loopback until the block ends."""
    open_django()
    with tempfile.TemporaryDirectory(prefix="bv-site-") as name:
        source = ROOT / "src"
        if plant:
            source = Path(name) / "src"
            shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
            plant(source)
        if not people:
            manage(run, "migrate", "--verbosity", "0")
        passwords = load(run) if people else {}
        manage(run, "collectstatic", "--noinput", "--verbosity", "0", source=source)
        with answering(run, source) as address:
            yield Site(address, passwords)


def keep() -> Callable[[], None]:
    """Keep the database as it is now; what comes back puts it in place again while the site goes on answering."""
    from django.db import connection

    live = str(connection.settings_dict["NAME"])
    kept = f"{live}.kept"

    def put(source: str, target: str) -> None:
        with closing(sqlite3.connect(source)) as given, closing(sqlite3.connect(target, timeout=30)) as taken:
            given.backup(taken)

    put(live, kept)
    return lambda: put(kept, live)


def work_off(run: Run) -> None:
    """Let a worker do everything that waits."""
    manage(run, "db_worker", "--batch", "--interval", "0", "--no-startup-delay", "--no-reload")


@contextmanager
def answering(run: Run, source: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "2", "--no-ws"]
    environment = {**os.environ, "PYTHONPATH": str(source)}
    with (run.dir / "server.txt").open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", *words, "config.wsgi:application"],
            cwd=source,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}"
        finally:
            end_group(server)


def wait_for(address: str) -> None:
    """Until the site answers; RuntimeError after 30 seconds."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5)  # noqa: S310  (our own loopback address)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the site did not answer within 30 seconds")
