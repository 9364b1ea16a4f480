"""The signed copy against the data: number, day, counts, total and every line. A difference is accepted with a reason or corrected.

What the machine could not read is compared by a person, field by field, and said so.
"""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bangvang import vietnamese
from bangvang.decisions import queries
from bangvang.decisions.models import Decision, SignedCopy
from bangvang.honours.findings import award_label
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.papers.models import Reading


@dataclass(frozen=True)
class Row:
    """One line of the annex as words. An empty title, unit or award in what was read: the copy has no such column."""

    name: str
    title: str
    unit: str
    award: str
    amount: int | None


@dataclass(frozen=True)
class Said:
    """What a decision says. None or empty in a reading: it does not say it."""

    number: str
    issued_on: datetime.date | None
    signer: str
    collectives: int | None
    individuals: int | None
    total: int | None
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()  # where the paper disagrees with itself: annex and head, ordinals, sums


@dataclass(frozen=True)
class Difference:
    """One place where copy and data part. `key` names it with both values, so an answer never covers another difference."""

    what: str
    ours: str
    theirs: str

    @property
    def key(self) -> str:
        return hashlib.sha256("\0".join((self.what, self.ours, self.theirs)).encode()).hexdigest()[:16]


FIELDS = (
    ("name", "Họ và tên, tập thể"),
    ("title", "Chức vụ"),
    ("unit", "Đơn vị"),
    ("award", "Danh hiệu, hình thức"),
    ("amount", "Số tiền"),
)
NOTHING = "không có"
TELLING = {
    "count_differs",
    "annex_number_differs",
    "annex_date_differs",
    "ordinal_gap",
    "amount_differs",
    "wrong_year",
    "no_such_day",
}


def expected(decision: Decision) -> Said:
    """What the data say."""
    lines = queries.awarded(decision)
    count = queries.count_of(lines)
    rows = tuple(Row(line.full_name, line.title, line.unit, line.award_words, line.amount or None) for line in lines)
    number = decision.document_number if decision.number else ""
    return Said(
        number,
        decision.issued_on,
        decision.signer_name,
        count.collectives,
        count.individuals + count.households,  # as the reader counts them
        queries.total_of(lines),
        rows,
    )


def differences(ours: Said, theirs: Said) -> list[Difference]:
    """Every place where they part, in the order of the paper."""
    day = [vietnamese.format_date(said.issued_on) if said.issued_on else "" for said in (ours, theirs)]
    heads = [
        ("Số quyết định", ours.number, theirs.number),
        ("Ngày quyết định", *day),
        ("Người ký", ours.signer, theirs.signer),
        ("Số tập thể", _count(ours.collectives), _count(theirs.collectives)),
        ("Số cá nhân, hộ gia đình", _count(ours.individuals), _count(theirs.individuals)),
        ("Tổng số tiền", _money(ours.total), _money(theirs.total)),
    ]
    found = [Difference(what, mine, other or NOTHING) for what, mine, other in heads if not _same(mine, other)]
    for place, (mine_row, other_row) in enumerate(paired(ours.rows, theirs.rows), start=1):
        found += _of_row(place, mine_row, other_row)
    return [*found, *(Difference("Trong chính bản ký", NOTHING, remark) for remark in theirs.remarks)]


def _of_row(place: int, ours: Row | None, theirs: Row | None) -> list[Difference]:
    if ours is None:
        assert theirs is not None
        return [Difference(f"Dòng thừa sau dòng {place - 1}", NOTHING, _line(theirs))]
    if theirs is None:
        return [Difference(f"Dòng {place}", _line(ours), NOTHING)]
    found = []
    for field, label in FIELDS:
        mine, other = getattr(ours, field), getattr(theirs, field)
        if field == "amount":
            mine, other = _money(mine), _money(other)
        if not _same(mine, other):
            found.append(Difference(f"Dòng {place}, {_lower(label)}: {ours.name}", mine, other or NOTHING))
    return found


def paired(ours: Sequence[Row], theirs: Sequence[Row]) -> list[tuple[Row | None, Row | None]]:
    """Our rows in order, each with the copy's row of the same name and award, else of the same rest; what is over at the end."""
    left = list(theirs)
    pairs: list[tuple[Row, Row | None]] = [(mine, None) for mine in ours]
    for alike in (_all_alike, _name_alike, _most_alike):
        for place, (mine, other) in enumerate(pairs):
            if other is None and (match := next((row for row in left if alike(mine, row)), None)):
                pairs[place] = (mine, match)
                left.remove(match)
    return [*pairs, *((None, row) for row in left)]


def _all_alike(ours: Row, theirs: Row) -> bool:
    return all(_same(str(getattr(ours, field)), str(getattr(theirs, field))) for field, _ in FIELDS)


