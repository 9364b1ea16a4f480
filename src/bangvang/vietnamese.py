"""Vietnamese text, dates and numbers as offices write them: pure functions, no Django, no clock.

Databases disagree about Vietnamese: SQLite compares bytes and lower-cases ASCII only, PostgreSQL follows whatever
locale it was created with. So the order and the search of names are computed here and stored beside the name.
"""

import calendar
import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

# --- Cleaning --------------------------------------------------------------------------------------------------------

_LOOK_ALIKES = str.maketrans(
    {
        "\u00d0": "Đ",  # Icelandic Eth, drawn like Đ; its lower case is ð, so "Ð" would never meet "đ"
        "\u00f0": "đ",
        "\u0189": "Đ",  # African D
        "\u0256": "đ",
        "\u01a2": "Ư",  # letter OI, which some converters from VNI write for Ư
        "\u01a3": "ư",
        "\u00ad": None,  # soft hyphen and the other invisible ones that come with text copied from web pages
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
    }
)
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters that are no white space, halves of surrogate pairs and non-characters: XML refuses them too.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """The text with every letter composed: "Nguyễn" is six code points, whoever typed it."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """One line of Vietnamese as it should be stored: composed, look-alike letters mended, any run of spaces one space.

    Tone placement stays as typed (hoà, hòa): a name is written as its owner writes it.
    """
    mended = nfc(_CONTROL.sub("", text.translate(_LOOK_ALIKES)))
    return _SPACES.sub(" ", mended).strip()


def clean_lines(text: str) -> str:
    """Several lines, each cleaned; lines end in "\\n"; empty lines stay inside the text, not before or after it."""
    return "\n".join(clean(line) for line in _LINE_END.split(text)).strip("\n")


def file_stem(*parts: object) -> str:
    """A file name that every mail program keeps: no diacritics, no blanks, parts and slashes joined by hyphens."""
    joined = "-".join(str(part) for part in parts).translate(
        {ord("Đ"): "D", ord("đ"): "d", ord("/"): "-", ord(" "): None}
    )
    return unicodedata.normalize("NFD", joined).encode("ascii", "ignore").decode()


# --- Searching -------------------------------------------------------------------------------------------------------


def search_key(text: str) -> str:
    """What a clerk types without marks: lower case, no marks, đ as d, anything but letters and digits a single space.

    Marks are dropped, so the placement of the tone does not matter: hoà and hòa both give "hoa".
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", clean(text)).casefold()).replace("đ", "d")
    letters = "".join(
        character if character.isalnum() else " " for character in folded if not unicodedata.combining(character)
    )
    return " ".join(letters.split())


# --- Sorting ---------------------------------------------------------------------------------------------------------

# The order of the ICU locale "vi": letter by letter first, then the tones, then lower case before upper.
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}  # huyền hỏi ngã sắc nặng
_NO_TONE, _OTHER_MARK = "1", "7"
_LOWER, _UPPER = "1", "2"
_SHAPES = {
    ("a", "\u0306"): "ă",
    ("a", "\u0302"): "â",
    ("e", "\u0302"): "ê",
    ("o", "\u0302"): "ô",
    ("o", "\u031b"): "ơ",
    ("u", "\u031b"): "ư",
}
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_WEIGHTS = {letter: f"{rank:02x}" for rank, letter in enumerate(_ALPHABET, start=0x20)}
_SIGNS = "_-–—,;:!?.'‘’\"“”«»()[]{}§@*/\\&#%•`^°+±÷×<=>|~$"
_SIGN_WEIGHTS = {sign: f"03{rank:02x}" for rank, sign in enumerate(_SIGNS)}
_END = "00"  # below every weight, so that "An" comes before "Anh"


def sort_key(text: str) -> str:
    """A string of hex digits whose plain order is the Vietnamese order of the texts (ICU locale "vi").

    Only 0-9 and a-f: SQLite's BINARY and every PostgreSQL collation compare them alike. Space comes first, then
    signs, digits, Vietnamese letters and the letters of other scripts. Two texts have one key only if they differ
    in nothing but rare marks.
    """
    weights: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    last = ""
    for character in unicodedata.normalize("NFD", clean(text)):
        if character in _TONES:
            if tones:
                tones[-1] = _TONES[character]
        elif unicodedata.combining(character):
            shaped = _SHAPES.get((last, character))
            if shaped:
                last = shaped
                weights[-1] = _LETTER_WEIGHTS[shaped]
            elif tones:
                tones[-1] = max(tones[-1], _OTHER_MARK)
        else:
            last = character.lower()
            weights.append(_weight(last))
            tones.append(_NO_TONE)
            cases.append(_LOWER if last == character else _UPPER)
    # Trailing "nothing special" is cut off: an absent tone ends in "0", which is below every tone.
    return "".join(weights) + _END + "".join(tones).rstrip(_NO_TONE) + "0" + "".join(cases).rstrip(_LOWER) + "0"


def _weight(character: str) -> str:
    """Hex digits of a length told by the first two, so that no weight is the beginning of another."""
    if character in _LETTER_WEIGHTS:
        return _LETTER_WEIGHTS[character]
    if character == " ":
        return "02"
    if character in _SIGN_WEIGHTS:
        return _SIGN_WEIGHTS[character]
    if character.isdecimal():
        return f"{0x10 + unicodedata.decimal(character):02x}"
    return f"{'f0' if character.isalpha() else '04'}{ord(character[0]):06x}"


def given_name(full_name: str) -> str:
    """The last word, by which Vietnamese people are called and listed: "Nguyễn Thị Thu Hà" → "Hà"."""
    words = clean(full_name).split(" ")
    return words[-1]


