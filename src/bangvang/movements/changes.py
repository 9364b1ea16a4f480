"""What one text of a plan changes in another, field by field, in the words of the form."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from bangvang import vietnamese
from bangvang.movements.fields import Superior
from bangvang.movements.models import Movement
from bangvang.movements.proposals import FIELDS
from bangvang.movements.queries import PlanFields

LABELS = {
    **{field: label for field, (label, _read) in FIELDS.items()},
    "level": "Phạm vi phát động",
    "superior_code": "Hưởng ứng phong trào",
    "milestones": "Các mốc",
}


@dataclass(frozen=True)
class Change:
    """One field that a later paper changed; `gone` and `new` are the items that differ, in their order."""

    label: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def changes_between(before: PlanFields, after: PlanFields) -> list[dict[str, str]]:
    """The fields that differ, as a LaterPaper keeps them."""
    return [
        {"field": field.name, "before": words_of(old, field.name), "after": words_of(new, field.name)}
        for field in fields(before)
        if (old := getattr(before, field.name)) != (new := getattr(after, field.name))
    ]


def words_of(value: Any, field: str = "") -> str:
    """A value of a plan as text, one item a line."""
    if value is None:
        return ""
    if field == "superior_code":
        return str(Movement.objects.filter(code=value).first() or "")
    if isinstance(value, datetime.date):
        return vietnamese.format_date(value)
    if isinstance(value, Superior):
        return str(value)
    if isinstance(value, tuple):
        return "\n".join(_item(item) for item in value)
    return dict([*Movement.Kind.choices, *Movement.Level.choices]).get(value, str(value))


def _item(item: Any) -> str:
    """A recipient is a bare pair; everything else knows its own line."""
    return " ".join([item[0], f"({item[1]})"] if item[1] else [item[0]]) if type(item) is tuple else str(item)


def shown(changes: Sequence[Mapping[str, str]]) -> tuple[Change, ...]:
    """Kept changes as a reader wants them: only the items that differ."""
    found = []
    for change in changes:
        old, new = change["before"].splitlines(), change["after"].splitlines()
        label = LABELS[change["field"]]
        gone = tuple(item for item in old if item not in new)
        found.append(Change(label, gone, tuple(item for item in new if item not in old)))
    return tuple(found)
