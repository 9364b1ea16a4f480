"""What the machine read of a plan, as proposals that a person accepts, corrects or leaves out, value by value."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bangvang import vietnamese
from bangvang.movements.models import Movement, PlanReview
from bangvang.reading.plan import awards as award_words

SURE = 0.8  # from this confidence on a value may be confirmed together with others
UNCERTAIN = 0.6  # the most that a value worked out from an imprecise one can have
NOT_READ = "Máy không thấy câu nào nói về phần này."
FULL_DAY = 10  # letters of an ISO day: a shorter value is a month or a year
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Quote:
    """A passage of the document behind a value: the words, and the line of the reading where they begin (None: unknown)."""

    text: str
    line: int | None = None
    page: int | None = None


@dataclass(frozen=True)
class Proposal:
    """One field of the plan. `text` is what a form would hold, lists one item a line; `confidence` 0 to 1, of the least
    certain item; `reason` says why there is no value or why it must be looked at; `answer` is what the person decided
    (one of PlanReview.Answer, empty before) and `agreed` the text that then counts."""

    field: str
    label: str
    text: str
    quotes: tuple[Quote, ...]
    confidence: float
    reason: str
    answer: str = ""
    agreed: str = ""

    @property
    def standing(self) -> str:
        """sure, look (a person must look at it) or missing (the document does not say)."""
        if not self.text:
            return "missing"
        return "sure" if self.confidence >= SURE else "look"


@dataclass(frozen=True)
class _Value:
    """One value found, as the form's text."""

    text: str
    quotes: tuple[Quote, ...] = ()
    confidence: float = 0.0
    reason: str = ""


def proposals(review: PlanReview) -> list[Proposal]:
    """Every field of the plan, in the order of the paper, with what was answered so far."""
    draft: Json = review.reading.draft
    found = []
    for field, (label, read) in FIELDS.items():
        value = read(draft) if draft else _Value("", reason=NOT_READ)
        given = review.answers.get(field, {})
        found.append(
            Proposal(
                field,
                label,
                value.text,
                value.quotes,
                value.confidence,
                value.reason or ("" if value.text else NOT_READ),
                given.get("how", ""),
                given.get("text", ""),
            )
        )
    return found


def agreed_texts(found: list[Proposal]) -> dict[str, str]:
    """The text that counts of every answered field; left out and left blank are empty."""
    return {one.field: one.agreed for one in found if one.answer}


def offered_codes(draft: Json) -> dict[str, tuple[str, str]]:
    """Award code and issuer by the words of the award, for the awards that the reader knew."""
    values = [item["value"] for item in draft.get("award_forms", []) if item.get("value")]
    return {_award_name(value): (value.get("code") or "", value.get("issuer") or "") for value in values}


def codes_in(text: str) -> list[str]:
    """The award codes named in the words of a plan, in order: "Giấy khen của Giám đốc Sở" gives unit_commendation."""
    found = award_words.award_names(vietnamese.search_key(text))
    return list(dict.fromkeys(str(value["code"]) for _, _, value in found if value.get("code")))


# --- From the reader's draft to the texts of the form ----------------------------------------------------------------


def _quote(item: Json) -> tuple[Quote, ...]:
    return (Quote(item["quote"], item.get("line"), item.get("page")),) if item.get("quote") else ()


def _one(name: str, words: Callable[[Any], str] = str) -> Callable[[Json], _Value]:
    def read(draft: Json) -> _Value:
        item = draft.get(name) or {}
        if item.get("value") is None:
            return _Value("", reason=item.get("reason") or "")
        text = vietnamese.clean(words(item["value"]))
        return _Value(text, _quote(item), item["confidence"], item.get("reason") or "")

    return read


def _many(name: str, words: Callable[[Any], str] = str) -> Callable[[Json], _Value]:
    return lambda draft: _joined(draft.get(name) or [], words)


def _joined(items: Sequence[Json], words: Callable[[Any], str], reason: str = "") -> _Value:
    known = [item for item in items if item.get("value") is not None]
    if not known:
        return _Value("", reason=next((item["reason"] for item in items if item.get("reason")), ""))
    return _Value(
        "\n".join(vietnamese.clean(words(item["value"])) for item in known),
        tuple(quote for item in known for quote in _quote(item)),
        min(item["confidence"] for item in known),
        reason,
    )


