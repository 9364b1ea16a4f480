"""Printing the certificates of an issued decision: on what paper, for whom; then the page of the batch tells how far it is."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bangvang.decisions import actions, queries
from bangvang.decisions.access import may_print
from bangvang.kernel.workflow import Refused
from bangvang.papers.access import blanks_visible_to
from bangvang.papers.certificates import FULL_PAGE, Layout
from bangvang.web.staff.certificate_forms import PrintForm
from bangvang.web.staff.decisions import seen
from bangvang.web.ui.actors import StaffRequest


def print_certificates(request: StaffRequest, code: str) -> HttpResponse:
    """Choose the paper and whose certificates, then order one PDF."""
    decision = seen(request, code)
    if not (verdict := may_print(request.actor, decision)):
        raise Refused(verdict)

    def public_page(of: str) -> str:
        return request.build_absolute_uri(reverse("portal:certificate", args=[of]))

    blanks = {blank.code: blank for blank in blanks_visible_to(request.actor).filter(retired_on__isnull=True)}
    form = PrintForm(list(blanks.values()), request.POST or None)
    if request.method == "POST" and form.is_valid():
        blank = blanks.get(form.cleaned_data["paper"])
        layout = Layout.from_json(blank.layout) if blank else FULL_PAGE
        subject = form.cleaned_data["subject"]
        order = actions.print_certificates(decision, layout, subject, public_page, by=request.actor)
        return redirect("certificates:order", order.code)
    context = {"decision": decision, "form": form, "count": len(queries.certificates_to_print(decision))}
    return render(request, "staff/decisions/print.html", context, status=422 if form.errors else 200)
