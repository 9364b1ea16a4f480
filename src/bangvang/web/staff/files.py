"""Received files: their state while they are checked, and the download, always as an attachment."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from bangvang.kernel.models import Root
from bangvang.papers import blocks
from bangvang.papers.models import Paper, StoredFile
from bangvang.web.ui.actors import StaffRequest

KINDS = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def as_attachment(content: bytes, name: str) -> HttpResponse:
    """A file that a browser saves and never runs: attachment, nosniff, sandbox; the name in ASCII and in UTF-8."""
    response = HttpResponse(content, content_type=KINDS.get(name.rsplit(".", 1)[-1], "application/octet-stream"))
    plain = name.encode("ascii", "ignore").decode() or "tep"
    response["Content-Disposition"] = (
        f"attachment; filename=\"{plain.replace(chr(34), '')}\"; filename*=UTF-8''{quote(name)}"
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def as_drawn(paper: blocks.Paper, name: str, format_: str) -> HttpResponse:
    """A paper as it would look now, as Word or PDF; nothing is kept. Any other format is not found."""
    if format_ not in Paper.Format.values:
        raise Http404
    from bangvang.papers import docx, pdf  # noqa: PLC0415 (slow libraries stay out of start-up)

    writer = {"docx": docx.write, "pdf": pdf.write}[format_]
    return as_attachment(writer(paper), f"{name}.{format_}")


def kept_paper(about: Root, order: str, format_: str) -> HttpResponse:
    """A paper that was made about this thing, byte for byte as it was made."""
    made = get_object_or_404(
        Paper.objects.select_related("file"),
        order__code=order,
        order__about_kind=about.root_kind,
        order__about_id=about.pk,
        format=format_,
    )
    return as_attachment(made.file.path.read_bytes(), made.file.name)


def _mine(request: StaffRequest, code: str) -> StoredFile:
    return get_object_or_404(StoredFile, code=code, received_from=request.user)


def one(request: StaffRequest, code: str) -> HttpResponse:
    """The state of one's own file: the part that the waiting page asks for again by itself, or a page of its own."""
    file = _mine(request, code)
    template = "staff/files/_state.html" if request.htmx else "staff/files/one.html"
    response = render(request, template, {"file": file})
    if request.htmx and file.state != StoredFile.State.WAITING:
        response["HX-Refresh"] = "true"  # what can be done with the file stands on the page around this line
    return response


def download(request: StaffRequest, code: str) -> HttpResponse:
    file = get_object_or_404(StoredFile, code=code, received_from=request.user, state=StoredFile.State.USABLE)
    return as_attachment(file.path.read_bytes(), file.name)
