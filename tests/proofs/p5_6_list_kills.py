"""5.6 `kill -9` while a list is staged and while it is confirmed, on two databases: all or nothing."""

import json
import tempfile
from pathlib import Path

from tests import databases, postgresql
from tests.proofs import Figure, Run, proof
from tests.proofs.planted import source

FAULTS = {
    "confirm_in_pieces": (
        "bangvang/intake/confirming.py",
        "    _enter_newcomers(batch, by)\n",
        "    _enter_newcomers(batch, by)\n"
        "    from django.db import transaction\n"
        "    transaction.get_connection().commit()\n"
        "    transaction.get_connection().savepoint_ids.clear()\n",
    ),
    "forgets_where_it_was": (
        "bangvang/intake/jobs.py",
        "islice(stream, batch.staged, None)",
        "islice(stream, 0, None)",
    ),
}


@proof(
    "5.6",
    what="kill -9 of the worker while a list is staged (6 instants) and of the writer while it is confirmed (5), two databases",
    bar="whole chunks only, every list complete once by the successor; a killed confirmation leaves nothing, the next writes all",
    controls={
        "confirm_in_pieces": "confirming commits after the new people",
        "forgets_where_it_was": "the successor of a killed worker stages from the first row again",
    },
)
def list_kills(run: Run) -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="bv-lists-") as name:
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
    with databases.template(folder, server) as template, template.copy() as address:
        try:
            printed = databases.python(address, "-m", "tests.proofs.list_killings", var=folder, src=src)
        except RuntimeError as broken:
            run.expect(f"{engine} the story of killings", str(broken)[-300:], "told to its end")
            return {}
    result = json.loads(printed.strip().splitlines()[-1])
    run.write(f"     {engine}: {json.dumps(result, ensure_ascii=False)}")
    staging, confirm, (stagings, confirms) = result["staging"], result["confirm"], result["instants"]
    run.expect(f"{engine} staging workers killed", staging["killed by signal 9"], stagings)
    run.expect(f"{engine} chunks in parts", staging.get("a chunk in parts", 0), 0)
    run.expect(f"{engine} ledger touched by staging", staging.get("ledger touched", 0), 0)
    run.expect(f"{engine} lists complete once", staging.get("list complete once", 0), stagings)
    run.expect(f"{engine} writers killed", confirm["killed by signal 9"], confirms)
    run.expect(f"{engine} confirmations of which nothing was left", confirm.get("nothing left of it", 0), confirms)
    run.expect(f"{engine} written whole by the next try", confirm.get("written whole by the next", 0), confirms)
    run.expect(f"{engine} seq without gaps", result["seq without gaps"], True)
    run.expect(f"{engine} audit findings", result["audit findings"], [])
    return {
        f"{engine} staging kills, complete once": f"{staging.get('list complete once', 0)}/{stagings}",
        f"{engine} confirm kills, all or nothing": f"{confirm.get('written whole by the next', 0)}/{confirms}",
    }
