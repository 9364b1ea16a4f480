"""Hội đồng: councils and members, sessions, agenda, roll, written opinions, codes, minutes, papers."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bangvang.council import actions, papers, queries
from bangvang.council.access import (
    councils_visible_to,
    keeps_councils,
    may_call_roll,
    may_declare,
    may_open_file,
    may_prepare,
    may_take_code,
    may_write_for,
    may_write_minutes,
    runs_council,
    sessions_visible_to,
)
from bangvang.council.models import AgendaLine, Council, Session
from bangvang.council.workflow import SESSION
from bangvang.dossiers.models import Evidence
from bangvang.dossiers.papers import award_words
from bangvang.honours.findings import award_label, the_book
from bangvang.kernel.verdict import Verdict
from bangvang.kernel.workflow import Refused
from bangvang.papers import actions as stored
from bangvang.papers import xlsx
from bangvang.papers.models import StoredFile
from bangvang.people.access import may_see_dossiers
from bangvang.web.staff import council_forms as forms
from bangvang.web.staff.council_acts import acts, concerns, may_enter_opinion
from bangvang.web.staff.files import as_attachment, as_drawn, kept_paper
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.steps import done_once
from bangvang.web.ui.story import story_of

CHIPS = {
    "draft": "ink", "convened": "ink", "rehearsing": "warn", "voting": "warn", "closed": "warn", "counted": "ok",
    "concluded": "done", "cancelled": "bad",
}  # fmt: skip
STEPS: dict[str, Any] = {
    "convene": actions.convene,
    "rehearse": actions.rehearse,
    "freeze": actions.freeze,
    "close": actions.close,
    "close_early": actions.close_early,
    "hold_again": actions.hold_again,
    "conclude": actions.conclude,
    "cancel": actions.cancel,
}
AFTER = {
    "convene": "Đã triệu tập. Thành viên và ban kiểm phiếu thấy việc của mình trong “Việc của tôi”.",
    "rehearse": "Đang bỏ phiếu thử. Hết phần thử, mọi phiếu thử bị xoá.",
    "freeze": "Danh sách đã khoá, bỏ phiếu đã mở.",
    "close": "Đã đóng bỏ phiếu. Hai người của ban kiểm phiếu mở phiếu.",
    "close_early": "Đã đóng bỏ phiếu. Hai người của ban kiểm phiếu mở phiếu.",
    "hold_again": "Mọi phiếu chưa mở đã xoá. Ban kiểm phiếu nhận mã mới, rồi khoá danh sách và bỏ phiếu lại.",
    "conclude": "Đã kết luận. Từng đề nghị có kết quả của Hội đồng; biên bản đang được lập.",
    "cancel": "Đã huỷ phiên họp. Các đề nghị chờ phiên khác.",
}


def require(verdict: Verdict) -> None:
    if not verdict:
        raise Refused(verdict)


def seen(request: StaffRequest, code: str) -> Session:
    """The session, if this actor may see it; else the same 404 as for one that is not there."""
    found = sessions_visible_to(request.actor).select_related("council__agency")
    return get_object_or_404(found, code=code)


def seen_council(request: StaffRequest, code: str) -> Council:
    return get_object_or_404(councils_visible_to(request.actor).select_related("agency"), code=code)


def form_page(request: StaffRequest, form: Any, **context: Any) -> HttpResponse:
    """A form on a page of its own; 422 when something must be corrected."""
    known = {"form": form, "lead": "", "risk": False, "cautions": [], "secret": False}
    status = 422 if form.errors else 200
    return render(request, "staff/council/form.html", {**known, **context}, status=status)


def session_form(request: StaffRequest, session: Session, form: Any, **context: Any) -> HttpResponse:
    """A form of a session, with the way back to it."""
    back = reverse("council:session", args=[session.code])
    return form_page(request, form, kind=str(session), back=back, **context)


def all_councils(request: StaffRequest) -> HttpResponse:
    require(may_see_dossiers(request.actor))
    sessions = sessions_visible_to(request.actor).select_related("council")
    context = {
        "councils": councils_visible_to(request.actor),
        "rows": [(one, CHIPS[one.state]) for one in sessions[:200]],
        "may_keep": keeps_councils(request.actor),
    }
    return render(request, "staff/council/all.html", context)


def new_council(request: StaffRequest) -> HttpResponse:
    require(keeps_councils(request.actor))
    form = forms.CouncilForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        council = actions.establish(form.council(), by=request.actor)
        messages.success(request, "Đã ghi Hội đồng. Thêm từng thành viên theo thứ tự trong quyết định.")
        return redirect("council:council", council.code)
    back = reverse("council:all")
    lead = "Ghi theo quyết định thành lập. Thành viên thêm ở bước sau."
    return form_page(request, form, title="Ghi Hội đồng", kind="Hội đồng", button="Ghi Hội đồng", back=back, lead=lead)


def council(request: StaffRequest, code: str) -> HttpResponse:
    found = seen_council(request, code)
    sessions = sessions_visible_to(request.actor).filter(council=found)
    context = {
        "council": found,
        "members": queries.council_on(found),
        "rows": [(one, CHIPS[one.state]) for one in sessions],
        "may_keep": keeps_councils(request.actor) and not found.sessions.exclude(state=Session.State.DRAFT).exists(),
        "may_open": runs_council(request.actor, found),
        "issuer": found.issuer and the_book().local[found.issuer].label,
    }
    return render(request, "staff/council/council.html", context)


def add_member(request: StaffRequest, code: str) -> HttpResponse:
    found = seen_council(request, code)
    require(keeps_councils(request.actor))
    taken = set(found.members.values_list("person__code", flat=True))
    people = [row for row in forms.people_of(found.agency, request.actor.day) if row[0] not in taken]
    form = forms.MemberForm(people, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_member(found, form.seating(), by=request.actor)
        messages.success(request, "Đã thêm thành viên.")
        return redirect("council:council", code)
    back = reverse("council:council", args=[code])
    return form_page(request, form, title="Thêm thành viên", kind=found.name, button="Thêm thành viên", back=back)


@require_POST
def remove_member(request: StaffRequest, code: str, name: str) -> HttpResponse:
    found = seen_council(request, code)
    member = get_object_or_404(found.members.select_related("person"), person__code=name)
    actions.remove_member(found, member.person, by=request.actor)
    messages.success(request, f"Đã bỏ {member.person.full_name} khỏi danh sách.")
    return redirect("council:council", code)


def new_session(request: StaffRequest, code: str) -> HttpResponse:
    found = seen_council(request, code)
    require(runs_council(request.actor, found))
    form = forms.SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        session = actions.open_session(found, **form.cleaned_data, by=request.actor)
        messages.success(request, "Đã mở phiên họp. Lập chương trình, cử ban kiểm phiếu, rồi triệu tập.")
        return redirect("council:session", session.code)
    back = reverse("council:council", args=[code])
    return form_page(request, form, title="Chuẩn bị phiên họp", kind=found.name, button="Mở phiên họp", back=back)


@never_cache
def session(request: StaffRequest, code: str) -> HttpResponse:
    """One page for everybody: what one may do, who took part, the lines, and the counts once they are opened."""
    found = seen(request, code)
    actor = request.actor
    whole = concerns(actor, found)
    seats, lines, aside = queries.seats_of(found), queries.lines_of(found), queries.recusals(found)
    mine = queries.seat_of(found, actor.person)
    is_counted = found.state in {Session.State.COUNTED, Session.State.CONCLUDED}
    left = queries.not_yet_voted(found)
    context = {
        "session": found,
        "chip": CHIPS[found.state],
        "acts": acts(found, actor),
        "whole": whole,
        "mine": mine,
        "i_voted": mine is not None and hasattr(mine, "envelope") and mine.envelope.sealed is not None,
        "rows": [_seat_row(found, seat, actor) for seat in _with_envelopes(found)] if whole else [],
        "lines": [_line_row(found, line, mine, aside, actor) for line in lines],
        "is_counted": is_counted,
        "passed": sum(bool(line.passed) for line in lines),
        "written": any(line.written_for or line.written_against for line in lines),
        "voters": queries.members_with_a_vote(seats) if seats else found.council.members.filter(has_vote=True).count(),
        "present": sum(seat.is_present for seat in seats),
        "returned": queries.returned_envelopes(found),
        "handed_out": sum(seat.votes for seat in seats),
        "left": len(left),
        "mark": queries.check_mark(found),
        "tellers": queries.tellers_of(found),
        "cautions": queries.cautions(found) if whole and found.state == Session.State.CONVENED else [],
        "story": story_of(found) if whole else [],
        "papers": stored.papers_of(found) if whole or is_counted else [],
    }
    return render(request, "staff/council/session.html", context)


def _with_envelopes(session: Session) -> list[Any]:
    return list(session.seats.select_related("member__person", "envelope").order_by("position"))


def _seat_row(session: Session, seat: Any, actor: Any) -> dict[str, Any]:
    """Who took part, in the order of the list: a state, never a time."""
    envelope = getattr(seat, "envelope", None)
    frozen = session.state in {*Session.FROZEN, *(Session.State.COUNTED, Session.State.CONCLUDED)}
    if seat.opinions.exists():
        kind, word = "human", "Ý kiến bằng văn bản"
    elif not seat.is_present:
        kind, word = "unknown", "Vắng" if seat.absence else "Chưa điểm danh"
    elif not seat.has_vote:
        kind, word = "unknown", "Dự họp, không bỏ phiếu"
    elif envelope is not None:
        kind, word = ("ok", "Đã bỏ phiếu") if envelope.sealed is not None else ("ink", "Chưa bỏ phiếu")
    elif frozen and seat.on_paper:
        kind, word = "ink", "Phiếu giấy"
    else:
        kind, word = "ok", "Có mặt"
    may_void = envelope is not None and envelope.sealed is not None and session.state == Session.State.VOTING
    return {
        "seat": seat,
        "kind": kind,
        "word": word,
        "declared": seat.declarations.count(),
        "may_write": may_enter_opinion(session, seat, actor),
        "may_void": may_void and session.tellers.filter(person=actor.person).exists(),
    }


def _line_row(session: Session, line: AgendaLine, mine: Any, aside: Any, actor: Any) -> dict[str, Any]:
    line.session = session
    rule = queries.standing_rule(line)
    members = line.members or session.council.members.filter(has_vote=True).count()
    return {
        "line": line,
        "award": award_words(line.nomination),
        "rule": rule,
        "needed": rule.needed(members) if rule.has_share else None,
        "members": members,
        "share": queries.percent(line.total_for, members),
        "recused": mine is not None and mine.pk in aside.get(line.pk, set()),
        "may_open": bool(may_open_file(actor, line)),
    }


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """One step of the table: first what will happen, then the act."""
    found = seen(request, code)
    if name not in STEPS:
        raise Http404
    row = SESSION.step(name)
    initial = {"version": found.version}
    form = forms.SessionStepForm(request, row.reason_required, row.password, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        reason = {"reason": given["reason"]} if row.reason_required else {}
        act = partial(STEPS[name], found, version=given["version"], by=request.actor, **reason)
        done_once(request, f"session.{name}", act, AFTER[name])
        return redirect("council:session", code)
    require(SESSION.verdict(found, name, request.actor, reason="…"))
    cautions = queries.cautions(found) if name == "freeze" else []
    return session_form(
        request,
        found,
        form,
        title=row.label,
        lead=row.hint,
        button=row.label,
        risk=row.reason_required,
        cautions=cautions,
    )


def agenda(request: StaffRequest, code: str) -> HttpResponse:
    """Nominations that wait, by dossier: all of them, those of a movement, or selected ones."""
    found = seen(request, code)
    require(may_prepare(request.actor, found))
    waiting = list(queries.candidates(found))
    if request.method == "POST":
        chosen = set(request.POST.getlist("chon"))
        whole = request.POST.get("dot", "")
        wanted = [one for one in waiting if one.code in chosen or (whole and whole in (one.dossier.code, "tat-ca"))]
        if wanted:
            actions.add_lines(found, wanted, by=request.actor)
            messages.success(request, f"Đã thêm {len(wanted)} trường hợp.")
        else:
            messages.warning(request, "Chưa chọn trường hợp nào.")
        return redirect("council:agenda", code)
    groups: dict[Any, list[Any]] = {}
    for one in waiting:
        groups.setdefault(one.dossier, []).append((one, award_words(one)))
    lines = [(line, award_words(line.nomination)) for line in queries.lines_of(found)]
    shares: dict[str, Any] = {}
    for line, _ in lines:
        line.session = found
        shares.setdefault(line.nomination.award, (award_label(line.nomination.award), queries.standing_rule(line)))
    context = {
        "session": found,
        "groups": list(groups.items()),
        "waiting": len(waiting),
        "lines": lines,
        "shares": shares,
    }
    return render(request, "staff/council/agenda.html", context)


@require_POST
def remove_line(request: StaffRequest, code: str, line: str) -> HttpResponse:
    found = seen(request, code)
    row = get_object_or_404(
        found.lines.select_related("nomination__dossier", "session__council__agency"), nomination__code=line
    )
    actions.remove_line(row, by=request.actor)
    messages.success(request, f"Đã bỏ {row.nomination.name_then} khỏi chương trình.")
    return redirect("council:agenda", code)


def share(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """Confirm the customary share of an award from a text that was opened."""
    found = seen(request, code)
    require(may_prepare(request.actor, found))
    line = get_object_or_404(
        found.lines.select_related("nomination__dossier"), nomination__award=name, position=_first(found, name)
    )
    line.session = found
    rule = queries.book_rule(line)
    form = forms.ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = actions.confirm_share(found, name, form.cleaned_data["text"], by=request.actor)
        messages.success(request, f"Đã xác nhận tỷ lệ cho {number} trường hợp.")
        return redirect("council:agenda", code)
    lead = f"“{award_label(name)}”: quy định để Hội đồng tự định, mức thường dùng là {rule.words} tổng số thành viên. {rule.cite}"
    return session_form(request, found, form, title="Xác nhận tỷ lệ phiếu", lead=lead, button="Xác nhận tỷ lệ")


def _first(session: Session, award: str) -> int:
    """The place of the first line of an award; 0 when there is none."""
    row = session.lines.filter(nomination__award=award).order_by("position").first()
    return row.position if row else 0


def tellers(request: StaffRequest, code: str) -> HttpResponse:
    found = seen(request, code)
    require(may_prepare(request.actor, found))
    known = dict(zip(("head", "second", "third"), (one.person.code for one in queries.tellers_of(found)), strict=False))
    form = forms.TellersForm(
        forms.people_of(found.council.agency, request.actor.day), request.POST or None, initial=known
    )
    if request.method == "POST" and form.is_valid():
        actions.name_tellers(found, form.people(), by=request.actor)
        messages.success(request, "Đã ghi ban kiểm phiếu.")
        return redirect("council:session", code)
    lead = "Mỗi người tự nhận một mã trên máy của mình. Hai trong ba mã mới mở được phiếu; mất hai mã thì phải bỏ phiếu lại."
    return session_form(request, found, form, title="Ban kiểm phiếu", lead=lead, button="Ghi ban kiểm phiếu")


def declare(request: StaffRequest, code: str) -> HttpResponse:
    found = seen(request, code)
    require(may_declare(request.actor, found))
    mine = queries.seat_of(found, request.actor.person)
    told = {row.line_id: row for row in mine.declarations.all()} if mine else {}
    lines = [line for line in queries.lines_of(found) if not (line.pk in told and told[line.pk].is_automatic)]
    initial = {f"c{line.position}": told[line.pk].reason for line in lines if line.pk in told}
    form = forms.DeclareForm(lines, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.declare(found, form.conflicts(), by=request.actor)
        messages.success(request, "Đã ghi bản khai. Hồ sơ của trường hợp không có xung đột đã mở được.")
        return redirect("council:session", code)
    lead = (
        "Có quan hệ thân thích hoặc lợi ích với ai thì ghi lý do ở dòng đó: dòng ấy không có phiếu và không mở hồ sơ."
    )
    return session_form(request, found, form, title="Khai xung đột lợi ích", lead=lead, button="Ghi bản khai")


@never_cache
def file(request: StaffRequest, code: str, line: str) -> HttpResponse:
    """One line's file, once the member has declared no conflict."""
    row = _opened(request, code, line)
    evidence = [one for one in row.nomination.evidence.select_related("file")]
    context = {"session": row.session, "line": row, "award": award_words(row.nomination), "evidence": evidence}
    return render(request, "staff/council/file.html", context)


