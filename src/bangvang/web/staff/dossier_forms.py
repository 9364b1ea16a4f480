"""Forms of a dossier: the unit's review, a nomination, pasted rows, evidence, a judgement, a step."""

import datetime
from dataclasses import fields
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bangvang import vietnamese
from bangvang.dossiers.actions import Answer, Meeting
from bangvang.dossiers.models import Dossier, Evidence, Nomination
from bangvang.dossiers.queries import LONGEST, NominationFields
from bangvang.honours.findings import awards_for, code_of
from bangvang.people.models import Duty, Person, Unit
from bangvang.web.staff.movement_forms import undrawable
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, WordsField

FIRST_YEAR = 2017
K = Nomination.Kind


def _checked_letters(form: forms.Form, names: tuple[str, ...]) -> None:
    """What the printed paper cannot show is asked now."""
    for name in names:
        if strange := undrawable(str(form.cleaned_data.get(name) or "")):
            form.add_error(name, f"Bản in không có ký tự {' '.join(strange)}. Xin thay bằng chữ hoặc dấu thường dùng.")


class NominationForm(ErrorSummaryMixin, forms.Form):
    """Names equal NominationFields (a house test compares)."""

    kind = forms.ChoiceField(label="Đề nghị cho", choices=K.choices, widget=forms.RadioSelect)
    who = forms.ChoiceField(
        label="Người hoặc tập thể trong đơn vị",
        required=False,
        help_text="Chọn khi đề nghị cho người, tập thể của đơn vị",
    )
    outside_name = WordsField(
        label="Tên người, tập thể ngoài đơn vị",
        max_length=200,
        required=False,
        help_text="Ví dụ: nhà tài trợ, tình nguyện viên",
    )
    outside_address = WordsField(
        label="Địa chỉ của người, tập thể ngoài đơn vị",
        max_length=300,
        required=False,
        help_text="Ví dụ: xã Nậm Lúc, tỉnh Sông Lam",
    )
    is_posthumous = forms.BooleanField(label="Truy tặng (người đã mất)", required=False)
    award = forms.ChoiceField(label="Danh hiệu, hình thức khen thưởng")
    stream = forms.ChoiceField(label="Loại hình khen thưởng", choices=Nomination.Stream.choices)
    for_year = forms.IntegerField(label="Năm thành tích", min_value=FIRST_YEAR, max_value=2100)
    achievement = forms.CharField(
        label="Tóm tắt thành tích",
        required=False,
        max_length=LONGEST,
        help_text="Ba đến năm câu, có số liệu. Phần dài gửi thành tệp minh chứng.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    votes_for = forms.IntegerField(label="Số phiếu đồng ý", required=False, min_value=0, max_value=9999)
    votes_total = forms.IntegerField(label="Số người bỏ phiếu", required=False, min_value=0, max_value=9999)

    def __init__(self, dossier: Dossier, today: datetime.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "Chọn"), *people_of(dossier), *units_of_dossier(dossier)]  # type: ignore[attr-defined]
        labels = dict([*awards_for("person"), *awards_for("collective"), *awards_for("household")])
        self.fields["award"].choices = [("", "Chọn"), *labels.items()]  # type: ignore[attr-defined]
        self.fields["award"].error_messages["required"] = "Xin chọn danh hiệu, hình thức khen thưởng."

    def clean_achievement(self) -> str:
        return vietnamese.clean_lines(self.cleaned_data["achievement"])

    def clean(self) -> None:
        given = self.cleaned_data
        kind = given.get("kind")
        if kind in (K.PERSON, K.COLLECTIVE) and not given.get("who"):
            self.add_error("who", "Xin chọn người hoặc tập thể trong đơn vị.")
        if kind in Nomination.OUTSIDE:
            for name in ("outside_name", "outside_address"):
                if not given.get(name):
                    self.add_error(name, "Người, tập thể ngoài đơn vị, hộ gia đình cần ghi tên và địa chỉ.")
        if kind in (K.COLLECTIVE, K.OUTSIDE_COLLECTIVE, K.HOUSEHOLD) and given.get("is_posthumous"):
            self.add_error("is_posthumous", "Chỉ truy tặng cho cá nhân.")
        agreed, total = given.get("votes_for"), given.get("votes_total")
        if "votes_for" in given and "votes_total" in given and (agreed is None) != (total is None):
            self.add_error("votes_total", "Số phiếu đồng ý và số người bỏ phiếu ghi cả hai, hoặc để trống cả hai.")
        elif agreed is not None and total is not None and agreed > total:
            self.add_error("votes_for", f"Số phiếu đồng ý {agreed} nhiều hơn số người bỏ phiếu {total}.")
        _checked_letters(self, ("outside_name", "outside_address", "achievement"))

    def nomination(self) -> NominationFields:
        return NominationFields(**{field.name: self.cleaned_data[field.name] for field in fields(NominationFields)})

    @classmethod
    def initial_of(cls, given: NominationFields) -> dict[str, Any]:
        return {field.name: getattr(given, field.name) for field in fields(given)}

    def words(self, name: str, value: Any) -> str:
        """A value as a person reads it: the label of a choice, Có or Không of a tick."""
        if isinstance(value, bool):
            return "Có" if value else "Không"
        choices = dict(getattr(self.fields[name], "choices", []))
        return str(choices.get(value, "" if value is None else value))


