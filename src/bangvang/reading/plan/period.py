"""When the movement runs: dates, months, years and conditions; phases; milestones and deadlines."""

import re
from itertools import pairwise

from bangvang.reading.plan.dates import DAY, MONTH, QUARTER, YEAR, iso_day, iso_month, quarter_month
from bangvang.reading.plan.draft import End, Found, Period, Remark, Span
from bangvang.reading.plan.outline import Node
from bangvang.reading.plan.passages import Passage

RANGE = re.compile(
    r"\b(?:kể\s)?(?P<from>[Tt]ừ|[Bb]ắt đầu từ|[Kk]ể từ"
    r"|[Bb]ắt đầu)\s(?P<start>.{2,90}?)[\s,]+(?:cho\s)?(?P<to>đến hết|đến khi|đến|tới|kết thúc(?: vào)?)"
    r"\s(?P<end>[^;]{2,160}?)(?=\.\s|\.$|\./|;|\)|$|,\s(?:chia|gồm|trong đó|sơ kết|tổng kết|nhằm|cụ thể)|\s\(|\s-\s)"
)
STAGE = re.compile(r"giai đoạn\s*(?P<start>(?:19|20)\d{2})\s*[-–—]\s*(?P<end>(?:19|20)\d{2})", re.IGNORECASE)
SHORT_DAY = re.compile(r"^(?:ngày\s*)?(?P<day>\d{1,2})\s*[/-]\s*(?P<month>\d{1,2})(?![\d/])")
SHORT_MONTH = re.compile(r"^(?:ngày\s*(?P<day>\d{1,2})\s*)?tháng\s*(?P<month>\d{1,2})\b")
ANNIVERSARY = re.compile(
    r"\(\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}\s*[-–—]\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}\s*\)"
)
RANGE_OF_DAYS = re.compile(
    r"(?P<a>\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d{2})\s*(?:[-–—]|đến)\s*(?P<b>\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d{2})"
)
UNTIL = re.compile(r"\b(?P<to>đến hết|đến khi|đến|kết thúc)\s(?P<end>[^;.]{3,120})")
SINCE = re.compile(r"\b(?:[Tt]ừ|[Kk]ể từ)\s(?P<start>[^;.]{3,100})")
WHOLE_YEAR = re.compile(r"\b(?:trong |cả )?năm\s(?P<year>(?:19|20)\d{2})", re.IGNORECASE)
PHASE = re.compile(r"(?:đợt|giai đoạn)\s*(?:\d|I{1,3}\b|một|hai|ba|thứ)", re.IGNORECASE)
CONDITION = re.compile(
    r"^(?:khi|nay|ngày ban hành|ngày ký|khi ban hành|thời điểm|ngày phát động|ngày Kế hoạch|ngày có|lúc|hết dịch)", re.I
)
DEADLINE = re.compile(
    r"(?:trước|chậm nhất(?: là| đến| vào)*|hạn(?: cuối| nộp| gửi| chót)?(?: là)?:?|không muộn hơn|muộn nhất)"
    r"\s*(?:ngày\s)?(?=(?:ngày\s)?(?:\d|tháng|quý))"
)
# Without one of these nothing is due; most passages are settled by this alone.
DUE = ("rước", "hậm nhất", "ạn", "uộn", "ơ kết", "ổng kết", "ình xét")
MILESTONES = ("sơ kết", "tổng kết", "bình xét")
HAS_DIGIT = re.compile(r"\d")
CLAUSE_END = re.compile(r";\s|\.\s(?=[A-ZĐ])|,\s(?=(?:sơ kết|tổng kết))")


def end_of(text: str, passage: Passage, offset: int, *, last: bool, year_hint: str | None = None) -> End:
    """What a few words say about one end: a date with its precision, else a condition in those words."""
    words = text.strip(" ,.;:")
    line = passage.line_at(offset)
    value, precision, condition, confidence = None, None, None, 0.9
    if match := DAY.search(words):
        value, precision = iso_day(match), "day"
    elif match := MONTH.search(words):
        value, precision = iso_month(match), "month"
    elif match := QUARTER.search(words):
        value, precision, confidence = quarter_month(match, last=last), "month", 0.6
    elif year_hint and (match := SHORT_DAY.match(words) or SHORT_MONTH.match(words)):
        day = match.groupdict().get("day")
        full = DAY.search(f"{day or 1}/{match['month']}/{year_hint}")
        iso = iso_day(full) if full else None
        value, precision = (iso if day else iso[:7], "day" if day else "month") if iso else (None, None)
        confidence = 0.75
    elif (match := YEAR.search(words)) and not CONDITION.match(words):
        value, precision, confidence = match["full_year"], "year", 0.8
    if value is None:
        precision, condition, confidence = None, words, 0.8
    elif CONDITION.match(words) and precision != "day":
        condition = words
    return End(value, precision, condition, words, line.page, line.number, round(confidence * passage.trust, 2))


