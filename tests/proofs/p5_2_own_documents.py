"""5.2: `./bv plan score` on documents of our own whose truths were written before the reader saw them."""

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from bangvang.reading.formats import ocr
from tests.proofs import Figure, Run, planted, proof
from tests.reading.corpus_builder import CORPUS, build
from tests.reading.hard_rows import ROWS

BARS = {"whole_plan": 0.95, "news": 0.85}
FAULTS = {
    "record_is_a_plan": (
        "bangvang/reading/plan/kind.py",
        "received, forward = _received(body), _forward(body)",
        "received, forward = 0, 9",
    ),
    "basis_as_own": (
        "bangvang/reading/plan/news.py",
        'if not OWN_VERB.search(before.rstrip(" ,")) or BASIS_VERB.search(before):',
        "if False:",
    ),
    "lists_lost": (
        "bangvang/reading/plan/sections.py",
        "        found += [_item(node) for node in _item_nodes(heading)]\n    return found",
        "    return found",
    ),
}


@proof(
    "5.2",
    what="Our own documents, one or more for each row of noise and hardness, against truths written first",
    bar="at least 25 in docx, pdf and txt; every row has a document; macro-F1 at least 0.95 on whole plans and 0.85 on news; no "
    "movement from a record, no confident wrong number or date",
    controls={
        "record_is_a_plan": "the reader does not weigh awards received",
        "basis_as_own": "the reader takes any number for the plan's own",
        "lists_lost": "the reader loses the items below headings",
    },
)
def score_own_documents(run: Run) -> dict[str, Figure]:
    truths = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.glob("*.json"))}
    formats = Counter(truth["build"].split("-")[0] for truth in truths.values())
    run.at_least("documents", len(truths), 25)
    run.expect("formats that are missing", {"docx", "pdf", "txt"} - formats.keys(), set())
    numbers = {name[:2] for name in truths}
    run.expect("rows without a document", [row for row, names in ROWS.items() if not numbers.intersection(names)], [])
    run.expect("documents of no row", sorted(numbers - {number for names in ROWS.values() for number in names}), [])
    with tempfile.TemporaryDirectory(prefix="bv-score-") as name:
        src = planted.source(Path(name), *FAULTS.get(run.fault or "", ()))
        result = _score(run, build(Path(name) / "documents"), src)
    run.keep("score.json", json.dumps(result, ensure_ascii=False, indent=1))
    for stratum, bar in BARS.items():
        run.at_least(f"macro-F1 of {stratum}", result[stratum]["macro_f1"], bar)
    # Where no program reads pictures, the scans are sent back in words: that is no wrong value.
    wrong = [one for one in result["hard_failures"] if (one["field"], one["read"]) != ("file", "needs_ocr")]
    run.expect("hard failures", wrong, [])
    if ocr.program_for_vietnamese():
        run.expect("scans sent back although they can be read", result["hard_failures"], [])
    return {
        "documents": len(truths),
        "rows": len(ROWS),
        **{
            f"macro-F1 {stratum}": figures["macro_f1"]
            for stratum, figures in result.items()
            if stratum != "hard_failures"
        },
    }


def _score(run: Run, folder: Path, src: Path) -> dict[str, Any]:
    if run.fault is None:
        done = run.sh(["./bv", "plan", "score", folder, "--json"], name="score")
    else:
        command: list[str | Path] = [sys.executable, "-m", "bangvang.reading", "score", folder, "--json"]
        done = run.sh(command, env={"PYTHONPATH": str(src)}, name="score")
    run.expect("exit", done.returncode, 0)
    result: dict[str, Any] = json.JSONDecoder().raw_decode(done.stdout[done.stdout.index("{\n") :])[0]
    return result
