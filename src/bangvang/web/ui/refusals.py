"""Refused and Overtaken become pages that say why, who and what next. No traceback reaches a person."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bangvang.kernel.workflow import Overtaken, Refused
from bangvang.web.ui.story import sentence


class RefusalMiddleware:
    """One place where a refusal is put into words on a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            page = render(request, "ui/only_button.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "ui/refused.html", {"verdict": exception.verdict, "back": request.path}, status=409)
        if isinstance(exception, Overtaken):
            last = exception.last
            told = sentence(last) if last else None
            return render(request, "ui/overtaken.html", {"told": told, "back": back_of(request)}, status=409)
        if isinstance(exception, OperationalError) and "locked" in str(exception):
            return render(request, "ui/busy.html", {"back": request.path}, status=503)
        return None


def back_of(request: HttpRequest) -> str:
    """The page of the thing whose step was asked: the address without its last part."""
    return request.path.rstrip("/").rsplit("/", 1)[0] + "/"
