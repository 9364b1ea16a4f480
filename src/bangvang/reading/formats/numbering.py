"""Numbers that the word processor draws and that stand nowhere in the text: 1, I, i, a, A."""

# Vietnamese letter order (NĐ 30/2020, phụ lục I): đ follows d, there is no f, j, w, z.
LETTERS = "abcdđeghiklmnopqrstuvxy"
LATIN = "abcdefghijklmnopqrstuvwxyz"
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def roman(number: int) -> str:
    """Lower-case Roman numeral; beyond 89 the plain number, which no heading reaches."""
    if not 0 < number < 90:
        return str(number)
    text = ""
    for value, letters in ROMAN:
        while number >= value:
            text += letters
            number -= value
    return text


def label(number: int, kind: str) -> str:
    """The number as drawn; `kind` is the name used by Word ("decimal", "upperRoman") or OpenDocument ("1", "I")."""
    if kind in ("upperRoman", "I"):
        return roman(number).upper()
    if kind in ("lowerRoman", "i"):
        return roman(number)
    if kind in ("lowerLetter", "a", "upperLetter", "A"):
        letter = LATIN[(number - 1) % 26]
        return letter.upper() if kind in ("upperLetter", "A") else letter
    return f"{number:02d}" if kind == "decimalZero" else str(number)
