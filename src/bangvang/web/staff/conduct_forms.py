"""The forms of facts about criteria: who, which criterion, what was seen; and the answer to a violation."""

from typing import Any

from django import forms

from bangvang.people.models import Person, Unit
from bangvang.people.queries import staff_of
from bangvang.progress.actions import Fact
from bangvang.progress.models import Observation
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, WordsField

UNIT_ITSELF = "tap-the"


class ObservationForm(ErrorSummaryMixin, forms.Form):
    """A fact as it is recorded about one unit or somebody of it; `criteria` is what the plan asks."""

    who = forms.ChoiceField(label="Về ai")
    kind = forms.ChoiceField(label="Ghi nhận", choices=Observation.Kind.choices, widget=forms.RadioSelect)
    criterion = forms.ChoiceField(label="Theo tiêu chí, quy định nào của kế hoạch")
    happened_on = DayField(label="Ngày xảy ra")
    what = WordsField(
        label="Sự việc",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Chỉ ghi điều đã thấy, không ghi nhận xét về con người.",
    )
    source = WordsField(label="Căn cứ", max_length=300, help_text="Ví dụ: Biên bản kiểm tra số 4/BB-VP ngày 06/10/2025")
    sight = forms.ChoiceField(label="Ai được xem", choices=Observation.Sight.choices, initial="unit")

    def __init__(self, unit: Unit, criteria: list[str], on: Any, *args: Any, is_clerk: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {duty.person.code: duty.person for duty in staff_of(unit, on=on)}
        names = [(code, person.full_name) for code, person in self.people.items()]
        self._choose("who", [("", "Chọn người hoặc tập thể"), (UNIT_ITSELF, f"Tập thể {unit.name}"), *names])
        self.criteria = dict(enumerate(criteria))
        self._choose("criterion", [("", "Chọn tiêu chí"), *((str(key), text) for key, text in self.criteria.items())])
        if not is_clerk:
            del self.fields["sight"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def person(self) -> Person | None:
        """Whom the fact is about; None for the unit as a whole."""
        return self.people.get(self.cleaned_data["who"])

    def fact(self) -> Fact:
        given = self.cleaned_data
        return Fact(
            kind=given["kind"],
            criterion=self.criteria[int(given["criterion"])],
            happened_on=given["happened_on"],
            what=given["what"],
            source=given["source"],
            sight=given.get("sight") or Observation.Sight.UNIT,
        )


class BreachAnswerForm(ErrorSummaryMixin, forms.Form):
    reason = WordsField(
        label="Lý do vẫn đề nghị",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Câu này đi cùng đề nghị, ai xem được ghi nhận thì đọc được.",
    )