def period_of(nodes: list[Node], title: Found, everything: list[Passage], warnings: list[Remark]) -> Period:
    """The period from its own section, else from a sentence that names it, else from the title's stage of years."""
    spans: list[tuple[Span, bool]] = []
    for node in nodes:
        if node.passage is not None:
            spans += _spans_in(node.passage, node.rest_at if node.rest else 0)
    if not spans:
        spans = [(span, True) for one in everything if is_phase(one.body) for span, _is_phase in _spans_in(one, 0)]
    if not spans:
        for passage in everything:
            if " đến " in passage.text and re.search(
                r"thời gian (?:thực hiện|phát động|thi đua|tổ chức|triển khai|diễn ra)|(?:đợt thi đua"
                r"|phong trào) .{0,60}(?:từ|kể từ) ",
                passage.text,
                re.I,
            ):
                spans += _spans_in(passage, 0)
                if spans:
                    break
    if not spans:
        if nodes and (one := _single(nodes)):
            return one
        return _from_title(title, warnings, bool(nodes))
    phases = tuple(span for span, is_phase in spans if is_phase) or tuple(span for span, _is_phase in spans)
    whole = [span for span, is_phase in spans if not is_phase]
    if len(phases) < 2:
        return Period(spans[0][0].start, spans[0][0].end)
    if whole and len(whole) < len(spans):
        return Period(whole[0].start, whole[0].end, phases)
    return Period(phases[0].start, phases[-1].end, phases)


def is_phase(text: str) -> bool:
    """Whether a text opens with a phase: "Đợt 1", "Theo kế hoạch, đợt 1 …"."""
    return bool(
        re.match(r"\W*(?:[^,.]{0,30},\s)?(?:đợt|giai đoạn)\s*(?:\d|I{1,3}\d?\b|một|hai|ba|thứ)", text, re.IGNORECASE)
    )


def _spans_in(passage: Passage, offset: int) -> list[tuple[Span, bool]]:
    text = ANNIVERSARY.sub(lambda match: " " * len(match[0]), passage.text)
    spans: list[tuple[Span, bool]] = []
    for match in RANGE.finditer(text, offset):
        if re.search(r"(?:cao|hơn|tăng|giảm|đạt)\s*$", text[max(0, match.start() - 8) : match.start()]):
            continue
        to = "khi " if match["to"].endswith("khi") else ""
        end = end_of(to + match["end"], passage, match.start("end"), last=True)
        hint = end.value[:4] if end.value else None
        start_words = match["start"]
        start = end_of(start_words, passage, match.start("start"), last=False, year_hint=hint)
        if (
            start.value is None
            and end.value is None
            and not (CONDITION.match(start_words) or CONDITION.match(to + match["end"]))
        ):
            continue
        if start.value is None and not CONDITION.match(start_words.strip()) and len(start_words.split()) > 8:
            continue
        spans.append((Span(start, end), bool(PHASE.search(text[max(0, match.start() - 60) : match.start()]))))
    if not spans:
        for match in RANGE_OF_DAYS.finditer(text, offset):
            span = Span(
                end_of(match["a"], passage, match.start("a"), last=False),
                end_of(match["b"], passage, match.start("b"), last=True),
            )
            spans.append((span, bool(PHASE.search(text[: match.start()]))))
    if not spans and (stage := STAGE.search(text, offset)):
        spans.append((_stage(stage["start"], stage["end"], stage[0], passage, stage.start()), False))
    return spans


def _stage(start: str, end: str, quote: str, passage: Passage, offset: int) -> Span:
    line = passage.line_at(offset)
    trust = round(0.75 * passage.trust, 2)
    return Span(
        End(start, "year", None, quote, line.page, line.number, trust),
        End(end, "year", None, quote, line.page, line.number, trust),
    )


