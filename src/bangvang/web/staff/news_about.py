"""From a thing that happened to the news about it: the names of sources in addresses, and what their pages show of news."""

from typing import Any

from django.db.models import Model

from bangvang.decisions.models import Decision
from bangvang.movements.models import Movement
from bangvang.people.actor import Actor
from bangvang.progress.models import Report, Review
from bangvang.stories import sources
from bangvang.stories.access import articles_visible_to, may_write_news
from bangvang.stories.sources import Source

SLUGS: dict[type[Model], str] = {Movement: "ke-hoach", Decision: "quyet-dinh", Report: "cach-lam-hay", Review: "so-ket"}


def about(source: Source, actor: Actor) -> dict[str, Any]:
    """News of a source that the actor sees, and whether the actor may write more."""
    return {
        "slug": SLUGS[type(source)],
        "code": source.code,
        "articles": list(articles_visible_to(actor).filter(**{source.root_kind: source})),
        "may_write": bool(may_write_news(actor)) and bool(sources.is_news(source)),
    }
