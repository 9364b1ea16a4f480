"""The attacker of 3.2: everything on disk at every moment, no code. It names a vote only where something tells it.

Four ways, each of which empties one of the designs planted as controls: what went up when somebody voted; letters or a
guessable fingerprint in place of a seal; two envelopes under one key beside a ballot that the attacker cast; a private key lying
about. And what the published totals force, which no secret ballot can hide.
"""

import hashlib
from collections.abc import Iterable, Mapping
from itertools import pairwise, product
from math import comb

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from bangvang.council import ballot
from tests.proofs.disk import Moment

Votes = dict[tuple[int, int], str]  # (seat, place of the line) → letter
LETTERS = frozenset(b"10-x")
CHANCE = 1e-6  # what happens by chance less often than this is evidence
KINDS = {"agreed": "1", "against": "0", "invalid": "-"}


def names(moments: list[Moment], lines: list[int], marks: Mapping[int, str], own: tuple[int, str]) -> Votes:
    """Every vote that the disk tells. `lines`: keys in the order of the agenda; `marks`: what each seat's envelope is bound to
    (public); `own`: the attacker's seat and letters, for an attacker who is a member."""
    envelopes = {
        (int(str(row["seat_id"])), bytes(row["sealed"]))  # type: ignore[call-overload]
        for moment in moments
        for row in moment.tables["bangvang_envelope"]
        if row["sealed"] is not None and row["seat_id"] in marks
    }
    found = one_key(envelopes, own, len(lines)) | unsealed(envelopes, len(lines))
    found |= went_up(moments, lines) | key_about(moments, envelopes, marks)  # the surer evidence last
    return {place: letter for place, letter in found.items() if place[0] != own[0]}


def went_up(moments: list[Moment], lines: list[int]) -> Votes:
    """Between two moments one more member has voted; every number of a line that rose by one is that member's choice."""
    found: Votes = {}
    for before, after in pairwise(moments):
        new = after.voted - before.voted
        if len(new) != 1:
            continue
        (seat,) = new
        for table, rows in after.tables.items():
            former = {key: row for row in before.tables.get(table, []) if (key := _line_of(table, row)) is not None}
            for row in rows:
                line = _line_of(table, row)
                if line not in lines or line not in former:
                    continue
                for column, letter in KINDS.items():
                    now, then = row.get(column), former[line].get(column)
                    if isinstance(now, int) and isinstance(then, int) and now == then + 1:
                        found[seat, lines.index(line)] = letter
    return found


def _line_of(table: str, row: Mapping[str, object]) -> int | None:
    value = row.get("id") if table == "bangvang_agendaline" else row.get("line_id")
    return value if isinstance(value, int) else None


def unsealed(envelopes: Iterable[tuple[int, bytes]], length: int) -> Votes:
    """Envelopes that hold the letters themselves, or a fingerprint of letters few enough to try.

    On a ballot of one line, one random byte in 64 looks like a letter: bytes are believed only when so many envelopes
    reading as letters by chance is out of the question, so that chance is not counted as a leak.
    """
    guesses = {}
    if length <= 7:
        for letters in map("".join, product("10-x", repeat=length)):
            for digest in (hashlib.sha256, hashlib.sha1, hashlib.md5):
                guesses[digest(letters.encode()).digest()] = letters
    found: Votes = {}
    known = list(envelopes)
    for view in (lambda raw: raw, lambda raw: raw[ballot.KEY_BYTES :], lambda raw: raw[ballot.KEY_BYTES : -16]):
        read = [(seat, content) for seat, sealed in known if _are_letters(content := view(sealed), length)]
        if read and comb(len(known), len(read)) * (len(LETTERS) / 256) ** (length * len(read)) < CHANCE:
            for seat, content in read:
                found |= _read(seat, content.decode())
    for seat, sealed in known:
        if sealed in guesses:
            found |= _read(seat, guesses[sealed])
    return found


def _are_letters(content: bytes, length: int) -> bool:
    return len(content) == length and set(content) <= LETTERS


def one_key(envelopes: Iterable[tuple[int, bytes]], own: tuple[int, str], length: int) -> Votes:
    """Envelopes under one sender key and one nonce differ as their letters do: with one ballot known, all are."""
    by_sender: dict[bytes, list[tuple[int, bytes]]] = {}
    for seat, sealed in envelopes:
        by_sender.setdefault(sealed[: ballot.KEY_BYTES], []).append((seat, sealed[ballot.KEY_BYTES :][:length]))
    found: Votes = {}
    for rows in by_sender.values():
        mine = next((content for seat, content in rows if seat == own[0]), None)
        if mine is None or len(rows) < 2:
            continue
        stream = bytes(a ^ b for a, b in zip(mine, own[1].encode(), strict=True))
        for seat, content in rows:
            letters = bytes(a ^ b for a, b in zip(content, stream, strict=True))
            if set(letters) <= LETTERS:
                found |= _read(seat, letters.decode())
    return found


def key_about(moments: list[Moment], envelopes: Iterable[tuple[int, bytes]], marks: Mapping[int, str]) -> Votes:
    """Any 32 bytes of any stored value, taken for the session's private key."""
    values = {
        bytes(value)
        for moment in moments
        for rows in moment.tables.values()
        for row in rows
        for value in row.values()
        if isinstance(value, bytes) and len(value) >= ballot.KEY_BYTES
    }
    public = {
        bytes(row["public_key"])  # type: ignore[call-overload]
        for moment in moments
        for row in moment.tables["bangvang_session"]
        if row["public_key"] is not None
    }
    sealed_ones = {sealed for _, sealed in envelopes}
    found: Votes = {}
    for value in values - sealed_ones:
        for start in range(0, len(value) - ballot.KEY_BYTES + 1, 16):
            raw = value[start : start + ballot.KEY_BYTES]
            if X25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw() not in public:
                continue
            for seat, sealed in envelopes:
                try:
                    found |= _read(seat, ballot.open_envelope(sealed, raw, marks[seat]))
                except (ballot.Unopened, InvalidTag):
                    continue
    return found


def _read(seat: int, letters: str) -> Votes:
    return {(seat, place): letter for place, letter in enumerate(letters) if letter != ballot.NONE}


def forced(
    totals: Mapping[int, tuple[int, int, int, int]], voters: Mapping[int, set[int]], own: tuple[int, str]
) -> Votes:
    """What (returned, for, against, invalid) of each line forces for an attacker who knows the own ballot: everybody else alike."""
    found: Votes = {}
    for place, (returned, *counts) in totals.items():
        left = dict(zip("10-", counts, strict=True))
        rest = returned
        if own[0] in voters[place]:
            left[own[1][place]] -= 1
            rest -= 1
        for letter, number in left.items():
            if rest and number == rest:
                found |= {(seat, place): letter for seat in voters[place] - {own[0]}}
    return found
