"""Verbs of a batch: receive, agree on the columns, correct and leave out rows, say who is who, write all or nothing."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from bangvang import vietnamese
from bangvang.dossiers.models import Dossier
from bangvang.honours import actions as honours
from bangvang.intake import confirming, queries, staging
from bangvang.intake.access import may_send, may_work
from bangvang.intake.matching import ask_about_twins, matched
from bangvang.intake.models import Batch, Identity, RememberedColumns, Row
from bangvang.intake.workflow import BATCH
from bangvang.kernel import clock, events, leases
from bangvang.kernel.events import action
from bangvang.kernel.models import Root
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers.actions import Incoming
from bangvang.people.actor import Actor, System
from bangvang.people.models import Person, User
from bangvang.reading.roster.columns import MEANINGS

MACHINE = System("Máy đọc danh sách")


@action
def receive(upload: Incoming, kind: str, *, source: str, dossier: Dossier | None, by: Actor) -> Batch:
    """Keep a list that was sent in and order its reading."""
    if not (verdict := may_send(by, kind, dossier)):
        raise Refused(verdict)
    file = stored.receive(upload, by=by)
    batch = Batch(agency=by.agency, sender=by.person, file=file, kind=kind, dossier=dossier, source=source[:200])
    batch.sent_at = clock.now()
    batch.save(force_insert=True)
    leases.order("intake.read", batch.pk)
    also: list[Root] = [dossier] if dossier else []
    events.record("batch.receive", by=by, roots=[batch, *also], body={"file": file.code, "kind": kind})
    return batch


@action
def keep_heads(batch: Batch, heads: list[dict[str, Any]]) -> None:
    """What the reader found: columns with the meaning it offers, or the one that a person agreed to before."""
    mapping: dict[str, dict[str, str]] = {}
    for head in heads:
        offered = {str(column["at"]): column["meaning"] for column in head["columns"]}
        mapping[str(head["sheet"])] = queries.remembered(batch, head["columns"]) or offered
    defaults = {str(head["sheet"]): head["defaults"] for head in heads}
    BATCH.take(batch, "read", by=MACHINE, heads=heads, mapping=mapping, defaults=defaults)


@action
def refuse(batch: Batch, why: str) -> None:
    """The file cannot be read: the reason, and what to do, in words."""
    BATCH.take(batch, "refuse", by=MACHINE, reason=why, staging=False)


@action
def agree(
    batch: Batch, mapping: dict[str, dict[str, str]], defaults: dict[str, dict[str, str]], *, version: int, by: Actor
) -> None:
    """Say what the columns mean; it is remembered for the sender, and the rows are checked in the background."""
    _ask(by, batch)
    if batch.state != Batch.State.READ or batch.staging:
        raise Refused(no("Các cột chỉ đổi được khi chưa kiểm tra các dòng."))
    given = {
        sheet: {at: name for at, name in columns.items() if name in MEANINGS} for sheet, columns in mapping.items()
    }
    for head in batch.heads:
        names = list(given.get(str(head["sheet"]), {}).values())
        twice = sorted(
            {MEANINGS[name][0] for name in names if names.count(name) > 1 and name not in ("note", "private")}
        )
        if twice:
            raise Refused(no(f"Hai cột cùng mang nghĩa “{twice[0]}”. Xin chọn lại một cột."))
    if not any("name" in columns.values() for columns in given.values()):
        raise Refused(no("Chưa có cột nào là họ và tên, tên tập thể."))
    events.lock([batch])
    bump(batch, version=version, mapping=given, defaults=defaults, staging=True, staged=0)
    for head in batch.heads:
        RememberedColumns.objects.update_or_create(
            agency=batch.agency,
            kind=batch.kind,
            source_key=vietnamese.search_key(batch.source),
            titles_key=queries.titles_key(head["columns"]),
            defaults={"mapping": given.get(str(head["sheet"]), {})},
        )
    leases.order("intake.stage", batch.pk)
    events.record("batch.agree", by=by, roots=[batch], body={"columns": given})


@action
def finish_check(batch: Batch) -> None:
    """All rows are staged, repeats are marked: ask about twins, tell the sender."""
    ask_about_twins(batch)
    counts = queries.counts_of(batch)
    body = {"rows": counts.all, "trouble": counts.trouble, "asked": counts.asked}
    BATCH.take(batch, "check", by=MACHINE, body=body, staging=False)
    users = User.objects.filter(person=batch.sender_id, is_active=True).values_list("pk", flat=True)
    text = f"Đã kiểm tra danh sách {batch.file.name}: {counts.all} dòng, {counts.trouble} dòng chưa ghi được."
    notices.tell(list(users), text, key=f"batch:{batch.code}:{batch.version}", link=("intake:one", batch.code))


@action
def correct(row: Row, given: dict[str, str], *, by: Actor) -> None:
    """Change words of one row (meaning → words) and check it again; "" goes back to what the file says."""
    batch = _checked(row.batch, by)
    corrected = {name: vietnamese.clean(words) for name, words in (row.corrected | given).items() if name in MEANINGS}
    row.corrected = {name: words for name, words in corrected.items() if words or (name in given and given[name] == "")}
    before = row.identity
    desk = staging.Desk(batch, by.day)
    raw = (row.sheet, row.number, row.section, row.cells)
    prepared = staging.prepare(desk, [raw], first=row.place, rows=[row])
    staging.write_people(prepared)
    row.identity = row.identity  # its key, now that it was saved
    row.save()
    touched = {one.code for one in (before, row.identity) if one is not None}
    if before is not None and not before.rows.exists():
        before.delete()
    staging.mark_repeats(batch, touched)
    row.refresh_from_db()
    events.record("batch.correct", by=by, roots=[batch], body={"row": row.number, "fields": sorted(given)})


@action
def leave_out(batch: Batch, rows: Iterable[int] | None, *, by: Actor) -> int:
    """Leave rows out of what will be written: these places, or (None) every row in trouble. Returns how many."""
    _checked(batch, by)
    found = (
        batch.rows.filter(standing=Row.Standing.TROUBLE) if rows is None else batch.rows.filter(place__in=list(rows))
    )
    codes = None if rows is None else list(found.values_list("identity__code", flat=True))
    left = found.exclude(standing=Row.Standing.LEFT_OUT).update(standing=Row.Standing.LEFT_OUT)
    staging.mark_repeats(batch, [code for code in codes if code] if codes is not None else None)
    events.record("batch.leave_out", by=by, roots=[batch], body={"rows": left})
    return left


@action
def take_back_in(row: Row, *, by: Actor) -> None:
    """A row that was left out is looked at again."""
    batch = _checked(row.batch, by)
    row.standing = (Row.Standing.TROUBLE if row.reasons else Row.Standing.READY).value
    row.save(update_fields=["standing"])
    if row.identity is not None:
        staging.mark_repeats(batch, [row.identity.code])
    events.record("batch.take_back_in", by=by, roots=[batch], body={"row": row.number})


@action
def answer(identity: Identity, *, same_as: Person | Identity | None, sex: str = "", by: Actor) -> None:
    """Say who somebody is: one of ours, somebody else of this list, or (None) a new person. Can be answered anew."""
    batch = _checked(identity.batch, by)
    outcome = Identity.Outcome
    before = identity.code
    identity.person, identity.answered_by = None, by.duty_text[:300]
    if isinstance(same_as, Person):
        matched(identity, same_as)
    elif isinstance(same_as, Identity):
        identity.code, identity.person, identity.outcome = same_as.code, same_as.person, outcome.MATCHED.value
    else:
        if batch.kind == Batch.Kind.NOMINEES:
            raise Refused(no("Người được đề nghị phải là người của đơn vị. Không phải thì để lại dòng này."))
        identity.sex = sex or identity.sex
        if identity.sex not in Person.Sex.values:
            raise Refused(no("Người mới cần ghi nam hay nữ."))
        identity.outcome = outcome.NEW.value
        if Person.objects.filter(code=before).exists() or batch.identities.filter(code=before).count() > 1:
            identity.code = Identity._meta.get_field("code").get_default()
    identity.save()
    staging.refresh_standing(batch, identity)
    staging.mark_repeats(batch, [before, identity.code])
    body = {
        "row": identity.rows.order_by("place").values_list("number", flat=True).first(),
        "outcome": identity.outcome,
    }
    events.record("batch.answer", by=by, roots=[batch], body=body)


@action
def remap(batch: Batch, *, version: int | None = None, by: Actor) -> None:
    """Back to the columns: the staged rows go, the file stays."""
    BATCH.take(batch, "remap", by=by, version=version, staged=0)
    batch.rows.all().delete()
    batch.identities.all().delete()


@action
def confirm(batch: Batch, *, version: int | None = None, by: Actor) -> int:
    """Write the whole batch at once. Refused, and nothing written, when a fact stands in the ledger by now."""
    try:
        with transaction.atomic():
            also: list[Root] = [batch.dossier] if batch.dossier else []
            BATCH.take(batch, "confirm", by=by, version=version, also=also, confirmed_on=by.day)
            first, written = confirming.write(batch, by=by)
            Batch.objects.filter(pk=batch.pk).update(first_seq=first, written=written)
    except IntegrityError:
        why = "Trong lúc xem, một dòng của danh sách đã được ghi từ nơi khác. Chưa ghi gì; xin kiểm tra lại các dòng."
        raise Refused(no(why)) from None
    batch.first_seq, batch.written = first, written
    return written


@action
def reassign(identity: Identity, *, same_as: Person | None, sex: str = "", by: Actor) -> int:
    """After writing: the entries of somebody belong to another person, or (None) to a new one. Each is corrected by a new
    entry, so that it can be undone in the same way. Returns how many."""
    batch = identity.batch
    if not (verdict := may_send(by, batch.kind, batch.dossier)):
        raise Refused(verdict)
    if batch.state != Batch.State.CONFIRMED or not batch.is_for_ledger or by.agency != batch.agency:
        raise Refused(no("Chỉ đợt đã ghi vào sổ vàng mới đổi người được bằng cách này."))
    events.lock([batch])
    identity.answered_by = by.duty_text[:300]
    if same_as is not None:
        matched(identity, same_as)
        identity.save()
    else:
        identity.sex = sex or identity.sex
        if identity.sex not in Person.Sex.values:
            raise Refused(no("Người mới cần ghi nam hay nữ."))
        identity.code, identity.person = Identity._meta.get_field("code").get_default(), None
        identity.outcome = Identity.Outcome.NEW.value
        identity.save()
        confirming.enter_people(batch.identities.filter(pk=identity.pk), batch, by)
    person = Person.objects.get(code=identity.code)
    entries = [entry for entry in queries.entries_of(identity) if entry.person_id != person.pk]
    for entry in entries:
        honours.correct(entry, {"person": person}, reason=f"Đổi người của dòng nhập từ {batch.file.name}", by=by)
    body = {"entries": [entry.seq for entry in entries], "person": person.code}
    events.record("batch.reassign", by=by, roots=[batch, person], body=body)
    return len(entries)


@action
def drop(batch: Batch, *, reason: str, version: int | None = None, by: Actor) -> None:
    BATCH.take(batch, "drop", by=by, reason=reason, version=version)


def _ask(by: Actor, batch: Batch) -> None:
    if not (verdict := may_work(by, batch)):
        raise Refused(verdict)


def _checked(batch: Batch, by: Actor) -> Batch:
    """The batch, locked, when its rows may be worked on."""
    _ask(by, batch)
    if batch.state != Batch.State.CHECKED:
        raise Refused(no("Các dòng chỉ sửa được khi máy đã kiểm tra xong."))
    events.lock([batch])
    return batch
