"""Verbs that write dossiers: open, record the review, nominate, attach, submit and its answers, judge."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from bangvang.dossiers import papers, queries
from bangvang.dossiers.access import may_answer_breach, may_judge, may_open, may_write
from bangvang.dossiers.conduct import open_breaches
from bangvang.dossiers.models import (
    Attendance,
    BreachAnswer,
    Dossier,
    Evidence,
    Judgement,
    Nomination,
    StoredFinding,
    UnitReview,
)
from bangvang.dossiers.queries import NominationFields
from bangvang.dossiers.workflow import DOSSIER, NOMINATION
from bangvang.honours import findings
from bangvang.honours.lists import ListFinding
from bangvang.kernel import clock, events
from bangvang.kernel.events import action
from bangvang.kernel.models import Root, public_code
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.law import explain
from bangvang.movements.models import Movement
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Person, Unit
from bangvang.progress.models import Observation

NOT_FOR_PEOPLE = frozenset({"no_law", "unread_law", "governing_day"})  # the book must grow, nobody may answer instead


@dataclass(frozen=True)
class Meeting:
    """A unit's review as recorded: `absent` maps a person to the reason; everybody else of `members` was present."""

    held_on: datetime.date
    place: str
    chair: Person
    secretary: Person
    members: tuple[Person, ...]
    absent: dict[int, str]
    minutes: str


@dataclass(frozen=True)
class Answer:
    """What a person says to an open condition, and the text that was opened for it."""

    condition: str
    is_yes: bool
    instrument: str
    article: str
    address: str
    opened_on: datetime.date


@action
def open_dossier(movement: Movement | None, year: int, *, by: Actor) -> Dossier:
    """Begin the unit's dossier in a movement that was rolled out to it, or for a year."""
    if not (verdict := may_open(by)):
        raise Refused(verdict)
    if movement is not None and not movement.roll_outs.filter(unit=by.unit).exists():
        raise Refused(no("Phong trào này chưa triển khai đến đơn vị."))
    dossier = Dossier(unit=by.unit, movement=movement, year=year, drafted_by=by.person, drafted_on=by.day)
    try:
        with transaction.atomic():
            dossier.save(force_insert=True)
    except IntegrityError:
        raise Refused(no("Đơn vị đã có hồ sơ cho đợt này, chưa được tiếp nhận. Xin mở hồ sơ đó ở danh sách.")) from None
    also = [movement] if movement else []
    events.record("dossier.open", by=by, roots=[dossier, *also], body={"year": year})
    return dossier


@action
def record_review(dossier: Dossier, meeting: Meeting, *, version: int | None = None, by: Actor) -> UnitReview:
    """Write the unit's review, or write it anew under the version it was opened with."""
    if not (verdict := may_write(by, dossier)):
        raise Refused(verdict)
    if meeting.held_on > by.day:
        raise Refused(no("Ngày họp ở sau ngày hôm nay."))
    known: dict[str, Any] = {
        name: getattr(meeting, name) for name in ("held_on", "place", "chair", "secretary", "minutes")
    }
    found = UnitReview.objects.filter(dossier=dossier).first()
    if found is None:
        found = UnitReview(dossier=dossier, **known)
        found.save(force_insert=True)
    else:
        events.lock([found])
        bump(found, version=version, **known)
    found.attendances.all().delete()
    Attendance.objects.bulk_create(
        Attendance(
            unit_review=found,
            person=person,
            is_present=person.pk not in meeting.absent,
            reason=meeting.absent.get(person.pk, ""),
        )
        for person in meeting.members
    )
    body = {"present": len(meeting.members) - len(meeting.absent), "absent": len(meeting.absent)}
    events.record("dossier.record_review", by=by, roots=[dossier, found], body=body)
    return found


@action
def nominate(dossier: Dossier, given: NominationFields, *, by: Actor, code: str | None = None) -> Nomination:
    """Add a line. `code` comes with the empty form: sent twice, the second is an IntegrityError of the code."""
    if not (verdict := may_write(by, dossier)):
        raise Refused(verdict)
    line = Nomination(code=code or public_code(), dossier=dossier, position=dossier.nominations.count() + 1)
    _fill(line, given, by)
    _save_once(line, lambda: line.save(force_insert=True))
    events.record("nomination.add", by=by, roots=[line, dossier], body={"award": line.award, "year": line.for_year})
    return line


@action
def nominate_many(dossier: Dossier, rows: Sequence[NominationFields], *, by: Actor) -> int:
    """Add pasted lines, all or none. Returns how many."""
    for given in rows:
        nominate(dossier, given, by=by)
    events.record("dossier.paste", by=by, roots=[dossier], body={"lines": len(rows)})
    return len(rows)


