import unicodedata
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangvang import vietnamese as vi

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang huyền hỏi ngã sắc nặng
VOWELS = "aăâeêioôơuưy"
SYLLABLES = (
    "Nguyễn",
    "Đỗ",
    "Dư",
    "Hoà",
    "Hòa",
    "thúy",
    "Thuý",
    "ẤN",
    "an",
    "Ânh",
    "ơn",
    "Ưng",
    "Quỳnh",
    "Y",
    "lê",
    "3",
    "III",
)

names = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map(" ".join)
vietnamese_text = st.text(
    alphabet=[unicodedata.normalize("NFC", v + t) for v in VOWELS for t in TONES]
    + list("bcdđghklmnpqrstvxĐÔƯẮ \u00a0"),
    max_size=12,
)
days = st.dates(min_value=date(1000, 1, 1))


# --- Cleaning


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Nguyễn\u00a0Văn   An\t", "Nguyễn Văn An"),
        (unicodedata.normalize("NFD", "Nguyễn Đức Thuý"), "Nguyễn Đức Thuý"),
        ("Ðỗ Thị Ðào, ðồng", "Đỗ Thị Đào, đồng"),
        ("Trƣơng ƢNG", "Trương ƯNG"),
        ("th\u01a3\u0300a", "thừa"),
        ("Hà\u200b Nội\ufeff", "Hà Nội"),
        ("một\r\nhai", "một hai"),
        ("một\x07\x00 hai", "một hai"),
        ("\u2003\u3000", ""),
        ("hoà bình, hòa bình", "hoà bình, hòa bình"),
    ],
)
def test_clean_gives_the_text_to_store(typed, stored):
    assert vi.clean(typed) == stored


def test_nfc_makes_one_word_of_both_spellings():
    decomposed = unicodedata.normalize("NFD", "Nguyễn")
    assert (len(decomposed), len(vi.nfc(decomposed))) == (8, 6)
    assert vi.nfc(decomposed) == "Nguyễn"


def test_clean_lines_keeps_the_lines():
    assert (
        vi.clean_lines("\r\n Điều 1. \r\nÐiều\u00a0 2.\r\rĐiều 3.\u2028Hết\n\n") == "Điều 1.\nĐiều 2.\n\nĐiều 3.\nHết"
    )


@settings(deadline=None)
@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    once, lines = vi.clean(text), vi.clean_lines(text)
    assert vi.clean(once) == once
    assert vi.clean_lines(lines) == lines
    assert [vi.clean(line) for line in lines.split("\n")] == lines.split("\n")


# --- Searching


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nguyễn Đức Hoà", "nguyen duc hoa"),
        ("Nguyễn Đức Hòa", "nguyen duc hoa"),
        ("UỶ BAN / ỦY BAN", "uy ban uy ban"),
        ("Số 15/QĐ-STC (bản 2)", "so 15 qd stc ban 2"),
        ("ẤẬẮẶỐỘỚỢỨỰỄỆỲỴ", "aaaaoooouueeyy"),
        (unicodedata.normalize("NFD", "Điện Biên"), "dien bien"),
        ("Ðiện  Biên", "dien bien"),
        ("…", ""),
    ],
)
def test_search_key_is_what_one_types_without_marks(text, key):
    assert vi.search_key(text) == key


@settings(deadline=None)
@given(st.text())
def test_search_key_is_stable_and_blind_to_composition(text):
    key = vi.search_key(text)
    assert vi.search_key(key) == key
    assert vi.search_key(unicodedata.normalize("NFD", text)) == key


@settings(deadline=None)
@given(vietnamese_text)
def test_search_key_of_vietnamese_is_ascii_and_blind_to_case(text):
    assert vi.search_key(text).isascii()
    assert vi.search_key(text.upper()) == vi.search_key(text.lower())


# --- Sorting


def reference_order(text):
    """The order of ICU "vi" in three levels, as lists of numbers: letters, tones, case."""
    letters, tones, cases = [], [], []
    for character in text:
        base = [part for part in unicodedata.normalize("NFD", character) if part not in TONES]
        letter = unicodedata.normalize("NFC", "".join(base))
        tone = next((part for part in unicodedata.normalize("NFD", character) if part in TONES), "")
        letters.append((" 0123456789" + ALPHABET).index(letter.lower()))
        tones.append(TONES.index(tone))
        cases.append(letter != letter.lower())
    return letters, tones, cases


def test_alphabet_is_in_order():
    assert sorted(reversed(ALPHABET), key=vi.sort_key) == list(ALPHABET)


def test_upper_case_follows_lower_case_only_at_a_tie():
    assert sorted(["Đ", "d", "đ", "D", "e"], key=vi.sort_key) == ["d", "D", "đ", "Đ", "e"]
    assert sorted(["An", "an", "AN", "Anh", "ăn"], key=vi.sort_key) == ["an", "An", "AN", "Anh", "ăn"]


