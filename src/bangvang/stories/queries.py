"""Reads of stories and news: awards to tell about, the consent that stands, what the public may see."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from bangvang.honours.findings import award_label
from bangvang.honours.models import LedgerEntry, Standing
from bangvang.papers.models import StoredFile
from bangvang.people.models import Unit
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


def standing_consent(story: Story) -> Consent | None:
    return story.consents.filter(withdrawn_on__isnull=True).select_related("file").first()


def shown() -> QuerySet[Story]:
    """What the public may see now: published, with a usable consent that was not withdrawn, about an award that stands."""
    agreed = Consent.objects.filter(withdrawn_on__isnull=True, file__state=StoredFile.State.USABLE)
    found = Story.objects.filter(state=Story.State.PUBLISHED, consents__in=agreed, entry__standing__isnull=False)
    return found.select_related("entry__person", "agency").order_by("-published_on", "-pk")


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
