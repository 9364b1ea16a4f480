"""4.3 Every example case is answered as its file expects, and no deciding number of the book is without cases on both sides."""

import json
import tempfile
from collections import Counter
from pathlib import Path

from tests.databases import ROOT
from tests.proofs import Figure, Run, proof
from tests.proofs.law_copies import DATA, Change, changed, law, printed

CASES = ROOT / "docs" / "examples" / "cases.yaml"
FAULTS: dict[str, Change] = {
    "threshold_off": (f"{DATA}vote.yaml", "until: 2027-02-28, at_least_percent: 90", "until: 2027-02-28, at_least_percent: 80"),
    "rounded_to_nearest": ("bangvang/law/tallies.py", '"up_to_10000": ROUND_CEILING', '"up_to_10000": ROUND_HALF_UP'),
    "weekend_counts": ("bangvang/law/calendar.py", "day.weekday() < 5", "day.weekday() < 6"),
    "unlisted_key_passes": ("bangvang/law/nodes.py", "        if key not in allowed:", "        if False:"),
}  # fmt: skip


@proof(
    "4.3",
    what="`law judge` on the example cases of all four kinds; `law coverage` leaves no deciding number bare",
    bar="every case as expected and with the fact it rests on; an unlisted key stops with file and line; coverage exit 0, and 1 with one case less",
    controls={
        "threshold_off": "a vote of 90 % is 80 % in the book",
        "rounded_to_nearest": "prize money is rounded to the nearest ten thousand",
        "weekend_counts": "Saturdays are working days",
        "unlisted_key_passes": "an unlisted key of a case is passed over",
    },
)
def cases(run: Run) -> dict[str, Figure]:
    fault = [FAULTS[run.fault]] if run.fault else []
    with changed(*fault) as src, tempfile.TemporaryDirectory(prefix="bv-cases-") as name:
        done = law(src, "judge", CASES, "--json")
        answers = json.loads(done.stdout)
        run.keep("answers.json", done.stdout)
        run.expect("cases that differ", [one["id"] for one in answers if "differs" in one], [])
        run.expect("exit status", done.returncode, 0)
        misspelt = Path(name) / "misspelt.yaml"
        misspelt.write_text(
            "- {id: A, kind: vote, award: CSTDTQ, session_on: 2025-12-01, members: 10, yes: 9, colour: red}\n"
        )
        stopped = law(src, "judge", misspelt)
        run.expect(
            "unlisted key",
            (stopped.returncode, stopped.stderr.startswith("misspelt.yaml:1: unknown key 'colour'")),
            (2, True),
        )
        if run.fault:
            return {}
        covered = printed(src, "coverage")
        run.expect("bare numbers", [row["what"] for row in covered if row["bare"]], [])
        run.expect("coverage, exit status", law(src, "coverage").returncode, 0)
        fewer = Path(name) / "fewer.yaml"
        fewer.write_text(_without(CASES.read_text(encoding="utf-8"), "ldtt-2025-five-months"), encoding="utf-8")
        run.expect("coverage with one case less", law(src, "coverage", fewer).returncode, 1)
    text = CASES.read_text(encoding="utf-8")
    kinds = Counter(line.split(":")[1].strip() for line in text.splitlines() if line.startswith("  kind: "))
    run.expect("kinds", set(kinds), {"eligibility", "vote", "money", "deadline"})
    run.expect("cases with the fact they rest on", text.count("\n  note: "), len(answers))
    return {**{f"cases of {kind}": count for kind, count in kinds.items()}, "numbers guarded": len(covered)}


def _without(text: str, case: str) -> str:
    """The file without one case."""
    begins = text.index(f"- id: {case}\n")
    ends = text.find("\n- id: ", begins)
    return text[:begins] + text[ends + 1 :]
