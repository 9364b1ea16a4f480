"""The verbs of a decision: draft, edit, the steps to the signature, number and day, the signed copy, issue, the public page."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from bangvang import vietnamese
from bangvang.decisions import drafting, papers, queries
from bangvang.decisions.access import may_draft, may_edit
from bangvang.decisions.models import Decision, DecisionLine
from bangvang.decisions.queries import COLUMNS, DecisionFields
from bangvang.decisions.workflow import DECISION, DECISION_PUBLICITY
from bangvang.dossiers.models import Nomination
from bangvang.dossiers.papers import award_words, unit_words
from bangvang.kernel import clock, events
from bangvang.kernel.events import action
from bangvang.kernel.models import Root
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.law.sources import NoLaw
from bangvang.movements.models import Movement
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, User

Outcome = DecisionLine.Outcome
DECLINED_REASON = "Hội đồng không thông qua"
FUND = "Quỹ thi đua, khen thưởng của cơ quan"
Refusals = Mapping[int, str]  # id of a nomination → why it is not awarded


def suggested(
    nominations: Sequence[Nomination], *, minutes: tuple[str, datetime.date | None] = ("", None), by: Actor
) -> DecisionFields:
    """What the form of a new decision begins with: everything that the data and the law book already say.

    `minutes`: number and day of the council's minutes, once somebody or the council room gives them.
    """
    first = nominations[0]
    movement, year = first.dossier.movement, first.dossier.year
    labels = list(dict.fromkeys(award_words(line) for line in nominations if line.state == Nomination.State.ENDORSED))
    occasion = f"trong {_lower(movement.title)}" if movement else f"năm {year}"
    what = ", ".join(labels[:3]) or "các danh hiệu, hình thức khen thưởng"
    return DecisionFields(
        title=f"Về việc khen thưởng {what} {occasion}"[:300],
        merit=f"đã có thành tích xuất sắc {occasion}"[:500],
        planned_on=by.day,
        minutes_number=minutes[0],
        minutes_on=minutes[1],
        bases=bases_for(nominations, movement, by.day),
        fund=FUND,
        executors="Chánh Văn phòng, người đứng đầu các phòng, đơn vị có liên quan",
        recipients=("Như Điều 3", "Lưu: VT"),
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def bases_for(nominations: Sequence[Nomination], movement: Movement | None, day: datetime.date) -> tuple[str, ...]:
    """Căn cứ in force on the day from the law book, then the movement's plan, then who proposes."""
    bases = list(drafting.law_bases([line.award for line in nominations], day))
    if movement is not None and movement.issued_on is not None:
        plan = f"Kế hoạch số {movement.document_number} {vietnamese.long_date(movement.issued_on)}"
        bases.append(f"Căn cứ {plan} của {movement.agency.name} về {_lower(movement.title)}")
    return (*bases, "Theo đề nghị của Thường trực Hội đồng Thi đua, khen thưởng")


@action
def draft(
    nominations: Sequence[Nomination],
    given: DecisionFields,
    refusals: Refusals | None = None,
    *,
    code: str = "",
    by: Actor,
) -> Decision:
    """Draft a decision on nominations of one movement or year; `code` comes with the empty form, so a second press makes no twin."""
    if not (verdict := may_draft(by)):
        raise Refused(verdict)
    if not nominations:
        raise Refused(no("Chưa có đề nghị nào Hội đồng đã xét để ra quyết định."))
    first = nominations[0].dossier
    if any(line.dossier.movement_id != first.movement_id for line in nominations):
        raise Refused(no("Một quyết định chỉ gồm các đề nghị của một phong trào hoặc một năm."))
    known = {"code": code} if code else {}
    decision = Decision(
        agency=by.agency,
        movement=first.movement,
        year=first.year,
        symbol=f"QĐ-{by.agency.symbol}",
        drafted_by=by.person,
        drafted_at=clock.now(),
        **{name: getattr(given, name) for name in COLUMNS},
        **known,
    )
    decision.save(force_insert=True)
    _write_lines(decision, nominations, refusals or {})
    roots: list[Root] = [decision, *_movement(decision), *nominations]
    events.record("decision.draft", by=by, roots=roots, body={"title": decision.title, "lines": len(nominations)})
    return decision


