"""Run by proof 1.4 in a process of its own: several operating-system processes take the same steps at the same time.

Usage: python -m tests.proofs.racers PROCESSES STEPS. Prints one JSON object of counts.
"""

import json
import multiprocessing
import sys
from collections import Counter
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 (after the applications are loaded)

from bangvang.kernel import audit  # noqa: E402
from bangvang.kernel.workflow import Overtaken  # noqa: E402
from bangvang.movements import actions  # noqa: E402
from bangvang.movements.models import Movement  # noqa: E402
from bangvang.people.actor import Actor  # noqa: E402
from bangvang.people.models import Duty, User  # noqa: E402
from tests import factories  # noqa: E402

SEAL_EVERY = 50


def main(processes: int, steps: int) -> dict[str, Any]:
    lan = factories.actor("Nguyễn Thị Lan", factories.agency(), Duty.Role.CLERK)
    for _ in range(steps):
        factories.movement(lan)
    connection.close()  # a child must not inherit it
    fork = multiprocessing.get_context("fork")
    start, answers = fork.Barrier(processes), fork.SimpleQueue()
    racers = [fork.Process(target=race, args=(start, answers)) for _ in range(processes)]
    for racer in racers:
        racer.start()
    counts = [answers.get() for _ in racers]
    for racer in racers:
        racer.join()
    total: Counter[str] = sum((Counter(count) for count in counts), Counter())
    return {**total, "most by one process": max(count.get("winners", 0) for count in counts)}


def race(start: Any, answers: Any) -> None:
    """Open every movement first, as a page does; then press the button of each in the same instant as the others."""
    lan = Actor(User.objects.get(), Duty.objects.get(), factories.DAY)
    opened = list(Movement.objects.order_by("pk"))
    count: Counter[str] = Counter()
    for place, movement in enumerate(opened):
        start.wait(timeout=60)
        try:
            actions.submit(movement, by=lan)
            count["winners"] += 1
        except Overtaken:
            count["overtaken"] += 1
        except Exception as error:  # (any other outcome is a figure too, and fails the proof)
            count[type(error).__name__] += 1
        if place % SEAL_EVERY == 0:
            start.wait(timeout=60)
            audit.seal(f"giữa cuộc, bước {place}")
            count["seals"] += 1
    connection.close()
    answers.put(dict(count))


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
