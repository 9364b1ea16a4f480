"""Rows into the staging tables: understood, their people found or asked for, repeats marked. No permission is asked here."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, QuerySet

from bangvang.honours.findings import award_label, code_of
from bangvang.honours.models import Register, Standing
from bangvang.honours.queries import GRADES
from bangvang.intake.matching import Known, Place, key_of, looks_like, places_of, resolve
from bangvang.intake.meanings import Said, columns_of, folded, understood, words_of
from bangvang.intake.models import Batch, Identity, Row
from bangvang.kernel import bulk
from bangvang.people.models import Duty, Person
from bangvang.people.queries import units_of

ONCE = (Register.TITLES, Register.GRADES)  # the ledger holds one of these a year
REPEAT = "repeat"
IN_LEDGER = "Sổ năm"
Raw = tuple[int, int, str, list[str]]  # sheet, number, section, cells


@dataclass
class Desk:
    """What stays the same for every chunk of a batch: its day, the units by name, the mapping of each sheet."""

    batch: Batch
    today: datetime.date
    places: dict[str, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = places_of(units_of(self.batch.agency))
        dossier = self.batch.dossier
        self.units = {dossier.unit_id} if dossier else set(units_of(self.batch.agency).values_list("pk", flat=True))
        self.columns = defaultdict[int, list[tuple[int, str]]](list)
        for sheet, mapping in self.batch.mapping.items():
            self.columns[int(sheet)] = columns_of(mapping)

    def said(self, raw: Raw, corrected: dict[str, str]) -> Said:
        sheet, _, section, cells = raw
        words = words_of(cells, self.columns[sheet], self.batch.defaults.get(str(sheet), {}), corrected)
        return understood(self.batch.kind, words, section, self.today)

    def kept(self, raw: Raw) -> list[str]:
        """The cells, without numbers that identify a person or reach them: those are not ours to keep."""
        private = {int(at) for at, meaning in self.batch.mapping.get(str(raw[0]), {}).items() if meaning == "private"}
        if not private:
            return raw[3]
        return [f"•••{cell[-2:]}" if at in private and cell else cell for at, cell in enumerate(raw[3])]


@dataclass
class Prepared:
    """A chunk ready to be written: rows, and the identities that stand in the database or must be made first."""

    rows: list[Row]
    identities: list[Identity]
    widened: list[Identity] = field(default_factory=list)


def prepare(desk: Desk, raws: Sequence[Raw], *, first: int, rows: Sequence[Row] = ()) -> Prepared:
    """Understand a chunk. Reads only; `rows` are given when they stand already and were corrected."""
    batch = desk.batch
    given = list(rows) or [new_row(batch.pk, first + at, raw, desk.kept(raw)) for at, raw in enumerate(raws)]
    said = [desk.said(raw, row.corrected) for raw, row in zip(raws, given, strict=True)]
    people = _known(desk, {folded(one.name) for one in said if _is_human(one)})
    keys = [key_of(one, desk.places) if _is_human(one) else "" for one in said]
    found = {one.key: one for one in batch.identities.filter(key__in=set(keys) - {""})}
    made: dict[str, Identity] = {}
    widened: dict[int, Identity] = {}
    for one, key, row in zip(said, keys, given, strict=True):
        _fill(row, one)
        if one.is_collective and one.name:
            _collective(desk, row, one)
        elif key:
            known = people.get(folded(one.name), [])
            if batch.kind == Batch.Kind.NOMINEES and not looks_like(one, known):
                _stranger(batch, row, one)
                continue
            identity = found.get(key) or made.get(key)
            if identity is None:
                identity = made[key] = resolve(batch, key, one, known, desk.places)
            row.identity = identity
            changed = _years(identity, one)
            if rows and identity.pk is not None:
                changed = _told_more(identity, one) or changed
            if changed and identity.pk is not None:
                widened[identity.pk] = identity
    _mark_standing(given)
    for row in given:
        row.standing = (Row.Standing.TROUBLE if row.reasons else Row.Standing.READY).value
    return Prepared(given, list(made.values()), list(widened.values()))


def new_row(batch: int, place: int, raw: Raw, cells: list[str]) -> Row:
    """A row of which nothing is understood yet. By position, in the order of the model's fields: asking each field for its
    default would be a tenth of the time of a long list."""
    sheet, number, section, _ = raw
    values: list[Any] = [None, batch, place, sheet, number, section[:300], cells, {}, "", [], []]
    values += [None, None, "", "", None, "", None, "", "", "", "", False, "", {}]
    return Row(*values)


def write(prepared: Prepared) -> None:
    """Put a prepared chunk into the database, inside the caller's transaction."""
    write_people(prepared)
    for row in prepared.rows:
        if row.identity is not None:
            row.identity_id = row.identity.pk  # known only now that it was saved
    bulk.insert_rows(Row, prepared.rows)


