"""Forms of an initiative: the application with its authors, a file, and what each step asks besides pressing it."""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django import forms

from bangvang import vietnamese
from bangvang.initiatives.actions import Minutes
from bangvang.initiatives.models import Author, Initiative
from bangvang.initiatives.queries import (
    LONGEST,
    ApplicationFields,
    AuthorFields,
    after_working_days,
    fields_of,
)
from bangvang.people.actor import Actor
from bangvang.people.queries import Namesake, people_named, signers
from bangvang.web.staff.movement_forms import undrawable
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, WordsField

FIRST_YEAR = 2017
MOST_ROWS = 9  # co-authors besides the one who writes
EMPTY_ROWS = 2
USUAL_SUPPLEMENT = 5  # working days offered for a supplement; the clerk may write another day
WITH_YEAR = re.compile(r"^(?P<name>.+?)\s*\((?P<year>\d{4})\)$")
PRINTED = ("title", "field", "applied_at")


def _texts(label: str, hint: str, rows: int = 5) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=LONGEST, help_text=hint, widget=widget)


def _share(label: str, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=required, min_value=1, max_value=100)


class ApplicationForm(ErrorSummaryMixin, forms.Form):
    """Names equal ApplicationFields (a house test compares); then one's own share, and rows of co-authors."""

    title = WordsField(
        label="Tên sáng kiến", max_length=300, help_text="Ví dụ: Bảng hỏi mười một dòng gửi trước cho xã"
    )
    field = WordsField(label="Lĩnh vực", max_length=120, help_text="Ví dụ: Cải cách hành chính")
    for_year = forms.IntegerField(
        label="Năm thành tích", min_value=FIRST_YEAR, max_value=2100, help_text="Năm mà sáng kiến được tính"
    )
    first_applied_on = DayField(label="Áp dụng lần đầu ngày", required=False)
    applied_at = WordsField(label="Nơi áp dụng", max_length=300, required=False, help_text="Ví dụ: 32 xã, phường")
    before = _texts("Trước khi có sáng kiến", "Việc vẫn làm thế nào, vướng ở đâu")
    novelty = _texts("Điểm mới", "Làm khác đi thế nào, các bước, điều kiện để áp dụng", 8)
    effect = _texts("Hiệu quả", "Bằng số: thời gian, tiền, số hồ sơ, nơi đã dùng")

    def __init__(self, actor: Actor, place: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.place = actor, place
        self.authors: list[AuthorFields] = []
        self.fields["own_share"] = _share(f"{actor.person.full_name}: tỷ lệ đóng góp (%)")
        typed = _rows_in(self.data if self.is_bound else self.initial)
        self.count = typed if self.is_bound else min(typed + EMPTY_ROWS, MOST_ROWS)
        for at in range(1, self.count + 1):
            self.fields[f"name_{at}"] = WordsField(label="Họ và tên", max_length=200, required=False)
            self.fields[f"share_{at}"] = _share("Tỷ lệ đóng góp (%)", required=False)
            self.fields[f"place_{at}"] = WordsField(label="Đơn vị hoặc địa chỉ", max_length=300, required=False)
            self.fields[f"outside_{at}"] = forms.BooleanField(label="Người ngoài cơ quan", required=False)
        self.fields["own_share"].error_messages["required"] = "Xin ghi tỷ lệ đóng góp của mình."

    @property
    def rows(self) -> list[tuple[int, Any, Any, Any, Any]]:
        """The fields of each co-author: place in the list, name, share, unit or address, from outside."""
        return [
            (at, self[f"name_{at}"], self[f"share_{at}"], self[f"place_{at}"], self[f"outside_{at}"])
            for at in range(1, self.count + 1)
        ]

    def clean(self) -> None:
        given = self.cleaned_data
        for name in ("before", "novelty", "effect"):
            given[name] = vietnamese.clean_lines(given.get(name) or "")
        for name in (*PRINTED, *(f"{part}_{at}" for at in range(1, self.count + 1) for part in ("name", "place"))):
            if strange := undrawable(str(given.get(name) or "")):
                words = " ".join(strange)
                self.add_error(name, f"Bản in không có ký tự {words}. Xin thay bằng chữ hoặc dấu thường dùng.")
        day = given.get("first_applied_on")
        if day and day > self.actor.day:
            self.add_error("first_applied_on", "Ngày áp dụng lần đầu ở sau ngày hôm nay.")
        person = self.actor.person
        self.authors = [AuthorFields(person, person.full_name, self.place, given.get("own_share") or 0)]
        for at in range(1, self.count + 1):
            self._author(at)
        shares = sum(one.share for one in self.authors)
        if not self.errors and shares > 100:
            self.add_error("own_share", f"Các tỷ lệ cộng lại là {shares} %, nhiều hơn 100 %.")

    def _author(self, at: int) -> None:
        given = self.cleaned_data
        name, share, place = (given.get(f"{part}_{at}") for part in ("name", "share", "place"))
        if not (name or share or place):
            return
        if not name:
            self.add_error(f"name_{at}", "Xin ghi họ và tên đồng tác giả.")
        if not share and f"share_{at}" not in self.errors:
            self.add_error(f"share_{at}", "Xin ghi tỷ lệ đóng góp của đồng tác giả này.")
        if not name or not share:
            return
        if given.get(f"outside_{at}"):
            if not place:
                self.add_error(f"place_{at}", "Người ngoài cơ quan cần ghi địa chỉ hoặc nơi công tác.")
            else:
                self.authors.append(AuthorFields(None, name, place, share))
        elif found := self._known(at, name, place or ""):
            if found.person in [one.person for one in self.authors]:
                self.add_error(f"name_{at}", f"{found.person.full_name} đã có trong danh sách tác giả.")
            self.authors.append(AuthorFields(found.person, found.person.full_name, found.unit.name, share))

    def _known(self, at: int, name: str, place: str) -> Namesake | None:
        """The one person of the agency meant by a name, a birth year in brackets, a unit; else it is asked."""
        with_year = WITH_YEAR.match(name)
        named = people_named(self.actor.agency, with_year["name"] if with_year else name, self.actor.day)
        if with_year:
            named = [one for one in named if one.person.birth_year == int(with_year["year"])]
        if len(named) > 1:
            key = vietnamese.search_key(place)
            named = [one for one in named if one.unit.search_key == key] or named
        if len(named) == 1:
            return named[0]
        if not named:
            words = f"Cơ quan không có ai tên “{name}”. Người ngoài cơ quan thì đánh dấu ở dưới và ghi địa chỉ."
            self.add_error(f"name_{at}", words)
        else:
            who = "; ".join(f"{one.person.full_name} ({one.person.birth_year}), {one.unit.name}" for one in named)
            self.add_error(
                f"name_{at}", f"Có {len(named)} người cùng tên: {who}. Xin ghi đúng đơn vị, hoặc năm sinh trong ngoặc."
            )
        return None

    def application(self) -> ApplicationFields:
        return ApplicationFields(**{field.name: self.cleaned_data[field.name] for field in fields(ApplicationFields)})

    @classmethod
    def initial_of(cls, initiative: Initiative) -> dict[str, Any]:
        known: dict[str, Any] = dict(vars(fields_of(initiative)))
        at = 0
        for one in initiative.authors.select_related("person"):
            if one.person_id == initiative.drafted_by_id:
                known["own_share"] = one.share
                continue
            at += 1
            known |= _row(at, one)
        return known


def _row(at: int, one: Author) -> dict[str, Any]:
    year = f" ({one.person.birth_year})" if one.person and one.person.birth_year else ""
    outside = one.person is None
    return {f"name_{at}": one.name + year, f"share_{at}": one.share, f"place_{at}": one.place, f"outside_{at}": outside}


def _rows_in(source: Mapping[str, Any]) -> int:
    return max((at for at in range(1, MOST_ROWS + 1) if f"name_{at}" in source), default=0)


class ExhibitForm(ErrorSummaryMixin, forms.Form):
    file = forms.FileField(label="Tệp", help_text="PDF, Word, Excel hoặc ảnh; nhiều nhất 25 MB")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages |= {"required": "Chưa chọn tệp.", "empty": "Tệp này rỗng. Xin chọn lại."}


class StepForm(ErrorSummaryMixin, forms.Form):
    """What a step asks; `asked` are the arguments of its action."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def asked(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def _words(label: str, hint: str) -> WordsField:
    return WordsField(label=label, max_length=1000, help_text=hint, widget=forms.Textarea(attrs={"rows": 4}))


class ReasonForm(StepForm):
    reason = _words("Lý do", "Người nhận đọc nguyên văn câu này.")


class AppraisalForm(StepForm):
    appraisal = _words("Ý kiến thẩm định", "Tính mới, số liệu đã kiểm tra, đã đối chiếu với sáng kiến nào")


class SupplementForm(StepForm):
    reason = _words("Cần bổ sung gì", "Tác giả đọc nguyên văn câu này.")
    until = DayField(label="Bổ sung đến hết ngày", help_text="Máy ghi sẵn sau 5 ngày làm việc; sửa được")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        self.initial["until"] = after_working_days(actor.day, USUAL_SUPPLEMENT)


class MinutesForm(StepForm):
    """What the minutes of the council of initiatives say."""

    number = WordsField(label="Số biên bản", max_length=60, help_text="Ví dụ: 05/BB-HĐSK")
    held_on = DayField(label="Ngày biên bản")
    votes_for = forms.IntegerField(label="Số phiếu công nhận", min_value=0, max_value=999)
    votes_total = forms.IntegerField(label="Số thành viên bỏ phiếu", min_value=1, max_value=999)

    def clean(self) -> None:
        given = self.cleaned_data
        if "votes_for" in given and "votes_total" in given and given["votes_for"] > given["votes_total"]:
            words = f"Số phiếu công nhận {given['votes_for']} nhiều hơn số thành viên bỏ phiếu {given['votes_total']}."
            self.add_error("votes_for", words)

    def asked(self) -> dict[str, Any]:
        rest = super().asked()
        names = ("number", "held_on", "votes_for", "votes_total")
        return {"minutes": Minutes(*(rest.pop(name) for name in names)), **rest}


class EndorseForm(MinutesForm):
    scope = forms.ChoiceField(label="Phạm vi ảnh hưởng", choices=[("", "Chọn"), *Initiative.Scope.choices])

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        self.fields["scope"].error_messages["required"] = "Xin chọn phạm vi ảnh hưởng ghi trong biên bản."


class DeclineForm(MinutesForm):
    reason = _words("Lý do không công nhận", "Tác giả đọc nguyên văn câu này.")


class NumberForm(StepForm):
    number = forms.IntegerField(label="Số giấy chứng nhận", min_value=1, max_value=999_999)
    on = DayField(label="Ngày giấy chứng nhận")
    signer = forms.ChoiceField(label="Người ký")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        self.fields["signer"].choices = [(one.code, one.words) for one in signers(actor.agency, actor.day)]  # type: ignore[attr-defined]
