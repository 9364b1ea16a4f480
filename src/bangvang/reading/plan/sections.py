"""The lists of a plan: what stands below each heading becomes purposes, contents, criteria, duties …"""

import re

from bangvang.reading.plan.draft import Found
from bangvang.reading.plan.outline import PLAIN, Node
from bangvang.reading.plan.passages import Passage
from bangvang.reading.text_cleaning import fold

GROUPS = (
    ("collective", re.compile(r"\b(?:tap the|don vi|phong|co quan|to chuc)\b")),
    ("individual", re.compile(r"\bca nhan\b|cong chuc|can bo")),
)
POINTS = re.compile(r"[(\[]?\s*(?:tối đa\s*)?(?P<points>\d{1,3}(?:,\d{1,2})?)\s*điểm\s*[)\]]?")
QUANTITY = re.compile(
    r"(?P<operator>ít nhất|tối thiểu|từ|trên|hơn|dưới|không quá|tối đa|đạt"
    r"|phấn đấu)?\s*(?P<number>\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)\s*"
    r"(?P<unit>%|tỷ đồng|triệu đồng|đồng|sáng kiến|hồ sơ|mô hình|công trình|lượt|người|ngày|bài|buổi|lớp"
    r"|đơn vị|[a-zà-ỹđ]+(?:\s[a-zà-ỹđ]+)?)"
)
OPERATORS = {
    "ít nhất": ">=",
    "tối thiểu": ">=",
    "từ": ">=",
    "trên": ">",
    "hơn": ">",
    "dưới": "<",
    "không quá": "<=",
    "tối đa": "<=",
}
ACTOR_ENDS = re.compile(
    r",?\s(?:có trách nhiệm|chịu trách nhiệm|chủ trì|căn cứ|theo dõi|phối hợp|tham mưu|đôn đốc|tổ chức"
    r"|xây dựng|hướng dẫn|tuyên truyền"
    r"|tổng hợp|quán triệt|đăng ký|gửi|báo cáo|triển khai|thực hiện|phổ biến|tiếp nhận|thẩm định|bố trí"
    r"|là đầu mối|là cơ quan|đẩy mạnh"
    r"|tăng cường|chỉ đạo|kiểm tra|tiến hành|lựa chọn|bình xét|tập trung|cụ thể hóa|vận động|phát động"
    r"|đăng tải|đưa tin|đề xuất|giám sát"
    r"|kịp thời|nghiêm túc|thống kê|niêm yết|tự|giúp|tiếp tục|ghi nhận|công bố|quyết định|đánh giá|công khai"
    r"|nhân rộng|biểu dương|phát hiện|động viên|hỗ trợ|chấp hành|cung cấp|phân công|duy trì|nắm bắt|phải|cần"
    r"|được giao|có nhiệm vụ|trên cơ sở|thường xuyên|chuẩn bị|rà soát|lập|bảo đảm|đảm bảo|hằng|hàng|cân đối"
    r"|khẩn trương|mở|chấm|ký|làm|nộp|trình|trao|cử|huy động|bám sát|giới thiệu)\b"
)
NAME_OF_OFFICE = re.compile(
    r"(?P<office>(?:Phòng|Ban|Vụ|Cục|Chi cục|Sở|Văn phòng|Tổ)\s[^,;:.]{0,40}?\s?(?:xây dựng|kiểm tra|giám sát"
    r"|tổ chức|thực hiện))\s"
    r"(?:chủ trì|có trách nhiệm|chịu trách nhiệm|phối hợp|tham mưu|là (?:cơ quan|đầu mối))"
)
ASKED = re.compile(r"^(?:Giao(?: cho)?|Đề nghị|Yêu cầu|Đối với)\s+")
ACTOR = re.compile(
    r"^(?:Thủ trưởng|Trưởng|Giám đốc|Chủ tịch|Văn phòng|Sở|Ban|Phòng|Các\s|Hội|Công đoàn|Đoàn|Ủy ban|Uỷ ban"
    r"|UBND|Chánh|Cục|Chi cục|Mặt trận"
    r"|Liên đoàn|Trung tâm|Báo|Đài|Cơ quan|Tổ|Thường trực|Bộ phận|Lãnh đạo|Kho bạc|Công an|Thanh tra|Bảo hiểm"
    r"|Khối|Cụm|Đơn vị|Tập thể|Hiệu trưởng|Viện|Ngân hàng|Mỗi|Toàn thể)"
)


