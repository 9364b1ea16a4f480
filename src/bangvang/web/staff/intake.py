"""Nhập danh sách: send a file, agree on its columns, look at rows and people, write all at once."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bangvang.dossiers.access import dossiers_visible_to
from bangvang.dossiers.models import Dossier
from bangvang.honours.models import Standing
from bangvang.honours.queries import label_of
from bangvang.intake import actions, queries
from bangvang.intake.access import batches_visible_to, may_send, may_work
from bangvang.intake.meanings import columns_of as meant_columns
from bangvang.intake.meanings import words_of
from bangvang.intake.models import Batch, Identity, Row
from bangvang.intake.workflow import BATCH
from bangvang.kernel.verdict import no
from bangvang.kernel.workflow import Refused
from bangvang.papers import xlsx
from bangvang.papers.models import StoredFile
from bangvang.people.models import Person
from bangvang.people.queries import staff_of, units_of
from bangvang.web.staff.dossier_forms import StepForm
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.intake_forms import BatchForm, RowForm, WhoForm, agreed, choices_for, columns_of, known_awards
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.keeping import version_of
from bangvang.web.ui.story import story_of
from bangvang.web.ui.uploads import refusal_of_size

STEPS = ("drop", "remap")
A_PAGE = 100
MOST_GIVEN_BACK = 5000  # rows of a file made while a person waits
CHIPS = {"received": "next", "read": "warn", "checked": "warn", "confirmed": "ok", "dropped": "unknown"}
ROW_CHIPS = {"ready": ("ok", "Ghi được"), "trouble": ("bad", "Chưa ghi được"), "left_out": ("unknown", "Để lại")}


def seen(request: StaffRequest, code: str) -> Batch:
    found = batches_visible_to(request.actor).select_related(
        "file", "agency", "sender", "dossier__unit", "dossier__movement"
    )
    return get_object_or_404(found, code=code)


def all_batches(request: StaffRequest) -> HttpResponse:
    """The lists that came in; above them the form that sends one."""
    actor = request.actor
    dossier = _dossier(request)
    kinds = [kind for kind in Batch.Kind.values if may_send(actor, kind, dossier)]
    if dossier is not None:
        kinds = [kind for kind in kinds if kind == Batch.Kind.NOMINEES]
    found = batches_visible_to(actor)
    if not kinds and (dossier is not None or not found.exists()):
        raise Refused(may_send(actor, Batch.Kind.NOMINEES if dossier else Batch.Kind.AWARDS, dossier))
    form = BatchForm(kinds, request.POST or None, request.FILES or None)
    if request.method == "POST":
        if words := refusal_of_size(request):
            form.errors["file"] = form.error_class([words])
        elif form.is_valid():
            given = form.cleaned_data
            batch = actions.receive(given["file"], given["kind"], source=given["source"], dossier=dossier, by=actor)
            return redirect("intake:one", batch.code)
    rows = [(batch, CHIPS[batch.state]) for batch in found.select_related("file", "sender")[:100]]
    context = {"form": form, "kinds": kinds, "rows": rows, "dossier": dossier}
    return render(request, "staff/intake/all.html", context, status=422 if form.errors else 200)


def _dossier(request: StaffRequest) -> Dossier | None:
    code = request.POST.get("ho-so") or request.GET.get("ho-so", "")
    return get_object_or_404(dossiers_visible_to(request.actor), code=code) if code else None


def one(request: StaffRequest, code: str) -> HttpResponse:
    """The page that the batch is at: waiting, columns, rows, or what came of it."""
    batch = seen(request, code)
    waiting = batch.state == Batch.State.RECEIVED or batch.staging
    if waiting or request.htmx:
        lease = queries.lease_of(batch)
        template = "staff/intake/_waiting.html" if request.htmx else "staff/intake/waiting.html"
        dead = lease is not None and lease.dead_at is not None
        response = render(request, template, {"batch": batch, "dead": dead})
        if not waiting:
            response["HX-Refresh"] = "true"
        return response
    if batch.state == Batch.State.READ:
        return _columns_page(request, batch)
    if batch.state == Batch.State.CHECKED:
        return _rows_page(request, batch)
    return render(
        request, "staff/intake/result.html", {"batch": batch, "chip": CHIPS[batch.state], "story": story_of(batch)}
    )


def _columns_page(request: StaffRequest, batch: Batch, problem: str = "") -> HttpResponse:
    context = {
        "batch": batch,
        "sheets": list(columns_of(batch)),
        "choices": choices_for(batch.kind),
        "problem": problem,
        "may_work": may_work(request.actor, batch),
        "drop": BATCH.verdict(batch, "drop", request.actor, reason="…"),
    }
    return render(request, "staff/intake/columns.html", context, status=422 if problem else 200)


@require_POST
def columns(request: StaffRequest, code: str) -> HttpResponse:
    """Agree on the columns: the rows are checked from here on."""
    batch = seen(request, code)
    try:
        mapping, defaults = agreed(batch, request.POST)
        actions.agree(batch, mapping, defaults, version=version_of(request.POST), by=request.actor)
    except ValueError as error:
        return _columns_page(request, batch, str(error))
    except Refused as refused:
        if batch.state != Batch.State.READ or batch.staging:
            raise
        batch.mapping, batch.defaults = mapping, defaults
        return _columns_page(request, batch, refused.verdict.reason)
    return redirect("intake:one", code)


def _rows_page(request: StaffRequest, batch: Batch) -> HttpResponse:
    standing, words = request.GET.get("loc", ""), request.GET.get("q", "")
    found = queries.rows_of(batch, standing if standing in ROW_CHIPS else "", words)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    counts = queries.counts_of(batch)
    context = {
        "batch": batch,
        "page": page,
        "rows": [_shown(row) for row in page],
        "counts": counts,
        "standing": standing,
        "standings": [(name, word) for name, (_, word) in ROW_CHIPS.items()],
        "q": words,
        "first": batch.rows.filter(standing=Row.Standing.TROUBLE).first(),
        "may_work": may_work(request.actor, batch),
        "verdict": BATCH.verdict(batch, "confirm", request.actor),
        "is_staff": batch.kind == Batch.Kind.STAFF,
    }
    return render(request, "staff/intake/rows.html", context)


def _shown(row: Row) -> dict[str, Any]:
    kind, word = ROW_CHIPS[row.standing]
    asked = row.identity is not None and row.identity.outcome == Identity.Outcome.ASKED
    if asked and row.standing == Row.Standing.READY:
        kind, word = "human", "Chưa rõ là ai"
    label = label_of(Standing(register=row.register, kind=row.kind)) if row.kind else ""
    return {"row": row, "kind": kind, "word": word, "label": label, "asked": asked}


def row(request: StaffRequest, code: str, place: int) -> HttpResponse:
    """Correct one row; saving leads to the next row in trouble, so that a keyboard is enough."""
    batch = seen(request, code)
    found = get_object_or_404(batch.rows.select_related("identity"), place=place)
    found.batch = batch
    _need_work(request, batch)
    sheet = str(found.sheet)
    words = words_of(
        found.cells, meant_columns(batch.mapping.get(sheet, {})), batch.defaults.get(sheet, {}), found.corrected
    )
    form = RowForm(found, words, request.POST or None)
    if request.method == "POST" and "de-lai" in request.POST:
        actions.leave_out(batch, [place], by=request.actor)
        return _next(request, batch, place)
    if request.method == "POST" and "xem-lai" in request.POST:
        actions.take_back_in(found, by=request.actor)
        return redirect("intake:row", code, place)
    if request.method == "POST" and form.is_valid():
        if changed := form.changed():
            actions.correct(found, changed, by=request.actor)
        if found.standing == Row.Standing.TROUBLE:
            return redirect("intake:row", code, place)
        return _next(request, batch, place)
    context = {
        "batch": batch,
        "row": found,
        "form": form,
        "others": [
            reason["why"]
            for reason in found.reasons
            if reason["field"] not in form.fields and reason["field"] not in ("votes", "grade")
        ],
        "cells": _titled(batch, found),
        "known": {"award": known_awards(), "name": _names(batch), "unit": _units(batch)},
        "left": batch.rows.filter(standing=Row.Standing.TROUBLE).count(),
    }
    return render(request, "staff/intake/row.html", context, status=422 if form.errors else 200)


def _next(request: StaffRequest, batch: Batch, place: int) -> HttpResponse:
    waiting = batch.rows.filter(standing=Row.Standing.TROUBLE)
    following = waiting.filter(place__gt=place).first() or waiting.first()
    if following is not None:
        return redirect("intake:row", batch.code, following.place)
    messages.success(request, "Không còn dòng nào chưa ghi được.")
    return redirect("intake:one", batch.code)


def _need_work(request: StaffRequest, batch: Batch) -> None:
    if not (verdict := may_work(request.actor, batch)):
        raise Refused(verdict)
    if batch.state != Batch.State.CHECKED:
        raise Refused(no("Các dòng chỉ sửa được khi máy đã kiểm tra xong."))


def _titled(batch: Batch, found: Row) -> list[tuple[str, str]]:
    head = next(head for head in batch.heads if head["sheet"] == found.sheet)
    titles = [column["title"] for column in head["columns"]]
    return [(title or "(không tên)", cell) for title, cell in zip(titles, found.cells, strict=False) if cell]


def _names(batch: Batch) -> list[str]:
    if batch.dossier is None:
        return []
    return [duty.person.full_name for duty in staff_of(batch.dossier.unit, on=batch.sent_at.date())]


def _units(batch: Batch) -> list[str]:
    return list(units_of(batch.agency).values_list("name", flat=True)) if batch.kind != Batch.Kind.NOMINEES else []


@require_POST
def leave_out(request: StaffRequest, code: str) -> HttpResponse:
    """Leave every row in trouble out of what will be written."""
    left = actions.leave_out(seen(request, code), None, by=request.actor)
    messages.success(request, f"Đã để lại {left} dòng chưa ghi được. Tải danh sách kèm lý do để gửi lại nơi lập.")
    return redirect("intake:one", code)


def people(request: StaffRequest, code: str) -> HttpResponse:
    """The queue of people who are not certain, and those who were answered: an answer can be changed until the end."""
    batch = seen(request, code)
    used = queries.in_use(batch).select_related("person", "unit")
    asked = used.filter(outcome=Identity.Outcome.ASKED)
    answered = used.exclude(answered_by="").exclude(outcome=Identity.Outcome.ASKED)
    context = {"batch": batch, "asked": asked[:200], "count": asked.count(), "answered": answered[:200]}
    return render(request, "staff/intake/people.html", context)


def who(request: StaffRequest, code: str, place: int) -> HttpResponse:
    """Somebody of the list beside those who are alike; a person says who it is."""
    batch = seen(request, code)
    identity = get_object_or_404(batch.identities.select_related("unit", "person"), pk=place)
    identity.batch = batch
    is_written = batch.state == Batch.State.CONFIRMED and batch.is_for_ledger
    if not is_written:
        _need_work(request, batch)
    alike = _alike(identity)
    choices = [(key, f"Chính là {name}") for key, name, _ in alike]
    form = WhoForm(choices, batch.kind != Batch.Kind.NOMINEES, request.POST or None)
    if request.method == "POST" and form.is_valid():
        same = next((thing for key, _, thing in alike if key == form.cleaned_data["who"]), None)
        try:
            if is_written:
                moved = actions.reassign(
                    identity, same_as=_ours(same), sex=form.cleaned_data.get("sex", ""), by=request.actor
                )
                messages.success(request, f"Đã đổi người của {moved} dòng bằng dòng sửa; dòng cũ vẫn còn trong sổ.")
                return redirect("intake:people", code)
            actions.answer(identity, same_as=same, sex=form.cleaned_data.get("sex", ""), by=request.actor)
        except Refused as refused:
            form.add_error("sex" if "sex" in form.fields else "who", refused.verdict.reason)
        else:
            return _next_question(request, batch)
    lines = [_shown(line) for line in identity.rows.order_by("place")[:20]]
    context = {
        "batch": batch,
        "identity": identity,
        "form": form,
        "alike": [_card(thing) for _, _, thing in alike],
        "rows": lines,
    }
    return render(request, "staff/intake/who.html", context, status=422 if form.errors else 200)


def _ours(one: Person | Identity | None) -> Person | None:
    """The person whom a choice names, now that everybody of the list is entered."""
    return Person.objects.filter(code=one.code).first() if one is not None else None


def _next_question(request: StaffRequest, batch: Batch) -> HttpResponse:
    following = queries.in_use(batch).filter(outcome=Identity.Outcome.ASKED).first()
    if following is not None:
        return redirect("intake:who", batch.code, following.pk)
    messages.success(request, "Không còn ai chưa rõ.")
    return redirect("intake:one", batch.code)


def _alike(identity: Identity) -> list[tuple[str, str, Person | Identity]]:
    """Those whom somebody may be: of our people, or of the same list."""
    persons = {one["person"] for one in identity.candidates if "person" in one}
    twins = {one["identity"] for one in identity.candidates if "identity" in one}
    found: list[tuple[str, str, Person | Identity]] = [
        (f"p{person.code}", _named(person), person)
        for person in Person.objects.filter(pk__in=persons).order_by("sort_key", "pk")
    ]
    found += [
        (f"i{twin.pk}", f"{_named(twin)} trong danh sách này", twin)
        for twin in identity.batch.identities.filter(pk__in=twins)
    ]
    return found


def _named(one: Person | Identity) -> str:
    name = one.full_name if isinstance(one, Person) else one.name
    return f"{name}, sinh năm {one.birth_year}" if one.birth_year else f"{name}, chưa rõ năm sinh"


def _card(one: Person | Identity) -> dict[str, Any]:
    if isinstance(one, Identity):
        return {"name": one.name, "born": one.birth_year, "places": [(one.title, one.unit_text, "")], "facts": []}
    duties = one.duties.select_related("unit").order_by("-valid_from", "pk")[:5]
    facts = Standing.objects.filter(person=one).select_related("entry").order_by("-year", "-entry__seq")[:5]
    return {
        "name": one.full_name,
        "born": one.birth_year,
        "code": one.code,
        "places": [(duty.title, duty.unit.name, f"từ {duty.valid_from:%d/%m/%Y}") for duty in duties],
        "facts": [f"{label_of(fact)} {fact.year}" for fact in facts],
    }


def confirm(request: StaffRequest, code: str) -> HttpResponse:
    """What will happen, then the act: everything at once."""
    batch = seen(request, code)
    if not (verdict := BATCH.verdict(batch, "confirm", request.actor)):
        raise Refused(verdict)
    form = StepForm(False, request.POST or None, initial={"version": batch.version})
    if request.method == "POST" and form.is_valid():
        written = actions.confirm(batch, version=form.cleaned_data["version"], by=request.actor)
        messages.success(request, f"Đã ghi {written} dòng.")
        return redirect("intake:one", code)
    context = {"batch": batch, "form": form, "counts": queries.counts_of(batch), "effect": queries.effect_of(batch)}
    return render(request, "staff/intake/confirm.html", context)


def step(request: StaffRequest, code: str, name: str) -> HttpResponse:
    """Drop the batch, or go back to its columns."""
    batch = seen(request, code)
    if name not in STEPS:
        raise Http404
    found = BATCH.step(name)
    if not (verdict := BATCH.verdict(batch, name, request.actor, reason="…")):
        raise Refused(verdict)
    form = StepForm(found.reason_required, request.POST or None, initial={"version": batch.version})
    if request.method == "POST" and form.is_valid():
        if name == "drop":
            actions.drop(batch, by=request.actor, **form.cleaned_data)
            messages.success(request, "Đã bỏ đợt nhập. Không dòng nào được ghi.")
            return redirect("intake:all") if not batch.dossier else redirect("dossiers:one", batch.dossier.code)
        actions.remap(batch, version=form.cleaned_data["version"], by=request.actor)
        return redirect("intake:one", code)
    context = {
        "step": found,
        "form": form,
        "about": batch.file.name,
        "back": f"/lam-viec/nhap-danh-sach/{code}/",
        "crumbs": [
            ("/lam-viec/nhap-danh-sach/", "Nhập danh sách"),
            (f"/lam-viec/nhap-danh-sach/{code}/", batch.file.name),
        ],
        "risk": name == "drop",
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def give_back(request: StaffRequest, code: str) -> HttpResponse:
    """The list as a file again, with a column that says what is wrong; of a long list the rows that are not written."""
    batch = seen(request, code)
    rows = batch.rows.select_related("identity").order_by("place")
    if rows.count() > MOST_GIVEN_BACK:
        rows = rows.exclude(standing=Row.Standing.READY)[:MOST_GIVEN_BACK]
    titles = [column["title"] for column in batch.heads[0]["columns"]] if batch.heads else []
    wide = max([len(titles), *(len(row.cells) for row in rows)])
    heads = ["Dòng trong tệp", *(titles + [""] * (wide - len(titles))), "Kết quả", "Lý do"]
    cells = [
        [row.number, *row.cells, *[""] * (wide - len(row.cells)), ROW_CHIPS[row.standing][1], _why(row)] for row in rows
    ]
    name = batch.file.name.rsplit(".", 1)[0]
    return as_attachment(xlsx.write("Kết quả kiểm tra", heads, cells), f"{name}-kiem-tra.xlsx")


def _why(row: Row) -> str:
    reasons = [reason["why"] for reason in row.reasons]
    if row.identity is not None and row.identity.outcome == Identity.Outcome.ASKED:
        reasons.append(row.identity.why)
    return " ".join(reasons)


def download(request: StaffRequest, code: str) -> HttpResponse:
    """The file as it was sent, once it was found in order."""
    batch = seen(request, code)
    if batch.file.state != StoredFile.State.USABLE:
        raise Refused(no("Tệp đang được kiểm tra, hoặc không dùng được."))
    return as_attachment(batch.file.path.read_bytes(), batch.file.name)
