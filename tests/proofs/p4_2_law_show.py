"""4.2 What the book says of “Chiến sĩ thi đua cơ sở” on three days: cap, votes, the door that excellence alone opens, money."""

import json
from typing import Any

from tests.proofs import Figure, Run, proof
from tests.proofs.law_copies import DATA, Change, changed, printed

AWARD = "grassroots_emulation_fighter"
FAULTS: dict[str, Change] = {
    "cap_forgotten": (f"{DATA}cap.yaml", "until: 2023-12-31, at_most_percent: 15", "until: 2023-12-31, at_most_percent: 20"),
    "transition_forgotten": (
        f"{DATA}vote.yaml",
        "suggests: {at_least_percent: 80}, delegated_by: nd-152-2025 Đ6.2, kept_until: 2025-12-31, kept_by: nd-152-2025 Đ60.2,",
        "suggests: {at_least_percent: 80}, delegated_by: nd-152-2025 Đ6.2,",
    ),
    "suggestion_decides": ("bangvang/law/sources.py", 'self.source != "open" and ', ""),
    "salary_of_today": (f"{DATA}base_salary.yaml", "amount_vnd: 1490000", "amount_vnd: 2340000"),
}  # fmt: skip


@proof(
    "4.2",
    what="“Chiến sĩ thi đua cơ sở” on 2021-12-01, 2025-12-01 and 2026-03-01, without a local rule",
    bar="15 % of LĐTT, vote unknown, 1.490.000; no cap, HTXSNV alone, 80 % kept by Đ60.2, 2.340.000; vote needs a person",
    controls={
        "cap_forgotten": "the book says 20 % for 2017 to 2023",
        "transition_forgotten": "Đ60.2 does not keep the rule of NĐ 98",
        "suggestion_decides": "what is only suggested may decide",
        "salary_of_today": "the base salary of 2019 is that of 2024",
    },
)
def law_show(run: Run) -> dict[str, Figure]:
    with changed(*([FAULTS[run.fault]] if run.fault else [])) as src:
        days = {day: printed(src, "show", AWARD, "--on", day) for day in ("2021-12-01", "2025-12-01", "2026-03-01")}
    run.keep("show.json", json.dumps(days, ensure_ascii=False, indent=1))
    old, kept, late = days.values()
    run.expect(
        "2021 cap",
        _some(old["cap"], "at_most_percent", "holders_of", "cite", "decides"),
        (15, "advanced_worker", "khoản 3 Điều 9 NĐ 91/2017/NĐ-CP", True),
    )
    run.expect(
        "2021 vote",
        _some(old["vote"], "at_least_percent", "more_than_percent", "mark", "decides"),
        (None, None, "unknown", False),
    )
    run.expect(
        "2021 money",
        _some(old["money"], "times", "base_salary", "base_salary_cite"),
        ("1.0", 1490000, "NĐ 38/2019/NĐ-CP"),
    )
    run.expect("2021 doors of excellence", _excellence(old), [])
    run.expect("2025 cap", _some(kept["cap"], "at_most_percent", "source"), (None, "national"))
    run.expect("2025 excellence alone", _excellence(kept), ["grade_at_least:HTXSNV"])
    run.expect("2025 vote", _some(kept["vote"], "at_least_percent", "source", "decides"), (80, "kept", True))
    run.expect("2025 vote kept by", "khoản 2 Điều 60 NĐ 152/2025/NĐ-CP" in kept["vote"]["cite"], True)
    run.expect("2025 money", _some(kept["money"], "times", "base_salary"), ("1.0", 2340000))
    run.expect(
        "2026 vote",
        (late["vote"]["source"], late["vote"]["decides"], late["vote"]["suggested"]["at_least_percent"]),
        ("open", False, 80),
    )
    return {"days": len(days), "aspects shown": sum(len(found) for found in days.values())}


def _some(found: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(found.get(name) for name in names)


def _excellence(found: dict[str, Any]) -> list[str]:
    """Conditions of the group "one of these" that ask for the grade of excellence."""
    groups = [
        part["any_of"] for door in found["criteria"]["person"]["doors"] for part in door["all_of"] if "any_of" in part
    ]
    return [leaf["condition"] for group in groups for leaf in group if leaf.get("condition") == "grade_at_least:HTXSNV"]
