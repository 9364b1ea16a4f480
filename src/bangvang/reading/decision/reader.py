"""A decision from its lines to a DecisionDraft: head, articles, foot, list of the honoured, then what disagrees."""

import re
from dataclasses import dataclass, field

from bangvang.reading.decision.articles import (
    ARTICLE,
    Article,
    articles_of,
    award_items,
    counts_of,
    find_awards,
    money_of,
    named_in_sentence,
)
from bangvang.reading.decision.checks import compare
from bangvang.reading.decision.draft import SCALARS, DecisionDraft
from bangvang.reading.decision.honoured import ListReader
from bangvang.reading.lines import Text
from bangvang.reading.plan.agency import agency_of_header, no_agency
from bangvang.reading.plan.draft import Found, Remark, missing
from bangvang.reading.plan.foot import BODIES, TITLES, signers_of, split_foot
from bangvang.reading.plan.header import read_date, read_number
from bangvang.reading.plan.passages import Passage, passages_of
from bangvang.reading.plan.references import bases_and_others
from bangvang.reading.text_cleaning import fold, looks_upper

TITLE_WORD = re.compile(r"^QUY[ẾÉÊ]T Đ[ỊI]NH\b\s*:?\s*(?P<rest>.*)$")
BASES = re.compile(r"^(?:Căn cứ|Theo |Xét |Thực hiện |Trên cơ sở|Chiếu )")
HEAD_OF_STATE = re.compile(r"^(?:CHỦ TỊCH NƯỚC|THỦ TƯỚNG)")
ANNEX = re.compile(r"^(?:PHỤ LỤC|Phụ lục|DANH SÁCH|Danh sách|BIỂU)\b")

WHY_EMPTY = {
    "signer": "Không thấy phần ký tên.",
    "legal_bases": "Không thấy câu “Căn cứ” nào có số văn bản.",
    "counts": "Các điều không ghi số tập thể, cá nhân.",
    "awards": "Không thấy điều nào tặng danh hiệu, hình thức khen thưởng.",
    "money": "Không thấy số tiền thưởng.",
}


@dataclass(slots=True)
class Parts:
    """A decision cut where its own words cut it."""

    above_title: list[Passage] = field(default_factory=list)
    title: list[Passage] = field(default_factory=list)
    intro: list[Passage] = field(default_factory=list)
    body: list[Passage] = field(default_factory=list)


def read_decision(text: Text) -> DecisionDraft:
    """The draft of a decision. Never raises for what the words say; what is not found is missing with a reason."""
    passages = passages_of(text)
    parts = _cut(passages)
    if parts is None:
        return _no_decision(text)
    body, foot = split_foot(parts.body)
    signed = next((i for i, one in enumerate(foot.passages) if one.source == "row"), len(foot.passages))
    annex = foot.passages[signed:] + foot.annex
    foot.passages = foot.passages[:signed]
    if not annex:
        at = next((i for i, one in enumerate(body) if i and ANNEX.match(one.text) and looks_upper(one.text)), len(body))
        body, annex = body[:at], body[at:]
    articles = articles_of(body)

    draft = DecisionDraft("decision")
    draft.warnings += [Remark("notice", notice) for notice in text.notices]
    _read_head(parts, passages, draft)
    issuer = _issuer(draft.scalars["agency"])
    find_awards(articles, issuer)
    lists = draft.lists
    lists["signer"] = signers_of(foot)
    lists["legal_bases"], lists["other_references"] = bases_and_others(parts.intro, body, draft.scalars["number"].value)
    lists["awards"], lists["counts"], lists["money"] = award_items(articles), counts_of(articles), money_of(articles)
    if lists["awards"]:
        draft.kind = "award_decision"
        reader = _read_list(articles, annex, issuer)
        draft.rows = reader.rows
        lists["counts"] += reader.counts
        compare(draft, reader, annex, body)
    else:
        draft.warnings.append(Remark("no_award", "Quyết định này không tặng danh hiệu hay hình thức khen thưởng nào."))
    for name, why in WHY_EMPTY.items():
        if not lists[name] and name != "awards":
            draft.warnings.append(Remark(f"no_{name}", why))
    if draft.kind == "award_decision" and not draft.rows:
        draft.warnings.append(Remark("no_rows", "Không đọc được tên tập thể, cá nhân nào được khen."))
    return draft


