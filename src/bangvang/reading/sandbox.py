"""The inside of the limited child process: gives up what it does not need, then answers questions about files.

Started by child.py as `python -m bangvang.reading.sandbox`; reads one JSON request a line from stdin, writes one JSON
answer a line to stdout. House.md 2.11: no network, 500 MB, 10 s of CPU a file.
"""

import ctypes
import json
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from bangvang.reading.guard import identify
from bangvang.reading.lines import Text
from bangvang.reading.refusal import RefusedFile, refusal

MEMORY = 500 * 1024 * 1024  # bytes of address space: the interpreter with all readers loaded takes 70 MB of it
CPU_SECONDS = 10  # a file; counted anew for each
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def give_up_rights() -> None:
    """Limit this process for good: memory, no files written, no core dumps, few descriptors, no network."""
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(limit, (value, value))
    _leave_the_network()


def _leave_the_network() -> None:
    # An empty network namespace needs no rights where user namespaces are allowed. Where they are not, no socket was
    # inherited and Python refuses to make one.
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)

    def no_sockets(event: str, _arguments: tuple[object, ...]) -> None:
        if event.startswith("socket."):
            raise PermissionError("no network in the reading child")

    sys.addaudithook(no_sockets)


def allow_cpu(seconds: float = CPU_SECONDS) -> None:
    """Count `seconds` of CPU from now; the kernel ends the process (SIGXCPU) when they are used up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def inspect(path: Path, _request: dict[str, Any]) -> dict[str, Any]:
    """What the file is."""
    return {"facts": asdict(identify(path))}


def extract(path: Path, _request: dict[str, Any]) -> dict[str, Any]:
    """The file's lines."""
    from bangvang.reading.text import text_of  # noqa: PLC0415 - inspecting needs none of the readers

    return {"text": as_json(text_of(path))}


def as_json(text: Text) -> dict[str, Any]:
    """A Text with its lines as short arrays: number, page, text, source."""
    return {
        "kind": text.kind,
        "method": text.method,
        "pages": text.pages,
        "notices": list(text.notices),
        "lines": [[line.number, line.page, line.text, line.source] for line in text.lines],
    }


def read_plan(path: Path, _request: dict[str, Any]) -> dict[str, Any]:
    """The file as a PlanDraft."""
    from bangvang.reading.plan.reader import read_plan as read  # noqa: PLC0415 - inspecting needs none of the readers
    from bangvang.reading.text import text_of  # noqa: PLC0415

    return {"draft": read(text_of(path)).as_json()}


def read_record(path: Path, _request: dict[str, Any]) -> dict[str, Any]:
    """What the file tells of awards received and results."""
    from bangvang.reading.record import read_record as read  # noqa: PLC0415 - inspecting needs none of the readers
    from bangvang.reading.text import text_of  # noqa: PLC0415

    return {"record": read(text_of(path)).as_json()}


def read_decision(path: Path, _request: dict[str, Any]) -> dict[str, Any]:
    """The file as a DecisionDraft."""
    from bangvang.reading.decision.reader import read_decision as read  # noqa: PLC0415 - inspecting needs no reader
    from bangvang.reading.text import text_of  # noqa: PLC0415

    return {"decision": read(text_of(path)).as_json()}


def read_heads(path: Path, _request: dict[str, Any]) -> dict[str, Any]:
    """The head of every list in the file."""
    from bangvang.reading.roster.table import heads_of  # noqa: PLC0415 - inspecting needs none of the readers

    return {"heads": [head.as_json() for head in heads_of(path)]}


def stream_rows(path: Path, _request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of every list in the file, some at a time."""
    from bangvang.reading.roster.table import chunks_of  # noqa: PLC0415 - inspecting needs none of the readers

    yield from chunks_of(path)


STREAMS: dict[str, Callable[[Path, dict[str, Any]], Iterator[dict[str, Any]]]] = {"stream_rows": stream_rows}
VERBS: dict[str, Callable[[Path, dict[str, Any]], dict[str, Any]]] = {
    "inspect": inspect,
    "extract": extract,
    "read_plan": read_plan,
    "read_record": read_record,
    "read_heads": read_heads,
    "read_decision": read_decision,
}


def answers(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The answers to one request, one unless it asks for a stream, whose last one says so; a parser's failure becomes a
    refusal."""
    if request["verb"] not in STREAMS:
        yield answer(request)
        return
    parts = STREAMS[request["verb"]](Path(request["path"]), request)
    while True:
        part = _caught(lambda: next(parts, {"end": True}))
        yield part
        if "end" in part or "refused" in part:
            return


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request; every failure of a parser becomes a refusal."""
    return _caught(lambda: VERBS[request["verb"]](Path(request["path"]), request))


def _caught(question: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return question()
    except RefusedFile as refused:
        return {"refused": asdict(refused.refusal)}
    except (MemoryError, RecursionError):
        return {"refused": asdict(refusal("too_heavy"))}
    except Exception:  # a parser of foreign bytes may raise anything; the file is what is wrong
        return {"refused": asdict(refusal("damaged"))}


def serve(requests: BinaryIO, out: BinaryIO) -> None:
    """Answer until the other side closes the pipe."""
    give_up_rights()
    for line in requests:
        allow_cpu()
        for part in answers(json.loads(line)):
            out.write(json.dumps(part, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
            out.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