@action
def edit(decision: Decision, given: DecisionFields, refusals: Refusals, *, version: int, by: Actor) -> None:
    """Save the draft anew: words, day, and which nominations are awarded; places and money are made again from the data."""
    if not (verdict := may_edit(by, decision)):
        raise Refused(verdict)
    events.lock([decision])
    before = queries.fields_of(decision)
    nominations = [line.nomination for line in queries.lines_of(decision)]
    columns = {name: getattr(given, name) for name in COLUMNS}
    bump(decision, version=version, search_key=Decision.key_of(given.title), **columns)
    _write_lines(decision, nominations, refusals)
    changed = [name for name in COLUMNS if getattr(given, name) != getattr(before, name)]
    body = {"changed": changed, "refused": len(refusals)}
    events.record("decision.edit", by=by, roots=[decision, *_movement(decision)], body=body)


def _write_lines(decision: Decision, nominations: Sequence[Nomination], refusals: Refusals) -> None:
    """The lines from the nominations as they stand: seats, words, money of the planned day."""
    chosen = sorted((line for line in nominations if line.pk not in refusals), key=drafting.seat)
    for line in chosen:
        if line.state != Nomination.State.ENDORSED:
            raise Refused(no(f"{line.name_then}: Hội đồng không thông qua, chỉ ghi được là không khen thưởng."))
        if not (verdict := drafting.may_be_decided_by(decision.agency, line.award)):
            raise Refused(verdict)
    try:
        money = drafting.money_of(chosen, decision.planned_on)
    except NoLaw as nothing:
        raise Refused(no(str(nothing))) from None
    decision.lines.all().delete()
    rows = [_line(decision, line, place, money.sums[line.pk]) for place, line in enumerate(chosen, start=1)]
    others = sorted((line for line in nominations if line.pk in refusals), key=drafting.seat)
    rows += [_line(decision, line, 0, drafting.Sum(0, 0), refusals[line.pk]) for line in others]
    try:
        with transaction.atomic():
            for row in rows:
                row.save(force_insert=True)
    except IntegrityError:
        raise Refused(no("Có đề nghị đã nằm trong một quyết định khác. Xin mở lại danh sách chờ quyết định.")) from None
    bump(
        decision, version=None, base_salary=money.base_salary, money_cite=money.cite[:500], money_is_sure=money.is_sure,
        **({"money_checked": ""} if decision.money_cite != money.cite[:500] else {}),
    )  # fmt: skip


def _line(decision: Decision, line: Nomination, place: int, money: drafting.Sum, reason: str = "") -> DecisionLine:
    return DecisionLine(
        decision=decision,
        nomination=line,
        outcome=Outcome.REFUSE if reason else Outcome.AWARD,
        reason=reason,
        place=place,
        honorific=line.person.honorific if line.person else "",
        name=line.name_then,
        title=line.title_then,
        unit=unit_words(line),
        award_words=award_words(line),
        raw=money.raw,
        amount=money.amount,
    )


def _movement(decision: Decision) -> list[Root]:
    return [decision.movement] if decision.movement else []


@action
def check_money(decision: Decision, *, opened: str, opened_on: datetime.date, by: Actor) -> None:
    """A person answers for the amounts that the book may not decide: which text was opened, on which day."""
    if not (verdict := may_edit(by, decision)):
        raise Refused(verdict)
    if not opened.strip():
        raise Refused(no("Xác nhận mức thưởng cần ghi văn bản, điều, khoản đã mở."))
    if opened_on > by.day:
        raise Refused(no("Ngày mở văn bản ở sau ngày hôm nay."))
    events.lock([decision])
    words = f"{by.duty_text}; đã mở {opened.strip()} ngày {vietnamese.format_date(opened_on)}"
    bump(decision, version=None, money_checked=words[:500])
    events.record("decision.check_money", by=by, roots=[decision], body={"reason": opened.strip()})


@action
def submit(decision: Decision, *, by: Actor, version: int | None = None) -> None:
    """To the director: nobody in it may fail the law now; the tờ trình with its list is ordered as it stands."""
    _refuse_not_met(decision, by)
    DECISION.take(decision, "submit", by=by, version=version, also=_movement(decision))
    stored.order(
        "award_submission",
        papers.submission(decision),
        name=papers.file_name("To-trinh", decision),
        about=decision,
        by=by,
    )
    _tell(decision, [Duty.Role.DIRECTOR], f"Quyết định “{decision.title}” chờ duyệt.", "submit", by)


