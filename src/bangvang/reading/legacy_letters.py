"""TCVN3 (fonts .VnTime …) and VNI (VNI-Times …): text typed before Unicode, in files of the last decades."""

import re

# Surface letters that these encodings leave behind and that no Unicode Vietnamese text has in such number.
SURFACE = re.compile("[\u00a1-\u00bf\u00c0-\u00ff]")
TRUE_LETTERS = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
NAMES = {"tcvn3": "TCVN3", "vni": "VNI", "viscii": "VISCII"}


def encoding_of_font(font: str) -> str | None:
    """tcvn3 for .Vn…, vni for VNI-…, by the font's name; None for all others."""
    name = font.upper()
    if name.startswith(".VN"):
        return "tcvn3"
    return "vni" if name.startswith("VNI") else None


def is_capital_font(font: str) -> bool:
    """.VnTimeH and its like draw capitals from lower-case codes."""
    return font.upper().startswith(".VN") and font.upper().endswith("H")


def converted(text: str, encoding: str) -> str:
    """Text of a known legacy encoding in Unicode (NFC)."""
    import viparse

    return str(viparse.fix(text, encoding=encoding))


def suspected_encoding(text: str) -> str | None:
    """The legacy encoding that the whole text seems to be in; None when it is Unicode or too little to judge."""
    sample = text[:4000]
    odd, true = len(SURFACE.findall(sample)), len(TRUE_LETTERS.findall(sample))
    if odd < 12 or true > odd:
        return None
    import viparse

    found = viparse.detect_text_encoding(sample)
    return None if found is None else str(found)


def restored_capitals(line: str) -> str:
    """TCVN3 has no accented capitals: a heading comes back as "KẾ HOạCH" and is set in capitals again here."""
    plain = [letter for letter in line if letter.isascii() and letter.isalpha()]
    if len(plain) > 2 and sum(letter.isupper() for letter in plain) > 0.8 * len(plain):
        return line.upper()
    return line
