"""2.1: `./bv plan read` on the seed 002 gives every item of the line, in the format of issue 5."""

import hashlib
import json
import os
import shutil
import sys
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from tests.proofs import ROOT, Figure, Run, proof

SEED = "002_be401668d30c58f8.txt"
SIGNER_SHA256 = "7c62ef9ee021986d2ec43fa802d9448c4a31fb20ff27ac6025a25235494d6876"


@proof(
    "2.1",
    what="The reader fills the draft of the real plan: what it says, what it leaves open and why",
    bar="kind, agency, place, number null with a reason, symbol, date null, month, one base, six contents, three awards "
    "with standards, five recipients with notes, one signer",
    controls={
        "basis_as_own": "the reader takes the number of the legal basis as the document's own",
        "day_filled_in": "the reader fills the day that the document leaves open",
        "standards_lost": "the award forms come without their standards",
        "notes_lost": "the recipients come without their notes",
    },
)
def read_the_real_plan(run: Run) -> dict[str, Figure]:
    seed = Path(os.environ.get("BV_SEEDS", ROOT.parent / "shared" / "seeds")) / SEED
    if not seed.is_file():
        run.not_run("the seed document 002 is not beside the repository and BV_SEEDS does not name its folder")
    draft = planted(run, seed) if run.fault else by_the_command(run, seed)
    judge(run, draft)
    return {
        "contents": len(draft["contents"]),
        "award forms": len(draft["award_forms"]),
        "recipients": len(draft["recipients"]),
        "warnings": len(draft["warnings"]),
    }


def by_the_command(run: Run, seed: Path) -> dict[str, Any]:
    done = run.sh(["./bv", "plan", "read", seed, "--json"], name="read")
    run.expect("exit", done.returncode, 0)
    return found_in(done.stdout)


FAULTS = {
    "basis_as_own": 'answer["number"] = {**answer["symbol"], "value": answer["legal_bases"][0]["value"]["number"]}',
    "day_filled_in": 'answer["date"] = {**answer["date_partial"], "value": answer["date_partial"]["value"] + "-01"}',
    "standards_lost": '[item["value"].update(standard=None) for item in answer["award_forms"]]',
    "notes_lost": '[item["value"].update(note=None) for item in answer["recipients"]]',
}


def planted(run: Run, seed: Path) -> dict[str, Any]:
    """The same reading by a copy of the reader whose last step has the fault in it."""
    with tempfile.TemporaryDirectory(prefix="bv-reader-") as name:
        source = Path(name) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        file = source / "bangvang" / "reading" / "plan" / "draft.py"
        text = file.read_text(encoding="utf-8")
        last = "        return answer\n"
        if text.count(last) != 1:
            raise AssertionError("the reader's last step has moved: plant the fault elsewhere")
        file.write_text(text.replace(last, f"        {FAULTS[run.fault or '']}\n{last}"), encoding="utf-8")
        command: list[str | Path] = [sys.executable, "-m", "bangvang.reading", "read", seed, "--json"]
        return found_in(run.sh(command, env={"PYTHONPATH": str(source)}, name="planted").stdout)


def found_in(printed: str) -> dict[str, Any]:
    """The JSON object in what the command printed; a first run tells of its set-up before it."""
    begins = printed.index("{\n") if "{\n" in printed else 0
    draft: dict[str, Any] = json.JSONDecoder().raw_decode(printed[begins:])[0]
    return draft


def judge(run: Run, draft: dict[str, Any]) -> None:
    run.expect("kind", draft["kind"], "plan_full")
    run.expect("agency", draft["agency"]["value"]["name"], "Sở Tài chính")
    values = {name: draft[name]["value"] for name in ("place", "number", "symbol", "date", "date_partial")}
    wanted = {"place": "Bắc Ninh", "number": None, "symbol": "KH-STC", "date": None, "date_partial": "2021-10"}
    run.expect("what stands in the head", values, wanted)
    run.expect("number is null for a reason", bool(draft["number"]["reason"]), True)
    run.expect("date is null for a reason", bool(draft["date"]["reason"]), True)
    bases = [(item["value"]["number"], item["value"]["date"]) for item in draft["legal_bases"]]
    run.expect("legal bases", bases, [("2014/QĐ-BTC", "2021-10-18")])
    run.expect("contents", len(draft["contents"]), 6)
    awards = [item["value"] for item in draft["award_forms"]]
    run.expect("award forms", len(awards), 3)
    run.expect("award forms with a standard", sum(bool(award["standard"]) for award in awards), 3)
    notes = [item["value"]["note"] for item in draft["recipients"]]
    run.expect("notes of the recipients", notes, ["b/c", "b/c", "t/h", None, None])
    signers = [(item["value"]["title"], digest(item["value"]["name"])) for item in draft["signer"]]
    run.expect("signer", signers, [("GIÁM ĐỐC", SIGNER_SHA256)])
    singles = [draft[name] for name in ("agency", "symbol", "date_partial", "place")]
    listed = [
        item for name in ("legal_bases", "contents", "award_forms", "recipients", "signer") for item in draft[name]
    ]
    run.expect("every value has its quote", [item["value"] for item in (*singles, *listed) if not item["quote"]], [])


def digest(name: str) -> str:
    return hashlib.sha256(unicodedata.normalize("NFC", name).encode()).hexdigest()
