"""What the administrator enters: units, persons, duties, who signs for whom."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from bangvang.kernel.workflow import Refused
from bangvang.people import actions
from bangvang.people.access import may_keep_accounts, persons_visible_to
from bangvang.people.models import Delegation, Duty, Person, Unit
from bangvang.people.queries import head_of, units_of
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, WordsField

UNIT_KINDS = [choice for choice in Unit.Kind.choices if choice[0] not in {Unit.Kind.PROVINCE, Unit.Kind.AGENCY}]


class UnitForm(ErrorSummaryMixin, forms.Form):
    name = WordsField(label="Tên đơn vị", max_length=200, help_text="Ví dụ: Phòng Quản lý ngân sách")
    kind = forms.ChoiceField(label="Loại", choices=UNIT_KINDS)
    head_title = WordsField(
        label="Chức danh người đứng đầu", max_length=80, required=False, help_text="Ví dụ: Trưởng phòng"
    )
    since = DayField(label="Từ ngày")


class PersonForm(ErrorSummaryMixin, forms.Form):
    full_name = WordsField(label="Họ và tên", max_length=120)
    sex = forms.ChoiceField(label="Giới tính", choices=Person.Sex.choices)
    birth_year = forms.IntegerField(
        label="Năm sinh", required=False, min_value=1900, max_value=2100, help_text="Để phân biệt người trùng tên"
    )
    recruited_on = DayField(label="Ngày tuyển dụng", required=False)


class DatesForm(ErrorSummaryMixin, forms.Form):
    recruited_on = DayField(
        label="Ngày tuyển dụng", required=False, help_text="Theo hồ sơ cán bộ. Dùng để tính thời gian công tác"
    )
    died_on = DayField(label="Ngày mất", required=False, help_text="Để trống nếu còn sống. Người đã mất thì truy tặng")


class DutyForm(ErrorSummaryMixin, forms.Form):
    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none(), to_field_name="code", empty_label=None)
    role = forms.ChoiceField(label="Vai trò trong hệ thống", choices=Duty.Role.choices, initial=Duty.Role.STAFF)
    title = WordsField(label="Chức vụ", max_length=120, help_text="Như ghi trên văn bản, ví dụ: Chuyên viên")
    since = DayField(label="Từ ngày")

    def __init__(self, request: StaffRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_of(request.actor.agency).filter(valid_until__isnull=True)
        self.fields["unit"].queryset = units.order_by("order", "name")  # type: ignore[attr-defined]


class EndForm(ErrorSummaryMixin, forms.Form):
    last_day = DayField(label="Ngày cuối cùng", help_text="Tính cả ngày này. Ví dụ 31/12/2025")


class DelegationForm(ErrorSummaryMixin, forms.Form):
    kind = forms.ChoiceField(label="Hình thức ký", choices=Delegation.Kind.choices)
    decision = WordsField(label="Theo văn bản", max_length=200, help_text="Số, ngày, nơi ban hành")
    since = DayField(label="Từ ngày")
    until = DayField(label="Đến hết ngày", required=False, help_text="Bắt buộc khi thừa uỷ quyền (TUQ.)")


def _may(request: StaffRequest) -> None:
    if not (verdict := may_keep_accounts(request.actor)):
        raise Refused(verdict)


def _person(request: StaffRequest, code: str) -> Person:
    """Somebody of the agency, or somebody just entered who has no duty anywhere yet."""
    _may(request)
    ours = Q(pk__in=persons_visible_to(request.actor).values("pk"))
    has_duty = Exists(Duty.objects.filter(person=OuterRef("pk")))
    return get_object_or_404(Person.objects.filter(ours | ~has_duty), code=code)


def _page(request: StaffRequest, form: forms.Form, heading: str, lead: str, back: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "lead": lead, "back": back}
    return render(request, "staff/organisation/form.html", context, status=422 if form.errors else 200)


def new_unit(request: StaffRequest) -> HttpResponse:
    _may(request)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unit = actions.open_unit(within=request.actor.agency, by=request.actor, **form.cleaned_data)
        messages.success(request, f"Đã ghi {unit.name}.")
        return redirect("units:all")
    return _page(request, form, "Ghi đơn vị mới", "Đơn vị nằm trong cơ quan này, từ ngày đã ghi.", "units:all")


def new_person(request: StaffRequest) -> HttpResponse:
    _may(request)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = actions.enter_person(by=request.actor, **form.cleaned_data)
        messages.success(request, f"Đã ghi {person.full_name}. Xin giao chức trách.")
        return redirect("organisation:person", person.code)
    lead = "Mỗi người ghi một lần. Trước khi ghi, xin tìm trong danh sách tài khoản để khỏi trùng."
    return _page(request, form, "Ghi người mới", lead, "accounts:all")


def record_dates(request: StaffRequest, code: str) -> HttpResponse:
    found = _person(request, code)
    initial = {"recruited_on": found.recruited_on, "died_on": found.died_on}
    form = DatesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_dates(found, by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error("died_on", refused.verdict.reason)
        else:
            messages.success(request, f"Đã ghi cho {found.full_name}. Kết quả xét điều kiện đã tính lại.")
            return redirect("organisation:person", code)
    lead = "Thiếu ngày tuyển dụng thì điều kiện về thời gian công tác chưa xét được."
    return _page(request, form, f"Ngày tuyển dụng của {found.full_name}", lead, "accounts:all")


def person(request: StaffRequest, code: str) -> HttpResponse:
    """One person's duties, past and present, and what can be done with them."""
    found = _person(request, code)
    duties = found.duties.select_related("unit").order_by("-valid_from", "-pk")
    context = {
        "person": found,
        "standing": [duty for duty in duties if duty.valid_until is None],
        "ended": [duty for duty in duties if duty.valid_until is not None],
        "given": Delegation.objects.filter(taker__person=found).order_by("-valid_from"),
        "may_sign": _deputy(found) is not None,
    }
    return render(request, "staff/organisation/person.html", context)


