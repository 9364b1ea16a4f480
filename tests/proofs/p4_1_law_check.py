"""4.1 `./bv law check --json`, and six mistakes in the book that stop the program with file and line."""

import re
from pathlib import Path

from tests.databases import SRC
from tests.proofs import Figure, Run, proof
from tests.proofs.law_copies import DATA, Change, changed, law, printed

MISTAKES: dict[str, tuple[Change, str]] = {  # name → one wrong line in the book, what must be said after file and line
    "wrong_key": ((f"{DATA}cap.yaml", "at_most_percent: 15", "at_most_percnt: 15"), "unknown key 'at_most_percnt'"),
    "duplicate_key": (
        (f"{DATA}base_salary.yaml", "amount_vnd: 1490000", "amount_vnd: 1490000, amount_vnd: 1490001"), "key 'amount_vnd' stands twice",
    ),
    "missing_citation": ((f"{DATA}base_salary.yaml", ", cite: nd-38-2019", ""), "key 'cite' is missing"),
    "gap": ((f"{DATA}base_salary.yaml", "until: 2023-06-30", "until: 2023-06-29"), "base salary: gap after the version at base_salary.yaml:3"),
    "overlap": ((f"{DATA}base_salary.yaml", "until: 2023-06-30", "until: 2023-07-01"), "base salary: overlaps the version at base_salary.yaml:3"),
    "not_delegated": (
        (f"{DATA}local/bac_ninh.yaml", "awards: [ministry_province_emulation_fighter, grassroots", "awards: [national_emulation_fighter, grassroots"),
        "national_emulation_fighter: vote is not delegated to an issuer on 2025-12-15",
    ),
}  # fmt: skip
CHECKS: dict[str, Change] = {  # the same name → the check of the loader taken out
    "wrong_key": ("bangvang/law/nodes.py", "        if key not in allowed:", "        if False:"),
    "duplicate_key": ("bangvang/law/nodes.py", "        if key in found:", "        if False:"),
    "missing_citation": ("bangvang/law/nodes.py", "        if key not in present:", "        if False:"),
    "gap": ("bangvang/law/tables.py", "        if before.valid_until + timedelta(days=1) != after.valid_from:", "        if False:"),
    "overlap": ("bangvang/law/tables.py", "        if before.valid_until is None or before.valid_until >= after.valid_from:", "        if False:"),
    "not_delegated": ("bangvang/law/book.py", "            if not any(item.delegated_by for item in upper):", "            if False:"),
}  # fmt: skip
COUNTED = {"instruments", "awards", "versions", "conditions", "facts_by_mark", "holidays_until", "sunset", "book"}


@proof(
    "4.1",
    what="`law check` counts the book; six mistakes in it stop the program with file and line",
    bar="exit 0 and eight figures; six times exit 2, `file:line: what is wrong` on one line, nothing printed as result",
    controls={name: f"the loader does not look for it ({name.replace('_', ' ')})" for name in CHECKS},
)
def law_check(run: Run) -> dict[str, Figure]:
    if run.fault is None:
        found = printed(SRC, "check")
        run.expect("figures", set(found), COUNTED)
        run.expect("sunset", found["sunset"], "2027-03-01")
        run.expect("marks", set(found["facts_by_mark"]), {"V", "V2", "P", "W", "M", "unknown"})
        run.keep("check.json", str(found))
    for name, (change, said) in MISTAKES.items():
        if run.fault in (None, name):
            mistake(run, name, change, said, CHECKS[name] if run.fault else None)
    return {} if run.fault else {key: found[key] for key in ("instruments", "awards", "versions", "conditions")}


def mistake(run: Run, name: str, change: Change, said: str, unchecked: Change | None) -> None:
    """The program with this line in its book: what it says, and with which status."""
    with changed(change, *([unchecked] if unchecked else [])) as src:
        done = law(src, "check", "--json")
        text = (src / change[0]).read_text(encoding="utf-8")
        line = text[: text.index(change[2]) if change[2] else text.index("amount_vnd: 1490000")].count("\n") + 1
    words = done.stderr.strip()
    file = Path(change[0]).name
    after = line + 1 if name in ("gap", "overlap") else line  # two versions that do not fit: the later one is named
    run.write(f"     {name}: {words[-200:]}")
    run.expect(f"{name}: status and result", (done.returncode, done.stdout), (2, ""))
    run.expect(f"{name}: words", bool(re.fullmatch(rf"{file}:{after}: {re.escape(said)}.*", words)), True)
