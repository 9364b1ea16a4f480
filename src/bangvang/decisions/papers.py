"""Papers of a decision, all from its lines: tờ trình with the list, the decision with its annex, the payment list, the notice of refusals.

Every count and sum in a text is that of the rows which stand in the same paper.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bangvang import vietnamese
from bangvang.decisions import queries
from bangvang.decisions.models import Certificate, Decision, DecisionLine
from bangvang.honours.findings import the_book
from bangvang.papers.blocks import (
    Annex,
    Article,
    Block,
    Column,
    Dashes,
    Enacting,
    Header,
    IssueDate,
    Paper,
    Paragraph,
    Section,
    Signature,
    Table,
    Title,
)

WHO = (
    Column("TT", 0.6, "center"),
    Column("Họ và tên, tập thể", 2.6),
    Column("Chức vụ", 2),
    Column("Đơn vị", 2.6),
    Column("Danh hiệu, hình thức", 2.6),
)
AMOUNT = Column("Số tiền (đồng)", 1.6, "right")


def file_name(kind: str, decision: Decision) -> str:
    """A name without diacritics: Quyet-dinh-431-QD-STC."""
    return vietnamese.file_stem(kind, decision.document_number if decision.number else f"du-thao-{decision.code}")


def _header(decision: Decision, symbol: str, issued: IssueDate, number: str = "") -> Header:
    agency = decision.agency
    return Header(agency.name, symbol, agency.place, issued, number, agency.parent.name if agency.parent else "")


def _signature(decision: Decision) -> Signature:
    agency = decision.agency
    if not decision.signer_name:
        return Signature(agency.head_title or "Giám đốc")
    above = (f"{decision.signer_authority} {agency.head_title}",) if decision.signer_authority else ()
    return Signature(decision.signer_title, decision.signer_name, above)


def _who(line: DecisionLine) -> tuple[str, ...]:
    return str(line.place), line.full_name, line.title, line.unit, line.award_words


def _money(amount: int) -> str:
    return vietnamese.format_number(amount)


def _tables(
    lines: list[DecisionLine], columns: tuple[Column, ...], rest: Mapping[int, tuple[str, ...]]
) -> tuple[Block, ...]:
    """The annex as officials sort: collectives, households, individuals, places counted through."""
    parts: list[Block] = []
    for heading, subject in (("Tập thể", "collective"), ("Hộ gia đình", "household"), ("Cá nhân", "person")):
        rows = tuple((*_who(line), *rest[line.pk]) for line in lines if line.nomination.subject == subject)
        if rows:
            parts.append(Section(heading, (Table(columns, rows),)))
    return tuple(parts)


def _amounts(lines: list[DecisionLine]) -> dict[int, tuple[str, ...]]:
    return {line.pk: (_money(line.amount),) for line in lines}


def _per_award(lines: list[DecisionLine]) -> list[str]:
    """For each award what is done, and for how many: Công nhận danh hiệu “…” cho 03 cá nhân."""
    return [f"{_act(group[0])} cho {queries.count_of(group).words}" for _, group in queries.by_award(lines)]


def _act(line: DecisionLine) -> str:
    book = the_book()
    code = book.code_of(line.nomination.award)
    verb = "Truy tặng" if line.nomination.is_posthumous else "Tặng"
    name = line.award_words.removeprefix("Truy tặng ")
    is_title = code in book.awards and book.awards[code].kind == "title" and not line.nomination.is_posthumous
    return f"Công nhận danh hiệu {name}" if is_title else f"{verb} {name}"


def _listed(items: list[str]) -> tuple[str, ...]:
    return (*(f"{item};" for item in items[:-1]), *(f"{item}." for item in items[-1:]))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def decision(decision: Decision, *, seal: str = "") -> Paper:
    """Quyết định khen thưởng with its annex. Before the number is given it is blank; the day is the planned one's year only."""
    lines = queries.awarded(decision)
    merit = f" {decision.merit.strip()}" if decision.merit.strip() else ""
    acts = "; ".join(act if not place else _lower(act) for place, act in enumerate(_per_award(lines)))
    total = vietnamese.format_money(queries.total_of(lines))
    issued = IssueDate.of(decision.issued_on) if decision.issued_on else IssueDate(decision.planned_on.year)
    return Paper(
        header=_header(decision, decision.symbol, issued, str(decision.number or "")),
        title=Title("Quyết định", decision.title, decision.authority_words),
        bases=tuple(decision.bases),
        body=(
            Enacting("Quyết định:"),
            Article(f"{acts}{merit} (có danh sách kèm theo)."),
            Article(f"Tiền thưởng kèm theo có tổng số tiền {total}, chi từ {decision.fund}."),
            Article(
                f"{decision.executors} và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này"
            ),
        ),
        signature=_signature(decision),
        recipients=tuple(decision.recipients),
        annexes=(Annex("Danh sách khen thưởng", _tables(lines, (*WHO, AMOUNT), _amounts(lines)), landscape=True),),
        seal=seal,
    )


