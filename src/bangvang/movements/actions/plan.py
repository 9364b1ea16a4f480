"""The verbs of a movement's plan."""

import datetime
from dataclasses import fields

from django.db import IntegrityError, transaction

from bangvang import vietnamese
from bangvang.kernel import audit, clock, events
from bangvang.kernel.events import action
from bangvang.kernel.models import public_code
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.movements import papers, queries
from bangvang.movements.access import may_draft, may_edit
from bangvang.movements.models import Movement
from bangvang.movements.queries import PlanFields
from bangvang.movements.workflow import PLAN, PUBLICITY
from bangvang.movements.writing import AwardCodes, columns_of, write_lines
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, User


@action
def draft(
    plan: PlanFields, *, by: Actor, code: str | None = None, symbol: str = "", award_codes: AwardCodes | None = None
) -> Movement:
    """Start a movement from a plan. `code` comes with the empty form: sent twice, the second is an IntegrityError.

    `symbol` and `award_codes` come from a document that was read; without them the symbol is the agency's usual one.
    """
    if not (verdict := may_draft(by)):
        raise Refused(verdict)
    movement = Movement(
        code=code or public_code(),
        agency=by.agency,
        symbol=symbol or f"KH-{by.agency.symbol}",
        drafted_by=by.person,
        drafted_at=clock.now(),
        **columns_of(plan),
    )
    movement.save(force_insert=True)
    write_lines(movement, plan, award_codes or {})
    events.record("movement.draft", by=by, roots=[movement], body={"title": movement.title})
    return movement


@action
def edit(movement: Movement, plan: PlanFields, *, version: int, by: Actor) -> None:
    """Save the plan anew under the version it was opened with; Overtaken when somebody else saved in between."""
    if not (verdict := may_edit(by, movement)):
        raise Refused(verdict)
    events.lock([movement])
    before = queries.current_plan(movement)
    bump(movement, version=version, search_key=Movement.key_of(plan.title, plan.theme), **columns_of(plan, movement))
    kept = {offer.text: (offer.award, offer.issuer) for offer in movement.awards.all()}
    write_lines(movement, plan, kept)
    changed = [field.name for field in fields(plan) if getattr(plan, field.name) != getattr(before, field.name)]
    events.record("movement.edit", by=by, roots=[movement], body={"changed": changed})


@action
def submit(movement: Movement, *, by: Actor, version: int | None = None) -> None:
    PLAN.take(movement, "submit", by=by, version=version)
    notices.tell(
        people.users_with_role(movement.agency, [Duty.Role.DIRECTOR], on=by.day),
        f"Kế hoạch “{movement.title}” chờ duyệt.",
        key=f"submit:{movement.code}:{movement.version}",
        link=("movements:one", movement.code),
    )


@action
def recall(movement: Movement, *, by: Actor, version: int | None = None) -> None:
    PLAN.take(movement, "recall", by=by, version=version)


@action
def send_back(movement: Movement, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Return the plan to its drafter with a reason."""
    PLAN.take(movement, "return", by=by, reason=reason, version=version)
    notices.tell(
        User.objects.filter(person=movement.drafted_by).values_list("pk", flat=True),
        f"Kế hoạch “{movement.title}” bị trả lại: {reason.strip()}",
        key=f"return:{movement.code}:{movement.version}",
        link=("movements:one", movement.code),
    )


@action
def approve(movement: Movement, *, by: Actor, version: int | None = None) -> None:
    """The head approves; the signature block is fixed now, from the duty and delegation of the day."""
    duty = by.deciding_duty
    body = {"on_behalf": duty.words, "paper": by.paper} if by.on_behalf else {}
    PLAN.take(
        movement,
        "approve",
        by=by,
        version=version,
        body=body,
        signer_authority=by.signing_authority() or "",
        signer_title=duty.title,
        signer_name=duty.person.full_name,
    )
    notices.tell(
        people.users_with_role(movement.agency, [Duty.Role.REGISTRY], on=by.day),
        f"Kế hoạch “{movement.title}” đã duyệt, chờ ghi số.",
        key=f"approve:{movement.code}:{movement.version}",
        link=("movements:one", movement.code),
    )


@action
def record_approval(
    movement: Movement, *, signed_by: Duty, paper: StoredFile, by: Actor, version: int | None = None
) -> None:
    """Enter the head's approval from a signed paper; the event and every list say "nhập theo văn bản"."""
    if not (verdict := stored.is_usable(paper, by)):
        raise Refused(verdict)
    approve(movement, by=by.recording_for(signed_by, paper.code), version=version)


@action
def withdraw(movement: Movement, *, reason: str, by: Actor, version: int | None = None) -> None:
    PLAN.take(
        movement,
        "withdraw",
        by=by,
        reason=reason,
        version=version,
        signer_authority="",
        signer_title="",
        signer_name="",
    )


@action
def cancel(movement: Movement, *, reason: str, by: Actor, version: int | None = None) -> None:
    PLAN.take(movement, "cancel", by=by, reason=reason, version=version)


@action
def issue(movement: Movement, *, number: int, issued_on: datetime.date, by: Actor, version: int | None = None) -> None:
    """Record number and day from the agency's register, seal the chains and order the papers.

    Refused when the number was already given by this agency under this symbol in that year.
    """
    try:
        with transaction.atomic():
            PLAN.take(movement, "issue", by=by, version=version, number=number, issued_on=issued_on)
    except IntegrityError:
        used = f"{vietnamese.document_number(number, movement.symbol)} năm {issued_on.year}"
        raise Refused(no(f"Số {used} đã ghi cho một kế hoạch khác. Xin xem lại sổ văn bản đi.")) from None
    seal = audit.seal(f"Ban hành {movement.document_number}")
    paper = papers.plan(movement, queries.current_plan(movement), seal=seal.hash[:16])
    stored.order("movement_plan", paper, name=papers.file_name(movement), about=movement, by=by)
    notices.announce(
        people.users_of_agency(movement.agency, on=by.day),
        f"Kế hoạch {movement.document_number} “{movement.title}” đã ban hành.",
        key=f"issue:{movement.code}",
        link=("movements:one", movement.code),
    )


@action
def publish(movement: Movement, *, by: Actor, version: int | None = None) -> None:
    PUBLICITY.take(movement, "publish", by=by, version=version)


@action
def hide(movement: Movement, *, reason: str, by: Actor, version: int | None = None) -> None:
    PUBLICITY.take(movement, "hide", by=by, reason=reason, version=version)
