"""Papers of a session: the counting record with every sum, and the minutes with the result of every line.

Every number is read from the session's lines; what is printed in one place is printed from the same line in the other.
"""

from bangvang import vietnamese
from bangvang.council import queries
from bangvang.council.models import AgendaLine, CouncilMember, Seat, Session
from bangvang.dossiers.papers import award_words, counts, unit_words, who_words
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

Role = CouncilMember.Role
SYMBOL = "BB-HĐTĐKT"
AT = "…… giờ ……"  # the hours of beginning and end are written in by hand: the session knows its day only


def file_name(kind: str, session: Session) -> str:
    """A name without diacritics: Bien-ban-hop-HDTDKT-2026-3-k3f9…"""
    agency = session.council.agency
    return vietnamese.file_stem(kind, agency.symbol or agency.code, session.held_on.year, session.number, session.code)


def source_words(session: Session) -> str:
    """How later papers cite this session."""
    return f"Biên bản họp {session.council.name}, phiên {session.number} ngày {vietnamese.format_date(session.held_on)}"


def _header(session: Session) -> Header:
    agency = session.council.agency
    return Header(
        agency=session.council.name,
        symbol=SYMBOL,
        place=agency.place,
        issued=IssueDate.of(session.held_on),
        parent=agency.name,
        is_dated=False,
    )


def _basis(session: Session) -> str:
    council = session.council
    day = vietnamese.format_date(council.decided_on)
    return f"{council.name} được thành lập theo {council.decision} ngày {day}."


def member_words(seat: Seat) -> str:
    """Name, place in the council, post."""
    role = seat.member.get_role_display()
    post = f" ({seat.post_then})" if seat.post_then else ""
    return f"{seat.person.honorific} {seat.person.full_name}, {role}{post}"


def _absent(seats: list[Seat], with_opinion: set[int]) -> tuple[str, ...]:
    return tuple(
        f"{member_words(seat)}: {seat.absence or 'không ghi lý do'}"
        + ("; có gửi ý kiến bằng văn bản" if seat.pk in with_opinion else "")
        for seat in seats
        if not seat.is_present
    )


def _attendance(session: Session, seats: list[Seat]) -> list[Block]:
    present = [seat for seat in seats if seat.is_present]
    written = set(session.seats.filter(opinions__isnull=False).values_list("pk", flat=True))
    absent = _absent(seats, written)
    blocks: list[Block] = [
        Paragraph(
            f"Tổng số thành viên {len(seats)}, trong đó {queries.members_with_a_vote(seats)} có quyền bỏ phiếu;"
            f" có mặt {len(present)}, vắng {len(absent)}."
        )
    ]
    if absent:
        blocks += [Paragraph("Vắng:"), Dashes(absent)]
    return blocks


def _recused(session: Session, lines: list[AgendaLine], seats: list[Seat]) -> list[Block]:
    aside = queries.recusals(session)
    names = {seat.pk: seat.person.full_name for seat in seats if seat.has_vote}
    rows = tuple(
        f"{line.nomination.name_then}: {', '.join(names[pk] for pk in sorted(aside[line.pk] & set(names)))}"
        for line in lines
        if aside.get(line.pk, set()) & set(names)
    )
    if not rows:
        return [Paragraph("Không có thành viên nào phải tránh bỏ phiếu vì xung đột lợi ích.")]
    return [Paragraph("Không bỏ phiếu vì xung đột lợi ích, vẫn tính trong tổng số thành viên:"), Dashes(rows)]


def _shares(lines: list[AgendaLine]) -> tuple[str, ...]:
    """One line for each award: the share, where it stands, who confirmed it."""
    told = {}
    for line in lines:
        who = f"; {line.confirmed_by} xác nhận theo {line.confirmed_text}" if line.confirmed_by else ""
        told[award_words(line.nomination)] = (
            f"{line.rule.words} tổng số thành viên có quyền bỏ phiếu, theo {line.rule_cite}{who}"
        )
    return tuple(f"{award}: {share}" for award, share in told.items())


