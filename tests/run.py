"""`./bv test`: the tests on SQLite, on a real PostgreSQL and in Chromium, with one plain last line.

Arguments are pytest's. `--quick` runs SQLite only. What could not run is named with its reason.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import postgresql  # noqa: E402  (after the path is set)

LIMIT_SECONDS = 1800  # one run that hangs is killed and counts as failed; beside a proof a run takes twice as long
NO_TESTS = 5  # pytest's exit code


@dataclass
class Tally:
    """What one pytest run counted."""

    name: str
    passed: int = 0
    failed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)  # why tests were skipped
    absent: str = ""  # why the whole run could not take place

    @property
    def skipped(self) -> int:
        return self.reasons.total()

    def line(self) -> str:
        if self.absent:
            return f"{self.name}: not run: {self.absent}"
        return f"{self.name}: {self.passed} passed / {self.failed} failed / {self.skipped} skipped"


def main(arguments: list[str]) -> int:
    quick = "--quick" in arguments
    arguments = [argument for argument in arguments if argument != "--quick"]
    with tempfile.TemporaryDirectory(prefix="bv-test-") as name:
        folder = Path(name)
        tallies = [on_sqlite(folder, arguments)]
        if not quick:
            tallies += [on_postgresql(folder, arguments), in_browser(folder, arguments)]
    return close(tallies)


def close(tallies: list[Tally]) -> int:
    print()
    for tally in tallies:
        print(tally.line())
    for tally in tallies:
        for reason, count in sorted(tally.reasons.items()):
            print(f"  skipped in {tally.name}: {count} × {reason}")
    passed, failed, skipped = (sum(getattr(tally, key) for tally in tallies) for key in ("passed", "failed", "skipped"))
    if not passed and not failed:
        print("No test was selected.")
        failed = 1
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed else 0


def on_sqlite(folder: Path, arguments: list[str]) -> Tally:
    return pytest_run("SQLite", "sqlite", folder, f"sqlite:///{folder / 'test.sqlite3'}", [*PARALLEL, *arguments])


def on_postgresql(folder: Path, arguments: list[str]) -> Tally:
    try:
        with postgresql.server() as address:
            return pytest_run("PostgreSQL", "postgresql", folder, address, [*PARALLEL, *arguments])
    except postgresql.NoServer as problem:
        return Tally("PostgreSQL", absent=str(problem))


def in_browser(folder: Path, arguments: list[str]) -> Tally:
    chromium = find_chromium()
    if chromium is None:
        return Tally("browser", absent="không thấy Chromium (apt-get install -y chromium)")
    os.environ["CHROMIUM"] = chromium
    return pytest_run("browser", "browser", folder, f"sqlite:///{folder / 'browser.sqlite3'}", arguments)


PARALLEL = ["-n", str(min(4, os.cpu_count() or 1))]


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def pytest_run(name: str, run: str, folder: Path, database: str, arguments: list[str]) -> Tally:
    print(f"── {name} ──", flush=True)
    report = folder / f"{run}.xml"
    environment = {
        **os.environ,
        "BV_TEST_RUN": run,
        "BV_DATABASE": database,
        "BV_VAR": str(folder / f"var-{run}"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.selection", f"--junitxml={report}", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        code = process.wait(timeout=LIMIT_SECONDS)
    except BaseException as stop:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if not isinstance(stop, subprocess.TimeoutExpired):
            raise
        print(f"{name}: stopped after {LIMIT_SECONDS} s", flush=True)
        code = -signal.SIGKILL
    return count(name, report, code)


def count(name: str, report: Path, code: int) -> Tally:
    """Read pytest's report; a run that ended badly without a counted failure (a crash, a plugin) is one failure."""
    tally = Tally(name)
    if report.exists():
        for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314  (written by our own pytest)
            skipped = case.find("skipped")
            if case.find("failure") is not None or case.find("error") is not None:
                tally.failed += 1
            elif skipped is not None:
                tally.reasons[skipped.get("message") or "?"] += 1
            else:
                tally.passed += 1
    if code not in (0, NO_TESTS) and not tally.failed:
        tally.failed = 1
    return tally


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is also ended
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
