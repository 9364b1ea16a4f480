"""The head of a whole plan: agency, number, place, date, title, theme (NĐ 30/2020, phụ lục I, ô 1 to 5)."""

import re
from dataclasses import dataclass, field

from bangvang.reading.plan.citations import canonical_symbol
from bangvang.reading.plan.dates import DAY, iso_day
from bangvang.reading.plan.draft import Found, Remark, missing
from bangvang.reading.plan.passages import Passage
from bangvang.reading.plan.quoted import quoted_span
from bangvang.reading.text_cleaning import fold, looks_upper, squeeze

TITLE_WORDS = (
    "ke hoach",
    "ke hoach lien tich",
    "phat dong",
    "chi thi",
    "loi keu goi",
    "thu keu goi",
    "loi phat dong",
    "bai phat dong",
    "thu phat dong",
)
LONGEST_TITLE_WORD = 60  # characters, with what a narrow cell puts around it
# On folded text; the last words of the country's name may have slipped to the next line of a narrow cell.
MOTTO = re.compile(
    r"cong ho?o?a? xa hoi chu nghia(?: viet(?: nam)?)?"
    r"|doc lap\s*[-.]?\s*tu do\s*[-.]?\s*hanh phuc|dang cong san viet nam"
)
NUMBER = re.compile(
    r"\b(?:Số|SỐ)\s*:?\s*(?P<serial>\d{1,5})?\s*(?:[.…_\s]*)(?:/\s*(?P<year>(?:19|20)\d{2}))?\s*[/-]\s*"
    r"(?P<symbol>[A-ZĐƯ][A-Za-zĐđƯư]*\d{0,2}(?:\s?[-–—&./]\s?[A-ZĐƯ][A-Za-zĐđƯư&]*)*)"
)
MANGLED_NUMBER = re.compile(
    r"\bS[ốoóôồ]\s*[:.]\s*(?P<serial>\S{0,8}?)\s*/\s*(?P<symbol>[A-ZĐ][A-ZĐa-zđ]*(?:\s?[-–—]\s?[A-ZĐ][A-Za-zĐđ]*)+)"
)
DATED = re.compile(
    r"(?:^|(?<=[\s,.]))(?P<place>[A-ZĐÁÀẢÃẠĂÂÊÔƠƯ][^\d,;:/()]{1,40}?)?\s*,?\s*ngày\s*(?P<day>\d{1,2})?[.…_\s]*tháng\s*"
    r"(?P<month>\d{1,2})?[.…_\s]*năm\s*(?P<year>\d{4})?(?P<extra>\d*)"
)
AGENCY_HEADS = re.compile(
    r"^(?:CHỦ TỊCH NƯỚC|THỦ TƯỚNG|CHÍNH PHỦ"
    r"|UBND|UỶ BAN|ỦY BAN|HĐND|HỘI ĐỒNG|BỘ|SỞ|BAN|TỔNG CỤC|CỤC|CHI CỤC|VỤ|VĂN PHÒNG|PHÒNG|TRUNG TÂM|TRƯỜNG|HUYỆN UỶ"
    r"|HUYỆN ỦY|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|THÀNH UỶ|ĐẢNG UỶ|ĐẢNG ỦY|ĐẢNG BỘ|LIÊN ĐOÀN|CÔNG ĐOÀN|HỘI|ĐOÀN|MẶT TRẬN|UBMTTQ"
    r"|CÔNG TY|TỔNG CÔNG TY|TẬP ĐOÀN|NGÂN HÀNG|BẢO HIỂM|KHO BẠC|CÔNG AN|BỘ CHỈ HUY|BỘ TƯ LỆNH|TOÀ ÁN|TÒA ÁN"
    r"|VIỆN|BỆNH VIỆN|ĐÀI|BÁO"
    r"|THANH TRA|THUẾ|HẢI QUAN|QUỸ|KHỐI|CỤM|ĐIỆN LỰC|BƯU ĐIỆN|VNPT|XÃ|PHƯỜNG|TỔ|HỢP TÁC XÃ|CHI NHÁNH|THƯ VIỆN"
    r"|BẢO TÀNG|NHÀ)\b"
)


@dataclass(slots=True)
class Head:
    """The passages above the first section, sorted by what they are."""

    above_title: list[Passage] = field(default_factory=list)
    title_word: Passage | None = None
    title: list[Passage] = field(default_factory=list)
    intro: list[Passage] = field(default_factory=list)
    body: list[Passage] = field(default_factory=list)


