"""Runs conditions over bit planes: one bit is one person; the same program judges one person or two million.

A plane is a long row of bits, one per person, for one kind of record and one year. A program is a list of AND, OR and
NOT over planes in which equal expressions are one node, so a window used by five awards is computed once. Every
condition is a pair of nodes, its *rails*: surely true, and possibly true. With complete registers both are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

Key: TypeAlias = tuple[Any, ...]
Rails: TypeAlias = tuple[int, int]
"""Node numbers (surely, possibly)."""

NOBODY, EVERYBODY = 0, 1
NEVER: Rails = (NOBODY, NOBODY)
ALWAYS: Rails = (EVERYBODY, EVERYBODY)
UNKNOWN: Rails = (NOBODY, EVERYBODY)


class Program:
    """Hash-consed AND/OR/NOT over planes. Node 0 is nobody, node 1 is everybody.

    `constant`: tells of a plane, before it is read, that it is empty (False) or full (True); None: it must be read.
    `unkept`: registers that nobody keeps; conditions that wait for them are open questions.
    Instructions are triples: ("in", key, 0), ("&", left, right), ("|", left, right), ("~", node, 0).
    """

    def __init__(
        self, constant: Callable[[Key], bool | None] = lambda _: None, unkept: frozenset[str] = frozenset()
    ) -> None:
        self.code: list[Key] = [("0", 0, 0), ("1", 0, 0)]
        self._constant = constant
        self._unkept = unkept
        self._number: dict[Key, int] = {}

    def _node(self, operation: str, left: Any, right: Any = 0) -> int:
        key = (operation, left, right)
        number = self._number.get(key)
        if number is None:
            number = self._number[key] = len(self.code)
            self.code.append(key)
        return number

    def read(self, key: Key) -> int:
        """The plane with this key, as the caller of `run` supplies it."""
        known = self._constant(key)
        return self._node("in", key) if known is None else EVERYBODY if known else NOBODY

    def both(self, left: int, right: int) -> int:
        if NOBODY in (left, right):
            return NOBODY
        if left in (EVERYBODY, right):
            return right
        if right == EVERYBODY:
            return left
        return self._node("&", min(left, right), max(left, right))

    def either(self, left: int, right: int) -> int:
        if EVERYBODY in (left, right):
            return EVERYBODY
        if left in (NOBODY, right):
            return right
        if right == NOBODY:
            return left
        return self._node("|", min(left, right), max(left, right))

    def negation(self, node: int) -> int:
        if node in (NOBODY, EVERYBODY):
            return EVERYBODY - node
        operation = self.code[node]
        return int(operation[1]) if operation[0] == "~" else self._node("~", node)

    # The same, rail by rail; NOT swaps the rails.

    def all_of(self, parts: Sequence[Rails]) -> Rails:
        surely, possibly = ALWAYS
        for part in parts:
            surely, possibly = self.both(surely, part[0]), self.both(possibly, part[1])
        return surely, possibly

    def any_of(self, parts: Sequence[Rails]) -> Rails:
        surely, possibly = NEVER
        for part in parts:
            surely, possibly = self.either(surely, part[0]), self.either(possibly, part[1])
        return surely, possibly

    def none_of(self, part: Rails) -> Rails:
        return self.negation(part[1]), self.negation(part[0])

    def at_least(self, parts: Sequence[Rails], count: int) -> Rails:
        """At least `count` of the parts: counters that stop at `count`, so the cost is parts × count."""
        if count <= 0:
            return ALWAYS
        reached = [NEVER] * count
        for part in parts:
            for level in reversed(range(count)):
                step = self.all_of([reached[level - 1], part]) if level else part
                reached[level] = self.any_of([reached[level], step])
        return reached[-1]

    def recorded(self, key: Key, register: str, year: int) -> Rails:
        """A record gives (1,1); none in a complete register-year (0,0); none in an incomplete one (0,1)."""
        has = self.read(key)
        return has, self.either(has, self.negation(self.read(("complete", register, year))))

    def graded(self, grade: str, year: int) -> Rails:
        """As `recorded`; a year has one grade, so a lower grade rules the higher one out in any register."""
        has = self.read(("grade", grade, year))
        known = self.either(self.read(("graded", year)), self.read(("complete", "grades", year)))
        return has, self.either(has, self.negation(known))

    def weighed(self, key: Key) -> Rails:
        """A condition that the supplier of planes weighs from exact dates, shares or answers: one plane per rail."""
        return self.read(("surely", *key)), self.read(("possibly", *key))

    def as_if_answered(self) -> AsIfAnswered:
        """The same program, to which every open question has been answered with yes."""
        return AsIfAnswered(self)


class AsIfAnswered(Program):
    """Shares code and nodes with a program; what is left to a person is settled in favour, as `View.both` does."""

    def __init__(self, program: Program) -> None:
        self.__dict__ = program.__dict__

    def weighed(self, key: Key) -> Rails:
        surely, possibly = super().weighed(key)
        is_open = key[0] in ("asked", "hold", "clear", "in_doubt") or (
            key[0] == "exact" and key[2].register in self._unkept
        )
        return (possibly, possibly) if is_open else (surely, possibly)


def run(code: Sequence[Key], plane: Callable[[Key], Any], full: Any) -> list[Any]:
    """The value of every node. `full` is 1 for one person, 2**n - 1 for n persons, or a row of ones for NumPy rows.

    `plane(key)` supplies the planes that the program reads, as the same kind of value.
    """
    values: list[Any] = [full ^ full, full]
    add = values.append
    for operation, left, right in code[2:]:
        if operation == "&":
            add(values[left] & values[right])
        elif operation == "|":
            add(values[left] | values[right])
        elif operation == "~":
            add(values[left] ^ full)
        else:
            add(plane(left))
    return values