def nodes_about(root: Node, subject: str) -> list[Node]:
    """Nodes whose nearest heading names the subject, headings included, in the order of the document."""
    return [node for node in root.walk() if subject in node.subject()]


def items_of(root: Node, subject: str) -> list[Found]:
    """The items below the headings of a subject; text beside the heading is one item; sub-items join their item."""
    found: list[Found] = []
    for heading in root.walk():
        if subject not in heading.subjects:
            continue
        alone = heading.subjects == [subject]
        if not alone and any(subject in child.subjects for child in heading.children):
            continue  # the sub-heading of its own holds the items
        if not alone and subject in heading.subjects[1:] and any(child.subjects for child in heading.children):
            continue
        if not alone and subject != heading.subjects[0] and heading.children:
            continue  # one flat list below two subjects goes to the first; the others are split elsewhere
        if heading.rest and heading.passage is not None and subject == heading.subjects[0]:
            found.append(heading.passage.found(heading.rest, heading.rest_at, None, 0.88))
        found += [_item(node) for node in _item_nodes(heading)]
    return found


def _item_nodes(heading: Node) -> list[Node]:
    children = [child for child in heading.children if not child.subjects]
    marked = [child for child in children if child.depth < PLAIN]
    if marked:
        shallow = min(child.depth for child in marked)
        # A paragraph before the list introduces it; a list of dashes below a numbered one belongs to its items.
        return [child for child in marked if child.depth == shallow]
    plain = [child for child in children if len(child.text) > 3]
    if len(plain) > 1 and plain[0].text.rstrip().endswith(":"):
        return plain[1:]
    return plain


def _item(node: Node) -> Found:
    assert node.passage is not None
    below = [child.text for child in node.walk() if child is not node and child.passage is not None]
    text = "\n".join([node.text, *below])
    return node.passage.found(text, node.passage.body_at, None, 0.9 if node.passage.level else 0.75)


def split_purposes(flat: list[Found]) -> tuple[list[Found], list[Found]]:
    """A flat list below "Mục đích, yêu cầu": items that say what must be are requirements, at lower confidence."""
    purposes, requirements = list[Found](), list[Found]()
    for item in flat:
        opening = " ".join(fold(str(item.value)).split()[:14])
        must = re.search(
            r"\bphai\b|^yeu cau|^(?:viec|to chuc|cong tac|phong trao|cac)\b.*(?:can|bao dam|dam bao|duoc)\b"
            r"|^(?:bao dam|dam bao)",
            opening,
        )
        target = requirements if must else purposes
        target.append(Found(item.value, item.quote, item.page, item.line, min(item.confidence, 0.6)))
    return purposes, requirements


def criteria_of(root: Node) -> dict[str, list[Found]]:
    """Criteria by whom they judge; points where the text gives them."""
    groups: dict[str, list[Found]] = {"collective": [], "individual": [], "other": []}
    for heading in root.walk():
        if "criteria" not in heading.subjects:
            continue
        if heading.rest and heading.passage is not None:
            groups[_group(heading)].append(_criterion(heading.passage, heading.rest, heading.rest_at))
        _collect(heading, groups, None)
    return groups


