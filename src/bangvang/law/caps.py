"""Ratio caps: what a list may hold. A cap speaks of the list and never changes what one person meets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bangvang.law.book import Book
from bangvang.law.explain import MET, MISSING_DATA, NEEDS_PERSON, NOT_MET
from bangvang.law.provisions import Cap
from bangvang.law.sources import DECIDING, Days, NoLaw, Provision, cited

OPEN_REGISTER = "Còn {} trường hợp mà sổ danh hiệu chưa đủ: số được đề nghị có thể vẫn vừa."
NO_ROUNDING = "Chưa thấy văn bản nói cách làm tròn: người lập danh sách mở quy định của bộ, tỉnh."
NOT_READ = "Quy định này chưa đọc được văn bản: mở văn bản trước khi chốt danh sách."
NOT_COUNTED = "Sổ không đếm được số đó: người lập danh sách đối chiếu."


@dataclass(frozen=True)
class Listed:
    """The numbers of a list. `base`: subjects who hold the title that the cap counts; None where no register counts them.

    `unknown`: subjects who may hold it too, because their register of the year is open.
    """

    base: int | None
    proposed: int
    unknown: int = 0


@dataclass(frozen=True)
class CapFinding:
    """What a cap says of a list. `share` is exact, `places` by the rule named in the text; None where nobody can count.

    `remark` says what to open when the outcome is not sure.
    """

    outcome: str
    text: str
    cite: str
    mark: str
    remark: str = ""
    percent: int | None = None
    share: Fraction | None = None
    places: int | None = None


def cap_of(book: Book, award: str, days: Days, under: Sequence[str] = ("vn",)) -> Provision | None:
    """The provision that caps lists for an award; None where there is none, or a text was read that sets none."""
    try:
        provision = book.candidates(award, "cap", days, under)[-1]
    except NoLaw:
        return None
    is_free = provision.says.at_most_percent is None and provision.mark in DECIDING
    return None if is_free else provision


def check_cap(book: Book, provision: Provision, listed: Listed) -> CapFinding:
    """The finding of a list under its cap."""
    cap: Cap = provision.says
    if cap.at_most_percent is None:
        return _finding(provision, NEEDS_PERSON, "Tỷ lệ khống chế: chưa thấy văn bản.", NOT_READ)
    if listed.base is None:
        text = f"Tối đa {cap.at_most_percent} % {cap.of}; đề nghị {listed.proposed}."
        return _finding(provision, NEEDS_PERSON, text, NOT_COUNTED, cap.at_most_percent)
    share = Fraction(listed.base * cap.at_most_percent, 100)
    most = Fraction((listed.base + listed.unknown) * cap.at_most_percent, 100)
    over = listed.proposed - int(share)
    rule = book.principle("cap_rounding", provision.on)
    text = f"{listed.base} × {cap.at_most_percent} % = {_exact(share)}; đề nghị {listed.proposed}"
    text += f", vượt {over} so với {int(share)} ({rule.text if rule else ''})." if over > 0 else "."
    if over <= 0:
        outcome, remark = MET, ""
    elif listed.proposed <= int(most):
        outcome, remark = MISSING_DATA, OPEN_REGISTER.format(listed.unknown)
    elif listed.proposed < most + 1 and not (rule and rule.row.mark in DECIDING):
        outcome, remark = NEEDS_PERSON, NO_ROUNDING
    else:
        outcome, remark = NOT_MET, ""
    if not provision.decides:
        outcome, remark = NEEDS_PERSON, NOT_READ
    return _finding(provision, outcome, text, remark, cap.at_most_percent, share, int(share))


def _finding(
    provision: Provision,
    outcome: str,
    text: str,
    remark: str,
    percent: int | None = None,
    share: Fraction | None = None,
    places: int | None = None,
) -> CapFinding:
    return CapFinding(outcome, text, cited(provision.cites), provision.mark, remark, percent, share, places)


def _exact(share: Fraction) -> str:
    """70,8: two places after the comma at most, as a percentage of whole numbers has them."""
    return f"{float(share):.2f}".rstrip("0").rstrip(".").replace(".", ",")
