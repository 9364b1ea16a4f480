"""Which references are the bases of a paper, and which it only mentions."""

import re

from bangvang.reading.plan.citations import Citation, citations_in
from bangvang.reading.plan.draft import Found
from bangvang.reading.plan.news import BASIS_VERB
from bangvang.reading.plan.passages import Passage

BASIS = re.compile(
    r"^\W*(?:Căn cứ|Thực hiện|Theo|Xét|Hưởng ứng|Trên cơ sở|Tiếp tục thực hiện|Để thực hiện|Triển khai)\b"
)
# A reference after these words stands inside the title of another, or is only where something was said.
NESTED = re.compile(
    r"(?:thực hiện|theo|tại|về|sửa đổi|bổ sung|hướng dẫn|ban hành|kèm theo|triển khai|thi hành|quy định|của"
    r"|thay thế|việc)"
    r"(?:\s(?:các|một số điều của|nội dung))?\s*$"
)
NO_BASIS = ("Tờ trình", "Báo cáo")


def bases_and_others(intro: list[Passage], body: list[Passage], own: str | None) -> tuple[list[Found], list[Found]]:
    """What the paper stands on ("Căn cứ", "Thực hiện" above the body) and what else it names; its own number is neither."""
    bases: list[Found] = []
    others: list[Found] = []
    seen: set[str] = {own} if own else set()
    for passage in intro:
        begins = bool(BASIS.match(passage.text))
        for cited in citations_in(passage.text):
            key = cited.number or f"{cited.type} {cited.date} {cited.title}"
            if key in seen:
                continue
            seen.add(key)
            before = passage.text[max(0, cited.start - 60) : cited.start]
            nested = bool(NESTED.search(before)) and not BASIS.fullmatch(before.strip())
            led = begins or bool(BASIS_VERB.search(before))
            if led and not nested and cited.type not in NO_BASIS:
                bases.append(reference(passage, cited, 0.9))
            else:
                others.append(reference(passage, cited, 0.7))
    for passage in body:
        for cited in citations_in(passage.text):
            key = cited.number or f"{cited.type} {cited.date} {cited.title}"
            if key not in seen:
                seen.add(key)
                others.append(reference(passage, cited, 0.75))
    return bases, others


def reference(passage: Passage, cited: Citation, confidence: float) -> Found:
    """The reference with the words it stands in."""
    return passage.found(cited.as_value(), cited.start, cited.end, confidence)