def _collect(heading: Node, groups: dict[str, list[Found]], group: str | None) -> None:
    for child in heading.children:
        if child.subjects or child.passage is None:
            continue
        own = _group(child) if child.heading else "other"
        here = own if own != "other" else group
        if child.children and (child.heading or child.text.rstrip().endswith(":")):
            _collect(child, groups, here)
        elif (child.heading and child.text.rstrip().endswith(":")) or child.passage.source == "row":
            continue
        elif (
            child.depth == PLAIN
            and any(other.depth < PLAIN for other in heading.children)
            and heading.children[0] is child
        ):
            continue  # the paragraph that introduces the groups
        else:
            text = "\n".join(node.text for node in child.walk())
            by_words = group_of_words(fold(child.text)[:40]) if here is None else here
            groups[by_words or "other"].append(_criterion(child.passage, text, child.passage.body_at))


def _group(node: Node) -> str:
    return group_of_words(fold(node.heading)) or "other"


def group_of_words(folded: str) -> str | None:
    """collective or individual where folded words open with whom they judge; None where they name both or neither."""
    if not re.match(
        r"(?:\W|doi voi|tieu chi|tieu chuan|cho|khen|ve|danh|cac)*\s*(?:tap the|ca nhan|don vi|phong|co quan"
        r"|can bo, cong)",
        folded,
    ):
        return None
    hits = [name for name, pattern in GROUPS if pattern.search(folded)]
    return hits[0] if len(hits) == 1 else None


def _criterion(passage: Passage, text: str, offset: int) -> Found:
    points = POINTS.search(text)
    number = float(points["points"].replace(",", ".")) if points else None
    return passage.found({"text": text, "points": number}, offset, None, 0.85)


def indicators_of(root: Node) -> list[Found]:
    """Indicators with operator, number and unit where the words give them; Vietnamese commas are decimal."""
    found = []
    for item in items_of(root, "indicators"):
        match = QUANTITY.search(str(item.value))
        number = float(match["number"].replace(".", "").replace(",", ".")) if match else None
        operator = OPERATORS.get((match["operator"] or "").lower(), "=") if match else None
        value = {
            "text": item.value,
            "operator": operator,
            "number": number,
            "unit": match["unit"].strip() if match else None,
        }
        found.append(Found(value, item.quote, item.page, item.line, item.confidence))
    return found


def duties_of(root: Node) -> list[Found]:
    """Who does what: the actor stands before a colon or opens the sentence; its own list belongs to it."""
    found: list[Found] = []
    for heading in root.walk():
        if "duties" not in heading.subjects:
            continue
        nodes = _item_nodes(heading)
        if heading.rest and heading.passage is not None:
            found.append(_duty(heading.passage, heading.rest, heading.rest_at))
        for node in nodes:
            if node.passage is None or re.match(
                r"^(?:Trên đây là|Trong quá trình|Đề nghị các .{0,80}triển khai thực hiện\.?/)", node.text
            ):
                continue
            text = "\n".join(part.text for part in node.walk() if part.passage is not None)
            found.append(_duty(node.passage, text, node.passage.body_at))
    return found


def _duty(passage: Passage, text: str, offset: int) -> Found:
    return passage.found({"actor": actor_of(text), "text": text}, offset, None, 0.85)


def actor_of(text: str) -> str | None:
    """The body or person that a duty names first; None where the sentence names none."""
    first = text.split("\n")[0]
    colon = first.find(":")
    if 0 < colon < 140 and not re.search(r"\b(?:sau|cụ thể|như)\s*$", first[:colon]):
        return ASKED.sub("", first[:colon]).strip(" ,.")
    opened = ASKED.sub("", first)
    if not ACTOR.match(opened):
        return None if "\n" not in text else (opened.strip(" ,.;:") if len(opened.split()) <= 14 else None)
    end = ACTOR_ENDS.search(opened)
    if end is None and "\n" in text and len(opened.split()) <= 14:
        return opened.strip(" ,.;:")
    if end and (inside := NAME_OF_OFFICE.match(opened)):  # "Phòng Quản lý xây dựng chủ trì …"
        end = ACTOR_ENDS.search(opened, inside.end("office"))
    actor = opened[: end.start()] if end else ""
    return actor.strip(" ,") if 0 < len(actor.split()) <= 30 else None
