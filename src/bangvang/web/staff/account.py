"""Login, logout, one's own account, the choice among several duties, a form that came after the session ended."""

from typing import Any

from django import forms
from django.contrib import auth, messages
from django.contrib.auth import password_validation, views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bangvang.kernel import clock, drafts
from bangvang.people import actions
from bangvang.people.actor import duties_of
from bangvang.people.models import User
from bangvang.web.staff.life_forms import as_known
from bangvang.web.ui.actors import DUTY_KEY, StaffRequest
from bangvang.web.ui.forms import ErrorSummaryMixin
from bangvang.web.ui.sessions import kept_form


class LoginForm(ErrorSummaryMixin, AuthenticationForm):
    username = forms.CharField(
        label="Tên đăng nhập", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label="Mật khẩu", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin gõ lại; chữ hoa và chữ thường khác nhau.",
        "inactive": "Tài khoản này đang khoá. Xin hỏi quản trị hệ thống.",
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()


@method_decorator([login_not_required, never_cache], name="dispatch")
class Login(views.LoginView):
    """A new session key at every login (Django rotates it); five failures lock for fifteen minutes (django-axes)."""

    template_name = "staff/account/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        late = self.request.session.get("late_form")
        response = super().form_valid(form)
        if late and drafts.find(form.get_user().pk, kept_form(late)):
            self.request.session["late_form"] = late
            return redirect("account:late_form")
        self.request.session.pop("late_form", None)
        return response


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords: what happened and when it ends."""
    return render(request, "staff/account/locked.html", status=429)


@require_POST
def logout(request: StaffRequest) -> HttpResponse:
    auth.logout(request)
    return redirect("portal:home")


WEAK = {
    "password_too_short": "Mật khẩu này chưa đủ 14 ký tự. Xin thêm vài chữ.",
    "password_too_similar": "Mật khẩu này giống tên của tài khoản. Xin chọn câu khác.",
    "password_too_common": "Mật khẩu này nhiều người dùng, dễ bị đoán. Xin chọn câu khác.",
    "password_entirely_numeric": "Mật khẩu này toàn chữ số. Xin thêm chữ.",
}


class PasswordForm(ErrorSummaryMixin, forms.Form):
    present = forms.CharField(
        label="Mật khẩu đang dùng", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        help_text="Ít nhất 14 ký tự. Một câu ngắn dễ nhớ là tốt nhất.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Gõ lại mật khẩu mới", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_present(self) -> str:
        if not self.user.check_password(self.cleaned_data["present"]):
            raise ValidationError("Mật khẩu đang dùng chưa đúng.")
        return str(self.cleaned_data["present"])

    def clean_new(self) -> str:
        new = str(self.cleaned_data["new"])
        try:
            password_validation.validate_password(new, self.user)
        except ValidationError as weak:  # Django says some of these in English only
            raise ValidationError([WEAK[error.code or ""] for error in weak.error_list]) from None
        return new

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", "Hai lần gõ mật khẩu mới không giống nhau.")


def mine(request: StaffRequest) -> HttpResponse:
    duties = duties_of(request.user, clock.today())
    context = {"duties": duties, "calendar_feed": getattr(request.user, "calendar_feed", None)}
    return render(request, "staff/account/mine.html", context)


def password(request: StaffRequest) -> HttpResponse:
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_password(request.user, form.cleaned_data["new"])
        auth.update_session_auth_hash(request, request.user)
        messages.success(request, "Đã đổi mật khẩu. Lần đăng nhập sau dùng mật khẩu mới.")
        return redirect("account:mine")
    return render(request, "staff/account/password.html", {"form": form}, status=422 if form.errors else 200)


class EmailForm(ErrorSummaryMixin, forms.Form):
    email = forms.EmailField(
        label="Thư điện tử nhận lời nhắc",
        required=False,
        max_length=254,
        help_text="Ví dụ ten@coquan.gov.vn. Để trống thì không nhận thư, lời nhắc vẫn có trong “Mới báo”.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Địa chỉ này chưa đúng dạng, ví dụ ten@coquan.gov.vn."},
    )


def email(request: StaffRequest) -> HttpResponse:
    """Where reminders go by mail; the owner alone says so."""
    form = EmailForm(request.POST or None, initial={"email": request.user.email})
    if request.method == "POST" and form.is_valid():
        actions.set_email(request.user, form.cleaned_data["email"])
        messages.success(request, "Đã lưu địa chỉ thư.")
        return redirect("account:mine")
    back = reverse("account:mine")
    step = {"label": "Lưu địa chỉ thư", "hint": "Chỉ dùng để gửi lời nhắc việc; không hiện ở trang nào khác."}
    context = {"step": step, "form": form, "about": "Tài khoản", "back": back, "crumbs": [(back, "Tài khoản")]}
    return render(request, "ui/step.html", context, status=422 if form.errors else 200)


@require_POST
def choose_duty(request: StaffRequest) -> HttpResponse:
    """Act in another of one's duties from now on."""
    mine = {str(duty.pk): duty for duty in duties_of(request.user, clock.today())}
    duty = mine.get(request.POST.get("duty", ""))
    if duty is None:
        raise Http404
    request.session[DUTY_KEY] = duty.pk
    messages.success(request, f"Từ giờ làm việc với chức trách: {duty.title}, {duty.unit.name}.")
    return redirect("tasks:mine")


def late_form(request: StaffRequest) -> HttpResponse:
    """What was posted after the session had ended: offered again, to be looked at and sent anew."""
    path = request.session.get("late_form", "")
    kept = drafts.find(request.user.pk, kept_form(path)) if path else None
    if kept is None:
        return redirect("tasks:mine")
    if request.method == "POST":
        request.session.pop("late_form", None)
        if "drop" in request.POST:
            drafts.drop(request.user.pk, kept.form)
            return redirect("tasks:mine")
        return redirect(f"{kept.address}?giu-lai=1")
    return render(request, "staff/account/late_form.html", {"kept": kept, "fields": as_known(kept.fields)})
