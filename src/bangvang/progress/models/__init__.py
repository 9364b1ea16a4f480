"""The nouns of the room: what a movement is followed by, facts about how its criteria are kept, scores, years, reviews."""

from bangvang.progress.models.conduct import Observation
from bangvang.progress.models.following import (
    Figure,
    Indicator,
    Period,
    Reminder,
    ReminderRule,
    Report,
    ReportFile,
    Review,
)
from bangvang.progress.models.scores import Mark, ScoreItem, ScoreSheet
from bangvang.progress.models.years import IndicatorYear, SocialWork

__all__ = [
    "Figure",
    "Indicator",
    "IndicatorYear",
    "Mark",
    "Observation",
    "Period",
    "Reminder",
    "ReminderRule",
    "Report",
    "ReportFile",
    "Review",
    "ScoreItem",
    "ScoreSheet",
    "SocialWork",
]
