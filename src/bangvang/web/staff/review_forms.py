"""Sending in a plan document, and turning the agreed texts of its review into a plan."""

from django import forms
from django.core.exceptions import ValidationError

from bangvang import vietnamese
from bangvang.movements.models import Movement
from bangvang.movements.proposals import Proposal, agreed_texts
from bangvang.web.staff.movement_forms import PlanForm
from bangvang.web.ui.forms import ErrorSummaryMixin

KIND_WORDS = {label: value for value, label in Movement.Kind.choices}
ONE_LINE = {"agency", "number", "symbol", "date", "place", "starts_on", "ends_on", "signer"}
ONLY_WITH_A_PAPER = {"agency", "number", "symbol", "date", "place", "signer"}  # facts of the paper, not of the plan


class PlanUploadForm(ErrorSummaryMixin, forms.Form):
    file = forms.FileField(
        label="Văn bản kế hoạch",
        help_text="Một tệp Word, PDF, OpenDocument, văn bản thường hoặc trang web; nhiều nhất 25 MB",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages |= {
            "required": "Chưa chọn tệp. Xin chọn văn bản kế hoạch rồi gửi.",
            "empty": "Tệp này rỗng. Xin chọn lại văn bản kế hoạch.",
        }


def trouble_of(field: str, text: str) -> str:
    """Why this text cannot stand in the field of the plan, or an empty string."""
    if field == "kind":
        return "" if text in KIND_WORDS else f"Xin chọn một trong hai: {' hoặc '.join(KIND_WORDS)}."
    if field not in PlanForm.base_fields or not text:
        return ""
    try:
        PlanForm().fields[field].clean(text)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def plan_form_of(found: list[Proposal]) -> PlanForm:
    """The form of a plan filled with the agreed texts: it checks them as if they had been typed."""
    texts = agreed_texts(found)
    given = {name: texts.get(name, "") for name in PlanForm.base_fields}
    given["kind"] = KIND_WORDS.get(given["kind"], "")
    return PlanForm(given)


def symbol_of(found: list[Proposal]) -> str:
    """The symbol that was agreed, or an empty string."""
    return vietnamese.clean(agreed_texts(found).get("symbol", ""))[:40]
