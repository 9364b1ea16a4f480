"""The vocabulary of conditions: what each means, once.

Each condition is a small frozen dataclass that YAML names by its rule. It can *compile* itself to bit planes, and
*tell*
from the records of one subject what holds, why, and what is missing. `explain` asserts that both tell the same story.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from bangvang.law.planes import Program, Rails
from bangvang.law.sources import DECIDING, Citation, cited

if TYPE_CHECKING:
    from bangvang.law.view import View


@dataclass(frozen=True)
class Told:
    """What the records of one subject say about one condition. `missing`: what would settle it, in Vietnamese."""

    surely: bool
    possibly: bool
    text: str
    records: tuple[dict[str, Any], ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frame:
    """What the judged award, year and day of law fix for every condition of one question."""

    award: str
    year: int
    horizon: int
    """How many years back "ever" reaches."""
    cut_by_discipline: bool
    """Achievements count again only after a disciplinary measure has ended (NĐ 152 Đ4.4)."""
    single_use: bool
    """A recognised initiative serves one award only."""
    register_of: Callable[[str], str]
    label_of: Callable[[str], str]
    including: Callable[[str], tuple[str, ...]]
    """Award codes whose holder also holds the given one."""
    doors_of: Callable[[str], tuple[Door, ...]]


@dataclass(frozen=True)
class Condition(ABC):
    """A leaf of the tree.

    `cites` and `mark` come from the book: the leaf's own, else its door's, else its version's.
    """

    cites: tuple[Citation, ...] = field(default=(), metadata={"book": True}, kw_only=True, compare=False)
    mark: str = field(default="unknown", metadata={"book": True}, kw_only=True, compare=False)
    rule: ClassVar[str] = ""
    register: ClassVar[str] = ""
    """The register that would settle a condition on exact dates or sums; empty where the planes of the years name it."""
    opens: ClassVar[str] = ""
    """What a person opens where nobody keeps that register."""

    @property
    @abstractmethod
    def id(self) -> str:
        """Stable name of the condition inside its award; a judgement may name it, or only the part before the colon."""

    @property
    def decides(self) -> bool:
        """Only a text that was seen, or seen second-hand with the mark shown, may decide a case."""
        return self.mark in DECIDING

    @cached_property
    def cite(self) -> str:
        """The citations in one line."""
        return cited(self.cites)

    @abstractmethod
    def compile(self, program: Program, frame: Frame) -> Rails:
        """The nodes that are true where the condition surely, and possibly, holds."""

    @abstractmethod
    def tell(self, view: View, frame: Frame) -> Told:
        """What the records say, with proof and wording."""


def rails(condition: Condition, program: Program, frame: Frame) -> Rails:
    """The nodes of a condition; one whose rule may not decide is a question to a person for everybody."""
    if condition.decides or isinstance(condition, Ask):
        return condition.compile(program, frame)
    return program.weighed(("asked", condition.id))


@dataclass(frozen=True)
class Ask(Condition):
    """A judgement: no machine answers it. `presumed_no`: closed until a person says yes."""

    rule: ClassVar[str] = "ask"
    question: str
    text: str
    presumed_no: bool = False
    unless_local: bool = False
    """Falls away where a local rule sets the criteria."""

    @property
    def id(self) -> str:
        return self.question

    def compile(self, program: Program, frame: Frame) -> Rails:
        return program.weighed(("presumed_no" if self.presumed_no else "asked", self.question))

    def tell(self, view: View, frame: Frame) -> Told:
        surely, possibly, _ = view.weigh(("presumed_no" if self.presumed_no else "asked", self.question))
        return Told(surely, possibly, self.text)


@dataclass(frozen=True)
class Meets:
    """Holds the title of the judged year, or meets its criteria: shorthand for a group."""

    rule: ClassVar[str] = "meets"
    award: str
    holds: Condition = field(metadata={"book": True})
    """The condition "holds the title", given by the reader."""

    @property
    def id(self) -> str:
        return f"meets_standard:{self.award}"

    def spelled_out(self, frame: Frame) -> AnyOf:
        return AnyOf((self.holds, *(AllOf(door.requires) for door in frame.doors_of(self.award))))


@dataclass(frozen=True)
class AllOf:
    """Every part."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part."""

    parts: tuple[Tree, ...]


Tree = Condition | Meets | AllOf | AnyOf


@dataclass(frozen=True)
class Door:
    """One way to an award. `stream`: the kind of commendation it belongs to; null where it serves all."""

    name: str
    stream: str | None
    requires: tuple[Tree, ...]


def tree_rails(tree: Tree, program: Program, frame: Frame) -> Rails:
    """The nodes of a condition or a group of them."""
    match tree:
        case AllOf(parts):
            return program.all_of([tree_rails(part, program, frame) for part in parts])
        case AnyOf(parts):
            return program.any_of([tree_rails(part, program, frame) for part in parts])
        case Meets():
            return tree_rails(tree.spelled_out(frame), program, frame)
        case _:
            return rails(tree, program, frame)


def door_rails(door: Door, program: Program, frame: Frame) -> Rails:
    """A door can be closed for one line (“closed_doors”); otherwise it stands open."""
    opened = program.weighed(("door", door.name))
    return program.all_of([opened, *(tree_rails(part, program, frame) for part in door.requires)])


def leaves_of(tree: Tree | Door, frame: Frame) -> list[Condition]:
    """Every condition of a door or a group, in the order of the book."""
    match tree:
        case Door(requires=parts) | AllOf(parts) | AnyOf(parts):
            return [leaf for part in parts for leaf in leaves_of(part, frame)]
        case Meets():
            return leaves_of(tree.spelled_out(frame), frame)
        case _:
            return [tree]
