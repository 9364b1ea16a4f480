"""Reads of a batch: how many rows are what, what confirming will do, what was remembered of a sender's columns."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery

from bangvang import vietnamese
from bangvang.honours.models import LedgerEntry, Register, Standing
from bangvang.honours.queries import kinds_of, label_of
from bangvang.intake.models import Batch, Identity, RememberedColumns, Row
from bangvang.kernel.models import JobLease
from bangvang.people.models import Duty, Person

READY, TROUBLE, LEFT_OUT = Row.Standing.READY, Row.Standing.TROUBLE, Row.Standing.LEFT_OUT


@dataclass(frozen=True)
class Counts:
    """Rows by standing, people by what is known of them. People of rows left out are not counted."""

    ready: int
    trouble: int
    left_out: int
    asked: int
    matched: int
    new: int

    @property
    def all(self) -> int:
        return self.ready + self.trouble + self.left_out


def counts_of(batch: Batch) -> Counts:
    rows = Counter(dict(batch.rows.order_by().values_list("standing").annotate(Count("pk"))))
    people = Counter(dict(in_use(batch).order_by().values_list("outcome").annotate(Count("pk"))))
    outcome = Identity.Outcome
    return Counts(
        rows[READY], rows[TROUBLE], rows[LEFT_OUT], people[outcome.ASKED], people[outcome.MATCHED], people[outcome.NEW]
    )


def in_use(batch: Batch) -> QuerySet[Identity]:
    """The people of rows that are not left out."""
    kept = Row.objects.filter(identity=OuterRef("pk")).exclude(standing=LEFT_OUT)
    return batch.identities.filter(Exists(kept))


def newcomers(batch: Batch) -> QuerySet[Identity]:
    """Who will be entered as a new person: each code once."""
    written = (
        Row.objects.filter(batch=batch, standing=READY, identity__isnull=False).order_by().values("identity__code")
    )
    return batch.identities.filter(outcome=Identity.Outcome.NEW, code__in=written)


def with_person(batch: Batch) -> QuerySet[Row]:
    """The rows to write, with the id of their person, who by then stands under the identity's code."""
    person = Person.objects.filter(code=OuterRef("identity__code")).values("pk")[:1]
    return batch.rows.filter(standing=READY).annotate(as_person=Subquery(person))


def without_duty(batch: Batch, on: datetime.date) -> QuerySet[Identity]:
    """People we know who are listed in a unit where they hold no duty on the day, each once."""
    held = Duty.objects.as_of(on).filter(person=OuterRef("person"), unit=OuterRef("unit"))
    listed = Row.objects.filter(identity=OuterRef("pk"), standing=READY)
    first = batch.identities.filter(code=OuterRef("code"), unit=OuterRef("unit")).order_by("pk").values("pk")[:1]
    known = batch.identities.filter(Exists(listed), person__isnull=False, unit__isnull=False, pk=Subquery(first))
    return known.exclude(Exists(held))


def entries_of(identity: Identity) -> list[LedgerEntry]:
    """What the ledger holds now of somebody's rows of a written batch: each entry, or the one that corrected it last."""
    batch = identity.batch
    written = batch.rows.filter(standing=READY)
    found = []
    for row in written.filter(identity=identity):
        seq = (batch.first_seq or 0) + written.filter(place__lt=row.place).count()
        entry = LedgerEntry.objects.select_related("person", "unit").get(seq=seq)
        while (
            later := LedgerEntry.objects.filter(corrects=entry).select_related("person", "unit").first()
        ) is not None:
            entry = later
        if not entry.withdraws:
            found.append(entry)
    return found


@dataclass(frozen=True)
class Effect:
    """What confirming will write, for the page that says so."""

    by_kind: tuple[tuple[str, int], ...]
    unproven: int
    people: int


def effect_of(batch: Batch) -> Effect:
    rows = batch.rows.filter(standing=READY)
    kinds = rows.order_by().values_list("register", "kind").annotate(times=Count("pk")).order_by("-times", "kind")
    labels = tuple((label_of(Standing(register=register, kind=kind)), times) for register, kind, times in kinds if kind)
    return Effect(labels, rows.filter(is_verified=False).count(), newcomers(batch).count())


def titles_key(columns: Sequence[dict[str, Any]]) -> str:
    """One key for one set of titles, whoever typed them."""
    words = "|".join(vietnamese.search_key(column["title"]) for column in columns)
    return hashlib.sha256(words.encode()).hexdigest()


def remembered(batch: Batch, columns: Sequence[dict[str, Any]]) -> dict[str, str] | None:
    """What a person last agreed to for these titles: from this sender, else from any sender of the agency."""
    known = RememberedColumns.objects.filter(agency=batch.agency, kind=batch.kind, titles_key=titles_key(columns))
    own = known.filter(source_key=vietnamese.search_key(batch.source)).first()
    found = own or known.order_by("-pk").first()
    return None if found is None else dict(found.mapping)


def lease_of(batch: Batch) -> JobLease | None:
    """The newest background job of the batch."""
    found = JobLease.objects.filter(job__in=("intake.read", "intake.stage"), arguments=[batch.pk])
    return found.order_by("-pk").first()


def award_choices() -> list[tuple[str, str]]:
    """Everything that a row's award may be, by code: titles, awards, yearly grades."""
    persons = [*kinds_of(Register.TITLES), *kinds_of(Register.AWARDS)]
    units = [*kinds_of(Register.TITLES, "collective"), *kinds_of(Register.AWARDS, "collective")]
    return list(dict([*persons, *units, *kinds_of(Register.GRADES)]).items())


def rows_of(batch: Batch, standing: str = "", words: str = "") -> QuerySet[Row]:
    """Rows for the preview, those in trouble first."""
    rows = batch.rows.select_related("identity__person", "unit")
    if standing:
        rows = rows.filter(standing=standing)
    for word in vietnamese.search_key(words).split():
        rows = rows.filter(search_key__contains=word)
    asked = Exists(Identity.objects.filter(pk=OuterRef("identity"), outcome=Identity.Outcome.ASKED))
    return rows.annotate(is_asked=asked).order_by(F("standing").desc(), "-is_asked", "place")
