"""How alike two texts are: a small sketch of each (MinHash) finds the near ones among many, then the shared passages are shown.

A sketch keeps, for each of 64 fixed mixings of the hashes of all runs of three words, the smallest. The share of equal
places in two sketches estimates the share of common runs (Jaccard), with a standard error of at most 1/16. Words are
compared without diacritics and capitals. Nothing here says that somebody copied: a person reads the passages.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bangvang import vietnamese

PLACES = 64
RUN = 3  # words in a run of the sketch
LEAST = 8  # words in a passage worth showing: shorter ones are the phrases of every office
BYTES = PLACES * 4
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Passage:
    """The same words in two texts, each as its author wrote them."""

    here: str
    there: str
    words: int


_key = lru_cache(maxsize=100_000)(vietnamese.search_key)  # offices have some thousand words, written again and again


def _words(text: str) -> list[tuple[str, int, int]]:
    """(key, start, end) of each word."""
    return [(_key(found[0]), *found.span()) for found in WORD.finditer(text)]


def sketch(text: str) -> bytes:
    """64 numbers of four bytes, little endian; no bytes for a text shorter than a run."""
    import numpy as np

    keys = [key for key, _, _ in _words(text)]
    runs = {" ".join(keys[at : at + RUN]) for at in range(len(keys) - RUN + 1)}
    if not runs:
        return b""
    hashes = np.fromiter((zlib.crc32(run.encode()) for run in runs), dtype=np.uint64, count=len(runs))
    # Odd multipliers and offsets from a fixed stream: the same sketch in every process and every year.
    stream = np.random.Generator(np.random.PCG64(152_2025))
    factors = stream.integers(1, 2**31, PLACES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    offsets = stream.integers(0, 2**32, PLACES, dtype=np.uint64)
    mixed = (hashes[:, None] * factors + offsets) >> np.uint64(17)  # the low bits of a product are poor
    smallest: bytes = (mixed & np.uint64(2**32 - 1)).min(axis=0).astype("<u4").tobytes()
    return smallest


def nearest(own: bytes, others: Sequence[tuple[int, bytes | memoryview]], *, most: int) -> list[tuple[int, float]]:
    """(key, estimated share of common runs) of the most alike, the most alike first; those with nothing in common left out."""
    import numpy as np

    known = [(key, bytes(other)) for key, other in others if len(other) == BYTES]
    if len(own) != BYTES or not known:
        return []
    rows = np.frombuffer(b"".join(other for _, other in known), dtype="<u4").reshape(-1, PLACES)
    equal = (rows == np.frombuffer(own, dtype="<u4")).sum(axis=1)
    best = np.argsort(-equal, kind="stable")[:most]
    return [(known[at][0], int(equal[at]) / PLACES) for at in best if equal[at]]


def passages(here: str, there: str) -> list[Passage]:
    """The longest common passages in the order of `here`, none inside another. Time grows with the texts, not their product."""
    own, other = _words(here), _words(there)
    starts: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(other) - LEAST + 1):
        starts.setdefault(tuple(key for key, _, _ in other[at : at + LEAST]), []).append(at)
    found, at = [], 0
    while at <= len(own) - LEAST:
        places = starts.get(tuple(key for key, _, _ in own[at : at + LEAST]), [])
        length, place = max(((_run(own, at, other, place), place) for place in places[:20]), default=(0, 0))
        if length:
            found.append(
                Passage(
                    here[own[at][1] : own[at + length - 1][2]],
                    there[other[place][1] : other[place + length - 1][2]],
                    length,
                )
            )
        at += length or 1
    return found


def _run(own: list[tuple[str, int, int]], at: int, other: list[tuple[str, int, int]], place: int) -> int:
    """How many words from here on are the same."""
    return sum(1 for _ in _same(own, at, other, place))


def _same(own: list[tuple[str, int, int]], at: int, other: list[tuple[str, int, int]], place: int) -> Iterator[None]:
    while at < len(own) and place < len(other) and own[at][0] == other[place][0]:
        yield
        at, place = at + 1, place + 1


def share_of(found: Sequence[Passage], text: str) -> int:
    """Percent of the words of a text that stand in the passages, rounded down."""
    total = len(WORD.findall(text))
    return sum(passage.words for passage in found) * 100 // total if total else 0
