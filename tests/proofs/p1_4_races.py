"""1.4 Four processes press the same button 200 times on two databases; what an owner of the database changes later is
named."""

import json
import tempfile
from pathlib import Path

from tests import databases, postgresql
from tests.databases import Template
from tests.proofs import Figure, Run, proof
from tests.proofs.planted import source

# ruff: noqa: S608 (the only values in these statements are our own ids)

PROCESSES, STEPS = 4, 200
STEPS_OF_CONTROL = 40
FAULTS = {
    "swap_without_compare": (
        "bangvang/kernel/workflow.py",
        "filter(pk=thing.pk, version=expected, **{self.field: source})",
        "filter(pk=thing.pk)",
    ),
    "tails_not_looked_at": ("bangvang/kernel/audit.py", "if found != (length, head):", "if False:"),
    "permits_not_looked_at": ("bangvang/kernel/audit.py", "if event.pk not in expunged:", "if True:"),
}


@proof(
    "1.4",
    what="Four processes × 200 steps × two databases; verify names a changed byte, a cut tail, a removed root; expunge",
    bar="200 winners, 600 Overtaken, 200 events on each; three findings by name; verify clean before and after expunge",
    controls={
        "swap_without_compare": "the compare-and-swap asks neither state nor version",
        "tails_not_looked_at": "audit verify does not compare a chain's end with its root",
        "permits_not_looked_at": "audit verify does not know what was expunged under a decision",
    },
)
def races(run: Run) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="bv-races-") as name:
        folder = Path(name)
        src = source(folder, *FAULTS[run.fault]) if run.fault else source(folder)
        figures = on_engine(run, folder, src, "", "SQLite")
        if not run.fault:
            try:
                with postgresql.server() as address:
                    figures |= on_engine(run, folder, src, address, "PostgreSQL")
            except postgresql.NoServer as reason:
                run.not_run(str(reason))
    return figures


def on_engine(run: Run, folder: Path, src: Path, server: str, engine: str) -> dict[str, Figure]:
    steps = STEPS_OF_CONTROL if run.fault else STEPS
    with databases.template(folder, server) as template, template.copy() as address:
        counts = json.loads(
            databases.python(address, "-m", "tests.proofs.racers", str(PROCESSES), str(steps), var=folder, src=src)
        )
        run.write(f"     {engine}: {counts}")
        events = databases.ask(address, "SELECT count(*) FROM bangvang_event WHERE verb = 'movement.submit'")[0][0]
        run.expect(f"{engine} winners", counts.pop("winners", 0), steps)
        run.expect(f"{engine} overtaken", counts.pop("overtaken", 0), steps * (PROCESSES - 1))
        run.expect(f"{engine} events of the step", events, steps)
        luckiest = counts.pop("most by one process")
        seals = counts.pop("seals")
        run.expect(f"{engine} any other outcome", counts, {})
        run.expect(f"{engine} verify after the race", verify(address, folder, src), [])
        raced = Template(address, folder)
        named = [named_by_verify(run, raced, src, engine, *plant) for plant in PLANTS]
        expunged(run, raced, src, engine)
    return {
        f"{engine} events": f"{events}",
        f"{engine} most by one": luckiest,
        f"{engine} seals": seals,
        f"{engine} named": sum(named),
    }


LAST = "(SELECT max(event_id) FROM bangvang_eventlink WHERE root_kind = 'movement')"
ROOT = "(SELECT max(id) FROM bangvang_movement)"
PLANTS = (
    ("a changed byte", ["changed_event"], [f"UPDATE bangvang_event SET duty = duty || '.' WHERE id = {LAST}"]),
    (
        "a cut tail",
        ["cut_tail"],
        [
            f"DELETE FROM bangvang_eventbody WHERE event_id = {LAST}",
            f"DELETE FROM bangvang_event WHERE id = {LAST}",
            f"DELETE FROM bangvang_eventlink WHERE event_id = {LAST}",
        ],
    ),
    # Named twice: by the chain that is left over, and by the oldest seal that has it.
    ("a removed root", ["removed_root", "removed_root"], [f"DELETE FROM bangvang_movement WHERE id = {ROOT}"]),
)


def named_by_verify(
    run: Run, raced: Template, src: Path, engine: str, what: str, codes: list[str], acts: list[str]
) -> bool:
    with raced.copy() as address:
        databases.as_owner(address, *acts)
        lines = verify(address, raced.folder, src)
    found = [line.split(":")[0] for line in lines]
    run.expect(f"{engine} {what} is named", found, codes)
    run.write(f"     {engine}: " + " / ".join(lines))
    return found == codes


def expunged(run: Run, raced: Template, src: Path, engine: str) -> None:
    with raced.copy() as address:
        first = str(databases.ask(address, "SELECT min(id) FROM bangvang_event")[0][0])
        command = ("audit", "expunge", first, "--decision", "Quyết định số 5/QĐ-STC")
        databases.python(address, "-m", "django", *command, var=raced.folder, src=src)
        left = databases.ask(address, f"SELECT count(*) FROM bangvang_eventbody WHERE event_id = {first}")[0][0]
        run.expect(f"{engine} words left after expunge", left, 0)
        run.expect(f"{engine} verify after expunge", verify(address, raced.folder, src), [])


def verify(address: str, folder: Path, src: Path) -> list[str]:
    """The findings that `./bv manage audit verify` prints, one line each."""
    printed = databases.python(address, "-m", "django", "audit", "verify", var=folder, src=src, check=False)
    lines = printed.strip().splitlines()
    return [] if lines == ["Các chuỗi và niêm phong đều khớp."] else lines or ["no answer"]
