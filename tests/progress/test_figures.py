"""Figures as officials write them, and the periods of a span."""

import datetime
from decimal import Decimal

import pytest

from bangvang.progress.figures import is_met, read_figure, share, words
from bangvang.progress.periods import periods


@pytest.mark.parametrize(
    ("typed", "measure", "value"),
    [
        ("994,7", "tỷ đồng", "994.7"),
        ("994,7 tỷ", "tỷ đồng", "994.7"),
        ("994,7 tỷ đồng", "tỷ đồng", "994.7"),
        ("106,46 %", "%", "106.46"),
        ("106,46%", "%", "106.46"),
        ("1.033,9", "tỷ đồng", "1033.9"),
        ("12 hồ sơ", "hồ sơ", "12"),
        ("5 m2", "m2", "5"),
        ("-3,5", "%", "-3.5"),
    ],
)
def test_a_number_is_read_with_or_without_its_measure(typed: str, measure: str, value: str) -> None:
    assert read_figure(typed, measure) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "measure", "why"),
    [
        ("994.700 triệu", "tỷ đồng", "không phải “triệu”"),
        ("994,7 t", "tỷ đồng", "không phải “t”"),
        ("12 %", "tỷ đồng", "không phải “%”"),
        ("994.7", "tỷ đồng", "Không đọc được số"),
        ("nhiều", "hồ sơ", "Không đọc được số"),
        ("1,00001", "%", "hơn 4 chữ số"),
        ("10.000.000.000.000", "đồng", "quá lớn"),
    ],
)
def test_what_could_be_wrong_by_a_thousand_times_is_asked_back(typed: str, measure: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_figure(typed, measure)


def test_a_figure_and_its_target() -> None:
    assert words(Decimal("994.7000"), "tỷ đồng") == "994,7 tỷ đồng"
    assert words(None, "%") == "–"
    assert (is_met(Decimal(5), Decimal(5), upward=True), is_met(Decimal(5), Decimal(5), upward=False)) == (True, True)
    assert (is_met(Decimal(4), Decimal(5), upward=True), is_met(Decimal(6), Decimal(5), upward=False)) == (False, False)
    assert share(Decimal("994.7"), Decimal("934.3")) == "106,5 %"
    assert (share(Decimal(90), Decimal(90)), share(Decimal(3), Decimal(0))) == ("100 %", "")


def test_a_span_is_cut_into_its_periods() -> None:
    first, last = datetime.date(2025, 11, 15), datetime.date(2026, 6, 30)
    found = list(periods(first, last, "quarter", 5))
    assert [span.name for span in found] == ["Quý IV/2025", "Quý I/2026", "Quý II/2026"]
    assert (found[0].starts_on, found[0].ends_on) == (first, datetime.date(2025, 12, 31))
    assert (found[-1].ends_on, found[-1].due_on) == (last, datetime.date(2026, 7, 5))
    names = {kind: [span.name for span in periods(first, last, kind, 0)] for kind in ("month", "half", "year")}
    assert (names["month"][0], names["month"][-1], len(names["month"])) == ("Tháng 11/2025", "Tháng 6/2026", 8)
    assert names["half"] == ["6 tháng cuối năm 2025", "6 tháng đầu năm 2026"]
    assert names["year"] == ["Năm 2025", "Năm 2026"]
