"""What the law says of honouring a deed at once: the simplified procedure, and the days it leaves. All of it from the book."""

import datetime
from dataclasses import dataclass

from bangvang.honours.findings import issuers, the_book
from bangvang.law import words
from bangvang.law.calendar import Due, due, working_days_left
from bangvang.law.sources import Days, NoLaw, Unsettled, cited

AWARD = "unit_commendation"  # Giấy khen, what the head of an agency gives
APPRAISAL = "ministry_or_province_appraisal"  # for a form of the province or ministry, from the whole dossier on


@dataclass(frozen=True)
class Prompt:
    """`says`: when the procedure is open and of which papers its dossier is, in words; None where the book has nothing on that day.
    `waited`: working days since the deed. `appraised_by`: the last day of appraisal if the dossier went up today."""

    waited: int
    says: str | None
    cite: str
    appraised_by: Due | None
    unread: tuple[str, ...]  # laws in force on the day whose text nobody has loaded: what is said here may have changed


def prompt(happened_on: datetime.date, on: datetime.date) -> Prompt:
    """The clock of a deed on a day."""
    book = the_book()
    waited = working_days_left(book, happened_on, on)
    try:
        provision = book.at(AWARD, "simplified", Days.all_on(on), issuers())
        says, cite = words.sentence(provision), cited(provision.cites)
    except (NoLaw, Unsettled):
        says, cite = None, ""
    try:
        appraised_by = due(book, APPRAISAL, on)
    except NoLaw:
        appraised_by = None
    return Prompt(waited, says, cite, appraised_by, tuple(item.label for item in book.unread(on)))
