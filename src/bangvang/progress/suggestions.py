"""Numbers that a read plan names, offered as indicators: a person looks at each, nothing is added by itself."""

from dataclasses import dataclass
from decimal import Decimal

from bangvang import vietnamese
from bangvang.movements.models import Movement
from bangvang.progress.figures import PLACES
from bangvang.progress.models import Indicator

AT_MOST = ("khong qua", "toi da", "giam con", "duoi ")  # words by which less is better


@dataclass(frozen=True)
class Suggestion:
    """One number of the plan as the form of an indicator takes it; `place` is its place among the plan's numbers."""

    place: int
    label: str
    measure: str
    target: Decimal
    direction: str


def suggested(movement: Movement) -> list[Suggestion]:
    """The numbers with a measure that the reader found in the movement's own plan, without those that are asked already."""
    review = getattr(movement, "review", None)
    read = review.reading.draft.get("indicators", []) if review else []
    asked = set(movement.indicators.values_list("label", flat=True))
    found = []
    for place, item in enumerate(read, start=1):
        value = item.get("value") or {}
        number, measure = value.get("number"), value.get("unit")
        label = vietnamese.clean(value.get("text") or "").rstrip(" .;")[:300]
        if number is None or not measure or not label or label in asked:
            continue
        key = vietnamese.search_key(label)
        falls = value.get("operator") in {"<", "<="} or any(word in key for word in AT_MOST)
        direction = Indicator.Direction.DOWN if falls else Indicator.Direction.UP
        found.append(Suggestion(place, label, measure[:40], round(Decimal(str(number)), PLACES).normalize(), direction))
    return found
