"""What the public may know of stories and news: what was let appear, while the consent and the awards stand; nothing else."""

import datetime
from dataclasses import dataclass

from bangvang.papers import pictures
from bangvang.stories import queries, sources
from bangvang.stories.models import Article, Picture, Story


@dataclass(frozen=True)
class PublicStory:
    """A story on the portal: the honoured as the decision names them, and the decision; without one, `award` says that there is none."""

    code: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    quote: str
    honoured: str
    unit: str
    award: str
    decision_number: str
    decided_on: datetime.date | None
    published_on: datetime.date


def _public(story: Story) -> PublicStory:
    of = queries.told(story)
    assert story.published_on is not None
    return PublicStory(
        code=story.code,
        title=story.title,
        summary=story.summary,
        paragraphs=tuple(story.paragraphs),
        quote=story.quote,
        honoured=of.honoured,
        unit=of.unit,
        award=of.award,
        decision_number=of.decision_number,
        decided_on=of.decided_on,
        published_on=story.published_on,
    )


def newest(limit: int = 50) -> list[PublicStory]:
    """Stories that may be seen now, the newest first."""
    return [_public(story) for story in queries.shown()[:limit]]


def one(code: str) -> PublicStory | None:
    """One story, or None: taken down and unknown look the same."""
    story = queries.shown().filter(code=code).first()
    return _public(story) if story else None


@dataclass(frozen=True)
class PublicPicture:
    """A picture of news: its code in the address, and its words."""

    code: str
    alt: str


@dataclass(frozen=True)
class PublicNamed:
    """Somebody named in news, as the award's decision has it."""

    name: str
    unit: str
    award: str
    decision_number: str


@dataclass(frozen=True)
class PublicArticle:
    """News on the portal. Whoever wrote it is not named."""

    code: str
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    pictures: tuple[PublicPicture, ...]
    named: tuple[PublicNamed, ...]
    agency: str
    source: str
    published_on: datetime.date


def _article(article: Article) -> PublicArticle:
    assert article.published_on is not None
    return PublicArticle(
        code=article.code,
        title=article.title,
        lead=article.lead,
        paragraphs=tuple(article.paragraphs),
        pictures=tuple(PublicPicture(one.file.code, one.alt) for one in article.pictures.all() if queries.may_be_drawn(one)),
        named=tuple(
            PublicNamed(queries.honoured(entry), entry.unit_then, queries.award_words(entry), entry.paper_number)
            for entry in sorted(article.named.all(), key=lambda entry: entry.seq)
        ),
        agency=article.agency.name,
        source=sources.words_of(article.source),
        published_on=article.published_on,
    )  # fmt: skip


def newest_news(limit: int = 50) -> list[PublicArticle]:
    """News that may be seen now, the newest first."""
    return [_article(article) for article in queries.news_shown()[:limit]]


def one_article(code: str) -> PublicArticle | None:
    """One piece of news, or None: taken down and unknown look the same."""
    article = queries.news_shown().filter(code=code).first()
    return _article(article) if article else None


def picture(code: str, file: str) -> tuple[bytes, str] | None:
    """Content and type of a picture of news that is shown, without what the camera wrote into it; else None."""
    shown = queries.news_shown().filter(code=code)
    found = Picture.objects.filter(article__in=shown, file__code=file).select_related("file").first()
    return drawn(found) if found else None


def drawn(found: Picture) -> tuple[bytes, str] | None:
    """A picture as others may have it, or None where the file is not one."""
    if not queries.may_be_drawn(found):
        return None
    try:
        return pictures.without_traces(found.file.path.read_bytes()), f"image/{found.file.kind}"
    except ValueError:
        return None


@dataclass(frozen=True)
class FeedItem:
    """One item of the portal's feed: a story or news. `kind` names the page of the portal that tells it."""

    kind: str
    code: str
    title: str
    summary: str
    published_on: datetime.date


def feed(limit: int = 50) -> list[FeedItem]:
    """The newest stories and news together, the newest day first."""
    told = [FeedItem("story", one.code, one.title, one.summary, one.published_on) for one in newest(limit)]
    news = [FeedItem("article", one.code, one.title, one.lead, one.published_on) for one in newest_news(limit)]
    return sorted([*news, *told], key=lambda item: item.published_on, reverse=True)[:limit]
