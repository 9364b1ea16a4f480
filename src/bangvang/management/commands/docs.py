"""./bv manage docs [--check]: print the pages of docs/ that come from the code."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bangvang.management import pages
from config.settings import SOURCE


class Command(BaseCommand):
    help = "In các trang tài liệu sinh từ mã nguồn vào docs/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ so sánh; mã thoát 1 khi trang nào đã cũ")

    def handle(self, *_: Any, check: bool, **__: Any) -> None:
        folder = Path(SOURCE).parent / "docs"
        old = {name: text for name, text in pages.generated().items() if pages.text_of(folder / name) != text}
        if check and old:
            raise CommandError(f"Đã cũ, xin chạy ./bv manage docs: {', '.join(old)}", returncode=1)
        for name, text in old.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/{name}")
