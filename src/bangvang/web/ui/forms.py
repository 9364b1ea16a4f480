"""Form fields as a clerk types: dates dd/mm/yyyy, lists one item a line, pairs with a colon or a bracket."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bangvang import vietnamese

NOTE = re.compile(r"^(?P<name>.*?)\s*\((?P<note>b/c|t/h|p/h|để b/c|để t/h|để biết)\)\s*$", re.IGNORECASE)


class ErrorSummaryMixin(forms.BaseForm):
    """The errors of a form as (field id, label, sentence), for the list of links above it; and messages in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"Xin ghi {lower_first(str(field.label))}."

    def error_summary(self) -> list[tuple[str, str, str]]:
        summary = []
        for name, texts in self.errors.items():
            known = name in self.fields
            place = (self[name].id_for_label, str(self[name].label)) if known else ("", "")
            summary += [(*place, str(text)) for text in texts]
        return summary


def lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


class DayField(forms.CharField):
    """A day typed as 05/01/2026 into a text field: browsers' own date fields follow the browser's language, not ours."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Ví dụ 05/01/2026")
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return vietnamese.format_date(value) if isinstance(value, datetime.date) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, datetime.date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return vietnamese.parse_date(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None


class YearField(forms.IntegerField):
    """A year in four digits."""

    def __init__(self, **kwargs: Any) -> None:
        words = dict.fromkeys(("invalid", "min_value", "max_value"), "Năm ghi bằng bốn chữ số, từ 1950 đến 2100.")
        super().__init__(min_value=1950, max_value=2100, error_messages=words, **kwargs)


class WordsField(forms.CharField):
    """One line of text, cleaned (NFC, Đ, spaces)."""

    def to_python(self, value: Any) -> str:
        return vietnamese.clean(super().to_python(value) or "")


class LinesField(forms.CharField):
    """Several items, one a line; numbers and dashes that were pasted along are dropped. Gives a tuple.

    `longest` is what the database takes of one item, in characters; None when it takes any length.
    """

    widget = forms.Textarea
    marker = re.compile(r"^(?:[-+•*–]|\(?\d{1,2}[.)]|[a-zđ]\))\s+")

    def __init__(self, *, rows: int = 4, longest: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest
        self.widget.attrs["rows"] = rows

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(self.join(item) for item in value) if isinstance(value, tuple | list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return value
        lines = (vietnamese.clean(line) for line in (super().to_python(value) or "").splitlines())
        return tuple(self.split(self.marker.sub("", line)) for line in lines if line)

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"])

    def run_validators(self, value: Any) -> None:
        """A list has no single length: each item is measured."""
        for place, item in enumerate(value, start=1):
            length = len(self.measured(item))
            if self.longest is not None and length > self.longest:
                raise ValidationError(
                    f"Dòng {place} dài {length} chữ cái, nhiều nhất {self.longest}. Xin viết gọn lại."
                )

    def measured(self, item: Any) -> str:
        """The part of an item whose length is limited."""
        return str(item)

    def split(self, line: str) -> Any:
        return line

    def join(self, item: Any) -> str:
        return str(item)


class ReadLinesField(LinesField):
    """Lines that are more than words: `read` makes an item of one (ValueError says what is wrong), str() gives it back.
    The first part of an item is the one whose length is limited."""

    def __init__(self, *, read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def split(self, line: str) -> Any:
        try:
            return self.read(line)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def measured(self, item: Any) -> str:
        return str(item[0])


class ReadField(WordsField):
    """One line that is more than words; None when it is empty."""

    def __init__(self, *, read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else str(value)

    def to_python(self, value: Any) -> Any:
        if not (text := super().to_python(value)):
            return None
        try:
            return self.read(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def run_validators(self, value: Any) -> None:
        """`read` was the check."""


class RecipientsField(LinesField):
    """Lines of "name (b/c)"; gives a tuple of (name, note)."""

    def split(self, line: str) -> tuple[str, str]:
        line = line.rstrip(" ;.")
        found = NOTE.match(line)
        return (found["name"].strip(), found["note"].lower()) if found else (line, "")

    def measured(self, item: Any) -> str:
        return str(item[0])

    def join(self, item: Any) -> str:
        name, note = item
        return f"{name} ({note})" if note else str(name)
