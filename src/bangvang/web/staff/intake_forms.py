"""Forms of a batch: the file, the meaning of its columns, one row, who somebody is."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from bangvang import vietnamese
from bangvang.dossiers.models import Dossier
from bangvang.intake import queries
from bangvang.intake.models import Batch, Row
from bangvang.people.models import Person
from bangvang.reading.roster.columns import MEANINGS
from bangvang.web.ui.forms import ErrorSummaryMixin, WordsField

SAID_ONCE = ("year", "paper_number", "paper_on", "issuer", "unit", "award")  # what a paper says once for all its rows
FIELDS: dict[str, tuple[str, ...]] = {
    Batch.Kind.AWARDS: (
        "name", "sex", "born", "title", "unit", "award", "year", "paper_number", "paper_on", "issuer", "note",
    ),
    Batch.Kind.NOMINEES: ("name", "born", "award", "year", "votes_for", "votes_total", "achievement", "address"),
    Batch.Kind.STAFF: ("name", "sex", "born", "title", "unit", "since"),
}  # fmt: skip
FIELDS[Batch.Kind.DECISION] = FIELDS[Batch.Kind.AWARDS]
USEFUL: dict[str, frozenset[str]] = {
    kind: frozenset(
        {
            *names,
            "number",
            "family",
            "honorific",
            "male_born",
            "female_born",
            "subject",
            "grade",
            "paper",
            "votes",
            "private",
        }
    )
    for kind, names in FIELDS.items()
}


class BatchForm(ErrorSummaryMixin, forms.Form):
    """A list to send in. Kinds are those that the actor may send."""

    file = forms.FileField(
        label="Tệp danh sách",
        help_text="Excel (.xlsx), Word có bảng (.docx) hoặc .csv; quyết định thì Word hoặc PDF; nhiều nhất 25 MB",
    )
    kind = forms.ChoiceField(label="Đây là danh sách gì", widget=forms.RadioSelect)
    source = WordsField(
        label="Nơi lập danh sách",
        max_length=200,
        required=False,
        help_text="Ví dụ: Phòng Quản lý ngân sách. Lần sau máy nhớ nghĩa các cột của nơi này.",
    )

    def __init__(self, kinds: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, label) for value, label in Batch.Kind.choices if value in kinds]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["kind"].error_messages["required"] = "Xin chọn một loại danh sách."
        self.fields["file"].error_messages |= {"required": "Chưa chọn tệp.", "empty": "Tệp này rỗng. Xin chọn lại."}
        if len(choices) == 1:
            self.fields["kind"].initial = choices[0][0]


def choices_for(kind: str) -> list[tuple[str, str]]:
    """The meanings that a column of such a list may be given."""
    return [("", "Không dùng cột này"), *((name, MEANINGS[name][0]) for name in MEANINGS if name in USEFUL[kind])]


def columns_of(batch: Batch) -> Iterator[dict[str, Any]]:
    """Every sheet with its columns for the page: title, samples, meaning, how sure the reader was."""
    for head in batch.heads:
        sheet = str(head["sheet"])
        mapping = batch.mapping.get(sheet, {})
        columns = [
            {
                **column,
                "field": f"c{sheet}-{column['at']}",
                "chosen": mapping.get(str(column["at"]), ""),
                "samples": [
                    row[column["at"]] for row in head["samples"] if column["at"] < len(row) and row[column["at"]]
                ],
            }
            for column in head["columns"]
            if column["title"] or any(column["at"] < len(row) and row[column["at"]] for row in head["samples"])
        ]
        said = batch.defaults.get(sheet, {})
        once = [
            {
                "name": name,
                "field": f"d{sheet}-{name}",
                "label": MEANINGS[name][0],
                "value": shown(name, said.get(name, "")),
            }
            for name in SAID_ONCE
            if name in USEFUL[batch.kind]
        ]
        yield {
            "sheet": sheet,
            "name": head["name"],
            "titles": head["titles"],
            "decision": head.get("decision"),
            "columns": columns,
            "once": once,
        }


def shown(name: str, value: str) -> str:
    """A value said once, as a person types it: days as dd/mm/yyyy."""
    return vietnamese.format_date(vietnamese.parse_date(value)) if name == "paper_on" and value else value


def agreed(batch: Batch, given: Mapping[str, str]) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Mapping and defaults as sent by the page of columns; raises ValueError with words for a day that is none."""
    mapping: dict[str, dict[str, str]] = {}
    defaults: dict[str, dict[str, str]] = {}
    allowed = {name for name, _ in choices_for(batch.kind)}
    for head in batch.heads:
        sheet = str(head["sheet"])
        chosen = {str(column["at"]): given.get(f"c{sheet}-{column['at']}", "") for column in head["columns"]}
        mapping[sheet] = {at: name for at, name in chosen.items() if name and name in allowed}
        words = {name: vietnamese.clean(given.get(f"d{sheet}-{name}", ""))[:200] for name in SAID_ONCE}
        if words["paper_on"]:
            vietnamese.parse_date(words["paper_on"])
        defaults[sheet] = {name: word for name, word in words.items() if word}
    return mapping, defaults


