"""The forms of rolling a movement out: to whom, which duty is whose, until when; who leads; the words of a reminder."""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from bangvang import vietnamese
from bangvang.movements.actions import Charge
from bangvang.movements.board import LONGEST_NOTICE, day_in, is_for_everybody, proposed_owner, proposed_units
from bangvang.movements.models import Movement
from bangvang.people.models import Duty, Unit
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, LinesField, WordsField, lower_first

EVERY_UNIT = "moi-don-vi"
NOBODY = ""
CROWD = "tat-ca-"  # with a kind of unit: all of that kind
LISTED_OF_A_KIND = 60  # of more units of one kind the form makes one choice
LONGEST_LIST = 200  # units in a select


@dataclass(frozen=True)
class DutyRow:
    """One duty of the plan with its two fields."""

    text: str
    owner: BoundField
    due: BoundField


class UnitsForm(ErrorSummaryMixin, forms.Form):
    """Which units, and their last days. Kinds of many units (communes) are ticked as a whole, or named line by line."""

    acknowledge_by = DayField(label="Hạn xác nhận, cử người phụ trách")
    register_by = DayField(label="Hạn gửi bản đăng ký")
    units = forms.MultipleChoiceField(label="Đơn vị nhận", required=False, widget=forms.CheckboxSelectMultiple)
    named = LinesField(
        label="Riêng từng đơn vị", required=False, rows=3, help_text="Mỗi dòng một tên, đúng như trong cây tổ chức."
    )

    def __init__(
        self, units: list[Unit], proposed: Collection[int], today: datetime.date, *args: Any, **kwargs: Any
    ) -> None:
        self.by_code = {unit.code: unit for unit in units}
        self.today = today
        self.crowds = {kind: crowd for kind, crowd in _by_kind(units).items() if len(crowd) > LISTED_OF_A_KIND}
        listed = [unit for unit in units if unit.kind not in self.crowds]
        preset = [unit.code for unit in listed if unit.pk in proposed]
        preset += [
            f"{CROWD}{kind}" for kind, crowd in self.crowds.items() if {unit.pk for unit in crowd} <= set(proposed)
        ]
        kwargs["initial"] = {"units": preset, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.listed = [(unit.code, unit.name) for unit in listed]
        units_field = self.fields["units"]
        assert isinstance(units_field, forms.MultipleChoiceField)
        units_field.choices = [
            *((f"{CROWD}{kind}", _crowd_words(crowd)) for kind, crowd in self.crowds.items()),
            *self.listed,
        ]
        if not self.crowds:
            del self.fields["named"]

    def clean(self) -> None:
        for name in ("acknowledge_by", "register_by"):
            day = self.cleaned_data.get(name)
            if day and day < self.today:
                self.add_error(name, "Hạn này đã qua. Xin ghi một ngày từ hôm nay trở đi.")
        first, last = self.cleaned_data.get("acknowledge_by"), self.cleaned_data.get("register_by")
        if first and last and last < first:
            self.add_error("register_by", "Hạn đăng ký sớm hơn hạn xác nhận.")
        self._find_named()
        if "units" in self.cleaned_data and "named" not in self.errors and not self.chosen_units():
            self.add_error("units", "Chưa chọn đơn vị nào để triển khai.")

    def _find_named(self) -> None:
        by_name: dict[str, list[Unit]] = {}
        for unit in self.by_code.values():
            by_name.setdefault(unit.search_key, []).append(unit)
        self.found: list[Unit] = []
        for name in self.cleaned_data.get("named") or ():
            same = by_name.get(vietnamese.search_key(name), [])
            exact = [unit for unit in same if unit.name.casefold() == name.casefold()] or same
            if len(exact) == 1:
                self.found += exact
            else:
                why = f"có {len(exact)} đơn vị cùng tên" if exact else "không có trong cây tổ chức"
                self.add_error("named", f"“{name}”: {why}.")

    def chosen_units(self) -> list[Unit]:
        """Each once, in the order of the agency's list."""
        chosen = set(self.cleaned_data["units"]) | {unit.code for unit in self.found}
        return [unit for unit in self.by_code.values() if unit.code in chosen or f"{CROWD}{unit.kind}" in chosen]

    def days(self) -> dict[str, datetime.date]:
        return {name: self.cleaned_data[name] for name in ("acknowledge_by", "register_by")}


def _by_kind(units: list[Unit]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in units:
        found.setdefault(unit.kind, []).append(unit)
    return found


def _crowd_words(crowd: list[Unit]) -> str:
    return f"Tất cả {vietnamese.format_number(len(crowd))} {lower_first(crowd[0].get_kind_display())}"


class RollOutForm(UnitsForm):
    """Units, last days, and an owner with a day for every duty of the plan. What is preset is what the plan's words say."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, movement: Movement, units: list[Unit], today: datetime.date, *args: Any, **kwargs: Any) -> None:
        self.duties = [line.text for line in movement.lines.all() if line.section == "duties"]
        kwargs["initial"] = {"version": movement.version}
        super().__init__(units, proposed_units(movement, units), today, *args, **kwargs)
        common = [(NOBODY, "Không giao thành việc"), (EVERY_UNIT, "Mỗi đơn vị nhận phong trào"), *self.listed]
        for place, text in enumerate(self.duties):
            owner = proposed_owner(text, units)
            preset = owner.code if owner else EVERY_UNIT if is_for_everybody(text) else NOBODY
            owners = dict(common) | ({owner.code: owner.name} if owner else {})
            self.fields[f"owner_{place}"] = forms.ChoiceField(
                label=f"Việc {place + 1}: giao cho", choices=list(owners.items()), required=False, initial=preset
            )
            self.fields[f"due_{place}"] = DayField(
                label=f"Việc {place + 1}: hạn", required=False, initial=day_in(text) or movement.ends_on
            )

    def rows(self) -> Iterator[DutyRow]:
        for place, text in enumerate(self.duties):
            yield DutyRow(text, self[f"owner_{place}"], self[f"due_{place}"])

    def clean(self) -> None:
        super().clean()
        for place in range(len(self.duties)):
            if self.cleaned_data.get(f"owner_{place}") and not self.cleaned_data.get(f"due_{place}"):
                self.add_error(f"due_{place}", f"Việc {place + 1} đã giao thì cần có hạn.")

    def charges(self) -> list[Charge]:
        """Every duty that has an owner, or that is everybody's."""
        given = [
            (text, self.cleaned_data[f"owner_{place}"], self.cleaned_data[f"due_{place}"])
            for place, text in enumerate(self.duties)
        ]
        return [
            Charge(text, None if owner == EVERY_UNIT else self.by_code[owner], due)
            for text, owner, due in given
            if owner
        ]


class ExtendForm(ErrorSummaryMixin, forms.Form):
    """Later last days, for all units that have not answered or for one of them, with the reason."""

    unit = forms.ChoiceField(label="Gia hạn cho", required=False)
    acknowledge_by = DayField(label="Hạn xác nhận mới", required=False, help_text="Để trống nếu không đổi.")
    register_by = DayField(label="Hạn đăng ký mới", required=False, help_text="Để trống nếu không đổi.")
    reason = WordsField(
        label="Lý do",
        max_length=300,
        help_text="Trưởng và phó các đơn vị được gia hạn đọc nguyên văn câu này.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, units: list[Unit], today: datetime.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code, self.today = {unit.code: unit for unit in units}, today
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", f"Mọi đơn vị chưa trả lời đủ ({vietnamese.format_number(len(units))})"),
            *((unit.code, unit.name) for unit in units[:LONGEST_LIST]),
        ]

    def clean(self) -> None:
        given = [name for name in ("acknowledge_by", "register_by") if self.cleaned_data.get(name)]
        for name in given:
            if self.cleaned_data[name] < self.today:
                self.add_error(name, "Hạn này đã qua. Xin ghi một ngày từ hôm nay trở đi.")
        if not given and not self.errors:
            self.add_error("register_by", "Xin ghi ít nhất một hạn mới.")

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            **{name: given[name] for name in ("acknowledge_by", "register_by", "reason")},
            "unit": self.by_code.get(given["unit"]),
        }


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
