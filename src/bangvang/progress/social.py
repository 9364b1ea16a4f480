"""Social work of a movement summed up: for whom, how often, worth how much."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Min, Sum

from bangvang import vietnamese
from bangvang.movements.models import Movement
from bangvang.progress.models import SocialWork


@dataclass(frozen=True)
class Helped:
    """One place that was helped. `worth`: the sum in đồng of what was valued, None where nothing was; `unvalued`: how many were not."""

    beneficiary: str
    times: int
    unvalued: int
    worth: Decimal | None
    first: datetime.date
    last: datetime.date

    @property
    def worth_words(self) -> str:
        if self.worth is None:
            return "không quy ra tiền"
        rest = f", {self.unvalued} việc không quy ra tiền" if self.unvalued else ""
        return f"{vietnamese.format_number(self.worth)} đồng{rest}"


def helped(movement: Movement, *, until: datetime.date | None = None) -> list[Helped]:
    """Every place that was helped, the most valued first; `until`: only what was given to that day (inclusive)."""
    works = SocialWork.objects.filter(movement=movement, state=SocialWork.State.RECORDED)
    if until is not None:
        works = works.filter(given_on__lte=until)
    rows = (
        works.order_by("beneficiary")
        .values("beneficiary")
        .annotate(
            times=Count("pk"), valued=Count("worth"), worth=Sum("worth"), first=Min("given_on"), last=Max("given_on")
        )
    )
    found = [
        Helped(row["beneficiary"], row["times"], row["times"] - row["valued"], row["worth"], row["first"], row["last"])
        for row in rows
    ]
    return sorted(found, key=lambda one: -(one.worth or Decimal(0)))
