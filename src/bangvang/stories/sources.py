"""What news starts from: words that name the source, and a first text from its facts, for the clerk to go on with."""

import re
from dataclasses import dataclass

from bangvang import vietnamese
from bangvang.decisions.models import Decision, DecisionLine
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.movements.models import Movement
from bangvang.movements.queries import plan_by_section
from bangvang.progress.models import Report, Review

Source = Movement | Decision | Report | Review
ABOUT = re.compile(r"^về việc\s+", re.IGNORECASE)  # how the trích yếu of a decision begins
LONGEST_LIST = 20  # of the honoured; a longer list stands on the decision's own public page


@dataclass(frozen=True)
class ArticleFields:
    """News as typed; names equal the form's."""

    title: str
    lead: str
    body: str


def is_news(source: Source) -> Verdict:
    """Whether the thing has happened: a plan, a decision, a review when issued, a good example when its report was taken in."""
    if isinstance(source, Movement):
        if source.state in Movement.ISSUED_STATES:
            return YES
        return no("Chỉ viết tin về kế hoạch đã ban hành.")
    if isinstance(source, Decision):
        return YES if source.state == Decision.State.ISSUED else no("Chỉ viết tin về quyết định đã ban hành.")
    if isinstance(source, Review):
        return YES if source.state == Review.State.ISSUED else no("Chỉ viết tin về báo cáo đã ban hành.")
    if source.state == Report.State.ACCEPTED and source.good_examples:
        return YES
    return no("Chỉ viết tin về cách làm hay trong báo cáo đã tiếp nhận.")


def words_of(source: Source) -> str:
    """The source as the reader is told of it."""
    if isinstance(source, Report):
        return f"Báo cáo {source.period.name} của {source.unit.name}"
    kind = {Movement: "Kế hoạch", Decision: "Quyết định", Review: "Báo cáo"}[type(source)]
    assert source.issued_on is not None
    return f"{kind} số {source.document_number} ngày {vietnamese.format_date(source.issued_on)}"


def first_text(source: Source) -> ArticleFields:
    """A first text that says what the source says and nothing else."""
    if isinstance(source, Movement):
        return _of_plan(source)
    if isinstance(source, Decision):
        return _of_decision(source)
    if isinstance(source, Review):
        return _of_review(source)
    lead = f"{source.unit.name} thuộc {source.period.movement.agency.name} có cách làm hay trong phong trào"
    lead += f" “{source.period.movement.title}”."
    return ArticleFields(f"Cách làm hay ở {source.unit.name}"[:200], lead[:600], _spaced(source.good_examples))


def _of_plan(movement: Movement) -> ArticleFields:
    assert movement.issued_on is not None
    sections = plan_by_section(movement)
    day = vietnamese.format_date(movement.issued_on)
    lead = f"Ngày {day}, {movement.agency.name} ban hành Kế hoạch số {movement.document_number}: {movement.title}."
    if movement.theme:
        lead += f" Chủ đề: “{movement.theme}”."
    awards = [f"{offer.text}: {offer.standard}" if offer.standard else offer.text for offer in movement.awards.all()]
    parts = (
        *sections["purposes"],
        _list("Phong trào tập trung vào", sections["contents"]),
        _list("Tập thể được xét theo tiêu chí", sections["collective_criteria"]),
        _list("Cá nhân được xét theo tiêu chí", sections["individual_criteria"]),
        _list("Hình thức khen thưởng", awards),
        f"Thời gian: {movement.period_words}." if movement.period_words else "",
    )
    return ArticleFields(f"Phát động: {movement.title}"[:200], lead[:600], _joined(parts))


def _of_decision(decision: Decision) -> ArticleFields:
    assert decision.issued_on is not None
    stands = decision.lines.filter(outcome=DecisionLine.Outcome.AWARD, certificate__annulled_on__isnull=True)
    lines = list(stands.order_by("place"))
    collectives = sum(line.is_collective for line in lines)
    counts = [(len(lines) - collectives, "cá nhân"), (collectives, "tập thể")]
    counted = " và ".join(f"{vietnamese.two_digits(count)} {word}" for count, word in counts if count)
    day = vietnamese.format_date(decision.issued_on)
    about = ABOUT.sub("", decision.title)
    lead = f"Ngày {day}, {decision.authority_words} ký Quyết định số {decision.document_number} về việc {about}."
    lead += f" {counted[:1].upper()}{counted[1:]} được khen thưởng."
    told = [f"{line.full_name}{_place(line)}: {line.award_words}" for line in lines[:LONGEST_LIST]]
    rest = f"Danh sách đầy đủ {len(lines)} trường hợp có trên Bảng vàng." if len(lines) > LONGEST_LIST else ""
    body = _joined((_list("Thành tích", [decision.merit]), _list("Được khen thưởng", told), rest))
    return ArticleFields(f"{about[:1].upper()}{about[1:]}"[:200], lead[:600], body)


def _of_review(review: Review) -> ArticleFields:
    assert review.issued_on is not None
    day = vietnamese.format_date(review.issued_on)
    lead = f"Ngày {day}, {review.agency.name} ban hành Báo cáo số {review.document_number}: {review.title}."
    return ArticleFields(
        review.title[:200], lead[:600], _joined((_spaced(review.results), _spaced(review.good_examples)))
    )


def _place(line: DecisionLine) -> str:
    words = ", ".join(filter(None, (line.title, line.unit)))
    return f" ({words})" if words else ""


def _list(heading: str, items: list[str]) -> str:
    """ "Heading: one; two; three." """
    return f"{heading}: {'; '.join(item.rstrip(' .;') for item in items)}." if items else ""


def _joined(parts: tuple[str, ...]) -> str:
    return "\n\n".join(part for part in parts if part)


def _spaced(text: str) -> str:
    """Each line a paragraph of its own."""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())