def _superior(draft: Json) -> _Value:
    """The basis that speaks of a superior's movement, in the words of the form; a person says whether it is that."""
    for item in draft.get("legal_bases") or []:
        value = item.get("value") or {}
        about = vietnamese.search_key(value.get("title") or "")
        if not re.search(r"\b(?:phong trao|dot) thi dua\b|\bphat dong\b", about):
            continue
        if value.get("number") and value.get("issuer") and len(value.get("date") or "") == FULL_DAY:
            reason = "Lấy từ căn cứ nói về một phong trào: xin xem có phải phong trào của cấp trên không."
            return _Value(_basis_words(value), _quote(item), min(item["confidence"], UNCERTAIN), reason)
    return _Value("", reason="Không có căn cứ nào đủ số, ngày nói về phong trào của cấp trên.")


def _milestones(draft: Json) -> _Value:
    """What the document dates; of a month its last day, as a proposal to look at."""
    dated = [item for item in draft.get("milestones") or [] if (item.get("value") or {}).get("value")]

    def words(value: Any) -> str:
        name = vietnamese.clean(value["what"]).replace(":", ",")
        day = value["value"]
        last = date.fromisoformat(day) if len(day) == FULL_DAY else _edge(day, last=True)
        return f"{name[:1].upper()}{name[1:]}: {vietnamese.format_date(last)}"

    doubted = [{**item, "confidence": min(item["confidence"], UNCERTAIN)} for item in dated]
    return _joined(doubted, words, "Tên mốc lấy nguyên câu, ngày của tháng do máy đề xuất." if dated else "")


def _criteria(name: str) -> Callable[[Json], _Value]:
    """Criteria whose subject the document leaves open are proposed on both sides, to be looked at."""

    def read(draft: Json) -> _Value:
        groups = draft.get("criteria") or {}
        own, shared = groups.get(name) or [], groups.get("other") or []
        if own or not shared:
            return _joined(own, lambda value: value["text"])
        doubted = [{**item, "confidence": min(item["confidence"], UNCERTAIN)} for item in shared]
        return _joined(
            doubted, lambda value: value["text"], "Văn bản không nói rõ tiêu chí này cho tập thể hay cá nhân."
        )

    return read


def _issue_day(draft: Json) -> _Value:
    """The day of the paper, or the month that it knows: then a person says what stands."""
    whole = _one("date", _day_words)(draft)
    if whole.text:
        return whole
    part = _one("date_partial", _day_words)(draft)
    if not part.text:
        return whole
    reason = f"Văn bản chỉ ghi đến đây. {whole.reason}".strip()
    return _Value(part.text, part.quotes, min(part.confidence, UNCERTAIN), reason)


def _end_of_period(name: str) -> Callable[[Json], _Value]:
    """A day as said; of a month its first or last day, as a proposal to look at."""

    def read(draft: Json) -> _Value:
        end = (draft.get("period") or {}).get(name) or {}
        value = end.get("value")
        if value is None:
            condition = end.get("condition")
            return _Value("", _quote(end), reason=f"Văn bản không ghi ngày mà ghi: “{condition}”." if condition else "")
        if len(value) == FULL_DAY:
            return _Value(_day_words(value), _quote(end), end["confidence"])
        day = _edge(value, last=name == "end")
        reason = f"Văn bản chỉ ghi {_day_words(value)}; ngày này do máy đề xuất."
        return _Value(vietnamese.format_date(day), _quote(end), min(end["confidence"], UNCERTAIN), reason)

    return read


def _edge(value: str, *, last: bool) -> date:
    """The first or last day of an ISO month or year."""
    year, month = int(value[:4]), int(value[5:7]) if value[5:7] else (12 if last else 1)
    first = date(year, month, 1)
    if not last:
        return first
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _end_condition(draft: Json) -> _Value:
    end = (draft.get("period") or {}).get("end") or {}
    if not end.get("condition"):
        return _Value("")
    return _Value(vietnamese.clean(end["condition"]), _quote(end), end["confidence"])


