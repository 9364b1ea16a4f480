"""Giấy chứng nhận sáng kiến: what the council's minutes said, for whom, in which share.

The agency prints it in the frame of NĐ 30/2020. It is not Mẫu số 13 of NĐ 152/2025, whose layout nobody here has read.
"""

import datetime

from bangvang import vietnamese
from bangvang.initiatives.models import Initiative
from bangvang.papers.blocks import Column, Header, IssueDate, Paper, Paragraph, Signature, Table, Title
from bangvang.people.queries import head_of

COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Họ và tên", 2.4),
    Column("Đơn vị hoặc địa chỉ", 3.2),
    Column("Tỷ lệ đóng góp", 1.2, "center"),
)


def file_name(initiative: Initiative) -> str:
    """A name without diacritics: Giay-chung-nhan-12-GCN-STC, or with the code while it has no number."""
    number = initiative.certificate_number
    of = f"{number}-{initiative.certificate_symbol}" if number else f"du-thao-{initiative.code}"
    return vietnamese.file_stem("Giay-chung-nhan", of)


def certificate(initiative: Initiative, today: datetime.date) -> Paper:
    """The certificate; number and day stay blank until the registry gives them."""
    agency, on = initiative.agency, initiative.certified_on
    authors = list(initiative.authors.all())
    assert initiative.minutes_on is not None
    return Paper(
        header=Header(
            agency=agency.name,
            symbol=initiative.certificate_symbol,
            place=agency.place,
            issued=IssueDate.of(on) if on else IssueDate(),
            number=str(initiative.certificate_number or ""),
            parent=agency.parent.name if agency.parent else "",
        ),
        title=Title("Giấy chứng nhận", "Sáng kiến"),
        body=(
            Paragraph(f"{agency.name} chứng nhận sáng kiến “{initiative.title}”, lĩnh vực {initiative.field}."),
            Paragraph(f"Tác giả gồm {vietnamese.two_digits(len(authors))} người:"),
            Table(
                COLUMNS,
                tuple((str(at), one.name, one.place, f"{one.share} %") for at, one in enumerate(authors, start=1)),
            ),
            Paragraph(f"Sáng kiến được áp dụng lần đầu {_applied(initiative)}."),
            Paragraph(
                f"Hội đồng sáng kiến công nhận tại Biên bản số {initiative.minutes_number} ngày"
                f" {vietnamese.format_date(initiative.minutes_on)}: {initiative.votes_for} trên {initiative.votes_total}"
                f" phiếu đồng ý. Phạm vi ảnh hưởng: {initiative.get_scope_display().lower()}."
            ),
        ),
        signature=_signature(initiative, today),
        recipients=("Các tác giả", "Lưu: VT, hồ sơ sáng kiến"),
    )


def _signature(initiative: Initiative, today: datetime.date) -> Signature:
    """Who signed; the head, while nobody has."""
    agency = initiative.agency
    if initiative.signer_name:
        above = (f"{initiative.signer_authority} {agency.head_title}",) if initiative.signer_authority else ()
        return Signature(initiative.signer_title, initiative.signer_name, above)
    head = head_of(agency, on=today)
    return Signature(head.title, head.person.full_name) if head else Signature(agency.head_title or "Thủ trưởng")


def _applied(initiative: Initiative) -> str:
    day = initiative.first_applied_on
    return f"ngày {vietnamese.format_date(day)} tại {initiative.applied_at}" if day else f"tại {initiative.applied_at}"
