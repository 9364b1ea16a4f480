"""A published piece as clean HTML for the agency's own portal: to copy from the page, or to take along as a file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from bangvang import vietnamese
from bangvang.web.staff.files import as_attachment
from bangvang.web.ui.actors import StaffRequest


def clean_html(request: StaffRequest, template: str, context: dict[str, Any], address: str) -> str:
    """The piece in HTML without classes, scripts or anything but what the public page says; `address` is that page's."""
    site = request.build_absolute_uri("/").rstrip("/")
    drawn = render_to_string(template, {**context, "site": site, "address": site + address})
    return vietnamese.nfc("\n".join(line.strip() for line in drawn.splitlines() if line.strip())) + "\n"


def paste_page(
    request: StaffRequest, html: str, *, title: str, crumbs: list[tuple[str, str]], file: str
) -> HttpResponse:
    """The HTML in a field to copy from, with the way to the file."""
    context = {"html": html, "about": title, "crumbs": crumbs, "file": file, "rows": min(html.count("\n") + 2, 24)}
    return render(request, "staff/news/paste.html", context)


def paste_file(html: str, title: str) -> HttpResponse:
    name = vietnamese.file_stem(title.replace(" ", "-"))[:60] or "bai"
    return as_attachment(html.encode(), f"{name}.html")


def address_of(kind: str, code: str) -> str:
    return reverse(f"portal:{kind}", args=[code])
