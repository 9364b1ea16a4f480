"""Indicators over years as charts and tables; social work of a movement, one by one and summed up."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from bangvang.kernel.workflow import Refused
from bangvang.movements.access import is_clerk_of, is_head_of, movements_visible_to
from bangvang.movements.models import Movement, RollOut
from bangvang.papers.models import StoredFile
from bangvang.people.actor import Actor
from bangvang.people.models import Unit
from bangvang.progress import actions, figures
from bangvang.progress.access import (
    may_record_social_work,
    may_set_up,
    may_withdraw_social_work,
    social_works_visible_to,
)
from bangvang.progress.models import Indicator, IndicatorYear, SocialWork
from bangvang.progress.social import helped
from bangvang.progress.workflow import SOCIAL_WORK
from bangvang.web.staff.files import as_attachment
from bangvang.web.staff.movement_forms import ReasonForm
from bangvang.web.staff.progress_forms import FileForm
from bangvang.web.staff.year_chart import chart_of
from bangvang.web.staff.year_forms import IndicatorYearForm, SocialWorkForm
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.steps import step_page
from bangvang.web.ui.story import story_of
from bangvang.web.ui.uploads import taken_in


def _movement(request: StaffRequest, code: str) -> Movement:
    return get_object_or_404(movements_visible_to(request.actor).select_related("agency"), code=code)


def _asked(request: StaffRequest, movement: Movement, form: Form, label: str, hint: str, back: str) -> HttpResponse:
    context = {
        "step": {"label": label, "hint": hint},
        "form": form,
        "about": movement.title,
        "back": back,
        "crumbs": [(reverse("movements:one", args=[movement.code]), movement.title)],
    }
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


def of_movement(request: StaffRequest, code: str) -> HttpResponse:
    """Every indicator that has figures of years: a drawing, and the same as a table."""
    movement = _movement(request, code)
    indicators = list(movement.indicators.prefetch_related("years"))
    context = {
        "movement": movement,
        "sheets": [_sheet(one) for one in indicators if one.years.all()],
        "has_indicators": bool(indicators),
        "may_set_up": bool(may_set_up(request.actor, movement)),
    }
    return render(request, "staff/years/all.html", context)


def _sheet(indicator: Indicator) -> dict[str, Any]:
    rows = list(indicator.years.all())
    return {
        "indicator": indicator,
        "chart": chart_of(indicator, rows),
        "rows": [
            (
                row,
                figures.words(row.target, indicator.measure),
                figures.words(row.reached, indicator.measure),
                _share(row),
            )
            for row in rows
        ],
    }


def _share(row: IndicatorYear) -> str:
    return "" if row.reached is None or row.target is None else figures.share(row.reached, row.target)


def write(request: StaffRequest, code: str) -> HttpResponse:
    """Write one year of one indicator; written again, it takes the earlier one's place."""
    movement = _movement(request, code)
    if not (verdict := may_set_up(request.actor, movement)):
        raise Refused(verdict)
    form = IndicatorYearForm(list(movement.indicators.select_related("movement")), request.POST or None)
    back = reverse("years:of_movement", args=[code])
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        indicator = form.indicators[given.pop("indicator")]
        actions.write_year(indicator, given.pop("year"), **given, by=request.actor)
        messages.success(request, f"Đã ghi “{indicator.label}”.")
        return redirect(back)
    hint = "Số của cả phong trào trong một năm. Ghi lại năm đã có thì thay số cũ."
    return _asked(request, movement, form, "Ghi số của một năm", hint, back)


@require_POST
def drop(request: StaffRequest, code: str) -> HttpResponse:
    movement = _movement(request, code)
    place, year = request.POST.get("chi-tieu", ""), request.POST.get("nam", "")
    rows = IndicatorYear.objects.filter(indicator__movement=movement).select_related("indicator__movement")
    row = get_object_or_404(
        rows, indicator__position=place if place.isdecimal() else 0, year=year if year.isdecimal() else 0
    )
    actions.drop_year(row, by=request.actor)
    messages.success(request, f"Đã bỏ năm {row.year} của “{row.indicator.label}”.")
    return redirect("years:of_movement", code)


