"""The forms of a unit's registration: one line, a pasted list."""

from typing import Any

from django import forms

from bangvang.movements.models import Registration
from bangvang.movements.registering import awards_open
from bangvang.people.models import Duty
from bangvang.web.ui.forms import ErrorSummaryMixin

UNIT_ITSELF = "tap-the"
LONGEST_TARGET = 2000  # characters


class LineForm(ErrorSummaryMixin, forms.Form):
    """One line: for oneself, or (the head) for somebody of the unit or for the unit."""

    who = forms.ChoiceField(label="Đăng ký cho")
    award = forms.ChoiceField(label="Danh hiệu, hình thức")
    target = forms.CharField(
        label="Chỉ tiêu phấn đấu",
        required=False,
        max_length=LONGEST_TARGET,
        help_text="Ví dụ: hoàn thành 100% nhiệm vụ được giao, có một sáng kiến được công nhận",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, registration: Registration, staff: list[Duty], *args: Any, collective: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {duty.person.code: duty.person for duty in staff}
        names = [duty.person.full_name for duty in staff]
        who = [(d.person.code, _told_apart(d, names)) for d in staff]
        for_people = awards_open(registration.movement, collective=False)
        for_unit = awards_open(registration.movement, collective=True) if collective else []
        self.codes = {False: {code for code, _ in for_people}, True: {code for code, _ in for_unit}}
        if collective:
            who.append((UNIT_ITSELF, f"Tập thể {registration.unit.name}"))
        _choices(self.fields["who"], who)
        groups = [("Cho cá nhân", for_people), ("Cho tập thể", for_unit)] if for_unit else for_people
        _choices(self.fields["award"], [("", "Chọn một danh hiệu, hình thức"), *groups])
        self.fields["award"].error_messages["required"] = "Chưa chọn danh hiệu, hình thức."

    def clean(self) -> None:
        who, award = self.cleaned_data.get("who"), self.cleaned_data.get("award")
        if who and award and award not in self.codes[who == UNIT_ITSELF]:
            whom = "tập thể" if who == UNIT_ITSELF else "cá nhân"
            self.add_error("award", f"Danh hiệu, hình thức này không dành cho {whom}. Xin chọn lại.")

    def line(self) -> dict[str, Any]:
        """Person (None for the unit), award and target, as the action takes them."""
        given = self.cleaned_data
        return {"person": self.people.get(given["who"]), "award": given["award"], "target": given["target"]}


def _told_apart(duty: Duty, names: list[str]) -> str:
    """A name; namesakes of the unit with their birth year."""
    name = duty.person.full_name
    return f"{name} ({duty.person.birth_year or 'chưa rõ năm sinh'})" if names.count(name) > 1 else name


def _choices(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class PasteForm(ErrorSummaryMixin, forms.Form):
    rows = forms.CharField(
        label="Dán danh sách từ Excel",
        max_length=200_000,
        help_text="Ba cột: họ tên, danh hiệu, chỉ tiêu. Tập thể thì ghi “Tập thể” ở cột đầu.",
        widget=forms.Textarea(attrs={"rows": 10}),
        strip=False,
    )