@pytest.mark.parametrize("vowel", list(VOWELS))
def test_tones_are_in_order(vowel):
    in_order = [unicodedata.normalize("NFC", vowel + tone) for tone in TONES]
    assert sorted(reversed(in_order), key=vi.sort_key) == in_order


def test_letters_weigh_more_than_tones():
    in_order = ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "mài", "mặt", "mất", "mật"]
    assert sorted(reversed(in_order), key=vi.sort_key) == in_order


def test_space_then_signs_then_digits_then_letters_then_other_scripts():
    in_order = ["An Bình", "An-Bình", "An, Bình", "An.", "An(Bình)", "An/Bình", "An☑", "An2", "Ana", "Anж"]
    assert sorted(reversed(in_order), key=vi.sort_key) == in_order


@settings(deadline=None)
@given(names, names)
def test_sort_key_orders_like_the_reference(one, other):
    assert (vi.sort_key(one) < vi.sort_key(other)) == (reference_order(one) < reference_order(other))
    assert (vi.sort_key(one) == vi.sort_key(other)) == (one == other)


@settings(deadline=None)
@given(st.text())
def test_sort_key_is_hex_and_blind_to_composition(text):
    key = vi.sort_key(text)
    assert set(key) <= set("0123456789abcdef")
    assert vi.sort_key(unicodedata.normalize("NFD", text)) == key


def test_sort_key_of_decomposed_text_is_that_of_composed():
    assert vi.sort_key(unicodedata.normalize("NFD", "Điện Biên")) == vi.sort_key("Điện Biên")


def test_people_are_listed_by_given_name_then_family_then_middle():
    in_order = [
        "An",
        "Nguyễn An",
        "Đỗ Thị Ánh",
        "Lê Văn Bình",
        "Nguyễn Bình",
        "Nguyễn Đức Bình",
        "Nguyễn Văn Bình",
        "Trần Dũng",
        "Dương Đạt",
        "Đặng Văn Đạt",
    ]
    assert sorted(reversed(in_order), key=vi.name_sort_key) == in_order


@settings(deadline=None)
@given(names, names)
def test_name_sort_key_is_the_tuple_of_its_parts(one, other):
    def parts(name):
        words = name.split()
        return tuple(reference_order(" ".join(part)) for part in (words[-1:], words[:-1][:1], words[1:-1]))

    assert (vi.name_sort_key(one) < vi.name_sort_key(other)) == (parts(one) < parts(other))


@pytest.mark.parametrize(("name", "called"), [(" Nguyễn Thị Thu  Hà ", "Hà"), ("Thắng", "Thắng"), ("", "")])
def test_given_name_is_the_last_word(name, called):
    assert vi.given_name(name) == called


# --- Numbers


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("1033.9"), None, "1.033,9"),
        (Decimal("1033.90"), None, "1.033,9"),
        (1033.9, None, "1.033,9"),
        (0, None, "0"),
        (999, None, "999"),
        (1000, None, "1.000"),
        (2340000, None, "2.340.000"),
        (Decimal("31330.53"), 1, "31.330,5"),
        (Decimal("0.125"), 2, "0,13"),
        (Decimal("-0.125"), 2, "-0,13"),
        (Decimal("-0.001"), 2, "0,00"),
        (Decimal("999.995"), 2, "1.000,00"),
        (98.5, 1, "98,5"),
        (5, 2, "5,00"),
        (-1234567, None, "-1.234.567"),
        (Decimal("1E+6"), None, "1.000.000"),
        (Decimal("123456789012345678901234567890.5"), 0, "123.456.789.012.345.678.901.234.567.891"),
    ],
)
def test_format_number(value, places, text):
    assert vi.format_number(value, places) == text


@pytest.mark.parametrize("value", [float("nan"), Decimal("Infinity")])
def test_format_number_refuses_what_is_no_number(value):
    with pytest.raises(ValueError, match=f"“{value}” không phải là một số."):
        vi.format_number(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.033,9", "1033.9"),
        ("1.033", "1033"),
        ("1033,9", "1033.9"),
        ("1033", "1033"),
        ("0,5", "0.5"),
        ("0,125", "0.125"),
        ("2.340.000", "2340000"),
        (" -12,50\u00a0", "-12.50"),
        ("−3", "-3"),
        ("007", "7"),
    ],
)
def test_parse_number_reads_dots_between_thousands(text, value):
    assert vi.parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "1033.9",
        "1,033.9",
        "1,033,000",
        "1.03",
        "1.0335",
        "0.500",
        "12.34,5",
        "1.033.",
        ",5",
        "5,",
        "",
        "1 033",
        "năm",
        "1e3",
        "٣",
    ],
)
def test_parse_number_refuses_what_could_mean_two_things(text):
    with pytest.raises(ValueError, match="dấu chấm giữa các hàng nghìn") as refusal:
        vi.parse_number(text)
    assert str(refusal.value) == (
        f"Không đọc được số “{text}”. Xin ghi dấu chấm giữa các hàng nghìn, dấu phẩy trước phần lẻ, ví dụ 1.033,9."
    )


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15))
def test_numbers_come_back_as_they_went(value):
    assert vi.parse_number(vi.format_number(value)) == value


