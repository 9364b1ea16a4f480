"""The only door to files from outside: they are parsed in one limited child process, kept alive between files.

The child (`sandbox.py`) has no network, 500 MB of memory and 10 s of CPU a file; this side adds a wall limit and kills
the whole process group. Requests and answers are one line of JSON each, never pickle. Whatever the child does (crash,
hang, answer nonsense), the caller gets an answer or a Refusal, and the next file gets a fresh child.
"""

import atexit
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import bangvang
from bangvang.reading.guard import FileFacts
from bangvang.reading.lines import Line, Text
from bangvang.reading.refusal import REASONS, Refusal, refusal

WALL_SECONDS = 15.0  # of waiting for one answer; CPU is limited to 10 s by the child itself
FILES_PER_CHILD = 500  # then a fresh child, so that memory lost by a library does not add up
LARGEST_ANSWER = 64 * 1024 * 1024  # bytes


class LimitedChild:
    """One child process that answers one request at a time; safe to use from several threads."""

    def __init__(self, *, wall_seconds: float = WALL_SECONDS, module: str = "bangvang.reading.sandbox") -> None:
        self._wall_seconds = wall_seconds
        self._module = module
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()
        self._answered = 0
        self._unread = b""

    def ask(self, verb: str, path: Path | str, **options: object) -> dict[str, Any] | Refusal:
        """The child's answer to `verb` about the file at `path`, or why there is none."""
        request = json.dumps({"verb": verb, "path": str(Path(path).absolute()), **options}).encode() + b"\n"
        with self._lock:
            try:
                answer = self._exchange(request)
            except BaseException:
                self.stop()  # an interrupted exchange would leave an answer for the next caller to read
                raise
        if isinstance(answer, Refusal):
            return answer
        return _refusal_in(answer) if "refused" in answer else answer

    def stream(self, verb: str, path: Path | str) -> Generator[dict[str, Any] | Refusal, None, None]:
        """The child's answers to `verb` one after the other; a Refusal is the last one. The pipe makes the child wait.

        Nobody else can ask meanwhile. A stream that is not read to its end costs a child: what it would still say is lost.
        """
        request = json.dumps({"verb": verb, "path": str(Path(path).absolute())}).encode() + b"\n"
        with self._lock:
            ended = False
            try:
                answer = self._exchange(request)
                while True:
                    if isinstance(answer, Refusal) or "refused" in answer:
                        ended = True
                        yield answer if isinstance(answer, Refusal) else _refusal_in(answer)
                        return
                    if "end" in answer:
                        ended = True
                        return
                    yield answer
                    answer = self._next()
            finally:
                if not ended:
                    self.stop()

    def _next(self) -> dict[str, Any] | Refusal:
        process = self._process
        line = self._line_from(process) if process is not None else b""
        if not line:
            return refusal(self._how_it_ended(process)[0] if process is not None else "damaged")
        return self._understood(line)

    def pid(self) -> int | None:
        """The running child's process id, None when none runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def peak_memory(self) -> int:
        """The most memory the running child has held, in bytes (0 when none runs); for proofs and benchmarks."""
        try:
            status = Path(f"/proc/{self.pid()}/status").read_text()
        except OSError:
            return 0
        peak = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
        return int(peak.split()[1]) * 1024

    def stop(self) -> None:
        """End the child and everything it started; the next question starts a new one."""
        process, self._process = self._process, None
        self._unread, self._answered = b"", 0
        if process is None:
            return
        if self._owner == os.getpid():  # after a fork the child belongs to the other process
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def _exchange(self, request: bytes) -> dict[str, Any] | Refusal:
        line, why = b"", ""
        for _attempt in (1, 2):
            process = self._running()
            try:
                assert process.stdin is not None
                process.stdin.write(request)
                process.stdin.flush()
                line = self._line_from(process)
            except (BrokenPipeError, ConnectionResetError):
                line = b""
            if line:
                break
            why, blameless = self._how_it_ended(process)
            if not blameless:
                return refusal(why)
        if not line:
            return refusal(why)
        self._answered += 1
        if self._answered >= FILES_PER_CHILD:
            self.stop()
        return self._understood(line)

    def _understood(self, line: bytes) -> dict[str, Any] | Refusal:
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            self.stop()
            return refusal("damaged")
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid() or self.pid() is None:
            self.stop()
            self._owner = os.getpid()
            self._process = self._start()
        assert self._process is not None
        return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        source = str(Path(bangvang.__file__).parent.parent)
        # The libraries are found on the path of this process (a virtual environment, or an unpacked release).
        paths = [source, *(entry for entry in sys.path if entry and entry != source)]
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "OMP_THREAD_LIMIT": "1",
        }
        if "TESSDATA_PREFIX" in os.environ:
            environment["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-P", "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd="/",
            close_fds=True,
            start_new_session=True,
        )

    def _line_from(self, process: subprocess.Popen[bytes]) -> bytes:
        """The next line of the child, or b"" when it ended, was silent too long or said too much."""
        assert process.stdout is not None
        until = time.monotonic() + self._wall_seconds
        descriptor = process.stdout.fileno()
        pieces, size = [self._unread], len(self._unread)
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while b"\n" not in pieces[-1]:
                left = until - time.monotonic()
                if left <= 0 or size > LARGEST_ANSWER or not selector.select(left):
                    return b""
                piece = os.read(descriptor, 1 << 20)
                if not piece:
                    return b""
                pieces.append(piece)
                size += len(piece)
        line, _, self._unread = b"".join(pieces).partition(b"\n")
        return line

    def _how_it_ended(self, process: subprocess.Popen[bytes]) -> tuple[str, bool]:
        """The code of the refusal for a silent child, and whether it may have ended for a reason outside this file."""
        try:
            ended = process.wait(0.2)
        except subprocess.TimeoutExpired:
            self.stop()
            return "too_slow", False
        self.stop()
        if ended == -signal.SIGXCPU:
            return "too_slow", False
        if ended == -signal.SIGKILL:  # by an administrator, or by the kernel short of memory: worth one more child
            return "too_heavy", True
        if ended in (-signal.SIGABRT, -signal.SIGBUS):  # how C and C++ libraries run out of memory
            return "too_heavy", False
        return "damaged", ended >= 0


def _refusal_in(answer: dict[str, Any]) -> Refusal:
    return Refusal(**answer["refused"]) if answer["refused"]["code"] in REASONS else refusal("damaged")


_child = LimitedChild()
atexit.register(_child.stop)


def inspect(path: Path | str) -> FileFacts | Refusal:
    """What the file really is, by content; Refusal when it is not of an allowed kind or carries anything forbidden."""
    answer = _child.ask("inspect", path)
    return answer if isinstance(answer, Refusal) else FileFacts(**answer["facts"])


def extract(path: Path | str) -> Text | Refusal:
    """The clean lines of a document with their pages; Refusal when there is no text to be trusted."""
    answer = _child.ask("extract", path)
    return answer if isinstance(answer, Refusal) else text_from_json(answer["text"])


def read_plan(path: Path | str) -> dict[str, Any] | Refusal:
    """The plan in the file as JSON (issue 5, `PlanDraft`); Refusal when the file cannot be read."""
    answer = _child.ask("read_plan", path)
    return answer if isinstance(answer, Refusal) else answer["draft"]


def read_record(path: Path | str) -> dict[str, Any] | Refusal:
    """Awards received and results told in the file (record.RecordDraft as JSON), all to confirm; or a Refusal."""
    answer = _child.ask("read_record", path)
    return answer if isinstance(answer, Refusal) else answer["record"]


def read_heads(path: Path | str) -> list[dict[str, Any]] | Refusal:
    """The head of every list in the file (roster.Head as JSON), with the meaning of its columns; or a Refusal."""
    answer = _child.ask("read_heads", path)
    return answer if isinstance(answer, Refusal) else answer["heads"]


def stream_rows(path: Path | str) -> Generator[dict[str, Any] | Refusal, None, None]:
    """Rows of the lists in a file, some at a time: {"sheet": n, "rows": [[number, section, cells], …]}. From a child of its
    own, since a list of 100,000 rows takes its time and others must be answered meanwhile."""
    child = LimitedChild()
    try:
        yield from child.stream("stream_rows", path)
    finally:
        child.stop()


def read_decision(path: Path | str) -> dict[str, Any] | Refusal:
    """A decision on awards as JSON (decision.draft.DecisionDraft); Refusal when the file cannot be read."""
    answer = _child.ask("read_decision", path)
    return answer if isinstance(answer, Refusal) else answer["decision"]


def text_from_json(answer: dict[str, Any]) -> Text:
    """A Text from the child's JSON; TypeError or KeyError when the child did not keep to the format."""
    return Text(
        kind=answer["kind"],
        method=answer["method"],
        pages=answer["pages"],
        notices=tuple(answer["notices"]),
        lines=tuple(Line(*line) for line in answer["lines"]),
    )


def pid() -> int | None:
    """The process id of the running child of this process; for proofs."""
    return _child.pid()


def peak_memory() -> int:
    """The most memory the child of this process has held, in bytes."""
    return _child.peak_memory()


def stop() -> None:
    """End the child of this process; used by tests and at exit."""
    _child.stop()
