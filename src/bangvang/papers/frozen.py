"""A paper's tree of blocks as data and back: what is ordered is kept exactly, and drawn from the kept form only."""

import dataclasses
from typing import Any

from bangvang.papers import blocks

_CLASSES = {
    cls.__name__: cls
    for cls in vars(blocks).values()
    if isinstance(cls, type) and dataclasses.is_dataclass(cls) and cls.__module__ == blocks.__name__
}


def to_json(value: Any) -> Any:
    """Dataclasses become objects that name their class; tuples become arrays."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        inner = {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"block": type(value).__name__} | inner
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    return value


def from_json(value: Any) -> Any:
    """The tree again. KeyError for a class that is no block: the row was not written by us."""
    if isinstance(value, dict):
        named = dict(value)
        cls = _CLASSES[named.pop("block")]
        return cls(**{name: from_json(inner) for name, inner in named.items()})
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    return value
