"""Giấy khen: the agency's blanks with their coordinates, the test page, and how far an ordered batch is."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bangvang.kernel.workflow import Refused
from bangvang.papers import actions
from bangvang.papers.access import blanks_visible_to, may_keep_blank, may_keep_blanks
from bangvang.papers.certificates import PIECES, USUAL_BLANK, Layout, Spot, draw_test_page
from bangvang.papers.models import CertificateBlank, PaperOrder
from bangvang.web.staff.certificate_forms import SheetForm, SpotForm
from bangvang.web.staff.dossier_forms import StepForm
from bangvang.web.staff.files import as_attachment
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.keeping import version_of

NEW_SPOT = Spot(148.5, 100, 200)


def seen(request: StaffRequest, code: str) -> tuple[CertificateBlank, Layout]:
    blank = get_object_or_404(blanks_visible_to(request.actor), code=code)
    return blank, Layout.from_json(blank.layout)


def all_blanks(request: StaffRequest) -> HttpResponse:
    """The blanks of the agency and the batches that this person ordered."""
    if not (verdict := may_keep_blanks(request.actor)):
        raise Refused(verdict)
    blanks = list(blanks_visible_to(request.actor))
    orders = PaperOrder.objects.filter(form="certificates", made_by=request.user).order_by("-pk")[:20]
    context = {
        "standing": [blank for blank in blanks if blank.retired_on is None],
        "retired": [blank for blank in blanks if blank.retired_on],
        "orders": [(order, actions.progress_of(order)) for order in orders],
    }
    return render(request, "staff/certificates/all.html", context)


def new(request: StaffRequest) -> HttpResponse:
    """A blank begins with the usual places; the test page then shows what to move."""
    if not (verdict := may_keep_blanks(request.actor)):
        raise Refused(verdict)
    form = SheetForm(request.POST or None, initial=SheetForm.fields_of(USUAL_BLANK))
    if request.method == "POST" and form.is_valid():
        blank = actions.open_blank(form.cleaned_data["name"], form.layout(USUAL_BLANK.spots), by=request.actor)
        messages.success(request, "Đã ghi phôi với toạ độ thường gặp. In tờ thử, đặt lên phôi rồi sửa chỗ lệch.")
        return redirect("certificates:one", blank.code)
    context = {"form": form, "heading": "Ghi phôi giấy khen", "button": "Ghi phôi"}
    return render(request, "staff/certificates/edit.html", context, status=422 if form.errors else 200)


def one(request: StaffRequest, code: str) -> HttpResponse:
    blank, layout = seen(request, code)
    placed = dict(layout.spots)
    context = {
        "blank": blank,
        "layout": layout,
        "rows": [(name, PIECES[name][0], spot) for name, spot in layout.spots],
        "others": [(name, label) for name, (label, _) in PIECES.items() if name not in placed],
        "may_keep": may_keep_blank(request.actor, blank),
    }
    return render(request, "staff/certificates/one.html", context)


def edit(request: StaffRequest, code: str) -> HttpResponse:
    """The sheet: name, size, shift, square."""
    blank, layout = seen(request, code)
    if not (verdict := may_keep_blank(request.actor, blank)):
        raise Refused(verdict)
    initial = SheetForm.fields_of(layout) | {"name": blank.name, "version": blank.version}
    form = SheetForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = version_of(request.POST)
        changed = form.layout(layout.spots)
        actions.edit_blank(blank, form.cleaned_data["name"], changed, version=version, by=request.actor)
        messages.success(request, "Đã lưu tờ giấy. In lại tờ thử để xem.")
        return redirect("certificates:one", blank.code)
    context = {"form": form, "blank": blank, "heading": "Sửa tờ giấy, hình vuông", "button": "Lưu"}
    return render(request, "staff/certificates/edit.html", context, status=422 if form.errors else 200)


def spot(request: StaffRequest, code: str, piece: str) -> HttpResponse:
    """Put one piece of words elsewhere, or on the blank for the first time, or leave it out."""
    blank, layout = seen(request, code)
    if piece not in PIECES:
        raise Http404
    if not (verdict := may_keep_blank(request.actor, blank)):
        raise Refused(verdict)
    placed = dict(layout.spots).get(piece)
    initial: dict[str, Any] = asdict(placed or NEW_SPOT) | {"version": blank.version}
    leave_out = request.POST.get("bo") == "1"
    form = SpotForm(None if leave_out else request.POST or None, initial=initial)
    if leave_out or (request.method == "POST" and form.is_valid()):
        changed = layout.with_spot(piece, None if leave_out else form.spot())
        actions.edit_blank(blank, blank.name, changed, version=version_of(request.POST), by=request.actor)
        messages.success(request, f"Đã lưu “{PIECES[piece][0]}”. In lại tờ thử để xem.")
        return redirect("certificates:one", blank.code)
    context = {
        "form": form,
        "blank": blank,
        "heading": PIECES[piece][0],
        "button": "Lưu toạ độ",
        "may_leave_out": placed is not None and len(layout.spots) > 1,
        "version": blank.version,
    }
    return render(request, "staff/certificates/edit.html", context, status=422 if form.errors else 200)


def test_page(request: StaffRequest, code: str) -> HttpResponse:
    """A grid, crosses at the coordinates and sample words, to hold against the blank."""
    blank, layout = seen(request, code)
    return as_attachment(draw_test_page(layout), f"To-thu-{blank.code}.pdf")


def retire(request: StaffRequest, code: str) -> HttpResponse:
    blank, _ = seen(request, code)
    if not (verdict := may_keep_blank(request.actor, blank)):
        raise Refused(verdict)
    form = StepForm(False, request.POST or None, initial={"version": blank.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        actions.retire_blank(blank, on=request.actor.day, version=version, by=request.actor)
        messages.success(request, f"Phôi “{blank.name}” thôi dùng từ hôm nay.")
        return redirect("certificates:all")
    return render(request, "staff/certificates/retire.html", {"blank": blank, "form": form})


def order(request: StaffRequest, code: str) -> HttpResponse:
    """How far a batch is; the page asks again by itself while it is drawn."""
    made = get_object_or_404(PaperOrder, form="certificates", code=code, made_by=request.user)
    progress = actions.progress_of(made)
    template = "staff/certificates/_progress.html" if request.htmx else "staff/certificates/order.html"
    response = render(request, template, {"order": made, "progress": progress})
    if request.htmx and (progress.is_kept or progress.refusal):
        response["HX-Refresh"] = "true"
    return response


def download(request: StaffRequest, code: str) -> HttpResponse:
    """The PDF, byte for byte as it was made."""
    made = get_object_or_404(PaperOrder, form="certificates", code=code, made_by=request.user)
    kept = made.papers.select_related("file").first()
    if kept is None:
        raise Http404
    return as_attachment(kept.file.path.read_bytes(), kept.file.name)
