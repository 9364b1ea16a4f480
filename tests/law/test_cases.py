"""The example cases are the tests of the law; the numbers they guard are the numbers of the book."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bangvang.law.book import Book, load
from bangvang.law.cases import Case, cases_from_text, read_cases
from bangvang.law.coverage import cover
from bangvang.law.nodes import BookError
from tests.law.mutants import mutants

CASES = Path(__file__).parents[2] / "docs" / "examples" / "cases.yaml"


@pytest.fixture(scope="module")
def book() -> Book:
    return load()


@pytest.fixture(scope="module")
def cases(book: Book) -> list[Case]:
    return read_cases(CASES, book)


def test_every_case_is_answered_as_expected(book: Book, cases: list[Case]) -> None:
    assert {case.id: answer["differs"] for case in cases if "differs" in (answer := case.answered(book))} == {}


def test_cases_are_of_all_four_kinds_and_cite_their_fact(cases: list[Case]) -> None:
    assert set(Counter(case.kind for case in cases)) == {"eligibility", "vote", "money", "deadline"}
    assert [case.id for case in cases if case.expect is None or "note" not in case.cells] == []


def test_no_deciding_number_of_the_book_is_bare(book: Book, cases: list[Case]) -> None:
    assert [row["what"] for row in cover(book, cases) if row["bare"]] == []


def test_a_missing_case_leaves_its_number_bare(book: Book, cases: list[Case]) -> None:
    fewer = [case for case in cases if case.id != "ldtt-2025-five-months"]
    bare = [row["what"] for row in cover(book, fewer) if row["bare"]]
    assert bare == ["advanced_worker criteria:person 2025-07-01 yearly recruited_less_than_months:6 months=6"]


def test_every_one_off_mutant_of_a_condition_is_caught_by_a_case(book: Book, cases: list[Case]) -> None:
    by_id = {case.id: case for case in cases}
    noticed = {row["what"]: {"-1": row["below"], "+1": row["at"]} for row in cover(book, cases)}
    made = list(mutants(book))
    survivors = [
        f"{mutant.what} {mutant.side}"
        for mutant in made
        if not any("differs" in by_id[name].answered(mutant.book) for name in noticed[mutant.what][mutant.side])
    ]
    assert survivors == []
    assert len(made) > 300


def answer(book: Book, text: str) -> dict[str, object]:
    return cases_from_text(text, "case.yaml", book)[0].answered(book)


def test_a_case_that_is_answered_otherwise_says_what_differs(book: Book) -> None:
    wrong = "- {id: A, kind: vote, award: CSTDTQ, session_on: 2025-12-01, members: 10, yes: 8, expect: pass}"
    assert answer(book, wrong)["differs"] == {"outcome": {"expected": "pass", "found": "fail"}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {id: A, kind: vote, award: LDTT, members: 10, yes: 8, colour: red}", "case.yaml:1: unknown key 'colour'"),
        ("- {id: A, kind: guess}", "case.yaml:1: unknown kind of case 'guess'"),
        ("- {id: A}", "case.yaml:1: key 'kind' is missing"),
        ("- id: A\n  kind: eligibility\n  award: XYZ\n  for_year: 2024", "case.yaml:3: Không có danh hiệu"),
        (
            "- id: A\n  kind: eligibility\n  award: LDTT\n  for_year: 2024\n  facts:\n    grades: {2024: TOT}",
            "case.yaml:6: unknown grade",
        ),
        (
            "- id: A\n  kind: eligibility\n  award: LDTT\n  for_year: 2024\n  facts:\n    pets: []",
            "case.yaml:6: unknown key 'pets'",
        ),
        ("- id: A\n  kind: eligibility\n  award: LDTT\n  for_year: hai", "case.yaml:4: expected a whole number"),
        ("- {id: A, kind: money, awards: [], decided_on: 2025-13-01}", "case.yaml:1: expected a day"),
        (
            "- {id: A, kind: money, awards: [], decided_on: 2025-12-01}\n" * 2,
            "case.yaml:2: case 'A' stands twice",
        ),
        ("- {id: A, kind: vote, award: CSTDTQ, members: 10, yes: 8}", "case.yaml:1: a vote needs session_on"),
        (
            "- {id: A, kind: vote, award: CSTDTQ, session_on: 2025-12-01, members: 10, present: 5, yes: 8}",
            "case.yaml:1: số phiếu",
        ),
    ],
)
def test_a_case_file_with_a_mistake_stops_with_file_and_line(book: Book, text: str, message: str) -> None:
    with pytest.raises(BookError) as raised:
        answer(book, text)
    assert str(raised.value).startswith(message)
