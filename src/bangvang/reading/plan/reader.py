"""A plan document from its lines to a PlanDraft: which kind it is, then each part by its own module."""

import re

from bangvang.reading.lines import Text
from bangvang.reading.plan import news
from bangvang.reading.plan.agency import agency_before, agency_of_header, agency_of_issue, no_agency
from bangvang.reading.plan.awards import awards_offered, awards_promised
from bangvang.reading.plan.draft import LISTS, Found, PlanDraft, Remark, missing
from bangvang.reading.plan.foot import recipients_of, signers_of, split_foot
from bangvang.reading.plan.header import Head, read_head
from bangvang.reading.plan.kind import judge
from bangvang.reading.plan.outline import Node, outline_of
from bangvang.reading.plan.passages import Passage, passages_of
from bangvang.reading.plan.period import is_phase, milestones_and_deadlines, period_of, years_reported
from bangvang.reading.plan.quotas import quotas_of
from bangvang.reading.plan.quoted import OPENING, STRAIGHT, quoted_span
from bangvang.reading.plan.references import bases_and_others, reference
from bangvang.reading.plan.score_table import criteria_in_tables
from bangvang.reading.plan.sections import criteria_of, duties_of, indicators_of, items_of, nodes_about, split_purposes
from bangvang.reading.text_cleaning import fold, squeeze

LEAD_IN = re.compile(r"(?:nội dung|nhiệm vụ|phong trào|giải pháp)[^.:]{0,80}:\s*$")
SLOGAN = re.compile(
    r"(?:khẩu hiệu|phương châm|thông điệp|với tinh thần|tinh thần)\s*(?:hành động|thi đua|của \S+)?\s*:?\s*(?=[“\"])",
    re.IGNORECASE,
)
CLOSING = re.compile(r"^Trên đây là (?:nội dung )?(?:Kế hoạch|kế hoạch|Chỉ thị|toàn bộ)")

WHY_EMPTY = {
    "purposes": "Không thấy mục nào nói về mục đích.",
    "requirements": "Không thấy mục nào nói về yêu cầu.",
    "targets": "Không thấy mục nào nói về đối tượng.",
    "contents": "Không thấy danh sách nội dung thi đua.",
    "solutions": "Không thấy mục nào nói về giải pháp.",
    "slogans": "Không thấy khẩu hiệu trong ngoặc kép.",
    "legal_bases": "Không thấy câu “Căn cứ” hoặc “Thực hiện” nào có số văn bản.",
    "other_references": "Ngoài văn bản căn cứ, không thấy số văn bản nào khác.",
    "indicators": "Không thấy mục nào nói về chỉ tiêu.",
    "award_forms": "Không thấy hình thức khen thưởng nào được nêu tên.",
    "quotas": "Không thấy số lượng hoặc tỷ lệ khen thưởng.",
    "milestones": "Không thấy mốc sơ kết, tổng kết có ngày, tháng.",
    "deadlines": "Không thấy hạn nộp nào có ngày, tháng.",
    "duties": "Không thấy mục tổ chức thực hiện.",
    "recipients": "Không thấy phần “Nơi nhận”.",
    "signer": "Không thấy phần ký tên.",
    "criteria": "Không thấy mục nào nói về tiêu chí, tiêu chuẩn.",
}


def read_plan(text: Text) -> PlanDraft:
    """The draft of a plan document. Never raises for what the words say; what is not found is missing with a reason."""
    passages = passages_of(text)
    judged = judge(passages)
    draft = PlanDraft(judged.kind)
    draft.warnings += [Remark("notice", notice) for notice in text.notices]
    if judged.kind == "plan_full" or (judged.kind == "launch_call" and judged.head.title_word is not None):
        _read_whole(judged.head, draft)
    elif judged.kind in ("plan_news", "launch_call"):
        _read_news(passages, draft)
    else:
        _leave_empty(passages, draft)
    years_reported(passages, draft.warnings)
    _explain_empty(draft)
    return draft


