"""What is typed about a certificate blank: its sheet, and one piece of words on it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bangvang import vietnamese
from bangvang.papers.certificates import Layout, QrSpot, Spot
from bangvang.papers.models import CertificateBlank
from bangvang.web.ui.forms import ErrorSummaryMixin, WordsField

ALIGNS = [("left", "Từ mép trái của chữ"), ("center", "Từ giữa dòng chữ"), ("right", "Từ mép phải của chữ")]


class MeasureField(forms.CharField):
    """Millimetres or points as a clerk writes them: 148,5. Gives a float, None when left empty."""

    def __init__(self, least: float, most: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return vietnamese.format_number(round(value, 2)) if isinstance(value, int | float) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            number = vietnamese.parse_number(text)
        except ValueError:
            raise ValidationError("Xin ghi bằng số, ví dụ 148,5.") from None
        if not Decimal(str(self.least)) <= number <= Decimal(str(self.most)):
            least, most = vietnamese.format_number(self.least), vietnamese.format_number(self.most)
            raise ValidationError(f"Số này phải từ {least} đến {most}.")
        return float(number)


class SheetForm(ErrorSummaryMixin, forms.Form):
    """The sheet of a blank: name, size, what the printer is off, the square."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = WordsField(label="Tên phôi", max_length=120, help_text="Ví dụ: Giấy khen cá nhân, phôi năm 2026")
    width = MeasureField(100, 500, label="Bề ngang tờ giấy (mm)", help_text="A4 nằm ngang: 297")
    height = MeasureField(100, 400, label="Bề cao tờ giấy (mm)", help_text="A4 nằm ngang: 210")
    shift_x = MeasureField(
        -30, 30, label="Dời tất cả sang phải (mm)", help_text="Máy in lệch thì chỉnh ở đây; sang trái ghi số âm"
    )
    shift_y = MeasureField(-30, 30, label="Dời tất cả xuống (mm)", help_text="Lên trên ghi số âm")
    qr_x = MeasureField(
        0,
        500,
        label="Hình vuông kiểm tra: cách mép trái (mm)",
        required=False,
        help_text="Để trống cả ba ô nếu không in",
    )
    qr_y = MeasureField(0, 400, label="Hình vuông kiểm tra: cách mép trên (mm)", required=False)
    qr_side = MeasureField(16, 60, label="Hình vuông kiểm tra: cạnh (mm)", required=False, help_text="Từ 16, để điện thoại đọc được")  # fmt: skip

    def clean(self) -> None:
        given = [name for name in ("qr_x", "qr_y", "qr_side") if self.cleaned_data.get(name) is not None]
        if given and len(given) < 3 and not any(name in self.errors for name in ("qr_x", "qr_y", "qr_side")):
            missing = next(name for name in ("qr_x", "qr_y", "qr_side") if name not in given)
            self.add_error(missing, "Xin ghi đủ ba số của hình vuông, hoặc để trống cả ba.")

    @staticmethod
    def fields_of(layout: Layout) -> dict[str, Any]:
        qr = layout.qr
        known: dict[str, Any] = {name: getattr(layout, name) for name in ("width", "height", "shift_x", "shift_y")}
        return known | ({"qr_x": qr.x, "qr_y": qr.y, "qr_side": qr.side} if qr else {})

    def layout(self, spots: tuple[tuple[str, Spot], ...]) -> Layout:
        """The sheet as typed, with the pieces that stand on it."""
        of = self.cleaned_data
        qr = QrSpot(of["qr_x"], of["qr_y"], of["qr_side"]) if of["qr_x"] is not None else None
        return Layout(of["width"], of["height"], spots, qr, of["shift_x"], of["shift_y"])


class SpotForm(ErrorSummaryMixin, forms.Form):
    """Where one piece of words stands."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    align = forms.ChoiceField(label="Toạ độ ngang tính từ đâu", choices=ALIGNS)
    x = MeasureField(0, 500, label="Cách mép trái tờ giấy (mm)", help_text="Ví dụ 148,5 là giữa tờ A4")
    y = MeasureField(0, 400, label="Cách mép trên tờ giấy (mm)", help_text="Đo đến chân dòng chữ đầu tiên")
    width = MeasureField(5, 500, label="Chỗ rộng (mm)")
    size = MeasureField(6, 72, label="Cỡ chữ")
    floor = MeasureField(6, 72, label="Cỡ chữ nhỏ nhất", help_text="Chữ dài thì thu nhỏ dần đến cỡ này")
    lines = forms.IntegerField(label="Số dòng khi chữ chưa thu nhỏ", min_value=1, max_value=6)
    most = forms.IntegerField(
        label="Số dòng nhiều nhất",
        min_value=1,
        max_value=6,
        help_text="Đã nhỏ nhất mà còn dài hơn thì hệ thống báo, không in",
    )
    bold = forms.BooleanField(label="Chữ đậm", required=False)
    italic = forms.BooleanField(label="Chữ nghiêng", required=False)

    def clean(self) -> None:
        of = self.cleaned_data
        if (of.get("floor") or 0) > (of.get("size") or 72):
            self.add_error("floor", "Cỡ nhỏ nhất lớn hơn cỡ chữ.")
        if (of.get("most") or 6) < (of.get("lines") or 1):
            self.add_error("most", "Số dòng nhiều nhất ít hơn số dòng khi chưa thu nhỏ.")

    def spot(self) -> Spot:
        return Spot(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class PrintForm(ErrorSummaryMixin, forms.Form):
    """On what paper the certificates of a decision are printed, and whose: blanks for people and collectives differ."""

    paper = forms.ChoiceField(label="In trên giấy nào", widget=forms.RadioSelect, initial="")
    subject = forms.ChoiceField(
        label="In cho ai",
        widget=forms.RadioSelect,
        required=False,
        initial="",
        choices=[
            ("", "Tập thể, hộ gia đình và cá nhân"),
            ("collective", "Chỉ tập thể"),
            ("household", "Chỉ hộ gia đình"),
            ("person", "Chỉ cá nhân"),
        ],
    )

    def __init__(self, blanks: list[CertificateBlank], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.fields["paper"]
        assert isinstance(paper, forms.ChoiceField)
        paper.required = False
        paper.choices = [
            ("", "Giấy trắng khổ A4 ngang, in cả tờ"),
            *((one.code, f"Phôi “{one.name}”") for one in blanks),
        ]
