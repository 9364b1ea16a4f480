"""The verbs of the room: stories with their consents, and news."""

from bangvang.stories.actions.news import (
    add_picture,
    draft_article,
    drop_picture,
    edit_article,
    publish_article,
    recall_article,
    reopen_article,
    return_article,
    submit_article,
    withdraw_article,
)
from bangvang.stories.actions.stories import (
    draft,
    edit,
    publish,
    recall,
    record_consent,
    reopen,
    send_back,
    submit,
    withdraw,
    withdraw_consent,
)

__all__ = [
    "add_picture",
    "draft",
    "draft_article",
    "drop_picture",
    "edit",
    "edit_article",
    "publish",
    "publish_article",
    "recall",
    "recall_article",
    "record_consent",
    "reopen",
    "reopen_article",
    "return_article",
    "send_back",
    "submit",
    "submit_article",
    "withdraw",
    "withdraw_article",
    "withdraw_consent",
]