def _refuse_not_met(decision: Decision, by: Actor) -> None:
    if failing := queries.not_met(queries.awarded(decision), by.day):
        names = "; ".join(f"{line.full_name} ({line.award_words})" for line in failing[:5])
        raise Refused(
            no(f"Chưa đạt điều kiện: {names}. Xin xem lại rồi đưa vào danh sách không khen thưởng, ghi lý do.")
        )


@action
def recall(decision: Decision, *, by: Actor, version: int | None = None) -> None:
    DECISION.take(decision, "recall", by=by, version=version, also=_movement(decision))


@action
def send_back(decision: Decision, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Return the draft to the standing body with a reason."""
    DECISION.take(decision, "return", by=by, reason=reason, version=version, also=_movement(decision))
    _tell_drafter(decision, f"Quyết định “{decision.title}” bị trả lại: {reason.strip()}", "return")


@action
def approve(decision: Decision, *, by: Actor, version: int | None = None) -> None:
    """The head approves; the signature block is fixed now, from the duty and delegation of the day."""
    duty = by.deciding_duty
    DECISION.take(
        decision,
        "approve",
        by=by,
        version=version,
        also=_movement(decision),
        signer_authority=by.signing_authority() or "",
        signer_title=duty.title,
        signer_name=duty.person.full_name,
    )
    _tell(decision, [Duty.Role.REGISTRY], f"Quyết định “{decision.title}” đã duyệt, chờ ghi số.", "approve", by)


@action
def withdraw(decision: Decision, *, reason: str, by: Actor, version: int | None = None) -> None:
    """The head takes the approval back before issue; a number already recorded is told in the event and given up."""
    DECISION.take(
        decision, "withdraw", by=by, reason=reason, version=version, also=_movement(decision), body=_given_up(decision),
        signer_authority="", signer_title="", signer_name="", number=None, issued_on=None,
    )  # fmt: skip
    _tell_drafter(decision, f"Quyết định “{decision.title}” bị thu hồi để sửa: {reason.strip()}", "withdraw")


def _given_up(decision: Decision) -> dict[str, Any]:
    return {"given_up": f"{decision.document_number} {decision.issued_on}"} if decision.number else {}


@action
def cancel(decision: Decision, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Stop the draft; its nominations wait for another decision."""
    DECISION.take(decision, "cancel", by=by, reason=reason, version=version, also=_movement(decision))
    decision.lines.update(is_live=False)


@action
def number(decision: Decision, *, number: int, issued_on: datetime.date, by: Actor, version: int | None = None) -> None:
    """Record number and day from the agency's register. Refused when the number is taken, or when money and căn cứ of that
    day are not those of the draft."""
    if issued_on > by.day:
        raise Refused(no("Ngày ban hành ở sau ngày hôm nay."))
    if not (verdict := queries.stands_on(decision, issued_on)):
        raise Refused(verdict)
    try:
        with transaction.atomic():
            DECISION.take(
                decision, "number", by=by, version=version, also=_movement(decision), number=number, issued_on=issued_on,
                body={"number": number, "day": issued_on},
            )  # fmt: skip
    except IntegrityError:
        used = f"{vietnamese.document_number(number, decision.symbol)} năm {issued_on.year}"
        raise Refused(no(f"Số {used} đã ghi cho một quyết định khác. Xin xem lại sổ văn bản đi.")) from None


@action
def renumber(decision: Decision, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Give up a number that was recorded wrongly; the right one is recorded next."""
    DECISION.take(
        decision, "renumber", by=by, reason=reason, version=version, body=_given_up(decision), number=None, issued_on=None
    )  # fmt: skip


@action
def publish(decision: Decision, *, by: Actor, version: int | None = None) -> None:
    DECISION_PUBLICITY.take(decision, "publish", by=by, version=version)


@action
def hide(decision: Decision, *, reason: str, by: Actor, version: int | None = None) -> None:
    DECISION_PUBLICITY.take(decision, "hide", by=by, reason=reason, version=version)


def _tell(decision: Decision, roles: Sequence[str], text: str, act: str, by: Actor) -> None:
    notices.tell(
        people.users_with_role(decision.agency, roles, on=by.day),
        text,
        key=f"decision:{act}:{decision.code}:{decision.version}",
        link=("decisions:one", decision.code),
    )


def _tell_drafter(decision: Decision, text: str, act: str) -> None:
    notices.tell(
        User.objects.filter(person=decision.drafted_by).values_list("pk", flat=True),
        text,
        key=f"decision:{act}:{decision.code}:{decision.version}",
        link=("decisions:one", decision.code),
    )
