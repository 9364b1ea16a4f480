"""Who sees a session, who runs it, who presides, who counts, and who votes."""

from django.db.models import Q, QuerySet

from bangvang.council import queries
from bangvang.council.models import AgendaLine, Council, CouncilMember, Seat, Session, Teller
from bangvang.kernel.verdict import YES, Verdict, no
from bangvang.people.access import is_leader
from bangvang.people.actor import Actor
from bangvang.people.models import Duty

Role = CouncilMember.Role


def keeps_councils(actor: Actor) -> Verdict:
    """Councils are entered, from their decision, by the standing clerk of the agency."""
    if actor.role == Duty.Role.CLERK:
        return YES
    return no("Hội đồng do thường trực thi đua, khen thưởng ghi theo quyết định thành lập.", who="Thường trực")


def councils_visible_to(actor: Actor) -> QuerySet[Council]:
    """The standing clerk and the leaders see the agency's councils, a member those where one sits; the administrator none."""
    ours = Council.objects.filter(agency=actor.agency)
    if actor.role == Duty.Role.ADMINISTRATOR:
        return ours.none()
    if actor.role == Duty.Role.CLERK or is_leader(actor):
        return ours
    mine = CouncilMember.objects.filter(person=actor.person)
    counted = Teller.objects.filter(person=actor.person)
    return ours.filter(Q(pk__in=mine.values("council")) | Q(pk__in=counted.values("session__council")))


def sessions_visible_to(actor: Actor) -> QuerySet[Session]:
    """The sessions of the councils one sees; a code-holder who is no member sees the sessions where one counts.

    A member sees a session from its convening on.
    """
    found = Session.objects.filter(council__in=councils_visible_to(actor))
    if actor.role == Duty.Role.CLERK or is_leader(actor):
        return found
    secretary = CouncilMember.objects.filter(person=actor.person, role=Role.SECRETARY).values("council")
    seats = Seat.objects.filter(member__person=actor.person).values("session")
    counts = Teller.objects.filter(person=actor.person).values("session")
    open_to_me = Q(pk__in=seats) | Q(pk__in=counts)
    return found.filter(Q(council__in=secretary) | (open_to_me & ~Q(state=Session.State.DRAFT)))


def runs_council(actor: Actor, council: Council) -> Verdict:
    """The council's secretary, or the standing clerk of the agency, prepares and runs its sessions."""
    if actor.agency != council.agency or actor.role == Duty.Role.ADMINISTRATOR:
        return no("Hội đồng này thuộc cơ quan khác.")
    is_secretary = council.members.filter(person=actor.person, role=Role.SECRETARY).exists()
    if is_secretary or actor.role == Duty.Role.CLERK:
        return YES
    return no("Việc này do thư ký Hội đồng làm.", who="Thư ký Hội đồng")


def runs(actor: Actor, session: Session) -> Verdict:
    """The secretary of the council, or the standing clerk of the agency."""
    return runs_council(actor, session.council)


def presides(actor: Actor, session: Session) -> Verdict:
    """The chair; a vice-chair while the chair is away."""
    seats = queries.seats_of(session)
    chair_is_here = any(seat.member.role == Role.CHAIR and seat.is_present for seat in seats)
    mine = [seat for seat in seats if seat.person == actor.person]
    roles = {seat.member.role for seat in mine if seat.is_present}
    if Role.CHAIR in roles or (Role.VICE in roles and not chair_is_here):
        return YES
    return no("Việc này do Chủ tịch Hội đồng làm, hoặc Phó Chủ tịch khi Chủ tịch vắng.", who="Chủ tịch Hội đồng")


def counts(actor: Actor, session: Session) -> Verdict:
    """A code-holder of the session's counting board."""
    if session.tellers.filter(person=actor.person).exists():
        return YES
    return no("Việc này do ban kiểm phiếu làm.", who="Ban kiểm phiếu")


def runs_or_counts(actor: Actor, session: Session) -> Verdict:
    """The secretary, or the counting board."""
    return runs(actor, session) or counts(actor, session)


def may_declare(actor: Actor, session: Session) -> Verdict:
    """A member declares from the convening until the roll is frozen."""
    if queries.seat_of(session, actor.person) is None:
        return no("Chỉ thành viên Hội đồng khai xung đột lợi ích.")
    if session.state == Session.State.CONVENED:
        return YES
    return no("Bản khai chỉ nhận từ khi triệu tập đến khi khoá danh sách bỏ phiếu.")


