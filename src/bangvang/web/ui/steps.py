"""The page of one step, the same for every thing with a table of steps; and an act whose button was pressed twice."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from bangvang.kernel.models import Root
from bangvang.kernel.workflow import Overtaken, Refused, Workflow
from bangvang.web.ui.actors import StaffRequest


def done_once(request: StaffRequest, verb: str, act: Callable[[], object], said: str) -> bool:
    """Act and say so. A second press of the same button finds the act `verb` done: that is said, nothing is done again.

    True when the act was done now. Overtaken when somebody else was faster.
    """
    try:
        act()
    except Overtaken as overtaken:
        last = overtaken.last
        if last is None or (last.actor_id, last.verb) != (request.user.pk, verb):
            raise
        messages.info(request, "Việc này đã làm xong từ lần bấm trước, không làm lại.")
        return False
    messages.success(request, said)
    return True


def step_page(
    request: StaffRequest,
    workflow: Workflow,
    thing: Root,
    name: str,
    steps: Mapping[str, tuple[Any, Callable[..., object]]],
    *,
    after: Mapping[str, str],
    page: str,
    about: str,
    crumbs: Sequence[tuple[str, str]],
) -> HttpResponse:
    """First what will happen, then the act, then the thing's own `page`.

    `steps`: name → (form, action); `after`: what is said once it is done. A step that is not among them is not found.
    """
    if name not in steps:
        raise Http404
    form_class, act = steps[name]
    form = form_class(request, thing, request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = f"{workflow.name}.{name}"
        done_once(request, verb, lambda: act(thing, by=request.actor, **form.arguments()), after[name])
        return redirect(page)
    if not (verdict := workflow.verdict(thing, name, request.actor, reason="…")):
        raise Refused(verdict)
    row = workflow.step(name)
    context = {"step": row, "form": form, "about": about, "back": page, "crumbs": crumbs, "risk": row.reason_required}
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)
