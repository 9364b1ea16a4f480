"""``python -m bangvang.law``: what it prints, and its exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bangvang.law.__main__ import main
from bangvang.law.book import load

ROOT = Path(__file__).parents[2]
CASES = str(ROOT / "docs" / "examples" / "cases.yaml")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = main(list(arguments))
    return status, capsys.readouterr().out


def test_check_counts_the_book(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = printed(capsys, "check", "--json")
    found = json.loads(text)
    assert status == 0
    assert list(found) == [
        "instruments",
        "awards",
        "versions",
        "conditions",
        "facts_by_mark",
        "holidays_until",
        "sunset",
        "book",
    ]
    assert (found["sunset"], found["holidays_until"], found["book"]) == ("2027-03-01", "2026-12-31", load().digest)
    assert list(found["facts_by_mark"]) == ["V", "V2", "P", "W", "M", "unknown"]


@pytest.mark.parametrize(
    ("on", "cap", "cap_cite", "vote", "source", "salary"),
    [
        ("2021-12-01", 15, "khoản 3 Điều 9 NĐ 91/2017/NĐ-CP", None, "national", 1_490_000),
        ("2025-12-01", None, "Điều 23 Luật Thi đua, khen thưởng 2022", 80, "kept", 2_340_000),
        ("2026-03-01", None, "Điều 23 Luật Thi đua, khen thưởng 2022", None, "open", 2_340_000),
    ],
)
def test_show_on_three_days(
    capsys: pytest.CaptureFixture[str],
    on: str,
    cap: int | None,
    cap_cite: str,
    vote: int | None,
    source: str,
    salary: int,
) -> None:
    status, text = printed(capsys, "show", "grassroots_emulation_fighter", "--on", on, "--json")
    found = json.loads(text)
    assert status == 0
    assert (found["cap"]["at_most_percent"], found["cap"]["cite"]) == (cap, cap_cite)
    assert (found["vote"].get("at_least_percent"), found["vote"]["source"]) == (vote, source)
    assert (found["money"]["times"], found["money"]["base_salary"]) == ("1.0", salary)
    assert found["vote"]["decides"] == (source == "kept")


def test_show_says_that_80_percent_is_only_suggested(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = printed(capsys, "show", "CSTDCS", "--on", "2026-03-01", "--json")
    assert json.loads(text)["vote"]["suggested"]["at_least_percent"] == 80


def test_show_under_a_province(capsys: pytest.CaptureFixture[str]) -> None:
    _, text = printed(capsys, "show", "CSTDCS", "--on", "2026-03-01", "--under", "vn,bac_ninh", "--json")
    assert (json.loads(text)["vote"]["more_than_percent"], json.loads(text)["vote"]["source"]) == (50, "local")


def test_show_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = printed(capsys, "show", "CSTDTQ", "--on", "2026-11-01")
    assert (status, text.splitlines()[0]) == (0, "Chiến sĩ thi đua toàn quốc (CSTDTQ), ngày 2026-11-01, theo vn")
    assert text.splitlines()[-1] == "Chưa nạp: Luật 06/2026/QH16"


def test_diff_between_two_laws(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = printed(capsys, "diff", "CSTDCS", "2023-12-31", "2024-01-01", "--json")
    assert (status, [item["aspect"] for item in json.loads(text)]) == (
        0,
        ["criteria", "cap", "vote", "authority", "money", "dossier"],
    )


def test_diff_of_two_equal_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "diff", "CSTDCS", "2021-01-01", "2021-01-02") == (0, "Không khác nhau.\n")


def test_coverage_is_complete(capsys: pytest.CaptureFixture[str]) -> None:
    status, text = printed(capsys, "coverage", CASES)
    assert (status, text.splitlines()[-1].endswith("0 số chưa có ca thử ở cả hai phía")) == (0, True)


def test_coverage_of_too_few_cases_fails(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    few = tmp_path / "few.yaml"
    few.write_text("- {id: A, kind: vote, award: CSTDTQ, session_on: 2025-12-01, members: 10, yes: 9, expect: pass}\n")
    assert printed(capsys, "coverage", str(few), "--json")[0] == 1


def test_judge_prints_every_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = tmp_path / "one.yaml"
    case.write_text("- {id: A, kind: eligibility, award: CSTDCS, for_year: 2021, expect: missing_data}\n")
    status, text = printed(capsys, "judge", str(case), "--json")
    found = json.loads(text)[0]
    assert (status, found["id"], found["outcome"], found["provisional"]) == (0, "A", "missing_data", None)
    assert found["governing"] == {"criteria": "2021-12-31", "money": "2021-12-31", "authority": "2021-12-31"}
    assert list(found["findings"][0]) == ["condition", "outcome", "text", "cite", "mark", "records"]


def test_judge_fails_when_an_answer_differs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = tmp_path / "wrong.yaml"
    case.write_text("- {id: A, kind: eligibility, award: CSTDCS, for_year: 2021, expect: met}\n")
    status, text = printed(capsys, "judge", str(case))
    assert (status, text.splitlines()[-1]) == (1, "1 ca, 1 ca khác điều mong đợi")


def test_a_file_that_cannot_be_used_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = tmp_path / "bad.yaml"
    case.write_text("- {id: A, kind: eligibility, award: CSTDCS, for_year: 2021, colour: red}\n")
    status = main(["judge", str(case)])
    assert (status, capsys.readouterr().err.startswith("bad.yaml:1: unknown key 'colour'")) == (2, True)


def test_an_own_folder_of_local_rules_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "issuer: stc\nlabel: Sở Tài chính\ndecision: qd-86-2025-bac-ninh\nfrom: 2026-01-01\nvote:\n"
        "  - {awards: [grassroots_emulation_fighter], at_least_percent: 85, until: 2026-12-31,\n"
        "     cite: qd-86-2025-bac-ninh, mark: V}\n"
    )
    arguments = (
        "--local",
        str(tmp_path),
        "show",
        "CSTDCS",
        "--on",
        "2026-03-01",
        "--under",
        "vn,bac_ninh,stc",
        "--json",
    )
    found = json.loads(printed(capsys, *arguments)[1])
    assert (found["vote"]["at_least_percent"], found["vote"]["source"]) == (85, "local")


def test_the_law_needs_no_django() -> None:
    script = (
        "import sys, bangvang.law.__main__, bangvang.law.sweep; print('django' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert done.stdout == "False False\n"


def test_dates_of_the_book_are_dates() -> None:
    assert load().regimes["R2025"] == date(2025, 7, 1)
