"""References to documents inside a text: type, number, date, issuer and title, each where it stands."""

import re
from dataclasses import dataclass

from bangvang.reading.plan.dates import DAY, iso_day
from bangvang.reading.text_cleaning import clean

TYPES = (
    "Thông tư liên tịch|Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định|Chỉ thị|Kế hoạch|Hướng dẫn"
    "|Công văn|Thông báo|Kết luận|Quy định|Quy chế|Chương trình|Báo cáo|Tờ trình|Đề án|Công điện|Văn bản|Thông tri"
    "|Quy chế|Lời kêu gọi"
)
STATE_NUMBER = (
    r"(?<![\d/.,-])(?P<serial>\d{1,5})\s*/\s*(?:(?P<year>(?:19|20)\d{2})\s*/\s*)?"
    r"(?P<symbol>(?!\d)[A-ZĐƯ][A-Za-zĐđƯư]*\d{0,2}(?:\s?[-–—&.]\s?[A-ZĐƯ][A-Za-zĐđƯư&]*)*)"
)
PARTY_NUMBER = (
    r"(?<![\d/.,-])(?P<party_serial>\d{1,4})\s?[-–—]\s?(?P<party_type>[A-ZĐ]{2,4}[A-Za-z]?)\s?/\s?"
    r"(?P<party>[A-ZĐ]{2,6})\b"
)
CITED = re.compile(
    rf"(?:\b(?P<type>{TYPES}|[Cc]ông văn|[Kk]ế hoạch|[Qq]uyết định)\s+)?(?:[Ss]ố\s*:?\s*)?(?:{STATE_NUMBER}"
    rf"|{PARTY_NUMBER})"
)
NUMBER_LIKE = re.compile(r"\d\s*/\s*[A-ZĐƯ]|/\s*(?:19|20)\d{2}\s*/|\d\s?[-–—]\s?[A-ZĐ]{2}")
LAW = re.compile(
    rf"\b(?P<type>Luật|Bộ luật|Pháp lệnh)\s+(?P<name>(?:[A-ZĐ]"
    rf"|sửa đổi)[^;.()]{{3,120}}?)\s*,?\s*(?:{DAY.pattern})"
)
AFTER_NUMBER = re.compile(rf"\s*,?\s*\(?\s*(?:{DAY.pattern})", re.IGNORECASE)
ISSUER = re.compile(
    r"\s*,?\s*\)?\s*của\s+(?P<issuer>.+?)(?=\s*(?:[;.,()“\"]|\s(?:về|ban hành|quy định|hướng dẫn|phê duyệt"
    r"|sửa đổi|triển khai"
    r"|phát động|tổ chức|thực hiện|giao|công bố|yêu cầu|v/v|đã|được|và\s(?:[Cc]ăn cứ|Kế hoạch|Quyết định|Nghị"
    r"|Thông tư|Luật))\b|$))"
)
TITLE = re.compile(
    r"\s*,?\s*(?P<title>(?:về|v/v|quy định|hướng dẫn|ban hành|phê duyệt|sửa đổi|triển khai|phát động|tổ chức|thực hiện"
    r"|giao|công bố)\b.+?)\s*(?=;|\.\s|\.?/?\.?$|$)"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference; `start` and `end` are offsets in the text searched. `number` None where there is none."""

    start: int
    end: int
    type: str | None
    number: str | None
    symbol: str | None
    date: str | None
    issuer: str | None
    title: str | None

    def as_value(self) -> dict[str, str | None]:
        """The object that issue 5 gives for legal_bases and other_references."""
        return {
            "type": self.type,
            "number": self.number,
            "date": self.date,
            "issuer": self.issuer,
            "title": self.title,
        }


def canonical_symbol(symbol: str) -> str:
    """A symbol without blanks and with plain hyphens: "UBND – NV" is UBND-NV."""
    return re.sub(r"\s*[-–—]\s*", "-", symbol).replace(" ", "").strip("-.")


def citations_in(text: str) -> list[Citation]:
    """All references, in order; numbers that are no document numbers (11/6/1948, 5K, ISO 9001) do not match."""
    cited: list[Citation] = []
    if "/" in text and NUMBER_LIKE.search(text):  # most passages hold no number at all, or only dates
        cited = [_numbered(text, match) for match in CITED.finditer(text) if _is_document(match)]
    if "uật" not in text and "Pháp lệnh" not in text:
        return cited
    taken = [(one.start, one.end) for one in cited]
    for match in LAW.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            cited.append(_law(text, match))
    return sorted(cited, key=lambda one: one.start)


def _is_document(match: re.Match[str]) -> bool:
    if match["party"]:
        return True
    symbol = match["symbol"]
    if not re.search(r"[A-ZĐƯ]{2}", symbol):
        return False
    # "3/TP" after no type word is a fraction or an address more often than a document.
    return bool(match["type"] or match["year"] or "-" in canonical_symbol(symbol) or "ố" in match[0])


def _numbered(text: str, match: re.Match[str]) -> Citation:
    if match["party"]:
        symbol = f"{match['party_type']}/{match['party']}"
        number = f"{match['party_serial']}-{symbol}"
    else:
        symbol = canonical_symbol(match["symbol"])
        year = f"{match['year']}/" if match["year"] else ""
        number = f"{match['serial']}/{year}{symbol}"
    kind = match["type"]
    return _completed(text, match.start(), match.end(), kind[0].upper() + kind[1:] if kind else None, number, symbol)


def _law(text: str, match: re.Match[str]) -> Citation:
    name = clean(match["name"])
    issuer = ISSUER.match(text, match.end())
    return Citation(
        match.start(),
        match.end(),
        match["type"],
        None,
        None,
        iso_day(match),
        clean(issuer["issuer"]) if issuer else None,
        name,
    )


def _completed(text: str, start: int, end: int, kind: str | None, number: str, symbol: str) -> Citation:
    date = issuer = title = None
    if match := AFTER_NUMBER.match(text, end):
        date, end = iso_day(match), match.end()
    if match := ISSUER.match(text, end):
        issuer, end = clean(match["issuer"]), match.end()
        if date is None and (match := AFTER_NUMBER.match(text, end)):
            date, end = iso_day(match), match.end()
    if match := TITLE.match(text, end):
        title = clean(match["title"])
    return Citation(start, end, kind, number, symbol, date, issuer, title)
