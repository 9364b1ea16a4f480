"""What a list of proposals may hold: who is counted when a ratio caps it, for a sweep and for a dossier alike."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bangvang.honours.findings import award_label, days_of, issuers, the_book
from bangvang.law.caps import CapFinding, Listed, cap_of, check_cap
from bangvang.law.facts import Facts


@dataclass(frozen=True)
class ListFinding:
    """A finding of the whole list for one award of one year. `counted`: the title whose holders the cap counts."""

    award: str
    label: str
    year: int
    counted: str
    base: int | None
    found: CapFinding


def is_capped(award: str, *, year: int, on: datetime.date, under: Sequence[str] = ()) -> bool:
    """Whether anything is to be counted for this award; most have no cap."""
    return cap_of(the_book(), award, days_of(year, on), under or issuers()) is not None


def judge_list(
    award: str,
    facts: Mapping[int, Facts],
    proposed: Sequence[tuple[int, str]],
    *,
    year: int,
    on: datetime.date,
    under: Sequence[str] = (),
) -> ListFinding | None:
    """What the cap on an award says of a list: `facts` of everybody it may count, `proposed` as (key of the facts, award).

    Whoever is proposed for the counted title in the same list counts as if it were held. None where nothing is capped.
    """
    book = the_book()
    provision = cap_of(book, award, days_of(year, on), under or issuers())
    if provision is None:
        return None
    count = sum(code == award for _, code in proposed)
    title = provision.says.holders_of
    if title is None:
        return ListFinding(award, award_label(award), year, "", None, check_cap(book, provision, Listed(None, count)))
    codes = {title, *book.including(title)}
    holders = {key for key, code in proposed if code in codes}
    open_ones = 0
    for key, known in facts.items():
        if codes & {*known.titles.get(year, ()), *known.awards_of(year)}:
            holders.add(key)
        elif key not in holders:
            open_ones += not known.is_complete(book.register_of(title), year)
    found = check_cap(book, provision, Listed(len(holders), count, open_ones))
    return ListFinding(award, award_label(award), year, award_label(title), len(holders), found)
