"""The sealed ballot (ADR 0004): pure functions on bytes. Nothing here knows who votes, and nothing is kept.

A session has an X25519 key pair. A ballot is one letter for each line, sealed to the public key. The private key is kept
only wrapped, once under each pair of the three code-holders: sealed to the one, and what comes out sealed to the other.
A code-holder's key pair is made of a code of 128 random bits, of which only the public key stays.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from itertools import combinations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

AGREE, DISAGREE, BLANK, NONE = "1", "0", "-", "x"  # NONE: a recused member has no ballot for this line
CHOICES = frozenset({AGREE, DISAGREE, BLANK, NONE})
HOLDERS = (1, 2, 3)
PAIRS = tuple(combinations(HOLDERS, 2))
LEAST_BALLOTS = 3  # fewer returned ballots are not opened: their totals would be names
CODE_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # base 32 without i, l, o, u
CODE_LETTERS, CHECK_LETTERS = 26, 2  # 128 bits fill 26 letters; two more tell a slip of the pen
KEY_BYTES = 32


class Unopened(Exception):
    """Wrong codes, or an envelope that is not what was put in. Says nothing more."""


def new_code() -> str:
    """128 random bits as seven groups of four letters, the last two a check. Shown once, kept by nobody but its holder."""
    number, letters = secrets.randbits(128), ""
    for _ in range(CODE_LETTERS):
        number, rest = divmod(number, 32)
        letters += CODE_ALPHABET[rest]
    letters += _check(letters)
    return " ".join(letters[place : place + 4] for place in range(0, len(letters), 4))


def read_code(typed: str) -> str | None:
    """The code as it counts, whatever the spaces, dashes and capitals; None when it is not a code."""
    letters = "".join(typed.split()).replace("-", "").lower().translate(str.maketrans("ilo", "110"))
    whole = len(letters) == CODE_LETTERS + CHECK_LETTERS and set(letters) <= set(CODE_ALPHABET)
    return letters if whole and _check(letters[:CODE_LETTERS]) == letters[CODE_LETTERS:] else None


def _check(letters: str) -> str:
    digest = hashlib.sha256(b"bangvang code " + letters.encode()).digest()
    return CODE_ALPHABET[digest[0] % 32] + CODE_ALPHABET[digest[1] % 32]


def public_key_of(code: str) -> bytes:
    """What is kept of a code: enough to seal to its holder, not enough to open."""
    return _holder(code).public_key().public_bytes_raw()


def _holder(code: str) -> X25519PrivateKey:
    letters = read_code(code)
    if letters is None:
        raise Unopened
    return X25519PrivateKey.from_private_bytes(_derived(letters.encode(), b"", b"bangvang code-holder"))


def new_box(holders: Mapping[int, bytes], bound_to: str) -> tuple[bytes, dict[tuple[int, int], bytes]]:
    """A fresh key pair: its public key, and its private key wrapped for each pair of holders. The key itself is forgotten."""
    private = X25519PrivateKey.generate()
    raw = private.private_bytes_raw()
    wrapped = {
        (one, other): seal(seal(raw, to=holders[other], bound_to=bound_to), to=holders[one], bound_to=bound_to)
        for one, other in PAIRS
    }
    return private.public_key().public_bytes_raw(), wrapped


def unwrap(wrapped: bytes, codes: tuple[str, str], bound_to: str) -> bytes:
    """The session's private key, from the two codes in the order of their holders. Unopened when one is wrong."""
    one, other = codes
    return _open(_open(wrapped, _holder(one), bound_to), _holder(other), bound_to)


def pack(choices: Sequence[str]) -> bytes:
    """One letter for each line of the session: every ballot of a session has the same size."""
    if not set(choices) <= CHOICES or any(len(choice) != 1 for choice in choices):
        raise ValueError("a ballot holds one known letter for each line")
    return "".join(choices).encode()


def seal(content: bytes, *, to: bytes, bound_to: str) -> bytes:
    """Seal to a public key. `bound_to` must be said again to open: an envelope fits only where it was put."""
    sender = X25519PrivateKey.generate()
    public = sender.public_key().public_bytes_raw()
    key = _derived(sender.exchange(X25519PublicKey.from_public_bytes(to)), public + to, b"bangvang ballot")
    return public + ChaCha20Poly1305(key).encrypt(bytes(12), content, bound_to.encode())  # a key is used once


def open_envelope(sealed: bytes, private: bytes, bound_to: str) -> str:
    """The letters of a ballot. Unopened when it was changed or belongs elsewhere."""
    return _open(sealed, X25519PrivateKey.from_private_bytes(private), bound_to).decode()


def _open(sealed: bytes, holder: X25519PrivateKey, bound_to: str) -> bytes:
    public = sealed[:KEY_BYTES]
    try:
        shared = holder.exchange(X25519PublicKey.from_public_bytes(public))
        key = _derived(shared, public + holder.public_key().public_bytes_raw(), b"bangvang ballot")
        return ChaCha20Poly1305(key).decrypt(bytes(12), sealed[KEY_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise Unopened from error


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(secret)
