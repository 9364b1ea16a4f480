"""Award forms that a plan offers: names in words become codes, each with its giver, class and standard."""

import re

from bangvang.reading.plan.draft import Found
from bangvang.reading.plan.outline import Node
from bangvang.reading.plan.passages import Passage

CLASSES = {"nhat": 1, "nhi": 2, "ba": 3}
CLASS_NAMES = {1: "first", 2: "second", 3: "third"}
# On folded text; the longest name first where one holds another.
NAME = re.compile(
    r"(?P<labour>huan chuong lao dong)|(?P<independence>huan chuong doc lap)"
    r"|(?P<national_fighter>chien si thi dua toan quoc)|(?P<province_fighter>chien si thi dua (?:cap )?(?:bo"
    r"|nganh|tinh|thanh pho)\b(?:, (?:tinh|bo|nganh))*)"
    r"|(?P<base_fighter>chien si thi dua co so)|(?P<advanced>lao dong tien tien)"
    r"|(?P<excellent_team>tap the lao dong xuat sac)|(?P<advanced_team>tap the lao dong tien tien)"
    r"|(?P<flag>co thi dua)|(?P<commendation>bang khen)|(?P<certificate>giay khen)|(?P<medal>ky niem chuong)"
)
CODES = {
    "national_fighter": "national_emulation_fighter",
    "province_fighter": "ministry_province_emulation_fighter",
    "base_fighter": "grassroots_emulation_fighter",
    "advanced": "advanced_worker",
    "excellent_team": "excellent_collective",
    "advanced_team": "advanced_collective",
    "medal": "commemorative_medal",
}
CLASS = re.compile(
    r"^[\s,]*(?:hang|hạng)\s*(?P<class>nhat|nhi|ba)((?:\s*,\s*|\s+va\s+|\s+hoac\s+)(?:hang\s*)?(?:nhat|nhi|ba))*"
)
GIVER = re.compile(
    r"[\s,]*(?:cua|do|cap|la cua)?\s*(?:(?P<prime>thu tuong)|(?P<government>chinh phu)"
    r"|(?P<ministry>(?:bo truong|bo\b|cap bo|nganh|tong cuc|thong doc|tong lien doan|trung uong))"
    r"|(?P<province>(?:chu tich )?(?:ubnd|uy ban nhan dan) (?:cac )?(?:tinh|thanh pho)|tinh\b|cap tinh"
    r"|ubnd tp|chu tich tinh|thanh pho)"
    r"|(?P<unit>(?:tong )?giam doc|so\b|thu truong|cuc truong|chi cuc|cuc\b|co quan|don vi|chu tich (?:ubnd"
    r"|uy ban nhan dan|hoi|lien doan|cong doan)|(?:ubnd|uy ban nhan dan) (?:huyen|xa|phuong|thi xa|cap)"
    r"|hieu truong"
    r"|truong|chu tich|hoi|lien doan|cong doan|ban\b))"
)
RECEIVED = re.compile(r"\b(?:da (?:tung )?(?:duoc|vinh du|don)|tung duoc|vinh du (?:duoc|don))")
EXCLUDED = re.compile(r"(?:khong (?:xet|de nghi|khen)|truong hop da duoc)")


def award_names(folded: str) -> list[tuple[int, int, dict[str, object]]]:
    """Award forms named in folded text: start, end and {code, issuer, class}; "cấp bộ, cấp tỉnh" gives two."""
    found: list[tuple[int, int, dict[str, object]]] = []
    for match in NAME.finditer(folded):
        group = match.lastgroup or ""
        start, end = match.span()
        after = folded[end : end + 80]
        if group in ("labour", "independence"):
            code, end, classes = f"{group}_order", end, _classes(after)
            if classes:
                found += [
                    (
                        start,
                        end + _class_ends(after),
                        {"code": f"{code}_{CLASS_NAMES[one]}", "issuer": None, "class": one},
                    )
                    for one in classes
                ]
            else:
                found.append((start, end, {"code": code, "issuer": None, "class": None}))
        elif group in ("flag", "commendation", "certificate"):
            found += [(start, end, value) for value in _given(group, after, folded[max(0, start - 90) : start])]
        else:
            issuer = {"province_fighter": None, "base_fighter": None}.get(group)
            found.append((start, end, {"code": CODES[group], "issuer": issuer, "class": None}))
    return found


def _giver_before(before: str) -> re.Match[str] | None:
    """Who gives, where the giver stands first: "đề nghị Chủ tịch UBND tỉnh tặng Bằng khen"."""
    clause = re.split(r"[;.:]|\b(?:de nghi|trinh|cho|hoac|duoc)\b", before)[-1]
    verb = re.search(r"\b(?:xet |quyet dinh |khen )?(?:tang|trao tang|tang thuong|cap|trao)\b(?: thuong)?\s*$", clause)
    if verb is None:
        return None
    nearest = clause[: verb.start()].rfind(",", 0, max(verb.start() - 2, 0)) + 1
    for begin in dict.fromkeys((nearest, 0)):  # the words after the last comma first
        starts = (at.start() for at in re.finditer(r"\b(?=[a-z])", clause[: verb.start()]) if at.start() >= begin)
        if giver := next((found for at in starts if (found := GIVER.match(clause, at, verb.start()))), None):
            return giver
    return None


