"""The public pages: no session, cacheable, only what the rooms' public.py give."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from bangvang.decisions import public as honours
from bangvang.kernel import clock
from bangvang.movements import public
from bangvang.stories import public as told

CACHED = cache_control(public=True, max_age=60)
FRESH = cache_control(
    public=True, no_cache=True
)  # a story whose consent was withdrawn is gone at once, also from caches


@login_not_required
@FRESH
def home(request: HttpRequest) -> HttpResponse:
    shown = public.search("", today=clock.today(), limit=5)
    honoured = honours.search("", limit=1)
    context = {
        "shown": shown,
        "latest": honoured[0] if honoured else None,
        "news": told.newest_news(3),
        "tale": next(iter(told.newest(1)), None),
        "year": clock.today().year,
    }
    return render(request, "portal/home.html", context)


@login_not_required
@FRESH
def stories(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/stories.html", {"found": told.newest()})


@login_not_required
@FRESH
def story(request: HttpRequest, code: str) -> HttpResponse:
    found = told.one(code)
    if found is None:
        raise Http404
    return render(request, "portal/story.html", {"story": found})


@login_not_required
@CACHED
def movements(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    return render(request, "portal/movements.html", {"found": public.search(words, today=clock.today()), "q": words})


@login_not_required
@CACHED
def movement(request: HttpRequest, code: str) -> HttpResponse:
    found = public.one(code, today=clock.today())
    if found is None:
        raise Http404
    return render(request, "portal/movement.html", {"movement": found})


@login_not_required
@CACHED
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help.html")


@login_not_required
@CACHED
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")
