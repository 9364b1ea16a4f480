"""The words of a review, and its number."""

import datetime

from django import forms

from bangvang import vietnamese
from bangvang.progress.models import Review
from bangvang.progress.queries import ReviewFields, review_number_warning
from bangvang.web.staff.movement_forms import NumberForm
from bangvang.web.ui.forms import ErrorSummaryMixin

LONGEST = 60_000  # characters of one part


class PartField(forms.CharField):
    """Several paragraphs, one a line."""

    def __init__(self, label: str, rows: int, help_text: str = "") -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, required=False, max_length=LONGEST, help_text=help_text, widget=widget)

    def to_python(self, value: object) -> str:
        return vietnamese.clean_lines(super().to_python(value) or "")


class ReviewForm(ErrorSummaryMixin, forms.Form):
    """Names equal ReviewFields."""

    results = PartField(
        "Kết quả", 10, "Mỗi đoạn một dòng. Máy chép sẵn lời các đơn vị, xin viết gọn thành lời của cơ quan."
    )
    good_examples = PartField("Cách làm hay, gương tốt", 4, "Không có thì để trống.")
    shortcomings = PartField("Hạn chế", 5, "Máy chép sẵn khó khăn, kiến nghị của các đơn vị.")
    causes = PartField("Nguyên nhân", 4)
    next_tasks = PartField("Nhiệm vụ thời gian tới", 5)

    def review(self) -> ReviewFields:
        return ReviewFields(**self.cleaned_data)


class ReviewNumberForm(NumberForm):
    def odd_words(self, number: int, day: datetime.date) -> str:
        assert isinstance(self.root, Review)
        return review_number_warning(self.root, number, day)
