"""The verbs of the room: following a movement, a unit's report, reminding."""

from bangvang.progress.actions.digests import digest
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
    open_period,
    recall,
    send,
    send_back,
    write,
)
from bangvang.progress.actions.reviews import (
    approve_review,
    draft_review,
    edit_review,
    issue_review,
    recall_review,
    return_review,
    submit_review,
    withdraw_review,
)

__all__ = [
    "accept",
    "add_indicator",
    "add_rule",
    "approve_review",
    "attach",
    "call_off",
    "detach",
    "digest",
    "draft_of_rule",
    "draft_reminder",
    "draft_review",
    "drop_indicator",
    "drop_reminder",
    "drop_rule",
    "edit_review",
    "issue_review",
    "open_period",
    "recall",
    "recall_review",
    "release_reminder",
    "return_review",
    "send",
    "send_back",
    "submit_review",
    "withdraw_review",
    "write",
]
