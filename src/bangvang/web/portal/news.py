"""Public pages of news, their pictures, and the feed of news and stories (RSS 2.0)."""

import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from bangvang import vietnamese
from bangvang.stories import public
from bangvang.web.portal.views import FRESH
from bangvang.web.ui.pictures import as_picture


@login_not_required
@FRESH
def news(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/news.html", {"found": public.newest_news()})


@login_not_required
@FRESH
def article(request: HttpRequest, code: str) -> HttpResponse:
    found = public.one_article(code)
    if found is None:
        raise Http404
    return render(request, "portal/article.html", {"article": found})


@login_not_required
@FRESH
def picture(request: HttpRequest, code: str, file: str) -> HttpResponse:
    """A picture of news that is shown; gone with it."""
    return as_picture(public.picture(code, file))


@login_not_required
@FRESH
def feed(request: HttpRequest) -> HttpResponse:
    """News and stories as RSS 2.0. An item keeps its guid for ever; what was taken down is in the feed no longer."""
    channel = Rss201rev2Feed(
        title="Bảng Vàng: tin thi đua, khen thưởng",
        link=request.build_absolute_uri(reverse("portal:home")),
        description="Tin và gương điển hình về thi đua, khen thưởng.",
        language="vi",
        feed_url=request.build_absolute_uri(reverse("portal:feed")),
    )
    for item in public.feed():
        channel.add_item(
            title=vietnamese.clean(item.title),
            link=request.build_absolute_uri(reverse(f"portal:{item.kind}", args=[item.code])),
            description=vietnamese.clean(item.summary),
            unique_id=f"bangvang-{item.kind}-{item.code}",
            unique_id_is_permalink=False,
            pubdate=_at_midnight(item.published_on),
        )
    return HttpResponse(channel.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _at_midnight(day: datetime.date) -> datetime.datetime:
    """A day of publishing as a moment here: the same however often the feed is made."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
