"""The plan of a movement as an official paper (kế hoạch, NĐ 30/2020 layout)."""

from bangvang import vietnamese
from bangvang.movements.models import Movement
from bangvang.movements.queries import PlanFields
from bangvang.papers.blocks import Block, Dashes, Header, IssueDate, Paper, Paragraph, Section, Signature, Title


def file_name(movement: Movement) -> str:
    """A name without diacritics that survives every mail program: Ke-hoach-15-KH-STC."""
    number = movement.document_number if movement.number else f"du-thao-{movement.code}"
    return "Ke-hoach-" + number.replace("/", "-").replace("Đ", "D")


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
        ("Nội dung thi đua", tuple(Section(text) for text in plan.contents)),
        ("Tiêu chí thi đua", tuple(criteria)),
        ("Hình thức khen thưởng", (Dashes(tuple(_award(text, standard) for text, standard in plan.awards)),)),
        ("Thời gian thực hiện", (Paragraph(_sentence(movement.period_words)),)),
        ("Tổ chức thực hiện", tuple(Section(text) for text in plan.duties)),
    ]
    return (Paragraph(opening), *(Section(title, inner) for title, inner in sections))


def _award(text: str, standard: str) -> str:
    return f"{text}: {standard}" if standard else text


def _paragraphs(texts: tuple[str, ...]) -> tuple[Block, ...]:
    return tuple(Paragraph(text) for text in texts)


def _sentence(words: str) -> str:
    words = vietnamese.clean(words)
    return f"{words[:1].upper()}{words[1:]}." if words else ""
