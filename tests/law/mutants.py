"""Books with one number off: every condition one step lower or higher, every version otherwise as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bangvang.law.book import Book
from bangvang.law.cases import Case
from bangvang.law.conditions import AllOf, AnyOf, Condition, Door, Meets, Tree
from bangvang.law.coverage import cover, neighbours
from bangvang.law.provisions import Criteria
from bangvang.law.shows import leaves
from bangvang.law.sources import DECIDING, Row


@dataclass(frozen=True)
class Mutant:
    what: str
    """The number, as `coverage` names it."""
    side: str
    book: Book


def _swapped(tree: Any, old: Condition, new: Condition) -> Any:
    if tree is old:
        return new
    if isinstance(tree, Meets):
        return replace(tree, holds=new) if tree.holds is old else tree
    if isinstance(tree, Door):
        return replace(tree, requires=tuple(_swapped(part, old, new) for part in tree.requires))
    if isinstance(tree, AllOf | AnyOf):
        parts: tuple[Tree, ...] = tuple(_swapped(part, old, new) for part in tree.parts)
        return type(tree)(parts)
    return tree


def _with_row(book: Book, issuer: str | None, key: tuple[str, str], row: Row, says: Criteria) -> Book:
    rows = book.local[issuer].rows if issuer else book.rows
    changed = {**rows, key: tuple(replace(item, says=says) if item is row else item for item in rows[key])}
    if issuer is None:
        return replace(book, rows=changed)
    return replace(book, local={**book.local, issuer: replace(book.local[issuer], rows=changed)})


def mutants(book: Book) -> Iterator[Mutant]:
    """Every deciding condition of the national book and of the local ones, one step off to each side."""
    shelves = [(None, book.rows), *((issuer, local.rows) for issuer, local in book.local.items())]
    for issuer, rows in shelves:
        for key, versions in rows.items():
            for row in versions:
                if not isinstance(row.says, Criteria):
                    continue
                found = [(door, leaf) for door in row.says.doors for leaf in leaves(door) if leaf.mark in DECIDING]
                for door, leaf in found:
                    for what, lower, higher in neighbours(leaf):
                        for side, mutated in (("-1", lower), ("+1", higher)):
                            if mutated is None:
                                continue
                            says = Criteria(tuple(_swapped(item, leaf, mutated) for item in row.says.doors))
                            aspect = f"{key[1]}@{issuer}" if issuer else key[1]
                            name = f"{key[0]} {aspect} {row.valid_from} {door.name} {leaf.id} {what}"
                            yield Mutant(name, side, _with_row(book, issuer, key, row, says))


def survivors(book: Book, cases: Sequence[Case]) -> tuple[list[str], int]:
    """Mutants that every case which guards their number answers as expected; and how many mutants there are."""
    by_id = {case.id: case for case in cases}
    noticed = {row["what"]: {"-1": row["below"], "+1": row["at"]} for row in cover(book, cases)}
    made = list(mutants(book))
    survived = [
        f"{mutant.what} {mutant.side}"
        for mutant in made
        if not any("differs" in by_id[name].answered(mutant.book) for name in noticed[mutant.what][mutant.side])
    ]
    return survived, len(made)