def write_people(prepared: Prepared) -> None:
    """The identities of a prepared chunk: new ones, and those of which more is known now."""
    Identity.objects.bulk_create(prepared.identities)
    columns = ["since", "until", "title", "sex", "outcome", "why"]
    Identity.objects.bulk_update(prepared.widened, columns, batch_size=200)


def _told_more(identity: Identity, said: Said) -> bool:
    """A corrected row may tell the post and the sex of somebody; then a question about the sex alone is answered."""
    before = identity.title, identity.sex
    identity.title, identity.sex = said.title or identity.title, said.sex or identity.sex
    if identity.sex and identity.outcome == Identity.Outcome.ASKED and not identity.candidates:
        identity.outcome, identity.why = Identity.Outcome.NEW.value, ""
    return before != (identity.title, identity.sex)


def _is_human(said: Said) -> bool:
    return bool(said.name) and not said.is_collective and " " in said.name


def _fill(row: Row, said: Said) -> None:
    row.reasons, row.remarks = list(said.reasons), list(said.remarks)
    row.identity_id, row.unit_id = None, None
    row.register, row.kind, row.year = said.register, said.kind, said.year
    row.paper_number, row.paper_on, row.issuer = said.paper_number, said.paper_on, said.issuer
    row.name_then, row.unit_then, row.note = said.name, said.unit_text, said.note
    row.search_key = folded(said.name)
    row.is_verified = bool(said.paper_number and said.paper_on)
    row.more = said.more


def _collective(desk: Desk, row: Row, said: Said) -> None:
    place = desk.places.get(folded(said.name))
    row.unit_id = place.unit_id if place else None
    dossier = desk.batch.dossier
    if place is None:
        row.reasons.append({"field": "name", "why": f"Chưa có tập thể “{said.name}” trong cây tổ chức."})
    elif dossier is not None and dossier.unit_id not in (place.unit_id, place.parent_id):
        row.reasons.append({"field": "name", "why": f"{said.name} không thuộc đơn vị lập hồ sơ."})


def _stranger(batch: Batch, row: Row, said: Said) -> None:
    """A nominee nobody of the unit resembles: from outside when an address is given, else to be corrected."""
    if not row.more.get("address"):
        assert batch.dossier is not None
        why = f"Không có ai tên “{said.name}” ở {batch.dossier.unit.name}. Người ngoài đơn vị thì ghi thêm địa chỉ."
        row.reasons.append({"field": "name", "why": why})


def _years(identity: Identity, said: Said) -> bool:
    """Widen the span in which a list saw somebody: a new person's duty has no other days. True when it became wider."""
    if not said.year or identity.outcome == Identity.Outcome.MATCHED:
        return False
    begin, end = datetime.date(said.year, 1, 1), datetime.date(said.year, 12, 31)
    before = identity.since, identity.until
    identity.since = min(identity.since or begin, begin)
    identity.until = max(identity.until or end, end)
    return before != (identity.since, identity.until)


def _known(desk: Desk, keys: set[str]) -> dict[str, list[Known]]:
    """Our people whose name has one of these keys, with the units they ever served in."""
    named = Person.objects.filter(search_key__in=keys).order_by("sort_key", "birth_year", "pk")
    people = {person.pk: person for person in named}
    served: dict[int, set[int]] = defaultdict(set)
    duties = Duty.objects.filter(person__in=people).exclude(role=Duty.Role.ADMINISTRATOR).order_by()
    for person_id, unit in duties.values_list("person_id", "unit_id"):
        if unit in desk.units:
            served[person_id].add(unit)
    known: dict[str, list[Known]] = defaultdict(list)
    for pk, person in people.items():
        if pk in served:
            known[person.search_key].append(Known(person, frozenset(served[pk])))
    return known


