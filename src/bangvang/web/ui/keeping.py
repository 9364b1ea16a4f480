"""Long forms: the autosaved draft, the form that came after the session ended, the version a form was opened with."""

from collections.abc import Mapping
from typing import Any

from bangvang.kernel import drafts
from bangvang.kernel.models import Draft
from bangvang.web.ui.actors import StaffRequest
from bangvang.web.ui.sessions import kept_form


def kept(request: StaffRequest, name: str) -> dict[str, Any]:
    """What to fill the form with instead of the saved text, when the address asks for it; else nothing."""
    late = "giu-lai" in request.GET
    if not late and "nhap" not in request.GET:
        return {}
    found = drafts.find(request.user.pk, kept_form(request.path) if late else name)
    rows = found.fields.items() if found else ()
    return {key: value[0] if isinstance(value, list) and value else value for key, value in rows}


def draft_of(request: StaffRequest, name: str) -> Draft | None:
    """The autosaved draft to offer on an opened form."""
    return drafts.find(request.user.pk, name) if request.method == "GET" and "nhap" not in request.GET else None


def forget(request: StaffRequest, name: str) -> None:
    """The form was taken: its draft and its late copy go."""
    drafts.drop(request.user.pk, name)
    drafts.drop(request.user.pk, kept_form(request.path))


def version_of(source: Mapping[str, Any]) -> int:
    """The version that a form was opened with; text kept from before brings its own, so that it cannot overwrite unseen."""
    text = str(source.get("version", ""))
    return int(text) if text.isdecimal() else 0