@action
def nominate_listed(dossier: Dossier, rows: Sequence[NominationFields], *, by: Actor) -> int:
    """Add the lines of a confirmed list by one statement, with one event in all their stories; all or none. Returns how many."""
    if not (verdict := may_write(by, dossier)):
        raise Refused(verdict)
    last = dossier.nominations.count()
    lines = [Nomination(code=public_code(), dossier=dossier, position=last + at) for at in range(1, len(rows) + 1)]
    for line, given in zip(lines, rows, strict=True):
        _fill(line, given, by)
    try:
        with transaction.atomic():
            Nomination.objects.bulk_create(lines, batch_size=500)
    except IntegrityError:
        raise Refused(no("Một dòng của danh sách đã có trong hồ sơ. Chưa thêm dòng nào.")) from None
    event = events.record("dossier.add_listed", by=by, roots=[dossier], body={"lines": len(lines)})
    events.begin_chains(event, Nomination.objects.filter(pk__in=[line.pk for line in lines]))
    return len(lines)


@action
def edit_nomination(line: Nomination, given: NominationFields, *, version: int, by: Actor) -> None:
    """Save a line anew under the version it was opened with; Overtaken when somebody saved in between."""
    if not (verdict := may_write(by, line.dossier)):
        raise Refused(verdict)
    if line.withdrawn_on:
        raise Refused(no("Đề nghị này đã rút, không sửa được."))
    before = queries.fields_of(line)
    _fill(line, given, by)
    names = ("kind", "person", "unit", "name_then", "title_then", "unit_then", *_COLUMNS)
    columns = {name: getattr(line, name) for name in names}
    events.lock([line])
    _save_once(line, lambda: bump(line, version=version, **columns))
    changed = [field.name for field in fields(given) if getattr(given, field.name) != getattr(before, field.name)]
    events.record("nomination.edit", by=by, roots=[line, line.dossier], body={"changed": changed})


_COLUMNS = (
    "outside_address",
    "is_posthumous",
    "award",
    "stream",
    "for_year",
    "achievement",
    "votes_for",
    "votes_total",
)


def _save_once(line: Nomination, save: Any) -> None:
    try:
        with transaction.atomic():
            save()
    except IntegrityError as error:
        if "code" in str(error):
            raise
        raise Refused(
            no(f"{line.name_then} đã được đề nghị danh hiệu, hình thức này của năm {line.for_year}.")
        ) from None


def _fill(line: Nomination, given: NominationFields, by: Actor) -> None:
    """Columns from what was typed, with name, post and unit as they are on the day."""
    kind = Nomination.Kind(given.kind)
    line.kind, line.person, line.unit = kind.value, None, None
    for name in _COLUMNS:
        setattr(line, name, getattr(given, name))
    codes = {code for code, _ in findings.awards_for(line.subject)}
    if given.award not in codes:
        raise Refused(no(f"Chưa có quy định về danh hiệu, hình thức này cho {kind.label.lower()}."))
    if len(given.achievement) > queries.LONGEST:
        raise Refused(no(f"Tóm tắt thành tích dài quá {queries.LONGEST} chữ. Xin rút gọn, phần dài gửi thành tệp."))
    if kind == Nomination.Kind.PERSON:
        _fill_person(line, given, by)
    elif kind == Nomination.Kind.COLLECTIVE:
        unit = Unit.objects.filter(code=given.who).first()
        if unit is None or line.dossier.unit_id not in (unit.pk, unit.parent_id):
            raise Refused(no("Tập thể này không thuộc đơn vị lập hồ sơ."))
        line.unit, line.name_then, line.title_then, line.unit_then = unit, unit.name, "", line.dossier.unit.name
    else:
        line.name_then, line.title_then, line.unit_then = given.outside_name, "", ""
        if not given.outside_name or not given.outside_address:
            raise Refused(no("Người, tập thể ngoài đơn vị, hộ gia đình cần ghi tên và địa chỉ."))


def _fill_person(line: Nomination, given: NominationFields, by: Actor) -> None:
    person = Person.objects.filter(code=given.who).first()
    served = person.duties.filter(unit=line.dossier.unit) if person else Duty.objects.none()
    if person is None or not served.exists():
        raise Refused(no("Người này không công tác ở đơn vị lập hồ sơ."))
    if person.died_on and not given.is_posthumous:
        raise Refused(no(f"{person.honorific} {person.full_name} đã mất: xin đánh dấu “truy tặng”."))
    duty = served.filter(valid_from__lte=by.day).order_by("-valid_from", "rank", "pk").first()
    line.person, line.name_then = person, person.full_name
    line.title_then, line.unit_then = duty.title if duty else "", line.dossier.unit.name


