"""The forms of rolling a movement out: to whom, which duty is whose, until when; who leads; the words of a reminder."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from bangvang.movements.actions import Charge
from bangvang.movements.board import LONGEST_NOTICE, day_in, is_for_everybody, proposed_owner, proposed_units
from bangvang.movements.models import Movement
from bangvang.people.models import Duty, Unit
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin

EVERY_UNIT = "moi-don-vi"
NOBODY = ""


@dataclass(frozen=True)
class DutyRow:
    """One duty of the plan with its two fields."""

    text: str
    owner: BoundField
    due: BoundField


class RollOutForm(ErrorSummaryMixin, forms.Form):
    """Units, last days, and an owner with a day for every duty of the plan. What is preset is what the plan's words say."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    acknowledge_by = DayField(label="Hạn xác nhận, cử người phụ trách")
    register_by = DayField(label="Hạn gửi bản đăng ký")
    units = forms.MultipleChoiceField(label="Đơn vị nhận", widget=forms.CheckboxSelectMultiple)

    def __init__(self, movement: Movement, units: list[Unit], today: datetime.date, *args: Any, **kwargs: Any) -> None:
        self.by_code = {unit.code: unit for unit in units}
        self.today = today
        self.duties = [line.text for line in movement.lines.all() if line.section == "duties"]
        proposed = proposed_units(movement, units)
        kwargs.setdefault(
            "initial", {"version": movement.version, "units": [unit.code for unit in units if unit.pk in proposed]}
        )
        super().__init__(*args, **kwargs)
        choices = [(unit.code, unit.name) for unit in units]
        units_field = self.fields["units"]
        assert isinstance(units_field, forms.MultipleChoiceField)
        units_field.choices = choices
        units_field.error_messages["required"] = "Chưa chọn đơn vị nào để triển khai."
        owners = [(NOBODY, "Không giao thành việc"), (EVERY_UNIT, "Mỗi đơn vị nhận phong trào"), *choices]
        for place, text in enumerate(self.duties):
            owner = proposed_owner(text, units)
            preset = owner.code if owner else EVERY_UNIT if is_for_everybody(text) else NOBODY
            self.fields[f"owner_{place}"] = forms.ChoiceField(
                label=f"Việc {place + 1}: giao cho", choices=owners, required=False, initial=preset
            )
            self.fields[f"due_{place}"] = DayField(
                label=f"Việc {place + 1}: hạn", required=False, initial=day_in(text) or movement.ends_on
            )

    def rows(self) -> Iterator[DutyRow]:
        for place, text in enumerate(self.duties):
            yield DutyRow(text, self[f"owner_{place}"], self[f"due_{place}"])

    def clean(self) -> None:
        for name in ("acknowledge_by", "register_by"):
            day = self.cleaned_data.get(name)
            if day and day < self.today:
                self.add_error(name, "Hạn này đã qua. Xin ghi một ngày từ hôm nay trở đi.")
        first, last = self.cleaned_data.get("acknowledge_by"), self.cleaned_data.get("register_by")
        if first and last and last < first:
            self.add_error("register_by", "Hạn đăng ký sớm hơn hạn xác nhận.")
        for place in range(len(self.duties)):
            if self.cleaned_data.get(f"owner_{place}") and not self.cleaned_data.get(f"due_{place}"):
                self.add_error(f"due_{place}", f"Việc {place + 1} đã giao thì cần có hạn.")

    def chosen_units(self) -> list[Unit]:
        return [self.by_code[code] for code in self.cleaned_data["units"]]

    def charges(self) -> list[Charge]:
        """Every duty that has an owner; one that is everybody's becomes a task of each unit."""
        found = []
        for place, text in enumerate(self.duties):
            owner, due = self.cleaned_data[f"owner_{place}"], self.cleaned_data[f"due_{place}"]
            owners = self.chosen_units() if owner == EVERY_UNIT else [self.by_code[owner]] if owner else []
            found += [Charge(text, unit, due) for unit in owners]
        return found


class AcknowledgeForm(ErrorSummaryMixin, forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    leader = forms.ChoiceField(label="Người phụ trách phong trào ở đơn vị")

    def __init__(self, staff: list[Duty], version: int, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"version": version})
        super().__init__(*args, **kwargs)
        self.people = {duty.person.code: duty.person for duty in staff}
        field = self.fields["leader"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Chọn một người"), *((d.person.code, f"{d.person.full_name}, {d.title}") for d in staff)]
        field.error_messages["required"] = "Chưa chọn người phụ trách."


class ReminderForm(ErrorSummaryMixin, forms.Form):
    text = forms.CharField(
        label="Lời nhắc",
        max_length=LONGEST_NOTICE,
        help_text="Trưởng và phó các đơn vị im lặng đọc nguyên văn trong “Mới báo”.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
