"""The plan form and the small forms of each step."""

import datetime
import re
from dataclasses import fields
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from bangvang.kernel import clock
from bangvang.kernel.models import Root
from bangvang.movements.fields import PlannedAward, PlannedMilestone, Superior
from bangvang.movements.models import Movement
from bangvang.movements.queries import PlanFields, number_warning, superiors_open
from bangvang.web.ui.forms import (
    DayField,
    ErrorSummaryMixin,
    LinesField,
    ReadField,
    ReadLinesField,
    RecipientsField,
    WordsField,
)

LISTED = 200  # of the movements that may be answered
ONE_A_LINE = "Mỗi ý một dòng. Số thứ tự, gạch đầu dòng do máy đặt."


def superior_choices() -> list[tuple[str, str]]:
    """The movements that may be answered, by their public codes."""
    shown = [(one.code, f"{one.agency.name}, {one.document_number}: {one.title}") for one in superiors_open()[:LISTED]]
    return [("", "Không, hoặc cấp trên ở ngoài hệ thống"), *shown]


class PlanForm(ErrorSummaryMixin, forms.Form):
    """Names equal PlanFields (a house test compares)."""

    title = WordsField(label="Tên phong trào", max_length=300, help_text="Ví dụ: Tổ chức phong trào thi đua năm 2026")
    theme = WordsField(label="Chủ đề", max_length=300, required=False, help_text="Câu chủ đề, không cần dấu ngoặc kép")
    kind = forms.ChoiceField(label="Loại phong trào", choices=Movement.Kind.choices, widget=forms.RadioSelect)
    starts_on = DayField(label="Ngày bắt đầu", required=False)
    ends_on = DayField(
        label="Ngày kết thúc", required=False, help_text="Ví dụ 31/12/2026. Để trống nếu kết thúc theo điều kiện."
    )
    end_condition = WordsField(
        label="Hoặc kết thúc khi", max_length=300, required=False, help_text="Ví dụ: hoàn thành quyết toán năm"
    )
    level = forms.ChoiceField(
        label="Phạm vi phát động", choices=Movement.Level.choices, required=False, initial=Movement.Level.DEPARTMENT
    )
    superior = ReadField(
        label="Hưởng ứng văn bản của cấp trên",
        read=Superior.read,
        required=False,
        help_text="Loại, số, ngày, nơi ban hành, trích yếu. Ví dụ: Kế hoạch số 178/KH-UBND ngày 25/09/2025 của Uỷ ban nhân"
        " dân tỉnh về phát động phong trào thi đua",
    )
    superior_code = forms.ChoiceField(
        label="Hoặc hưởng ứng phong trào đã có ở đây",
        choices=superior_choices,
        required=False,
        help_text="Các phong trào đang hiện trên trang công khai",
    )
    bases = LinesField(label="Căn cứ", required=False, rows=3, help_text=f"{ONE_A_LINE} Không cần chữ “;” ở cuối.")
    purposes = LinesField(label="Mục đích", required=False, rows=4, help_text=ONE_A_LINE)
    requirements = LinesField(label="Yêu cầu", required=False, rows=3, help_text=ONE_A_LINE)
    targets = LinesField(label="Đối tượng", required=False, rows=2, help_text=ONE_A_LINE)
    contents = LinesField(label="Nội dung thi đua", required=False, rows=6, help_text=ONE_A_LINE)
    solutions = LinesField(label="Giải pháp thực hiện", required=False, help_text=ONE_A_LINE)
    collective_criteria = LinesField(label="Tiêu chí đối với tập thể", required=False, help_text=ONE_A_LINE)
    individual_criteria = LinesField(label="Tiêu chí đối với cá nhân", required=False, help_text=ONE_A_LINE)
    awards = ReadLinesField(
        label="Hình thức khen thưởng",
        read=PlannedAward.read,
        required=False,
        longest=300,
        help_text="Mỗi hình thức một dòng. Sau dấu hai chấm là tiêu chuẩn; sau dấu | là số lượng, rồi kinh phí dự kiến, nếu có."
        " Ví dụ: Giấy khen của Giám đốc Sở: dẫn đầu phong trào | 3 tập thể, 10 cá nhân | 9.360.000 đồng",
    )
    procedure = LinesField(label="Trình tự, thủ tục khen thưởng", required=False, rows=2, help_text=ONE_A_LINE)
    milestones = ReadLinesField(
        label="Các mốc",
        read=PlannedMilestone.read,
        required=False,
        rows=3,
        longest=200,
        help_text="Mỗi mốc một dòng: tên, dấu hai chấm, ngày cuối. Ví dụ: Sơ kết sáu tháng: 15/07/2026",
    )
    duties = LinesField(label="Tổ chức thực hiện", required=False, help_text=f"{ONE_A_LINE} Bắt đầu bằng tên đơn vị.")
    recipients = RecipientsField(
        label="Nơi nhận",
        required=False,
        longest=200,
        help_text="Mỗi nơi một dòng. Ghi (b/c) sau nơi nhận để báo cáo, (t/h) để thực hiện.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = (self.initial or {}).get("superior_code")
        field = self.fields["superior_code"]
        assert isinstance(field, forms.ChoiceField)
        if standing and not field.valid_value(standing):  # taken off the public pages since it was chosen
            above = Movement.objects.filter(code=standing).first()
            field.choices = [*superior_choices(), (standing, str(above or standing))]

    def clean_end_condition(self) -> str:
        """The label and every page say “khi” before it: said twice when a document's own words are taken over."""
        words: str = self.cleaned_data["end_condition"]
        return re.sub(r"^khi\s+", "", words, flags=re.IGNORECASE)

    def clean_level(self) -> str:
        return self.cleaned_data["level"] or Movement.Level.DEPARTMENT

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("superior") and given.get("superior_code"):
            self.add_error("superior_code", "Xin giữ một trong hai: văn bản của cấp trên, hoặc phong trào ở đây.")
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Ngày kết thúc sớm hơn ngày bắt đầu.")
        if ends and given.get("end_condition"):
            self.add_error(
                "end_condition", "Đã có ngày kết thúc thì không ghi điều kiện kết thúc. Xin giữ một trong hai."
            )
        for name, field in self.fields.items():
            typed = str(field.prepare_value(given.get(name)) or "")
            if strange := undrawable(typed):
                self.add_error(
                    name, f"Bản in không có ký tự {' '.join(strange)}. Xin thay bằng chữ hoặc dấu thường dùng."
                )

    def plan(self) -> PlanFields:
        return PlanFields(**{field.name: self.cleaned_data[field.name] for field in fields(PlanFields)})

    @classmethod
    def initial_of(cls, plan: PlanFields) -> dict[str, Any]:
        return {field.name: getattr(plan, field.name) for field in fields(plan)}


def undrawable(text: str) -> list[str]:
    """The characters of a text that the font of the printed plan lacks: asked now, not after the signature."""
    from bangvang.papers import fonts  # noqa: PLC0415 (the font library stays out of start-up)

    return sorted({letter for letter in text if not letter.isspace()} - fonts.letters_of_face(fonts.chosen_face()))


class StepForm(ErrorSummaryMixin, forms.Form):
    """What a step needs besides pressing it."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, root: Root, *args: Any, **kwargs: Any) -> None:
        self.request, self.root = request, root
        kwargs.setdefault("initial", {"version": root.version})
        super().__init__(*args, **kwargs)

    def arguments(self) -> dict[str, Any]:
        """What the action takes besides the root and the actor."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"password", "confirmed"}}


class ReasonForm(StepForm):
    reason = WordsField(
        label="Lý do",
        max_length=1000,
        help_text="Người nhận đọc nguyên văn câu này.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PasswordForm(StepForm):
    """Approving asks for the password again: a screen left open must not approve."""

    password = forms.CharField(
        label="Mật khẩu của tài khoản đang dùng",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_password(self) -> str:
        user = authenticate(self.request, username=self.request.user.username, password=self.cleaned_data["password"])
        if user != self.request.user:
            raise ValidationError("Mật khẩu chưa đúng. Văn bản chưa được duyệt.")
        return ""


class NumberForm(StepForm):
    """Number and day from the agency's own register; something odd is asked back once, not decided."""

    number = forms.IntegerField(
        label="Số văn bản",
        min_value=1,
        max_value=99999,
        help_text="Theo sổ văn bản đi của cơ quan",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Số văn bản là số từ 1 đến 99999."),
    )
    issued_on = DayField(label="Ngày ban hành")
    confirmed = forms.BooleanField(label="Tôi đã xem lại sổ văn bản đi, số và ngày này đúng", required=False)

    def clean(self) -> None:
        number, day = self.cleaned_data.get("number"), self.cleaned_data.get("issued_on")
        if day and day > clock.today():
            self.add_error("issued_on", "Ngày ban hành ở sau ngày hôm nay. Xin ghi ngày đã vào sổ.")
            return
        odd = self.odd_words(number, day) if number and day else ""
        if odd and not self.cleaned_data.get("confirmed"):
            self.add_error("number", f"{odd} Nếu đúng theo sổ, xin đánh dấu xác nhận ở dưới rồi gửi lại.")

    def odd_words(self, number: int, day: datetime.date) -> str:
        """What is odd about a number beside those given before."""
        assert isinstance(self.root, Movement)
        return number_warning(self.root, number, day)


class UploadForm(ErrorSummaryMixin, forms.Form):
    file = forms.FileField(label="Bản đã ký (PDF, ảnh quét hoặc Word)", help_text="Một tệp, nhiều nhất 25 MB")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages |= {
            "required": "Chưa chọn tệp. Xin chọn bản có chữ ký rồi gửi.",
            "empty": "Tệp này rỗng. Xin chọn lại bản có chữ ký.",
        }