@action
def withdraw_nomination(line: Nomination, *, reason: str, version: int | None = None, by: Actor) -> None:
    """Take a line out of the dossier; it stays readable with the reason."""
    if not (verdict := may_write(by, line.dossier)):
        raise Refused(verdict)
    if not reason.strip():
        raise Refused(no("Rút đề nghị cần ghi lý do."))
    events.lock([line])
    bump(line, version=version, withdrawn_on=by.day)
    events.record("nomination.withdraw", by=by, roots=[line, line.dossier], body={"reason": reason.strip()})


@action
def attach(line: Nomination, file: StoredFile, kind: str, *, by: Actor) -> Evidence:
    """Add a file one has just sent in; it is still being checked, and counts only when it was found in order."""
    if not (verdict := may_write(by, line.dossier)):
        raise Refused(verdict)
    if not (verdict := stored.is_own(file, by)):
        raise Refused(verdict)
    evidence = Evidence(nomination=line, file=file, kind=Evidence.Kind(kind).value, added_on=by.day)
    evidence.save(force_insert=True)
    events.record("nomination.attach", by=by, roots=[line, line.dossier], body={"file": file.code})
    return evidence


@action
def detach(evidence: Evidence, *, by: Actor) -> None:
    """Take a file out of the nomination; the event keeps its code."""
    line = evidence.nomination
    if not (verdict := may_write(by, line.dossier)):
        raise Refused(verdict)
    body = {"file": evidence.file.code}
    evidence.delete()
    events.record("nomination.detach", by=by, roots=[line, line.dossier], body=body)


@action
def submit(dossier: Dossier, *, by: Actor, version: int | None = None) -> None:
    """Submit: findings of every line are stored as they are, minutes and list are ordered, the standing body is told.

    A ratio cap only warns here: it is set for the list of whoever decides, and the unit's list is a part of that.
    """
    lines = queries.standing_lines(dossier)
    body = {"lists": [_as_kept(found) for found in queries.list_findings(dossier, by.day)]}
    also = [*lines, *_movement(dossier)]
    DOSSIER.take(dossier, "submit", by=by, version=version, also=also, body=body, submitted_on=by.day)
    _keep_findings(dossier, lines, "submit", by)
    if hasattr(dossier, "unit_review"):  # the simplified procedure does without
        stored.order(
            "unit_review_minutes",
            papers.minutes(dossier),
            name=papers.file_name("Bien-ban", dossier),
            about=dossier,
            by=by,
        )
    stored.order(
        "nomination_list",
        papers.nomination_list(dossier),
        name=papers.file_name("To-trinh", dossier),
        about=dossier,
        by=by,
    )
    notices.tell(
        people.users_with_role(dossier.unit.agency_or_self, [Duty.Role.CLERK], on=by.day),
        f"{dossier.unit.name} trình hồ sơ {dossier.occasion}: {len(lines)} đề nghị.",
        key=f"dossier:{dossier.code}:{dossier.version}",
        link=("dossiers:one", dossier.code),
    )


def _as_kept(finding: ListFinding) -> dict[str, Any]:
    """A finding of the list as the event of the submitting keeps it."""
    found = finding.found
    return {
        "award": finding.award,
        "year": finding.year,
        "outcome": found.outcome,
        "text": found.text,
        "cite": found.cite,
    }


def _movement(dossier: Dossier) -> list[Movement]:
    return [dossier.movement] if dossier.movement else []


def _keep_findings(dossier: Dossier, lines: Sequence[Nomination], occasion: str, by: Actor) -> None:
    for line in lines:
        line.dossier = dossier
        StoredFinding(**queries.finding_row(line, by.day, occasion), made_at=clock.now()).save(force_insert=True)


@action
def recall(dossier: Dossier, *, by: Actor, version: int | None = None) -> None:
    DOSSIER.take(dossier, "recall", by=by, version=version, also=_movement(dossier), submitted_on=None)