def _read_whole(head: Head, draft: PlanDraft) -> None:
    body, foot = split_foot(head.body)
    body = [one for one in body if not CLOSING.match(one.text)]
    scalars, lists = draft.scalars, draft.lists
    read_head(head, scalars, draft.warnings)
    for name in ("place", "date_partial", "date"):
        scalars.setdefault(name, missing("Không thấy dòng địa danh, ngày tháng ở đầu văn bản."))
    scalars.setdefault("theme", missing("Không thấy tên kế hoạch nên chưa có chủ đề."))
    agency = agency_of_header(head.above_title, head.intro + body)
    issuing = agency_of_issue(head.intro, 0.85)
    if agency is None or (issuing and squeeze(agency.value["name"]) in ("uy ban nhan dan", "ubnd")):
        agency = issuing  # the second line of the header, with the name of the province, was lost
    scalars["agency"] = agency or agency_of_issue(body, 0.6) or no_agency()
    lists["recipients"], lists["signer"] = recipients_of(foot), signers_of(foot)
    _read_sections(outline_of(body), body, draft)
    for group, scored in criteria_in_tables(foot.annex).items():
        draft.criteria[group] += scored
    own = scalars["number"].value
    lists["legal_bases"], lists["other_references"] = bases_and_others(head.intro, body, own)
    if scalars["theme"].value is None:
        _theme_from_body(body, scalars)
    if draft.kind == "launch_call" and not lists["contents"]:
        lists["contents"] = _contents_after_lead_in(head.intro + body, any_lead_in=True)


def _read_news(passages: list[Passage], draft: PlanDraft) -> None:
    page = news.cut_noise(passages)
    scalars, lists = draft.scalars, draft.lists
    roles = news.roles_of(page)
    everything = ([page.headline] if page.headline else []) + page.body
    by_number = agency_before(roles.own[0], roles.own[1].start) if roles.own else None
    scalars["agency"] = by_number or agency_of_issue(page.body, 0.75) or agency_of_issue(everything, 0.6) or no_agency()
    if scalars["agency"].value:
        news.adopt_by_initials(roles, scalars["agency"].value["name"])
    news.own_number(roles, scalars)
    scalars["title"] = (
        page.headline.found(page.headline.text, 0, None, 0.8) if page.headline else missing("Không thấy đầu đề bài.")
    )
    scalars["theme"] = news.theme_of_news(page, roles)
    scalars["place"] = missing("Bài báo không ghi địa danh ban hành.")
    lists["legal_bases"] = [reference(passage, cited, 0.85) for passage, cited in roles.bases]
    lists["other_references"] = [reference(passage, cited, 0.7) for passage, cited in roles.others]
    _read_sections(outline_of(page.body), page.body, draft)
    _read_prose(page.body, draft)


def _read_sections(root: Node, body: list[Passage], draft: PlanDraft) -> None:
    lists, scalars = draft.lists, draft.scalars
    for subject in ("targets", "contents", "solutions"):
        lists[subject] = items_of(root, subject)
    purposes, requirements = items_of(root, "purposes"), items_of(root, "requirements")
    shared = any({"purposes", "requirements"} <= set(node.subjects) for node in root.walk())
    if shared and not requirements and not any(node.subjects == ["purposes"] for node in root.walk()):
        purposes, requirements = split_purposes(purposes)
    lists["purposes"], lists["requirements"] = purposes, requirements
    lists["indicators"] = indicators_of(root)
    if not lists["contents"] and lists["indicators"]:  # contents may be numbers instead of "Thi đua …"
        lists["contents"] = items_of(root, "indicators")
    draft.criteria = criteria_of(root)
    for group, scored in criteria_in_tables(body).items():
        draft.criteria[group] += scored
    awards = nodes_about(root, "awards")
    lists["award_forms"] = awards_offered(awards)
    lists["quotas"] = quotas_of(awards + [node for node in nodes_about(root, "quotas") if node not in awards])
    lists["duties"] = duties_of(root)
    lists["slogans"] = _slogans(body)
    lists["milestones"], lists["deadlines"] = milestones_and_deadlines(body)
    scalars["procedure"] = _procedure(root, body)
    draft.period = period_of(nodes_about(root, "period"), scalars.get("title", missing("")), body, draft.warnings)


def _read_prose(body: list[Passage], draft: PlanDraft) -> None:
    """What a page says in running text instead of under headings."""
    lists = draft.lists
    if not lists["contents"]:
        lists["contents"] = _contents_after_lead_in(body)
    if not lists["award_forms"]:
        lists["award_forms"] = awards_promised(body)
    if not lists["purposes"]:
        lists["purposes"] = [
            one.found(one.text, 0, None, 0.7)
            for one in body
            if re.match(r"\W*(?:Với )?(?:mục đích|mục tiêu)\b(?! kép)|.{0,40}\bnhằm mục đích", one.text, re.IGNORECASE)
        ]
    if not any(draft.criteria.values()):
        draft.criteria["other"] = [
            one.found({"text": one.text, "points": None}, 0, None, 0.7)
            for one in body
            if re.search(
                r"tiêu (?:chí|chuẩn) (?:thi đua|khen thưởng|bình xét)[^.]{0,40}(?::|gồm|như sau|cụ thể)", one.text
            )
        ]


