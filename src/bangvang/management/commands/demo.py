"""`./bv demo`: the demo department, then the product on loopback."""

import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command

from bangvang.demo import accounts_file, build, start


class Command(BaseCommand):
    help = "Dựng sở mẫu và mở trang dùng thử."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="dừng sau khi nạp, in số liệu")
        parser.add_argument("--today", metavar="NGÀY", help=f"ngày giả định (mặc định {start.USUAL_DAY})")
        parser.add_argument("--port", type=int, default=8000, help="cổng trên 127.0.0.1")
        parser.add_argument("--fresh", action="store_true", help="dựng lại từ đầu, bỏ hết những gì đã thử")

    def handle(self, *_: Any, no_serve: bool, today: str | None, port: int, fresh: bool, **__: Any) -> None:
        try:
            self.stdout.write(str(start.prepare(today, anew=fresh)))
        except build.NotADemo as refusal:
            self.stderr.write(str(refusal))
            sys.exit(2)
        if not no_serve:
            self.stdout.write(f"\n{accounts_file.text()}\n")
            call_command("serve", port=port)