def split_head(passages: list[Passage]) -> Head:
    """Cut a whole plan at its title word; without one, the head is empty and everything is body."""
    at = next((index for index, passage in enumerate(passages[:40]) if is_title_word(passage)), None)
    if at is None:
        return Head(body=passages)
    head = Head(above_title=passages[:at], title_word=passages[at])
    index = at + 1
    while index < len(passages) and index < at + 7 and _belongs_to_title(passages[index], head):
        head.title.append(passages[index])
        index += 1
    while index < len(passages) and not _begins_body(passages[index]):
        head.intro.append(passages[index])
        index += 1
    if index == len(passages):  # a plan without numbered sections: what follows the first ":" is its body
        cut = next((i for i, passage in enumerate(head.intro) if passage.text.rstrip().endswith(":")), -1)
        index -= len(head.intro) - cut - 1
        head.intro = head.intro[: cut + 1]
    head.body = passages[index:]
    return head


def is_title_word(passage: Passage) -> bool:
    """A line that is nothing but the name of the paper's type, in capitals."""
    key = squeeze(passage.text) if len(passage.text) < LONGEST_TITLE_WORD else ""
    if key in TITLE_WORDS and (looks_upper(passage.text) or passage.source in ("cell", "header")):
        return True
    if passage.trust < 1 and key and len(key) < 14:  # scans write KÉ HOẠCH, KẼ HOACH
        return bool(re.fullmatch(r"k[eé]\s?h[o0]a?[cọ]?ch?", key))
    return bool(re.match(r"^(?:KẾ HOẠCH|CHỈ THỊ|PHÁT ĐỘNG)\s+(?=[A-ZĐ])", passage.text)) and len(passage.text) < 400


def _belongs_to_title(passage: Passage, head: Head) -> bool:
    text = passage.text
    if _begins_intro(text) or _begins_body(passage) or passage.source == "row":
        return False
    if re.match(r"^(?:Kính gửi|Số\s*:)", text) or (text.rstrip().endswith((":", ";")) and "“" not in text):
        return False
    if sum(len(part.text) for part in head.title) > 500 or (len(text) > 400 and head.title):
        return False
    return not (head.title and text.rstrip().endswith(".") and len(text) > 120)


def _begins_intro(text: str) -> bool:
    return bool(
        re.match(
            r"^(?:\(?\s*)?(?:Căn cứ|Thực hiện (?=[A-ZĐ])|Theo |Nhằm |Để |Hưởng ứng (?=[A-ZĐ])|Trên cơ sở"
            r"|Tiếp tục|Xét |Hướng tới)",
            text,
        )
    )


def _begins_body(passage: Passage) -> bool:
    if passage.level == "roman":
        return True
    if passage.level == "number" and passage.marker.startswith("1") and len(passage.marker) == 1:
        return True
    return looks_upper(passage.text) and bool(re.match(r"^(?:MỤC|ĐỐI TƯỢNG|NỘI DUNG|YÊU CẦU)", passage.text))


def read_head(head: Head, scalars: dict[str, Found], warnings: list[Remark]) -> None:
    """Fill number, symbol, date, date_partial, place, title, theme; the agency has its own module."""
    read_number(head.above_title, scalars)
    read_date(head.above_title, scalars, warnings)
    read_title(head, scalars)


def read_number(passages: list[Passage], scalars: dict[str, Found]) -> None:
    """Fill number and symbol from the line "Số: …"; a blank serial keeps its symbol."""
    for passage in passages:
        match = NUMBER.search(passage.text)
        if match is None and passage.trust < 1:
            match = MANGLED_NUMBER.search(passage.text)
        if match is None:
            continue
        symbol = canonical_symbol(match["symbol"])
        # In a header set on one line the next word in capitals may touch the symbol.
        symbol = re.sub(r"-$", "", symbol)
        start, end = match.span()
        scalars["symbol"] = passage.found(symbol, start, end, 0.95)
        if match["serial"] and match["serial"].isdigit():
            year = f"{match['year']}/" if match.groupdict().get("year") else ""
            scalars["number"] = passage.found(f"{match['serial']}/{year}{symbol}", start, end, 0.95)
            if passage.trust < 1:
                scalars["number"] = missing("Bản quét: số văn bản có thể viết tay, xin ghi theo bản gốc.")
        else:
            scalars["number"] = missing("Số văn bản để trống, văn thư cấp khi ban hành.")
        return
    scalars["number"] = missing("Không thấy dòng “Số: …” ở đầu văn bản.")
    scalars["symbol"] = missing("Không thấy dòng “Số: …” ở đầu văn bản.")


