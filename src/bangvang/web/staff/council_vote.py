"""The vote on pages: the ballot, its review, đổi phiếu, paper counts, the opening. Nothing of a choice is kept anywhere."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from bangvang.council import actions, ballot, queries
from bangvang.council.access import may_cast, may_count_paper, may_void
from bangvang.council.models import AgendaLine, Session
from bangvang.council.workflow import SESSION
from bangvang.dossiers.papers import award_words
from bangvang.kernel.workflow import Refused
from bangvang.web.staff import council_forms as forms
from bangvang.web.staff.council import require, seen, session_form
from bangvang.web.ui.actors import StaffRequest

CHOICES = {ballot.AGREE: "Đồng ý", ballot.DISAGREE: "Không đồng ý"}


@never_cache
def cast_page(request: StaffRequest, code: str) -> HttpResponse:
    """The ballot: one fieldset a line, nothing preset, nothing kept. Leaving the page empties it."""
    session = seen(request, code)
    require(may_cast(request.actor, session))
    return render(request, "staff/council/ballot.html", _ballot(request, session))


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def review(request: StaffRequest, code: str) -> HttpResponse:
    """What was chosen, to be read once more. Nothing is written at this step."""
    session = seen(request, code)
    require(may_cast(request.actor, session))
    context = _ballot(request, session)
    chosen = _chosen(request, [row["line"] for row in context["rows"]])
    for row in context["rows"]:
        row["letter"] = chosen.get(row["line"].pk, "")
        row["choice"] = CHOICES.get(row["letter"], "")
    context["blank"] = sum(not row["letter"] for row in context["rows"])
    return render(request, "staff/council/ballot_review.html", context)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def cast(request: StaffRequest, code: str) -> HttpResponse:
    """Seal the ballot. The answer says that it was sealed, never what is in it."""
    session = seen(request, code)
    actions.cast(session, _chosen(request, queries.lines_of(session)), by=request.actor)
    return redirect("council:session", code)


def _chosen(request: StaffRequest, lines: list[AgendaLine]) -> dict[int, str]:
    typed = {line.pk: request.POST.get(f"l{line.position}", "") for line in lines}
    return {pk: letter for pk, letter in typed.items() if letter in CHOICES}


def _ballot(request: StaffRequest, session: Session) -> dict[str, Any]:
    """The lines that this member votes on, with the share each needs; and those one stands aside on."""
    seat = queries.seat_of(session, request.actor.person)
    aside = queries.recusals(session)
    members = queries.members_with_a_vote(queries.seats_of(session))
    rows, recused = [], []
    for line in queries.lines_of(session):
        line.session = session
        if seat is not None and seat.pk in aside.get(line.pk, set()):
            recused.append(line)
            continue
        rule = queries.standing_rule(line)
        needed = rule.needed(members) if rule.has_share else None
        rows.append({"line": line, "award": award_words(line.nomination), "needed": needed, "rule": rule})
    shares = {row["award"]: row["rule"] for row in rows if row["needed"] is not None}
    return {
        "session": session,
        "rows": rows,
        "recused": recused,
        "members": members,
        "shares": list(shares.items()),
        "is_rehearsal": session.state == Session.State.REHEARSING,
    }


def void(request: StaffRequest, code: str, place: int) -> HttpResponse:
    """Đổi phiếu: the counting board throws a sealed ballot away, once, on the member's wish."""
    session = seen(request, code)
    require(may_void(request.actor, session))
    seat = get_object_or_404(session.seats.select_related("member__person"), position=place)
    seat.session = session
    form = forms.VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.void(seat, reason=form.cleaned_data["reason"], by=request.actor)
        messages.success(
            request, f"Đã huỷ phiếu cũ của {seat.person.full_name}, chưa mở. Thành viên bỏ phiếu lại được."
        )
        return redirect("council:session", code)
    lead = f"Phiếu đã niêm phong của {seat.person.full_name} bị huỷ mà không mở. Mỗi thành viên chỉ đổi một lần."
    return session_form(request, session, form, title="Đổi phiếu", lead=lead, button="Huỷ phiếu cũ", risk=True)


@require_POST
def remind(request: StaffRequest, code: str) -> HttpResponse:
    session = seen(request, code)
    number = actions.remind(session, by=request.actor)
    messages.success(request, f"Đã nhắc {number} người.")
    return redirect("council:session", code)


def count_paper(request: StaffRequest, code: str) -> HttpResponse:
    session = seen(request, code)
    require(may_count_paper(request.actor, session))
    seats, aside = queries.seats_of(session), queries.recusals(session)
    lines = [(line, queries.handed_out(line, seats, aside, on_paper=True)) for line in queries.lines_of(session)]
    form = forms.PaperCountForm(lines, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.count_paper(session, form.counted(), by=request.actor)
        messages.success(request, "Đã ghi kết quả phiếu giấy.")
        return redirect("council:session", code)
    return session_form(request, session, form, title="Kết quả phiếu giấy", button="Ghi kết quả phiếu giấy")


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def open_page(request: StaffRequest, code: str) -> HttpResponse:
    """Two people of the counting board type their codes side by side; then everything is opened, once."""
    session = seen(request, code)
    require(SESSION.verdict(session, "open", request.actor))
    form = forms.CodesForm(session.uses_envelopes, request.POST or None)
    if not session.uses_envelopes:
        form.fields.clear()
    if request.method == "POST" and (not form.fields or form.is_valid()):
        codes = form.codes() if form.fields else None
        if _tried(form, lambda: actions.open_box(session, codes, by=request.actor)):
            messages.success(request, "Đã mở phiếu. Phong bì và khoá đã xoá; biên bản kiểm phiếu đang được lập.")
            return redirect("council:session", code)
    lead = (
        f"{queries.returned_envelopes(session)} phiếu đang niêm phong. Mở một lần: cộng xong thì phong bì bị xoá."
        " Mất hai trên ba mã thì không ai mở được, phải bỏ phiếu lại."
    )
    if not session.uses_envelopes:
        lead = "Kết quả phiếu giấy đã nhập được công bố và ghi vào biên bản kiểm phiếu."
    return session_form(request, session, form, title="Mở phiếu", lead=lead, button="Mở phiếu", secret=True)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def end_rehearsal(request: StaffRequest, code: str) -> HttpResponse:
    """Wipe the test ballots; with two codes, try first whether they open. No number is shown."""
    session = seen(request, code)
    require(SESSION.verdict(session, "end_rehearsal", request.actor))
    form = forms.CodesForm(False, request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = form.codes()
        if _tried(form, lambda: actions.end_rehearsal(session, codes, by=request.actor)):
            tried = "Hai mã mở được. " if codes else ""
            messages.success(request, f"{tried}Mọi phiếu thử đã xoá.")
            return redirect("council:session", code)
    lead = "Nhập hai mã để biết chắc mã mở được, hoặc để trống. Phiếu thử bị xoá, không công bố số nào."
    return session_form(
        request,
        session,
        form,
        title="Kết thúc bỏ phiếu thử",
        lead=lead,
        button="Kết thúc và xoá phiếu thử",
        secret=True,
    )


def _tried(form: Any, act: Any) -> bool:
    """Do it; a refusal is said on the form, so that the page need not be opened anew. What was typed is not shown again."""
    try:
        act()
    except Refused as refused:
        form.add_error(None, refused.verdict.reason)
        return False
    return True
