"""5.1: `./bv plan read` on each of the five real documents: kind, own number against basis, dates, contents, awards."""

import hashlib
import json
import os
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from tests.proofs import ROOT, Figure, Run, planted, proof

KINDS = {"000": "plan_news", "001": "record_article", "002": "plan_full", "003": "plan_news", "004": "plan_news"}
# Persons of the real documents stand here as digests only. 002 is signed; the author of 003 signs nothing.
SIGNERS = {"002": ["7c62ef9ee021986d2ec43fa802d9448c4a31fb20ff27ac6025a25235494d6876"], "003": []}
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
    "condition_lost": (
        "bangvang/reading/plan/period.py",
        "precision, condition, confidence = None, words, 0.8",
        "value, precision, confidence = '2021-12-31', 'day', 0.8",
    ),
    "giver_lost": (
        "bangvang/reading/plan/awards.py",
        '"issuer": "unit" if match else None',
        '"issuer": None',
    ),
}


@proof(
    "5.1",
    what="The five real documents are read: what each is, its own number told from its basis, its dates and awards",
    bar="kinds 000, 003, 004 plan_news, 001 record_article, 002 plan_full; own numbers and bases of 003 and 004; five contents "
    "of 000; start 2021-11, an open end and four award forms of 004; nothing offered by 001",
    controls={
        "record_is_a_plan": "the reader does not weigh awards received",
        "basis_as_own": "the reader takes any number for the plan's own",
        "condition_lost": "the reader turns an open end into a day",
        "giver_lost": "the reader forgets who gives a Giấy khen",
    },
)
def read_the_seeds(run: Run) -> dict[str, Figure]:
    folder = Path(os.environ.get("BV_SEEDS", ROOT.parent / "shared" / "seeds"))
    seeds = {path.name[:3]: path for path in sorted(folder.glob("00?_*.txt"))}
    if sorted(seeds) != sorted(KINDS):
        run.not_run("the seed documents are not beside the repository and BV_SEEDS does not name their folder")
    with tempfile.TemporaryDirectory(prefix="bv-seeds-") as name:
        src = planted.source(Path(name), *FAULTS.get(run.fault or "", ()))
        drafts = {number: _read(run, path, src) for number, path in seeds.items()}
    _judge(run, drafts)
    return {"documents": len(drafts), "values with quotes": _quoted(run, drafts)}


def _read(run: Run, path: Path, src: Path) -> dict[str, Any]:
    """By the command itself; a planted copy by the module that the command runs."""
    if run.fault is None:
        done = run.sh(["./bv", "plan", "read", path, "--json"], name="read")
    else:
        command: list[str | Path] = [sys.executable, "-m", "bangvang.reading", "read", path, "--json"]
        done = run.sh(command, env={"PYTHONPATH": str(src)}, name="read")
    run.expect(f"{path.name[:3]}: exit", done.returncode, 0)
    begins = done.stdout.index("{\n")  # a first run tells of its set-up before it
    draft: dict[str, Any] = json.JSONDecoder().raw_decode(done.stdout[begins:])[0]
    return draft


def _judge(run: Run, drafts: dict[str, dict[str, Any]]) -> None:
    run.expect("kinds", {number: draft["kind"] for number, draft in drafts.items()}, KINDS)
    own = {number: (draft["number"]["value"], draft["date"]["value"]) for number, draft in drafts.items()}
    nothing = (None, None)
    run.expect(
        "own numbers and days",
        own,
        {
            "000": nothing,
            "001": nothing,
            "002": nothing,
            "003": ("83/KH-SKHĐT", "2021-09-17"),
            "004": ("57/KH-SNV", "2021-11-11"),
        },
    )
    bases = {
        number: [(one["value"]["number"], one["value"]["date"]) for one in draft["legal_bases"]]
        for number, draft in drafts.items()
    }
    run.expect(
        "bases",
        bases,
        {
            "000": [("2014/QĐ-BTC", "2021-10-18")],
            "001": [],
            "002": [("2014/QĐ-BTC", "2021-10-18")],
            "003": [("240/KH-UBND", "2021-09-16")],
            "004": [("3510/KH-UBND", "2021-09-30")],
        },
    )
    run.expect("contents of 000", len(drafts["000"]["contents"]), 5)
    offered = [drafts["001"][name] for name in ("contents", "award_forms", "duties", "quotas")]
    run.expect("what 001 offers", offered, [[], [], [], []])
    period = drafts["004"]["period"]
    run.expect("004 begins", (period["start"]["value"], period["start"]["precision"]), ("2021-11", "month"))
    run.expect("004 has no last day", period["end"]["value"], None)
    run.expect("004 ends when", (period["end"]["condition"] or "").split(" ")[:1], ["khi"])
    run.expect(
        "award forms of 004",
        [(one["value"]["code"], one["value"]["issuer"], one["value"]["class"]) for one in drafts["004"]["award_forms"]],
        [
            ("labour_order", None, None),
            ("prime_minister_commendation", None, None),
            ("ministry_province_commendation", "province", None),
            ("unit_commendation", "unit", None),
        ],
    )
    signers = {n: [_digest(one["value"]["name"]) for one in drafts[n]["signer"]] for n in SIGNERS}
    run.expect("signers", signers, SIGNERS)


def _quoted(run: Run, drafts: dict[str, dict[str, Any]]) -> int:
    """How many values stand with their words; a value without words, or a null without a reason, is a failure."""
    count = 0
    for number, draft in drafts.items():
        found = [(name, one) for name, one in draft.items() if isinstance(one, dict) and "reason" in one]
        found += [(name, item) for name, items in draft.items() if isinstance(items, list) for item in items]
        found = [(name, one) for name, one in found if name != "warnings"]
        silent = [name for name, one in found if not (one["quote"] if one["value"] is not None else one["reason"])]
        run.expect(f"{number}: values without words", silent, [])
        count += sum(one["value"] is not None for _name, one in found)
    return count


def _digest(name: str | None) -> str:
    return hashlib.sha256(unicodedata.normalize("NFC", name or "").encode()).hexdigest()
