"""Papers of a dossier: the minutes of bình xét, and the proposal with the list of nominations as its annex.

Every count in the text is the number of rows that stand in the paper.
"""

from dataclasses import replace

from bangvang import vietnamese
from bangvang.dossiers import queries
from bangvang.dossiers.models import Dossier, Nomination
from bangvang.honours.findings import award_label, code_of, the_book
from bangvang.honours.models import Register
from bangvang.papers.blocks import (
    Annex,
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


def file_name(kind: str, dossier: Dossier) -> str:
    """A name without diacritics: Bien-ban-QLNS-2026-k3f9…"""
    return vietnamese.file_stem(kind, dossier.unit.symbol or dossier.unit.code, dossier.year, dossier.code)


def _header(dossier: Dossier, kind: str, issued: IssueDate) -> Header:
    unit, agency = dossier.unit, dossier.unit.agency_or_self
    return Header(
        agency=unit.name,
        symbol=f"{kind}-{unit.symbol}".strip("-"),
        place=unit.place or agency.place,
        issued=issued,
        parent=agency.name if agency != unit else "",
    )


def award_words(line: Nomination) -> str:
    """The award as a paper names it: titles in quotation marks, "truy tặng" for the dead."""
    label = award_label(line.award)
    if the_book().register_of(code_of(line.award)) == Register.TITLES:
        label = f"“{label}”"
    return f"Truy tặng {label}" if line.is_posthumous else label


def who_words(line: Nomination) -> str:
    """Name with post and unit of that day, or address for somebody from outside."""
    place = (
        line.outside_address
        if line.is_outside
        else ", ".join(part for part in (line.title_then, line.unit_then) if part)
    )
    return f"{line.name_then}, {place}" if place and line.kind != Nomination.Kind.COLLECTIVE else line.name_then


def unit_words(line: Nomination) -> str:
    """Where the nominee stands: the address of somebody from outside, else the unit; a collective's agency, not itself."""
    if line.is_outside:
        return line.outside_address
    if line.unit is not None and line.unit == line.dossier.unit:
        return line.unit.agency_or_self.name
    return line.unit_then


def counts(lines: list[Nomination]) -> str:
    """How many lines, how many of them persons, collectives and households, from outside and posthumous."""
    persons = sum(line.subject == "person" for line in lines)
    households = sum(line.subject == "household" for line in lines)
    outside = sum(line.is_outside and line.subject != "household" for line in lines)
    dead = sum(line.is_posthumous for line in lines)
    words = f"{len(lines)} đề nghị, gồm {persons} cho cá nhân và {len(lines) - persons - households} cho tập thể"
    words += f", {households} cho hộ gia đình" if households else ""
    words += f"; trong đó {outside} cho người, tập thể ngoài đơn vị" if outside else ""
    return words + (f"; {dead} truy tặng" if dead else "")


def _day(day: object) -> str:
    return vietnamese.format_date(day)  # type: ignore[arg-type]


def minutes(dossier: Dossier) -> Paper:
    """Biên bản bình xét: who was there, who was not and why, what was said, votes on each line."""
    review = dossier.unit_review
    lines = queries.standing_lines(dossier)
    rows = list(review.attendances.select_related("person"))
    absent = [row for row in rows if not row.is_present]
    who: list[Block] = [
        Paragraph(f"Chủ trì: {review.chair.full_name}. Thư ký: {review.secretary.full_name}."),
        Paragraph(f"Có mặt {len(rows) - len(absent)} trên {len(rows)} người của đơn vị."),
    ]
    if absent:
        who.append(Paragraph(f"Vắng {len(absent)} người:"))
        who.append(Dashes(tuple(f"{row.person.full_name}: {row.reason}" for row in absent)))
    said = tuple(Paragraph(text) for text in review.minutes.splitlines() if text.strip())
    columns = (
        Column("TT", 0.5, "center"),
        Column("Họ và tên, tập thể", 3),
        Column("Đề nghị", 3),
        Column("Đồng ý", 1, "center"),
        Column("Số phiếu", 1, "center"),
    )
    table = Table(
        columns,
        tuple(
            (
                str(place),
                who_words(line),
                f"{award_words(line)} năm {line.for_year}",
                _count(line.votes_for),
                _count(line.votes_total),
            )
            for place, line in enumerate(lines, start=1)
        ),
    )
    return Paper(
        header=replace(_header(dossier, "BB", IssueDate.of(review.held_on)), is_dated=False),
        title=Title("Biên bản", f"Họp bình xét {dossier.occasion}"),
        body=(
            Paragraph(
                f"Ngày {_day(review.held_on)}, tại {review.place}, {dossier.unit.name} họp bình xét {dossier.occasion}."
            ),
            Section("Thành phần", tuple(who)),
            *((Section("Diễn biến, ý kiến", said),) if said else ()),
            Section("Kết quả biểu quyết", (Paragraph(f"Cuộc họp biểu quyết {counts(lines)}:"), table)),
            Paragraph(f"{dossier.unit.name} đề nghị khen thưởng theo kết quả trên."),
        ),
        signature=Signature("Chủ trì", review.chair.full_name),
        beside=(Signature("Thư ký", review.secretary.full_name),),
        recipients=(dossier.unit.agency_or_self.name, "Lưu: hồ sơ"),
    )


def nomination_list(dossier: Dossier) -> Paper:
    """Tờ trình đề nghị khen thưởng with the list as annex."""
    lines = queries.standing_lines(dossier)
    issued = IssueDate.of(dossier.submitted_on) if dossier.submitted_on else IssueDate()
    columns = (
        Column("TT", 0.5, "center"),
        Column("Họ và tên, tập thể", 2.2),
        Column("Chức vụ, đơn vị hoặc địa chỉ", 2.6),
        Column("Danh hiệu, hình thức đề nghị", 2.4),
        Column("Năm", 0.8, "center"),
        Column("Phiếu đồng ý", 1.1, "center"),
        Column("Tóm tắt thành tích", 5),
    )
    rows = tuple(
        (
            str(place),
            line.name_then,
            line.outside_address
            if line.is_outside
            else ", ".join(part for part in (line.title_then, line.unit_then) if part),
            award_words(line),
            str(line.for_year),
            f"{_count(line.votes_for)}/{_count(line.votes_total)}" if line.votes_total is not None else "",
            line.achievement,
        )
        for place, line in enumerate(lines, start=1)
    )
    by_award = tuple(f"{label}: {count}" for label, count in award_counts(lines))
    head = _signer(dossier)
    agency = dossier.unit.agency_or_self
    return Paper(
        header=_header(dossier, "TTr", issued),
        title=Title("Tờ trình", f"Về việc đề nghị khen thưởng, {dossier.occasion}"),
        body=(
            Paragraph(f"Kính gửi: {agency.name}."),
            Paragraph(
                f"{dossier.unit.name} trình {counts(lines)}, theo danh sách kèm theo. Chia theo danh hiệu, hình thức:"
            ),
            Dashes(by_award),
            Paragraph(f"Kính trình {agency.name} xem xét"),
        ),
        signature=head,
        recipients=("Như trên", "Lưu: hồ sơ"),
        annexes=(
            Annex(
                "Danh sách đề nghị khen thưởng",
                (Paragraph(f"Tổng số: {counts(lines)}."), Table(columns, rows)),
                landscape=True,
            ),
        ),
    )


def award_counts(lines: list[Nomination]) -> list[tuple[str, int]]:
    """(award in words, number of lines), in the order of first mention."""
    labels = [award_words(line) for line in lines]
    return [(label, labels.count(label)) for label in dict.fromkeys(labels)]


def _signer(dossier: Dossier) -> Signature:
    head = next(
        (
            duty
            for duty in queries.members_of(dossier, dossier.submitted_on or dossier.drafted_on)
            if duty.role == "head"
        ),
        None,
    )
    return (
        Signature(head.title, head.person.full_name) if head else Signature(dossier.unit.head_title or "Trưởng đơn vị")
    )


def _count(number: int | None) -> str:
    return "" if number is None else str(number)
