"""Keeping a few child processes alive: one that dies is started again, all end when this process is told to stop."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

SHORTEST_LIFE = 5.0  # seconds; a child that dies younger waits longer before its next start
LONGEST_WAIT = 30.0
PATIENCE = 15.0  # seconds for a child to end by itself after SIGTERM
PARENT_DEATH = 1  # PR_SET_PDEATHSIG of prctl(2)

Say = Callable[[str], None]


@dataclass
class Child:
    """A program to keep running. `name` is the Vietnamese word in messages."""

    name: str
    command: list[str]
    running: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    deaths: int = 0

    def start(self, environment: dict[str, str]) -> None:
        # A session of its own: Ctrl-C reaches only the parent, which then ends the children in order, once.
        self.running = subprocess.Popen(  # noqa: S603 (our own fixed commands)
            self.command,
            env=environment,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        self.started = time.monotonic()

    def look(self, say: Say) -> None:
        """Notice a death and say when the child starts again."""
        if self.running is None or self.running.poll() is None:
            return
        lived = time.monotonic() - self.started
        self.deaths = 0 if lived > SHORTEST_LIFE else self.deaths + 1
        wait = min(LONGEST_WAIT, 2.0**self.deaths - 1)
        again = f"sau {wait:.0f} giây" if wait else "ngay"
        say(f"Phần {self.name} đã dừng (mã {self.running.returncode}), chạy lại {again}.")
        self.running, self.due = None, time.monotonic() + wait


def _end_with_parent() -> None:
    """A parent that was killed outright takes its children along (Linux); nothing is left holding the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGTERM)


def keep_running(children: list[Child], environment: dict[str, str], *, say: Say) -> None:
    """Run until SIGINT or SIGTERM; then end every child and return."""
    stop = threading.Event()

    def told(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, told) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        while not stop.is_set():
            for child in children:
                child.look(say)
                if child.running is None and child.due <= time.monotonic():
                    child.start(environment)
            stop.wait(0.5)
    finally:
        _end(children)
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(children: list[Child]) -> None:
    living = [child.running for child in children if child.running is not None]
    for process in living:
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in living:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its session: a server's own workers go with it
            process.wait()
