"""What an article tells of awards received and of results: facts to confirm, never a movement and never a decision.

They reach the ledger as unverified and count for nothing until a decision is attached (issue 5).
"""

import re
from dataclasses import dataclass, field
from typing import Any

from bangvang.reading.lines import Text
from bangvang.reading.plan import news
from bangvang.reading.plan.awards import award_names
from bangvang.reading.plan.dates import YEAR
from bangvang.reading.plan.draft import Found
from bangvang.reading.plan.kind import RECEIVED
from bangvang.reading.plan.passages import Passage, passages_of

CONFIDENCE = 0.45  # an article is not a decision: always ask
SENTENCE = re.compile(r"[^.;…]+(?:\.(?=\d)[^.;…]+)*[.;…]?")
FIGURE = re.compile(r"(?P<number>\d{1,3}(?:\.\d{3})*(?:,\d+)?)\s*(?P<unit>tỷ đồng|triệu đồng|nghìn đồng)")
SPONSORED = re.compile(
    r"(?:đỡ đầu|kết nghĩa|nhận giúp đỡ|phụ trách giúp)\s(?P<what>.{0,60}?"
    r"\b(?:xã|thôn|bản|phường|buôn|trường)\s[A-ZĐ]\w*(?:\s[A-ZĐ]\w*){0,3})"
)


@dataclass(slots=True)
class RecordDraft:
    """Honours {code, issuer, class, text, year} and facts {what, number, unit, year}, all to confirm."""

    honours: list[Found] = field(default_factory=list)
    facts: list[Found] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Two lists of items in the form of issue 5."""
        return {
            "honours": [item.as_json() for item in self.honours],
            "facts": [item.as_json() for item in self.facts],
        }


def read_record(text: Text) -> RecordDraft:
    """Awards received and results told in an article; empty lists when it tells of none."""
    draft = RecordDraft()
    page = news.cut_noise(passages_of(text))
    told = page.above + page.body
    for passage in told if page.headline is None or page.headline in told else [page.headline, *told]:
        for sentence in SENTENCE.finditer(passage.text):
            draft.honours += _honours(passage, sentence, draft.honours)
            draft.facts += _facts(passage, sentence)
    return draft


def _honours(passage: Passage, sentence: re.Match[str], known: list[Found]) -> list[Found]:
    folded = passage.folded[sentence.start() : sentence.end()]
    if not RECEIVED.search(folded):
        return []
    found: list[Found] = []
    named = award_names(folded)
    starts = [start for start, _end, _award in named]
    for start, end, award in named:
        words = sentence[0][start:end].strip(" ,;.")
        year = _year_of(sentence[0], end, min((at for at in starts if at > start), default=len(folded)))
        value = {**award, "text": words, "year": year}
        if any(value == item.value for item in known + found):
            continue
        line = passage.line_at(sentence.start())
        reason = None if year else "Bài không ghi năm được tặng."
        found.append(Found(value, sentence[0].strip(), line.page, line.number, CONFIDENCE, reason))
    return found


def _year_of(sentence: str, end: int, following: int) -> int | None:
    """The one year of the sentence; of several, the one between this award and the next, else None."""
    years = {int(match["full_year"]) for match in YEAR.finditer(sentence)}
    if len(years) == 1:
        return years.pop()
    own = YEAR.search(sentence, end, following)
    return int(own["full_year"]) if own else None


def _facts(passage: Passage, sentence: re.Match[str]) -> list[Found]:
    found: list[Found] = []
    for match in FIGURE.finditer(sentence[0]):
        years = list(YEAR.finditer(sentence[0], 0, match.start()))
        number = float(match["number"].replace(".", "").replace(",", "."))
        value = {
            "what": _words_before(sentence[0], match.start()) + sentence[0][match.start() : match.end()],
            "number": number,
            "unit": match["unit"],
            "year": int(years[-1]["full_year"]) if years else None,
        }
        found.append(_fact(passage, sentence, value))
    if sponsored := SPONSORED.search(sentence[0]):
        value = {"what": f"đỡ đầu {sponsored['what'].strip()}", "number": None, "unit": None, "year": None}
        found.append(_fact(passage, sentence, value))
    return found


def _words_before(sentence: str, at: int) -> str:
    """Up to sixty characters before a figure, in whole words."""
    if at <= 60:
        return sentence[:at].lstrip(" ,(;")
    return sentence[at - 60 : at].partition(" ")[2].lstrip(" ,(;")


def _fact(passage: Passage, sentence: re.Match[str], value: dict[str, Any]) -> Found:
    line = passage.line_at(sentence.start())
    return Found(value, sentence[0].strip(), line.page, line.number, CONFIDENCE)
