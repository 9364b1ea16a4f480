"""The verbs of the room: following a movement, a unit's report, reminding."""

from bangvang.progress.actions.reminders import (
    add_rule,
    draft_of_rule,
    draft_reminder,
    drop_reminder,
    drop_rule,
    release_reminder,
)
from bangvang.progress.actions.reports import (
    accept,
    add_indicator,
    attach,
    call_off,
    detach,
    drop_indicator,
    extend_period,
    open_period,
    recall,
    send,
    send_back,
    write,
)

__all__ = [
    "accept",
    "add_indicator",
    "add_rule",
    "attach",
    "call_off",
    "detach",
    "draft_of_rule",
    "draft_reminder",
    "drop_indicator",
    "drop_reminder",
    "drop_rule",
    "extend_period",
    "open_period",
    "recall",
    "release_reminder",
    "send",
    "send_back",
    "write",
]
