"""The forms of an indicator's year, and of social work."""

from decimal import Decimal
from typing import Any

from django import forms

from bangvang.people.models import Unit
from bangvang.progress.actions import Gift
from bangvang.progress.figures import read_figure
from bangvang.progress.models import Indicator
from bangvang.web.staff.progress_forms import DrawnForm, FigureField
from bangvang.web.ui.forms import DayField, WordsField, YearField


class IndicatorYearForm(DrawnForm):
    indicator = forms.ChoiceField(label="Chỉ tiêu")
    year = YearField(label="Năm")
    target = forms.CharField(label="Mức phải đạt", max_length=60, required=False, help_text="Ví dụ 1.009,6")
    reached = forms.CharField(label="Thực hiện", max_length=60, required=False, help_text="Ví dụ 1.033,9")
    note = WordsField(
        label="Ghi chú, căn cứ",
        max_length=300,
        required=False,
        help_text="Ví dụ: 6 tháng đầu năm, theo Báo cáo số 12/BC-STC",
    )

    def __init__(self, indicators: list[Indicator], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = {str(one.position): one for one in indicators}
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.position), f"{one.label} ({one.measure})") for one in indicators]

    def clean(self) -> None:
        super().clean()
        indicator = self.indicators.get(self.cleaned_data.get("indicator", ""))
        for name in ("target", "reached"):
            text = self.cleaned_data.get(name, "")
            try:
                self.cleaned_data[name] = read_figure(text, indicator.measure) if text and indicator else None
            except ValueError as error:
                self.add_error(name, str(error))
        if not self.errors and self.cleaned_data["target"] is None and self.cleaned_data["reached"] is None:
            self.add_error("reached", "Xin ghi mức phải đạt hoặc số thực hiện của năm.")


class SocialWorkForm(DrawnForm):
    unit = forms.ChoiceField(label="Đơn vị làm")
    beneficiary = WordsField(
        label="Nơi được giúp", max_length=200, help_text="Ví dụ: Xã Nậm Lúc. Không ghi tên trẻ em."
    )
    what = WordsField(
        label="Đã giúp gì",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: tặng 40 bộ bàn ghế học sinh",
    )
    given_on = DayField(label="Ngày")
    worth = FigureField(
        label="Trị giá (đồng)", measure="đồng", help_text="Để trống nếu là công sức, không quy ra tiền."
    )
    source = WordsField(
        label="Minh chứng", max_length=300, help_text="Ví dụ: Biên bản giao nhận ngày 12/11/2025 với Uỷ ban nhân dân xã"
    )

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {unit.code: unit for unit in units}
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(unit.code, unit.name) for unit in units]

    def clean_worth(self) -> Decimal | None:
        worth: Decimal | None = self.cleaned_data["worth"]
        if worth is not None and (worth < 0 or worth != worth.to_integral_value()):
            raise forms.ValidationError("Trị giá là số đồng, không lẻ, không âm.")
        return worth

    def gift(self) -> Gift:
        given = self.cleaned_data
        return Gift(given["beneficiary"], given["what"], given["given_on"], given["source"], given["worth"])
