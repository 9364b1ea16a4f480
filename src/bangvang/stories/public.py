"""What the public may know of stories: those that were let appear with a consent that stands, nothing else."""

import datetime
from dataclasses import dataclass

from bangvang.stories import queries
from bangvang.stories.models import Story


@dataclass(frozen=True)
class PublicStory:
    """A story on the portal: the honoured as the decision names them, and the decision."""

    code: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    quote: str
    honoured: str
    unit: str
    award: str
    decision_number: str
    decided_on: datetime.date
    published_on: datetime.date


def _public(story: Story) -> PublicStory:
    entry = story.entry
    assert story.published_on is not None
    assert entry.paper_on is not None
    return PublicStory(
        code=story.code,
        title=story.title,
        summary=story.summary,
        paragraphs=tuple(story.paragraphs),
        quote=story.quote,
        honoured=queries.honoured(entry),
        unit=entry.unit_then,
        award=queries.award_words(entry),
        decision_number=entry.paper_number,
        decided_on=entry.paper_on,
        published_on=story.published_on,
    )


def newest(limit: int = 50) -> list[PublicStory]:
    """Stories that may be seen now, the newest first."""
    return [_public(story) for story in queries.shown()[:limit]]


def one(code: str) -> PublicStory | None:
    """One story, or None: taken down and unknown look the same."""
    story = queries.shown().filter(code=code).first()
    return _public(story) if story else None
