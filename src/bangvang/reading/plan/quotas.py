"""How many may be rewarded: counts for collectives and individuals, or a share."""

import re
from itertools import pairwise

from bangvang.reading.plan.draft import Found
from bangvang.reading.plan.outline import Node
from bangvang.reading.plan.passages import Passage

COLLECTIVE = re.compile(r"(?P<count>\d{1,4})\s*(?:\([^)]*\)\s*)?(?:tập thể|đơn vị)")
INDIVIDUAL = re.compile(r"(?P<count>\d{1,4})\s*(?:\([^)]*\)\s*)?(?:cá nhân|công chức|người)")
EITHER = re.compile(r"(?P<count>\d{1,4})\s*(?:trường hợp|tập thể hoặc cá nhân)")
RATIO = re.compile(r"(?:không quá|tối đa|không vượt quá|tỷ lệ|tỉ lệ|bằng)\D{0,30}(?P<share>\d{1,3}(?:,\d+)?)\s*%")


def quotas_of(nodes: list[Node]) -> list[Found]:
    """One item for each clause below headings on awards or numbers that gives a count or a share."""
    found: list[Found] = []
    for node in nodes:
        passage = node.passage
        if passage is None:
            continue
        cuts = [0, *(match.end() for match in re.finditer(r";\s|\.\s(?=[A-ZĐ])", passage.text)), len(passage.text)]
        for start, end in pairwise(cuts):
            if quota := _quota(passage, start, end):
                found.append(quota)
    return found


def _quota(passage: Passage, start: int, end: int) -> Found | None:
    clause = passage.text[start:end]
    collective, individual = COLLECTIVE.search(clause), INDIVIDUAL.search(clause)
    either, ratio = EITHER.search(clause), RATIO.search(clause)
    if not (collective or individual or either or ratio):
        return None
    first = min(match.start() for match in (collective, individual, either, ratio) if match)
    who = clause[:first].strip(" -+:,;.")
    who = re.sub(r"^\W*(?:\d+[.)]|[a-zđ]\))\s*", "", who)
    who = re.sub(
        r"[\s:,]*(?:được|đề nghị|lựa chọn|chọn|xét chọn|không quá|tối đa|số lượng|gồm|tỷ lệ|xét|khen thưởng"
        r"|là|cho|khen|tặng)*\s*$",
        "",
        who,
    )
    value = {
        "who": who or None,
        "collective": int(collective["count"]) if collective else None,
        "individual": int(individual["count"]) if individual else None,
        "ratio": float(ratio["share"].replace(",", ".")) / 100 if ratio else None,
    }
    if not (
        collective or individual or ratio
    ):  # "01 trường hợp (tập thể hoặc cá nhân)": which of the two, a person says
        line = passage.line_at(start)
        return Found(
            value, clause.strip(), line.page, line.number, 0.4, f"Văn bản ghi {either[0]}." if either else None
        )
    return passage.found(value, start, end, 0.75)
