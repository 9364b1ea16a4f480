"""The pact of a cluster: drafted by its head or the standing clerk, signed by every member, in force with the last signature."""

import datetime

from django.db import IntegrityError, transaction

from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.movements import pact_paper
from bangvang.movements.access import may_sign, may_write_pact
from bangvang.movements.models import Pact, PactSignature
from bangvang.movements.workflow import PACT
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.people import queries as people
from bangvang.people.access import speaks_for
from bangvang.people.actor import Actor
from bangvang.people.models import Cluster, Duty


@action
def draft_pact(cluster: Cluster, year: int, *, by: Actor) -> Pact:
    """Begin the pact of a cluster for a year."""
    made = Pact(cluster=cluster, year=year, drafted_by=by.person)
    if not (verdict := may_write_pact(by, made)):
        raise Refused(verdict)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refused(no(f"{cluster.name} đã có giao ước năm {year}.")) from None
    events.record("pact.draft", by=by, roots=[made, cluster], body={"year": year})
    return made


@action
def edit_pact(pact: Pact, *, contents: str, targets: str, titles: str, by: Actor, version: int | None = None) -> None:
    """Save the texts while nobody was asked to sign; Overtaken when a colleague saved in between."""
    if not (verdict := may_write_pact(by, pact)):
        raise Refused(verdict)
    if pact.state != Pact.State.DRAFT:
        raise Refused(no(f"Giao ước {pact.get_state_display().lower()}, không sửa được. Rút về thì mới sửa."))
    events.lock([pact])
    bump(pact, version=version, contents=contents, targets=targets, titles=titles)
    events.record("pact.edit", by=by, roots=[pact])


@action
def offer_pact(pact: Pact, *, by: Actor, version: int | None = None) -> None:
    """Ask the members of the day to sign; there must be two or more of them."""
    members = people.members_of(pact.cluster, by.day)
    if len(members) < 2:
        raise Refused(no("Cụm, khối cần ít nhất hai thành viên để ký giao ước."))
    PACT.take(pact, "offer", by=by, version=version)
    PactSignature.objects.bulk_create(PactSignature(pact=pact, unit=unit) for unit in members)
    heads = people.users_of_units([unit.pk for unit in members], [Duty.Role.DIRECTOR, *Duty.HEADS], on=by.day)
    notices.tell(
        heads,
        f"Giao ước thi đua năm {pact.year} của {pact.cluster.name} chờ đơn vị ký.",
        key=f"pact:{pact.code}:{pact.version}",
        link=("pacts:one", pact.code),
    )


@action
def recall_pact(pact: Pact, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Take the text back to change it: what was signed was another text, so every signature is given anew."""
    PACT.take(pact, "recall", by=by, reason=reason, version=version)
    pact.signatures.all().delete()


@action
def sign_pact(place: PactSignature, *, by: Actor, signed_on: datetime.date | None = None, paper: str = "") -> None:
    """Sign for the member; or (the clerk, with `paper` and its day) record that its head signed on paper.

    With the last signature the pact is in force, and its paper is drawn once for all.
    """
    pact = place.pact
    if not (verdict := may_sign(by, place)):
        raise Refused(verdict)
    if pact.state != Pact.State.SIGNING:
        raise Refused(no("Giao ước không ở bước ký."))
    on = signed_on or by.day
    signer = by.duty if speaks_for(by, place.unit) and not paper else people.spokesman_of(place.unit, on)
    if not speaks_for(by, place.unit) and not paper.strip():
        raise Refused(no("Ghi chữ ký thay đơn vị thì cần ghi bản giấy đã ký."))
    if on > by.day or signer is None:
        raise Refused(no("Ngày ký ở sau hôm nay, hoặc hôm đó đơn vị chưa có người đứng đầu."))
    events.lock([pact])
    given = {
        "signed_on": on,
        "signer_name": signer.person.full_name,
        "signer_title": signer.title,
        "paper": paper.strip(),
    }
    # Asked of the row and not of what was read before: a recall deletes it, a second press finds it signed.
    if not PactSignature.objects.filter(pk=place.pk, signed_on__isnull=True).update(**given):
        raise Refused(no(f"{place.unit.name} đã ký, hoặc giao ước vừa được rút về."))
    events.record("pact.sign", by=by, roots=[pact], body={"unit": place.unit.code, "on_paper": bool(paper)})
    if not pact.signatures.filter(signed_on__isnull=True).exists():
        pact.refresh_from_db()
        PACT.take(pact, "conclude", by=by, also=[pact.cluster], in_force_on=by.day)
        stored.order("pact", pact_paper.pact(pact), name=pact_paper.file_name(pact), about=pact, by=by)
