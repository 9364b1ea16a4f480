"""Where a decision disagrees with itself: shown to the person, never repaired."""

import re
from collections import Counter
from datetime import date

from bangvang.reading.decision.draft import DecisionDraft, Honoured
from bangvang.reading.decision.honoured import ListReader
from bangvang.reading.plan.citations import citations_in
from bangvang.reading.plan.draft import Found, Remark
from bangvang.reading.plan.passages import Passage
from bangvang.reading.text_cleaning import squeeze

WORDS = {"collective": "tập thể", "individual": "cá nhân", "household": "hộ gia đình", "any": "tập thể, cá nhân"}
AwardKey = tuple[object, ...]  # code, class, whether posthumous

ENCLOSED = re.compile(r"kem theo")
MENTIONS_LIST = re.compile(r"danh sach (?:kem theo|dinh kem)|co danh sach|theo danh sach")


def compare(draft: DecisionDraft, list_read: ListReader, annex: list[Passage], articles: list[Passage]) -> None:
    """Add a remark for every count, number, sum, ordinal or name that does not agree with the rest."""
    _counts(draft)
    _sections(draft, list_read)
    _enclosed(draft, annex)
    _ordinals(draft)
    _names(draft)
    _sums(draft, list_read)
    if not draft.rows and any(MENTIONS_LIST.search(passage.folded) for passage in articles):
        draft.warnings.append(Remark("no_list", "Văn bản nhắc danh sách kèm theo nhưng tệp không có danh sách nào."))


def _award_key(value: dict[str, object] | None, posthumous: bool) -> AwardKey | None:
    return (value["code"], value["class"], posthumous) if value else None


def _counts(draft: DecisionDraft) -> None:
    """Counts of the articles against the rows, award by award where every row has its award."""
    said = [one for one in draft.lists["counts"] if one.value["where"] != "Danh sách"]
    if not said or not draft.rows:
        return
    by_award = all(row.award for row in draft.rows) and all(one.value["award"] for one in said)
    wanted: Counter[tuple[str, AwardKey | None]] = Counter()
    first: dict[tuple[str, AwardKey | None], Found] = {}
    for one in said:
        key = (str(one.value["what"]), _award_key(one.value["award"], one.value["posthumous"]) if by_award else None)
        wanted[key] += one.value["number"]
        first.setdefault(key, one)
    for (what, award), number in wanted.items():
        rows = [row for row in draft.rows if not by_award or _row_key(row) == award]
        named = {other for other, its in wanted if its == award}
        there = sum(_is(row, what, named) for row in rows)
        if there != number:
            place = first[what, award]
            message = f"{place.value['where']} ghi {number} {WORDS[what]}, danh sách có {there}."
            draft.warnings.append(Remark("count_differs", message, place.page, place.line))


def _row_key(row: Honoured) -> AwardKey | None:
    return (row.award.code, row.award.level, row.award.posthumous) if row.award else None


def _is(row: Honoured, what: str, named: set[str]) -> bool:
    if what == "any":
        return True
    if row.subject == "household" and "household" not in named:
        return what == ("collective" if "individual" not in named else "individual")
    return row.subject == what


def _sections(draft: DecisionDraft, list_read: ListReader) -> None:
    for section in list_read.sections:
        there = (len(list_read.rows) if section.last is None else section.last) - section.first
        if there != section.said.value["number"]:
            said = section.said
            message = (
                f"Tiêu đề trong danh sách ghi {said.value['number']} {WORDS[said.value['what']]}, bên dưới có {there}."
            )
            draft.warnings.append(Remark("count_differs", message, said.page, said.line))


def _enclosed(draft: DecisionDraft, annex: list[Passage]) -> None:
    own, day = draft.scalars["number"].value, draft.scalars["date"].value
    for passage in annex:
        if not ENCLOSED.search(passage.folded):
            continue
        for cited in citations_in(passage.text)[:1]:
            line = passage.line_at(cited.start)
            if own and cited.number and squeeze(cited.number) != squeeze(own):
                message = f"Danh sách ghi kèm theo Quyết định số {cited.number}, quyết định này số {own}."
                draft.warnings.append(Remark("annex_number_differs", message, line.page, line.number))
            elif day and cited.date and cited.date != day:
                message = f"Danh sách ghi ngày {_day(cited.date)}, quyết định ghi ngày {_day(day)}."
                draft.warnings.append(Remark("annex_date_differs", message, line.page, line.number))
        return


def _day(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d/%m/%Y")


def _ordinals(draft: DecisionDraft) -> None:
    before: Honoured | None = None
    for row in draft.rows:
        if before and before.ordinal and row.ordinal and row.ordinal != "1":
            expected = int(before.ordinal) + 1
            if int(row.ordinal) != expected:
                message = f"Số thứ tự đi từ {before.ordinal} sang {row.ordinal}."
                draft.warnings.append(Remark("ordinal_gap", message, row.page, row.line))
        before = row


def _names(draft: DecisionDraft) -> None:
    seen: dict[tuple[object, ...], Honoured] = {}
    for row in draft.rows:
        key = (squeeze(row.name), squeeze(row.unit or ""), _row_key(row))
        if key in seen:
            message = f"“{row.name}” có tên hai lần: số thứ tự {seen[key].ordinal or '?'} và {row.ordinal or '?'}."
            draft.warnings.append(Remark("repeated_name", message, row.page, row.line))
        else:
            seen[key] = row


def _sums(draft: DecisionDraft, list_read: ListReader) -> None:
    amounts = [row.amount for row in draft.rows]
    if not amounts or any(amount is None for amount in amounts):
        return
    there = sum(amount for amount in amounts if amount)
    named = [
        (money.value["amount"], money.page, money.line)
        for money in draft.lists["money"]
        if money.value["per"] == "total"
    ]
    named += [(amount, passage.line_at(0).page, passage.line_at(0).number) for amount, passage in list_read.totals]
    for amount, page, line in named:
        if amount != there:
            message = f"Văn bản ghi tổng số tiền {_money(amount)} đồng, cộng danh sách được {_money(there)} đồng."
            draft.warnings.append(Remark("amount_differs", message, page, line))


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
