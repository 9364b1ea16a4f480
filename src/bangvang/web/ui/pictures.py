"""A picture as an answer: a browser draws it and never runs it."""

from django.http import Http404, HttpResponse


def as_picture(drawn: tuple[bytes, str] | None) -> HttpResponse:
    """Content and type as an answer, or 404 where there is none."""
    if drawn is None:
        raise Http404
    content, kind = drawn
    response = HttpResponse(content, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
