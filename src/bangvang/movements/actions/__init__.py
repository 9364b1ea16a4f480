"""The verbs of the room: the plan's, the review's of a plan that was read, roll-out's and registration's."""

from bangvang.movements.actions.plan import (
    approve,
    cancel,
    draft,
    edit,
    hide,
    issue,
    publish,
    recall,
    record_approval,
    send_back,
    submit,
    withdraw,
)
from bangvang.movements.actions.registration import (
    accept_registration,
    recall_registration,
    register,
    register_many,
    return_registration,
    send_registration,
    unregister,
)
from bangvang.movements.actions.review import answer, drop_review, open_review, report_record, use_review
from bangvang.movements.actions.roll_out import Charge, acknowledge, finish_assignment, remind, roll_out

__all__ = [
    "Charge",
    "accept_registration",
    "acknowledge",
    "answer",
    "approve",
    "cancel",
    "draft",
    "drop_review",
    "edit",
    "finish_assignment",
    "hide",
    "issue",
    "open_review",
    "publish",
    "recall",
    "recall_registration",
    "record_approval",
    "register",
    "register_many",
    "remind",
    "report_record",
    "return_registration",
    "roll_out",
    "send_back",
    "send_registration",
    "submit",
    "unregister",
    "use_review",
    "withdraw",
]
