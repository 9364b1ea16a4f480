"""The preliminary or final review of a movement in NĐ 30/2020 layout, assembled from the reports that were taken in."""

from collections.abc import Iterable, Sequence

from bangvang import vietnamese
from bangvang.papers.blocks import (
    Block,
    Column,
    Dashes,
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
from bangvang.progress.board import IndicatorRow
from bangvang.progress.models import Indicator, Period, Report
from bangvang.progress.social import Helped

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
TO_WRITE = "(Người soạn viết tiếp phần này.)"


def is_final(period: Period) -> bool:
    """The period that reaches the movement's last day ends it."""
    ends_on = period.movement.ends_on
    return ends_on is not None and period.ends_on >= ends_on


def review(
    period: Period,
    reports: Sequence[Report],
    indicators: Iterable[IndicatorRow],
    owing: Sequence[Unit],
    social: Iterable[Helped] = (),
) -> Paper:
    """A draft to be edited, numbered and signed: number and day stay blank. `reports` were taken in; `owing` sent none."""
    movement, agency = period.movement, period.movement.agency
    kind = "Tổng kết" if is_final(period) else "Sơ kết"
    return Paper(
        header=Header(
            agency=agency.name,
            symbol=f"BC-{agency.symbol}",
            place=agency.place,
            issued=IssueDate(period.ends_on.year),
            parent=agency.parent.name if agency.parent else "",
        ),
        title=Title("Báo cáo", f"{kind} phong trào “{movement.title}”, {period.name}"),
        body=(
            Section("Tình hình thực hiện", (Paragraph(_counts(period, reports)), *_silent(owing))),
            *_figures(indicators),
            *_told("Kết quả của các đơn vị", [(report.unit.name, report.results) for report in reports]),
            *_helped(social),
            *_said("Cách làm hay, gương tốt", [(report.unit.name, report.good_examples) for report in reports]),
            *_said("Khó khăn, kiến nghị", [(report.unit.name, report.difficulties) for report in reports]),
            Section("Nhiệm vụ, giải pháp thời gian tới", (Paragraph(TO_WRITE),)),
        ),
        signature=Signature(agency.head_title or "Giám đốc"),
        recipients=("Lưu: VT",),
    )


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


def _figures(indicators: Iterable[IndicatorRow]) -> tuple[Block, ...]:
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
    return (Section("Kết quả thực hiện các chỉ tiêu", (Table(COLUMNS, rows),)),) if rows else ()


def _helped(social: Iterable[Helped]) -> tuple[Block, ...]:
    rows = tuple(
        (str(place), one.beneficiary, str(one.times), one.worth_words) for place, one in enumerate(social, start=1)
    )
    return (Section("Công tác an sinh xã hội", (Table(HELPED_COLUMNS, rows),)),) if rows else ()


def _told(title: str, texts: list[tuple[str, str]]) -> tuple[Block, ...]:
    """What each unit wrote, under its name."""
    sections = [Section(unit, tuple(Paragraph(line) for line in text.split("\n") if line)) for unit, text in texts]
    return (Section(title, tuple(sections)),) if sections else ()


def _said(title: str, texts: list[tuple[str, str]]) -> tuple[Block, ...]:
    """What some units wrote, one dash each."""
    lines = tuple(f"{unit}: {' '.join(text.split())}" for unit, text in texts if text)
    return (Section(title, (Dashes(lines),)),) if lines else ()