def name_sort_key(full_name: str) -> str:
    """Key of a list of people: given name first, then family name, then the middle names; see sort_key."""
    words = clean(full_name).split(" ")
    given, family, middle = words[-1], " ".join(words[:-1][:1]), " ".join(words[1:-1])
    return sort_key(given) + _END + sort_key(family) + _END + sort_key(middle)


# --- Numbers ---------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"(?P<sign>[-−]?)(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(?P<part>\d+))?", re.ASCII)


def format_number(value: int | float | Decimal, places: int | None = None) -> str:
    """Dots between thousands, a comma before decimals: "1.033,9".

    `places` fixes the number of decimals, rounding halves away from zero as accountants do; without it as many as
    the value needs. Raises ValueError for what is not a finite number.
    """
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"“{value}” không phải là một số.")
    if places is not None:
        number = _rounded(number, places)
    sign, whole, part = _digits(number)
    if places is None:
        part = part.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    minus = "-" if sign and (int(whole) or part.strip("0")) else ""
    return f"{minus}{grouped},{part}" if part else f"{minus}{grouped}"


def _rounded(number: Decimal, places: int) -> Decimal:
    """Halves away from zero, at any size: the default context would refuse a number of more than 28 digits."""
    room = Context(prec=max(number.adjusted(), 0) + places + 2)
    return number.quantize(Decimal((0, (1,), -places)), ROUND_HALF_UP, room)


def _digits(number: Decimal) -> tuple[bool, str, str]:
    """Whether negative, the digits before the comma, the digits after it."""
    text = f"{number.copy_abs():f}"
    whole, _, part = text.partition(".")
    return number.is_signed(), whole, part


def parse_number(text: str) -> Decimal:
    """The number that a Vietnamese writer meant by "1.033,9"; dots only between thousands, so "1.033" is 1033.

    Anything that this rule does not read in exactly one way ("1033.9", "1,033.9", "0.500") is refused with a ValueError
    that tells how to write it: a wrong guess would be wrong by a thousand times.
    """
    typed = clean(text)
    match = _NUMBER.fullmatch(typed)
    if match is None:
        raise ValueError(
            f"Không đọc được số “{typed}”. Xin ghi dấu chấm giữa các hàng nghìn, dấu phẩy trước phần lẻ, ví dụ 1.033,9."
        )
    sign = "-" if match["sign"] else ""
    return Decimal(f"{sign}{match['whole'].replace('.', '')}.{match['part'] or '0'}".removesuffix(".0"))


def two_digits(count: int) -> str:
    """Counts below ten with a zero before them, as decisions write them: "02 tập thể, 15 cá nhân"."""
    return f"{count:02d}"


def format_money(dong: int | Decimal) -> str:
    """An amount of money: "2.340.000 đồng". There is no coin below one đồng: a fraction raises ValueError."""
    if dong != int(dong):
        raise ValueError(f"Số tiền {format_number(dong)} đồng có phần lẻ. Xin làm tròn đến đồng.")
    return f"{format_number(int(dong))} đồng"


# --- Dates -----------------------------------------------------------------------------------------------------------

_DAY_FIRST = re.compile(r"(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def format_date(day: date) -> str:
    """ "05/01/2026": the short form used inside texts and tables."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def long_date(day: date) -> str:
    """ "ngày 05 tháng 01 năm 2026": the form of the date line of a document.

    NĐ 30/2020 Phụ lục I: a zero before days below ten and before the months 1 and 2, so that nothing can be written
    in front of them; months 3 to 9 stand alone.
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def parse_date(text: str) -> date:
    """The day meant by "05/01/2026" (fifth of January), also with dashes or dots, or by the ISO form "2026-01-05".

    Raises ValueError, in words for the person who typed, for a day that no calendar has and for anything else;
    a year of two digits is refused because a birth year 65 and a deadline in 65 are a century apart.
    """
    typed = clean(text)
    if match := _DAY_FIRST.fullmatch(typed):
        day, month, year = int(match[1]), int(match[3]), int(match[4])
    elif match := _ISO.fullmatch(typed):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        raise ValueError(f"Không đọc được ngày “{typed}”. Xin ghi đủ ngày/tháng/năm, ví dụ 05/01/2026.")
    try:
        return date(year, month, day)
    except ValueError:
        written = f"{day:02d}/{month:02d}/{year:04d}"
        example = format_date(_nearest_day(year, month, day))
        raise ValueError(f"Ngày {written} không có trong lịch. Xin ghi lại, ví dụ {example}.") from None


def _nearest_day(year: int, month: int, day: int) -> date:
    """A real day close to an impossible one: the last of the month, or day and month put in their order."""
    year = max(year, 1)
    if month > 12 and 1 <= day <= 12:
        day, month = month, day
    month = min(max(month, 1), 12)
    return date(year, month, min(max(day, 1), calendar.monthrange(year, month)[1]))


def weekday_name(day: date) -> str:
    """ "thứ Hai" … "Chủ nhật", with the capitals of NĐ 30/2020 Phụ lục II."""
    return _WEEKDAYS[day.weekday()]


# --- Numbers of documents --------------------------------------------------------------------------------------------

BLANK_NUMBER = "\u00a0" * 5  # hard spaces: neither HTML nor Word closes the gap that the registry clerk fills in


def document_number(number: int | str | None, symbol: str) -> str:
    """Number and symbol of a document: "15/QĐ-STC"; below ten "05/QĐ-STC" (NĐ 30/2020 Phụ lục I).

    A draft has no number yet (None or ""): five hard spaces stand before the stroke, since the registry gives the
    number on issue. A number that is not all digits ("15a", "0125") stays as given.
    """
    written = clean(str(number)) if number is not None else ""
    if written.isdecimal() and len(written) == 1:
        written = f"0{written}"
    return f"{written or BLANK_NUMBER}/{clean(symbol)}"