def _kind(draft: Json) -> _Value:
    """Never written as such; a title that says "chuyên đề" or "đặc biệt" makes a proposal."""
    title = draft.get("title") or {}
    if title.get("value") and re.search(r"\b(?:chuyen de|dac biet)\b", vietnamese.search_key(title["value"])):
        reason = "Suy từ tên kế hoạch, văn bản không ghi loại."
        return _Value(Movement.Kind.THEMATIC.label, _quote(title), UNCERTAIN, reason)
    return _Value("", reason="Văn bản không ghi phong trào thường xuyên hay theo chuyên đề.")


def _day_words(value: str) -> str:
    """2021-10-18 as 18/10/2021, 2021-10 as 10/2021."""
    return "/".join(reversed(value.split("-")))


def _agency_words(value: Any) -> str:
    return f"{value['name']} ({value['parent']})" if value.get("parent") else str(value["name"])


def _basis_words(value: Any) -> str:
    parts = [value["type"], f"số {value['number']}" if value.get("number") else ""]
    parts += [f"ngày {_day_words(value['date'])}" if value.get("date") else ""]
    parts += [f"của {value['issuer']}" if value.get("issuer") else "", value.get("title") or ""]
    return " ".join(part for part in parts if part).rstrip(" ,;.")


def _award_name(value: Any) -> str:
    return vietnamese.clean(str(value["text"])).replace(":", ",").rstrip(" .;,")


def _award_words(value: Any) -> str:
    standard = vietnamese.clean(value.get("standard") or "")
    return f"{_award_name(value)}: {standard}" if standard else _award_name(value)


def _recipient_words(value: Any) -> str:
    return f"{value['name']} ({value['note']})" if value.get("note") else str(value["name"])


def _signer_words(value: Any) -> str:
    return " ".join(part for part in (value.get("authority"), value.get("title"), value.get("name")) if part)


def _duty_words(value: Any) -> str:
    return str(value["text"]).rstrip(" ./")


FIELDS: dict[str, tuple[str, Callable[[Json], _Value]]] = {
    "agency": ("Cơ quan ban hành", _one("agency", _agency_words)),
    "number": ("Số văn bản", _one("number")),
    "symbol": ("Ký hiệu", _one("symbol")),
    "date": ("Ngày văn bản", _issue_day),
    "place": ("Địa danh", _one("place")),
    "title": ("Tên phong trào", _one("title")),
    "theme": ("Chủ đề", _one("theme")),
    "kind": ("Loại phong trào", _kind),
    "bases": ("Căn cứ", _many("legal_bases", _basis_words)),
    "superior": ("Hưởng ứng văn bản của cấp trên", _superior),
    "purposes": ("Mục đích", _many("purposes")),
    "requirements": ("Yêu cầu", _many("requirements")),
    "targets": ("Đối tượng", _many("targets")),
    "contents": ("Nội dung thi đua", _many("contents")),
    "solutions": ("Giải pháp thực hiện", _many("solutions")),
    "collective_criteria": ("Tiêu chí đối với tập thể", _criteria("collective")),
    "individual_criteria": ("Tiêu chí đối với cá nhân", _criteria("individual")),
    "awards": ("Hình thức khen thưởng", _many("award_forms", _award_words)),
    "starts_on": ("Ngày bắt đầu", _end_of_period("start")),
    "ends_on": ("Ngày kết thúc", _end_of_period("end")),
    "end_condition": ("Hoặc kết thúc khi", _end_condition),
    "procedure": ("Trình tự, thủ tục khen thưởng", _one("procedure")),
    "milestones": ("Các mốc", _milestones),
    "duties": ("Tổ chức thực hiện", _many("duties", _duty_words)),
    "recipients": ("Nơi nhận", _many("recipients", _recipient_words)),
    "signer": ("Người ký", _many("signer", _signer_words)),
}


def remarks(review: PlanReview) -> Iterator[str]:
    """What the reader wants the person to know about the whole document."""
    yield from (remark["message"] for remark in review.reading.draft.get("warnings", []))
