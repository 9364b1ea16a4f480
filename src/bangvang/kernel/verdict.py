"""A permission or a check answers with a Verdict: yes, or no with the reason a person reads."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """Truthy when allowed. `reason` is a Vietnamese sentence, `who` names who can act instead, `cite` the article it
    rests on.

    `a and b` keeps the first refusal with its words, because a refusing Verdict is falsy.
    """

    allowed: bool
    reason: str = ""
    who: str = ""
    cite: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: str, *, who: str = "", cite: str = "") -> Verdict:
    """A refusal. The reason says what is missing, never what is wrong with the person."""
    return Verdict(False, reason, who, cite)
