"""The forms of a movement's life: a paper that may be named, an end that is declared, a plan that a signed paper corrects."""

from typing import Any

from django import forms

from bangvang.movements.actions import PaperGiven
from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile
from bangvang.web.staff.movement_forms import NumberForm, PasswordForm, PlanForm, ReasonForm, StepForm
from bangvang.web.ui.forms import DayField, WordsField
from bangvang.web.ui.uploads import refusal_of_size


class PaperForm(StepForm):
    """A step that may name its paper: number and day together, a signed copy if there is one."""

    paper_number = WordsField(
        label="Số, ký hiệu văn bản", max_length=60, required=False, help_text="Nếu có văn bản. Ví dụ: 125/BC-STC"
    )
    paper_on = DayField(label="Ngày văn bản", required=False)
    file = forms.FileField(label="Bản đã ký", required=False, help_text="Nếu có: một tệp, nhiều nhất 25 MB")

    def __init__(self, request: Any, root: Any, data: Any = None, **kwargs: Any) -> None:
        super().__init__(request, root, data, request.FILES if data else None, **kwargs)

    def clean(self) -> None:
        number, day, file = (self.cleaned_data.get(name) for name in ("paper_number", "paper_on", "file"))
        if words := refusal_of_size(self.request):
            self.add_error("file", words)
        if (number or file) and not day and "paper_on" not in self.errors:
            self.add_error("paper_on", "Đã ghi văn bản thì cần ngày của văn bản.")
        if (day or file) and not number and "paper_number" not in self.errors:
            self.add_error("paper_number", "Đã ghi ngày thì cần số, ký hiệu của văn bản.")

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        number, day, file = (given.pop(name, None) for name in ("paper_number", "paper_on", "file"))
        kept = stored.receive(file, by=self.request.actor) if file else None  # type: ignore[attr-defined]
        return {**given, "paper": PaperGiven(number, day, kept) if number and day else None}


class EndForm(PaperForm):
    """The condition of an open end is met."""

    ended_on = DayField(label="Ngày cuối của phong trào", help_text="Ngày này vẫn tính. Ví dụ 05/01/2026")
    words = WordsField(
        label="Điều kiện đã đạt thế nào",
        max_length=1000,
        help_text="Các đơn vị đọc nguyên văn câu này.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("ended_on", "words", "paper_number", "paper_on", "file")


class StopForm(PasswordForm, ReasonForm, PaperForm):
    """Cancelling an issued plan cannot be taken back: reason, password, and the paper if there is one."""

    field_order = ("reason", "paper_number", "paper_on", "file", "password")


class SignedStopForm(ReasonForm):
    """The cancelling paper that the head signed; its copy was sent in before."""

    paper_number = WordsField(label="Số, ký hiệu văn bản", max_length=60, help_text="Ví dụ: 130/QĐ-STC")
    paper_on = DayField(label="Ngày văn bản")

    def paper(self, file: StoredFile) -> PaperGiven:
        return PaperGiven(self.cleaned_data["paper_number"], self.cleaned_data["paper_on"], file)


class CorrectionForm(PlanForm):
    """The whole plan as the correcting paper leaves it, with the paper's number and day first."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    paper_number = WordsField(label="Số, ký hiệu văn bản điều chỉnh", max_length=60, help_text="Ví dụ: 131/KH-STC")
    paper_on = DayField(label="Ngày văn bản điều chỉnh")
    field_order = ("paper_number", "paper_on")

    def paper(self, file: StoredFile) -> PaperGiven:
        return PaperGiven(self.cleaned_data["paper_number"], self.cleaned_data["paper_on"], file)


def as_known(kept: dict[str, list[str]]) -> list[tuple[str, str]]:
    """What was typed into a plan or at one of its steps, as (label, words); empty and hidden fields are left out."""
    visible = {
        name: field
        for form in (CorrectionForm, EndForm, ReasonForm, NumberForm)
        for name, field in form.base_fields.items()
        if not field.widget.is_hidden
    }
    words = {name: ", ".join(values) for name, values in kept.items() if name in visible and any(values)}
    return [
        (str(visible[name].label), str(dict(getattr(visible[name], "choices", ())).get(text, text)))
        for name, text in words.items()
    ]
