"""Do suggestion, submit check, deciding check and sweep say the same of every history in a database? And the oracle?

``python -m tests.honours.agreement COUNT ORACLE`` prints JSON: how many were compared, and every difference.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from tests.law import oracle

GROUPS = (  # the year judged, and the day: every regime, and the two transitions between them
    (2021, date(2021, 12, 20)),
    (2023, date(2023, 12, 20)),
    (2023, date(2024, 2, 1)),
    (2025, date(2025, 12, 20)),
    (2026, date(2026, 11, 20)),
)
ORACLE_FROM_DAY = {(year, on) for year, on in GROUPS if on.year == year and on < date(2026, 10, 1)}
"""The oracle knows one day of law for a case, and no law that is not loaded."""
KEPT = 20
AWARDS_EACH = 3  # awards asked of one history, in turn; the first of each group are asked all


def compare(count: int, with_oracle: int) -> dict[str, Any]:
    """`count` histories over all groups; the first `with_oracle` of each group are asked of the oracle too."""
    found: dict[str, Any] = {"histories": 0, "answers": 0, "conditions": 0, "differences": [], "seconds": {}}
    outcomes: Counter[str] = Counter()
    for year, on in GROUPS:
        for difference in _group(found, outcomes, count // len(GROUPS), with_oracle, year, on):
            if len(found["differences"]) < KEPT:
                found["differences"].append(difference)
    return {**found, "outcomes": dict(outcomes), "seconds": {k: round(v, 1) for k, v in found["seconds"].items()}}


def _group(
    found: dict[str, Any], outcomes: Counter[str], count: int, with_oracle: int, year: int, on: date
) -> Iterable[str]:
    from django.db import transaction

    from bangvang.dossiers import queries as dossiers
    from bangvang.honours import findings
    from bangvang.honours.planes import sweep
    from bangvang.kernel import events
    from tests.honours import ledgers
    from tests.law.properties import leaves

    def clocked(name: str, begun: float) -> float:
        now = time.perf_counter()
        found["seconds"][name] = found["seconds"].get(name, 0.0) + now - begun
        return now

    at = time.perf_counter()
    known = ledgers.write(count, year, on)
    lines = _nominations(known, year, on)
    at = clocked("write", at)
    swept = sweep([one.person for one in known], year=year, on=on)
    at = clocked("sweep", at)
    everybody = findings.facts_of_persons([one.person for one in known], on)
    codes = swept.awards
    for place, (one, (_, facts)) in enumerate(zip(known, everybody, strict=True)):
        line = lines[place]
        asked = codes if place < with_oracle else [codes[(place + step) % len(codes)] for step in range(AWARDS_EACH)]
        suggested = {code: findings.judge_of(facts, code, year=year, on=on) for code in asked}
        plain = {code: judged.provisional or judged.outcome for code, judged in suggested.items()}
        outcomes.update(plain.values())
        found["histories"] += 1
        found["answers"] += len(plain)
        classes = swept.classes_of(place)
        for code, outcome in plain.items():
            said = classes[code] if classes[code] != "one_short" else "not_met"
            if said != outcome:
                yield f"{one.person.pk} {year} {on} {code}: suggestion {outcome}, sweep {said}"
        submitted = dossiers.finding_row(line, on, "submit")
        with transaction.atomic():
            events.lock([one.person])
            decided = findings.judge_of(findings.facts_of(one.person, on, year=year), line.award, year=year, on=on)
        told = (suggested[line.award].outcome, submitted["outcome"], decided.outcome)
        if len(set(told)) > 1:
            yield f"{one.person.pk} {year} {on} {line.award}: suggestion, submit, decision {told}"
        if place < with_oracle and (year, on) in ORACLE_FROM_DAY:
            for code, judged in suggested.items():
                found["conditions"] += len(leaves(judged))
                if (judged.outcome, leaves(judged)) != oracle.judge(one.made, code, year, on):
                    yield f"{one.person.pk} {year} {on} {code}: the oracle differs"
    clocked("one by one", at)


def _nominations(known: list[Any], year: int, on: date) -> list[Any]:
    """One line for each person, every award in turn."""
    from bangvang.dossiers.models import Dossier, Nomination
    from bangvang.honours.findings import awards_for
    from bangvang.people.models import Unit

    unit = Unit.objects.create(name=f"Sở {year} {on}", kind="agency", valid_from=date(1950, 1, 1))
    dossier = Dossier.objects.create(
        unit=unit, year=year, drafted_by=known[0].person, drafted_on=on, submitted_on=on, state="submitted"
    )
    codes = [code for code, _ in awards_for("person")]
    lines = [
        Nomination(
            dossier=dossier, kind="person", person=one.person, award=codes[place % len(codes)], stream="nien_han",
            for_year=year, name_then=one.person.full_name,
        )
        for place, one in enumerate(known)
    ]  # fmt: skip
    return Nomination.objects.bulk_create(lines, batch_size=2000)


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(compare(int(sys.argv[1]), int(sys.argv[2])), ensure_ascii=False))
