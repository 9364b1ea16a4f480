"""The papers of a movement in NĐ 30/2020 layout: its plan, and the summary of what was registered."""

from collections.abc import Iterable

from bangvang import vietnamese
from bangvang.movements.models import Movement, Registration
from bangvang.movements.queries import PlanFields
from bangvang.movements.registering import label_of_award
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

SUMMARY_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Cá nhân, tập thể", 2),
    Column("Danh hiệu, hình thức", 2.2),
    Column("Chỉ tiêu", 3),
)


def file_name(movement: Movement) -> str:
    """A name without diacritics that survives every mail program: Ke-hoach-15-KH-STC."""
    number = movement.document_number if movement.number else f"du-thao-{movement.code}"
    return vietnamese.file_stem("Ke-hoach", number)


def plan(movement: Movement, plan: PlanFields, *, seal: str = "") -> Paper:
    """The paper of a plan. Before issue the number is blank and the day shows only what is known."""
    agency = movement.agency
    issued = IssueDate.of(movement.issued_on) if movement.issued_on else IssueDate()
    signer = _signature(movement)
    return Paper(
        header=Header(
            agency=agency.name,
            symbol=movement.symbol,
            place=agency.place,
            issued=issued,
            number=str(movement.number or ""),
            parent=agency.parent.name if agency.parent else "",
        ),
        title=Title("Kế hoạch", movement.title),
        bases=plan.bases,
        body=_body(movement, plan),
        signature=signer,
        recipients=tuple(f"{name} ({note})" if note else name for name, note in plan.recipients),
        seal=seal,
    )


def _signature(movement: Movement) -> Signature:
    if not movement.signer_name:
        return Signature(movement.agency.head_title or "Giám đốc")
    if movement.signer_authority:
        return Signature(
            movement.signer_title, movement.signer_name, (f"{movement.signer_authority} {movement.agency.head_title}",)
        )
    return Signature(movement.signer_title, movement.signer_name)


def _body(movement: Movement, plan: PlanFields) -> tuple[Block, ...]:
    agency = movement.agency.name
    opening = f"{agency} ban hành Kế hoạch tổ chức phong trào thi đua"
    opening += f" với chủ đề “{plan.theme}” như sau:" if plan.theme else " như sau:"
    criteria = [
        Section(label, (Dashes(texts),))
        for label, texts in (
            ("Đối với tập thể", plan.collective_criteria),
            ("Đối với cá nhân", plan.individual_criteria),
        )
        if texts
    ]
    aims: list[Block] = [Section("Mục đích", _paragraphs(plan.purposes))]
    if plan.requirements:
        aims.append(Section("Yêu cầu", (Dashes(plan.requirements),)))
    sections: list[tuple[str, tuple[Block, ...]]] = [
        (
            "Mục đích, yêu cầu" if plan.requirements else "Mục đích",
            tuple(aims) if plan.requirements else _paragraphs(plan.purposes),
        ),
        ("Đối tượng", _paragraphs(plan.targets)),
        ("Nội dung thi đua", _numbered(plan.contents)),
        ("Giải pháp thực hiện", _numbered(plan.solutions)),
        ("Tiêu chí thi đua", tuple(criteria)),
        ("Hình thức khen thưởng", (Dashes(tuple(award.told for award in plan.awards)),)),
        ("Thời gian thực hiện", _times(movement, plan)),
        ("Trình tự, thủ tục khen thưởng", _paragraphs(plan.procedure)),
        ("Tổ chức thực hiện", _numbered(plan.duties)),
    ]
    return (Paragraph(opening), *(Section(title, inner) for title, inner in sections if inner))


def _times(movement: Movement, plan: PlanFields) -> tuple[Block, ...]:
    whole = Paragraph(_sentence(movement.period_words))
    stages = tuple(f"{one.name}: đến hết ngày {vietnamese.format_date(one.last_day)}" for one in plan.milestones)
    return (whole, Dashes(stages)) if stages else (whole,)


def _numbered(texts: tuple[str, ...]) -> tuple[Block, ...]:
    """Items that are sentences, not headings: numbered, not bold."""
    return tuple(Paragraph(f"{place}. {text}") for place, text in enumerate(texts, start=1))


def _paragraphs(texts: tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Paragraph(text) for text in texts)


def _sentence(words: str) -> str:
    words = vietnamese.clean(words)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def registration_summary(movement: Movement, registrations: Iterable[Registration]) -> Paper:
    """Who registered for what, unit by unit; the counts in the opening are those of the tables below."""
    agency = movement.agency
    sections: list[Block] = []
    people = collectives = 0
    for registration in registrations:
        lines = sorted(registration.lines.all(), key=lambda line: (line.person is not None, line.pk))
        if not lines:
            continue
        collectives += sum(line.person is None for line in lines)
        people += len({line.person_id for line in lines if line.person})
        rows = tuple(
            (
                str(place),
                line.person.full_name if line.person else f"Tập thể {registration.unit.name}",
                label_of_award(line.award),
                line.target,
            )
            for place, line in enumerate(lines, start=1)
        )
        sections.append(Section(registration.unit.name, (Table(SUMMARY_COLUMNS, rows),)))
    counted = f"Có {len(sections)} đơn vị đăng ký, gồm {people} cá nhân và {collectives} lượt đăng ký của tập thể."
    opening = Paragraph(f"Tổng hợp đăng ký thi đua trong phong trào “{movement.title}”. {counted}")
    closing = Paragraph("Bảng này lập theo các bản đăng ký đã gửi hoặc đã tiếp nhận.")
    return Paper(
        header=Header(
            agency=agency.name,
            symbol=f"BTH-{agency.symbol}",
            place=agency.place,
            parent=agency.parent.name if agency.parent else "",
        ),
        title=Title("Bảng tổng hợp", "Đăng ký thi đua"),
        body=(opening, *sections, closing),
        signature=Signature("Người lập"),
        recipients=("Lưu: VT",),
    )
