"""Autosaved forms: kept on the server for their owner, gone on submit, forgotten after 30 days."""

import datetime
from typing import Any

from bangvang.kernel import clock
from bangvang.kernel.models import Draft

KEPT = datetime.timedelta(days=30)
LARGEST = 400_000  # characters of one kept form; a plan of 100 pages is about 250,000


def keep(owner_id: int, form: str, fields: dict[str, Any], *, address: str = "") -> Draft:
    """Save what was typed so far. Passwords and tokens never get in. ValueError when it is too long to keep."""
    kept = {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken" and "password" not in name}
    if sum(len(str(value)) for value in kept.values()) > LARGEST:
        raise ValueError("Phần đã gõ dài quá mức lưu tạm. Xin lưu vào hồ sơ trước rồi gõ tiếp.")
    draft, _ = Draft.objects.update_or_create(
        owner_id=owner_id, form=form, defaults={"fields": kept, "address": address, "saved_at": clock.true_now()}
    )
    return draft


def find(owner_id: int, form: str) -> Draft | None:
    """The owner's draft of this form, or None."""
    return Draft.objects.filter(owner_id=owner_id, form=form).first()


def drop(owner_id: int, form: str) -> None:
    """The form was submitted: its draft goes."""
    Draft.objects.filter(owner_id=owner_id, form=form).delete()


def forget_old() -> int:
    """Delete drafts not touched for 30 days. Returns how many went."""
    gone, _ = Draft.objects.filter(saved_at__lt=clock.true_now() - KEPT).delete()
    return gone
