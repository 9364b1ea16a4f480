"""Verbs that write councils and sessions, by what they are about. `from bangvang.council import actions as council`."""

from bangvang.council.actions.meeting import (
    add_lines,
    add_member,
    cancel,
    confirm_share,
    convene,
    establish,
    name_tellers,
    open_session,
    remove_line,
    remove_member,
)
from bangvang.council.actions.opening import conclude, count_paper, open_box, write_minutes
from bangvang.council.actions.roll import call_roll, declare, take_code, write_opinions
from bangvang.council.actions.voting import (
    cast,
    close,
    close_early,
    end_rehearsal,
    freeze,
    hold_again,
    rehearse,
    remind,
    void,
)

__all__ = [
    "add_lines",
    "add_member",
    "call_roll",
    "cancel",
    "cast",
    "close",
    "close_early",
    "conclude",
    "confirm_share",
    "convene",
    "count_paper",
    "declare",
    "end_rehearsal",
    "establish",
    "freeze",
    "hold_again",
    "name_tellers",
    "open_box",
    "open_session",
    "rehearse",
    "remind",
    "remove_line",
    "remove_member",
    "take_code",
    "void",
    "write_minutes",
    "write_opinions",
]
