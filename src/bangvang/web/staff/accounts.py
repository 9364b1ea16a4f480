"""Accounts, for the administrator: who has one, open, give a new first password, close."""

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bangvang.kernel.workflow import Refused
from bangvang.people import actions
from bangvang.people.access import may_keep_accounts, persons_visible_to
from bangvang.people.models import Duty, Person, User
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.forms import ErrorSummaryMixin, WordsField


class AccountForm(ErrorSummaryMixin, forms.Form):
    username = WordsField(label="Tên đăng nhập", max_length=60, help_text="Chữ thường không dấu, ví dụ: lan.nguyen")

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"]).lower()
        if not name.replace(".", "").replace("-", "").isascii() or " " in name:
            raise forms.ValidationError("Tên đăng nhập chỉ dùng chữ không dấu, số, dấu chấm và gạch nối.")
        if User.objects.filter(username=name).exists():
            raise forms.ValidationError("Tên đăng nhập này đã có người dùng. Xin thêm số hoặc tên đơn vị.")
        return name


def _may(request: StaffRequest) -> None:
    if not (verdict := may_keep_accounts(request.actor)):
        raise Refused(verdict)


def _person(request: StaffRequest, code: str) -> Person:
    _may(request)
    return get_object_or_404(persons_visible_to(request.actor).select_related("user"), code=code)


def _has_one(request: StaffRequest) -> HttpResponse:
    messages.info(request, "Người này đã có tài khoản. Chưa kịp xem mật khẩu đầu tiên thì bấm “Cấp lại mật khẩu”.")
    return redirect("accounts:all")


def all_accounts(request: StaffRequest) -> HttpResponse:
    _may(request)
    duties = Duty.objects.as_of(request.actor.day).filter(person__in=persons_visible_to(request.actor))
    named = sorted(duties.select_related("person__user", "unit"), key=lambda duty: (duty.person.sort_key, duty.pk))
    rows = [(duty, getattr(duty.person, "user", None)) for duty in named]
    return render(request, "staff/accounts/all.html", {"rows": rows})


@never_cache
def open_account(request: StaffRequest, code: str) -> HttpResponse:
    person = _person(request, code)
    if User.objects.filter(person=person).exists():
        return _has_one(request)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, first = actions.open_account(person, form.cleaned_data["username"], by=request.actor)
        except IntegrityError:
            return _has_one(request)
        return render(request, "staff/accounts/first_password.html", {"person": person, "user_": user, "first": first})
    return render(
        request, "staff/accounts/open.html", {"person": person, "form": form}, status=422 if form.errors else 200
    )


@never_cache
def reset(request: StaffRequest, code: str) -> HttpResponse:
    person = _person(request, code)
    user = get_object_or_404(User, person=person)
    if request.method == "POST":
        first = actions.reset_password(user, by=request.actor)
        return render(request, "staff/accounts/first_password.html", {"person": person, "user_": user, "first": first})
    return render(request, "staff/accounts/reset.html", {"person": person})


@require_POST
def close_or_reopen(request: StaffRequest, code: str) -> HttpResponse:
    """The form says which of the two: a second press changes nothing."""
    person = _person(request, code)
    user = get_object_or_404(User, person=person)
    wanted = request.POST.get("active") == "1"
    if user.is_active != wanted:
        actions.set_active(user, wanted, by=request.actor)
    messages.success(request, f"Tài khoản {user.username} đã {'mở lại' if user.is_active else 'khoá'}.")
    return redirect("accounts:all")
