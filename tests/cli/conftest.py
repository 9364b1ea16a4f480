"""A real installation in a folder of its own, driven from outside as an operator does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """`manage` runs one command; `environment` holds nothing of the machine's own BV_ settings."""

    def __init__(self, var: Path, **settings: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("BV_", "DJANGO_"))}
        self.var = var
        self.environment = {**kept, "BV_VAR": str(var), "BV_LOG_LEVEL": "ERROR", "PYTHONUTF8": "1", **settings}

    @property
    def database(self) -> Path:
        return self.var / "bangvang.sqlite3"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *arguments]

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A demo that was loaded once by the real command."""
    made = Installation(tmp_path_factory.mktemp("demo"), BV_DEMO="1")
    loaded = made.manage("demo", "--no-serve")
    assert loaded.returncode == 0, loaded.stderr
    return made


@pytest.fixture
def real(tmp_path: Path) -> Installation:
    """An installation that works for real, still without tables."""
    return Installation(tmp_path, BV_SECRET_KEY="only for this test " * 4, BV_HTTPS="0")