def people_of(dossier: Dossier) -> list[tuple[str, str]]:
    """Everybody who serves or served in the unit, the dead too, with the birth year."""
    people = Person.objects.filter(duties__unit=dossier.unit).distinct().order_by("sort_key", "birth_year")
    return [(one.code, f"{one.full_name} ({one.birth_year})" if one.birth_year else one.full_name) for one in people]


def units_of_dossier(dossier: Dossier) -> list[tuple[str, str]]:
    units = Unit.objects.filter(pk=dossier.unit_id) | Unit.objects.filter(parent=dossier.unit)
    return [(one.code, f"Tập thể: {one.name}") for one in units.order_by("order", "name")]


class MeetingForm(ErrorSummaryMixin, forms.Form):
    """The review of a unit; one pair of fields for each member (there or not, the reason)."""

    held_on = DayField(label="Ngày họp")
    place = WordsField(label="Địa điểm", max_length=200, help_text="Ví dụ: phòng họp tầng 2")
    chair = forms.ChoiceField(label="Người chủ trì")
    secretary = forms.ChoiceField(label="Thư ký")
    minutes = forms.CharField(
        label="Diễn biến, ý kiến", required=False, widget=forms.Textarea(attrs={"rows": 6}), help_text="Mỗi ý một dòng"
    )

    def __init__(self, members: list[Duty], today: datetime.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {duty.person.code: duty.person for duty in members}
        self.today = today
        choices = [("", "Chọn"), *((code, one.full_name) for code, one in self.members.items())]
        for name, words in (("chair", "người chủ trì"), ("secretary", "thư ký")):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].error_messages["required"] = f"Xin chọn {words}."
        for code, one in self.members.items():
            self.fields[f"absent_{code}"] = WordsField(
                label=f"{one.full_name}: lý do vắng", max_length=200, required=False
            )

    @property
    def roll(self) -> list[Any]:
        """The fields of the members, in order: empty means present."""
        return [self[f"absent_{code}"] for code in self.members]

    def clean_held_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["held_on"]
        if day > self.today:
            raise ValidationError("Ngày họp ở sau ngày hôm nay.")
        return day

    def clean(self) -> None:
        given = self.cleaned_data
        for name, words in (("chair", "Người chủ trì"), ("secretary", "Thư ký")):
            if given.get(f"absent_{given.get(name)}"):
                self.add_error(name, f"{words} đang ghi là vắng. Xin xem lại.")
        _checked_letters(self, ("place", "minutes"))

    def meeting(self) -> Meeting:
        given = self.cleaned_data
        reasons = {self.members[code].pk: given[f"absent_{code}"] for code in self.members if given[f"absent_{code}"]}
        return Meeting(
            held_on=given["held_on"],
            place=given["place"],
            chair=self.members[given["chair"]],
            secretary=self.members[given["secretary"]],
            members=tuple(self.members.values()),
            absent=reasons,
            minutes=vietnamese.clean_lines(given["minutes"]),
        )


class PasteForm(ErrorSummaryMixin, forms.Form):
    """Rows copied from a sheet: name, award, year, votes for, voters, achievement, address; tabs between."""

    rows = forms.CharField(
        label="Các dòng chép từ bảng tính", max_length=200_000, widget=forms.Textarea(attrs={"rows": 10})
    )


def pasted(dossier: Dossier, text: str) -> list[tuple[int, list[str], NominationFields | None, str]]:
    """Each row as (number, cells, what it means, why it cannot be taken). A head row is left out."""
    found = []
    known = Person.objects.filter(duties__unit=dossier.unit).distinct()
    by_key: dict[str, list[Person]] = {}
    for person in known:
        by_key.setdefault(person.search_key, []).append(person)
    for number, raw in enumerate(text.splitlines(), start=1):
        cells = [vietnamese.clean(cell.strip().strip('"')) for cell in raw.split("\t")]
        if not any(cells) or (
            number == 1 and vietnamese.search_key(cells[0]) in {"ho va ten", "ten", "ho ten", "ho va ten, tap the"}
        ):
            continue
        cells += [""] * (7 - len(cells))
        found.append((number, cells[:7], *_meant(dossier, cells, by_key)))
    return found