def _contents_after_lead_in(body: list[Passage], *, any_lead_in: bool = False) -> list[Found]:
    """The list after "… các nội dung chủ yếu sau:"; it ends where the markers end."""
    for index, passage in enumerate(body):
        if not passage.text.rstrip().endswith(":") or not (any_lead_in or LEAD_IN.search(passage.text)):
            continue
        items: list[Found] = []
        if index + 1 < len(body) and is_phase(body[index + 1].body):
            continue
        first = body[index + 1].level if index + 1 < len(body) else None
        for following in body[index + 1 :]:
            if first and following.level == first:
                items.append(following.found(following.body, following.body_at, None, 0.85))
            elif first and following.level and items:
                last = items[-1]
                items[-1] = Found(f"{last.value}\n{following.body}", last.quote, last.page, last.line, last.confidence)
            elif not first and following.text.startswith("Thi đua"):
                items.append(following.found(following.text, 0, None, 0.75))
            else:
                break
        if len(items) > 1:
            return items
    return []


def _theme_from_body(body: list[Passage], scalars: dict[str, Found]) -> None:
    for passage in body:
        match = re.search(r"[Cc]hủ đề[^“\".;]{0,50}[“\"]", passage.text)
        span = quoted_span(passage.text, match.start()) if match else None
        if span:
            scalars["theme"] = passage.found(
                passage.text[span[0] : span[1]].strip(" .,;"), span[0] - 1, span[1] + 1, 0.85
            )
            return


def _slogans(body: list[Passage]) -> list[Found]:
    found: list[Found] = []
    for passage in body:
        if not any(mark in passage.text for mark in OPENING + STRAIGHT):
            continue
        for match in SLOGAN.finditer(passage.text):
            at = match.end()
            while (span := quoted_span(passage.text, at)) and span[0] - at <= 6:
                words = passage.text[span[0] : span[1]].strip(" .,;")
                if words and all(fold(words) != fold(one.value) for one in found):
                    found.append(passage.found(words, span[0] - 1, span[1] + 1, 0.8))
                at = span[1] + 1
    return found


def _procedure(root: Node, body: list[Passage]) -> Found:
    for passage in body:
        match = re.search(
            r"(?:Trình tự|Thủ tục|Quy trình|trình tự|thủ tục)[^.;:]{0,60}(?:khen thưởng|xét tặng"
            r"|đề nghị)[^.;]*\b(?:theo|thực hiện)\b",
            passage.text,
        )
        if match:
            stop = re.compile(r"(?<!\bsố)\.(?=\s+[A-ZĐ]|/|$)|;\s").search(passage.text, match.end())
            end = stop.start() if stop else len(passage.text)
            return passage.found(passage.text[match.start() : end].strip(" ./"), match.start(), end, 0.85)
    for node in root.walk():
        if "dossier" in node.subjects:
            words = "\n".join(part for part in [node.rest, *(child.text for child in node.children)] if part)
            if words and node.passage is not None:
                return node.passage.found(words, 0, None, 0.7)
    return missing("Không thấy câu nào nói về trình tự, thủ tục khen thưởng.")


def _leave_empty(passages: list[Passage], draft: PlanDraft) -> None:
    """A record of awards received, or any other paper, never becomes a movement: only its title is told."""
    why = (
        "Bài nói về thành tích và khen thưởng đã nhận, không phải kế hoạch phát động."
        if draft.kind == "record_article"
        else "Văn bản này không phải kế hoạch hoặc bài về kế hoạch thi đua."
    )
    for name in ("agency", "number", "symbol", "date", "date_partial", "place", "title", "theme", "procedure"):
        draft.scalars[name] = missing(why)
    headline = news.cut_noise(passages).headline
    if headline is not None:
        draft.scalars["title"] = headline.found(headline.text, 0, None, 0.7)
    draft.warnings.append(Remark(draft.kind, why))


def _explain_empty(draft: PlanDraft) -> None:
    if draft.kind in ("record_article", "other"):
        return  # one sentence says it for all
    for name in LISTS:
        if not draft.lists.get(name):
            draft.warnings.append(Remark(f"no_{name}", WHY_EMPTY[name]))
    if not any(draft.criteria.values()):
        draft.warnings.append(Remark("no_criteria", WHY_EMPTY["criteria"]))
