"""Reads YAML strictly: scalars by the schema's type, never by YAML's guess; every complaint names file and line.

PyYAML's own loader would turn ``01`` into a number, ``no`` into false and a repeated key into the last one.
A law book cannot live with that, so this module walks the nodes of ``yaml.compose`` itself.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BookError(Exception):
    """A file of the book, or of cases, that may not be used. The message begins with ``file:line:``."""


@dataclass(frozen=True)
class Cell:
    """One YAML node together with the file that it stands in."""

    node: yaml.Node
    file: str

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    def wrong(self, message: str) -> BookError:
        return BookError(f"{self.where}: {message}")


def read_file(path: Path, *, name: str | None = None) -> Cell:
    """The root node of one file. Refuses anchors, aliases, explicit tags, and a second document."""
    return read_text(path.read_text(encoding="utf-8"), name or path.name)


def read_text(text: str, name: str) -> Cell:
    """As `read_file`, from text."""
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise BookError(f"{name}:{_line(event)}: anchors and aliases are not allowed")
            if getattr(event, "tag", None):
                raise BookError(f"{name}:{_line(event)}: tags are not allowed")
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BookError(f"{name}:{line}: not YAML: {error.problem}") from error
    if node is None:
        raise BookError(f"{name}:1: the file is empty")
    return Cell(node, name)


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return int(event.start_mark.line) + 1


def is_null(cell: Cell) -> bool:
    """True for a plain ``null``, ``~`` or nothing."""
    node = cell.node
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null")


def is_list(cell: Cell) -> bool:
    return isinstance(cell.node, yaml.SequenceNode)


def is_mapping(cell: Cell) -> bool:
    return isinstance(cell.node, yaml.MappingNode)


def is_quoted(cell: Cell) -> bool:
    """True for a text in quotation marks, which is never a number or a truth value."""
    return isinstance(cell.node, yaml.ScalarNode) and bool(cell.node.style)


def mapping(cell: Cell) -> dict[str, Cell]:
    """Keys and nodes of a mapping, in file order. Refuses a repeated key."""
    if not isinstance(cell.node, yaml.MappingNode):
        raise cell.wrong("expected a mapping")
    found: dict[str, Cell] = {}
    for key_node, value_node in cell.node.value:
        key = text(Cell(key_node, cell.file))
        if key in found:
            raise Cell(key_node, cell.file).wrong(f"key {key!r} stands twice")
        found[key] = Cell(value_node, cell.file)
    return found


def record(cell: Cell, required: Iterable[str] = (), optional: Iterable[str] = ()) -> dict[str, Cell]:
    """A mapping whose keys are known. Refuses an unknown and a missing key; a null value counts as absent."""
    wanted, allowed = tuple(required), {*required, *optional}
    found = mapping(cell)
    for key, value in found.items():
        if key not in allowed:
            raise BookError(f"{cell.file}:{value.line}: unknown key {key!r} (known: {', '.join(sorted(allowed))})")
    present = {key: value for key, value in found.items() if not is_null(value)}
    for key in wanted:
        if key not in present:
            raise cell.wrong(f"key {key!r} is missing")
    return present


def sequence(cell: Cell) -> list[Cell]:
    """The nodes of a list."""
    if not isinstance(cell.node, yaml.SequenceNode):
        raise cell.wrong("expected a list")
    return [Cell(node, cell.file) for node in cell.node.value]


def text(cell: Cell) -> str:
    if not isinstance(cell.node, yaml.ScalarNode):
        raise cell.wrong("expected a text")
    return str(cell.node.value)


def number(cell: Cell) -> int:
    value = text(cell)
    if not value.lstrip("-").isdigit():
        raise cell.wrong(f"expected a whole number, found {value!r}")
    return int(value)


def decimal(cell: Cell) -> Decimal:
    try:
        return Decimal(text(cell))
    except InvalidOperation:
        raise cell.wrong(f"expected a number, found {text(cell)!r}") from None


def day(cell: Cell) -> date:
    try:
        return date.fromisoformat(text(cell))
    except ValueError:
        raise cell.wrong(f"expected a day as YYYY-MM-DD, found {text(cell)!r}") from None


def flag(cell: Cell) -> bool:
    value = text(cell)
    if value not in ("true", "false"):
        raise cell.wrong(f"expected true or false, found {value!r}")
    return value == "true"


def one_of(cell: Cell, allowed: Iterable[str], what: str) -> str:
    value = text(cell)
    if value not in set(allowed):
        raise cell.wrong(f"unknown {what} {value!r}")
    return value


_SCALARS: dict[Any, Callable[[Cell], Any]] = {str: text, int: number, Decimal: decimal, date: day, bool: flag}


def typed(cell: Cell, wanted: Any) -> Any:
    """The value of a node as the annotated type: a scalar, a tuple of scalars, or a scalar or None."""
    if wanted in _SCALARS:
        return _SCALARS[wanted](cell)
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin is tuple:
        if isinstance(cell.node, yaml.ScalarNode):
            return (typed(cell, inner[0]),)
        return tuple(typed(item, inner[0]) for item in sequence(cell))
    if origin in (Union, types.UnionType):
        return typed(cell, next(kind for kind in inner if kind is not type(None)))
    raise TypeError(f"no reader for {wanted!r}")


@cache
def _schema(cls: Any) -> dict[str, tuple[Any, bool]]:
    """Field name → (type, required) of a frozen dataclass, without the fields that the book supplies itself."""
    hints = get_type_hints(cls)
    return {
        item.name: (hints[item.name], item.default is MISSING and item.default_factory is MISSING)
        for item in fields(cls)
        if item.init and not item.metadata.get("book")
    }


def schema(cls: Any) -> dict[str, tuple[Any, bool]]:
    """As `_schema`: a class is always hashable, though its instances may not be."""
    return _schema(cls)


def build(cls: type[Any], cells: dict[str, Cell], **given: Any) -> Any:
    """One instance of a frozen dataclass from the nodes of its fields; `given` are fields that the book supplies."""
    values = {name: typed(cells[name], wanted) for name, (wanted, _) in schema(cls).items() if name in cells}
    return cls(**values, **given)
