"""Everybody at once: the program that judges one person, run over rows of bits with NumPy.

    plan = plan_sweep(book, year, received_on)      # compiled once; knows no person
    result = run_sweep(plan, planes)                # planes: key → row of 64-bit words, one bit per person
    people(result.surely["advanced_worker"])        # positions of those who surely meet it

Rows are cut into pieces that fit the processor's cache; scratch rows are used again once their last reader is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from bangvang.law.book import Book
from bangvang.law.conditions import AllOf, AnyOf, Frame, Meets, Tree, leaves_of, tree_rails
from bangvang.law.explain import award_rails, chosen_doors, frame_of
from bangvang.law.planes import EVERYBODY, NOBODY, Key, Program, Rails
from bangvang.law.sources import Days, NoLaw

if TYPE_CHECKING:
    import numpy as np

    Row = np.ndarray[Any, np.dtype[np.uint64]]

PIECE_WORDS = 4096
"""Words of a row that are worked on at a time: 32 kB, so that a few dozen rows stay in the second-level cache."""


def nobody_answered(key: Key) -> bool | None:
    """Planes that are the same for everybody in a sweep: no judgement was given, no door is closed."""
    match key:
        case ("surely", "asked", _) | ("surely" | "possibly", "presumed_no", _) | ("surely", "in_doubt", *_):
            return False
        case ("possibly", "asked", _) | ("surely" | "possibly", "door", _) | ("possibly", "hold"):
            return True
        case _:
            return None


@dataclass(frozen=True)
class Plan:
    """The program of all awards of one kind of subject, for one year and one day of law. It knows no subject."""

    year: int
    code: tuple[Key, ...]
    awards: dict[str, Rails]
    one_short: dict[str, int]
    """Award → node of those who do not meet it, and would if one more condition of some door were met."""
    missing: dict[str, int]
    """Award → node of those whose answer waits for records; of the others in doubt a person must be asked."""
    conditions: dict[tuple[str, str], Rails]
    """(award, condition) → nodes; equal conditions of several doors have one entry each, numbered."""
    unread: dict[str, tuple[str, ...]]
    """Award → laws in force that are not loaded: every answer is then only provisional."""

    @property
    def keys(self) -> tuple[Key, ...]:
        """The planes that the program reads."""
        return tuple(left for operation, left, _ in self.code if operation == "in")

    def results(self, *, one_rail: bool = False) -> list[int]:
        """Nodes that a sweep hands out: each award and condition, on both rails, and those one condition short."""
        pairs = [*self.awards.values(), *self.conditions.values()]
        found = [pair[0] for pair in pairs] + ([] if one_rail else [pair[1] for pair in pairs])
        return list(dict.fromkeys([*found, *self.one_short.values(), *([] if one_rail else self.missing.values())]))


def plan_sweep(
    book: Book,
    year: int,
    received_on: date,
    under: Sequence[str] = ("vn",),
    *,
    subject: str = "person",
    stream: str | None = None,
    constant: Callable[[Key], bool | None] = nobody_answered,
    unkept: frozenset[str] = frozenset(),
) -> Plan:
    """Compiles every award that the book has criteria of on the day. `constant` says which planes are empty or full.

    `unkept` must be that of every subject's facts.

    Where no text says which day governs, all candidates are judged, as `judge` does: sure is what is sure under each.
    """
    program = Program(constant, unkept)
    plan = Plan(year, (), {}, {}, {}, {}, {})
    days = Days((date(year, 1, 1), date(year, 12, 31)), received_on)
    for code in [code for code, aspect in book.rows if aspect == f"criteria:{subject}"]:
        try:
            provisions = book.candidates(code, "criteria", days, under, subject=subject)
        except NoLaw:
            continue
        rails, missing = [], []
        for provision in provisions:
            frame = frame_of(book, code, year, provision.on, subject, under)
            doors = chosen_doors(provision, stream)
            rails.append(award_rails(doors, program, frame))
            answered = award_rails(doors, program.as_if_answered(), frame)
            settled = program.either(rails[-1][0], answered[0])
            missing.append(program.both(rails[-1][1], program.negation(settled)))
        surely, _ = program.all_of(rails)
        _, possibly = program.any_of(rails)
        plan.awards[code] = surely, possibly
        plan.missing[code] = program.all_of([(node, node) for node in missing])[0]
        near = program.any_of([(node, node) for node in (_near(door.requires, program, frame) for door in doors)])
        plan.one_short[code] = program.both(near[0], program.negation(possibly))
        plan.unread[code] = tuple(item.label for item in provisions[-1].unread)
        for door in doors:
            for leaf in leaves_of(door, frame):
                name = leaf.id
                while (code, name) in plan.conditions:
                    name += "'"
                plan.conditions[code, name] = tree_rails(leaf, program, frame)
    return replace(plan, code=tuple(program.code))


def _near(parts: Sequence[Tree], program: Program, frame: Frame) -> int:
    """Those for whom at most one leaf below "all of these parts" is not possibly met, over the cheapest way."""
    possible = [tree_rails(part, program, frame)[1] for part in parts]
    near = [_near_tree(part, program, frame) for part in parts]
    all_but_one = program.at_least([(node, node) for node in possible], len(parts) - 1)[0]
    return program.all_of([(node, node) for node in (all_but_one, *near)])[0]


def _near_tree(tree: Tree, program: Program, frame: Frame) -> int:
    match tree:
        case AllOf(parts):
            return _near(parts, program, frame)
        case AnyOf(parts):
            return program.any_of([(node, node) for node in (_near_tree(part, program, frame) for part in parts)])[0]
        case Meets():
            return _near_tree(tree.spelled_out(frame), program, frame)
        case _:
            return EVERYBODY


@dataclass(frozen=True)
class _Steps:
    """The part of a program that some results need, with scratch rows shared out by last use."""

    steps: list[tuple[str, int, int, int]]
    """(operation, row of the result, row of the left, row of the right)."""
    rows: int
    inputs: dict[int, Key] = field(default_factory=dict)
    results: dict[int, int] = field(default_factory=dict)
    """Result node → its row."""


def _live(code: Sequence[Key], results: Sequence[int]) -> list[int]:
    wanted, stack = set(), list(results)
    while stack:
        node = stack.pop()
        if node in wanted:
            continue
        wanted.add(node)
        operation, left, right = code[node]
        stack += [left, right] if operation in "&|" else [left] if operation == "~" else []
    return sorted(wanted)


def _shared_out(code: Sequence[Key], results: Sequence[int]) -> _Steps:
    """Rows: inputs and results have their own; the rest takes scratch rows, given back after the last reader."""
    live = _live(code, [node for node in results if node not in (NOBODY, EVERYBODY)])
    last: dict[int, int] = {}
    for node in live:
        operation, left, right = code[node]
        for source in (left, right) if operation in "&|" else (left,) if operation == "~" else ():
            last[source] = node
    kept = set(results)
    row: dict[int, int] = {}
    made = _Steps([], 0)
    free: list[int] = []
    count = 0
    for node in live:
        operation, left, right = code[node]
        if operation == "in":
            row[node], count = count, count + 1
            made.inputs[row[node]] = left
            continue
        sources = (left, right) if operation in "&|" else (left,)
        for source in set(sources):
            if last[source] == node and source not in kept and code[source][0] != "in":
                free.append(row[source])
        if node not in kept and free:
            row[node] = free.pop()
        else:
            row[node], count = count, count + 1
        made.steps.append((operation, row[node], row[left], row[right] if operation in "&|" else 0))
    results_by_row = {node: row[node] for node in kept if node in row}
    return _Steps(made.steps, count, made.inputs, results_by_row)


@dataclass(frozen=True)
class Swept:
    """Rows of a sweep, by node. A node that is nobody or everybody has no row of its own."""

    plan: Plan
    rows: dict[int, Row]
    words: int

    def row(self, node: int) -> Row:
        import numpy as np

        if node in self.rows:
            return self.rows[node]
        return np.full(self.words, 0 if node == NOBODY else np.iinfo(np.uint64).max, dtype=np.uint64)

    @property
    def surely(self) -> dict[str, Row]:
        return {code: self.row(pair[0]) for code, pair in self.plan.awards.items()}

    @property
    def possibly(self) -> dict[str, Row]:
        return {code: self.row(pair[1]) for code, pair in self.plan.awards.items()}

    @property
    def one_short(self) -> dict[str, Row]:
        return {code: self.row(node) for code, node in self.plan.one_short.items()}

    @property
    def missing(self) -> dict[str, Row]:
        return {code: self.row(node) for code, node in self.plan.missing.items()}


class Sweeper:
    """A plan with its rows laid out for so many words, to be run as often as wanted."""

    def __init__(self, plan: Plan, words: int, *, one_rail: bool = False) -> None:
        import numpy as np

        self.plan, self.words = plan, words
        self._steps = _shared_out(plan.code, plan.results(one_rail=one_rail))
        self._results = {
            node: np.empty(words, dtype=np.uint64)
            for node, row in self._steps.results.items()
            if row not in self._steps.inputs
        }
        self._scratch = np.empty((self._steps.rows, min(PIECE_WORDS, words)), dtype=np.uint64)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The planes that this run reads."""
        return tuple(self._steps.inputs.values())

    @property
    def result_bytes(self) -> int:
        return sum(row.nbytes for row in self._results.values())

    def run(self, planes: Mapping[Key, Row]) -> Swept:
        """Every result for everybody. Rows of an earlier run are written over."""
        import numpy as np

        steps, inputs = self._steps, {row: planes[key] for row, key in self._steps.inputs.items()}
        results = {self._steps.results[node]: row for node, row in self._results.items()}
        operations = {"&": np.bitwise_and, "|": np.bitwise_or}
        inverted, scratch = np.invert, self._scratch
        for first in range(0, self.words, PIECE_WORDS):
            last = min(first + PIECE_WORDS, self.words)
            rows: list[Any] = [scratch[row, : last - first] for row in range(steps.rows)]
            for row, plane in inputs.items():
                rows[row] = plane[first:last]
            for row, plane in results.items():
                rows[row] = plane[first:last]
            for operation, target, left, right in steps.steps:
                if operation == "~":
                    inverted(rows[left], rows[target])
                else:
                    operations[operation](rows[left], rows[right], rows[target])
        found = {node: inputs[row] for node, row in self._steps.results.items() if row in inputs}
        return Swept(self.plan, {**self._results, **found}, self.words)


def run_sweep(plan: Plan, planes: Mapping[Key, Row], words: int, *, one_rail: bool = False) -> Swept:
    """One run of a plan. Raises KeyError for a plane that is needed and not there."""
    return Sweeper(plan, words, one_rail=one_rail).run(planes)


def packed(bits: Any) -> Row:
    """A row of 64-bit words from one truth value per person; the first person is the lowest bit."""
    import numpy as np

    eight = np.packbits(np.asarray(bits, dtype=np.uint8), bitorder="little")
    row: Row = np.concatenate([eight, np.zeros(-len(eight) % 8, dtype=np.uint8)]).view(np.uint64)
    return row


def people(row: Row, count: int) -> Any:
    """Positions of the persons whose bit is set, among the first `count`."""
    import numpy as np

    return np.flatnonzero(np.unpackbits(row.view(np.uint8), bitorder="little")[:count])


def head_count(row: Row, count: int) -> int:
    """How many of the first `count` bits are set."""
    import numpy as np

    whole, rest = divmod(count, 64)
    total = int(np.bitwise_count(row[:whole]).sum())
    return total + (int(row[whole]) & ((1 << rest) - 1)).bit_count() if rest else total
