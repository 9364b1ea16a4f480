"""What a provision of the book can say, one small class per aspect; the loader reads their fields from YAML."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bangvang.law.conditions import Door


@dataclass(frozen=True)
class Criteria:
    """Doors to an award; one open door is enough. Local rules may add to every door where the law lets them."""

    doors: tuple[Door, ...]


@dataclass(frozen=True)
class Cap:
    """At most this share, in percent, of a group may be proposed. Null: the law sets none.

    `holders_of`: the award whose holders of the year are the group, where the group is that.
    """

    at_most_percent: int | None = None
    of: str | None = None
    holders_of: str | None = None
    set_by: str | None = None


@dataclass(frozen=True)
class Vote:
    """Share of yes among ALL members of the council, absent ones voting in writing. Null: the law leaves it open."""

    at_least_percent: int | None = None
    more_than_percent: int | None = None
    secret: bool = True
    councils: tuple[str, ...] = ()
    base: str = "all_members"


@dataclass(frozen=True)
class Quorum:
    """Share of members that must attend before the council may sit, and when it examines awards."""

    attend_at_least: str | None = None
    awards_attend_at_least_percent: int | None = None


@dataclass(frozen=True)
class Authority:
    """Who decides, in the words of the office."""

    who: str


@dataclass(frozen=True)
class Prize:
    """Multiple of the base salary on the day of the decision; collectives and households get a multiple of that."""

    times: Decimal
    at_most: bool = False
    collective_times: Decimal | None = None
    household_times: Decimal | None = None


@dataclass(frozen=True)
class Dossier:
    """Papers and number of sets. `copies` null: the issuer's own rule, or not known."""

    parts: tuple[str, ...]
    copies: int | None = None
    electronic: str | None = None


@dataclass(frozen=True)
class Submission:
    """Last day for handing the dossier up: day and month, so many years after the year of `counted_from`."""

    last_day: str | None = None
    years_after: int = 0
    counted_from: str | None = None
    except_for: str | None = None
    except_last_day: str | None = None


@dataclass(frozen=True)
class Publication:
    """Whether the list must be public before the council meets, and for how many working days."""

    required: bool
    working_days: int | None = None


@dataclass(frozen=True)
class Consultation:
    """Whose opinion is asked (hiệp y) and how many working days they have."""

    ask: tuple[str, ...]
    reply_working_days: int | None = None


@dataclass(frozen=True)
class PartyOpinion:
    """Which Party body gives its opinion before the dossier goes to the Prime Minister."""

    body: str


@dataclass(frozen=True)
class Spacing:
    """Years that must lie between two state awards, and the lowest grade in each of them."""

    years: tuple[int, ...]
    lowest_grade: str


@dataclass(frozen=True)
class Simplified:
    """Cases in which the simplified procedure is open, and its papers."""

    cases: tuple[str, ...]
    parts: tuple[str, ...]
    copies: int | None = None


@dataclass(frozen=True)
class Form:
    """Number and name of the report form; the number belongs to the instrument of the citation."""

    number: str
    name: str


ASPECTS: dict[str, type[Any]] = {
    "cap": Cap,
    "vote": Vote,
    "quorum": Quorum,
    "authority": Authority,
    "money": Prize,
    "dossier": Dossier,
    "submission": Submission,
    "publication": Publication,
    "consultation": Consultation,
    "party_opinion": PartyOpinion,
    "spacing": Spacing,
    "simplified": Simplified,
    "form": Form,
}
"""Aspect → class of what it says. ``criteria`` is read by its own function."""
