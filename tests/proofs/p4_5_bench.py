"""4.5 Two million persons: every award, every condition, both rails, against the copy rate of the same run."""

import json
import re
import sys

from tests.databases import ROOT
from tests.proofs import Figure, Run, proof
from tests.proofs.law_copies import Change, changed

PERSONS, PERSONS_OF_CONTROL = 2_000_000, 100_000
TRIES = 3  # another process may take the machine for a moment; the least of the tries counts, as of the rounds
FIGURES = (
    "persons", "records", "awards", "conditions", "planes_bytes", "bytes_per_person", "build_s", "snapshot_read_s",
    "copy_gb_s", "limit_ms", "sweep_ms", "sweep_one_rail_ms", "sweep_x_limit", "explain_ms", "growth",
)  # fmt: skip
BARS = {"sweep_ms": 150, "sweep_x_limit": 25, "explain_ms": 5, "bytes_per_person": 120, "growth": 1.3}
FAULTS: dict[str, Change] = {
    "nothing_shared": ("bangvang/law/planes.py", "        number = self._number.get(key)", "        number = None"),
    "asked_again": ("bangvang/law/view.py", "            found: _Seen = self._seen[key]", "            raise KeyError"),
}
CAUGHT_BY = {"nothing_shared": "sweep_x_limit", "asked_again": "explain_ms"}


@proof(
    "4.5",
    what="The bench of two million persons: all awards for persons, every condition, both rails",
    bar="sweep ≤ 150 ms and ≤ 25 × limit, explanation ≤ 5 ms with the database, ≤ 120 bytes a person, growth ≤ 1.3 × linear",
    controls={
        "nothing_shared": "equal conditions of several awards are computed again",
        "asked_again": "an explanation looks every record up again",
    },
    alone=True,
)
def bench(run: Run) -> dict[str, Figure]:
    with changed(*([FAULTS[run.fault]] if run.fault else [])) as src:
        found = measured(run, src, PERSONS_OF_CONTROL if run.fault else PERSONS)
        for _ in range(TRIES - 1):
            if run.fault or all(found[name] <= bar for name, bar in BARS.items()):
                break
            again = measured(run, src, PERSONS)
            found = {name: min(value, again[name]) if name in BARS else value for name, value in found.items()}
    if run.fault:
        plain = measured(run, ROOT / "src", PERSONS_OF_CONTROL)
        name = CAUGHT_BY[run.fault]
        run.at_most(f"{name}, as a multiple of the same without the fault", found[name] / plain[name], 1.5)
        return {}
    run.expect("figures", [name for name in FIGURES if name not in found], [])
    for name, bar in BARS.items():
        run.at_most(name, found[name], bar)
    run.keep("bench.json", json.dumps(found, indent=1))
    return {name: found[name] for name in FIGURES}


def measured(run: Run, src: object, persons: int) -> dict[str, float]:
    """One run of the bench. It says first how long it takes and how much disk."""
    done = run.sh(
        [sys.executable, "bench/law.py", "--persons", str(persons)],
        env={"PYTHONPATH": f"{src}:{ROOT}"},
        timeout=900,
        name="bench",
    )
    told, _, figures = done.stdout.partition("{")
    run.expect("says first what it takes", bool(re.match(r"about \d+ s and \d+ MB of disk", told)), True)
    found: dict[str, float] = json.loads("{" + figures)
    return found
