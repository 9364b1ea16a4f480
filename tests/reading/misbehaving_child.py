"""A child that misbehaves on request, under the same limits as the real one: what a hostile document might achieve."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from bangvang.reading import sandbox


def rehearse(path: Path, request: dict[str, Any]) -> dict[str, Any]:
    trick = request["trick"]
    if trick == "spin":
        sandbox.allow_cpu(0)
        while True:
            pass
    if trick == "fill":
        return {"size": len(bytearray(sandbox.MEMORY))}
    if trick == "crash":
        os.abort()
    if trick == "leave":
        os._exit(0)
    if trick == "sleep":
        subprocess.Popen(["sleep", "1000"])
        os.read(os.pipe()[0], 1)
    if trick == "write":
        path.write_text("x")
    if trick == "connect":
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    if trick == "babble":
        sys.stdout.buffer.write(b"not json\n")
        sys.stdout.flush()
    if trick == "raise":
        raise KeyError("a parser's own mistake")
    with open("/proc/self/net/dev") as devices:
        networks = [line.split(":")[0].strip() for line in devices if ":" in line]
    return {"descriptors": len(os.listdir("/proc/self/fd")), "networks": networks}


if __name__ == "__main__":
    sandbox.VERBS["rehearse"] = rehearse
    sandbox.serve(sys.stdin.buffer, sys.stdout.buffer)
