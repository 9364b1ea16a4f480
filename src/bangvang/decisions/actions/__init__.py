"""The verbs of the room."""

from bangvang.decisions.actions.copy import accept_difference, confirm_copy, receive_copy
from bangvang.decisions.actions.issue import issue
from bangvang.decisions.actions.printing import print_certificates
from bangvang.decisions.actions.steps import (
    approve,
    cancel,
    check_money,
    draft,
    edit,
    hide,
    number,
    publish,
    recall,
    renumber,
    send_back,
    submit,
    suggested,
    withdraw,
)

__all__ = [
    "accept_difference",
    "approve",
    "cancel",
    "check_money",
    "confirm_copy",
    "draft",
    "edit",
    "hide",
    "issue",
    "number",
    "print_certificates",
    "publish",
    "recall",
    "receive_copy",
    "renumber",
    "send_back",
    "submit",
    "suggested",
    "withdraw",
]
