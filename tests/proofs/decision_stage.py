"""The round of dossier_stage goes on: the council's result, a decision drafted from it, approved and numbered, ready for its signed copy."""

import datetime
from dataclasses import replace
from typing import Any

from tests.proofs.dossier_stage import TODAY, actor

NUMBER = 431
MINUTES = ("05/BB-HĐTĐKT", datetime.date(2025, 12, 19))


def build() -> Any:
    """Through the product's own actions; who does not meet the conditions is refused with a reason."""
    from bangvang.decisions import actions, queries
    from bangvang.dossiers import actions as dossiers
    from bangvang.dossiers.models import Dossier

    clerk, director, registry = actor("thuongtruc"), actor("giamdoc"), actor("vanthu")
    movement = Dossier.objects.filter(movement__number=9187)[0].movement
    for dossier in Dossier.objects.filter(movement=movement).select_related("unit__agency", "movement"):
        dossiers.accept(dossier, by=clerk)
        for line in dossier.nominations.select_related("dossier__unit__agency").order_by("pk"):
            dossiers.settle(line, "endorse", source=f"Biên bản {MINUTES[0]}", by=clerk)
    (round_,) = (one for one in queries.rounds(clerk.agency) if one.movement == movement)
    lines = queries.waiting_in(clerk.agency, round_)
    refused = {}
    for line in lines:
        answer = queries.dossiers.judged(line, TODAY, known_on=TODAY)
        if queries.stops(answer.outcome, answer.provisional, [item.condition for item in answer.findings]):
            refused[line.pk] = "Chưa đạt điều kiện của danh hiệu, hình thức này."
    given = actions.suggested(lines, minutes=MINUTES, by=clerk)
    decision = actions.draft(lines, replace(given, title="Về việc khen thưởng quý IV năm 2025"), refused, by=clerk)
    if not decision.money_is_sure:
        actions.check_money(decision, opened="Điều 50, Điều 54 NĐ 152/2025/NĐ-CP", opened_on=TODAY, by=clerk)
    actions.submit(decision, by=clerk)
    actions.approve(decision, by=director)
    actions.number(decision, number=NUMBER, issued_on=TODAY, by=registry)
    return decision


def main() -> None:
    """For a process of its own on a site's database that dossier_stage has filled: build, print the decision's code."""
    import os

    import django

    os.environ |= {"BV_DEMO": "1", "BV_TODAY": TODAY.isoformat()}
    django.setup()
    print(build().code)


if __name__ == "__main__":
    main()
