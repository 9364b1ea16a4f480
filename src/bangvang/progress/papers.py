"""The preliminary or final review of a movement in NĐ 30/2020 layout: figures of the reports taken in, and the agency's own words."""

import datetime
from collections.abc import Iterable, Sequence

from bangvang import vietnamese
from bangvang.papers import frozen
from bangvang.papers.blocks import (
    Block,
    Column,
    Header,
    IssueDate,
    Paper,
    Paragraph,
    Section,
    Signature,
    Table,
    Title,
)
from bangvang.people.models import Unit
from bangvang.progress.board import IndicatorRow, indicator_rows
from bangvang.progress.models import Indicator, Period, Report, Review
from bangvang.progress.queries import owing_units
from bangvang.progress.social import Helped, helped

COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Chỉ tiêu", 3),
    Column("Mức phải đạt", 1.6, "right"),
    Column("Thực hiện", 1.6, "right"),
    Column("So với mức", 1.8),
)
HELPED_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Nơi được giúp", 3),
    Column("Số việc", 1, "right"),
    Column("Trị giá", 3),
)
PARTS = (  # what the agency says, in the order of the paper
    ("results", "Kết quả thực hiện"),
    ("good_examples", "Cách làm hay, gương tốt"),
    ("shortcomings", "Hạn chế"),
    ("causes", "Nguyên nhân"),
    ("next_tasks", "Nhiệm vụ, giải pháp thời gian tới"),
)


def facts(review: Review, on: datetime.date) -> tuple[Section, ...]:
    """The parts of the review that the machine assembles from the reports taken in: counts, who is silent, the indicators."""
    period, accepted = review.period, Report.State.ACCEPTED
    reports = list(
        period.reports.filter(state=accepted).select_related("unit", "period").order_by("unit__order", "unit__name")
    )
    state = (Paragraph(_counts(period, reports)), *_silent(list(owing_units(period, on))))
    figures = _figures(indicator_rows(period, (accepted,)))
    return (Section("Tình hình thực hiện", state), *figures, *_helped(helped(period.movement, until=period.ends_on)))


def assembled(review: Review, on: datetime.date) -> tuple[Section, ...]:
    """The facts as they were submitted; while the review is written, as they stand on a day."""
    if review.facts is None:
        return facts(review, on)
    kept: tuple[Section, ...] = frozen.from_json(review.facts)
    return kept


def paper(review: Review, on: datetime.date, *, seal: str = "") -> Paper:
    """The paper of a review: what was submitted once it was, else as it would be on a day. Before issue the number is blank."""
    agency = review.agency
    written = [(title, getattr(review, name)) for name, title in PARTS]
    return Paper(
        header=Header(
            agency=agency.name,
            symbol=review.symbol,
            place=agency.place,
            issued=IssueDate.of(review.issued_on) if review.issued_on else IssueDate(),
            number=str(review.number or ""),
            parent=agency.parent.name if agency.parent else "",
        ),
        title=Title("Báo cáo", review.title),
        body=(*assembled(review, on), *(Section(title, _paragraphs(text)) for title, text in written if text.strip())),
        signature=_signature(review),
        recipients=("Lưu: VT",),
        seal=seal,
    )


def file_name(review: Review) -> str:
    """A name without diacritics that survives every mail program: Bao-cao-tong-ket-57-BC-STC."""
    kind = "Bao-cao-tong-ket" if review.is_final else "Bao-cao-so-ket"
    return vietnamese.file_stem(kind, review.document_number if review.number else f"du-thao-{review.code}")


def _signature(review: Review) -> Signature:
    head = review.agency.head_title or "Giám đốc"
    if not review.signer_name:
        return Signature(head)
    above = (f"{review.signer_authority} {head}",) if review.signer_authority else ()
    return Signature(review.signer_title, review.signer_name, above)


def _paragraphs(text: str) -> tuple[Block, ...]:
    return tuple(Paragraph(line.strip()) for line in text.splitlines() if line.strip())


def _counts(period: Period, reports: Sequence[Report]) -> str:
    late = sum(bool(report.days_late(period.due_on)) for report in reports)
    counted = f"Đã tiếp nhận báo cáo của {vietnamese.two_digits(len(reports))} đơn vị"
    counted += f", trong đó {vietnamese.two_digits(late)} báo cáo gửi sau hạn." if late else ", đều gửi đúng hạn."
    since, until = vietnamese.format_date(period.starts_on), vietnamese.format_date(period.ends_on)
    return f"Báo cáo này tổng hợp kết quả từ ngày {since} đến hết ngày {until}. {counted}"


def _silent(owing: Sequence[Unit]) -> tuple[Block, ...]:
    if not owing:
        return ()
    names = ", ".join(unit.name for unit in owing)
    return (Paragraph(f"Còn {vietnamese.two_digits(len(owing))} đơn vị chưa gửi báo cáo: {names}."),)


def _figures(indicators: Iterable[IndicatorRow]) -> tuple[Section, ...]:
    rows = tuple(
        (
            str(place),
            row.indicator.label,
            row.target,
            row.sum_words if row.indicator.reach == Indicator.Reach.TOTAL else f"{row.reported} đơn vị có số",
            " ".join(filter(None, (row.standing.word, row.standing.note))),
        )
        for place, row in enumerate(indicators, start=1)
    )
    return (Section("Các chỉ tiêu", (Table(COLUMNS, rows),)),) if rows else ()


def _helped(social: Iterable[Helped]) -> tuple[Section, ...]:
    rows = tuple(
        (str(place), one.beneficiary, str(one.times), one.worth_words) for place, one in enumerate(social, start=1)
    )
    return (Section("Công tác an sinh xã hội", (Table(HELPED_COLUMNS, rows),)),) if rows else ()
