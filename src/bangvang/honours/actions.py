"""Verbs that write the ledger; each keeps the standing facts in the same transaction."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import F, Value, Window
from django.db.models.functions import RowNumber

from bangvang.honours.access import may_enter, may_settle
from bangvang.honours.findings import code_of, the_book
from bangvang.honours.models import Claim, Completeness, LedgerEntry, Standing
from bangvang.honours.queries import ProvenHonour, claims_in, clash_of
from bangvang.honours.workflow import CLAIM
from bangvang.kernel import bulk, clock, events
from bangvang.kernel.events import Doer, action
from bangvang.kernel.models import Root
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.papers import actions as stored
from bangvang.papers.models import Reading, StoredFile
from bangvang.people.actor import Actor
from bangvang.people.models import Unit

FACT_FIELDS = tuple(field.name for field in Standing._meta.concrete_fields if field.name not in {"entry", "search_key"})


def _next_seq() -> int:
    """Sequence numbers are given under one lock, so that they follow the order of commits."""
    events.one_at_a_time("ledger")
    return (LedgerEntry.objects.aggregate(last=models.Max("seq"))["last"] or 0) + 1


def _root(entry: LedgerEntry) -> Root:
    root = entry.person or entry.unit or entry.household
    assert root is not None
    return root


def _stand(entry: LedgerEntry) -> Standing:
    standing = Standing(entry=entry, **{name: getattr(entry, name) for name in FACT_FIELDS})
    standing.save(force_insert=True)
    return standing


@action
def enter(fact: dict[str, Any], *, by: Doer) -> LedgerEntry:
    """Write one fact (fields of `Fact`) into the ledger and let it stand."""
    entry = LedgerEntry(seq=_next_seq(), entered_at=clock.now(), **fact)
    entry.save(force_insert=True)
    _stand(entry)
    body = {"entry": entry.seq, "kind": entry.kind, "year": entry.year, "paper": entry.paper_number}
    events.record("honours.enter", by=by, roots=[_root(entry)], body=body)
    return entry


@action
def correct(wrong: LedgerEntry, fact: dict[str, Any] | None, *, reason: str, by: Doer) -> LedgerEntry:
    """Replace an entry by a right one, or only withdraw it (`fact` None). The wrong one stays readable for ever."""
    kept = {name: getattr(wrong, name) for name in FACT_FIELDS}
    entry = LedgerEntry(
        seq=_next_seq(),
        entered_at=clock.now(),
        corrects=wrong,
        withdraws=fact is None,
        **(kept if fact is None else kept | fact),
    )
    entry.save(force_insert=True)
    Standing.objects.filter(entry=wrong).delete()
    if fact is not None:
        _stand(entry)
    body = {"entry": entry.seq, "corrects": wrong.seq, "reason": reason}
    events.record("honours.correct", by=by, roots=[_root(wrong), _root(entry)], body=body)
    return entry


@action
def enter_many(facts: Iterable[dict[str, Any]], *, by: Doer, roots: Iterable[Root], batch: str) -> int:
    """Write a batch with one event for the roots it belongs to (a unit's year, an import). Returns the number of
    entries."""
    seq, now = _next_seq(), clock.now()
    entries = [LedgerEntry(seq=seq + place, entered_at=now, **fact) for place, fact in enumerate(facts)]
    LedgerEntry.objects.bulk_create(entries, batch_size=500)
    Standing.objects.bulk_create(_standings(entries), batch_size=500)
    events.record(
        "honours.enter_many", by=by, roots=roots, body={"batch": batch, "entries": len(entries), "first": seq}
    )
    return len(entries)


@action
def enter_selected(
    facts: models.QuerySet[Any], columns: Mapping[str, str], *, order: str, by: Doer, roots: Iterable[Root], batch: str
) -> tuple[int, int]:
    """Write staged facts that stand in the database already, by two statements and with one event.

    `columns` maps every field of `Fact` that is not empty, and `search_key`, to a field or annotation of `facts`; `order`
    is the field that gives the order of the ledger. Returns (first seq, number of entries). IntegrityError when a fact
    stands already: then nothing is written.
    """
    first = _next_seq()
    numbered = facts.annotate(
        as_seq=Window(RowNumber(), order_by=F(order).asc()) + Value(first - 1),
        as_now=Value(clock.now(), output_field=models.DateTimeField()),
        as_false=Value(False),
        as_empty=Value(""),
    ).order_by()
    told = {name: source for name, source in columns.items() if name != "search_key"}
    blank = {name: "as_empty" for name in ("stream",) if name not in told}
    entry_columns = {**told, **blank, "seq": "as_seq", "entered_at": "as_now", "withdraws": "as_false"}
    count = bulk.insert_selected(LedgerEntry, numbered, entry_columns)
    keys, params = (
        numbered.annotate(as_key=F(columns["search_key"])).values_list("as_seq", "as_key").query.sql_with_params()
    )
    kept = [*told, *blank]
    table = LedgerEntry._meta.db_table
    names = ", ".join(f"e.{LedgerEntry._meta.get_field(name).column}" for name in kept)  # type: ignore[union-attr]
    select = f"SELECT e.id, {names}, k.as_key FROM ({keys}) k JOIN {table} e ON e.seq = k.as_seq"  # noqa: S608
    bulk.insert_by(Standing, ["entry", *kept, "search_key"], select, params)
    events.record("honours.enter_many", by=by, roots=roots, body={"batch": batch, "entries": count, "first": first})
    return first, count


def _standings(entries: Iterable[LedgerEntry]) -> Iterator[Standing]:
    for entry in entries:
        standing = Standing(entry=entry, **{name: getattr(entry, name) for name in FACT_FIELDS})
        standing.search_key = Standing.key_of(entry.name_then)
        yield standing


@action
def declare_complete(unit: Unit, register: str, year: int, *, by: Doer, on: datetime.date) -> Completeness:
    """Say that a register of a unit and year holds everything; from now on a gap means "no"."""
    events.one_at_a_time("ledger")  # so that planes, which read on by key, miss no declaration
    declared, _ = Completeness.objects.get_or_create(
        unit=unit, register=register, year=year, defaults={"declared_by": by.duty_text, "declared_on": on}
    )
    events.record("honours.declare_complete", by=by, roots=[unit], body={"register": register, "year": year})
    return declared


def rebuild() -> int:
    """Make the standing facts anew from the ledger; the same rows come out. Returns their number."""
    with transaction.atomic():
        Standing.objects.all().delete()
        standing_entries = LedgerEntry.objects.filter(corrected_by__isnull=True, withdraws=False).order_by("seq")
        made = 0
        for entry in standing_entries.iterator(chunk_size=2000):
            _stand(entry)
            made += 1
    return made


@action
def enter_proven(fact: dict[str, Any], *, by: Actor) -> LedgerEntry:
    """The standing body writes one fact from its paper. Refused when the same fact stands already under any spelling."""
    if not (verdict := may_enter(by)):
        raise Refused(verdict)
    if clash := clash_of(fact):
        raise Refused(no(clash))
    return enter(fact, by=by)


@action
def enter_pasted(facts: Sequence[dict[str, Any]], *, by: Actor) -> int:
    """The standing body writes a pasted list from its papers, all or none. Returns how many."""
    for fact in facts:
        enter_proven(fact, by=by)
    return len(facts)


@action
def declare(unit: Unit, register: str, year: int, *, by: Actor) -> Completeness:
    """The standing body says that a register of a unit and year holds everything."""
    if not (verdict := may_enter(by)):
        raise Refused(verdict)
    if year > by.day.year:
        raise Refused(no(f"Năm {year} chưa đến, chưa xác nhận được."))
    return declare_complete(unit, register, year, by=by, on=by.day)


@action
def report(reading: Reading, *, by: Actor) -> list[Claim]:
    """Take in what an article says of awards received and of results: unverified, counting for nothing. Once an article."""
    if not (verdict := may_enter(by)):
        raise Refused(verdict)
    if Claim.objects.filter(reading=reading).exists():
        raise Refused(no("Bài này đã ghi chờ kiểm chứng, không ghi thêm."))
    claims = [Claim(agency=by.agency, reading=reading, **fields) for fields in claims_in(reading.draft)]
    if not claims:
        raise Refused(no("Bài này không kể khen thưởng hay kết quả nào."))
    for claim in claims:
        claim.save(force_insert=True)
    events.record("claim.report", by=by, roots=claims, body={"file": reading.file.code, "claims": len(claims)})
    return claims


@action
def prove_honour(
    claim: Claim, honour: ProvenHonour, *, decision: StoredFile, by: Actor, version: int | None = None
) -> LedgerEntry:
    """Attach the decision: from now on the honour stands in the ledger and counts. Refused while the file is not in order."""
    for verdict in (may_settle(by, claim), stored.is_usable(decision, by)):
        if not verdict:
            raise Refused(verdict)
    if claim.sort != Claim.Sort.HONOUR:
        raise Refused(no("Kết quả công tác không vào sổ vàng. Xin ghi nhận theo nguồn số liệu."))
    if honour.paper_on > by.day:
        raise Refused(no("Ngày quyết định ở sau ngày hôm nay."))
    fact = {
        "unit": honour.unit,
        "register": the_book().register_of(code_of(honour.kind)),
        "kind": honour.kind,
        "year": honour.year,
        "paper_number": honour.paper_number,
        "paper_on": honour.paper_on,
        "issuer": honour.issuer,
        "name_then": honour.unit.name,
        "unit_then": honour.unit.name,
    }
    events.lock([claim, honour.unit])
    entry = enter_proven(fact, by=by)
    CLAIM.take(
        claim,
        "prove",
        by=by,
        version=version,
        also=[honour.unit],
        body={"entry": entry.seq},
        entry=entry,
        decision=decision,
    )
    return entry


@action
def note_fact(claim: Claim, *, source: str, by: Actor, version: int | None = None) -> None:
    """A result told in an article is right by this source. It stays beside the article and decides nothing."""
    if claim.sort != Claim.Sort.FACT:
        raise Refused(no("Khen thưởng chỉ vào sổ khi có quyết định kèm theo."))
    if not source.strip():
        raise Refused(no("Xin ghi nguồn số liệu hoặc văn bản đã đối chiếu."))
    CLAIM.take(claim, "prove", by=by, version=version, body={"source": source}, source=source)


@action
def dismiss(claim: Claim, *, reason: str, by: Actor, version: int | None = None) -> None:
    CLAIM.take(claim, "dismiss", by=by, reason=reason, version=version)
