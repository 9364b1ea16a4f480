"""Forms of councils and sessions. A form of the vote is never kept: it bears no owner's mark and no draft."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from bangvang.council.actions.meeting import CouncilFields, Seating
from bangvang.council.actions.roll import Called
from bangvang.council.counting import Sums
from bangvang.council.models import AgendaLine, CouncilMember, Seat, Session
from bangvang.dossiers.papers import award_words
from bangvang.honours.findings import the_book
from bangvang.people.models import Duty, Person, Unit
from bangvang.people.queries import units_of
from bangvang.web.ui.forms import DayField, ErrorSummaryMixin, WordsField

HERE, ON_PAPER, AWAY = "here", "paper", "away"


class CouncilPageForm(ErrorSummaryMixin, forms.Form):
    """A form of this room's one form page: `groups` under their legends first, then the `loose` fields."""

    groups: Any = ()

    @property
    def loose(self) -> list[Any]:
        """Fields that stand in no group."""
        grouped = {field.name for _, _, fields in self.groups for field in fields}
        return [field for field in self if field.name not in grouped]


class GroupedForm(CouncilPageForm):
    """A form whose fields stand in groups, each under its legend: one for every member or line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.legends: list[tuple[str, str, list[str]]] = []
        super().__init__(*args, **kwargs)

    def add_group(self, legend: str, small: str, fields: dict[str, forms.Field]) -> None:
        for name, field in fields.items():
            self.fields[name] = field
            field.error_messages["required"] = f"Xin ghi {str(field.label)[:1].lower()}{str(field.label)[1:]}."
        self.legends.append((legend, small, list(fields)))

    @property
    def groups(self) -> list[tuple[str, str, list[Any]]]:
        return [(legend, small, [self[name] for name in names]) for legend, small, names in self.legends]


def people_of(agency: Unit, day: datetime.date) -> list[tuple[str, str]]:
    """Everybody who serves in the agency on the day, with post; administrators left out."""
    duties = Duty.objects.as_of(day).filter(unit__in=units_of(agency)).exclude(role=Duty.Role.ADMINISTRATOR)
    rows = duties.select_related("person", "unit").order_by("rank", "person__sort_key", "pk")
    found: dict[str, str] = {}
    for duty in rows:
        found.setdefault(duty.person.code, f"{duty.person.full_name}, {duty.title}, {duty.unit.name}")
    return list(found.items())


def person_of(code: str) -> Person:
    return Person.objects.get(code=code)


class CouncilForm(CouncilPageForm):
    """A council as its decision makes it."""

    name = WordsField(label="Tên Hội đồng", max_length=200)
    decision = WordsField(label="Quyết định thành lập", max_length=200, help_text="Ví dụ: Quyết định số 15/QĐ-STC")
    decided_on = DayField(label="Ngày quyết định")
    valid_from = DayField(label="Nhiệm kỳ từ ngày")
    valid_until = DayField(label="Nhiệm kỳ đến hết ngày", required=False, help_text="Để trống nếu chưa ghi")
    issuer = forms.ChoiceField(label="Quy định riêng về tỷ lệ phiếu", required=False)
    same_unit_recuses = forms.BooleanField(
        label="Thành viên không bỏ phiếu cho người, tập thể của đơn vị mình", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        local = [(code, book.label) for code, book in the_book().local.items()]
        self.fields["issuer"].choices = [("", "Chỉ quy định chung"), *local]  # type: ignore[attr-defined]

    def council(self) -> CouncilFields:
        return CouncilFields(**self.cleaned_data)


class MemberForm(CouncilPageForm):
    person = forms.ChoiceField(label="Người")
    role = forms.ChoiceField(label="Vai trò", choices=CouncilMember.Role.choices)
    has_vote = forms.BooleanField(label="Có quyền bỏ phiếu", required=False, initial=True)

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Chọn"), *people]  # type: ignore[attr-defined]

    def seating(self) -> Seating:
        given = self.cleaned_data
        return Seating(person_of(given["person"]), given["role"], given["has_vote"])


class SessionForm(CouncilPageForm):
    held_on = DayField(label="Ngày họp")
    place = WordsField(label="Địa điểm", max_length=200)
    mode = forms.ChoiceField(label="Cách bỏ phiếu", choices=Session.Mode.choices)


class TellersForm(CouncilPageForm):
    """The three code-holders, the head first."""

    head = forms.ChoiceField(label="Trưởng ban kiểm phiếu")
    second = forms.ChoiceField(label="Uỷ viên thứ nhất")
    third = forms.ChoiceField(label="Uỷ viên thứ hai")

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = [("", "Chọn"), *people]  # type: ignore[attr-defined]

    def people(self) -> list[Person]:
        return [person_of(self.cleaned_data[name]) for name in ("head", "second", "third")]


class ShareForm(CouncilPageForm):
    text = WordsField(label="Văn bản đã mở", max_length=300, help_text="Ví dụ: Quy chế Hội đồng Sở, Điều 6")


class DeclareForm(GroupedForm):
    """One word on every line; the line left empty has no conflict, and the tick says that each was looked at."""

    def __init__(self, lines: Iterable[AgendaLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            small = f"{award_words(line.nomination)}, {line.nomination.unit_then}"
            reason = WordsField(label="Có xung đột lợi ích: ghi lý do", required=False, max_length=200)
            self.add_group(line.nomination.name_then, small, {f"c{line.position}": reason})
        self.fields["sure"] = forms.BooleanField(
            label="Đã xem từng trường hợp; dòng để trống là không có xung đột lợi ích"
        )
        self.fields["sure"].error_messages["required"] = "Xin đánh dấu đã xem từng trường hợp."

    def conflicts(self) -> dict[int, str]:
        reasons = {line.pk: self.cleaned_data[f"c{line.position}"] for line in self.lines}
        return {pk: reason for pk, reason in reasons.items() if reason}


class RollForm(GroupedForm):
    def __init__(self, session: Session, seats: list[Seat], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        ways = [(HERE, "Có mặt"), (AWAY, "Vắng")]
        if session.mode == Session.Mode.MIXED:
            ways.insert(1, (ON_PAPER, "Có mặt, bỏ phiếu giấy"))
        for seat in seats:
            small = f"{seat.member.get_role_display()}, {seat.post_then}"
            now = AWAY if seat.absence else ON_PAPER if seat.on_paper and len(ways) > 2 else HERE
            fields: dict[str, forms.Field] = {
                f"s{seat.position}": forms.ChoiceField(label="Điểm danh", choices=ways, initial=now),
                f"t{seat.position}": forms.TimeField(
                    label="Đến lúc, nếu đến sau", required=False, initial=seat.arrived_at, help_text="Ví dụ 08:45"
                ),
                f"a{seat.position}": WordsField(
                    label="Lý do vắng", required=False, max_length=200, initial=seat.absence
                ),
            }
            fields[f"t{seat.position}"].error_messages["invalid"] = "Xin ghi giờ và phút, ví dụ 08:45."
            self.add_group(seat.person.full_name, small, fields)

    def clean(self) -> None:
        for seat in self.seats:
            if self.cleaned_data.get(f"s{seat.position}") == AWAY and not self.cleaned_data.get(f"a{seat.position}"):
                self.add_error(f"a{seat.position}", f"Xin ghi lý do vắng của {seat.person.full_name}.")

    def called(self) -> dict[int, Called]:
        given = self.cleaned_data
        return {
            seat.pk: Called(
                given[f"s{seat.position}"] != AWAY,
                given[f"t{seat.position}"],
                given[f"a{seat.position}"],
                given[f"s{seat.position}"] == ON_PAPER,
            )
            for seat in self.seats
        }


class OpinionsForm(GroupedForm):
    """What an absent member wrote and signed."""

    def __init__(self, lines: Iterable[AgendaLine], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        self.fields["file"] = forms.FileField(label="Bản đã ký", help_text="PDF, Word hoặc ảnh chụp")
        self.fields["file"].error_messages |= {"required": "Chưa chọn tệp.", "empty": "Tệp này rỗng. Xin chọn lại."}
        answers = [("", "Không ghi"), ("1", "Đồng ý"), ("0", "Không đồng ý")]
        for line in self.lines:
            choice = forms.ChoiceField(label="Ý kiến", required=False, choices=answers)
            self.add_group(line.nomination.name_then, award_words(line.nomination), {f"o{line.position}": choice})

    def answers(self) -> dict[int, bool]:
        told = {line.pk: self.cleaned_data[f"o{line.position}"] for line in self.lines}
        return {pk: answer == "1" for pk, answer in told.items() if answer}


COUNTED = (
    ("handed_out", "Phát ra"), ("returned", "Thu về"), ("agreed", "Đồng ý"), ("against", "Không đồng ý"), ("invalid", "Không hợp lệ"),
)  # fmt: skip


class PaperCountForm(GroupedForm):
    def __init__(self, lines: Iterable[tuple[AgendaLine, int]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line, due in self.lines:
            fields: dict[str, forms.Field] = {}
            for name, label in COUNTED:
                field = forms.IntegerField(label=label, min_value=0, max_value=999)
                field.initial = due if name == "handed_out" else None
                field.error_messages["invalid"] = "Xin ghi một số."
                fields[f"{name}_{line.position}"] = field
            self.add_group(line.nomination.name_then, award_words(line.nomination), fields)

    def counted(self) -> dict[int, Sums]:
        return {
            line.pk: Sums(*(self.cleaned_data[f"{name}_{line.position}"] for name, _ in COUNTED))
            for line, _ in self.lines
        }


class Unshown(forms.TextInput):
    """A text field that never shows again what was typed into it."""

    def format_value(self, value: Any) -> None:
        return None


class CodesForm(CouncilPageForm):
    """Two codes, typed side by side. They live in this request only."""

    first = forms.CharField(label="Mã của người thứ nhất", max_length=60, widget=Unshown)
    second = forms.CharField(label="Mã của người thứ hai", max_length=60, widget=Unshown)

    def __init__(self, required: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = required
            field.help_text = "Bảy nhóm, mỗi nhóm bốn ký tự; không phân biệt chữ hoa, chữ thường"
            field.widget.attrs |= {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}

    def codes(self) -> tuple[str, str] | None:
        first, second = self.cleaned_data["first"], self.cleaned_data["second"]
        return (first, second) if first or second else None


class MinutesForm(CouncilPageForm):
    discussion = forms.CharField(
        label="Diễn biến, ý kiến", required=False, widget=forms.Textarea(attrs={"rows": 8}), help_text="Mỗi ý một dòng"
    )
    conclusion = forms.CharField(
        label="Kết luận của Chủ tịch Hội đồng", widget=forms.Textarea(attrs={"rows": 5}), help_text="Mỗi ý một dòng"
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VoidForm(CouncilPageForm):
    reason = WordsField(label="Lý do", max_length=300, help_text="Ví dụ: thành viên đề nghị đổi phiếu")


class SessionStepForm(CouncilPageForm):
    """What a step needs: the version, a reason or the password where the table asks for one."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, with_reason: bool, with_password: bool, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        if with_reason:
            self.fields["reason"] = WordsField(
                label="Lý do",
                max_length=1000,
                help_text="Câu này ghi vào chuyện của phiên họp.",
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields["reason"].error_messages["required"] = "Xin ghi lý do."
        if with_password:
            self.fields["password"] = forms.CharField(
                label="Mật khẩu của tài khoản đang dùng",
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )
            self.fields["password"].error_messages["required"] = "Xin nhập mật khẩu."

    def clean_password(self) -> str:
        typed = self.cleaned_data["password"]
        if authenticate(self.request, username=self.request.user.get_username(), password=typed) != self.request.user:
            raise ValidationError("Mật khẩu chưa đúng. Chưa có gì được làm.")
        return ""
