"""The pact of a cluster as a paper: what is promised, the targets as a table, the heads of all members below it."""

from bangvang import vietnamese
from bangvang.movements.models import Pact
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
from bangvang.people.queries import lead_of

COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Nội dung", 3.5),
    Column("Đơn vị tính", 1.2),
    Column("Mức phấn đấu", 1.3),
)


def file_name(pact: Pact) -> str:
    return vietnamese.file_stem("Giao-uoc", f"{pact.year}-{pact.code}")


def pact(of: Pact) -> Paper:
    """Names stand where the member signed; the day stays open until the last one did. The head of the cluster signs last."""
    cluster, agency = of.cluster, of.cluster.agency
    lead = lead_of(cluster, of.year)
    places = list(of.signatures.select_related("unit"))
    ordered = [*(place for place in places if place.unit != lead), *(place for place in places if place.unit == lead)]
    signatures = [Signature(f"Đại diện {place.unit.name}", place.signer_name) for place in ordered]
    signatures = signatures or [Signature("Đại diện các đơn vị")]
    names = ", ".join(place.unit.name for place in places)
    opening = f"Các đơn vị thành viên {cluster.name} cùng giao ước thi đua năm {of.year}."
    sections: list[tuple[str, tuple[Block, ...]]] = [
        ("Nội dung thi đua", (Dashes(_lines(of.contents)),) if of.contents else ()),
        ("Chỉ tiêu thi đua", (Table(COLUMNS, targets(of.targets)),) if of.targets else ()),
        ("Danh hiệu phấn đấu", (Dashes(_lines(of.titles)),) if of.titles else ()),
        (
            "Thực hiện giao ước",
            (Paragraph(f"Giao ước lập để {names or 'các thành viên'} cùng thực hiện, tự chấm và chấm chéo."),),
        ),
    ]
    return Paper(
        header=Header(
            agency=agency.name,
            symbol=f"GƯ-{agency.symbol}",
            place=agency.place,
            issued=IssueDate.of(of.in_force_on) if of.in_force_on else IssueDate(),
            parent=agency.parent.name if agency.parent else "",
        ),
        title=Title("Giao ước thi đua", f"{cluster.name}, năm {of.year}"),
        bases=(cluster.decision,),
        body=(Paragraph(opening), *(Section(title, inner) for title, inner in sections if inner)),
        signature=signatures[-1],
        beside=tuple(signatures[:-1]),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line)


def targets(text: str) -> tuple[tuple[str, ...], ...]:
    """A line is "what | measure | amount"; what was left out is blank."""
    rows = []
    for place, line in enumerate(_lines(text), start=1):
        what, measure, amount = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
        rows.append((str(place), what, measure, amount))
    return tuple(rows)
