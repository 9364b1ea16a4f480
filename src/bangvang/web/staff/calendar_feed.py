"""Lịch việc: the deadlines of an account for a calendar program, at an address that only its owner knows and can take back."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bangvang.kernel import clock
from bangvang.people import actions
from bangvang.people.actor import Actor, duties_of
from bangvang.people.models import Duty
from bangvang.people.queries import owner_of_calendar
from bangvang.web.staff.tasks import todo_of
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.icalendar import WholeDay, calendar


@require_POST
def renew(request: StaffRequest) -> HttpResponse:
    """Give a new address; an older one stops working. It is shown this once, only its hash is kept."""
    token = actions.open_calendar(request.user)
    address = request.build_absolute_uri(reverse("calendar:feed", args=[token]))
    return render(request, "staff/account/calendar.html", {"address": address})


@require_POST
def close(request: StaffRequest) -> HttpResponse:
    actions.close_calendar(request.user)
    messages.success(request, "Đã huỷ địa chỉ lịch. Phần mềm lịch không lấy được việc nữa.")
    return redirect("account:mine")


@login_not_required
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The deadlines of every duty the owner has today. An unknown address is not found, and so is that of a closed account."""
    owner = owner_of_calendar(token)
    if owner is None:
        raise Http404
    today = clock.today()
    site = request.build_absolute_uri("/").rstrip("/")
    duties = [duty for duty in duties_of(owner, today) if duty.role != Duty.Role.ADMINISTRATOR]
    tasks = {
        (task.address, task.title): task
        for duty in duties
        for task in todo_of(Actor(owner, duty, today))
        if task.due_on
    }
    days = [
        WholeDay(_uid(address, title), task.due_on, task.title, site + address)
        for (address, title), task in tasks.items()
        if task.due_on
    ]
    content = calendar("Bảng Vàng: việc của tôi", sorted(days, key=lambda one: (one.day, one.uid)), clock.true_now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _uid(address: str, title: str) -> str:
    """The same for the same task of the same thing, whatever its day."""
    return f"{hashlib.sha256(f'{address} {title}'.encode()).hexdigest()[:32]}@bangvang"
