"""The forms of following a movement: an indicator, a period, a unit's report with its figures."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from bangvang import vietnamese
from bangvang.movements.board import LONGEST_NOTICE
from bangvang.progress.figures import read_figure, words
from bangvang.progress.models import Indicator, Period, Report
from bangvang.progress.periods import LABELS, Span
from bangvang.progress.queries import ReportFields
from bangvang.progress.suggestions import Suggestion
from bangvang.web.staff.movement_forms import undrawable
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, WordsField

LONGEST_TEXT = 20_000  # characters of one part of a report
TEXTS = ("results", "difficulties", "good_examples")


class FigureField(forms.Field):
    """A number as officials write it, its measure typed along or not. Gives a Decimal, or None where nothing stands."""

    def __init__(self, *, measure: str, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.measure = measure
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "maxlength": "60"}

    def prepare_value(self, value: Any) -> Any:
        return vietnamese.format_number(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        if not (text := str(value or "").strip()):
            return None
        try:
            return read_figure(text, self.measure)
        except ValueError as error:
            raise ValidationError(str(error)) from None


class DrawnForm(ErrorSummaryMixin, forms.Form):
    """A form whose words are printed in a review: characters that the paper's font lacks are asked back now."""

    def clean(self) -> None:
        for name, typed in list(self.cleaned_data.items()):
            if isinstance(typed, str) and (strange := undrawable(typed)):
                asked = " ".join(strange)
                self.add_error(name, f"Bản in không có ký tự {asked}. Xin thay bằng chữ hoặc dấu thường dùng.")


class IndicatorForm(DrawnForm):
    label = WordsField(label="Chỉ tiêu", max_length=300, help_text="Ví dụ: Giải ngân vốn đầu tư công")
    measure = WordsField(label="Đơn vị tính", max_length=40, help_text="Ví dụ: tỷ đồng, %, hồ sơ")
    base = forms.CharField(label="Mức ban đầu", max_length=60, required=False, help_text="Ví dụ 994,7")
    target = forms.CharField(label="Mức phải đạt", max_length=60, required=False, help_text="Ví dụ 1.033,9")
    direction = forms.ChoiceField(label="Chiều", choices=Indicator.Direction.choices, initial="up")
    reach = forms.ChoiceField(label="Mức này tính cho", choices=Indicator.Reach.choices, initial="each")

    def clean(self) -> None:
        super().clean()
        measure = self.cleaned_data.get("measure", "")
        for name in ("base", "target"):
            text = self.cleaned_data.get(name, "")
            try:
                self.cleaned_data[name] = read_figure(text, measure) if text else None
            except ValueError as error:
                self.add_error(name, str(error))


def initial_of(offered: Suggestion) -> dict[str, Any]:
    """A number of the plan as the form holds it, to be looked at before it is sent."""
    return {
        "label": offered.label,
        "measure": offered.measure,
        "target": vietnamese.format_number(offered.target),
        "direction": offered.direction,
        "reach": Indicator.Reach.EACH,
    }


class PeriodForm(DrawnForm):
    name = WordsField(label="Tên kỳ", max_length=60, help_text="Ví dụ: Sơ kết 6 tháng đầu năm 2026")
    starts_on = DayField(label="Từ ngày")
    ends_on = DayField(label="Đến hết ngày")
    due_on = DayField(label="Hạn gửi báo cáo", help_text="Gửi đến hết ngày này vẫn là đúng hạn. Ví dụ 05/7/2026")

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        starts, ends, due = given.get("starts_on"), given.get("ends_on"), given.get("due_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Ngày cuối kỳ sớm hơn ngày đầu kỳ.")
        if starts and due and due < starts:
            self.add_error("due_on", "Hạn gửi sớm hơn ngày đầu kỳ.")

    def span(self) -> Span:
        return Span(**self.cleaned_data)


