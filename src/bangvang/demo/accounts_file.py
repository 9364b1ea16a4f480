"""The passwords of the demo accounts, kept beside the demo's database so that a second start can show them again."""

import os
from pathlib import Path

from django.conf import settings

from bangvang.demo import department
from bangvang.people.models import User


def path() -> Path:
    return Path(settings.VAR) / "tai-khoan-minh-hoa.txt"


def write(passwords: dict[str, str]) -> None:
    """Write the file anew, readable by its owner only (mode 0600)."""
    path().unlink(missing_ok=True)
    with os.fdopen(os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("Tài khoản của bản minh hoạ (mật khẩu đặt ngẫu nhiên khi dựng)\n")
        for username, _key, shows in department.script()["accounts"]:
            name = User.objects.select_related("person").get(username=username).person
            file.write(f"{username:<12} {passwords[username]:<26} {name} – {shows}\n")


def text() -> str:
    """What the file says; when it is gone, how to get new passwords."""
    if path().exists():
        return path().read_text(encoding="utf-8").rstrip()
    return f"Không còn tệp {path()}. Dựng lại từ đầu để có mật khẩu mới: ./bv demo --fresh"
