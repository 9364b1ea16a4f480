"""Reminders of reports: asked for now, or drafted by a rule; looked at, sent or not sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from bangvang.movements.access import movements_visible_to
from bangvang.notices.queries import outcomes
from bangvang.progress import actions
from bangvang.progress.access import reminders_visible_to
from bangvang.progress.models import Period
from bangvang.progress.queries import owing_units
from bangvang.progress.workflow import REMINDER
from bangvang.web.staff.progress_forms import ReminderTextForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.story import story_of

CHIPS = {"drafted": "ink", "released": "ok", "dropped": "done", "needless": "done"}


@require_POST
def draft(request: StaffRequest, code: str) -> HttpResponse:
    """Draft a reminder of one period now; it goes out from its own page."""
    periods = Period.objects.standing().filter(movement__in=movements_visible_to(request.actor), movement__code=code)
    period = get_object_or_404(periods.select_related("movement__agency"), code=request.POST.get("ky", ""))
    reminder = actions.draft_reminder(period, by=request.actor)
    return redirect("progress:reminder", reminder.code)


def one(request: StaffRequest, code: str) -> HttpResponse:
    """The words, who still owes, and the two ways on."""
    seen = reminders_visible_to(request.actor).select_related("period__movement__agency", "rule")
    reminder = get_object_or_404(seen, code=code)
    may = REMINDER.verdict(reminder, "release", request.actor)
    given = request.POST if request.method == "POST" else None
    form = ReminderTextForm(given, initial={"version": reminder.version, "text": reminder.text})
    if given is not None and "khong-gui" in given:
        actions.drop_reminder(reminder, by=request.actor)
        messages.success(request, "Lời nhắc này không gửi.")
        return redirect("progress:board", reminder.period.movement.code)
    if given is not None and form.is_valid():
        typed = form.cleaned_data
        actions.release_reminder(reminder, typed["text"], version=typed["version"], by=request.actor)
        messages.success(request, f"Đã gửi lời nhắc cho {reminder.told} người.")
        return redirect("progress:board", reminder.period.movement.code)
    context = {
        "reminder": reminder,
        "movement": reminder.period.movement,
        "chip": CHIPS[reminder.state],
        "form": form if may else None,
        "mails": outcomes(reminder.notice_key),
        "owing": list(owing_units(reminder.period, request.actor.day)),
        "story": story_of(reminder),
    }
    return render(request, "staff/progress/reminder.html", context, status=422 if form.errors else 200)
