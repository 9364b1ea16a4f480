"""The forms of scores: an item of the scale, the last day, the points of one stage, who checks across."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from bangvang.people.models import Unit
from bangvang.progress.models import Mark, ScoreItem
from bangvang.progress.scoring import words
from bangvang.web.staff.progress_forms import FigureField
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, WordsField

MEASURE = "điểm"
PLACES = 2


class PointsField(FigureField):
    """Points as officials write them, "8,5" or "8,5 điểm", with at most two places."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(measure=MEASURE, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        points = super().to_python(value)
        if points is not None and points != round(points, PLACES):
            raise ValidationError(f"Điểm ghi nhiều nhất {PLACES} chữ số sau dấu phẩy.")
        return points


class ItemForm(ErrorSummaryMixin, forms.Form):
    text = WordsField(label="Tiêu chí", max_length=500, help_text="Ví dụ: Hồ sơ trả đúng hạn")
    most = PointsField(label="Điểm tối đa", help_text="Ví dụ 20 hoặc 7,5")
    guide = WordsField(
        label="Hướng dẫn chấm",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: mỗi phần trăm dưới 98,5 % trừ 1 điểm",
    )

    def clean_most(self) -> Decimal:
        most = self.cleaned_data["most"]
        if most is None or not 0 < most < 10_000:
            raise ValidationError("Điểm tối đa là số lớn hơn 0, nhỏ hơn 10.000.")
        assert isinstance(most, Decimal)
        return most


class OpeningForm(ErrorSummaryMixin, forms.Form):
    due_on = DayField(label="Hạn tự chấm", help_text="Gửi đến hết ngày này vẫn là đúng hạn. Ví dụ 05/12/2025")

    def __init__(self, today: datetime.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["due_on"]
        if day < self.today:
            raise ValidationError("Hạn này đã qua. Xin ghi một ngày từ hôm nay trở đi.")
        return day


class CrosserForm(ErrorSummaryMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    unit = forms.ChoiceField(label="Đơn vị chấm chéo", required=False)
    reason = WordsField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {unit.code: unit for unit in units}
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Không chấm chéo"), *((unit.code, unit.name) for unit in units)]


class MarksForm(ErrorSummaryMixin, forms.Form):
    """Points and reason for each item at the stage at work. `looked_at`: item → the mark of the stage before."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, items: list[ScoreItem], looked_at: dict[int, Mark | None], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.looked_at = items, looked_at
        for item in items:
            before = looked_at.get(item.pk)
            asked = f"Tối đa {words(item.most)} điểm." + (f" Bước trước: {words(before.points)}." if before else "")
            self.fields[f"diem_{item.position}"] = PointsField(
                label=item.text, help_text=f"{asked} {item.guide}".strip()
            )
            self.fields[f"ly_do_{item.position}"] = WordsField(
                label=f"Lý do, minh chứng: {item.text}",
                required=False,
                max_length=500,
                help_text="Phải ghi khi điểm khác bước trước." if before else "",
            )

    def clean(self) -> None:
        for item in self.items:
            points, reason = (
                self.cleaned_data.get(f"diem_{item.position}"),
                self.cleaned_data.get(f"ly_do_{item.position}"),
            )
            before = self.looked_at.get(item.pk)
            if points is not None and not 0 <= points <= item.most:
                self.add_error(f"diem_{item.position}", f"Điểm từ 0 đến {words(item.most)}.")
            elif points is not None and before is not None and points != before.points and not reason:
                self.add_error(
                    f"ly_do_{item.position}", f"Điểm khác bước trước ({words(before.points)}) thì phải ghi lý do."
                )

    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        for item in self.items:
            yield self[f"diem_{item.position}"], self[f"ly_do_{item.position}"]

    def given(self) -> dict[int, tuple[Decimal | None, str]]:
        known = self.cleaned_data
        return {one.position: (known[f"diem_{one.position}"], known[f"ly_do_{one.position}"]) for one in self.items}
