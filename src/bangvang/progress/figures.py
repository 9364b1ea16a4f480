"""A figure as officials write it: "994,7 tỷ", "106,46 %", and how it stands against a target."""

import re
from decimal import Decimal

from bangvang import vietnamese

LARGEST = Decimal(10) ** 13  # what the column holds before the comma
PLACES = 4  # and after it
NUMBER = re.compile(r"[-−]?\d[\d.,]*")


def read_figure(text: str, measure: str) -> Decimal:
    """The number typed for an indicator that is counted in `measure`; the measure may be typed along, whole or its first words.

    Raises ValueError in words for the person who typed: another measure, not a number, too long. Nothing is converted:
    "994.700 triệu" where tỷ is asked for would be wrong by a thousand times if it were guessed.
    """
    typed = vietnamese.clean(text)
    found = NUMBER.match(typed)
    number, tail = (found[0], typed[found.end() :].strip()) if found else (typed, "")
    first_words = f"{vietnamese.search_key(measure)} ".startswith(f"{vietnamese.search_key(tail)} ")
    if tail and tail != measure and not first_words:
        raise ValueError(f"Chỉ tiêu này tính bằng {measure}, không phải “{tail}”. Xin đổi ra {measure} rồi chỉ ghi số.")
    value = vietnamese.parse_number(number)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if -exponent > PLACES:
        raise ValueError(f"Số “{number}” có hơn {PLACES} chữ số sau dấu phẩy. Xin làm tròn.")
    if abs(value) >= LARGEST:
        raise ValueError(f"Số “{number}” quá lớn. Xin kiểm tra lại đơn vị tính: {measure}.")
    return value


def words(value: Decimal | None, measure: str) -> str:
    """ "994,7 tỷ đồng", "106,46 %"; a dash where there is no figure."""
    return "–" if value is None else f"{vietnamese.format_number(value)} {measure}"


def is_met(value: Decimal, target: Decimal, *, upward: bool) -> bool:
    """Whether a figure reaches its target; `upward`: more is better."""
    return value >= target if upward else value <= target


def share(value: Decimal, target: Decimal) -> str:
    """The part of the target in per cent with at most one decimal, "106,5 %"; empty where a target of zero gives none."""
    return f"{vietnamese.format_number(value * 100 / target, 1).removesuffix(',0')} %" if target > 0 else ""
