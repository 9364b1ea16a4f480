"""The machine's clock of a started product, stopped at an instant that a proof names: a file says what `timezone.now` tells.

Nothing of the product is changed: a module that Python itself reads at its start puts the other clock beneath Django.
"""

import datetime
from pathlib import Path

from tests.databases import ROOT

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
PROGRAM = '''
"""Read by Python at its start: Django's clock tells the instant in the file, or the true one while it is empty."""
import datetime, os, pathlib
import django.utils.timezone as timezone
true_now, told_in = timezone.now, pathlib.Path(os.environ["MOVED_CLOCK"])
def now():
    told = told_in.read_text()
    return datetime.datetime.fromisoformat(told) if told else true_now()
timezone.now = now
'''


class MovedClock:
    """Lay the module down in `folder`; `environment` makes a process of the product of `src` obey it."""

    def __init__(self, folder: Path, src: Path) -> None:
        home = folder / "moved-clock"
        home.mkdir(parents=True)
        (home / "sitecustomize.py").write_text(PROGRAM, encoding="utf-8")
        self.file = folder / "instant"
        self.file.write_text("")
        self.environment = {
            "MOVED_CLOCK": str(self.file),
            "PYTHONPATH": ":".join(str(path) for path in (home, src, ROOT)),
            "BV_TODAY": "",
        }

    def set(self, day: datetime.date, hour: int = 9, minute: int = 0, second: int = 0) -> None:
        """It is this moment in Vietnam now, until it is set again."""
        moment = datetime.datetime.combine(day, datetime.time(hour, minute, second), tzinfo=VIETNAM)
        new = self.file.with_suffix(".new")
        new.write_text(moment.isoformat())
        new.replace(self.file)
