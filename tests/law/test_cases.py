"""The example cases are the tests of the law; the numbers they guard are the numbers of the book."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bangvang.law.book import Book, load
from bangvang.law.cases import Case, cases_from_text, read_cases
from bangvang.law.coverage import cover
from bangvang.law.nodes import BookError
from tests.law.mutants import survivors

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
    survived, made = survivors(book, cases)
    assert survived == []
    assert made > 300


def test_questions_the_book_cannot_answer_cover_nothing(book: Book) -> None:
    text = (
        "- {id: A, kind: eligibility, award: hero, for_year: 2023, received_on: 2023-06-01, expect: needs_person}\n"
        "- {id: B, kind: vote, award: CSTDTQ, session_on: 2030-01-01, members: 10, yes: 9, expect: needs_person}\n"
    )
    cases = cases_from_text(text, "case.yaml", book)
    assert [case.answered(book)["outcome"] for case in cases] == ["needs_person", "needs_person"]
    assert [row["what"] for row in cover(book, cases) if row["below"] or row["at"]] == []


def test_a_case_without_expectation_is_answered_and_not_compared(book: Book) -> None:
    found = answer(book, "- {id: A, kind: vote, award: CSTDTQ, session_on: 2025-12-01, members: 10, yes: 8}")
    assert ("differs" in found, found["outcome"]) == (False, "fail")


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
