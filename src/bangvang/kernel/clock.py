"""The only reader of the clock. Everything below the doors takes the day as an argument."""

import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime.datetime:
    """The present instant (aware). In a demo with an assumed day: that day at the present time of day."""
    instant = timezone.now()
    assumed = settings.ASSUMED_TODAY
    if assumed is None:
        return instant
    local = timezone.localtime(instant)
    return local.replace(year=assumed.year, month=assumed.month, day=assumed.day)


def today() -> datetime.date:
    """The present day in Vietnam, or the assumed day of a demo."""
    return timezone.localtime(now()).date()


def true_now() -> datetime.datetime:
    """The machine's own time, for leases and time-outs that an assumed day must not touch."""
    return timezone.now()
