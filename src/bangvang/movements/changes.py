"""What one text of a plan changes in another, field by field, in the words of the form."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from bangvang import vietnamese
from bangvang.movements.models import Movement
from bangvang.movements.proposals import FIELDS
from bangvang.movements.queries import PlanFields


@dataclass(frozen=True)
class Change:
    """One field that a later paper changed; `gone` and `new` are the items that differ, in their order."""

    label: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def changes_between(before: PlanFields, after: PlanFields) -> list[dict[str, str]]:
    """The fields that differ, as a LaterPaper keeps them."""
    return [
        {"field": field.name, "before": words_of(old), "after": words_of(new)}
        for field in fields(before)
        if (old := getattr(before, field.name)) != (new := getattr(after, field.name))
    ]


def words_of(value: Any) -> str:
    """A value of a plan as text, one item a line."""
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return vietnamese.format_date(value)
    if isinstance(value, tuple):
        return "\n".join(_item(item) for item in value)
    return dict(Movement.Kind.choices).get(value, str(value))


def _item(item: Any) -> str:
    return ": ".join(str(part) for part in item if part) if isinstance(item, tuple) else str(item)


def shown(changes: Sequence[Mapping[str, str]]) -> tuple[Change, ...]:
    """Kept changes as a reader wants them: only the items that differ."""
    found = []
    for change in changes:
        old, new = change["before"].splitlines(), change["after"].splitlines()
        label = FIELDS[change["field"]][0]
        gone = tuple(item for item in old if item not in new)
        found.append(Change(label, gone, tuple(item for item in new if item not in old)))
    return tuple(found)
