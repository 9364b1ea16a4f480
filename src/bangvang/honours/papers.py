"""Trích lục: what the ledger holds of a person, unit or household, with the papers it rests on, and what nobody has declared complete."""

import datetime
from collections.abc import Sequence

from bangvang import vietnamese
from bangvang.honours.models import Register, Standing
from bangvang.honours.queries import YearRow, label_of
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
from bangvang.people.models import Household, Person, Unit

COLUMNS = (
    Column("Năm", 0.7, "center"),
    Column("Nội dung", 3),
    Column("Văn bản", 2.2),
    Column("Tên, đơn vị ghi lúc đó", 2.4),
)


def file_name(subject: Person | Unit | Household) -> str:
    """A name without diacritics: Trich-luc-k3f9…"""
    return vietnamese.file_stem("Trich-luc", subject.code)


def extract(subject: Person | Unit | Household, years: Sequence[YearRow], agency: Unit, on: datetime.date) -> Paper:
    """Everything that stands, newest first; then every register and year in which silence does not mean "none"."""
    facts = [fact for row in years for fact in row.facts]
    unproven = sum(not fact.is_verified for fact in facts)
    held: list[Block] = [Paragraph(f"Sổ có {len(facts)} bản ghi{_of_them(unproven)}.")]
    if facts:
        held.append(Table(COLUMNS, tuple(_row(fact) for fact in facts)))
    gaps = tuple(f"{label}: {_years(missing)}" for label, missing in _gaps(years))
    missing: tuple[Block, ...] = (
        (
            Paragraph(
                "Các sổ, năm sau chưa ai xác nhận đã đủ; không có bản ghi ở đó là chưa rõ, không phải là không có:"
            ),
            Dashes((*(f"{gap};" for gap in gaps[:-1]), f"{gaps[-1]}.")),
        )
        if gaps
        else (Paragraph("Mọi sổ của các năm trên đã được xác nhận đủ."),)
    )
    return Paper(
        header=Header(
            agency=agency.name,
            symbol=f"TL-{agency.symbol}".strip("-"),
            place=agency.place,
            issued=IssueDate.of(on),
            parent=agency.parent.name if agency.parent else "",
        ),
        title=Title("Trích lục", f"Thành tích thi đua, khen thưởng của {_who(subject)}"),
        body=(
            Paragraph(
                f"{_introduced(subject, on)} Trích từ sổ vàng của {agency.name} ngày {vietnamese.format_date(on)}."
            ),
            Section("Đã ghi trong sổ", tuple(held)),
            Section("Chưa đủ căn cứ", missing),
        ),
        signature=Signature(agency.head_title or "Thủ trưởng cơ quan"),
        recipients=(_who(subject), "Lưu: VT, hồ sơ thi đua, khen thưởng"),
    )


def _who(subject: Person | Unit | Household) -> str:
    return f"{subject.honorific.lower()} {subject.full_name}" if isinstance(subject, Person) else subject.name


def _introduced(subject: Person | Unit | Household, on: datetime.date) -> str:
    if isinstance(subject, Household):
        return f"{subject.name}, {subject.address}."
    if isinstance(subject, Unit):
        ended = f", hoạt động đến hết {vietnamese.format_date(subject.valid_until)}" if subject.valid_until else ""
        return f"{subject.name}, thành lập {vietnamese.format_date(subject.valid_from)}{ended}."
    duty = subject.duty_on(on)
    parts = [f"{subject.honorific} {subject.full_name}"]
    parts += [f"sinh năm {subject.birth_year}"] if subject.birth_year else []
    parts += [f"{duty.title}, {duty.unit.name}"] if duty else []
    parts += [f"tuyển dụng {vietnamese.format_date(subject.recruited_on)}"] if subject.recruited_on else []
    return ", ".join(parts) + "."


def _of_them(unproven: int) -> str:
    return f", trong đó {unproven} bản ghi chưa có văn bản chứng minh" if unproven else ""


def _row(fact: Standing) -> tuple[str, ...]:
    day = f", {vietnamese.format_date(fact.paper_on)}" if fact.paper_on else ""
    paper = f"{fact.paper_number}{day}" if fact.paper_number else ""
    if not fact.is_verified:
        paper = "Chưa có văn bản chứng minh"
    then = ", ".join(part for part in (fact.name_then, fact.unit_then) if part)
    return str(fact.year), label_of(fact), paper or "Chưa ghi số văn bản", then


def _gaps(years: Sequence[YearRow]) -> list[tuple[str, list[int]]]:
    """(register in words, years that nobody declared complete)."""
    found = [(label, sorted(row.year for row in years if label in row.gaps)) for label in Register.labels]
    return [(str(label), missing) for label, missing in found if missing]


def _years(years: Sequence[int]) -> str:
    """2015 đến 2019, 2022."""
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][-1] + 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]} đến {span[-1]}" for span in spans)
