"""The product as it runs: a web server and a worker in processes of their own, on a database of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests import databases
from tests.http_client import Person

TODAY = "2025-12-20"  # the assumed day of the installation, so that typed days stay in the past
LOAD = "import django; django.setup(); from tests.journeys import department; department.main()"
ONLOOKER = """
import json, sys
import django
django.setup()
from bangvang.kernel import audit
from bangvang.models import *
for line in sys.stdin:
    print(json.dumps(eval(line), default=str), flush=True)
"""
PATIENCE = 60.0  # seconds until a started server answers, or a job is done


DEMO_ROLES = {
    "thuongtruc": "clerk", "giamdoc": "director", "phogiamdoc": "deputy", "vanthu": "registry",
    "truongphong": "head", "chuyenvien": "staff", "quantri": "administrator",
}  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """Who can log in: role → user name, role → password; `council`: roles that only the council's steps need."""

    names: dict[str, str]
    passwords: dict[str, str]
    council: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Live:
    """A running installation. `log` is what its processes wrote to their standard outputs."""

    address: str
    database: str
    var: Path
    src: Path
    cast: Cast
    log_file: Path
    onlooker: "subprocess.Popen[str]"

    def person(self, role: str = "") -> Person:
        """A browser, logged in as the one with this role (see Cast), or a visitor's."""
        person = Person(self.address)
        if role:
            met = person.log_in(self.cast.names[role], self.cast.passwords[role])
            assert (met.status, met.address) == (200, "/lam-viec/"), (role, met.status, met.address, met.words[:300])
        return person

    def ask(self, code: str) -> object:
        """The value of an expression over the product's models on this database. For looking, not writing."""
        assert self.onlooker.stdin is not None
        assert self.onlooker.stdout is not None
        self.onlooker.stdin.write(code + "\n")
        self.onlooker.stdin.flush()
        return json.loads(self.onlooker.stdout.readline())

    def counts(self) -> dict[str, int]:
        """Rows of every table that an act of a person can write."""
        names = (
            "Movement",
            "PlanLine",
            "AwardOffer",
            "Recipient",
            "Event",
            "EventLink",
            "StoredFile",
            "Paper",
            "PaperOrder",
            "Notice",
        )
        counted = self.ask("{" + ", ".join(f"'{name}': {name}.objects.count()" for name in names) + "}")
        assert isinstance(counted, dict)
        return counted

    def files(self) -> list[str]:
        """Names of everything kept below the folder of received and made files."""
        return sorted(path.name for path in (self.var / "files").rglob("*") if path.is_file())

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def until_done(self) -> None:
        """Wait until the worker has finished everything that was ordered."""
        open_jobs = "JobLease.objects.filter(done_at__isnull=True, dead_at__isnull=True).count()"
        end = time.monotonic() + PATIENCE
        while self.ask(open_jobs):
            if time.monotonic() > end:
                raise TimeoutError(f"jobs left open after {PATIENCE} s:\n{self.log()[-2000:]}")
            time.sleep(0.3)


def end_group(process: "subprocess.Popen[bytes] | subprocess.Popen[str]") -> None:
    """Nothing that was started here outlives its block."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def serve(
    folder: Path, *, src: Path = databases.SRC, demo: bool = False, load: str = LOAD, **environment: str
) -> Iterator[Live]:
    """Start the product of `src` on a fresh database in `folder`, and end it afterwards.

    In it stands the small department of tests/journeys, or what the program `load` makes and prints the cast of, or with
    `demo` what `manage.py demo` loads.
    """
    folder.mkdir(parents=True, exist_ok=True)
    var, log_file = folder / "var", folder / "server.log"
    var.mkdir()
    with databases.template(folder) as template, template.copy() as database:
        cast = _demo(database, var) if demo else Cast(**json.loads(databases.python(database, "-c", load, var=var)))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        env = {**databases.environment(database, var=var, src=src), "BV_DEMO": "1", "BV_TODAY": TODAY, **environment}
        web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
        web += ["--workers", "1", "--blocking-threads", "4", "config.wsgi:application"]
        worker = [sys.executable, "-m", "django", "db_worker", "--interval", "0.2", "--no-startup-delay"]
        with log_file.open("ab") as log:
            started = [
                subprocess.Popen(
                    command, env=env, cwd=folder, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
                )
                for command in (web, worker)
            ]
        onlooker = subprocess.Popen(
            [sys.executable, "-c", ONLOOKER],
            env=env,
            cwd=folder,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        live = Live(f"http://127.0.0.1:{port}", database, var, src, cast, log_file, onlooker)
        try:
            _wait(live, started[0])
            yield live
        finally:
            end_group(onlooker)
            for ending in started:
                end_group(ending)
            for pipe in (onlooker.stdin, onlooker.stdout):
                if pipe is not None:
                    pipe.close()


def _demo(database: str, var: Path) -> Cast:
    """What `manage.py demo --no-serve` loads, with the passwords that it wrote down."""
    env = {**databases.environment(database, var=var), "BV_DEMO": "1", "BV_TODAY": TODAY}
    subprocess.run(
        [sys.executable, "-m", "django", "demo", "--no-serve"], env=env, check=True, capture_output=True, timeout=300
    )
    lines = (var / "tai-khoan-minh-hoa.txt").read_text(encoding="utf-8").splitlines()[1:]
    given = {name: password for name, password, *_ in map(str.split, lines)}
    roles = {role: name for name, role in DEMO_ROLES.items()}
    return Cast(roles, {role: given[name] for role, name in roles.items()})


def _wait(live: Live, web: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and web.poll() is None:
        try:
            if live.person().get("/huong-dan/").status == 200:
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError(f"the server did not answer:\n{live.log()[-2000:]}")