def evidence(request: StaffRequest, code: str, line: str, file: str) -> HttpResponse:
    row = _opened(request, code, line)
    one = get_object_or_404(Evidence, nomination=row.nomination, file__code=file, file__state=StoredFile.State.USABLE)
    return as_attachment(one.file.path.read_bytes(), one.file.name)


def _opened(request: StaffRequest, code: str, line: str) -> AgendaLine:
    found = seen(request, code)
    row = get_object_or_404(found.lines.select_related("nomination__dossier__unit"), nomination__code=line)
    row.session = found
    require(may_open_file(request.actor, row))
    return row


def roll(request: StaffRequest, code: str) -> HttpResponse:
    found = seen(request, code)
    require(may_call_roll(request.actor, found))
    form = forms.RollForm(found, queries.seats_of(found), request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.call_roll(found, form.called(), by=request.actor)
        messages.success(request, "Đã ghi điểm danh.")
        return redirect("council:session", code)
    return session_form(request, found, form, title="Điểm danh", button="Ghi điểm danh")


def opinions(request: StaffRequest, code: str, place: int) -> HttpResponse:
    """Enter the signed opinions of an absent member."""
    found = seen(request, code)
    seat = get_object_or_404(found.seats.select_related("member__person"), position=place)
    seat.session = found
    require(may_write_for(request.actor, found))
    aside = queries.recusals(found)
    lines = [line for line in queries.lines_of(found) if seat.pk not in aside.get(line.pk, set())]
    form = forms.OpinionsForm(lines, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        paper = stored.receive(form.cleaned_data["file"], by=request.actor)
        number = actions.write_opinions(seat, form.answers(), paper, by=request.actor)
        messages.success(request, f"Đã ghi ý kiến của {seat.person.full_name} về {number} trường hợp.")
        return redirect("council:session", code)
    lead = (
        f"Nhập theo bản {seat.person.full_name} đã ký. Đây không phải phiếu kín: được tính riêng và ghi vào biên bản."
    )
    return session_form(request, found, form, title="Ý kiến bằng văn bản", lead=lead, button="Ghi ý kiến")


@never_cache
def code(request: StaffRequest, code: str) -> HttpResponse:
    """Take one's code: shown on the answer to the button and nowhere else, ever."""
    found = seen(request, code)
    require(may_take_code(request.actor, found))
    made = actions.take_code(found, by=request.actor) if request.method == "POST" else ""
    held = found.tellers.get(person=request.actor.person).public_key is not None and not made
    return render(request, "staff/council/code.html", {"session": found, "made": made, "held": held})


def minutes(request: StaffRequest, code: str) -> HttpResponse:
    found = seen(request, code)
    require(may_write_minutes(request.actor, found))
    known = {"discussion": found.discussion, "conclusion": found.conclusion, "version": found.version}
    form = forms.MinutesForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.write_minutes(found, **form.cleaned_data, by=request.actor)
        messages.success(request, "Đã ghi biên bản.")
        return redirect("council:session", code)
    lead = "Số phiếu, tỷ lệ và danh sách có mặt, vắng mặt được lấy từ dữ liệu, không phải gõ lại."
    return session_form(request, found, form, title="Biên bản phiên họp", lead=lead, button="Ghi biên bản")


MAKERS = {"kiem-phieu": ("Bien-ban-kiem-phieu", papers.counting_record), "hop": ("Bien-ban-hop", papers.minutes)}


def preview(request: StaffRequest, code: str, form: str, format_: str) -> HttpResponse:
    """A paper as it would look now, once there is something to show; nothing is kept."""
    found = seen(request, code)
    counted = found.state in {Session.State.COUNTED, Session.State.CONCLUDED}
    if form not in MAKERS or not counted or not concerns(request.actor, found):
        raise Http404
    name, make = MAKERS[form]
    return as_drawn(make(found), papers.file_name(name, found), format_)


def paper(request: StaffRequest, code: str, paper: str, format_: str) -> HttpResponse:
    """A paper, byte for byte as it was made."""
    return kept_paper(seen(request, code), paper, format_)


def votes(request: StaffRequest, code: str) -> HttpResponse:
    """The list of votes as a sheet, once it is opened."""
    found = seen(request, code)
    lines = queries.lines_of(found)
    if not lines or lines[0].passed is None:
        raise Http404
    table = papers.result_table(lines)
    heads = tuple(column.title for column in table.columns)
    return as_attachment(xlsx.write("Kết quả", heads, table.rows), f"{papers.file_name('Ket-qua', found)}.xlsx")