def submission(decision: Decision) -> Paper:
    """Tờ trình of the standing body to the head, with the list as annex; refusals are named with their reasons."""
    lines, refused = queries.awarded(decision), queries.refused(decision)
    rest = {line.pk: (_money(line.amount), line.nomination.achievement) for line in lines}
    count = queries.count_of(lines)
    minutes = f"Biên bản số {decision.minutes_number}" if decision.minutes_number else "biên bản"
    held = f" {vietnamese.long_date(decision.minutes_on)}" if decision.minutes_on else ""
    body: list[Block] = [
        Paragraph(f"Kính gửi: {decision.authority_words}."),
        Paragraph(
            f"Căn cứ {minutes}{held} của Hội đồng Thi đua, khen thưởng, thường trực trình {len(lines)} đề nghị khen thưởng"
            f" ({count.words}), theo danh sách kèm theo:"
        ),
        Dashes(_listed(_per_award(lines))),
        Paragraph(
            f"Tổng số tiền thưởng: {vietnamese.format_money(queries.total_of(lines))}, chi từ {decision.fund}. Mức thưởng theo"
            f" {decision.money_cite}."
        ),
    ]
    if decision.money_checked:
        body.append(Paragraph(f"Mức thưởng do người xem, xác nhận: {decision.money_checked}."))
    if refused:
        body.append(Paragraph(f"Không trình khen thưởng {len(refused)} đề nghị:"))
        body.append(Dashes(tuple(f"{line.full_name}, {line.award_words}: {line.reason}" for line in refused)))
    body.append(Paragraph(f"Kính trình {decision.authority_words} xem xét, quyết định"))
    return Paper(
        header=_header(decision, f"TTr-{decision.agency.symbol}", IssueDate(decision.planned_on.year)),
        title=Title("Tờ trình", f"Về việc đề nghị khen thưởng trong {_lower(decision.occasion)}"),
        body=tuple(body),
        signature=Signature("Thường trực Hội đồng"),
        recipients=("Như trên", "Lưu: VT, hồ sơ"),
        annexes=(
            Annex(
                "Danh sách đề nghị khen thưởng",
                _tables(lines, (*WHO, AMOUNT, Column("Tóm tắt thành tích", 4)), rest),
                landscape=True,
            ),
        ),
    )


PAYMENT_COLUMNS = (*WHO, Column("Hệ số × lương cơ sở", 2.9, "right"), AMOUNT)


def payment_rows(decision: Decision) -> list[tuple[str | int, ...]]:
    """Rows of the payment list: who, for what, multiple × base salary, amount; as numbers where they are numbers."""
    return [(line.place, *_who(line)[1:], _multiple(line, decision), line.amount) for line in queries.awarded(decision)]


def _multiple(line: DecisionLine, decision: Decision) -> str:
    if not line.raw or not decision.base_salary:
        return "hưởng mức cao nhất"
    times = vietnamese.format_number(Decimal(line.raw) / Decimal(decision.base_salary))
    return f"{times} × {_money(decision.base_salary)} = {_money(line.raw)}"


