"""What a person may do in a session now, as lines of a page; and what sessions ask of a person, as tasks."""

from dataclasses import dataclass

from django.urls import reverse

from bangvang import vietnamese
from bangvang.council import queries
from bangvang.council.access import (
    counts,
    may_call_roll,
    may_cast,
    may_count_paper,
    may_declare,
    may_prepare,
    may_take_code,
    may_write_for,
    may_write_minutes,
    presides,
    runs,
    sessions_visible_to,
)
from bangvang.council.models import Seat, Session
from bangvang.council.workflow import SESSION
from bangvang.kernel.verdict import Verdict
from bangvang.people.actor import Actor
from bangvang.people.models import Duty
from bangvang.web.staff.unit_tasks import Task

S = Session.State


@dataclass(frozen=True)
class Act:
    """One line: the button with its address, or why not."""

    label: str
    hint: str
    address: str
    main: bool = False
    refusal: str = ""


def _act(session: Session, view: str, label: str, hint: str, *, main: bool = False) -> Act:
    return Act(label, hint, reverse(f"council:{view}", args=[session.code]), main)


def acts(session: Session, actor: Actor) -> list[Act]:
    """Possible ones first, one of them in the foreground; then the steps of the table that wait for something."""
    seat = queries.seat_of(session, actor.person)
    possible = [*_of_member(session, seat, actor), *_of_board(session, actor), *_of_secretary(session, actor)]
    waiting = []
    for offer in SESSION.offers(session, actor):
        step = offer.step
        views = {"open": "open", "end_rehearsal": "end_rehearsal"}
        address = (
            reverse(f"council:{views[step.name]}", args=[session.code])
            if step.name in views
            else reverse("council:step", args=[session.code, step.name])
        )
        if offer.verdict:
            possible.append(Act(step.label, step.hint, address, step.main))
        elif concerns(actor, session):
            waiting.append(Act(step.label, "", "", refusal=offer.verdict.reason))
    first = next((place for place, act in enumerate(possible) if act.main), None)
    shown = [Act(act.label, act.hint, act.address, place == first) for place, act in enumerate(possible)]
    return [*shown, *waiting]


def concerns(actor: Actor, session: Session) -> bool:
    """Whether the actor has a hand in the session: runs it, presides or counts."""
    return bool(runs(actor, session) or counts(actor, session) or presides(actor, session))


def _of_member(session: Session, seat: Seat | None, actor: Actor) -> list[Act]:
    found = []
    if seat is not None and may_declare(actor, session):
        declared = seat.declarations.count() >= session.lines.count()
        hint = "Khai cho từng trường hợp; khai xong mới mở được hồ sơ."
        label = "Sửa bản khai xung đột lợi ích" if declared else "Khai xung đột lợi ích"
        found.append(_act(session, "declare", label, hint, main=not declared))
    if may_cast(actor, session):
        label = "Bỏ phiếu thử" if session.state == S.REHEARSING else "Bỏ phiếu kín"
        found.append(_act(session, "ballot", label, "Chọn từng dòng, xem lại, rồi bỏ phiếu một lần.", main=True))
    return found


def _of_board(session: Session, actor: Actor) -> list[Act]:
    found = []
    if may_take_code(actor, session):
        held = session.tellers.get(person=actor.person).public_key is not None
        hint = "Mã chỉ hiện một lần, ghi ra giấy và giữ riêng."
        found.append(_act(session, "code", "Nhận mã mới" if held else "Nhận mã kiểm phiếu", hint, main=not held))
    if may_count_paper(actor, session):
        found.append(_act(session, "count_paper", "Nhập kết quả phiếu giấy", "Từng dòng; các số phải khớp nhau."))
    return found


def _of_secretary(session: Session, actor: Actor) -> list[Act]:
    found = []
    rows: list[tuple[Verdict, str, str, str]] = [
        (may_prepare(actor, session), "agenda", "Chương trình", "Thêm cả đợt hoặc từng đề nghị, bỏ bớt."),
        (may_prepare(actor, session), "tellers", "Ban kiểm phiếu", "Ba người giữ mã, mỗi người một mã."),
        (may_call_roll(actor, session), "roll", "Điểm danh", "Ai có mặt, đến lúc nào; ai vắng và lý do."),
        (may_write_minutes(actor, session), "minutes", "Ghi biên bản", "Diễn biến, ý kiến và kết luận."),
    ]
    found += [_act(session, view, label, hint) for verdict, view, label, hint in rows if verdict]
    left = len(queries.not_yet_voted(session))
    if session.state == S.VOTING and left and runs(actor, session):
        found.append(
            _act(session, "remind", f"Nhắc {left} người chưa bỏ phiếu", "Một dòng trong “Việc của tôi” của họ.")
        )
    return found


def may_enter_opinion(session: Session, seat: Seat, actor: Actor) -> bool:
    return seat.has_vote and not seat.is_present and bool(may_write_for(actor, session))


def of_council(actor: Actor) -> list[Task]:
    """What the open sessions ask of a person: as member, code-holder, secretary or chair."""
    if actor.role == Duty.Role.ADMINISTRATOR:
        return []
    tasks = []
    found = sessions_visible_to(actor).exclude(state__in=Session.ENDED).select_related("council__agency")
    for session in found.order_by("held_on", "pk"):
        act = next((act for act in acts(session, actor) if act.main), None)
        if act is not None:
            tasks.append(_task(session, act, actor))
    return tasks


def _task(session: Session, act: Act, actor: Actor) -> Task:
    days = (session.held_on - actor.day).days
    left = f"quá {-days} ngày" if days < 0 else f"còn {days} ngày" if days else "hôm nay"
    return Task(
        until=f"Họp ngày {vietnamese.format_date(session.held_on)}",
        left=left,
        title=act.label,
        line=f"{session.council.name}, phiên {session.number}: {session.get_state_display().lower()}",
        address=act.address,
        label=act.label,
        due_on=session.held_on,
    )
