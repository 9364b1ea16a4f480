"""Sessions that end after idle minutes, and forms posted after that: kept for their owner and offered after login."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import LoginRequiredMiddleware as DjangoLoginRequired
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from bangvang.kernel import drafts

SEEN_KEY = "seen"
SAVED_AT_MOST_EVERY = 60  # seconds: a page view costs no session write within a minute
OWNER_FIELD = "bv_owner"
OWNER_SALT = "owner of a form"
OWNER_VALID = 24 * 3600  # seconds


class IdleLockMiddleware:
    """Ends the session of somebody who did nothing for settings.IDLE_LOCK."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            now = int(time.time())
            seen = request.session.get(SEEN_KEY, now)
            if now - seen > settings.IDLE_LOCK.total_seconds():
                auth.logout(request)
            elif now - seen >= SAVED_AT_MOST_EVERY or SEEN_KEY not in request.session:
                request.session[SEEN_KEY] = now


def owner_mark(user_id: int) -> str:
    """A signed mark in every long form: whose it is, so that it can be kept when the session has ended."""
    return signing.dumps(user_id, salt=OWNER_SALT)


def kept_form(path: str) -> str:
    """The draft's name of a form that came too late to this address."""
    return f"late:{path}"[:80]


def keep_late_form(request: HttpRequest) -> bool:
    """Keep a form that cannot be taken now, for the owner named in its signed mark. False when there is nothing to keep."""
    try:
        owner = signing.loads(request.POST.get(OWNER_FIELD, ""), salt=OWNER_SALT, max_age=OWNER_VALID)
    except signing.BadSignature:
        return False
    path = (request.htmx.current_url_abs_path if request.htmx else request.path) or request.path  # type: ignore[attr-defined]
    path = path.partition("?")[0]  # an autosave comes from the page that holds the form
    fields = {name: request.POST.getlist(name) for name in request.POST if name != OWNER_FIELD}
    try:
        drafts.keep(owner, kept_form(path), fields, address=path)
    except ValueError:
        return False  # longer than we keep: the browser's own page still holds it
    request.session["late_form"] = path
    return True


class LoginRequiredMiddleware(DjangoLoginRequired):
    """Default deny. A form posted after the session ended is kept first; a part of a page is told so in one line."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view_func, "login_required", True):
            return None  # before anybody looks at the session: a public page is the same for everybody, and cacheable
        return super().process_view(request, view_func, view_args, view_kwargs)

    # Django's stub promises a redirect; a part of a page gets one line instead.
    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        kept = request.method == "POST" and keep_late_form(request)
        if request.htmx:  # type: ignore[attr-defined]
            told = (
                "Phần đã gõ được giữ lại; bấm nút lưu để đăng nhập và gửi."
                if kept
                else "Xin tải lại trang để đăng nhập."
            )
            return HttpResponse(f"Phiên làm việc đã hết. {told}")
        return super().handle_no_permission(request, view_func)
