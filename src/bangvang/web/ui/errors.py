"""Pages for what is not there, what broke, what is too much, and a form without its safety mark."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bangvang.web.ui.sessions import keep_late_form


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Unseen and unknown are the same page."""
    return render(request, "ui/not_found.html", status=404)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: no detail leaves, the log has the class of the error."""
    return render(request, "ui/broken.html", status=500)


@login_not_required
def too_much(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A form longer than the server takes (settings.DATA_UPLOAD_MAX_MEMORY_SIZE), or one that no page of ours makes."""
    return render(request, "ui/too_much.html", status=400)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's mark is too old (the browser was closed, or another tab signed in). A long form is kept and offered again."""
    if keep_late_form(request):
        return redirect("account:late_form")
    return render(request, "ui/stale_form.html", status=403)