def _single(nodes: list[Node]) -> Period | None:
    """A section with one date only: "Thời gian thực hiện: đến hết ngày 31/12/2026", "trong năm 2026", "từ ngày ký"."""
    for node in nodes:
        passage = node.passage
        if passage is None:
            continue
        text = passage.text
        for until in UNTIL.finditer(text, node.rest_at):
            words = ("khi " if until["to"].endswith("khi") else "") + until["end"]
            end = end_of(words, passage, until.start("end"), last=True)
            if end.value or (end.condition and CONDITION.match(end.condition)):
                return Period(End(), end)
        if since := SINCE.search(text, node.rest_at):
            start = end_of(since["start"], passage, since.start("start"), last=False)
            if start.value or (start.condition and CONDITION.match(start.condition)):
                return Period(start, End())
        if year := WHOLE_YEAR.search(text, node.rest_at):
            span = _stage(year["year"], year["year"], year[0], passage, year.start())
            return Period(span.start, span.end)
    return None


def _from_title(title: Found, warnings: list[Remark], promised: bool) -> Period:
    match = STAGE.search(title.value or "")
    if match:
        trust = round(0.6 * title.confidence, 2)
        start = End(match["start"], "year", None, match[0], title.page, title.line, trust)
        return Period(start, End(match["end"], "year", None, match[0], title.page, title.line, trust))
    message = (
        "Mục thời gian không ghi ngày nào."
        if promised
        else "Không thấy câu nào nói phong trào kéo dài từ bao giờ đến bao giờ."
    )
    warnings.append(Remark("no_period", message))
    return Period()


def milestones_and_deadlines(passages: list[Passage]) -> tuple[list[Found], list[Found]]:
    """Dates by which something happens: reviews of the movement, and days before which papers are due."""
    milestones: list[Found] = []
    deadlines: list[Found] = []
    for passage in passages:
        if not any(word in passage.text for word in DUE):
            continue
        for start, end in _clauses(passage.text):
            clause = passage.text[start:end]
            if due := DEADLINE.search(clause):
                if _has_day(clause):
                    deadlines.append(_dated(passage, start, end, clause, due.end()))
                elif HAS_DIGIT.search(clause, due.end()):
                    deadlines.append(_each_year(passage, start, end, clause, due.end()))
            elif _tells_milestone(clause) and _has_day(clause) and not re.search(r"\bsố\s*\d", clause):
                milestones.append(_dated(passage, start, end, clause, 0))
    return milestones, deadlines


def _has_day(clause: str) -> bool:
    return bool(DAY.search(clause) or MONTH.search(clause) or QUARTER.search(clause))


def _tells_milestone(clause: str) -> bool:
    lower = clause.lower()
    return any(word in lower for word in MILESTONES)


def _each_year(passage: Passage, start: int, end: int, clause: str, search_from: int) -> Found:
    """A deadline without a year ("trước ngày 30/11 hằng năm"): a condition, until a person gives the year."""
    words = clause[search_from:].strip(" -+,;./")
    value = {"what": clause.strip(" -+,;."), "value": None, "precision": None, "condition": words}
    return passage.found(value, start, end, 0.7)


def _dated(passage: Passage, start: int, end: int, clause: str, search_from: int) -> Found:
    there = end_of(clause[search_from:], passage, start, last=True)
    value = {"what": clause.strip(" -+,;."), "value": there.value, "precision": there.precision, "condition": None}
    return passage.found(value, start, end, there.confidence * 0.9)


def _clauses(text: str) -> list[tuple[int, int]]:
    return list(pairwise([0, *(match.end() for match in CLAUSE_END.finditer(text)), len(text)]))


def years_reported(passages: list[Passage], warnings: list[Remark]) -> None:
    """Report years that no calendar has ("năm 20201"), each once."""
    for passage in passages:
        for match in re.finditer(r"năm\s*(\d{5})(?!\d)", passage.text):
            line = passage.line_at(match.start())
            message = f"Văn bản ghi “{match[0]}”, không có trong lịch; máy không tự sửa."
            if not any(
                remark.message == message or (remark.code == "wrong_year" and match[1] in remark.message)
                for remark in warnings
            ):
                warnings.append(Remark("wrong_year", message, line.page, line.number))
