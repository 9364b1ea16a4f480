"""Public pages of decisions and of certificates: who was honoured, and whether a certificate is real."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bangvang.decisions import public
from bangvang.web.portal.views import CACHED
from bangvang.web.ui import limits


@login_not_required
@CACHED
def decisions(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    found = public.search(words)
    context = {"found": found, "q": words, "honoured": sum(len(one.honoured) for one in found)}
    return render(request, "portal/decisions.html", context)


@login_not_required
@CACHED
def decision(request: HttpRequest, code: str) -> HttpResponse:
    found = public.one(code)
    if found is None:
        raise Http404
    return render(request, "portal/decision.html", {"decision": found})


@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    """Type the code that stands on the certificate."""
    typed = request.GET.get("ma", "").strip()[:80]
    if not typed:
        return render(request, "portal/verify.html", {"typed": ""})
    if code := public.typed_code(typed):
        return redirect("portal:certificate", code)
    return render(request, "portal/verify.html", {"typed": typed}, status=422)


@login_not_required
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """What stands in the register under a code. An unknown code is a plain 404 page that says so; too many of them: 429."""
    if limits.is_over("certificate", request):
        return render(request, "portal/too_often.html", {"minutes": limits.SECONDS // 60}, status=429)
    found = public.verify(code)
    if found is None:
        limits.count("certificate", request)
        return render(request, "portal/no_certificate.html", {"typed": ""}, status=404)
    response = render(request, "portal/certificate.html", {"certificate": found})
    response["Cache-Control"] = "public, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response
