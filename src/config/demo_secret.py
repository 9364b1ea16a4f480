"""A demo needs no set-up: it makes its own random key once and keeps it beside its data."""

import os
import secrets
from pathlib import Path


def kept_in(var: Path) -> str:
    """The key of this demo (mode 0600). Two processes that start together end with the same one."""
    kept, mine = var / "demo-secret", var / f"demo-secret.{os.getpid()}"
    if not kept.exists():
        with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(mine, kept)
        except FileExistsError:
            pass  # the other process was first
        finally:
            mine.unlink()
    return kept.read_text()
