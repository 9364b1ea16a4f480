"""Reads of letters."""

from django.db.models import Count

from bangvang.notices.models import Mail


def outcomes(key: str) -> list[tuple[str, int]]:
    """(label, how many letters) of what came of the letters under one key, in the order of the outcomes."""
    counts = dict(Mail.objects.filter(key=key).order_by("outcome").values_list("outcome").annotate(Count("pk")))
    return [(outcome.label, counts[outcome]) for outcome in Mail.Outcome if outcome in counts]
