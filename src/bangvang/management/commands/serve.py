"""`./bv serve`: web, worker and clock until Ctrl-C."""

import os
import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command

from bangvang.management import children, serving


class Command(BaseCommand):
    help = "Chạy trang, việc nền và đồng hồ; Ctrl-C để dừng."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
        parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1), help="số tiến trình của trang")

    def handle(self, *_: Any, host: str, port: int, workers: int, **__: Any) -> None:
        if not serving.is_free(host, port):
            self.stderr.write(f"Cổng {port} trên {host} đang có chương trình khác dùng. Chọn cổng khác: --port SỐ.")
            sys.exit(2)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write(f"Đang chạy tại http://{host}:{port}/ (Ctrl-C để dừng)")
        self.stdout.flush()
        children.keep_running(serving.parts(host, port, workers), serving.environment(), say=self.stderr.write)
        self.stdout.write("Đã dừng.")
