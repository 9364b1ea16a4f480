"""Template vocabulary: icons, chips, Vietnamese dates and numbers, the signed owner mark of a long form."""

import datetime
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bangvang import vietnamese
from bangvang.honours.models import Standing
from bangvang.honours.queries import label_of
from bangvang.law.sources import MARKS
from bangvang.web.ui.sessions import OWNER_FIELD, owner_mark

register = template.Library()

CHIP_ICONS = {
    "ok": "ok", "warn": "warn", "bad": "bad", "unknown": "unknown", "human": "human", "next": "next", "ink": "next", "done": "",
}  # fmt: skip


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside its word; the word carries the meaning."""
    return format_html('<svg class="i" viewBox="0 0 20 20" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
@lru_cache(maxsize=2000)  # a board draws hundreds of the same few
def chip(kind: str, word: str, plain: str = "") -> SafeString:
    """A state as shape, word and colour; `kind` is one of the eight of look.md 4.2."""
    picture = icon(CHIP_ICONS[kind]) if CHIP_ICONS[kind] else ""
    return format_html('<span class="chip chip--{}{}">{}{}</span>', kind, " plain" if plain else "", picture, word)


@register.simple_tag
def look_chip(word: str, plain: str = "") -> SafeString:
    """A value that a person must look at: amber with the half disc (look.md 4.8)."""
    return format_html('<span class="chip chip--warn{}">{}{}</span>', " plain" if plain else "", icon("half"), word)


@register.simple_tag
def unwritten_chip(word: str, plain: str = "") -> SafeString:
    """A value that the document does not give: the dashed ring (look.md 4.8)."""
    return format_html('<span class="chip chip--unknown{}">{}{}</span>', " plain" if plain else "", icon("none"), word)


@register.filter
def day(value: datetime.date | datetime.datetime | None) -> str:
    """dd/mm/yyyy, or nothing."""
    return vietnamese.format_date(value) if value else ""


@register.filter
def weekday(value: datetime.date) -> str:
    """Thứ Hai, 14/12/2026."""
    name = vietnamese.weekday_name(value)
    return f"{name[:1].upper()}{name[1:]}, {vietnamese.format_date(value)}"


@register.filter
def number(value: int) -> str:
    """1.033."""
    return vietnamese.format_number(value)


@register.simple_tag
def fact_label(fact: Standing) -> str:
    """A fact of the ledger in words."""
    return label_of(fact)


@register.simple_tag
def mark_words(mark: str) -> str:
    """How surely a text is known, in words."""
    return MARKS[mark]


@register.simple_tag(takes_context=True)
def owner(context: template.Context) -> SafeString:
    """Hidden field with the form's owner, so that it can be kept when the session ends meanwhile."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', OWNER_FIELD, owner_mark(context["request"].user.pk)
    )
