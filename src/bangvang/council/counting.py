"""Shares and sums of one line, in whole numbers. The share comes from the law book; a person may only confirm it."""

import datetime
from dataclasses import dataclass

from bangvang.honours.findings import issuers, the_book
from bangvang.law.provisions import Vote
from bangvang.law.sources import Days, NoLaw
from bangvang.law.tallies import Ballot, passes, tally


@dataclass(frozen=True)
class Rule:
    """The share that a line needs, among all members. `decides`: the book says so itself; else a person confirms it.

    `source`: national, local, default (the customary share) or unknown (then there is no share).
    """

    at_least: int | None
    more_than: int | None
    secret: bool
    source: str
    cite: str
    decides: bool

    @property
    def has_share(self) -> bool:
        return self.at_least is not None or self.more_than is not None

    @property
    def words(self) -> str:
        """từ 80%, or trên 50%."""
        return f"từ {self.at_least}%" if self.at_least is not None else f"trên {self.more_than}%"

    def passes(self, agreed: int, members: int) -> bool:
        """agreed × 100 ≥ share × all members, as the book counts."""
        vote = Vote(at_least_percent=self.at_least, more_than_percent=self.more_than)
        return bool(passes(vote, Ballot(members, agreed)))

    def needed(self, members: int) -> int:
        """The fewest votes that pass; more than `members` when no number does."""
        return next((number for number in range(members + 1) if self.passes(number, members)), members + 1)


def rule_for(award: str, *, year: int, received: datetime.date | None, on: datetime.date, issuer: str = "") -> Rule:
    """What the book says of a vote on an award in a session of a day, under the issuer's own rules where it has any.

    `received`: the day the dossier was submitted, which may govern too. Where the days disagree, a person confirms.
    """
    days = Days((datetime.date(year, 1, 1), datetime.date(year, 12, 31)), received=received, session=on)
    under = (*issuers(), issuer) if issuer and issuer not in issuers() else issuers()
    answer = tally(the_book(), award, Ballot(1, 1), days, under)
    try:
        found = the_book().candidates(award, "vote", days, under)
    except NoLaw:
        return Rule(None, None, True, "unknown", answer.cite, decides=False)
    vote: Vote = found[-1].says
    named, _ = the_book().governing_days("vote", days)
    silent = {name for name, _ in named} - {name for item in found for name in item.by}  # a day without any rule
    decides = answer.outcome != "needs_person" and len({item.says for item in found}) == 1 and not silent
    return Rule(vote.at_least_percent, vote.more_than_percent, answer.secret, answer.source, answer.cite, decides)


@dataclass(frozen=True)
class Sums:
    """The ballots of one line: `handed_out` = present members with a vote − recused; the rest is counted."""

    handed_out: int
    returned: int
    agreed: int
    against: int
    invalid: int

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.handed_out + other.handed_out,
            self.returned + other.returned,
            self.agreed + other.agreed,
            self.against + other.against,
            self.invalid + other.invalid,
        )

    @property
    def trouble(self) -> str:
        """Why these sums cannot be true; empty when they can."""
        if min(self.handed_out, self.returned, self.agreed, self.against, self.invalid) < 0:
            return "có số âm"
        if self.returned > self.handed_out:
            return f"thu về {self.returned} nhiều hơn phát ra {self.handed_out}"
        counted = self.agreed + self.against + self.invalid
        return (
            ""
            if counted == self.returned
            else f"đồng ý, không đồng ý, không hợp lệ cộng lại là {counted}, thu về {self.returned}"
        )


NO_BALLOTS = Sums(0, 0, 0, 0, 0)