def give_duty(request: StaffRequest, code: str) -> HttpResponse:
    found = _person(request, code)
    form = DutyForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.give_duty(found, by=request.actor, **form.cleaned_data)
        messages.success(request, "Đã giao chức trách.")
        return redirect("organisation:person", found.code)
    lead = "Quyền làm việc trong hệ thống theo vai trò, từ ngày đã ghi."
    return _page(request, form, f"Giao chức trách cho {found.full_name}", lead, "accounts:all")


def end_duty(request: StaffRequest, code: str, place: int) -> HttpResponse:
    """`place` is the duty's place among the person's standing duties, newest first: no key stands in the address."""
    found = _person(request, code)
    standing = list(found.duties.filter(valid_until__isnull=True).order_by("-valid_from", "-pk"))
    if not 1 <= place <= len(standing):
        raise Http404
    duty = standing[place - 1]
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_duty(duty, last_day=form.cleaned_data["last_day"], by=request.actor)
        messages.success(request, f"Đã kết thúc chức trách {duty.title}.")
        return redirect("organisation:person", found.code)
    lead = f"{duty.title}, {duty.unit.name}. Việc đã làm với chức trách này giữ nguyên tên."
    return _page(request, form, f"Kết thúc chức trách của {found.full_name}", lead, "accounts:all")


def _deputy(person: Person) -> Duty | None:
    return person.duties.filter(valid_until__isnull=True, role=Duty.Role.DEPUTY_DIRECTOR).first()


def delegate(request: StaffRequest, code: str) -> HttpResponse:
    """The head lets a deputy sign: KT., TL. or TUQ., under a written decision."""
    found = _person(request, code)
    taker, giver = _deputy(found), head_of(request.actor.agency, on=request.actor.day)
    if taker is None or giver is None:
        raise Http404
    form = DelegationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.delegate(giver, taker, by=request.actor, **form.cleaned_data)
        messages.success(request, "Đã ghi việc giao ký.")
        return redirect("organisation:person", found.code)
    lead = f"{giver.person.honorific} {giver.person.full_name} giao {taker.person.full_name} ký thay."
    return _page(request, form, "Giao ký thay", lead, "accounts:all")
