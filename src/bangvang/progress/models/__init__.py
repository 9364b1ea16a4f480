"""The nouns of the room: what a movement is followed by, and facts about how its criteria are kept."""

from bangvang.progress.models.conduct import Observation
from bangvang.progress.models.following import Figure, Indicator, Period, Reminder, ReminderRule, Report, ReportFile

__all__ = [
    "Figure",
    "Indicator",
    "Observation",
    "Period",
    "Reminder",
    "ReminderRule",
    "Report",
    "ReportFile",
]
