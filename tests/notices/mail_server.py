"""A real mail server on loopback that keeps what it takes, and does on a message what a test asks of it."""

import os
import signal
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Server(socketserver.ThreadingTCPServer):
    """`taken` are the messages as they came. `answer` to a message: "250 …", a refusal, or "" to hang up; `kills` names a
    process that dies after its message was taken and before it reads the answer."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.taken: list[bytes] = []
        self.answer = "250 taken"
        self.kills = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Session(socketserver.StreamRequestHandler):
    """One conversation: as much of SMTP as a client needs."""

    server: Any

    def handle(self) -> None:
        self._say("220 loopback")
        while line := self.rfile.readline().decode().strip().upper():
            if line.startswith("DATA"):
                self._say("354 go on")
                if not self._take():
                    return
            elif line.startswith("QUIT"):
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        self.server.taken.append(b"".join(lines))
        if self.server.kills:
            os.kill(self.server.kills, signal.SIGKILL)
        if self.server.answer:
            self._say(self.server.answer)
        return bool(self.server.answer)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def running() -> Iterator[Server]:
    """The server at work; gone afterwards."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