def _mark_standing(rows: Iterable[Row]) -> None:
    """Rows whose fact stands in the ledger already get a reason."""
    about = [row for row in rows if row.register and row.year]
    people = {row.identity.person_id for row in about if row.identity is not None and row.identity.person_id}
    units = {row.unit_id for row in about if row.unit_id}
    held: set[tuple[str, int, str, int]] = set()
    facts = Standing.objects.filter(person__in=people) if people else Standing.objects.none()
    for fact in facts.values_list("person_id", "register", "kind", "year", "paper_number"):
        held |= _marks("p", *fact)
    facts = Standing.objects.filter(unit__in=units) if units else Standing.objects.none()
    for fact in facts.values_list("unit_id", "register", "kind", "year", "paper_number"):
        held |= _marks("u", *fact)
    for row in about:
        who = row.unit_id or (row.identity.person_id if row.identity is not None else None)
        if who is None:
            continue
        own = _marks("u" if row.unit_id else "p", who, row.register, row.kind, row.year or 0, row.paper_number)
        if own & held:
            words = GRADES.get(row.kind) or award_label(row.kind)
            field_ = "grade" if row.register == Register.GRADES else "award"
            row.reasons.append({"field": field_, "why": f"{IN_LEDGER} {row.year} đã có “{words}”."})


def refresh_standing(batch: Batch, identity: Identity) -> None:
    """The rows of somebody whose identity was answered: reasons from the ledger anew."""
    rows = list(identity.rows.exclude(standing=Row.Standing.LEFT_OUT))
    for row in rows:
        row.identity = identity
        row.reasons = [reason for reason in row.reasons if not reason["why"].startswith(IN_LEDGER)]
    _mark_standing(rows)
    for row in rows:
        _keep_reasons(row)


def _marks(who: str, pk: int, register: str, kind: str, year: int, paper: str) -> set[tuple[str, int, str, int]]:
    """By what a fact is known again: a grade by its year, a title by kind and year, an award also by its decision."""
    if register == Register.GRADES:
        return {(who, pk, "grade", year)}
    code = code_of(kind)
    return {(who, pk, code, year)} if register == Register.TITLES else {(who, pk, f"{code} {paper}", year)}


def mark_repeats(batch: Batch, codes: Iterable[str] | None = None) -> None:
    """Rows that say again what an earlier row of the same human or unit says get a reason; others lose theirs."""
    rows = batch.rows.exclude(standing=Row.Standing.LEFT_OUT)
    if codes is not None:
        rows = rows.filter(identity__code__in=list(codes))
    for row in rows.filter(standing=Row.Standing.TROUBLE, reasons__icontains=REPEAT):
        row.reasons = [reason for reason in row.reasons if reason["field"] != REPEAT]
        _keep_reasons(row)
    groups: list[tuple[dict[str, str], list[str]]]
    if batch.kind == Batch.Kind.NOMINEES:
        groups = [({}, ["kind", "year"])]
    elif batch.kind == Batch.Kind.STAFF:
        groups = [({}, ["unit_then"])]
    else:
        groups = [
            ({"register": Register.GRADES}, ["year"]),
            ({"register": Register.TITLES}, ["kind", "year"]),
            ({"register": Register.AWARDS}, ["kind", "year", "paper_number"]),
        ]
    for filters, by in groups:
        for who in ("identity__code", "unit"):
            _mark_group(rows.filter(**filters, **{f"{who}__isnull": False}), [who, *by])


def _mark_group(rows: QuerySet[Row], by: list[str]) -> None:
    repeated = rows.order_by().values(*by).annotate(times=Count("pk"), first=Min("place")).filter(times__gt=1)
    for group in repeated:
        earliest = rows.get(place=group["first"])
        for row in rows.filter(**{name: group[name] for name in by}).exclude(place=group["first"]).order_by("place"):
            row.reasons = [*row.reasons, {"field": REPEAT, "why": f"Trùng với dòng {earliest.number}."}]
            _keep_reasons(row)


def _keep_reasons(row: Row) -> None:
    row.standing = (Row.Standing.TROUBLE if row.reasons else Row.Standing.READY).value
    row.save(update_fields=["reasons", "standing"])