@action
def send_back(dossier: Dossier, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Return with a reason; the heads of the unit are told."""
    DOSSIER.take(dossier, "return", by=by, version=version, reason=reason, also=_movement(dossier), submitted_on=None)
    _tell_heads(dossier, f"Hồ sơ {dossier.occasion} bị trả lại: {reason}", by)


@action
def accept(dossier: Dossier, *, by: Actor, version: int | None = None) -> None:
    DOSSIER.take(dossier, "accept", by=by, version=version, also=_movement(dossier))
    _tell_heads(dossier, f"Hồ sơ {dossier.occasion} đã được tiếp nhận.", by)


def _tell_heads(dossier: Dossier, text: str, by: Actor) -> None:
    notices.tell(
        people.users_with_role(dossier.unit, Duty.HEADS, on=by.day),
        text,
        key=f"dossier:{dossier.code}:{dossier.version}",
        link=("dossiers:one", dossier.code),
    )


@action
def judge(line: Nomination, answer: Answer, *, whole_round: bool, by: Actor) -> Judgement:
    """Answer an open condition of a line, or of every line of its movement with the same award; findings are stored anew."""
    if not (verdict := may_judge(by, line.dossier)):
        raise Refused(verdict)
    if not answer.instrument.strip():
        raise Refused(no("Nhận định cần ghi văn bản đã mở."))
    if answer.opened_on > by.day:
        raise Refused(no("Ngày mở văn bản ở sau ngày hôm nay."))
    movement = line.dossier.movement
    if whole_round and movement is None:
        raise Refused(no("Hồ sơ này không thuộc phong trào nào: chỉ trả lời được cho từng đề nghị."))
    asked = open_conditions(line, by.day)
    if answer.condition not in asked:
        raise Refused(no("Điều kiện này không còn chờ người trả lời."))
    made = Judgement(
        nomination=None if whole_round else line,
        movement=movement if whole_round else None,
        award=line.award,
        condition=answer.condition,
        question=asked[answer.condition][:500],
        is_yes=answer.is_yes,
        duty=by.duty_text,
        instrument=answer.instrument,
        article=answer.article,
        address=answer.address,
        opened_on=answer.opened_on,
        made_at=clock.now(),
    )
    made.save(force_insert=True)
    lines = list(lines_of_round(line) if whole_round else [line])
    also = [movement] if whole_round and movement else []
    body = {"condition": answer.condition, "yes": answer.is_yes, "lines": [one.code for one in lines]}
    events.record("nomination.judge", by=by, roots=[*lines, *also, *{one.dossier for one in lines}], body=body)
    for one in lines:
        if one.stored_findings.exists():
            _keep_findings(one.dossier, [one], "judgement", by)
    return made


def lines_of_round(line: Nomination) -> QuerySet[Nomination]:
    """The lines of the movement that are for the same award, withdrawn ones left out."""
    same = Nomination.objects.filter(
        dossier__movement=line.dossier.movement, award=line.award, withdrawn_on__isnull=True
    )
    return same.select_related("dossier__movement", "dossier__unit", "person", "unit").order_by("pk")


def open_conditions(line: Nomination, today: datetime.date) -> dict[str, str]:
    """Conditions that wait for a person or were answered by one (an answer may be given anew), with their words."""
    flat = [item for finding in queries.judged(line, today).findings for item in finding.flat() if not item.parts]
    answered = {row.condition for row in queries.judgements_for(line) if row.award == line.award}
    return {
        item.condition: explain.bare(item.text)
        for item in flat
        if (item.outcome == explain.NEEDS_PERSON or item.condition in answered) and item.condition not in NOT_FOR_PEOPLE
    }


@action
def settle(line: Nomination, step: str, *, source: str, reason: str = "", also: Sequence[Root] = (), by: Actor) -> None:
    """Bring a result to a line: `endorse` or `decline` from the council, `award` or `refuse` from a decision.

    `source` names the minutes or the decision, `also` are the roots (session, decision) whose story this is too. Whoever
    calls tells the people.
    """
    NOMINATION.take(line, step, by=by, reason=reason, also=[line.dossier, *also], body={"source": source})


@action
def answer_breach(line: Nomination, observation: Observation, reason: str, *, by: Actor) -> BreachAnswer:
    """Say why the line is proposed although a violation is recorded. It lifts the hold, and stays with the line for ever."""
    if not (verdict := may_answer_breach(by, line, observation)):
        raise Refused(verdict)
    if not reason.strip():
        raise Refused(no("Xin ghi lý do vẫn đề nghị."))
    events.lock([line, observation])
    if observation not in open_breaches([line]).get(line.pk, []):
        raise Refused(no("Ghi nhận này đã được trả lời, hoặc không còn được tính."))
    made = BreachAnswer(
        nomination=line, observation=observation, reason=reason.strip(), duty=by.duty_text, made_at=clock.now()
    )
    made.save(force_insert=True)
    # Whom the fact is about reads the story of the line: what was not kept for that person is told in the fact's own story.
    told_to_all = observation.sight == Observation.Sight.UNIT
    roots = [observation, *([line] if told_to_all else [])]
    events.record("nomination.answer_breach", by=by, roots=roots, body={"observation": observation.code})
    return made
