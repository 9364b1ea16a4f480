"""Vietnamese text as it comes out of files, made comparable: one form of every letter, one kind of blank.

`fold` keeps the length of its input, so that a place found in folded text is the same place in the original.
"""

import re
import unicodedata

# Letters that look right and are not: Icelandic eth for đ, the gha that PDF writers leave for ư, African d.
LOOKALIKES = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ƣ": "ư", "Ƣ": "Ư"}
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffc\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f]")

DASHES, QUOTES = "‐‑‒–—―−", "“”„‟″«»"
_LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))  # every letter that Unicode builds from a plain one and marks


def _folding() -> dict[int, str]:
    plain = {code: unicodedata.normalize("NFD", chr(code))[0].lower() for code in _LATIN}
    table = {code: letter for code, letter in plain.items() if letter.isascii()}
    table |= {ord("đ"): "d", ord("Đ"): "d"}
    table |= {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    table |= dict.fromkeys(map(ord, DASHES), "-")
    table |= dict.fromkeys(map(ord, QUOTES), '"')
    return table


_FOLDING = _folding()
# What Unicode does not take apart, in the order of how often it occurs.
_WHOLE = [("đ", "d"), ("Đ", "d"), ("“", '"'), ("”", '"'), ("–", "-")]


def clean(text: str) -> str:
    """NFC, true Đ and ư, no invisible characters, blanks collapsed to one space; quotes and case stay as typed."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    for wrong, right in LOOKALIKES.items():
        if wrong in text:
            text = text.replace(wrong, right)
    if not text.isprintable() or "\ufffc" in text or "\ufffd" in text:
        text = INVISIBLE.sub("", text)
    return " ".join(text.split())  # split() knows every blank of Unicode, NBSP included


def fold(text: str) -> str:
    """Lower case without diacritics, one kind of dash and double quote; exactly as long as `text` (which is NFC)."""
    plain = text
    for whole, letter in _WHOLE:
        plain = plain.replace(whole, letter)
    # Five times as fast as a table, and right where every letter left one behind.
    plain = unicodedata.normalize("NFD", plain).encode("ascii", "ignore").decode("ascii").lower()
    return plain if len(plain) == len(text) else text.translate(_FOLDING)


def squeeze(text: str) -> str:
    """A key for comparing: folded, only letters and digits, single blanks."""
    return " ".join(re.findall(r"[^\W_]+", fold(clean(text))))


WORDS = re.compile(r"[^\W\d_]{2,}")


def share_of_marked_words(words: list[str]) -> float:
    """The share (0 to 1) of words (see WORDS) that carry a Vietnamese letter; written Vietnamese has 0.6."""
    return sum(not word.isascii() for word in words) / len(words) if words else 0.0


def looks_upper(text: str) -> bool:
    """Whether a line is set in capitals (at least 80 % of its letters, two letters or more)."""
    sample = text[:80]  # a heading shows its kind at once
    upper, lower = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    return upper + lower > 1 and upper >= 0.8 * (upper + lower)
