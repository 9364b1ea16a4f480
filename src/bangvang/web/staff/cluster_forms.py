"""The forms of clusters and pacts."""

from typing import Any

from django import forms

from bangvang.people.models import Unit
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, LinesField, WordsField, YearField

LONGEST_LINE = 500


class ClusterForm(ErrorSummaryMixin, forms.Form):
    name = WordsField(label="Tên cụm, khối", max_length=200, help_text="Ví dụ: Khối thi đua các phòng nghiệp vụ")
    decision = WordsField(
        label="Theo văn bản", max_length=200, help_text="Ví dụ: Quyết định số 15/QĐ-STC ngày 10/01/2025"
    )
    since = DayField(label="Từ ngày")


class UnitChoiceForm(ErrorSummaryMixin, forms.Form):
    """A form in which units are chosen from a list."""

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {unit.code: unit for unit in units}
        choices = [(unit.code, unit.name) for unit in units]
        for field in self.fields.values():
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = choices
            elif isinstance(field, forms.ChoiceField):
                field.choices = [("", "Chọn đơn vị"), *choices]


class JoinForm(UnitChoiceForm):
    unit = forms.ChoiceField(label="Đơn vị")
    since = DayField(label="Vào cụm, khối từ ngày")


class LeaveForm(ErrorSummaryMixin, forms.Form):
    last_day = DayField(label="Ngày cuối ở cụm, khối", help_text="Tính cả ngày này. Ví dụ 31/12/2025")


class HeadsForm(UnitChoiceForm):
    year = YearField(label="Năm")
    lead = forms.ChoiceField(label="Trưởng cụm, khối")
    deputies = forms.MultipleChoiceField(label="Phó cụm, khối", required=False, widget=forms.CheckboxSelectMultiple)


class PactYearForm(ErrorSummaryMixin, forms.Form):
    year = YearField(label="Giao ước của năm")


class PactForm(ErrorSummaryMixin, forms.Form):
    """The texts of a pact, one item a line; kept as lines of text."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    contents = LinesField(
        label="Nội dung thi đua", rows=6, longest=LONGEST_LINE, required=False, help_text="Mỗi ý một dòng."
    )
    targets = LinesField(
        label="Chỉ tiêu",
        rows=6,
        longest=LONGEST_LINE,
        required=False,
        help_text="Mỗi chỉ tiêu một dòng: nội dung | đơn vị tính | mức. Ví dụ: Hồ sơ trả đúng hạn | % | 98,5",
    )
    titles = LinesField(
        label="Danh hiệu phấn đấu", rows=3, longest=LONGEST_LINE, required=False, help_text="Mỗi danh hiệu một dòng."
    )

    def texts(self) -> dict[str, str]:
        return {name: "\n".join(self.cleaned_data[name]) for name in ("contents", "targets", "titles")}


class SignForm(ErrorSummaryMixin, forms.Form):
    """One's own signature needs no word more; the clerk says on which paper another one stands."""

    signed_on = DayField(label="Ngày ký trên bản giấy")
    paper = WordsField(label="Bản giấy", max_length=200, help_text="Ví dụ: bản ký tươi lưu ở Văn phòng, hộp 12")

    def __init__(self, *args: Any, on_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not on_paper:
            self.fields.clear()
