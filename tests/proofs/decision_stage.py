"""The round of dossier_stage goes on: before the council, then a decision drafted from its result, approved, numbered, ready to be signed.

A blank for certificates is entered too, so that they can be printed both ways.
"""

from dataclasses import replace
from typing import Any

from tests.proofs import council_stage
from tests.proofs.dossier_stage import TODAY, actor

NUMBER = 431
MINUTES = "05/BB-HĐTĐKT"
BLANK = "Phôi giấy khen A4"


def build() -> tuple[Any, Any]:
    """The session and the decision, through the product's own actions; what the council declined is refused with that reason."""
    from bangvang.decisions import actions, queries
    from bangvang.dossiers import actions as dossiers
    from bangvang.dossiers.models import Dossier
    from bangvang.papers.actions import open_blank
    from bangvang.papers.certificates import USUAL_BLANK

    clerk, director, registry = actor("thuongtruc"), actor("giamdoc"), actor("vanthu")
    movement = Dossier.objects.filter(movement__number=9187)[0].movement
    for dossier in Dossier.objects.filter(movement=movement).select_related("unit__agency", "movement"):
        dossiers.accept(dossier, by=clerk)
    session = council_stage.hold(movement)
    (round_,) = (one for one in queries.rounds(clerk.agency) if one.movement == movement)
    lines = queries.waiting_in(clerk.agency, round_)
    refused = {line.pk: "Hội đồng không thông qua." for line in lines if line.state == line.State.DECLINED}
    given = actions.suggested(lines, minutes=(MINUTES, queries.council_day(lines)), by=clerk)
    decision = actions.draft(lines, replace(given, title="Về việc khen thưởng quý IV năm 2025"), refused, by=clerk)
    if not decision.money_is_sure:
        actions.check_money(decision, opened="Điều 50, Điều 54 NĐ 152/2025/NĐ-CP", opened_on=TODAY, by=clerk)
    actions.submit(decision, by=clerk)
    actions.approve(decision, by=director)
    actions.number(decision, number=NUMBER, issued_on=TODAY, by=registry)
    open_blank(BLANK, USUAL_BLANK, by=clerk)
    return session, decision


def main() -> None:
    """For a process of its own on a site's database that dossier_stage has filled: build, print the codes of session and decision."""
    import os

    import django

    os.environ |= {"BV_DEMO": "1", "BV_TODAY": TODAY.isoformat()}
    django.setup()
    print(*(one.code for one in build()))


if __name__ == "__main__":
    main()
