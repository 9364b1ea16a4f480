"""Run by proof 3.5 in a process of its own: order certificates, let a worker be killed half-way, let another finish.

Usage: python -m tests.proofs.certificate_stage COUNT FOLDER. Writes batch.pdf, blank.pdf, test.pdf, longest.pdf into the
folder and prints one JSON object: the progress that people saw, and how often each part was drawn.
"""

import datetime
import json
import multiprocessing
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402 (after the applications are loaded)
from django.db import connection  # noqa: E402

from bangvang.kernel import leases  # noqa: E402
from bangvang.papers import actions, certificates  # noqa: E402
from bangvang.papers.models import PaperOrder  # noqa: E402
from bangvang.people.models import Duty  # noqa: E402
from tests import factories  # noqa: E402
from tests.papers.certificate_samples import COLLECTIVES, DEEDS, many  # noqa: E402

leases.HELD = datetime.timedelta(seconds=1)
FORK = multiprocessing.get_context("fork")


def worker(parts_until_death: int) -> None:
    """The product's own worker; it dies by signal 9 as it keeps the part after so many (0: it lives)."""
    connection.close()
    real, kept = actions.keep_part, 0

    def keep_part(*arguments: object, **named: object) -> object:
        nonlocal kept
        kept += 1
        if parts_until_death and kept > parts_until_death:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)  # type: ignore[arg-type]

    actions.keep_part = keep_part  # type: ignore[assignment]
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    connection.close()


def watched(process: multiprocessing.process.BaseProcess, made: PaperOrder, seen: list[int]) -> int | None:
    """Look at the progress while a worker works, as the page does; its exit code."""
    while process.is_alive():
        done = actions.progress_of(PaperOrder.objects.get(pk=made.pk)).done
        if not seen or seen[-1] != done:
            seen.append(done)
        time.sleep(0.02)
    process.join()
    return process.exitcode


def main(count: int, folder: Path) -> dict[str, object]:
    clerk = factories.actor("Nguyễn Thị Lan", factories.agency(), Duty.Role.CLERK)
    given = many(count)
    name = "Giay-khen-nam-2026"
    made = actions.order_certificates(given, certificates.FULL_PAGE, name=name, about=clerk.agency, by=clerk)
    seen: list[int] = []
    ends = []
    for parts in (1, 0):
        process = FORK.Process(target=worker, args=(parts,))
        process.start()
        ends.append(watched(process, made, seen))
        time.sleep(1.2)
        leases.reap(started_before=datetime.timedelta())
    whole = actions.progress_of(PaperOrder.objects.get(pk=made.pk))
    paper = made.papers.select_related("file").get()
    (folder / "batch.pdf").write_bytes(paper.file.path.read_bytes())
    blank = certificates.USUAL_BLANK
    (folder / "blank.pdf").write_bytes(certificates.draw(given[:60], blank))
    (folder / "test.pdf").write_bytes(certificates.draw_test_page(blank))
    longest = replace(given[0], honorific="", honoured_name=COLLECTIVES[1], achievement=DEEDS[2])
    (folder / "longest.pdf").write_bytes(certificates.draw([longest]))
    left = made.parts.count()
    return {
        "seen": seen if seen[-1] == whole.done else [*seen, whole.done],
        "ends": ends,
        "total": whole.total,
        "kept": whole.is_kept,
        "parts left": left,
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), Path(sys.argv[2]))))