def may_open_file(actor: Actor, line: AgendaLine) -> Verdict:
    """Who votes opens a line's file only after declaring no conflict on it, the secretary too; who only runs the session may."""
    seat = queries.seat_of(line.session, actor.person)
    if seat is None or not seat.has_vote:
        return YES if seat or runs(actor, line.session) else no("Hồ sơ chỉ mở cho thành viên Hội đồng.")
    declared = seat.declarations.filter(line=line).first()
    if declared is None:
        return no("Xin khai có hay không có xung đột lợi ích ở trường hợp này trước khi mở hồ sơ.")
    return no("Đã khai có xung đột lợi ích nên không mở hồ sơ này.") if declared.has_conflict else YES


def may_take_code(actor: Actor, session: Session) -> Verdict:
    """A code-holder takes the own code before the roll is frozen; taking it anew makes the former one worthless."""
    if not (verdict := counts(actor, session)):
        return verdict
    if session.uses_envelopes and session.state == Session.State.CONVENED:
        return YES
    return no("Mã chỉ phát từ khi triệu tập đến khi khoá danh sách bỏ phiếu, và chỉ khi có phiếu trên hệ thống.")


def may_cast(actor: Actor, session: Session) -> Verdict:
    """A present member with a vote, once, while the vote (or its rehearsal) is open. Never on behalf of somebody."""
    if session.state not in {Session.State.VOTING, Session.State.REHEARSING}:
        return no("Phiên họp chưa mở hoặc đã đóng bỏ phiếu.")
    seat = queries.seat_of(session, actor.person)
    if seat is None or not seat.votes or actor.on_behalf is not None:
        return no("Phiếu chỉ phát cho thành viên có mặt và có quyền bỏ phiếu.")
    if seat.on_paper:
        return no("Phiếu của thành viên này là phiếu giấy, nhận tại phòng họp.")
    if seat.envelope.sealed is not None:
        return no("Phiếu đã được niêm phong. Muốn đổi phiếu trước khi đóng, xin đề nghị ban kiểm phiếu.")
    return YES


def may_void(actor: Actor, session: Session) -> Verdict:
    """The counting board gives a member a new ballot, while the vote is open."""
    if not (verdict := counts(actor, session)):
        return verdict
    if session.state == Session.State.VOTING:
        return YES
    return no("Chỉ đổi phiếu được khi đang bỏ phiếu.")


def may_prepare(actor: Actor, session: Session) -> Verdict:
    """Agenda, shares and counting board are the secretary's, until the roll is frozen."""
    if not (verdict := runs(actor, session)):
        return verdict
    if session.state in Session.UNFROZEN:
        return YES
    return no("Danh sách đã khoá, chương trình không sửa được nữa.")


def may_call_roll(actor: Actor, session: Session) -> Verdict:
    """The secretary writes who is there, from the convening until the roll is frozen."""
    if not (verdict := runs(actor, session)):
        return verdict
    if session.state == Session.State.CONVENED:
        return YES
    return no("Điểm danh từ khi triệu tập đến khi khoá danh sách bỏ phiếu.")


def may_write_for(actor: Actor, session: Session) -> Verdict:
    """The secretary enters the opinions of absent members from their signed papers, until the vote is opened."""
    if not (verdict := runs(actor, session)):
        return verdict
    if session.state in {Session.State.CONVENED, Session.State.VOTING, Session.State.CLOSED}:
        return YES
    return no("Ý kiến bằng văn bản nhận từ khi triệu tập đến trước khi mở phiếu.")


def may_count_paper(actor: Actor, session: Session) -> Verdict:
    """The counting board enters the paper ballots after the vote is closed and before the result stands."""
    if not (verdict := counts(actor, session)):
        return verdict
    if session.mode != Session.Mode.ONLINE and session.state == Session.State.CLOSED:
        return YES
    return no("Kết quả phiếu giấy nhập sau khi đóng bỏ phiếu, ở phiên có phiếu giấy.")


def may_write_minutes(actor: Actor, session: Session) -> Verdict:
    """The secretary writes the discussion and the conclusion, until the session is concluded."""
    if not (verdict := runs(actor, session)):
        return verdict
    if session.state in Session.ENDED:
        return no("Phiên họp đã kết thúc, biên bản không sửa được nữa.")
    return YES