def _units(movement: Movement, actor: Actor) -> list[Unit]:
    """For whom the actor may record social work: the clerk for the agency and all that take part, a head for the own unit."""
    rows = (
        movement.roll_outs.exclude(state=RollOut.State.WITHDRAWN).select_related("unit").order_by("unit__order", "pk")
    )
    if is_clerk_of(actor, movement):
        return [movement.agency, *(row.unit for row in rows)]
    return [row.unit for row in rows.filter(unit=actor.unit) if is_head_of(actor, row.unit_id)]


def social(request: StaffRequest, code: str) -> HttpResponse:
    """What was given to whom, summed up by place, then one by one."""
    movement = _movement(request, code)
    works = social_works_visible_to(request.actor).filter(movement=movement).select_related("unit")
    context = {
        "movement": movement,
        "helped": helped(movement),
        "works": works,
        "may_record": bool(_units(movement, request.actor)),
    }
    return render(request, "staff/years/social.html", context)


def record(request: StaffRequest, code: str) -> HttpResponse:
    movement = _movement(request, code)
    units = _units(movement, request.actor)
    if not units:
        raise Refused(may_record_social_work(request.actor, movement, request.actor.unit))
    form = SocialWorkForm(units, request.POST or None)
    back = reverse("years:social", args=[code])
    if request.method == "POST" and form.is_valid():
        try:
            unit = form.by_code[form.cleaned_data["unit"]]
            made = actions.record_social_work(movement, unit, form.gift(), by=request.actor)
        except Refused as refused:
            form.add_error(None, refused.verdict.reason)
        else:
            messages.success(request, "Đã ghi. Có giấy tờ thì gửi kèm ở dưới.")
            return redirect("years:work", made.code)
    hint = "Đã giúp nơi nào, gì, bao giờ; được cộng vào bảng theo dõi và báo cáo sơ kết, tổng kết."
    return _asked(request, movement, form, "Ghi một việc an sinh xã hội", hint, back)


def _seen(request: StaffRequest, code: str) -> SocialWork:
    seen = social_works_visible_to(request.actor).select_related("movement__agency", "unit", "file", "recorded_by")
    return get_object_or_404(seen, code=code)


def work(request: StaffRequest, code: str) -> HttpResponse:
    return _page(request, _seen(request, code), FileForm(), 200)


def _page(request: StaffRequest, found: SocialWork, form: FileForm, status: int) -> HttpResponse:
    may_change = bool(SOCIAL_WORK.verdict(found, "withdraw", request.actor, reason="…"))
    context = {
        "work": found,
        "movement": found.movement,
        "worth": figures.words(found.worth, "đồng"),
        "may_change": may_change,
        "form": form if may_change and found.file is None else None,
        "waiting": found.file is not None and found.file.state == StoredFile.State.WAITING,
        "story": story_of(found),
    }
    return render(request, "staff/years/work.html", context, status=status)


@require_POST
def attach(request: StaffRequest, code: str) -> HttpResponse:
    """Take in the paper that proves it; it is looked at in the limited child before anybody may open it."""
    found = _seen(request, code)
    if not (verdict := may_withdraw_social_work(request.actor, found)):
        raise Refused(verdict)
    form = FileForm(request.POST, request.FILES)
    if (file := taken_in(request, form)) is not None:
        actions.attach_to_social_work(found, file, by=request.actor)
        messages.success(request, f"Đã nhận tệp “{file.name}”, đang kiểm tra.")
        return redirect("years:work", code)
    return _page(request, found, form, 422)


def download(request: StaffRequest, code: str, file: str) -> HttpResponse:
    found = get_object_or_404(StoredFile, social_work=_seen(request, code), code=file, state=StoredFile.State.USABLE)
    return as_attachment(found.path.read_bytes(), found.name)


def withdraw(request: StaffRequest, code: str) -> HttpResponse:
    """Take a record back, with the reason."""
    found = _seen(request, code)
    page = reverse("years:work", args=[code])
    crumbs = [(reverse("years:social", args=[found.movement.code]), "An sinh xã hội"), (page, found.beneficiary)]
    steps = {"withdraw": (ReasonForm, actions.withdraw_social_work)}
    after = {"withdraw": "Đã rút; lý do được giữ lại."}
    about = f"{found.beneficiary}: {found.movement.title}"
    return step_page(request, SOCIAL_WORK, found, "withdraw", steps, after=after, page=page, about=about, crumbs=crumbs)