COUNT_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Họ và tên, tập thể", 2.4),
    Column("Danh hiệu, hình thức", 2.2),
    Column("Phát ra", 0.8, "center"),
    Column("Thu về", 0.8, "center"),
    Column("Đồng ý", 0.8, "center"),
    Column("Không đồng ý", 0.9, "center"),
    Column("Không hợp lệ", 0.9, "center"),
)


def by_votes(lines: list[AgendaLine]) -> list[AgendaLine]:
    """Most votes first; equal ones in the order of the agenda."""
    return sorted(lines, key=lambda line: (-line.total_for, line.position))


def _count_row(place: int, line: AgendaLine) -> tuple[str, ...]:
    numbers = (line.handed_out, line.returned, line.agreed, line.against, line.invalid)
    return (str(place), who_words(line.nomination), award_words(line.nomination), *(str(number) for number in numbers))


RESULT_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Họ và tên, tập thể", 2.4),
    Column("Danh hiệu, hình thức", 2.2),
    Column("Phiếu đồng ý", 0.9, "center"),
    Column("Văn bản đồng ý", 0.9, "center"),
    Column("Tổng đồng ý", 0.9, "center"),
    Column("Tỷ lệ", 0.9, "center"),
    Column("Kết quả", 0.9, "center"),
)


def _result_row(place: int, line: AgendaLine) -> tuple[str, ...]:
    members = line.members or 0
    return (
        str(place),
        who_words(line.nomination),
        award_words(line.nomination),
        str(line.agreed),
        str(line.written_for),
        f"{line.total_for}/{members}",
        queries.percent(line.total_for, members),
        "Đạt" if line.passed else "Không đạt",
    )


def result_table(lines: list[AgendaLine]) -> Table:
    """The list of votes: what each line got of all members, sorted by votes."""
    return Table(RESULT_COLUMNS, tuple(_result_row(place, line) for place, line in enumerate(by_votes(lines), start=1)))


MINUTES_COLUMNS = (
    Column("TT", 0.6, "center"),
    Column("Họ và tên, tập thể", 2.3),
    Column("Chức vụ, đơn vị", 2.6),
    Column("Danh hiệu, hình thức", 2.3),
    Column("Tổng đồng ý", 0.9, "center"),
    Column("Tỷ lệ", 1, "center"),
    Column("Kết quả", 0.9, "center"),
)


def minutes_table(lines: list[AgendaLine]) -> Table:
    """What the minutes say of every line, in the order of votes; the ballots themselves stand in the counting record."""
    rows = []
    for place, line in enumerate(by_votes(lines), start=1):
        one = line.nomination
        post = ", ".join(part for part in (one.title_then, unit_words(one)) if part)
        votes = _result_row(place, line)[-3:]
        rows.append((str(place), one.name_then, post, award_words(one), *votes))
    return Table(MINUTES_COLUMNS, tuple(rows))


def _passed(lines: list[AgendaLine]) -> list[Block]:
    passed = [line for line in lines if line.passed]
    blocks: list[Block] = [Paragraph(f"Đạt tỷ lệ: {len(passed)} trên {len(lines)} trường hợp.")]
    if passed:
        blocks.append(Dashes(tuple(f"{line.nomination.name_then}: {award_words(line.nomination)}" for line in passed)))
    return blocks