def _meant(dossier: Dossier, cells: list[str], by_key: dict[str, list[Person]]) -> tuple[NominationFields | None, str]:
    name, award, year, agreed, total, achievement, address = cells[:7]
    code = _award_code(award)
    if not name:
        return None, "Chưa có tên."
    if code is None:
        return None, f"Không nhận ra danh hiệu, hình thức “{award}”."
    if not year.isdecimal() or not FIRST_YEAR <= int(year) <= 2100:
        return None, f"Năm “{year}” chưa đúng, ví dụ 2025."
    if (agreed == "") != (total == "") or (
        agreed and not (agreed.isdecimal() and total.isdecimal() and int(agreed) <= int(total))
    ):
        return None, f"Số phiếu “{agreed}/{total}” chưa đúng."
    if strange := undrawable(f"{name}{achievement}{address}"):
        return None, f"Bản in không có ký tự {' '.join(strange)}."
    votes = (int(agreed), int(total)) if agreed else (None, None)
    rest: dict[str, Any] = {
        "award": code, "stream": Nomination.Stream.MERIT.value, "for_year": int(year), "achievement": achievement,
        "votes_for": votes[0], "votes_total": votes[1],
    }  # fmt: skip
    plain, _, born = name.partition("(")
    people = by_key.get(vietnamese.search_key(plain.strip()), [])
    if born.strip(" )").isdecimal():
        people = [one for one in people if one.birth_year == int(born.strip(" )"))]
    if len(people) > 1:
        years = " hay ".join(str(one.birth_year) for one in people)
        return None, f"“{plain.strip()}” có {len(people)} người cùng tên. Ghi thêm năm sinh trong ngoặc: {years}?"
    if people:
        dead = people[0].died_on is not None
        return NominationFields(K.PERSON.value, people[0].code, "", "", dead, **rest), ""
    if vietnamese.search_key(name) == dossier.unit.search_key:
        return NominationFields(K.COLLECTIVE.value, dossier.unit.code, "", "", False, **rest), ""
    if not address:
        return None, f"Không có ai tên “{name}” trong đơn vị. Nếu là người ngoài, xin ghi địa chỉ ở cột cuối."
    return NominationFields(K.OUTSIDE_PERSON.value, "", name, address, False, **rest), ""


def _award_code(words: str) -> str | None:
    """The book's code of an award by label, short name or code, typed with or without marks."""
    wanted = vietnamese.search_key(words)
    for code, label in [*awards_for("person"), *awards_for("collective")]:
        if wanted in (vietnamese.search_key(label), code):
            return code
    code = code_of(words.strip())
    return code if code in dict([*awards_for("person"), *awards_for("collective")]) else None


class EvidenceForm(ErrorSummaryMixin, forms.Form):
    evidence_kind = forms.ChoiceField(label="Loại giấy tờ", choices=Evidence.Kind.choices)
    file = forms.FileField(label="Tệp", help_text="PDF, Word, OpenDocument hoặc ảnh; một tệp nhiều nhất 25 MB")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages |= {"required": "Chưa chọn tệp.", "empty": "Tệp này rỗng. Xin chọn lại."}


class JudgementForm(ErrorSummaryMixin, forms.Form):
    """Yes or no to one open condition, with the text that was opened; for a line or for the whole round."""

    answer = forms.ChoiceField(
        label="Trả lời",
        choices=[("yes", "Có, đạt điều kiện này"), ("no", "Không đạt điều kiện này")],
        widget=forms.RadioSelect,
    )
    instrument = WordsField(
        label="Văn bản đã mở", max_length=200, help_text="Ví dụ: Báo cáo tổng kết phong trào số 45/BC-STC"
    )
    article = WordsField(label="Điều, khoản, trang", max_length=100, required=False, help_text="Ví dụ: mục II, trang 3")
    address = WordsField(label="Địa chỉ trên mạng hoặc mã tệp", max_length=300, required=False)
    opened_on = DayField(label="Ngày mở văn bản")
    scope = forms.ChoiceField(
        label="Áp dụng cho",
        choices=[("line", "Riêng đề nghị này"), ("round", "Mọi đề nghị cùng hình thức của phong trào này")],
        widget=forms.RadioSelect,
    )

    def __init__(self, today: datetime.date, in_round: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name in ("answer", "scope"):
            self.fields[name].error_messages["required"] = "Xin chọn một trong hai."
        if not in_round:
            del self.fields["scope"]

    def clean_opened_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["opened_on"]
        if day > self.today:
            raise ValidationError("Ngày mở văn bản ở sau ngày hôm nay.")
        return day

    def given(self, condition: str) -> Answer:
        named = self.cleaned_data
        return Answer(
            condition,
            named["answer"] == "yes",
            named["instrument"],
            named["article"],
            named["address"],
            named["opened_on"],
        )


class StepForm(ErrorSummaryMixin, forms.Form):
    """What a step needs besides pressing it: the version, and a reason where the table asks for one."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, with_reason: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if with_reason:
            self.fields["reason"] = WordsField(
                label="Lý do",
                max_length=1000,
                help_text="Người nhận đọc nguyên văn câu này.",
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields["reason"].error_messages["required"] = "Xin ghi lý do."
