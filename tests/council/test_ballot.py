"""The sealed ballot alone: codes, wrapped keys, envelopes of one size that fit in one place only."""

import pytest

from bangvang.council import ballot

CODES = [ballot.new_code() for _ in ballot.HOLDERS]
HOLDERS = {place: ballot.public_key_of(code) for place, code in zip(ballot.HOLDERS, CODES, strict=True)}


@pytest.mark.parametrize("pair", ballot.PAIRS)
def test_any_two_of_three_codes_open_the_box(pair: tuple[int, int]) -> None:
    public, wrapped = ballot.new_box(HOLDERS, "phiên:1")
    sealed = ballot.seal(ballot.pack("10-x"), to=public, bound_to="khoá:3")
    one, other = pair
    private = ballot.unwrap(wrapped[pair], (CODES[one - 1], CODES[other - 1]), "phiên:1")
    assert ballot.open_envelope(sealed, private, "khoá:3") == "10-x"


def test_the_codes_of_another_pair_or_in_the_wrong_order_do_not_open() -> None:
    _, wrapped = ballot.new_box(HOLDERS, "phiên:1")
    for codes in ((CODES[1], CODES[0]), (CODES[0], CODES[0]), (CODES[0], CODES[2])):
        with pytest.raises(ballot.Unopened):
            ballot.unwrap(wrapped[1, 2], codes, "phiên:1")


def test_a_key_of_another_session_does_not_unwrap() -> None:
    _, wrapped = ballot.new_box(HOLDERS, "phiên:1")
    with pytest.raises(ballot.Unopened):
        ballot.unwrap(wrapped[1, 2], (CODES[0], CODES[1]), "phiên:2")


def test_an_envelope_moved_or_changed_does_not_open() -> None:
    public, wrapped = ballot.new_box(HOLDERS, "phiên:1")
    private = ballot.unwrap(wrapped[1, 2], (CODES[0], CODES[1]), "phiên:1")
    sealed = ballot.seal(ballot.pack("1"), to=public, bound_to="khoá:3")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for envelope, place in ((sealed, "khoá:4"), (changed, "khoá:3"), (b"", "khoá:3"), (bytes(48), "khoá:3")):
        with pytest.raises(ballot.Unopened):
            ballot.open_envelope(envelope, private, place)


def test_every_envelope_of_a_session_has_one_size_and_no_two_are_alike() -> None:
    public, _ = ballot.new_box(HOLDERS, "phiên:1")
    envelopes = [ballot.seal(ballot.pack(letters), to=public, bound_to="k") for letters in ("111", "111", "0-x", "---")]
    assert ({len(one) for one in envelopes}, len(set(envelopes))) == ({32 + 3 + 16}, 4)


def test_only_known_letters_make_a_ballot() -> None:
    for wrong in (["1", "2"], ["10"]):
        with pytest.raises(ValueError, match="one known letter"):
            ballot.pack(wrong)


def test_a_code_is_read_as_it_is_spoken_and_a_slip_is_seen() -> None:
    code = ballot.new_code()
    letters = code.replace(" ", "")
    assert ballot.read_code(code.upper().replace(" ", "-")) == letters
    assert ballot.read_code(letters.replace("1", "l").replace("0", "O")) == letters
    other = "2" if letters[5] != "2" else "3"
    assert ballot.read_code(letters[:5] + other + letters[6:]) is None
    assert ballot.read_code("abc") is None


def test_what_is_no_code_opens_nothing() -> None:
    with pytest.raises(ballot.Unopened):
        ballot.public_key_of("khong phai ma")


def test_a_code_holds_128_bits_and_is_never_given_twice() -> None:
    codes = {ballot.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code.split()) for code in codes} == {7}
