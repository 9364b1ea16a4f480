"""What sort of document this is; above all whether it offers awards or only tells of awards received."""

import re
from dataclasses import dataclass

from bangvang.reading.plan.header import Head, is_title_word, split_head
from bangvang.reading.plan.passages import Passage
from bangvang.reading.plan.subjects import subjects_of
from bangvang.reading.text_cleaning import fold, squeeze

OTHER_TITLES = (
    "bao cao",
    "quyet dinh",
    "to trinh",
    "thong bao",
    "bien ban",
    "bao cao thanh tich",
    "cong van",
    "giay moi",
    "nghi quyet",
    "huong dan",
    "danh sach",
    "quy che",
    "quy dinh",
    "thong tu",
    "nghi dinh",
    "cong dien",
    "giay khen",
    "hop dong",
    "chuong trinh",
)
CALLS = ("phat dong", "loi keu goi", "thu keu goi", "loi phat dong", "bai phat dong", "thu phat dong", "chi thi")

AWARD = (
    r"(?:huan chuong|co thi dua|bang khen|giay khen|chien si thi dua|lao dong tien tien|lao dong xuat sac"
    r"|anh hung lao dong|danh hieu|ky niem chuong)"
)
RECEIVED = re.compile(
    rf"(?:vinh du|don nhan|trao tang|da duoc|duoc (?:chu tich|thu tuong|bo truong|ubnd|uy ban|giam doc"
    rf"|nha nuoc|chinh phu|tang|cong nhan|nhan)|da nhan|dat duoc|da dat|dat danh hieu|da vinh du"
    rf"|lien tuc duoc|tang thuong|da (?:ky )?(?:quyet dinh )?tang|(?:chinh phu|thu tuong|chu tich nuoc"
    rf"|ubnd tinh) tang)"
    rf".{{0,140}}?{AWARD}|{AWARD}.{{0,60}}(?:da duoc trao|duoc trao|da trao)"
)
LOOKING_BACK = re.compile(
    r"thoi gian qua|nhung nam qua|trong \w+ nam qua|nhieu nam lien|nam sau cao hon nam truoc"
    r"|ket qua (?:da )?dat duoc|thanh tich dat duoc|da gop phan|giai doan vua qua"
    r"|nhung ket qua|guong dien hinh|da hoan thanh|da tham muu|ghi nhan nhung|tong ket phong trao|le tong ket"
    r"|le trao|da co \d+"
)
ISSUED = re.compile(
    r"(?:(?:da|vua|ky)\s)?(?:ban hanh|xay dung|co|trien khai)\s(?:va trien khai\s)?(?:ke hoach|chi thi"
    r"|cong van|huong dan)\s(?:so\s*:?\s*\d|phat dong|to chuc|trien khai|thi dua)"
    r"|ke hoach so\s*\d{1,5}\s*/|ban hanh ke hoach"
)
LAUNCHED = re.compile(
    r"phat dong (?:dot|phong trao|cao diem|thi dua|toi|toan)|(?:dot|phong trao) thi dua (?:dac biet|cao diem"
    r"|chuyen de|nuoc rut)|trien khai (?:thuc hien )?(?:dot|phong trao) thi dua"
)
# The sentence before a list of what is to be done.
LEAD_IN = re.compile(r"(?:noi dung|nhiem vu|giai phap)[^.:]{0,60}(?:sau|gom)[^.:]{0,20}:\s*$")
FORWARD = re.compile(
    r"noi dung (?:thi dua|chu yeu|cu the|trong tam)|(?:tap trung|thuc hien) .{0,60}(?:noi dung"
    r"|nhiem vu) .{0,30}sau|thoi gian (?:thuc hien|phat dong|thi dua|to chuc)|hinh thuc khen thuong"
    r"|muc dich|tieu chi thi dua|yeu cau cac|de nghi cac|se (?:xem xet|lua chon|khen|binh|to chuc|duoc)"
)


