"""The loader lives through the past: what it does on a day is stamped with that day."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def on(day: datetime.date) -> Iterator[None]:
    """Inside, kernel.clock says that it is `day`. Only for the demo load, in one process, before anything is served."""
    before = settings.ASSUMED_TODAY
    settings.ASSUMED_TODAY = day
    try:
        yield
    finally:
        settings.ASSUMED_TODAY = before
