"""1.5 Workers are killed at 20 instants and put to sleep past their lease, on two databases: each effect exactly
once."""

import json
import tempfile
from pathlib import Path

from tests import databases, postgresql
from tests.proofs import Figure, Run, proof
from tests.proofs.planted import source

KILLS, SEED = 20, 20261122
NAMED_KILLS = 12  # enough for a control: each named instant twice
FAULTS = {
    "leases_without_fencing": (
        "bangvang/kernel/leases.py",
        "mine = JobLease.objects.filter(pk=self.lease_id, token=self.token, "
        "done_at__isnull=True, dead_at__isnull=True)",
        "mine = JobLease.objects.filter(pk=self.lease_id)",
    ),
    "abandoned_jobs_stay_abandoned": (
        "bangvang/kernel/leases.py",
        "                _enqueue(lease)\n                revived += 1",
        "                revived += 1",
    ),
    "told_again_from_the_start": (
        "bangvang/notices/actions.py",
        "    left = [pk for pk in announcement.users if pk not in told]",
        "    left = announcement.users[len(told) + 1:]",
    ),
}


@proof(
    "1.5",
    what="kill -9 of the worker at 20 instants (12 named, 8 random) and a sleep past the lease, on two databases",
    bar="20 of 20 orders told to all 24 readers exactly once; a worker that slept past its lease writes 0 rows",
    controls={
        "leases_without_fencing": "a chunk does not ask whether the lease is still its own",
        "abandoned_jobs_stay_abandoned": "a job whose worker vanished is not ordered again",
        "told_again_from_the_start": "the successor skips one reader more than were told",
    },
)
def kills(run: Run) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="bv-kills-") as name:
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
    kills = NAMED_KILLS if run.fault else KILLS
    with databases.template(folder, server) as template, template.copy() as address:
        printed = databases.python(address, "-m", "tests.proofs.killings", str(SEED), str(kills), var=folder, src=src)
    result = json.loads(printed.strip().splitlines()[-1])
    run.write(f"     {engine}: {json.dumps(result, ensure_ascii=False)}")
    killed, sleep = result["kills"], result["sleep"]
    run.expect(f"{engine} workers that died by signal 9", killed["killed by signal 9"], kills)
    run.expect(f"{engine} orders not told exactly once", killed.get("not exactly once", 0), 0)
    for left in ("nothing", "a part", "everything"):
        run.at_least(f"{engine} kills when {left} was written", killed.get(f"{left} was written when killed", 0), 2)
    run.expect(f"{engine} rows before the sleep", sleep["before the sleep"], 4)
    run.expect(f"{engine} rows written after waking", sleep["written after waking"], 0)
    run.expect(f"{engine} the slept order told exactly once", sleep["exactly once"], 1)
    once = killed.get("exactly once", 0)
    return {
        f"{engine} killed": killed["killed by signal 9"],
        f"{engine} exactly once": f"{once}/{once + killed.get('not exactly once', 0)}",
        f"{engine} rows after waking": sleep["written after waking"],
    }
