"""The attacker of proof 3.2 must be sharp and sober: what chance alone brings about is no leak, and a real one is seen."""

import random

from tests.proofs.thief import unsealed


def test_random_bytes_that_look_like_letters_are_not_believed() -> None:
    fate = random.Random(7)
    for _ in range(300):
        assert unsealed([(seat, fate.randbytes(32 + 1 + 16)) for seat in range(15)], length=1) == {}


def test_letters_are_seen_where_every_envelope_holds_them_and_on_a_long_ballot_in_one() -> None:
    fate = random.Random(7)
    short = [(seat, fate.randbytes(32) + b"1" + fate.randbytes(16)) for seat in range(6)]
    assert unsealed(short, length=1) == {(seat, 0): "1" for seat in range(6)}
    among_sealed = [(1, b"10-10x0110"), *((seat, fate.randbytes(32 + 10 + 16)) for seat in range(2, 9))]
    assert unsealed(among_sealed, length=10)[1, 2] == "-"