def _name_alike(ours: Row, theirs: Row) -> bool:
    return _plain(ours.name) == _plain(theirs.name) and _plain(ours.award) in (_plain(theirs.award), "")


def _most_alike(ours: Row, theirs: Row) -> bool:
    """A row with another name is the same row when most of the rest agrees."""
    return sum(_same(str(getattr(ours, field)), str(getattr(theirs, field))) for field, _ in FIELDS) >= 3


def _same(ours: str, theirs: str) -> bool:
    return _plain(ours) == _plain(theirs)


def _plain(text: str) -> str:
    """Case, quotation marks and spaces do not count; letters and marks do."""
    return vietnamese.clean(text).casefold().translate(str.maketrans("", "", "“”\"'‘’")).replace(" ", "")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _money(amount: int | None) -> str:
    return "" if amount is None else vietnamese.format_money(amount)


def _line(row: Row) -> str:
    return "; ".join(part for part in (row.name, row.title, row.unit, row.award, _money(row.amount)) if part)


def latest_copy(decision: Decision) -> SignedCopy | None:
    return decision.copies.select_related("reading__file").order_by("-pk").first()


def open_differences(decision: Decision, copy: SignedCopy) -> list[Difference]:
    """What the copy says differently and nobody has accepted."""
    return [one for one in differences(expected(decision), said_by(copy)) if one.key not in copy.answers]


def content_key(decision: Decision) -> str:
    """Names everything a person compares by eye: when it changes, the comparison no longer counts."""
    return hashlib.sha256(repr(expected(decision)).encode()).hexdigest()


def agrees(decision: Decision) -> Verdict:
    """Whether the last signed copy was compared and nothing is open."""
    copy = latest_copy(decision)
    if copy is None:
        return no("Chưa có bản đã ký để đối chiếu.", who="Văn thư")
    if copy.reading.state == Reading.State.WAITING:
        return no("Máy đang đọc bản đã ký, xin đợi vài giây.")
    if copy.reading.state == Reading.State.REFUSED:
        if copy.seen_by and copy.seen_key == content_key(decision):
            return YES
        return no("Máy không đọc được bản đã ký: phải đối chiếu bằng mắt từng mục rồi xác nhận.", who="Văn thư")
    if left := open_differences(decision, copy):
        return no(f"Bản đã ký còn {len(left)} chỗ khác dữ liệu, trước hết: {left[0].what} ({left[0].theirs}).")
    return YES


def said_by(copy: SignedCopy) -> Said:
    """The reader's answer in our words."""
    draft = copy.reading.draft
    counts: dict[str, int] = {}
    for item in draft.get("counts", []):
        if item["value"]["where"] == "Điều 1":
            counts[item["value"]["what"]] = counts.get(item["value"]["what"], 0) + item["value"]["number"]
    day = _value(draft, "date")
    return Said(
        number=_value(draft, "number") or "",
        issued_on=datetime.date.fromisoformat(day) if day else None,
        signer=next((item["value"]["name"] or "" for item in draft.get("signer", [])), ""),
        collectives=counts.get("collective", 0) if counts else None,
        individuals=counts.get("individual", 0) + counts.get("household", 0) if counts else None,
        total=_total(draft),
        rows=tuple(_row(row) for row in draft.get("rows", [])),
        remarks=tuple(item["message"] for item in draft.get("warnings", []) if item["code"] in TELLING),
    )


def _value(draft: dict[str, Any], name: str) -> str | None:
    found = draft.get(name) or {}
    return found.get("value")


def _total(draft: dict[str, Any]) -> int | None:
    """The sum that the articles name."""
    return next((item["value"]["amount"] for item in draft.get("money", []) if item["value"]["per"] == "total"), None)


def _row(row: dict[str, Any]) -> Row:
    award = award_label(row["award"]["code"]) if row["award"] else ""
    words = f"“{award}”" if award else ""
    return Row(
        name=f"{row['honorific'] or ''} {row['name']}".strip(),
        title=row["title"] or "",
        unit=row["unit"] or "",
        award=f"Truy tặng {words}" if words and row["posthumous"] else words,
        amount=row["amount"],
    )


def fields_to_see(decision: Decision) -> list[tuple[str, str]]:
    """What a person compares by eye, as (key, words): every scalar and every line."""
    ours = expected(decision)
    day = vietnamese.format_date(ours.issued_on) if ours.issued_on else ""
    heads = [
        ("number", f"Số {ours.number}"),
        ("day", f"Ngày {day}"),
        ("signer", f"Người ký {ours.signer}"),
        ("counts", f"{ours.collectives} tập thể, {ours.individuals} cá nhân, hộ gia đình"),
        ("total", f"Tổng số tiền {_money(ours.total)}"),
    ]
    return [*heads, *((f"line-{place}", f"{place}. {_line(row)}") for place, row in enumerate(ours.rows, start=1))]