def payment_list(decision: Decision, *, seal: str = "") -> Paper:
    """Danh sách chi thưởng: the amounts of the decision with how each came about and a place to sign."""
    lines = queries.awarded(decision)
    rows = [tuple(cell if isinstance(cell, str) else _money(cell) for cell in row) for row in payment_rows(decision)]
    sum_row = ("", "Tổng cộng", "", "", "", "", _money(queries.total_of(lines)), "")
    table = Table((*PAYMENT_COLUMNS, Column("Ký nhận", 1.4)), (*((*row, "") for row in rows), sum_row))
    total = vietnamese.format_money(queries.total_of(lines))
    day = vietnamese.long_date(decision.issued_on) if decision.issued_on else "chưa ghi ngày"
    issued = IssueDate.of(decision.issued_on) if decision.issued_on else IssueDate(decision.planned_on.year)
    return Paper(
        header=_header(decision, f"DS-{decision.agency.symbol}", issued),
        title=Title("Danh sách chi thưởng", decision.title),
        body=(
            Paragraph(
                f"Theo Quyết định số {decision.document_number} {day}; mức thưởng theo {decision.money_cite}; {rounding_words(decision)}."
            ),
            Paragraph(f"Có {queries.count_of(lines).words}, tổng số tiền {total}, theo bảng ở phụ lục"),
        ),
        signature=Signature("Người lập"),
        recipients=("Kế toán", "Lưu: hồ sơ"),
        annexes=(Annex("Bảng chi thưởng", (table,), landscape=True),),
        seal=seal,
    )


def rounding_words(decision: Decision) -> str:
    """The rounding rule of the day with its article, in the middle of a sentence."""
    rule = the_book().principle("prize_rounding", decision.decided_on)
    return f"{_lower(rule.text)} ({'; '.join(map(str, rule.row.cites))})" if rule else "không làm tròn"


def refusals(decision: Decision) -> Paper:
    """Thông báo of what was not awarded, each with its reason, to the units that proposed it."""
    lines = queries.refused(decision)
    columns = (Column("TT", 0.6, "center"), *WHO[1:], Column("Lý do", 3.4))
    rows = tuple((str(place), *_who(line)[1:], line.reason) for place, line in enumerate(lines, start=1))
    issued = IssueDate.of(decision.issued_on) if decision.issued_on else IssueDate(decision.planned_on.year)
    return Paper(
        header=_header(decision, f"TB-{decision.agency.symbol}", issued),
        title=Title("Thông báo", f"Kết quả xét khen thưởng trong {_lower(decision.occasion)}"),
        body=(
            Paragraph(
                f"{decision.agency.name} thông báo {len(lines)} đề nghị không được khen thưởng, kèm lý do, theo danh sách ở phụ lục."
            ),
            Paragraph("Đơn vị có ý kiến thì gửi thường trực thi đua, khen thưởng"),
        ),
        signature=_signature(decision),
        recipients=("Các đơn vị có đề nghị", "Lưu: VT, hồ sơ"),
        annexes=(Annex("Danh sách không khen thưởng", (Table(columns, rows),), landscape=True),),
    )


def certificate_fields(certificate: Certificate, verify_url: str) -> dict[str, Any]:
    """What one certificate says, by the names that the drawing of certificates takes (`papers.certificates.CertificateFacts`).

    `verify_url` is the whole address of its public page: only the door knows the host. The number of the golden book on the paper
    is the place in the decision (NĐ 98/2023, Điều 104); our own register's number stands on its pages.
    """
    line = certificate.line
    decision = line.decision
    signature = _signature(decision)
    return {
        "code": certificate.code,
        "honoured_name": line.name,
        "honorific": line.honorific,
        "title": line.title,
        "unit": line.unit,
        "award_words": award_words(line),
        "achievement": decision.merit,
        "decision_number": decision.document_number,
        "decided_on": decision.decided_on,
        "place": decision.agency.place,
        "agency": decision.agency.name,
        "signer_title": "\n".join(signature.titles()),
        "signer_name": decision.signer_name,
        "register_number": str(line.place),
        "verify_url": verify_url,
    }


def award_words(line: DecisionLine) -> str:
    """The award as a certificate names it: without quotation marks, a title with "Danh hiệu" before it."""
    words = line.award_words.removeprefix("Truy tặng ").strip("“”")
    return f"Danh hiệu {words}" if _act(line).startswith("Công nhận danh hiệu") else words
