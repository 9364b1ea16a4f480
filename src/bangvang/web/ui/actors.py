"""request.actor: the signed-in person in one of today's duties."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve
from django_htmx.middleware import HtmxDetails

from bangvang.kernel import clock
from bangvang.people.actor import Actor, duties_of
from bangvang.people.models import User

DUTY_KEY = "duty"


class StaffRequest(HttpRequest):
    """What a staff view receives: somebody signed in, acting in a duty (checked by the middleware before the view)."""

    user: User
    actor: Actor
    htmx: HtmxDetails


def current_actor(request: HttpRequest) -> Actor | None:
    """The actor of this request, or None for a visitor or an account without a duty today. A person with several duties chooses one."""
    if not request.user.is_authenticated:
        return None
    day = clock.today()
    duties = duties_of(request.user, day)
    chosen = [duty for duty in duties if duty.pk == request.session.get(DUTY_KEY)]
    duty = next(iter(chosen or duties), None)
    return Actor(request.user, duty, day) if duty else None


class ActorMiddleware:
    """Puts the actor on the request; an account without a duty, or with a first password, gets only its account pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None  # public pages never look at the session, so they can be cached
        request.actor = current_actor(request)  # type: ignore[attr-defined]
        if resolve(request.path_info).namespace == "account":
            return None
        if request.user.must_change_password:
            return redirect("account:password")
        if request.actor is None:  # type: ignore[attr-defined]
            return render(request, "staff/account/no_duty.html", status=403)
        return None