def counting_record(session: Session) -> Paper:
    """Biên bản kiểm phiếu: who counted, who took part, every sum of every line, who reached the share."""
    lines, seats, tellers = queries.lines_of(session), queries.seats_of(session), queries.tellers_of(session)
    head = tellers[0]
    board = Dashes(
        tuple(
            f"{one.person.honorific} {one.person.full_name}, {'Trưởng ban' if one == head else 'Uỷ viên'}"
            for one in tellers
        )
    )
    how = {
        "online": "Phiếu kín trên hệ thống: mỗi phiếu được niêm phong khi gửi, mở một lần bằng mã của hai người trong ban kiểm phiếu.",
        "paper": "Phiếu giấy, ban kiểm phiếu đếm tại phòng họp.",
        "mixed": "Phiếu kín trên hệ thống và phiếu giấy; kết quả dưới đây là tổng của hai cách.",
    }[session.mode]
    mark = queries.check_mark(session)
    return Paper(
        header=_header(session),
        title=Title("Biên bản", f"Kiểm phiếu phiên {session.number} {session.council.name}"),
        body=(
            Paragraph(f"Ngày {vietnamese.format_date(session.held_on)}, tại {session.place}. {_basis(session)}"),
            Section("Ban kiểm phiếu", (board,)),
            Section("Tham gia bỏ phiếu", tuple(_attendance(session, seats))),
            Section("Tránh xung đột lợi ích", tuple(_recused(session, lines, seats))),
            Section(
                "Phiếu",
                (
                    Paragraph(f"{how} Lần bỏ phiếu thứ {session.vote_round}. Mã danh sách đã khoá: {mark}."),
                    Table(COUNT_COLUMNS, tuple(_count_row(place, line) for place, line in enumerate(lines, start=1))),
                ),
            ),
            Section(
                "Kết quả",
                (
                    Paragraph("Ý kiến bằng văn bản của thành viên vắng mặt không phải phiếu kín, được tính riêng."),
                    result_table(lines),
                    Dashes(_shares(lines)),
                    *_passed(lines),
                ),
            ),
        ),
        signature=Signature("Trưởng ban", head.person.full_name),
        beside=tuple(Signature("Uỷ viên", one.person.full_name) for one in tellers if one != head),
        recipients=(session.council.name, "Lưu: hồ sơ phiên họp"),
    )


def minutes(session: Session) -> Paper:
    """Biên bản họp Hội đồng: who was there, what was said, the result of every line, the conclusion."""
    lines, seats = queries.lines_of(session), queries.seats_of(session)
    chair = _presiding(seats)
    secretary = next((seat for seat in seats if seat.is_present and seat.member.role == Role.SECRETARY), None)
    said = tuple(Paragraph(text) for text in session.discussion.splitlines() if text.strip())
    concluded = tuple(Paragraph(text) for text in session.conclusion.splitlines() if text.strip())
    who: list[Block] = [Paragraph(f"Chủ trì: {member_words(chair)}.")] if chair else []
    who += [Paragraph(f"Thư ký: {member_words(secretary)}.")] if secretary else []
    present = tuple(member_words(seat) for seat in seats if seat.is_present)
    return Paper(
        header=_header(session),
        title=Title("Biên bản", f"Họp {session.council.name}, phiên {session.number}"),
        body=(
            Paragraph(
                f"Bắt đầu lúc {AT}, ngày {vietnamese.format_date(session.held_on)}, tại {session.place}. {_basis(session)}"
            ),
            Section("Thành phần", (*who, *_attendance(session, seats), Paragraph("Có mặt:"), Dashes(present))),
            Section("Nội dung", (Paragraph(f"Hội đồng xét {counts([line.nomination for line in lines])}."), *said)),
            Section("Tránh xung đột lợi ích", tuple(_recused(session, lines, seats))),
            Section(
                "Kết quả bỏ phiếu kín",
                (
                    Paragraph("Kèm theo Biên bản kiểm phiếu. Tỷ lệ tính trên tổng số thành viên có quyền bỏ phiếu."),
                    minutes_table(lines),
                    *_passed(lines),
                ),
            ),
            Section("Kết luận", (*concluded, Paragraph(f"Phiên họp kết thúc vào {AT} cùng ngày"))),
        ),
        signature=Signature(
            f"{chair.member.get_role_display()} Hội đồng" if chair else "Chủ tịch Hội đồng",
            chair.person.full_name if chair else "",
        ),
        beside=(Signature("Thư ký", secretary.person.full_name if secretary else ""),),
        recipients=(session.council.agency.name, "Thành viên Hội đồng", "Lưu: hồ sơ phiên họp"),
    )


def _presiding(seats: list[Seat]) -> Seat | None:
    """The chair who is there, else the first vice-chair who is."""
    present = [seat for seat in seats if seat.is_present]
    order = {Role.CHAIR: 0, Role.VICE: 1}
    heads = [seat for seat in present if seat.member.role in order]
    return min(heads, key=lambda seat: order[Role(seat.member.role)], default=None)