def _cut(passages: list[Passage]) -> Parts | None:
    """The parts of a decision; None where no line says "QUYẾT ĐỊNH"."""
    at = next(
        (i for i, one in enumerate(passages[:60]) if TITLE_WORD.match(one.text) and looks_upper(one.text[:10])), None
    )
    if at is None:
        return None
    parts = Parts(above_title=passages[:at])
    index = at + 1
    rest = TITLE_WORD.match(passages[at].text)
    if rest and rest["rest"]:
        parts.title.append(passages[at])
    while index < len(passages) and index < at + 7 and not _begins_intro(passages[index].text):
        parts.title.append(passages[index])
        index += 1
    while index < len(passages) and not ARTICLE.match(passages[index].text):
        if not TITLE_WORD.fullmatch(passages[index].text):
            parts.intro.append(passages[index])
        index += 1
    parts.body = passages[index:]
    return parts


def _begins_intro(text: str) -> bool:
    if BASES.match(text) or ARTICLE.match(text) or TITLE_WORD.match(text):
        return True
    return looks_upper(text) and bool(TITLES.match(text) or BODIES.match(text) or HEAD_OF_STATE.match(text))


def _read_head(parts: Parts, passages: list[Passage], draft: DecisionDraft) -> None:
    scalars = draft.scalars
    read_number(parts.above_title, scalars)
    read_date(parts.above_title, scalars, draft.warnings)
    for name in ("place", "date_partial", "date"):
        scalars.setdefault(name, missing("Không thấy dòng địa danh, ngày tháng ở đầu văn bản."))
    scalars["agency"] = agency_of_header(parts.above_title, passages[len(parts.above_title) :]) or no_agency()
    title = " ".join(TITLE_WORD.sub(r"\g<rest>", one.text) for one in parts.title).strip(" -_")
    if title:
        line = parts.title[0].line_at(0)
        scalars["title"] = Found(title, title, line.page, line.number, round(0.92 * parts.title[0].trust, 2))
    else:
        scalars["title"] = missing("Không thấy trích yếu dưới chữ “QUYẾT ĐỊNH”.")


def _issuer(agency: Found) -> str | None:
    """Who decides, as the issuer of an award without giver: ministry, province or unit."""
    if agency.value is None:
        return None
    name = fold(agency.value["name"])
    if re.match(r"(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho)", name) and agency.value["parent"] is None:
        return "province"
    return "ministry" if name.startswith("bo ") and not name.startswith(("bo chi huy", "bo tu lenh")) else "unit"


def _read_list(articles: list[Article], annex: list[Passage], issuer: str | None) -> ListReader:
    giving = [article for article in articles if article.gives]
    awards = list(dict.fromkeys(award for article in giving for _at, award in article.awards))
    reader = ListReader(issuer, awards)
    for article in giving:
        reader.award = article.awards[0][1] if len({one for _at, one in article.awards}) == 1 else None
        reader.subject = None
        for passage in article.passages[1:]:
            reader.read(passage, confidence=0.85)
        reader.close()
    reader.award = reader.subject = reader.columns = None
    for passage in annex:
        reader.read(passage)
    reader.close()
    if not reader.rows:
        reader.rows += [row for article in giving for row in named_in_sentence(article)]
    return reader


def _no_decision(text: Text) -> DecisionDraft:
    why = "Văn bản này không phải quyết định: không có dòng “QUYẾT ĐỊNH”."
    draft = DecisionDraft("other", {name: missing(why) for name in SCALARS})
    draft.warnings += [Remark("notice", notice) for notice in text.notices]
    draft.warnings.append(Remark("other", why))
    return draft
