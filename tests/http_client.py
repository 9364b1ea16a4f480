"""A browser in forty lines of standard library: cookies, redirects, the forms of a page, files. One per person."""

import http.cookiejar
import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

from tests import pages

FileSent = tuple[str, bytes]  # name, content


@dataclass(frozen=True)
class Answer:
    """What came back at the end of the redirects."""

    status: int
    address: str  # path and query
    headers: dict[str, str]
    body: bytes

    @property
    def page(self) -> pages.Page:
        return pages.read(self.body.decode())

    @property
    def words(self) -> str:
        return self.page.words


class Person:
    """Somebody at a browser; `address` is where the server listens, such as http://127.0.0.1:8000."""

    def __init__(self, address: str) -> None:
        self.server = address
        self.cookies = http.cookiejar.CookieJar()
        jar = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)

    def get(self, path: str) -> Answer:
        return self._send(urllib.request.Request(urljoin(self.server, path)))  # noqa: S310 (loopback)

    def post(self, path: str, fields: Mapping[str, str | list[str]], file: FileSent | None = None) -> Answer:
        """Send fields, and a file in the field `file`, as a browser would. A list: several ticks under one name."""
        body, kind = (
            _multipart(fields, file)
            if file
            else (urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded")
        )
        headers = {"Content-Type": kind, "Origin": self.server, "Referer": urljoin(self.server, path)}
        return self._send(urllib.request.Request(urljoin(self.server, path), body, headers))  # noqa: S310 (loopback)

    def press(self, path: str, **typed: str) -> Answer:
        """Open a page, type into the form that has these fields and send it. LookupError when the page has no such form."""
        return self.send(self.get(path), **typed)

    def send(self, opened: Answer, **typed: str) -> Answer:
        """Fill the form of a page opened before. A second call sends the very same form again: a double press."""
        return self._fill(opened, typed, None)

    def attach(self, path: str, file: FileSent, **typed: str) -> Answer:
        """Open a page, choose a file in its form, type into its other fields and send it."""
        return self._fill(self.get(path), typed, file)

    def _fill(self, opened: Answer, typed: dict[str, str], file: FileSent | None) -> Answer:
        wanted = {*typed, *(["file"] if file else [])}
        for form in opened.page.forms:
            if form.method == "post" and wanted <= set(form.names) and "Đăng xuất" not in form.buttons:
                return self.post(urljoin(opened.address, form.action), {**form.fields, **typed}, file)
        raise LookupError(f"{opened.address} ({opened.status}): no form with {sorted(wanted)}: {opened.words[:300]}")

    def log_in(self, username: str, password: str) -> Answer:
        return self.press("/dang-nhap/", username=username, password=password)

    def lose_session(self) -> None:
        """The session's cookie is gone, as after the idle lock; the rest of the browser stays."""
        for cookie in [cookie for cookie in self.cookies if cookie.name == "bv_session"]:
            self.cookies.clear(cookie.domain, cookie.path, cookie.name)

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            reply = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as refused:
            reply = refused
        with reply:
            parts = urlsplit(reply.geturl())
            where = parts.path + (f"?{parts.query}" if parts.query else "")
            return Answer(reply.status or 0, where, dict(reply.headers), reply.read())


def _multipart(fields: Mapping[str, str | list[str]], file: FileSent) -> tuple[bytes, str]:
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    name, content = file
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename={json.dumps(name)}\r\n'
    parts += [head.encode(), b"Content-Type: application/octet-stream\r\n\r\n", content, b"\r\n"]
    return b"".join([*parts, f"--{mark}--\r\n".encode()]), f"multipart/form-data; boundary={mark}"