def read_date(passages: list[Passage], scalars: dict[str, Found], warnings: list[Remark]) -> None:
    """Fill place, date and date_partial from the line "…, ngày … tháng … năm …"."""
    for passage in passages:
        match = DATED.search(passage.text)
        if match is None or not (match["year"] or match["month"]):
            continue
        start, end = match.span()
        if match["place"] and (place := _place(match["place"])):
            scalars["place"] = passage.found(place, start, end, 0.95)
        year, month, day = match["year"], match["month"], match["day"]
        line = passage.line_at(start)
        if match["extra"] or (year and not 1945 <= int(year) <= 2100):
            shown = f"{year}{match['extra']}"
            warnings.append(
                Remark("wrong_year", f"Văn bản ghi năm {shown}, không có trong lịch.", line.page, line.number)
            )
            scalars["date"] = missing(f"Văn bản ghi năm {shown}, không có trong lịch; máy không tự sửa.")
            return
        if year and month and 1 <= int(month) <= 12:
            scalars["date_partial"] = passage.found(f"{year}-{int(month):02d}", start, end, 0.95)
        elif year:
            scalars["date_partial"] = passage.found(year, start, end, 0.9)
        if year and month and day:
            full = DAY.search(passage.text, match.start("day") - 1 if match.start("day") else 0)
            value = iso_day(full) if full else None
            if value:
                scalars["date"] = passage.found(value, start, end, 0.95)
                return
            warnings.append(
                Remark("no_such_day", f"Ngày {day}/{month}/{year} không có trong lịch.", line.page, line.number)
            )
            scalars["date"] = missing(f"Ngày {day}/{month}/{year} không có trong lịch; máy không tự sửa.")
            return
        scalars["date"] = missing("Ngày để trống, văn thư điền khi ban hành.")
        return
    scalars["date"] = missing("Không thấy dòng địa danh, ngày tháng ở đầu văn bản.")


def _place(text: str) -> str | None:
    """The place before "ngày"; letters of the motto or of the agency that share the line are cut off."""
    folded = fold(text)
    for match in MOTTO.finditer(folded):
        text = text[match.end() :] if match.end() <= len(text) else text
        folded = fold(text)
    text = text.strip(" ,.-–_")
    words = text.split()
    while words and (len(words[0]) > 1 and words[0].isupper() and len(words) > 1):
        words.pop(0)
    return " ".join(words) if words and 0 < len(words) <= 5 else None


def read_title(head: Head, scalars: dict[str, Found]) -> None:
    """The lines below the title word are the title; what they quote is the theme."""
    parts = list(head.title)
    if head.title_word is not None and squeeze(head.title_word.text) not in TITLE_WORDS:
        parts.insert(0, head.title_word)  # "KẾ HOẠCH Phát động phong trào …" on one line
    if not parts:
        scalars["title"] = missing("Không thấy tên kế hoạch ở đầu văn bản.")
        return
    title = re.sub(
        r"^(?:KẾ HOẠCH|CHỈ THỊ|PHÁT ĐỘNG)\s+(?=[A-ZĐ][a-zà-ỹ])", "", " ".join(part.text for part in parts)
    ).strip(" -_")
    line = parts[0].line_at(0)
    scalars["title"] = Found(title, title, line.page, line.number, round(0.92 * parts[0].trust, 2))
    scalars["theme"] = theme_in(title, parts[0])


def theme_in(title: str, passage: Passage) -> Found:
    """The theme quoted in a title, placed at `passage`; missing with its reason when nothing is quoted."""
    after = re.search(r"chủ đề|phong trào|thi đua", title, re.IGNORECASE)
    span = quoted_span(title, after.start() if after else 0) or quoted_span(title)
    line = passage.line_at(0)
    if span is None:
        return missing("Tên kế hoạch không có chủ đề trong ngoặc kép.")
    start, end, closed = span
    words = title[start:end].strip(" .,;")
    confidence = (0.92 if closed else 0.6) * passage.trust
    return Found(words, title[start - 1 : end + 1], line.page, line.number, round(confidence, 2))
