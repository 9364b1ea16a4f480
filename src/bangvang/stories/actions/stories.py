"""Verbs that write stories and consents."""

import datetime
from dataclasses import asdict

from django.db import IntegrityError, transaction

from bangvang.honours.models import LedgerEntry
from bangvang.kernel import events
from bangvang.kernel.events import action
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused, bump
from bangvang.notices import actions as notices
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.people import queries as people
from bangvang.people.actor import Actor
from bangvang.people.models import Duty, Person
from bangvang.stories import queries
from bangvang.stories.access import is_clerk_of, may_draft, may_edit, may_take_down
from bangvang.stories.models import Consent, Story
from bangvang.stories.naming import AWARDS
from bangvang.stories.queries import StoryFields
from bangvang.stories.workflow import STORY

LEADERS = (Duty.Role.DIRECTOR, Duty.Role.DEPUTY_DIRECTOR)


@action
def draft(entry: LedgerEntry, given: StoryFields, *, by: Actor) -> Story:
    """Begin a story about an award that stands in the ledger with its decision."""
    if not (verdict := may_draft(by)):
        raise Refused(verdict)
    if entry.register not in AWARDS or not entry.paper_number or not hasattr(entry, "standing"):
        raise Refused(no("Bài gương điển hình phải gắn với một danh hiệu, hình thức khen có quyết định trong sổ vàng."))
    story = Story(agency=by.agency, entry=entry, drafted_by=by.person, drafted_on=by.day, **asdict(given))
    try:
        with transaction.atomic():
            story.save(force_insert=True)
    except IntegrityError:
        raise Refused(no("Dòng sổ vàng này đã có bài. Xin mở bài đó ở danh sách.")) from None
    events.record("story.draft", by=by, roots=[story, story.subject], body={"entry": entry.seq})
    return story


@action
def draft_of(person: Person, given: StoryFields, *, by: Actor) -> Story:
    """Begin a story about somebody whom no decision honours yet; it says so wherever it is shown."""
    if not (verdict := may_draft(by)):
        raise Refused(verdict)
    if not person.duties.filter(unit__in=people.units_of(by.agency)).exists():
        raise Refused(no(f"{person.full_name} không công tác ở {by.agency.name}."))
    if Story.objects.filter(person=person).exists():
        raise Refused(no(f"{person.full_name} đã có bài chưa gắn quyết định. Xin mở bài đó ở danh sách."))
    story = Story(agency=by.agency, person=person, drafted_by=by.person, drafted_on=by.day, **asdict(given))
    story.save(force_insert=True)
    events.record("story.draft", by=by, roots=[story, person])
    return story


@action
def tie(story: Story, entry: LedgerEntry, *, version: int | None = None, by: Actor) -> None:
    """The person was honoured since: from now on the story stands on that award."""
    if not (verdict := is_clerk_of(by, story)):
        raise Refused(verdict)
    if story.person is None:
        raise Refused(no("Bài này đã gắn với một quyết định."))
    if entry not in [row.entry for row in queries.awards_of(story.person)]:
        raise Refused(no("Chỉ gắn được với lần khen có quyết định của chính người được kể, chưa có bài nào khác."))
    person = story.person
    events.lock([story])
    bump(story, version=version, entry=entry, person=None)
    events.record("story.tie", by=by, roots=[story, person], body={"entry": entry.seq})


@action
def edit(story: Story, given: StoryFields, *, version: int, by: Actor) -> None:
    """Save the text anew under the version it was opened with."""
    if not (verdict := may_edit(by, story)):
        raise Refused(verdict)
    events.lock([story])
    bump(story, version=version, **asdict(given))
    events.record("story.edit", by=by, roots=[story])


@action
def record_consent(story: Story, file: StoredFile, signed_on: datetime.date, *, by: Actor) -> Consent:
    """Attach the signed consent. One whose file was refused is replaced; one that stands is not."""
    if not (verdict := is_clerk_of(by, story)):
        raise Refused(verdict)
    if not (verdict := stored.is_own(file, by)):
        raise Refused(verdict)
    if signed_on > by.day:
        raise Refused(no("Ngày ký ở sau ngày hôm nay."))
    events.lock([story])
    known = queries.standing_consent(story)
    if known is not None and known.file.state != StoredFile.State.REFUSED:
        raise Refused(no("Bài này đã có văn bản đồng ý."))
    if known is not None:
        known.delete()  # nobody could rely on it: its file was refused
    consent = Consent(story=story, file=file, signed_on=signed_on, recorded_by=by.duty_text[:300], recorded_on=by.day)
    consent.save(force_insert=True)
    events.record("story.record_consent", by=by, roots=[story, story.subject], body={"file": file.code})
    return consent


@action
def withdraw_consent(story: Story, *, reason: str, by: Actor) -> None:
    """The person takes the consent back: the story is gone from the public pages in the same moment."""
    if not (verdict := may_take_down(by, story)):
        raise Refused(verdict)
    if not reason.strip():
        raise Refused(no("Rút văn bản đồng ý cần ghi lý do."))
    events.lock([story])
    consent = queries.standing_consent(story)
    if consent is None:
        raise Refused(no("Bài này không có văn bản đồng ý nào đang có hiệu lực."))
    consent.withdrawn_on, consent.withdrawal = by.day, reason.strip()[:400]
    consent.save(update_fields=["withdrawn_on", "withdrawal"])
    body = {"reason": reason.strip(), "file": consent.file.code}
    events.record("story.withdraw_consent", by=by, roots=[story, story.subject], body=body)
    if story.state == Story.State.PUBLISHED:
        withdraw(story, reason=reason, by=by)


@action
def submit(story: Story, *, by: Actor, version: int | None = None) -> None:
    """Ask a leader to let it appear."""
    STORY.take(story, "submit", by=by, version=version)
    _tell(story, LEADERS, f"Bài gương điển hình “{story.title}” chờ duyệt đăng.", by)


@action
def recall(story: Story, *, by: Actor, version: int | None = None) -> None:
    STORY.take(story, "recall", by=by, version=version)


@action
def send_back(story: Story, *, reason: str, by: Actor, version: int | None = None) -> None:
    STORY.take(story, "return", by=by, version=version, reason=reason)
    _tell(story, (Duty.Role.CLERK,), f"Bài “{story.title}” bị trả lại: {reason.strip()}", by)


@action
def publish(story: Story, *, by: Actor, version: int | None = None) -> None:
    """Let it appear: it stands on the public pages from this moment."""
    STORY.take(story, "publish", by=by, version=version, also=[story.subject], published_on=by.day)
    _tell(story, (Duty.Role.CLERK,), f"Bài “{story.title}” đã đăng trên trang công khai.", by)


@action
def withdraw(story: Story, *, reason: str, by: Actor, version: int | None = None) -> None:
    """Take it down with a reason."""
    STORY.take(story, "withdraw", by=by, version=version, reason=reason, also=[story.subject])
    _tell(story, (Duty.Role.CLERK,), f"Bài “{story.title}” đã gỡ khỏi trang công khai.", by)


@action
def reopen(story: Story, *, by: Actor, version: int | None = None) -> None:
    STORY.take(story, "reopen", by=by, version=version, published_on=None)


def _tell(story: Story, roles: tuple[str, ...], text: str, by: Actor) -> None:
    notices.tell(
        people.users_with_role(story.agency, roles, on=by.day),
        text,
        key=f"story:{story.code}:{story.version}",
        link=("stories:one", story.code),
    )
