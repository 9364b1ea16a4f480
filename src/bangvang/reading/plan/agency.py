"""Who issues the plan: from the header's capitals, else from the sentence that issues it, else from the signature."""

import re

from bangvang.reading.plan.draft import Found, missing
from bangvang.reading.plan.header import AGENCY_HEADS, MOTTO
from bangvang.reading.plan.passages import Passage
from bangvang.reading.text_cleaning import fold, looks_upper, squeeze

ORGANISATION = (
    r"(?:Tổng Liên đoàn|Tổng cục|Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Sở|Bộ|Ban|Cục|Chi cục|Tổng cục"
    r"|Liên đoàn|Công đoàn|Hội|Tỉnh ủy|Tỉnh uỷ|Thành ủy"
    r"|Huyện ủy|Đảng ủy|Đảng bộ|Trường|Trung tâm|Bệnh viện|Công ty|Tổng công ty|Tập đoàn|Kho bạc|Bảo hiểm"
    r"|Ngân hàng|Công an"
    r"|Văn phòng|Phòng|Viện|Thanh tra|Đài|Báo|Cụm thi đua|Khối thi đua|Hội đồng|Tòa án|Toà án|Thuế|Hải quan"
    r"|Mặt trận|Đoàn)"
)
NAME = (
    rf"(?<![-/–&])\b(?P<name>{ORGANISATION}\b(?:\s(?!(?:đã|vừa|xây dựng|ban hành|tổ chức|phát động|triển khai|ký"
    rf"|thống nhất|ngày|về|số|yêu cầu|đề nghị)\b)[^\s,;:.()“\"]+(?:,\s(?=[A-ZĐ]))?){{0,12}})"
)
VERBS = (
    r"(?:đã\s|vừa\s|cũng\s)*(?:ký\s)?(?:xây dựng|ban hành|triển khai|tổ chức|phát động|có)(?:\s(?:và|ban hành"
    r"|triển khai|tổ chức))*"
)
ISSUES = re.compile(
    rf"(?:(?:Giám đốc|Chủ tịch|Bộ trưởng|Thủ trưởng|Ban Giám đốc|Lãnh đạo|Cục trưởng|Chi cục trưởng|Hiệu trưởng)\s)?"
    rf"{NAME}\s+{VERBS}\s+(?:\S+\s){{0,4}}?(?:[Kk]ế hoạch|phong trào|đợt thi đua|thi đua|Chỉ thị)"
)


def agency_of_header(above_title: list[Passage], body: list[Passage]) -> Found | None:
    """The issuing agency and the one above it, from the capitals at the top left; None when the header is lost."""
    names: list[tuple[str, Passage]] = []
    for passage in above_title:
        words = _without_motto(passage.text)
        if not words or not looks_upper(words) or squeeze(words) in ("ke hoach", "du thao", "nam", "viet nam"):
            continue
        if names and squeeze(names[-1][0]) in ("uy ban nhan dan", "ubnd", "hoi dong nhan dan", "dang uy"):
            names[-1] = (f"{names[-1][0]} {words}", names[-1][1])  # the place stands on the line below
        elif AGENCY_HEADS.match(words):
            names.append((words, passage))
        elif names and len(words.split()) <= 8:
            names[-1] = (f"{names[-1][0]} {words}", names[-1][1])
    if not names:
        return None
    name, passage = names[-1]
    parent = names[-2][0] if len(names) > 1 else None
    everything = " \n ".join(part.text for part in body)
    value = {
        "name": _in_small_letters(name, everything),
        "parent": _in_small_letters(parent, everything) if parent else None,
    }
    line = passage.line_at(0)
    return Found(
        value, f"{parent} / {name}" if parent else name, line.page, line.number, round(0.93 * passage.trust, 2)
    )


def _without_motto(text: str) -> str:
    folded = fold(text)
    for match in reversed(list(MOTTO.finditer(folded))):
        text = text[: match.start()] + " " + text[match.end() :]
    text = re.sub(r"\b(?:Số|SỐ|Só)\s*:.*$", "", text)
    text = re.sub(r"(?:[A-ZĐ][^\s\d]*\s){1,4}?,?\s*ngày\b.*$", "", text) if "ngày" in text else text
    text = re.sub(r"\s*[-–_*.=]{2,}\s*", " ", text)
    return text.strip(" -–_*.,:")


def _in_small_letters(name: str, everything: str) -> str:
    """The name as the body writes it ("SỞ CÔNG NGHIỆP" → "Sở Công nghiệp"); in capitals where the body is silent."""
    small = everything.lower()
    for spelt in dict.fromkeys(
        (name, re.sub(r"^UBND\b", "ỦY BAN NHÂN DÂN", name), re.sub(r"^[ỦU][YỶ] BAN NHÂN DÂN\b", "UBND", name))
    ):
        at = small.find(spelt.lower())
        while at >= 0:
            written = everything[at : at + len(spelt)]
            if not looks_upper(written):
                return written[0].upper() + written[1:]
            at = small.find(spelt.lower(), at + 1)
    return _committee_in_small_letters(name)


def _committee_in_small_letters(name: str) -> str:
    """ "UBND TỈNH X Y" → "UBND tỉnh X Y": the one kind of name whose capitals are certain."""
    match = re.match(
        r"^(?P<committee>UBND|[ỦU][YỶ] BAN NHÂN DÂN) (?P<level>TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ"
        r"|PHƯỜNG)(?P<place> .+)$",
        name,
    )
    if match is None:
        return name
    committee = match["committee"] if match["committee"] == "UBND" else match["committee"].capitalize()
    return f"{committee} {match['level'].lower()}{match['place'].title()}"


def agency_of_issue(passages: list[Passage], confidence: float = 0.8) -> Found | None:
    """The agency named in the sentence that issues the plan; None when no sentence does."""
    for passage in passages:
        for match in ISSUES.finditer(passage.text):
            name = match["name"].strip(" ,")
            before = passage.text[max(0, match.start() - 12) : match.start()]
            if len(name.split()) < 2 or re.search(r"(?:của|do|với)\s*$", before):
                continue
            return passage.found({"name": name, "parent": None}, match.start(), match.end(), confidence)
    return None


def agency_before(passage: Passage, start: int, confidence: float = 0.85) -> Found | None:
    """The agency that is the subject of "… ban hành Kế hoạch số" whose number begins at `start`; None when unclear."""
    sentence = max(passage.text.rfind(". ", 0, start), passage.text.rfind("; ", 0, start), -1) + 1
    last = None
    for match in re.finditer(NAME + rf"\s+{VERBS}", passage.text[sentence:start]):
        if not re.search(r"(?:của|do|với)\s*$", passage.text[sentence : sentence + match.start()]):
            last = match
    if last is None or len(last["name"].split()) < 2:
        return None
    begin = sentence + last.start()
    return passage.found({"name": last["name"].strip(" ,"), "parent": None}, begin, start, confidence)


def no_agency() -> Found:
    """The answer when neither header, sentence nor signature names the agency."""
    return missing("Không thấy tên cơ quan ban hành.")
