"""Pages for what is not there, what broke, and a form without its safety mark."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Unseen and unknown are the same page."""
    return render(request, "ui/not_found.html", status=404)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: no detail leaves, the log has the class of the error."""
    return render(request, "ui/broken.html", status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's mark is too old (the browser was closed, or another tab signed in)."""
    return render(request, "ui/stale_form.html", status=403)