class ExtendPeriodForm(ErrorSummaryMixin, forms.Form):
    due_on = DayField(label="Hạn gửi mới")
    reason = WordsField(
        label="Lý do",
        max_length=300,
        help_text="Trưởng và phó các đơn vị còn nợ báo cáo đọc nguyên văn câu này.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, period: Period, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.period = period

    def clean_due_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["due_on"]
        if day <= self.period.due_on:
            raise ValidationError(f"Hạn mới phải sau ngày {vietnamese.format_date(self.period.due_on)}.")
        return day


class PeriodsForm(ErrorSummaryMixin, forms.Form):
    """All periods of a span at once."""

    kind = forms.ChoiceField(label="Mỗi kỳ là một", choices=LABELS, initial="quarter")
    starts_on = DayField(label="Từ ngày")
    ends_on = DayField(label="Đến hết ngày")
    days_after = forms.IntegerField(
        label="Hạn gửi: số ngày sau khi hết kỳ",
        min_value=0,
        max_value=60,
        initial=5,
        help_text="Tính cả thứ Bảy, Chủ nhật. Ghi 0 nếu phải gửi trong ngày cuối kỳ.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Số ngày là số từ 0 đến 60."),
    )

    def clean(self) -> None:
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and not 0 <= (ends - starts).days <= 366 * 5:
            self.add_error("ends_on", "Ngày cuối phải sau ngày đầu, và không quá năm năm.")


class RuleForm(ErrorSummaryMixin, forms.Form):
    when = forms.ChoiceField(
        label="Nhắc", choices=[("before", "Trước hạn"), ("on", "Vào ngày cuối"), ("after", "Sau hạn")], initial="before"
    )
    count = forms.IntegerField(
        label="Số ngày",
        min_value=0,
        max_value=60,
        initial=3,
        help_text="Vào ngày cuối thì ghi 0.",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Số ngày là số từ 0 đến 60."),
    )
    counting = forms.ChoiceField(
        label="Tính theo",
        choices=[("working", "Ngày làm việc, trừ ngày nghỉ lễ"), ("calendar", "Mọi ngày")],
        initial="working",
    )
    release = forms.ChoiceField(
        label="Ai gửi",
        choices=[("person", "Thường trực xem rồi gửi"), ("rule", "Máy tự gửi khi đến ngày")],
        initial="person",
    )

    def clean(self) -> None:
        when, count = self.cleaned_data.get("when"), self.cleaned_data.get("count")
        if when in {"before", "after"} and count == 0:
            self.add_error("count", "Trước hoặc sau hạn thì số ngày từ 1 trở lên.")

    def rule(self) -> dict[str, Any]:
        """What the action takes: days from the last day, how they are counted, who sends."""
        given = self.cleaned_data
        sign = {"before": -1, "on": 0, "after": 1}[given["when"]]
        working, by_itself = given["counting"] == "working", given["release"] == "rule"
        return {"days": sign * given["count"], "in_working_days": working, "by_itself": by_itself}


class ReminderTextForm(ErrorSummaryMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Lời nhắc",
        max_length=LONGEST_NOTICE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Trưởng, phó và người phụ trách của đơn vị còn nợ đọc nguyên văn.",
    )


class ReportForm(DrawnForm):
    """A unit's report: one field for each indicator, then the words. Nothing but the shape is required until it is sent."""

    results = forms.CharField(
        label="Kết quả thực hiện",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Đã làm gì, được gì trong kỳ; số liệu thì ghi ở các ô trên.",
    )
    difficulties = forms.CharField(
        label="Khó khăn, kiến nghị", required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )
    good_examples = forms.CharField(
        label="Cách làm hay, gương tốt",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Việc làm cụ thể, của ai, kết quả ra sao.",
    )

    def __init__(self, report: Report, indicators: list[Indicator], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators = indicators
        for indicator in indicators:
            asked = f"Phải đạt {words(indicator.target, indicator.measure)}. " if indicator.target is not None else ""
            self.fields[f"so_{indicator.position}"] = FigureField(
                label=f"{indicator.label} ({indicator.measure})",
                measure=indicator.measure,
                help_text=f"{asked}Cộng dồn đến hết ngày {vietnamese.format_date(report.period.ends_on)}.",
            )

    def figures(self) -> list[BoundField]:
        return [self[f"so_{indicator.position}"] for indicator in self.indicators]

    def report(self) -> ReportFields:
        given = self.cleaned_data
        texts = {name: vietnamese.clean_lines(given[name]) for name in TEXTS}
        return ReportFields(**texts, figures={one.position: given[f"so_{one.position}"] for one in self.indicators})

    @staticmethod
    def initial_of(fields: ReportFields) -> dict[str, Any]:
        figures = {f"so_{position}": value for position, value in fields.figures.items()}
        return {**{name: getattr(fields, name) for name in TEXTS}, **figures}


class FileForm(ErrorSummaryMixin, forms.Form):
    file = forms.FileField(label="Tệp", help_text="PDF, Word, OpenDocument hoặc ảnh; một tệp nhiều nhất 25 MB")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages |= {"required": "Chưa chọn tệp.", "empty": "Tệp này rỗng. Xin chọn lại."}
