"""The words between quotation marks, which in these papers are curly, straight, nested, unclosed or stray."""

OPENING, CLOSING, STRAIGHT = "“„«", "”»‟", '"″'


def quoted_span(text: str, start: int = 0) -> tuple[int, int, bool] | None:
    """The first quoted stretch at or after `start`: offsets inside the marks, and whether it was closed.

    Nesting is balanced; an unclosed quotation runs to the end of its sentence; None where nothing opens.
    """
    first = next((at for at in range(start, len(text)) if text[at] in OPENING + STRAIGHT), None)
    if first is None:
        return None
    depth, straight_open = 1, text[first] in STRAIGHT
    for at in range(first + 1, len(text)):
        letter = text[at]
        if letter in OPENING:
            depth += 1
        elif letter in CLOSING:
            depth -= 1
        elif letter in STRAIGHT:
            if straight_open and depth == 1:
                depth -= 1  # straight marks do not nest by themselves
            elif not straight_open and _closes(text, at):
                depth -= 1
        if depth == 0:
            return first + 1, at, True
    stop = next(
        (at for at in range(first + 1, len(text)) if text[at] in ".;" and text[at + 1 : at + 2] in ("", " ")), len(text)
    )
    return first + 1, stop, False


def _closes(text: str, at: int) -> bool:
    following = text[at + 1 : at + 2]
    return not following or not following.isalnum()