@settings(deadline=None)
@given(st.integers(min_value=-(10**40), max_value=10**40), st.integers(min_value=0, max_value=6))
def test_whole_numbers_come_back_with_any_number_of_places(value, places):
    assert vi.parse_number(vi.format_number(value, places)) == value


def test_money_and_counts():
    assert vi.format_money(2340000) == "2.340.000 đồng"
    assert vi.format_money(Decimal("1500000.00")) == "1.500.000 đồng"
    assert [vi.two_digits(count) for count in (0, 5, 12, 105)] == ["00", "05", "12", "105"]
    with pytest.raises(ValueError, match="Số tiền 0,5 đồng có phần lẻ"):
        vi.format_money(Decimal("0.5"))


# --- Dates


def test_short_and_long_dates():
    assert vi.format_date(date(2026, 1, 5)) == "05/01/2026"
    assert vi.format_date(datetime(2026, 12, 31, 23, 59)) == "31/12/2026"
    assert [vi.long_date(date(2026, month, 9)) for month in (1, 2, 3, 9, 10)] == [
        "ngày 09 tháng 01 năm 2026",
        "ngày 09 tháng 02 năm 2026",
        "ngày 09 tháng 3 năm 2026",
        "ngày 09 tháng 9 năm 2026",
        "ngày 09 tháng 10 năm 2026",
    ]


@pytest.mark.parametrize(
    "text", ["05/01/2026", "5/1/2026", "05-01-2026", "05.01.2026", "2026-01-05", " 05 / 01 / 2026 ", "5 - 1 - 2026"]
)
def test_parse_date_reads_the_day_first(text):
    assert vi.parse_date(text) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/02/2026", "Ngày 31/02/2026 không có trong lịch. Xin ghi lại, ví dụ 28/02/2026."),
        ("31.4.2026", "Ngày 31/04/2026 không có trong lịch. Xin ghi lại, ví dụ 30/04/2026."),
        ("12/25/2026", "Ngày 12/25/2026 không có trong lịch. Xin ghi lại, ví dụ 25/12/2026."),
        ("2026-02-30", "Ngày 30/02/2026 không có trong lịch. Xin ghi lại, ví dụ 28/02/2026."),
        ("00/00/0000", "Ngày 00/00/0000 không có trong lịch. Xin ghi lại, ví dụ 01/01/0001."),
        ("05/01/26", "Không đọc được ngày “05/01/26”. Xin ghi đủ ngày/tháng/năm, ví dụ 05/01/2026."),
        ("05/01-2026", "Không đọc được ngày “05/01-2026”. Xin ghi đủ ngày/tháng/năm, ví dụ 05/01/2026."),
        ("hôm nay", "Không đọc được ngày “hôm nay”. Xin ghi đủ ngày/tháng/năm, ví dụ 05/01/2026."),
    ],
)
def test_parse_date_tells_what_to_write(text, message):
    with pytest.raises(ValueError, match="Xin ghi") as refusal:
        vi.parse_date(text)
    assert str(refusal.value) == message


@settings(deadline=None)
@given(days)
def test_dates_come_back_as_they_went(day):
    assert vi.parse_date(vi.format_date(day)) == day
    assert vi.parse_date(day.isoformat()) == day


def test_parse_date_knows_leap_years():
    assert vi.parse_date("29-02-2028") == date(2028, 2, 29)


def test_week_begins_on_monday():
    week = [vi.weekday_name(date(2026, 12, day)) for day in range(14, 21)]
    assert week == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


# --- Numbers of documents


@pytest.mark.parametrize(
    ("number", "symbol", "written"),
    [
        ("15", "QĐ-STC", "15/QĐ-STC"),
        (5, "KH-STC", "05/KH-STC"),
        ("05", "STC-VP", "05/STC-VP"),
        ("0125", "KH-UBND", "0125/KH-UBND"),
        ("15a", " TTr-STC ", "15a/TTr-STC"),
        (None, "KH-STC", "\u00a0\u00a0\u00a0\u00a0\u00a0/KH-STC"),
        ("", "KH-STC", "\u00a0\u00a0\u00a0\u00a0\u00a0/KH-STC"),
    ],
)
def test_document_number(number, symbol, written):
    assert vi.document_number(number, symbol) == written


def test_a_file_name_survives_every_mail_program() -> None:
    assert vi.file_stem("Quyet-dinh", "431/QĐ-STC") == "Quyet-dinh-431-QD-STC"
    assert vi.file_stem("Bien-ban", "Sở Ý tế đô", 2026, 3) == "Bien-ban-SoYtedo-2026-3"
