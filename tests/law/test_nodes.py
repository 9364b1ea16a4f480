"""Strict reading: what YAML would guess, and what the loader refuses instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from bangvang.law import nodes
from bangvang.law.book import load
from bangvang.law.cases import cases_from_text
from bangvang.law.conditions import Frame
from bangvang.law.exact import months_after, months_between
from bangvang.law.facts import Facts, Service, Span, UnitCount
from bangvang.law.nodes import BookError
from bangvang.law.rules import Reader, read_doors, read_tree
from bangvang.law.sources import Days
from bangvang.law.tables import read_forms, read_holidays
from bangvang.law.view import View


@dataclass(frozen=True)
class Sample:
    number: str
    count: int = 0
    share: Decimal | None = None
    days: tuple[date, ...] = ()


def cell(text: str) -> nodes.Cell:
    return nodes.read_text(text, "x.yaml")


def test_scalars_are_read_by_the_schema_and_not_guessed() -> None:
    keys = nodes.record(
        cell("{number: 01, count: 10, share: 0.30, days: 2025-01-01}"), ("number",), ("count", "share", "days")
    )
    assert nodes.build(Sample, keys) == Sample("01", 10, Decimal("0.30"), (date(2025, 1, 1),))


def test_null_counts_as_absent() -> None:
    assert list(nodes.record(cell("{number: '1', count: null, days: ~}"), ("number",), ("count", "days"))) == ["number"]


@pytest.mark.parametrize(
    ("read", "text", "complaint"),
    [
        (nodes.mapping, "[1]", "expected a mapping"),
        (nodes.sequence, "{a: 1}", "expected a list"),
        (nodes.text, "[1]", "expected a text"),
        (nodes.number, "1.5", "expected a whole number, found '1.5'"),
        (nodes.decimal, "much", "expected a number, found 'much'"),
        (nodes.day, "01/07/2025", "expected a day as YYYY-MM-DD, found '01/07/2025'"),
        (nodes.flag, "yes", "expected true or false, found 'yes'"),
        (lambda found: nodes.record(found, ("a",)), "{a: null}", "key 'a' is missing"),
        (lambda found: nodes.one_of(found, ("a",), "letter"), "b", "unknown letter 'b'"),
    ],
)
def test_a_wrong_shape_is_named_with_its_line(read: object, text: str, complaint: str) -> None:
    with pytest.raises(BookError) as raised:
        read(cell(text))  # type: ignore[operator]
    assert str(raised.value) == f"x.yaml:1: {complaint}"


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(BookError, match=r"x\.yaml:1: the file is empty"):
        cell("# nothing\n")


def test_a_type_without_reader_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        nodes.typed(cell("1"), dict[str, str])


READER = Reader(load().instruments, load().awards)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{grade: HTNV}", "expected 'rule', 'all_of' or 'any_of'"),
        ("{rule: years_with, cite: []}", "an empty citation"),
        ("{rule: in_post, posts: a, years: 3, women_less: much}", "expected a fraction such as 1/3"),
    ],
)
def test_a_wrong_rule_is_named(text: str, complaint: str) -> None:
    with pytest.raises(BookError, match=f"x.yaml:1: {complaint}"):
        read_tree(READER, cell(text), (), "V")


def test_a_door_stands_once() -> None:
    with pytest.raises(BookError, match=r"x\.yaml:2: door 'a' stands twice"):
        read_doors(READER, cell("- {door: a, requires: []}\n- {door: a, requires: []}"), (), "V")


def test_a_form_and_a_year_stand_once() -> None:
    form = "- {instrument: nd-152-2025, number: '01', name: Tờ trình, mark: V}\n"
    with pytest.raises(BookError, match=r"x\.yaml:2: form 01 of nd-152-2025 stands twice"):
        read_forms(READER, cell(form * 2))
    with pytest.raises(BookError, match=r"x\.yaml:2: year 2025 stands twice"):
        read_holidays(READER, cell("- {year: 2025, off: [], cite: blld-2019, mark: M}\n" * 2))


ELIGIBILITY = "- id: A\n  kind: eligibility\n  award: LDTT\n  for_year: 2024\n  facts:\n"


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ("    grades: {20: HTNV}", "case.yaml:6: expected a year, found '20'"),
        (
            "    awards: [{award: LDTT, decided_on: 2024-01-01, period: [2024-01-01]}]",
            "case.yaml:6: expected .first day, last day.",
        ),
        ("    holds: [{kind: a, from: 2024-02-01, to: 2024-01-01}]", "case.yaml:6: ends before it begins"),
        ("    unit: {grades: {GOOD: 1}}", "case.yaml:6: unknown grades 'GOOD'"),
    ],
)
def test_wrong_facts_are_named(facts: str, complaint: str) -> None:
    with pytest.raises(BookError, match=complaint):
        cases_from_text(ELIGIBILITY + facts, "case.yaml", load())


def test_expected_values_may_be_texts_and_mappings() -> None:
    text = "- {id: A, kind: money, awards: [], decided_on: 2025-12-01, expect: {rule: 'up', cite: {a: true}, raw: 1.5}}"
    assert cases_from_text(text, "case.yaml", load())[0].expect == {"rule": "up", "cite": {"a": True}, "raw": 1.5}


# Exact dates and counts.


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2025, 7, 1), date(2025, 12, 31), 6),
        (date(2025, 7, 2), date(2025, 12, 31), 5),
        (date(2024, 2, 29), date(2025, 2, 27), 12),
        (date(2025, 1, 31), date(2025, 2, 27), 1),
    ],
)
def test_full_months(first: date, last: date, months: int) -> None:
    assert months_between(first, last) == months


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert months_after(date(2025, 1, 31), 1) == date(2025, 2, 28)


def view_of(facts: Facts) -> View:
    return View(facts, 2025, date(2025, 12, 31))


def test_posts_in_a_row_count_together_and_future_ones_not() -> None:
    rule = read_tree(READER, cell("{rule: in_post, posts: [vu_truong, giam_doc_so], years: 6}"), (), "V")
    posts = (
        Span("vu_truong", date(2019, 7, 1), date(2022, 6, 30)),
        Span("giam_doc_so", date(2022, 7, 1), date(2025, 6, 30)),
        Span("giam_doc_so", date(2026, 7, 1)),
    )
    assert view_of(Facts(sex="male", service=Service(posts=posts))).weigh(("exact", rule.id, rule)) == (
        True,
        True,
        True,
    )  # type: ignore[union-attr]


def test_a_share_without_a_count_is_unknown() -> None:
    rule = read_tree(READER, cell("{rule: share, title: advanced_worker, at_least_percent: 70}"), (), "V")
    assert view_of(Facts("collective", unit=UnitCount(10))).weigh(("exact", rule.id, rule)) == (False, True, False)  # type: ignore[union-attr]


def test_a_key_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        view_of(Facts()).plane(("colour", 2025))
    with pytest.raises(KeyError):
        view_of(Facts()).weigh(("colour",))


def test_an_award_that_is_part_of_another_may_have_no_criteria_yet() -> None:
    from bangvang.law.explain import frame_of

    frame: Frame = frame_of(load(), "grassroots_emulation_fighter", 2025, date(2025, 12, 20), "person", ("vn",))
    assert (frame.doors_of("hero"), len(frame.doors_of("advanced_worker"))) == ((), 1)
    assert Days.all_on(date(2025, 1, 1)).known_on == date(2025, 1, 1)
