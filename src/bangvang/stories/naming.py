"""Who is named in a text, and by which award: news names nobody whose award does not stand in the ledger."""

import re
from collections.abc import Iterable

from bangvang import vietnamese
from bangvang.honours.models import LedgerEntry, Register, Standing
from bangvang.people.models import Person, Unit
from bangvang.people.queries import units_of

AWARDS = (Register.TITLES, Register.AWARDS)
LONGEST_NAME = 6  # words of a Vietnamese name


def _runs(text: str) -> Iterable[list[str]]:
    """Words one after another that begin with a capital letter."""
    run: list[str] = []
    for word in re.findall(r"[\w’'-]+|[^\w\s]", vietnamese.clean(text)):
        if word[:1].isupper():
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def possible_names(text: str) -> set[str]:
    """Everything in a text that could be a full name: two to six capitalised words in a row."""
    return {
        " ".join(run[start : start + length])
        for run in _runs(text)
        for length in range(2, LONGEST_NAME + 1)
        for start in range(len(run) - length + 1)
    }


def named_in(text: str) -> list[str]:
    """The full names of persons known here that stand in the text, each once; one query, however many persons there are."""
    meant = {name.casefold() for name in possible_names(text)}
    known = Person.objects.filter(search_key__in={vietnamese.search_key(name) for name in meant})
    return sorted({name for name in known.values_list("full_name", flat=True) if name.casefold() in meant})


def awards_of(names: Iterable[str], agency: Unit, *, decision: str = "") -> dict[str, LedgerEntry]:
    """For each name the award by which it may be told: of this decision if it has one, else the newest that has a decision.

    Only awards that stand, of people who work or worked in the agency.
    """
    found = Standing.objects.filter(register__in=AWARDS, person__full_name__in=list(names), paper_on__isnull=False)
    ours = found.filter(person__duties__unit__in=units_of(agency)).exclude(paper_number="").distinct()
    told: dict[str, LedgerEntry] = {}
    for row in ours.select_related("entry__person", "person").order_by("paper_on", "pk"):
        assert row.person is not None
        name = row.person.full_name
        if name not in told or told[name].paper_number != decision:
            told[name] = row.entry
    return told
