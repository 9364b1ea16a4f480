"""Forms of a decision: its words and which nominations are awarded, the money a person answers for, steps, number and day, copies."""

from dataclasses import fields
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from bangvang.decisions.models import Decision
from bangvang.decisions.queries import DecisionFields, number_warning
from bangvang.dossiers.models import Nomination
from bangvang.dossiers.papers import award_words
from bangvang.kernel import clock
from bangvang.web.staff.movement_forms import undrawable
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, LinesField, WordsField

ONE_A_LINE = "Mỗi ý một dòng. Dấu ở cuối do máy đặt."
AWARD, REFUSE = "award", "refuse"


class DecisionForm(ErrorSummaryMixin, forms.Form):
    """Names equal DecisionFields (a house test compares); one pair of fields more for each nomination."""

    title = WordsField(label="Trích yếu", max_length=300, help_text="Ví dụ: Về việc tặng Giấy khen năm 2025")
    merit = WordsField(
        label="Thành tích ghi ở Điều 1", max_length=500, help_text="Ví dụ: đã có thành tích xuất sắc năm 2025"
    )
    planned_on = DayField(
        label="Ngày dự kiến ký", help_text="Ngày này quyết định căn cứ và mức lương cơ sở. Ví dụ 05/01/2026"
    )
    minutes_number = WordsField(
        label="Số biên bản họp Hội đồng", max_length=60, required=False, help_text="Ví dụ: 05/BB-HĐTĐKT"
    )
    minutes_on = DayField(label="Ngày họp Hội đồng", required=False)
    bases = LinesField(label="Căn cứ", rows=7, help_text=ONE_A_LINE)
    fund = WordsField(label="Nguồn chi tiền thưởng", max_length=300)
    executors = WordsField(label="Nơi thi hành (Điều 3)", max_length=500)
    recipients = LinesField(label="Nơi nhận", rows=3, longest=200, help_text=ONE_A_LINE)

    def __init__(self, nominations: list[Nomination], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nominations = nominations
        for line in nominations:
            choices = [(AWARD, "Khen thưởng"), (REFUSE, "Không khen thưởng")]
            if line.state != Nomination.State.ENDORSED:
                choices = choices[1:]
            self.fields[f"outcome_{line.code}"] = forms.ChoiceField(
                label=f"{line.name_then}, {award_words(line)}", choices=choices, initial=choices[0][0]
            )
            self.fields[f"reason_{line.code}"] = WordsField(
                label=f"Lý do không khen thưởng {line.name_then}", max_length=500, required=False,
                initial="" if line.state == Nomination.State.ENDORSED else "Hội đồng không thông qua",
            )  # fmt: skip

    def clean(self) -> None:
        for line in self.nominations:
            refused = self.cleaned_data.get(f"outcome_{line.code}") == REFUSE
            if refused and not self.cleaned_data.get(f"reason_{line.code}"):
                self.add_error(f"reason_{line.code}", f"Không khen thưởng {line.name_then} thì phải ghi lý do.")
        for name, field in self.fields.items():
            typed = str(field.prepare_value(self.cleaned_data.get(name)) or "")
            if strange := undrawable(typed):
                self.add_error(
                    name, f"Bản in không có ký tự {' '.join(strange)}. Xin thay bằng chữ hoặc dấu thường dùng."
                )

    def words(self) -> list[Any]:
        """The fields about the decision itself."""
        return [self[field.name] for field in fields(DecisionFields)]

    def pairs(self) -> list[tuple[Nomination, Any, Any]]:
        """Each nomination with its two fields."""
        return [(line, self[f"outcome_{line.code}"], self[f"reason_{line.code}"]) for line in self.nominations]

    def decision(self) -> DecisionFields:
        return DecisionFields(**{field.name: self.cleaned_data[field.name] for field in fields(DecisionFields)})

    def refusals(self) -> dict[int, str]:
        given = self.cleaned_data
        return {
            line.pk: given[f"reason_{line.code}"]
            for line in self.nominations
            if given[f"outcome_{line.code}"] == REFUSE
        }


def initial_of(decision: Decision, given: DecisionFields) -> dict[str, Any]:
    """The form's values for a decision as it stands."""
    known: dict[str, Any] = {field.name: getattr(given, field.name) for field in fields(given)}
    for line in decision.lines.filter(is_live=True).select_related("nomination"):
        known |= {f"outcome_{line.nomination.code}": line.outcome, f"reason_{line.nomination.code}": line.reason}
    return known


class MoneyForm(ErrorSummaryMixin, forms.Form):
    """Which text somebody opened for the amounts that the book may not decide."""

    opened = WordsField(
        label="Văn bản, điều, khoản đã mở", max_length=300, help_text="Ví dụ: Điều 54 Nghị định số 152/2025/NĐ-CP"
    )
    opened_on = DayField(label="Ngày mở văn bản")


class DecisionStepForm(ErrorSummaryMixin, forms.Form):
    """What a step needs besides pressing it: the version, and by the table a reason or the password."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, decision: Decision, name: str, *args: Any, **kwargs: Any) -> None:
        from bangvang.decisions.workflow import DECISION, DECISION_PUBLICITY  # noqa: PLC0415

        self.request, self.decision = request, decision
        kwargs.setdefault("initial", {"version": decision.version})
        super().__init__(*args, **kwargs)
        row = next(step for step in (*DECISION.steps, *DECISION_PUBLICITY.steps) if step.name == name)
        if name == "number":
            self._ask_number()
        if row.reason_required:
            self.fields["reason"] = WordsField(
                label="Lý do", max_length=1000, help_text="Người nhận đọc nguyên văn câu này.",
                widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Xin ghi lý do."},
            )  # fmt: skip
        if row.password:
            self.fields["password"] = forms.CharField(
                label="Mật khẩu của tài khoản đang dùng", strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
                error_messages={"required": "Xin ghi mật khẩu của tài khoản đang dùng."},
            )  # fmt: skip

    def _ask_number(self) -> None:
        self.fields["number"] = forms.IntegerField(
            label="Số văn bản", min_value=1, max_value=99999, help_text="Theo sổ văn bản đi của cơ quan",
            error_messages={"required": "Xin ghi số văn bản."}
            | dict.fromkeys(("invalid", "min_value", "max_value"), "Số văn bản là số từ 1 đến 99999."),
        )  # fmt: skip
        self.fields["issued_on"] = DayField(
            label="Ngày ban hành", error_messages={"required": "Xin ghi ngày ban hành."}
        )
        self.fields["confirmed"] = forms.BooleanField(
            label="Tôi đã xem lại sổ văn bản đi, số và ngày này đúng", required=False
        )

    def clean_password(self) -> str:
        user = authenticate(
            self.request, username=self.request.user.get_username(), password=self.cleaned_data["password"]
        )
        if user != self.request.user:
            raise ValidationError("Mật khẩu chưa đúng. Quyết định chưa được duyệt.")
        return ""

    def clean(self) -> None:
        number, day = self.cleaned_data.get("number"), self.cleaned_data.get("issued_on")
        if day and day > clock.today():
            self.add_error("issued_on", "Ngày ban hành ở sau ngày hôm nay. Xin ghi ngày đã vào sổ.")
            return
        odd = number_warning(self.decision, number, day) if number and day else ""
        if odd and not self.cleaned_data.get("confirmed"):
            self.add_error("number", f"{odd} Nếu đúng theo sổ, xin đánh dấu xác nhận ở dưới rồi gửi lại.")

    def arguments(self) -> dict[str, Any]:
        """What the action takes besides the decision and the actor."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"password", "confirmed"}}