# A movement told of after its end: what came of it stands beside the plan that once began it.
ENDED = re.compile(
    r"\bsau (?:hon )?(?:\w+ )?(?:nam|thang|quy)\b|voi nhung ket qua|nhung ket qua (?:do|tren|da)|tang .{0,20}so voi (?:nam|cung ky)"
    r"|nhin lai|qua (?:hon )?\w+ nam"
)
STILL_OFFERS = re.compile(
    r"hinh thuc khen thuong|thoi gian (?:thuc hien|phat dong|thi dua|to chuc)|se (?:xem xet|xet|lua chon|khen|tang|binh)"
    r"|(?:tu|ke tu) .{3,40} den (?:het|khi|ngay|thang|nam)|de nghi .{0,80}(?:tang|khen)|khong qua \d"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """The kind, and the head when it is a whole plan or a call."""

    kind: str
    head: Head


def judge(passages: list[Passage]) -> Judged:
    """One of plan_full, plan_news, launch_call, record_article, other."""
    everything = Head(body=passages)
    if (title := _title_word(passages)) is not None:
        key = squeeze(title.text)
        head = split_head(passages)
        if key in OTHER_TITLES:
            told = "thanh tich" in key and _received([passage.folded for passage in passages])
            return Judged("record_article" if told else "other", everything)
        if _is_call(key) and not (_romans(passages) >= 2 and _has_foot(passages)):
            return Judged("launch_call", head)
        if _has_structure(passages, head):
            return Judged("plan_full", head)
    about = {subject for one in passages if one.level == "roman" for subject in subjects_of(fold(one.body))}
    if len(about) >= 2:  # a piece of a plan, without its head
        return Judged("plan_full", everything)
    body = [passage.folded for passage in passages]
    if _reads_like_call(body):
        return Judged("launch_call", everything)
    return Judged(_kind_of_article(body), everything)


def _kind_of_article(body: list[str]) -> str:
    received, forward = _received(body), _forward(body)
    looking_back = sum(bool(LOOKING_BACK.search(text)) for text in body)
    strong = any(ISSUED.search(text) for text in body) or any(LEAD_IN.search(text) for text in body)
    if received and not strong:
        return "record_article"
    offers = any(STILL_OFFERS.search(text) or LEAD_IN.search(text) for text in body)
    if received and not offers and any(ENDED.search(text) for text in body):
        return "record_article"
    if forward >= 2 and forward * 2 > received + looking_back:
        return "plan_news"
    if received or (looking_back >= 2 and forward < 2):
        return "record_article"
    return "plan_news" if forward >= 2 else "other"


def _received(body: list[str]) -> int:
    return sum(len(RECEIVED.findall(text)) for text in body if re.search(AWARD, text))


def _forward(body: list[str]) -> int:
    """How strongly the text offers a movement: issued, launched, and with contents, period or awards to come."""
    issued = any(ISSUED.search(text) for text in body)
    launched = any(LAUNCHED.search(text) for text in body)
    ahead = len({match[0][:14] for text in body for match in FORWARD.finditer(text)})
    return 2 * issued + launched + min(ahead, 3) if issued or launched else 0


def _title_word(passages: list[Passage]) -> Passage | None:
    for passage in passages[:40]:
        if is_title_word(passage) or (passage.text.isupper() and squeeze(passage.text) in OTHER_TITLES):
            return passage
    return None


def _is_call(key: str) -> bool:
    return any(key == word or key.startswith(word + " ") for word in CALLS)


def _romans(passages: list[Passage]) -> int:
    return sum(passage.level == "roman" for passage in passages)


def _has_foot(passages: list[Passage]) -> bool:
    return any(passage.folded.startswith("noi nhan") for passage in passages)


def _has_structure(passages: list[Passage], head: Head) -> bool:
    """A title word alone may be quoted on a news page: a plan has a number line, sections, or recipients."""
    numbered = any("Số:" in passage.text or "Số :" in passage.text for passage in head.above_title)
    return numbered + (_romans(passages) >= 1) + _has_foot(passages) + bool(head.intro) >= 2


def _reads_like_call(body: list[str]) -> bool:
    """A speech: it addresses its hearers and calls on them, in the first person."""
    addressed = any(
        re.match(r"(?:kinh thua|thua |cac dong chi than men|hoi |than ai gui|kinh gui toan the)", text) for text in body
    )
    calls = sum(
        bool(
            re.search(
                r"\b(?:toi|chung ta|chung toi)\b.{0,80}(?:phat dong|keu goi|de nghi)|tha thiet keu goi"
                r"|trinh trong phat dong|chinh thuc phat dong",
                text,
            )
        )
        for text in body
    )
    return calls >= 1 and (addressed or calls >= 2)
