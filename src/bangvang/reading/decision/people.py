"""The parts of one entry of a list of the honoured: form of address, name, title, unit, money."""

import re
from dataclasses import dataclass
from typing import Any

from bangvang.reading.plan.agency import ORGANISATION
from bangvang.reading.text_cleaning import fold, squeeze

HONORIFIC = re.compile(
    r"^(?:(?:các|những)\s)?(?P<said>Ông|Bà|Đồng chí|Đ/c|Đ\.c|Anh|Chị|Cụ|Em|Cháu|Cố|ông|bà|đồng chí|đ/c|anh|chị|cụ|em)"
    r"(?=[\s:.])[\s:.]*(?=[A-ZĐÀ-Ỹ])"
)
SPOKEN = {"đ/c": "Đồng chí", "đ.c": "Đồng chí"}
HOUSEHOLD = re.compile(r"^(?:[Cc]ác\s)?(?:[Hh]ộ gia đình|[Gg]ia đình|[Hh]ộ)\s+(?=(?:ông|bà|anh|chị|cụ|Ông|Bà)\s)")
WORD = r"[A-ZĐÀ-Ỹ][a-zà-ỹđ'’]*"
PERSON = re.compile(rf"^{WORD}(?:\s{WORD}){{1,5}}$")
CUT = re.compile(r"\s*(?:[,;:(]|\s[-–—]\s?|\s?[-–—]\s|\s(?=(?:là|hiện là|nguyên)\s))\s*")
BODY = re.compile(
    rf"(?<![\w])(?:{ORGANISATION}|Đội|Tổ|Trạm|Xí nghiệp|Nhà máy|Phân xưởng|Chi bộ|Đảng bộ|Khoa|Hạt|Ban|Vụ|Thôn|Bản|Xã"
    r"|Phường|Khu|Hợp tác xã|Ngân hàng|Nông trường|Lâm trường|Nhà|Quỹ|Chi nhánh|Chi đoàn|Chi hội|Đoàn|Câu lạc bộ|UBMTTQ"
    r"|HĐND|Liên hiệp|Thư viện|Bảo tàng|Bộ Chỉ huy|Ban Chỉ huy|Đồn|Tiểu đoàn|Trung đoàn|Đại đội|Học viện|Nhân dân"
    r"|Tập thể|Doanh nghiệp|Siêu thị|Chợ|Bưu điện|Điện lực|Viễn thông)\b"
)
PLACE = re.compile(r"^(?:xã|phường|thôn|bản|tổ|huyện|tỉnh|thành phố|thị trấn|khu|ấp|buôn|phòng|đội|ban|trường|trạm)\s")
DIGITS = re.compile(r"(?<![\d.,])\d{1,3}(?:[.\s]\d{3})+(?![\d])|(?<![\d.,])\d+(?:,\d+)?(?![\d.])")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry says of one recipient."""

    name: str
    honorific: str | None = None
    title: str | None = None
    unit: str | None = None
    household: bool = False
    rest: str = ""

    @property
    def is_person(self) -> bool:
        """Whether the name can only be a human being's."""
        return bool(self.honorific) or (bool(PERSON.match(_small(self.name))) and not starts_with_body(self.name))


def _small(name: str) -> str:
    return name.title() if name.isupper() else name


def starts_with_body(text: str) -> bool:
    """Whether the words begin with the name of an organisation ("Phòng …", "Đội …", "Cán bộ và nhân dân …")."""
    match = BODY.match(text[:1].upper() + text[1:])
    folded = fold(text)
    return match is not None or folded.startswith(("can bo", "nhan dan", "tap the", "cac ", "quan va dan"))


def entry_of(text: str) -> Entry | None:
    """One entry in running words: "Ông Nguyễn Văn A, Trưởng phòng B, Sở C"; None when it names nobody."""
    text = text.strip(" .;,-–+•")
    household = bool(HOUSEHOLD.match(text))
    text = HOUSEHOLD.sub("", text)
    honorific, text = without_honorific(text)
    cut = CUT.search(text)
    name = (text[: cut.start()] if cut else text).strip()
    rest = text[cut.end() :].strip(" .;,)") if cut else ""
    if not name or len(name) > 200 or not any(map(str.isupper, name[:1])):
        return None
    if honorific and not PERSON.match(_small(name)):
        return None
    if honorific or (PERSON.match(_small(name)) and not starts_with_body(name)):
        if household:
            return Entry(name, honorific, None, rest or None, household)
        title, unit = title_and_unit(rest)
        return Entry(name, honorific, title, unit, household, rest)
    return Entry(name, None, None, rest or None, household)


def without_honorific(text: str) -> tuple[str | None, str]:
    """ "Bà Nguyễn Thị A" → ("Bà", "Nguyễn Thị A"); no form of address gives None."""
    match = HONORIFIC.match(text)
    if match is None:
        return None, text
    said = SPOKEN.get(match["said"].lower(), match["said"])
    return said[0].upper() + said[1:], text[match.end() :].strip()


def title_and_unit(text: str) -> tuple[str | None, str | None]:
    """What stands in one cell or after a name: the title first, then the unit, at a comma or where a body is named."""
    text = text.strip(" .;,")
    if not text:
        return None, None
    if starts_with_body(text) or PLACE.match(text):
        return None, text
    for cut in re.finditer(r"\s*,\s*|\s+[-–—]\s+|\s*;\s*", text):
        after = text[cut.end() :]
        if starts_with_body(after) or PLACE.match(after):
            title, inner = _split_title(text[: cut.start()])
            if inner and not fold(title).startswith(("truong", "pho truong")):
                return title, text[len(title) :].strip(" ,")
            return text[: cut.start()].strip(), after
    title, unit = _split_title(text)
    return title, unit


def _split_title(text: str) -> tuple[str, str | None]:
    """ "Chuyên viên Văn phòng Sở" → ("Chuyên viên", "Văn phòng Sở"); a title alone stays whole."""
    for body in BODY.finditer(text):
        if body.start() and not re.search(r"(?:Phó|Trưởng|Chánh|Bí thư|nguyên|và|của|,)\s*$", text[: body.start()]):
            return text[: body.start()].strip(" ,-–"), text[body.start() :].strip()
        if re.search(r"Bí thư\s*$", text[: body.start()]):
            return text[: body.start()].strip(" ,-–"), text[body.start() :].strip()
    place = re.search(r"(?<!Trưởng)(?<!Bí thư)\s(?=(?:xã|phường|thị trấn|thôn|bản|huyện|tỉnh)\s[A-ZĐ])", text)
    return (text[: place.start()], text[place.end() :]) if place else (text, None)


def amount_in(text: str, unit: int = 1) -> int | None:
    """Money in đồng: "1.404.000", "702.000 đồng", "1,5 triệu"; `unit` is what the column counts in. None: no amount."""
    match = DIGITS.search(text)
    if match is None or "%" in text or re.search(r"\blần\b", text):
        return None
    figure = match[0]
    whole = re.sub(r"[.\s]", "", figure.partition(",")[0])
    number = float(whole + "." + (figure.partition(",")[2] or "0"))
    after = fold(text[match.end() :])
    for word, times in (("trieu", 1_000_000), ("nghin", 1_000), ("ngan", 1_000)):
        if after.lstrip().startswith(word):
            unit = times
    amount = number * unit
    return int(amount) if amount >= 1_000 and amount == int(amount) else None


def same_name(one: Any, other: Any) -> bool:
    """Names compared without diacritics, case and blanks."""
    return squeeze(str(one)) == squeeze(str(other))
