"""Refusing a file that is too large while it streams in: nothing is kept of it, and the words say how large was allowed."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

from bangvang.papers import actions as stored
from bangvang.papers.models import StoredFile


class RefusingUploadHandler(TemporaryFileUploadHandler):
    """Stops at settings.UPLOAD_LIMIT bytes a file. The view sees its name as `request.too_large` and answers in words."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        if start + len(raw_data) > settings.UPLOAD_LIMIT:
            self.request.too_large = self.file_name  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)


def refusal_of_size(request: Any) -> str:
    """The sentence for a file over the limit, or an empty string. Ask after request.FILES was read."""
    if not (name := getattr(request, "too_large", "")):
        return ""
    most = settings.UPLOAD_LIMIT // (1024 * 1024)
    sent = int(request.META.get("CONTENT_LENGTH") or 0) // (1024 * 1024)
    return f"Tệp “{name}” nặng khoảng {sent} MB, quá mức {most} MB. Chưa có gì bị mất; xin chia nhỏ hoặc nén ảnh rồi gửi lại."


def taken_in(request: Any, form: Any) -> StoredFile | None:
    """The file of a form's field `file`, taken in to be looked at; None when the form says why not."""
    if told := refusal_of_size(request):
        form.errors["file"] = form.error_class([told])
        return None
    return stored.receive(form.cleaned_data["file"], by=request.actor) if form.is_valid() else None