class RowForm(forms.Form):
    """The words of one row; a field that cannot be taken carries its reason."""

    def __init__(self, row: Row, words: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = {name: before(row, words, name) for name in FIELDS[row.batch.kind]}
        why = {reason["field"]: reason["why"] for reason in row.reasons}
        first = True
        for name in FIELDS[row.batch.kind]:
            longest = 20_000 if name == "achievement" else 200
            field = WordsField(label=MEANINGS[name][0], required=False, max_length=longest, initial=self.before[name])
            if name == "achievement":
                field.widget = forms.Textarea(attrs={"rows": 3})
            if name in ("award", "name", "unit"):
                field.widget.attrs["list"] = f"known-{name}"
            reason = why.get(name) or ("votes" in why and name == "votes_for" and why["votes"])
            reason = reason or (why.get("grade") if name == "award" else None)
            if reason and first:
                field.widget.attrs["autofocus"] = True
                first = False
            field.why = reason or ""  # type: ignore[attr-defined]
            field.widget.attrs["autocomplete"] = "off"
            self.fields[name] = field

    def rows(self) -> list[tuple[Any, str]]:
        """Each field with the reason why its words cannot be taken."""
        return [(self[name], getattr(field, "why", "")) for name, field in self.fields.items()]

    def changed(self) -> dict[str, str]:
        """What was typed anew, as corrections. Number and day of a decision that stood in one cell go together."""
        given = {name: words for name, words in self.cleaned_data.items() if words != self.before[name]}
        if {"paper_number", "paper_on"} & set(given):
            given |= {name: self.cleaned_data[name] for name in ("paper_number", "paper_on") if self.cleaned_data[name]}
        return given


def before(row: Row, words: Mapping[str, str], name: str) -> str:
    """What a field of a row says now."""
    if name == "name":
        return row.name_then or words.get("name", "")
    if name == "paper_number" and "paper_number" not in words:
        return row.paper_number
    if name == "paper_on" and "paper_on" not in words:
        return vietnamese.format_date(row.paper_on) if row.paper_on else ""
    if name in ("votes_for", "votes_total") and name not in words:
        return str(row.more.get(name, ""))
    if name == "award":
        return words.get("award") or words.get("grade", "")
    if name == "born":
        return words.get("born") or words.get("male_born") or words.get("female_born", "")
    return words.get(name, "")


class WhoForm(ErrorSummaryMixin, forms.Form):
    """Who somebody of the list is: one of those who are alike, or a new person."""

    who = forms.ChoiceField(label="Người này là ai", widget=forms.RadioSelect)
    sex = forms.ChoiceField(
        label="Nếu là người mới: nam hay nữ", required=False, choices=[("", "Chưa chọn"), *Person.Sex.choices]
    )

    def __init__(self, choices: list[tuple[str, str]], with_new: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new = [("new", "Người khác: ghi thành người mới")] if with_new else []
        self.fields["who"].choices = [*choices, *new]  # type: ignore[attr-defined]
        self.fields["who"].error_messages["required"] = "Xin chọn một câu trả lời."
        if not with_new:
            del self.fields["sex"]


def open_dossiers(found: Any) -> list[Dossier]:
    """Dossiers that still take nominations."""
    return list(found.filter(state__in=Dossier.OPEN_STATES).select_related("unit", "movement"))


def known_awards() -> list[str]:
    return [label for _, label in queries.award_choices()]
