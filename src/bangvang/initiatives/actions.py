"""Verbs that write initiatives: write, attach, send, look at, record the council's result, certify, annul."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, transaction

from bangvang import vietnamese
from bangvang.honours import actions as honours
from bangvang.honours.models import Register
from bangvang.initiatives import papers, queries, similarity
from bangvang.initiatives.access import may_draft, may_write
from bangvang.initiatives.models import Author, Exhibit, Initiative
from bangvang.initiatives.queries import ApplicationFields, AuthorFields
from bangvang.initiatives.workflow import INITIATIVE
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.models import Root, public_code
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, User

CLERK = (Duty.Role.CLERK,)
REGISTRY = (Duty.Role.REGISTRY,)
LONGEST_SUPPLEMENT = datetime.timedelta(days=366)


@dataclass(frozen=True)
class Minutes:
    """What the minutes of the council of initiatives say of one initiative. Votes are ballots for, and members who voted."""

    number: str
    held_on: datetime.date
    votes_for: int
    votes_total: int


@action
def draft(
    given: ApplicationFields, authors: Sequence[AuthorFields], *, by: Actor, code: str | None = None
) -> Initiative:
    """Begin an application. `code` comes with the empty form, so that a second press makes no second one."""
    if not (verdict := may_draft(by)):
        raise Refused(verdict)
    initiative = Initiative(
        code=code or public_code(),
        agency=by.agency,
        unit=by.unit,
        drafted_by=by.person,
        drafted_on=by.day,
        search_key=_search_key(given, authors),
        **asdict(given),
    )
    _check(given, by)
    initiative.save(force_insert=True)
    _write_authors(initiative, authors)
    events.record("initiative.draft", by=by, roots=[initiative], body={"authors": len(authors)})
    return initiative


@action
def edit(
    initiative: Initiative, given: ApplicationFields, authors: Sequence[AuthorFields], *, version: int, by: Actor
) -> None:
    """Save an application anew under the version it was opened with; Overtaken when somebody saved in between."""
    if not (verdict := may_write(by, initiative)):
        raise Refused(verdict)
    _check(given, by)
    events.lock([initiative])
    bump(initiative, version=version, search_key=_search_key(given, authors), **asdict(given))
    initiative.authors.all().delete()
    _write_authors(initiative, authors)
    events.record("initiative.edit", by=by, roots=[initiative], body={"authors": len(authors)})


def _search_key(given: ApplicationFields, authors: Sequence[AuthorFields]) -> str:
    return vietnamese.search_key(" ".join([given.title, *(one.name for one in authors)]))


def _check(given: ApplicationFields, by: Actor) -> None:
    if given.first_applied_on and given.first_applied_on > by.day:
        raise Refused(no("Ngày áp dụng lần đầu ở sau ngày hôm nay."))
    if given.for_year > by.day.year:
        raise Refused(no(f"Năm {given.for_year} chưa đến."))
    if any(len(text) > queries.LONGEST for text in (given.before, given.novelty, given.effect)):
        raise Refused(no(f"Một phần mô tả dài quá {queries.LONGEST} chữ. Xin rút gọn, phần dài gửi thành tệp."))


def _write_authors(initiative: Initiative, authors: Sequence[AuthorFields]) -> None:
    if initiative.drafted_by_id not in {one.person.pk for one in authors if one.person}:
        raise Refused(no("Người viết đơn phải là một tác giả."))
    try:
        with transaction.atomic():
            for position, one in enumerate(authors, start=1):
                Author(initiative=initiative, position=position, **vars(one)).save(force_insert=True)
    except IntegrityError:
        raise Refused(no("Một tác giả ghi hai lần, hoặc tỷ lệ không nằm trong khoảng 1 đến 100.")) from None


@action
def attach(initiative: Initiative, file: StoredFile, *, by: Actor) -> Exhibit:
    """Add a file one has just sent in; it is still being checked, and counts only when it was found in order."""
    if not (verdict := may_write(by, initiative)):
        raise Refused(verdict)
    if not (verdict := stored.is_own(file, by)):
        raise Refused(verdict)
    exhibit = Exhibit(initiative=initiative, file=file, added_on=by.day)
    exhibit.save(force_insert=True)
    events.record("initiative.attach", by=by, roots=[initiative], body={"file": file.code})
    return exhibit


@action
def detach(exhibit: Exhibit, *, by: Actor) -> None:
    """Take a file out of the application; the event keeps its code."""
    initiative = exhibit.initiative
    if not (verdict := may_write(by, initiative)):
        raise Refused(verdict)
    body = {"file": exhibit.file.code}
    exhibit.delete()
    events.record("initiative.detach", by=by, roots=[initiative], body=body)


@action
def submit(initiative: Initiative, *, by: Actor, version: int | None = None) -> None:
    """Send it to the standing clerk. Sent again after a supplement, its first day stays: it says which of two alike came
    earlier."""
    sketch = similarity.sketch(queries.text_of(initiative))
    first = initiative.submitted_on or by.day
    INITIATIVE.take(initiative, "submit", by=by, version=version, submitted_on=first, sketch=sketch)
    _tell_role(initiative, CLERK, f"Đơn sáng kiến “{initiative.title}” chờ thẩm định.", by)


@action
def recall(initiative: Initiative, *, by: Actor, version: int | None = None) -> None:
    INITIATIVE.take(initiative, "recall", by=by, version=version, submitted_on=None)


@action
def table(initiative: Initiative, *, appraisal: str, by: Actor, version: int | None = None) -> None:
    """Appraise it and lay it before the council of initiatives."""
    if not appraisal.strip():
        raise Refused(no("Xin ghi ý kiến thẩm định."))
    INITIATIVE.take(initiative, "table", by=by, version=version, appraisal=appraisal.strip())


@action
def send_back(
    initiative: Initiative, *, reason: str, until: datetime.date, by: Actor, version: int | None = None
) -> None:
    """Ask for a supplement until a day (inclusive); the authors are told. A late one can still be sent."""
    if not by.day < until <= by.day + LONGEST_SUPPLEMENT:
        raise Refused(no("Hạn bổ sung phải ở sau ngày hôm nay, trong vòng một năm."))
    INITIATIVE.take(
        initiative, "return", by=by, version=version, reason=reason, body={"until": until},
        supplement=reason.strip(), supplement_by=until,
    )  # fmt: skip
    day = vietnamese.format_date(until)
    _tell_authors(initiative, f"Sáng kiến “{initiative.title}” cần bổ sung đến hết {day}: {reason.strip()}")


@action
def endorse(initiative: Initiative, minutes: Minutes, *, scope: str, by: Actor, version: int | None = None) -> None:
    """Record that the council recognised it, with what scope. The certificate is printed, signed, then numbered."""
    columns = _of_minutes(minutes, by)
    INITIATIVE.take(
        initiative, "endorse", by=by, version=version, body={"minutes": minutes.number, "scope": scope},
        scope=Initiative.Scope(scope).value, refusal="", **columns,
    )  # fmt: skip
    _tell_role(initiative, REGISTRY, f"Giấy chứng nhận sáng kiến “{initiative.title}” chờ ký và ghi số.", by)


@action
def decline(initiative: Initiative, minutes: Minutes, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Record that the council did not recognise it; the authors read the reason as it stands."""
    columns = _of_minutes(minutes, by)
    INITIATIVE.take(
        initiative, "decline", by=by, version=version, reason=reason, body={"minutes": minutes.number},
        scope="", refusal=reason.strip(), **columns,
    )  # fmt: skip
    _tell_authors(initiative, f"Sáng kiến “{initiative.title}” không được công nhận: {reason.strip()}")


