"""`manage.py serve` really listens, brings a killed child back, and stops without leaving anything behind."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.cli.conftest import Installation

STATIC = "static/django_htmx/django-htmx.js"  # any file that collectstatic must have found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], bool], *, seconds: float = 30.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.2)
    return False


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/{STATIC}", timeout=3) as answer:
            return bool(answer.status == 200)
    except HTTPError as error:
        raise AssertionError(f"status {error.code}") from None
    except (URLError, OSError):
        return False


def children_of(parent: int) -> dict[str, int]:
    """Process ids of the three parts, by the word that their command line holds."""
    found: dict[str, int] = {}
    for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        found |= {name: int(pid) for name in ("granian", "db_worker", "clock") if name in words}
    return found


@pytest.fixture
def serving(demo: Installation) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    command = demo.command("serve", "--port", str(port), "--workers", "1")
    process = subprocess.Popen(command, env=demo.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    yield process, port
    if process.poll() is None:
        process.kill()
    process.communicate(timeout=30)


def test_serves_restarts_and_stops(serving: tuple[subprocess.Popen[str], int]) -> None:
    process, port = serving
    assert wait_for(lambda: answers(port))
    first = children_of(process.pid)
    assert set(first) == {"granian", "db_worker", "clock"}
    os.kill(first["db_worker"], signal.SIGKILL)
    assert wait_for(lambda: children_of(process.pid).get("db_worker", first["db_worker"]) != first["db_worker"])
    second = children_of(process.pid)
    assert (second["granian"], second["clock"]) == (first["granian"], first["clock"])
    process.send_signal(signal.SIGTERM)
    output, complaints = process.communicate(timeout=30)
    assert process.returncode == 0
    assert output.splitlines() == [f"Đang chạy tại http://127.0.0.1:{port}/ (Ctrl-C để dừng)", "Đã dừng."]
    assert "Phần việc nền đã dừng (mã -9)" in complaints
    assert [pid for pid in second.values() if Path(f"/proc/{pid}").exists()] == []


def test_killed_outright_takes_its_children_along(serving: tuple[subprocess.Popen[str], int]) -> None:
    process, port = serving
    assert wait_for(lambda: answers(port))
    children = children_of(process.pid)
    process.kill()
    process.wait()
    assert wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children.values()), seconds=20)


def test_taken_port_is_named(demo: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = demo.manage("serve", "--port", str(port))
    assert refused.returncode == 2
    assert f"Cổng {port} trên 127.0.0.1 đang có chương trình khác dùng." in refused.stderr
