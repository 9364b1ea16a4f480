"""Vietnamese text as it comes out of files, made comparable: one form of every letter, one kind of blank.

`fold` keeps the length of its input, so that a place found in folded text is the same place in the original.
"""

import re
import unicodedata

# Letters that look right and are not: Icelandic eth for đ, the gha that PDF writers leave for ư, African d.
LOOKALIKES = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ƣ": "ư", "Ƣ": "Ư"}
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffc\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f]")

_BASES = "aăâeêioôơuưyd"
_TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]


def _folding() -> dict[int, str]:
    table: dict[int, str] = {}
    for base in _BASES:
        plain = unicodedata.normalize("NFD", base)[0]
        for tone in _TONES:
            letter = unicodedata.normalize("NFC", base + tone)
            if len(letter) == 1:
                table[ord(letter)] = plain
                table[ord(letter.upper())] = plain
    table |= {ord("đ"): "d", ord("Đ"): "d"}
    table |= {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    table |= {ord(dash): "-" for dash in "‐‑‒–—―−"}
    table |= {ord(quote): '"' for quote in "“”„‟″«»"}
    return table


_FOLDING = _folding()


def clean(text: str) -> str:
    """NFC, true Đ and ư, no invisible characters, blanks collapsed to one space; quotes and case stay as typed."""
    text = unicodedata.normalize("NFC", text)
    for wrong, right in LOOKALIKES.items():
        if wrong in text:
            text = text.replace(wrong, right)
    return " ".join(INVISIBLE.sub("", text).split())  # split() knows every blank of Unicode, NBSP included


def fold(text: str) -> str:
    """Lower case without diacritics, one kind of dash and double quote; exactly as long as `text` (which is NFC)."""
    return text.translate(_FOLDING)


def squeeze(text: str) -> str:
    """A key for comparing: folded, only letters and digits, single blanks."""
    return " ".join(re.findall(r"[^\W_]+", fold(clean(text))))


def share_of_marked_words(text: str) -> float:
    """The share (0 to 1) of words of two letters or more that carry a Vietnamese letter; written Vietnamese has 0.6."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    if not words:
        return 0.0
    return sum(not word.isascii() for word in words) / len(words)


def looks_upper(text: str) -> bool:
    """Whether a line is set in capitals (at least 80 % of its letters, two letters or more)."""
    sample = text[:80]  # a heading shows its kind at once
    upper, lower = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    return upper + lower > 1 and upper >= 0.8 * (upper + lower)