def _of_minutes(minutes: Minutes, by: Actor) -> dict[str, Any]:
    if minutes.held_on > by.day:
        raise Refused(no("Ngày biên bản ở sau ngày hôm nay."))
    if not 0 <= minutes.votes_for <= minutes.votes_total or not minutes.votes_total:
        raise Refused(no("Số phiếu công nhận không thể nhiều hơn số thành viên bỏ phiếu."))
    return {
        "minutes_number": minutes.number,
        "minutes_on": minutes.held_on,
        "votes_for": minutes.votes_for,
        "votes_total": minutes.votes_total,
    }


@action
def reconsider(initiative: Initiative, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Take a recorded result back before there is a certificate; what was recorded stays in the story."""
    INITIATIVE.take(
        initiative, "reconsider", by=by, version=version, reason=reason, body={"minutes": initiative.minutes_number}
    )


@action
def recognise(
    initiative: Initiative, *, number: int, on: datetime.date, signer: str, by: Actor, version: int | None = None
) -> None:
    """Number the signed certificate: it is kept as it is, and each author of ours gets a line of the ledger proven by it.

    `signer` is the code of the person who signed: the head, or who held the head's delegation on that day.
    """
    assert initiative.minutes_on is not None
    if on > by.day:
        raise Refused(no("Ngày giấy chứng nhận ở sau ngày hôm nay."))
    if on < initiative.minutes_on:
        raise Refused(no("Ngày giấy chứng nhận ở trước ngày biên bản Hội đồng."))
    signed = next((one for one in people.signers(initiative.agency, on) if one.code == signer), None)
    if signed is None:
        raise Refused(no(f"Ngày {vietnamese.format_date(on)} người này không được ký thay người đứng đầu cơ quan."))
    ours = list(initiative.authors.filter(person__isnull=False).select_related("person"))
    persons: list[Root] = [one.person for one in ours if one.person]
    try:
        with transaction.atomic():
            INITIATIVE.take(
                initiative, "recognise", by=by, version=version, also=persons, body={"number": number},
                certificate_number=number, certified_on=on, certified_year=on.year,
                signer_name=signed.duty.person.full_name, signer_title=signed.duty.title, signer_authority=signed.authority,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(no(f"Số {number} năm {on.year} đã cấp cho một giấy chứng nhận khác.")) from None
    for one in ours:
        one.entry = honours.enter(_fact(initiative, one), by=by)
        one.save(update_fields=["entry"])
    paper = papers.certificate(initiative, by.day)
    stored.order("initiative_certificate", paper, name=papers.file_name(initiative), about=initiative, by=by)
    words = vietnamese.document_number(number, initiative.certificate_symbol)
    _tell_authors(initiative, f"Sáng kiến “{initiative.title}” được công nhận: Giấy chứng nhận {words}.")


def _fact(initiative: Initiative, author: Author) -> dict[str, Any]:
    return {
        "person": author.person,
        "register": Register.INITIATIVES,
        "kind": initiative.scope,
        "year": initiative.for_year,
        "paper_number": vietnamese.document_number(initiative.certificate_number, initiative.certificate_symbol),
        "paper_on": initiative.certified_on,
        "issuer": initiative.agency.name,
        "name_then": author.name,
        "unit_then": author.place[:200],
        "note": initiative.title,
    }


@action
def withdraw(initiative: Initiative, *, reason: str, by: Actor, version: int | None = None) -> None:
    INITIATIVE.take(initiative, "withdraw", by=by, version=version, reason=reason)


@action
def annul(initiative: Initiative, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Take the recognition back: the ledger's lines are withdrawn with the reason, and stay readable as all of them do."""
    ours = list(initiative.authors.filter(entry__isnull=False).select_related("person", "entry"))
    persons: list[Root] = [one.person for one in ours if one.person]
    INITIATIVE.take(initiative, "annul", by=by, version=version, reason=reason, also=persons)
    for one in ours:
        if one.entry is not None and hasattr(one.entry, "standing"):  # the ledger may have been corrected meanwhile
            honours.correct(one.entry, None, reason=reason.strip(), by=by)
    _tell_authors(initiative, f"Việc công nhận sáng kiến “{initiative.title}” bị huỷ: {reason.strip()}")


def _tell_role(initiative: Initiative, roles: tuple[str, ...], text: str, by: Actor) -> None:
    _tell(initiative, people.users_with_role(initiative.agency, roles, on=by.day), text)


def _tell_authors(initiative: Initiative, text: str) -> None:
    persons = initiative.authors.values("person")
    _tell(initiative, list(User.objects.filter(person__in=persons, is_active=True).values_list("pk", flat=True)), text)


def _tell(initiative: Initiative, users: list[int], text: str) -> None:
    key = f"initiative:{initiative.code}:{initiative.version}"
    notices.tell(users, text, key=key, link=("initiatives:one", initiative.code))
