"""5.3: two thousand damaged files through the limited child: an answer in words for each, within the limits."""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.proofs import ROOT, Figure, Run, planted, proof

FILES, FILES_OF_A_CONTROL = 2000, 240
SECONDS, MEGABYTES = 10.0, 500
FAULTS = {
    "traceback_told": (
        "bangvang/reading/sandbox.py",
        'return {"refused": asdict(refused.refusal)}',
        'return {"refused": {**asdict(refused.refusal), "message": __import__("traceback").format_exc()}}',
    ),
    "nothing_to_do": ("bangvang/reading/refusal.py", "return Refusal(code, message.format(**words), what_to_do)", 'return Refusal(code, "", "")'),
    "no_memory_limit": ("bangvang/reading/sandbox.py", "        (resource.RLIMIT_AS, MEMORY),\n", ""),
    "numbers_lost": ("bangvang/reading/plan/header.py", "match = NUMBER.search(passage.text)\n", "match = None\n"),
}  # fmt: skip


@proof(
    "5.3",
    what="Damaged files (bytes changed, cut, doubled, shuffled, zeros, letters taken apart) through the limited child",
    bar="2,000 files: no traceback, none over 10 s or 500 MB, a clear message each; of those that still hold the text at least "
    "60 % give the right number, date and agency",
    controls={
        "traceback_told": "the child tells its traceback instead of a reason",
        "nothing_to_do": "refusals come without words",
        "no_memory_limit": "the child keeps all the memory of the machine",
        "numbers_lost": "the reader no longer finds the line of the number",
    },
)
def read_damaged_files(run: Run) -> dict[str, Figure]:
    count = FILES if run.fault is None else FILES_OF_A_CONTROL
    with tempfile.TemporaryDirectory(prefix="bv-damaged-") as name:
        src = planted.source(Path(name), *FAULTS.get(run.fault or "", ()))
        result = _run(run, count, src)
    run.keep("result.json", json.dumps(result, ensure_ascii=False, indent=1))
    run.expect("files", result["files"], count)
    run.expect("tracebacks and answers without words", result["faults"][:5], [])
    run.at_most("seconds of the slowest", result["slowest_s"], SECONDS)
    run.at_most("megabytes at the peak", result["peak_mb"], MEGABYTES)
    allowed = {"Max address space": str(MEGABYTES * 1024 * 1024), "Max file size": "0"}
    run.expect("what the kernel allows the child", result["limits"], allowed)
    run.at_least("files that still hold the text", result["with_text"], count / 4)
    for field, share in result["right"].items():
        run.at_least(f"right {field}", share, 0.6)
    return {
        "files": count,
        "refused": sum(result["refused"].values()),
        "with text": result["with_text"],
        **{f"right {field}": round(share, 3) for field, share in result["right"].items()},
        "slowest s": result["slowest_s"],
        "peak MB": result["peak_mb"],
    }


def _run(run: Run, count: int, src: Path) -> dict[str, Any]:
    command: list[str | Path] = [sys.executable, "-m", "tests.reading.mutations", str(count)]
    done = run.sh(command, env={"PYTHONPATH": os.pathsep.join([str(src), str(ROOT)])}, name="mutations")
    run.expect("exit", done.returncode, 0)
    result: dict[str, Any] = json.JSONDecoder().raw_decode(done.stdout[done.stdout.index("{\n") :])[0]
    return result
