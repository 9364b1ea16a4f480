"""One address, BV_DATABASE, into Django's DATABASES entry."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_OPTIONS = {
    "timeout": 20,
    # Without IMMEDIATE half of concurrent writers die with "database is locked" (measured).
    "transaction_mode": "IMMEDIATE",
    # FULL: a lost commit would be a decision number given twice. secure_delete: no ballot or opinion left in free pages.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;",
}


def entry(address: str, var: Path) -> dict[str, Any]:
    """Django's database settings for an address such as sqlite:///path or postgres://user:password@host:port/name?host=/socket."""
    if not address:
        address = f"sqlite:///{var / 'bangvang.sqlite3'}"
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        name = unquote(parts.path)[1:] if parts.path.startswith("//") else unquote(parts.path)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": dict(SQLITE_OPTIONS),
            "ATOMIC_REQUESTS": False,
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": options.pop("port", str(parts.port or "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "ATOMIC_REQUESTS": False,
            "OPTIONS": options,
        }
    raise ValueError(f"BV_DATABASE không đọc được: cần sqlite:///… hoặc postgres://…, nhận được “{parts.scheme}://”.")
