"""What `serve` runs: the web server, the worker and the clock, each a process of its own."""

import os
import socket
import sys

from django.conf import settings

from bangvang.management.children import Child

DJANGO = [sys.executable, "-m", "django"]


def parts(host: str, port: int, workers: int) -> list[Child]:
    """The three programs. Granian answers on loopback behind the installation's own HTTPS front."""
    server = [sys.executable, "-m", "granian", "config.wsgi:application", "--interface", "wsgi", "--no-ws"]
    server += ["--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "2"]
    return [
        # A worker told to stop while it starts never ends by itself, hence the limit.
        Child("trang", [*server, "--log-level", "error", "--workers-kill-timeout", "5"]),
        Child("việc nền", [*DJANGO, "db_worker", "--interval", "0.5", "--no-startup-delay", "--no-reload", "-v0"]),
        Child("đồng hồ", [*DJANGO, "clock"]),
    ]


def environment() -> dict[str, str]:
    """The children's environment: this one, with the source on Python's path."""
    paths = [str(settings.SOURCE), *filter(None, [os.environ.get("PYTHONPATH")])]
    named = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
    return {**os.environ, **named}


def is_free(host: str, port: int) -> bool:
    """Whether the address can be listened on now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
