"""Reads of stories and news: awards to tell about, the consent that stands, what the public may see."""

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bangvang.honours.findings import award_label
from bangvang.honours.models import LedgerEntry, Standing
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person, Unit
from bangvang.people.queries import units_of
from bangvang.stories.models import Article, Consent, Picture, Story
from bangvang.stories.naming import AWARDS, named_in

PICTURES = ("jpeg", "png")


@dataclass(frozen=True)
class StoryFields:
    """A story as typed; names equal the form's."""

    title: str
    summary: str
    body: str
    quote: str


def awards_to_tell(agency: Unit, *, limit: int = 60) -> list[Standing]:
    """Awards of the agency's people and units that stand, have a decision and no story yet; newest decision first."""
    ours = Q(person__duties__unit__in=units_of(agency)) | Q(unit__in=units_of(agency))
    found = Standing.objects.filter(ours, register__in=AWARDS, paper_on__isnull=False).exclude(paper_number="")
    found = found.exclude(entry__story__isnull=False).select_related("entry", "person", "unit").distinct()
    return list(found.order_by("-paper_on", "-pk")[:limit])


def honoured(entry: LedgerEntry) -> str:
    """ "Bà Trương Mỹ Linh", or the collective's name, as the decision has it."""
    return f"{entry.person.honorific} {entry.name_then}" if entry.person else entry.name_then


def award_words(entry: LedgerEntry) -> str:
    return f"{award_label(entry.kind)}, năm {entry.year}"


NOT_DECIDED = "Chưa có quyết định"


@dataclass(frozen=True)
class Told:
    """Whom a story is about and for what. `award` is NOT_DECIDED and the decision empty where no decision honours the person yet."""

    honoured: str
    unit: str
    award: str
    decision_number: str
    decided_on: datetime.date | None


def told(story: Story) -> Told:
    if (entry := story.entry) is not None:
        return Told(honoured(entry), entry.unit_then, award_words(entry), entry.paper_number, entry.paper_on)
    assert story.person is not None
    duty = story.person.duties.as_of(story.published_on or story.drafted_on).select_related("unit").first()
    name = f"{story.person.honorific} {story.person.full_name}"
    return Told(name, duty.unit.name if duty else "", NOT_DECIDED, "", None)


def awards_of(person: Person) -> list[Standing]:
    """Awards of a person that stand, have a decision and no story: what a story of the person can be tied to."""
    found = Standing.objects.filter(
        person=person, register__in=AWARDS, paper_on__isnull=False, entry__story__isnull=True
    )
    return list(found.exclude(paper_number="").select_related("entry__person").order_by("-paper_on", "-pk"))


def standing_consent(story: Story) -> Consent | None:
    return story.consents.filter(withdrawn_on__isnull=True).select_related("file").first()


def shown() -> QuerySet[Story]:
    """What the public may see now: published, with a usable consent that was not withdrawn; its award, where it has one, stands."""
    agreed = Consent.objects.filter(withdrawn_on__isnull=True, file__state=StoredFile.State.USABLE)
    found = Story.objects.filter(state=Story.State.PUBLISHED, consents__in=agreed)
    found = found.exclude(entry__isnull=False, entry__standing__isnull=True)
    return found.select_related("entry__person", "person", "agency").order_by("-published_on", "-pk")


def text_of(article: Article) -> str:
    """Everything a reader is told, the words of the pictures too."""
    return "\n".join([article.title, article.lead, article.body, *article.pictures.values_list("alt", flat=True)])


def named_without_award(article: Article) -> list[str]:
    """Names of persons in the text whose award is not known, or does not stand any more."""
    standing = article.named.filter(standing__isnull=False).values_list("person__full_name", flat=True)
    known = set(standing)
    return [name for name in named_in(text_of(article)) if name not in known]


def news_shown() -> QuerySet[Article]:
    """What the public may see now: published, and every award by which it names somebody stands."""
    fallen = LedgerEntry.objects.filter(standing__isnull=True)
    found = Article.objects.filter(state=Article.State.PUBLISHED).exclude(named__in=fallen)
    found = found.select_related(
        "agency", "movement", "decision", "report__unit", "report__period", "review__period__movement"
    )
    return found.prefetch_related("named__person", "pictures__file").order_by("-published_on", "-pk")


def may_be_drawn(picture: Picture) -> bool:
    """A picture that was looked at and is one."""
    return picture.file.state == StoredFile.State.USABLE and picture.file.kind in PICTURES


@dataclass(frozen=True)
class DeedFields:
    """A good deed as typed; names equal the form's."""

    title: str
    doer: str
    happened_on: datetime.date
    account: str
