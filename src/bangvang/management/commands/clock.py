"""The clock process: lost jobs again, the nightly seal. `serve` starts it; a second one waits for its lease."""

import signal
import threading
import uuid
from typing import Any

from django.core.management import BaseCommand
from django.db import close_old_connections

from bangvang.kernel import ticking


class Command(BaseCommand):
    help = "Đồng hồ của hệ thống: nối lại việc dở, niêm phong hằng đêm."
    requires_system_checks = []

    def handle(self, *_: Any, **__: Any) -> None:
        stop, token = threading.Event(), uuid.uuid4()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            ticking.tick(token)
            close_old_connections()
            stop.wait(ticking.PAUSE)
        ticking.rest(token)