def _classes(after: str) -> list[int]:
    match = CLASS.match(after)
    return [CLASSES[word] for word in re.findall(r"nhat|nhi|\bba\b", match[0])] if match else []


def _class_ends(after: str) -> int:
    match = CLASS.match(after)
    return match.end() if match else 0


def _given(group: str, after: str, before: str) -> list[dict[str, object]]:
    match = GIVER.match(after) or _giver_before(before)
    if group == "certificate":
        return [{"code": "unit_commendation", "issuer": "unit" if match else None, "class": None}]
    own = "ministry_province_flag" if group == "flag" else "ministry_province_commendation"
    state = "government_flag" if group == "flag" else "prime_minister_commendation"
    both = re.match(
        r"^\s*(?:cua )?(?:cap )?(?:bo|bo, nganh|bo, ban, nganh)\s*(?:,|va|hoac)\s*(?:cap )?(?:tinh|ubnd tinh"
        r"|chu tich ubnd tinh)",
        after,
    )
    if both:
        return [{"code": own, "issuer": one, "class": None} for one in ("ministry", "province")]
    giver = match.lastgroup if match else None
    if giver in ("prime", "government"):
        return [{"code": state, "issuer": None, "class": None}]
    return [
        {
            "code": own,
            "issuer": giver if giver in ("ministry", "province") else ("other" if giver else None),
            "class": None,
        }
    ]


def awards_offered(nodes: list[Node]) -> list[Found]:
    """The forms named below headings on awards, once each, in order; the standard where one follows the name."""
    found: dict[tuple[object, ...], Found] = {}
    standards: dict[tuple[object, ...], str] = {}
    for node in nodes:
        passage = node.passage
        if passage is None or EXCLUDED.search(passage.folded):
            continue
        if RECEIVED.search(passage.folded) and not NAME.match(passage.folded, passage.body_at):
            continue
        for start, end, value in award_names(passage.folded):
            key = (value["code"], value["issuer"], value["class"])
            standard = _standard(node, passage, end)
            if standard and key not in standards:
                standards[key] = standard
            if key not in found and not (value["issuer"] is None and _is_named_again(value, found)):
                text = passage.text[start : _name_end(passage, end)].strip(" ;,.:")
                confidence = (
                    0.9
                    if value["issuer"]
                    or value["code"]
                    not in ("ministry_province_commendation", "unit_commendation", "ministry_province_flag")
                    else 0.6
                )
                found[key] = passage.found({**value, "text": text, "standard": None}, start, None, confidence)
    return [
        Found({**item.value, "standard": standards.get(key)}, item.quote, item.page, item.line, item.confidence)
        for key, item in found.items()
    ]


OFFERED = re.compile(r"\b(?:se|xet|de nghi|de xuat|xem xet|lua chon|binh xet|trinh)\b.{0,120}(?:tang|khen thuong|khen)")


def awards_promised(passages: list[Passage]) -> list[Found]:
    """Forms promised in running text ("… sẽ xét tặng Giấy khen"), at lower confidence; nothing that was received."""
    offering = [one for one in passages if OFFERED.search(one.folded) and not RECEIVED.search(one.folded)]
    forms = awards_offered([Node(one, 0) for one in offering])
    return [Found(form.value, form.quote, form.page, form.line, min(form.confidence, 0.6)) for form in forms]


def _is_named_again(value: dict[str, object], found: dict[tuple[object, ...], Found]) -> bool:
    """ "Bằng khen" without giver, after a Bằng khen with one, speaks of the same form."""
    if value["class"] is not None:
        return False  # "hạng Nhì, hạng Ba" are two forms
    family = str(value["code"]).replace("_first", "").replace("_second", "").replace("_third", "")
    return any(str(code).startswith(family) for code, *_rest in found)


def _name_end(passage: Passage, end: int) -> int:
    match = re.compile(r"[;:.,(]|\s(?:cho|để|Để|và|theo|đối với|thực hiện)\b").search(passage.text, end)
    return match.start() if match else len(passage.text)


def _standard(node: Node, passage: Passage, end: int) -> str | None:
    """Words after "Bằng khen …:" on the line, or the items below a heading that is an award's name."""
    colon = re.compile(r"^[^:;.]{0,60}:\s*(?P<words>\S.{15,})$", re.DOTALL).match(passage.text[end:])
    if colon and not re.match(r"(?:hình thức|gồm|bao gồm)", passage.text[end:].strip(), re.IGNORECASE):
        return colon["words"].strip()
    given = re.search(r"\b(?:Để tặng|Đề tặng|tặng cho|xét tặng cho|dành cho|cho các|cho)\b.{15,}$", passage.text[end:])
    if given and passage.level in ("dash", "letter", "number", "plus", "deep"):
        return given[0].strip(" .;")
    if node.children and (passage.level or node.heading):
        below = " ".join(child.text for child in node.children if child.passage is not None)
        return (
            below
            if len(below) > 15 and not award_names(node.children[0].passage.folded if node.children[0].passage else "")
            else None
        )
    return None
